/* Words that did not reach us (the session had ended, the line broke) are filled in again when their form is opened
   again in this tab, by the same person, be it on another page. Kept in this tab only; gone once the form has arrived,
   and at sign-out. A form that keeps itself (a round, round_store.js) is left alone; signing out wipes what it left on
   the machine. */
(function () {
  "use strict";
  var SIGN_IN = "/dang-nhap/";
  // What is new each time that a form is opened, and does not tell it from its neighbours.
  var PASSING = ["csrfmiddlewaretoken", "submission", "version", "seen", "kept", "known", "ve", "next"];
  var user = document.documentElement.getAttribute("data-user");

  function keeps(form) {
    return user && form && form.method === "post" && !form.hasAttribute("data-keeps-itself")
      && !form.querySelector("[type=password]") && form.querySelector("textarea, input[type=text]:not([readonly])");
  }

  function place(form) {
    return "kttt:" + user + ":" + new URL(form.getAttribute("action") || "", location.href).pathname + ":";
  }

  /* Where the form goes, with what tells it from another that goes there. */
  function key(form) {
    var told = Array.prototype.map.call(form.elements, function (field) {
      if (!field.name || PASSING.indexOf(field.name) >= 0) { return ""; }
      return field.type === "hidden" ? field.name + "=" + field.value : field.name;
    });
    return place(form) + told.filter(Boolean).join();
  }

  function drafts() {
    try {
      return Object.keys(localStorage).filter(function (name) { return name.indexOf("kttt:") === 0; });
    } catch (refused) { return []; }
  }

  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && ["hidden", "file", "password", "submit", "button"].indexOf(field.type) < 0;
    });
  }

  function keep(form) {
    var values = fields(form).map(function (field) {
      return [field.name, field.value, field.type === "checkbox" || field.type === "radio" ? field.checked : null];
    });
    try { sessionStorage.setItem(key(form), JSON.stringify(values)); } catch (full) { /* not kept */ }
  }

  function restore(form, values) {
    var left = fields(form);
    values.forEach(function (each) {
      var field = left.filter(function (other) {
        return other.name === each[0] && (each[2] === null || other.value === each[1]);
      })[0];
      if (!field) { return; }
      if (each[2] === null) { field.value = each[1]; } else { field.checked = each[2]; }
    });
    for (var fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
    form.querySelectorAll("details").forEach(function (box) {
      box.open = fields(form).some(function (field) { return box.contains(field) && field.value && field.checked !== false; });
    });
    var line = document.createElement("p");
    line.className = "message";
    line.setAttribute("role", "status");
    line.textContent = "Đã khôi phục nội dung nhập lần trước mà chưa gửi được. Tệp đính kèm (nếu có) xin chọn lại.";
    form.insertBefore(line, form.firstChild);
  }

  document.addEventListener("input", function (event) {
    if (keeps(event.target.form)) { keep(event.target.form); }
  });

  // Before any other script: signing out is asked about while something has not reached us yet, then wipes it.
  document.addEventListener("submit", function (event) {
    if (!event.target.hasAttribute("data-sign-out")) { return; }
    var left = drafts();
    var words = "Còn nội dung báo cáo kỳ chưa gửi được lên máy chủ. Đăng xuất sẽ xóa nội dung đó khỏi máy này. Vẫn đăng xuất?";
    if (left.length && !window.confirm(words)) { event.preventDefault(); return; }
    left.forEach(function (name) { localStorage.removeItem(name); });
    sessionStorage.clear();
  }, true);

  document.addEventListener("submit", function (event) {
    // A form without words of its own (a preview) brings what was typed for it before.
    if (user) { sessionStorage.setItem("kttt:sent", (keeps(event.target) ? key : place)(event.target)); }
  });

  /* A form that was taken is answered by another address; anything else (a refusal, a question back, the sign-in page,
     nothing at all) leaves its words where they are. */
  function wasTaken() {
    var came = performance.getEntriesByType("navigation")[0];
    var sentOn = came && came.type === "navigate" && came.redirectCount > 0;
    return sentOn && location.pathname !== SIGN_IN && !document.querySelector(".message[role=alert]");
  }

  document.addEventListener("DOMContentLoaded", function () {
    var sent = sessionStorage.getItem("kttt:sent");
    if (sent && wasTaken()) {
      Object.keys(sessionStorage).forEach(function (name) { if (name.indexOf(sent) === 0) { sessionStorage.removeItem(name); } });
    }
    sessionStorage.removeItem("kttt:sent");
    // An answer to what was sent (faults, or a question back) holds the words itself.
    if (document.querySelector(".error-summary, [data-answered]")) { return; }
    Array.prototype.filter.call(document.forms, keeps).forEach(function (form) {
      var kept = sessionStorage.getItem(key(form));
      if (kept) { restore(form, JSON.parse(kept)); }
    });
  });
})();
