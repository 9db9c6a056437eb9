/* The names and sizes of chosen files, photographs made smaller before they go, and the print button (which shows only
   where a script can print). */
(function () {
  "use strict";

  function size(bytes) {
    var unit = bytes < 1048576 ? [1024, " KB"] : [1048576, " MB"];
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
      shown.setAttribute("aria-live", "polite");
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

  /* One by one, for a phone holds few large pictures at once. A promise of the files that take their place. */
  function smaller(chosen) {
    var made = new DataTransfer();
    return chosen.reduce(function (before, file) {
      return before.then(function () { return window.kttt.shrink(file); }).then(function (one) {
        made.items.add(one.blob === file ? file : new File([one.blob], one.name, { type: one.blob.type }));
      });
    }, Promise.resolve()).then(function () { return made.files; });
  }

  /* Where the page has shrink.js. Whatever goes wrong leaves the field as it is. */
  function lighten(field) {
    var chosen = Array.prototype.slice.call(field.files), shrinks = window.kttt && window.kttt.shrink;
    if (!shrinks || !window.DataTransfer || !chosen.length || field.hasAttribute("data-send-at-once")) { return; }
    var note = document.createElement("li");
    note.textContent = "Đang thu nhỏ ảnh…";
    field.parentNode.querySelector("[data-chosen]").appendChild(note);
    var mine = field.kttt_shrinking = Promise.resolve().then(function () { return smaller(chosen); }).then(function (files) {
      if (field.kttt_shrinking === mine) { field.files = files; }
    }).catch(function () { /* as chosen */ }).then(function () {
      if (field.kttt_shrinking !== mine) { return; }
      var button = field.kttt_send;
      field.kttt_shrinking = field.kttt_send = null;
      list(field);
      if (button) { button.click(); }
    });
  }

  document.addEventListener("change", function (event) {
    if (event.target.type !== "file") { return; }
    event.target.kttt_shrinking = event.target.kttt_send = null; // of what was chosen before
    list(event.target);
    lighten(event.target);
  });

  /* Before all others: a form that is sent while its photographs are being made smaller goes when they are. */
  document.addEventListener("submit", function (event) {
    var fields = event.target.querySelectorAll("input[type=file]");
    Array.prototype.forEach.call(fields, function (field) {
      if (!field.kttt_shrinking) { return; }
      event.preventDefault();
      field.kttt_send = event.submitter || event.target.querySelector("button:not([type=button])");
      field.parentNode.querySelector("[data-chosen]").lastChild.textContent = "Đang thu nhỏ ảnh, xong sẽ gửi ngay…";
    });
  }, true);

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print]");
    if (button) { window.print(); }
  });

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("input[type=file]").forEach(dress);
    document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  });
})();
