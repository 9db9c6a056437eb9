/* The names and sizes of chosen files, and the print button (which shows only where a script can print). */
(function () {
  "use strict";

  function size(bytes) {
    var unit = bytes < 1048576 ? [1024, " kB"] : [1048576, " MB"];
    return (bytes / unit[0]).toLocaleString("vi-VN", { maximumFractionDigits: 1 }) + unit[1];
  }

  function list(field) {
    var shown = field.parentNode.querySelector("[data-chosen]");
    if (!shown) {
      shown = document.createElement("ul");
      shown.className = "files";
      shown.setAttribute("data-chosen", "");
      shown.setAttribute("role", "status");
      field.parentNode.insertBefore(shown, field.nextSibling);
    }
    shown.textContent = "";
    Array.prototype.forEach.call(field.files, function (file) {
      var limit = Number(field.getAttribute("data-max-bytes"));
      var line = document.createElement("li");
      line.textContent = file.name + " (" + size(file.size) + ")";
      if (limit && file.size > limit) { line.textContent += " – quá lớn, tối đa " + size(limit); }
      shown.appendChild(line);
    });
  }

  document.addEventListener("change", function (event) {
    if (event.target.type === "file") { list(event.target); }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print]");
    if (button) { window.print(); }
  });

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  });
})();
