/* Words that did not reach us (the session had ended, the line broke) are filled in again when their form is opened
   again in this tab, by the same person, be it on another page. Kept in this tab only; gone once the server says that
   the form has arrived (middleware.what_was_taken), and at sign-out. A form that keeps itself (a round, round_store.js)
   is left alone, and so is one whose words nobody has judged yet (data-keeps-nothing). */
(function () {
  "use strict";
  var SIGN_IN = "/dang-nhap/", TAKEN = "kttt-da-nhan";
  // Hidden fields that go along with the words: what arrived after all is known by its key, and a change by somebody
  // else meanwhile is told of. They and these others are new each time that a form is opened.
  var ALONG = ["submission", "version"], PASSING = ALONG.concat("csrfmiddlewaretoken", "seen", "kept", "known", "ve", "next");
  var user = document.documentElement.getAttribute("data-user"), own = "kttt:" + user + ":";

  function bare(name) { return name.slice(name.lastIndexOf("-") + 1); }

  function keeps(form) {
    return user && form && form.method === "post" && !form.matches("[data-keeps-itself], [data-keeps-nothing]")
      && !form.querySelector("[type=password]") && form.querySelector("textarea, input[type=text]:not([readonly])");
  }

  function all(form, wanted) {
    return Array.prototype.filter.call(form.elements, function (field) { return field.name && wanted(field); });
  }

  function isTyped(field) { return ["hidden", "file", "password", "submit", "button"].indexOf(field.type) < 0; }

  /* Where the form goes, with what tells it from another that goes there. */
  function key(form) {
    var told = all(form, function (field) { return field.type === "hidden" && PASSING.indexOf(bare(field.name)) < 0; });
    var path = new URL(form.getAttribute("action") || "", location.href).pathname;
    return own + path + ":" + told.map(function (field) { return field.name + "=" + field.value; }).join();
  }

  function stood(select) {
    var chosen = Array.prototype.filter.call(select.options, function (each) { return each.defaultSelected; });
    return chosen.length || select.multiple ? chosen : Array.prototype.slice.call(select.options, 0, 1);
  }

  function values(options) { return Array.prototype.map.call(options, function (each) { return each.value; }); }

  /* What differs from the page as it came, or null: the rest may have been changed by somebody else meanwhile. */
  function change(field) {
    if (field.options) {
      var now = values(field.selectedOptions);
      return now.join("\n") === values(stood(field)).join("\n") ? null : { name: field.name, chosen: now };
    }
    if (field.type === "checkbox" || field.type === "radio") {
      return field.checked === field.defaultChecked ? null : { name: field.name, value: field.value, on: field.checked };
    }
    return field.value === field.defaultValue ? null : { name: field.name, value: field.value };
  }

  function keep(form) {
    var typed = all(form, isTyped).map(change).filter(Boolean);
    var along = all(form, function (field) { return field.type === "hidden" && ALONG.indexOf(bare(field.name)) >= 0; });
    var kept = {
      page: location.pathname + location.search,
      typed: typed,
      along: along.map(function (field) { return { name: field.name, value: field.value }; })
    };
    try {
      if (typed.length) { sessionStorage.setItem(key(form), JSON.stringify(kept)); }
      else { sessionStorage.removeItem(key(form)); }
    } catch (full) { /* not kept */ }
  }

  function fill(form, each) {
    var field = all(form, function (other) {
      return other.name === each.name && (!("on" in each) || other.value === each.value);
    })[0];
    if (!field) { return; }
    if (each.chosen) {
      Array.prototype.forEach.call(field.options, function (option) { option.selected = each.chosen.indexOf(option.value) >= 0; });
    } else if ("on" in each) { field.checked = each.on; }
    else { field.value = each.value; }
  }

  function line(words) {
    var made = document.createElement("div"), said = document.createElement("p");
    made.className = "message";
    made.setAttribute("role", "status");
    said.textContent = words;
    made.appendChild(said);
    return made;
  }

  function restore(form, kept) {
    kept.typed.concat(kept.along).forEach(function (each) { fill(form, each); });
    for (var fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
    all(form, isTyped).filter(change).forEach(function (field) {
      var box = field.closest("details");
      if (box && form.contains(box)) { box.open = true; }
    });
    form.insertBefore(
      line("Đã khôi phục nội dung nhập lần trước mà chưa gửi được. Tệp đính kèm (nếu có) xin chọn lại."), form.firstChild
    );
  }

  function read(name) {
    try { return JSON.parse(sessionStorage.getItem(name)); } catch (unread) { return null; }
  }

  function drop(start) {
    Object.keys(sessionStorage).forEach(function (name) { if (name.indexOf(start) === 0) { sessionStorage.removeItem(name); } });
  }

  /* The path of the form that the server has just taken, as it says in a cookie, once. */
  function taken() {
    var said = document.cookie.split("; ").filter(function (each) { return each.indexOf(TAKEN + "=") === 0; })[0];
    if (!said) { return ""; }
    document.cookie = TAKEN + "=; path=/; max-age=0";
    return decodeURIComponent(said.slice(TAKEN.length + 1));
  }

  document.addEventListener("input", function (event) {
    var form = event.target.form;
    // After whoever else listens: a date gets its slashes first (typing.js).
    if (keeps(form)) { window.setTimeout(function () { keep(form); }, 0); }
  });

  // Before any other script: signing out is asked about while something has not reached us yet, then wipes it.
  document.addEventListener("submit", function (event) {
    if (!event.target.hasAttribute("data-sign-out")) { return; }
    var left = [];
    try {
      left = Object.keys(localStorage).filter(function (name) { return name.indexOf("kttt:") === 0; });
    } catch (refused) { /* nothing is there */ }
    var words = "Còn nội dung báo cáo kỳ chưa gửi được lên máy chủ. Đăng xuất sẽ xóa nội dung đó khỏi máy này. Vẫn đăng xuất?";
    if (left.length && !window.confirm(words)) { event.preventDefault(); return; }
    left.forEach(function (name) { localStorage.removeItem(name); });
    sessionStorage.clear();
  }, true);

  document.addEventListener("submit", function (event) {
    if (!keeps(event.target)) { return; }
    keep(event.target);
    sessionStorage.setItem("kttt:sent", key(event.target));
  });

  /* Signed in again, on another page than that of the form: where the words are. */
  function lead(sent) {
    var kept = sent && sent.indexOf(own) === 0 && read(sent), main = document.querySelector("main");
    if (!kept || !main || document.referrer.indexOf(location.origin + SIGN_IN) !== 0) { return; }
    var told = line("Nội dung vừa nhập chưa gửi được và còn được giữ. "), link = document.createElement("a");
    link.href = kept.page;
    link.textContent = "Mở lại trang đã nhập";
    told.firstChild.appendChild(link);
    main.insertBefore(told, main.firstChild);
  }

  document.addEventListener("DOMContentLoaded", function () {
    var sent = sessionStorage.getItem("kttt:sent");
    if (location.pathname === SIGN_IN) {
      var form = document.querySelector("main form");
      if (sent && form && read(sent)) {
        form.parentNode.insertBefore(line("Nội dung vừa nhập còn được giữ trên máy này: đăng nhập lại để gửi."), form);
      }
      return;
    }
    var path = taken() || (document.querySelector("[data-taken]") ? location.pathname : "");
    // Refused and sent back: the words stay.
    if (path && !document.querySelector(".message[role=alert]")) { drop(own + path + ":"); }
    sessionStorage.removeItem("kttt:sent");
    // An answer to what was sent (faults, a preview, a question back) holds the words itself.
    if (document.querySelector("[data-answered]")) { return; }
    var found = Array.prototype.filter.call(document.forms, keeps).filter(function (each) { return read(key(each)); });
    found.forEach(function (each) { restore(each, read(key(each))); });
    if (found.length) { found[0].scrollIntoView({ block: "nearest" }); }
    if (!found.some(function (each) { return key(each) === sent; })) { lead(sent); }
  });
})();
