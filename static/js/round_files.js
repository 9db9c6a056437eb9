/* Files go up as soon as they are chosen, one by one, each with its progress; a lost line is tried again three times,
   then by a button. What has arrived stands as a ticked box beside the field. */
(function () {
  "use strict";
  var TRIES = 3, kttt = window.kttt, queue = [], failed = [], busy = false;

  function size(count) {
    var unit = count < 1048576 ? [1024, " KB"] : [1048576, " MB"];
    return (count / unit[0]).toLocaleString("vi-VN", { maximumFractionDigits: 1 }) + unit[1];
  }

  kttt.addKept = function (list, uuid, label) {
    if (list.querySelector("[value=\"" + uuid + "\"]")) { return; }
    var line = document.createElement("div"), box = document.createElement("input"), words = document.createElement("label");
    line.className = "choice";
    box.type = "checkbox";
    box.name = document.querySelector("[data-list=\"" + list.id + "\"]").getAttribute("data-kept-name");
    box.setAttribute("value", uuid);
    box.id = list.id + uuid;
    box.checked = true;
    box.setAttribute("data-label", label);
    words.htmlFor = box.id;
    words.textContent = label;
    line.appendChild(box);
    line.appendChild(words);
    list.appendChild(line);
  };

  /* Why the report may not go yet: a file that is shown here would be left out of it. Empty where there is none. */
  kttt.unsentFiles = function () {
    if (busy || queue.length) { return "Còn tệp đang gửi lên: xin đợi gửi xong rồi bấm lại."; }
    if (!failed.length) { return ""; }
    var names = failed.map(function (job) { return "“" + job.file.name + "”"; }).join(", ");
    return "Tệp " + names + " chưa gửi được: xin bấm “Gửi lại” hoặc “Bỏ tệp này” bên cạnh tệp, rồi gửi báo cáo.";
  };

  function start(field, file) {
    var line = document.createElement("div");
    line.className = "round-kept__line";
    line.setAttribute("role", "status");
    document.getElementById(field.getAttribute("data-list")).appendChild(line);
    return { field: field, file: file, line: line, tries: 0, ready: null };
  }

  function show(job, words) { job.line.textContent = job.file.name + ": " + words; }

  /* The person says what becomes of it. */
  function fail(job, words) {
    show(job, "chưa gửi được: " + words);
    failed.push(job);
    var again = document.createElement("button"), away = document.createElement("button");
    again.type = away.type = "button";
    again.className = away.className = "button button--small";
    again.textContent = "Gửi lại";
    away.textContent = "Bỏ tệp này";
    again.addEventListener("click", function () { settle(job); job.tries = 0; queue.push(job); next(); });
    away.addEventListener("click", function () { settle(job); job.line.parentNode.removeChild(job.line); job.field.focus(); });
    job.line.appendChild(again);
    job.line.appendChild(away);
    done();
  }

  function settle(job) { failed.splice(failed.indexOf(job), 1); }

  function next() {
    if (busy || !queue.length) { return; }
    busy = true;
    var job = queue.shift();
    show(job, "đang chuẩn bị…");
    job.ready = job.ready || kttt.shrink(job.file);
    job.ready.then(function (made) { send(job, made); });
  }

  function done() {
    busy = false;
    next();
  }

  function send(job, made) {
    var form = job.field.form, data = new FormData(), call = new XMLHttpRequest(), bar = document.createElement("progress");
    data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    data.append("tep", made.blob, made.name);
    show(job, "đang gửi " + size(made.blob.size));
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-hidden", "true");
    job.line.appendChild(bar);
    call.upload.onprogress = function (event) { if (event.lengthComputable) { bar.value = event.loaded / event.total; } };
    call.onload = function () {
      var said = null;
      try { said = JSON.parse(call.responseText); } catch (none) { /* a page, not an answer */ }
      if (call.status === 200 && said && said.uuid) { arrived(job, said); }
      else if (call.status === 422 && said) { fail(job, said.error); }
      else if (call.status >= 500) { again(job); }
      else if (call.status === 404) { fail(job, "quyền báo cáo thay cơ quan này đã hết, hoặc kỳ báo cáo đã thay đổi."); }
      else { fail(job, "phiên làm việc đã hết. Xin đăng nhập lại ở thẻ khác rồi tải lại trang."); }
    };
    call.onerror = call.ontimeout = function () { again(job); };
    call.timeout = 120000;
    call.open("POST", form.getAttribute("data-upload-url"));
    call.send(data);
  }

  function again(job) {
    job.tries += 1;
    if (job.tries > TRIES) { return fail(job, "mất kết nối. Tệp còn ở đây cho đến khi đóng trang."); }
    show(job, "mất kết nối, đang thử lại lần " + job.tries + "…");
    window.setTimeout(function () { busy = false; queue.unshift(job); next(); }, 1000 * Math.pow(3, job.tries - 1));
    return undefined;
  }

  function arrived(job, said) {
    var list = document.getElementById(job.field.getAttribute("data-list"));
    job.line.parentNode.removeChild(job.line);
    kttt.addKept(list, said.uuid, said.name + " (" + size(said.size) + ")");
    // The form keeps itself on any input.
    list.lastChild.firstChild.dispatchEvent(new Event("change", { bubbles: true }));
    done();
  }

  // On the field itself, so that it is empty before anybody lists what was chosen.
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-send-at-once]").forEach(function (field) {
      field.addEventListener("change", function () {
        Array.prototype.forEach.call(field.files, function (file) { queue.push(start(field, file)); });
        field.value = "";
        next();
      });
    });
  });
})();
