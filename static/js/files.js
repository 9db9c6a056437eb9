/* The names and sizes of chosen files, and the print button (which shows only where a script can print). */
(function () {
  "use strict";

  function size(bytes) {
    var unit = bytes < 1048576 ? [1024, " kB"] : [1048576, " MB"];
    return (bytes / unit[0]).toLocaleString("vi-VN", { maximumFractionDigits: 1 }) + unit[1];
  }

  /* Browsers speak their own language on the button of a file field: ours stands over it. */
  function dress(field) {
    var shown = document.createElement("span");
    shown.className = "file-shown";
    shown.setAttribute("aria-hidden", "true");
    shown.innerHTML = '<span class="button button--small">Chọn tệp</span> <span data-none>Chưa chọn tệp nào</span>';
    field.classList.add("file-native");
    field.parentNode.insertBefore(shown, field.nextSibling);
    shown.firstChild.addEventListener("click", function () { field.click(); });
  }

  function list(field) {
    var shown = field.parentNode.querySelector("[data-chosen]");
    if (!shown) {
      shown = document.createElement("ul");
      shown.className = "files";
      shown.setAttribute("data-chosen", "");
      shown.setAttribute("role", "status");
      field.parentNode.insertBefore(shown, field.nextSibling.nextSibling);
    }
    shown.textContent = "";
    field.parentNode.querySelector("[data-none]").hidden = field.files.length > 0;
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
    document.querySelectorAll("input[type=file]").forEach(dress);
    document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  });
})();
