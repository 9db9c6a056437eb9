/* Help while typing: how many characters are left, and the slashes of a date. */
(function () {
  "use strict";

  function count(area) {
    var line = area.nextElementSibling;
    if (!line || !line.hasAttribute("data-counter")) {
      line = document.createElement("p");
      line.className = "counter";
      line.setAttribute("data-counter", "");
      area.parentNode.insertBefore(line, area.nextSibling);
    }
    var left = area.maxLength - area.value.length;
    line.textContent = "Còn " + left.toLocaleString("vi-VN") + " ký tự";
    // Read aloud only near the end, or every letter would interrupt.
    if (left < 50) { line.setAttribute("role", "status"); } else { line.removeAttribute("role"); }
  }

  /* 20112023 becomes 20/11/2023; what is typed with its own slashes stays as typed. */
  function spell(field) {
    var digits = field.value;
    if (/^\d{8}$/.test(digits)) {
      field.value = digits.slice(0, 2) + "/" + digits.slice(2, 4) + "/" + digits.slice(4);
    }
  }

  document.addEventListener("input", function (event) {
    var field = event.target;
    if (field.tagName === "TEXTAREA" && field.maxLength > 0) { count(field); }
    if (field.hasAttribute("data-date")) { spell(field); }
  });

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("textarea[maxlength]").forEach(count);
  });
})();
