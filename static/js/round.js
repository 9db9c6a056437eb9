/* A round saves itself, line by line. While the line is lost or the session has ended, this machine keeps what is typed
   and says so; a line that a colleague changed meanwhile is shown beside one's own. */
(function () {
  "use strict";
  var PAUSE = 2000, LONGEST = 60000;
  var kttt = window.kttt, form, lines = [], timer, wait = PAUSE, busy = false, stopped = false, gone = false, sending = false, keeps = true;
  var tab = Math.random().toString(36).slice(2) + Date.now().toString(36);

  function say(name, words) {
    var place = form.querySelector("[data-" + name + "]");
    if (place.textContent !== words) { place.textContent = words; }
    if (name === "trouble") { place.hidden = !words; }
  }

  function keep(line) {
    var left = { typed: kttt.line.read(line.row), version: line.version.value, files: kttt.line.labels(line.row) };
    keeps = kttt.store.write(line.pk, left);
  }

  function touch(line, pause) {
    line.dirty = true;
    line.refused = "";
    sign(line.row);
    keep(line);
    schedule(pause);
  }

  function schedule(pause) {
    window.clearTimeout(timer);
    timer = window.setTimeout(pump, pause);
  }

  /* One line after another; the next when the answer is there. */
  function pump() {
    var line = lines.filter(function (each) { return each.dirty && !each.clash && !each.refused; })[0];
    if (busy || stopped || !line) { return; }
    var sent = kttt.line.read(line.row), token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    busy = true;
    fetch(form.getAttribute("data-save-url"), {
      method: "POST", body: kttt.line.posted(line.row, token), credentials: "same-origin", redirect: "manual"
    }).then(function (answer) {
      if (answer.type === "opaqueredirect" || answer.status === 403) { return signedOut(); }
      if (answer.status === 404) { return ended(); }
      if ([200, 409, 422].indexOf(answer.status) < 0) { throw new Error(String(answer.status)); }
      return answer.json().then(function (said) { take(line, sent, answer.status, said); });
    }).catch(lost).then(function () { busy = false; });
  }

  function take(line, sent, status, said) {
    wait = PAUSE;
    if (status === 409) { clash(line, said); }
    else if (status === 422) { line.refused = said.error; }
    else {
      line.version.value = said.version;
      sign(line.row);
      line.dirty = !kttt.line.same(kttt.line.read(line.row), sent);
      if (line.dirty) { keep(line); } else { kttt.store.drop(line.pk); }
      say("filled", String(said.filled));
      say("saved", "· đã lưu lúc " + said.saved);
    }
    report();
    schedule(line.dirty && status === 200 ? PAUSE : 0);
  }

  function report() {
    var refused = lines.filter(function (line) { return line.refused; })[0];
    var clashing = lines.filter(function (line) { return line.clash; }).map(function (line) { return line.number; });
    if (refused) { say("trouble", "Nhiệm vụ " + refused.number + ": " + refused.refused); }
    else if (clashing.length) { say("trouble", "Đồng nghiệp vừa sửa nhiệm vụ " + clashing.join(", ") + ": xin chọn giữ nội dung nào."); }
    else { say("trouble", sending ? unsent() : ""); }
  }

  function unsent() { return kttt.unsentFiles ? kttt.unsentFiles() : ""; }

  function lost() {
    say("trouble", keeps
      ? "Mất kết nối: nội dung được giữ trên máy này, sẽ tự gửi khi có mạng lại."
      : "Mất kết nối, và trình duyệt này không giữ được nội dung: xin đừng đóng trang.");
    schedule(wait);
    wait = Math.min(wait * 2, LONGEST);
  }

  function signedOut() {
    stopped = true;
    say("trouble", "Phiên làm việc đã hết. Nội dung được giữ trên máy này và sẽ trở lại sau khi đăng nhập: ");
    var link = document.createElement("a");
    link.href = "/dang-nhap/?next=" + encodeURIComponent(location.pathname);
    link.textContent = "đăng nhập lại";
    form.querySelector("[data-trouble]").appendChild(link);
  }

  /* The person acts for the agency no more, or the round is another: no later attempt would change that. */
  function ended() {
    stopped = gone = true;
    say("trouble", "Quyền báo cáo thay cơ quan này đã hết, hoặc kỳ báo cáo đã thay đổi: nội dung vừa gõ chưa được lưu. "
      + "Xin chép lại nội dung cần giữ trước khi đóng trang.");
  }

  /* A line that is restored goes once under the name of the page that it came from, whose answer may have got lost;
     saved or typed on, it is this page's own. */
  function sign(row) { row.querySelector("[data-tab]").value = tab; }

  function clash(line, theirs) {
    var place = line.row.querySelector("[data-clash]");
    place.innerHTML = theirs.html;
    line.clash = theirs;
    keep(line);
    // What is being typed was pushed down: bring it back above the bar.
    if (line.row.contains(document.activeElement)) { document.activeElement.scrollIntoView({ block: "nearest" }); }
  }

  function settle(line, mine) {
    var theirs = line.clash;
    line.row.querySelector("[data-clash]").textContent = "";
    line.clash = null;
    if (theirs.version) { line.version.value = theirs.version; }
    if (mine) { touch(line, 0); }
    else {
      kttt.line.fill(line.row, theirs.typed, theirs.files);
      line.dirty = false;
      kttt.store.drop(line.pk);
    }
    sign(line.row);
    line.row.querySelector("[data-first]").focus();
    report();
  }

  function saveNow() {
    lines.forEach(function (line) { line.refused = ""; });
    if (!lines.some(function (line) { return line.dirty; })) { say("saved", "· đã lưu, không có gì mới"); }
    wait = PAUSE;
    schedule(0);
  }

  function lineOf(target) {
    var row = target.closest("[data-row]");
    return lines.filter(function (line) { return line.row === row; })[0];
  }

  function begin(row) {
    var line = { row: row, pk: row.getAttribute("data-row"), number: row.getAttribute("data-number"),
      version: row.querySelector("[data-version]"), dirty: false, refused: "", clash: null };
    sign(row);
    lines.push(line);
    // Shown again by the server with a colleague's words: mine are not saved anywhere yet.
    if (row.querySelector(".round-clash")) { line.clash = {}; line.dirty = true; keep(line); }
  }

  function restore(line, left, early) {
    var typed = Object.assign({}, left.typed, early);
    if (line.clash || kttt.line.same(kttt.line.read(line.row), left.typed)) { return line.clash || kttt.store.drop(line.pk); }
    kttt.line.fill(line.row, typed, left.files);
    line.version.value = left.version;
    line.dirty = true;
    keep(line);
    say("saved", "· đã khôi phục nội dung lần trước chưa kịp lưu");
    return undefined;
  }

  function step(event, by) {
    var here = lines.indexOf(lineOf(document.activeElement)), next = lines[here + by];
    if (here < 0) { next = lines[0]; }
    if (next) { event.preventDefault(); next.row.querySelector("[data-first]").focus(); }
  }

  function listen() {
    form.addEventListener("input", function (event) {
      var line = lineOf(event.target);
      if (line && event.target.type !== "file") { touch(line, PAUSE); }
    });
    form.addEventListener("change", function (event) {
      var line = lineOf(event.target);
      if (line && event.target.type !== "file") { touch(line, 0); }
    });
    form.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); saveNow(); }
      if (event.altKey && event.key === "PageDown") { step(event, 1); }
      if (event.altKey && event.key === "PageUp") { step(event, -1); }
    });
    form.addEventListener("click", function (event) {
      var button = event.target.closest("button"), line = button && lineOf(button);
      if (!button) { return; }
      if (line && line.clash && button.hasAttribute("data-keep-mine")) { event.preventDefault(); settle(line, true); }
      else if (line && line.clash && line.clash.typed && button.hasAttribute("data-take-theirs")) { event.preventDefault(); settle(line, false); }
      else if (button.value === "luu") { event.preventDefault(); saveNow(); }
    });
    form.addEventListener("submit", function (event) {
      sending = true;
      if (gone) { event.preventDefault(); }
      else if (navigator.onLine === false) { event.preventDefault(); lost(); }
      else if (unsent()) { event.preventDefault(); say("trouble", unsent()); }
      else { window.clearTimeout(timer); }
    });
    window.addEventListener("online", function () { wait = PAUSE; schedule(0); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    form = document.querySelector("[data-round]");
    if (!form) { return; }
    var left = kttt.store.all();
    form.querySelectorAll("[data-row]").forEach(begin);
    lines.forEach(function (line) {
      var early = kttt.line.early(line.row);
      if (left[line.pk]) { restore(line, left[line.pk], early); }
      if (!line.dirty && Object.keys(early).length) { touch(line, 0); }
    });
    listen();
    schedule(0);
  });
})();
