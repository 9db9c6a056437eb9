/* A long form that did not reach us (the session had ended, the line broke) is filled in again when it is opened
   again in this tab, by the same person. Kept in this tab only; gone once the form has arrived, and at sign-out.
   A form that keeps itself (a round, round_store.js) is left alone; signing out wipes what it left on the machine. */
(function () {
  "use strict";
  var SIGN_IN = "/dang-nhap/";
  var user = document.documentElement.getAttribute("data-user");

  function key(path) { return "kttt:" + user + ":" + path; }

  function isLong(form) {
    return form && form.method === "post" && !form.hasAttribute("data-keeps-itself") && form.querySelector("textarea");
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
    try { sessionStorage.setItem(key(location.pathname), JSON.stringify(values)); } catch (full) { /* not kept */ }
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
    if (user && isLong(event.target.form)) { keep(event.target.form); }
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
    if (event.target.hasAttribute("data-sign-out")) { return; }
    if (user && isLong(event.target)) { sessionStorage.setItem("kttt:sent", key(location.pathname)); }
  });

  document.addEventListener("DOMContentLoaded", function () {
    var sent = sessionStorage.getItem("kttt:sent");
    var here = user && key(location.pathname);
    // Arrived anywhere else than at the form or at the sign-in page: it was taken.
    if (sent && sent !== here && location.pathname !== SIGN_IN) { sessionStorage.removeItem(sent); }
    if (location.pathname !== SIGN_IN) { sessionStorage.removeItem("kttt:sent"); }
    // An answer to what was sent (faults, or a question back) holds the words itself.
    var kept = here && sessionStorage.getItem(here);
    var form = Array.prototype.filter.call(document.forms, isLong)[0];
    if (kept && form && !document.querySelector(".error-summary, [data-answered]")) { restore(form, JSON.parse(kept)); }
  });
})();
