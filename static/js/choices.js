/* Many boxes to tick: a field over them leaves those that hold what was typed, with or without tone marks; what is
   ticked stays in sight. */
(function () {
  "use strict";
  var MANY = 15;

  function fold(words) {
    return words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  }

  function narrow(lines, words, told) {
    var wanted = fold(words).split(/\s+/).filter(Boolean), left = 0;
    lines.forEach(function (line) {
      var text = fold(line.textContent);
      var fits = wanted.every(function (word) { return text.indexOf(word) >= 0; });
      line.hidden = !fits && !line.querySelector(":checked");
      left += fits ? 1 : 0;
    });
    told.textContent = wanted.length ? left.toLocaleString("vi-VN") + "/" + lines.length.toLocaleString("vi-VN") + " mục khớp" : "";
  }

  function dress(group) {
    var lines = Array.prototype.filter.call(group.querySelectorAll("label"), function (label) {
      return label.querySelector("[type=checkbox]");
    }).map(function (label) { return label.parentNode; });
    if (lines.length <= MANY) { return; }
    var find = document.createElement("p"), told = document.createElement("span");
    find.className = "choices__find no-print";
    find.innerHTML = '<label>Lọc danh sách <input type="search" autocomplete="off"></label> ';
    told.className = "soft small";
    told.setAttribute("role", "status");
    find.appendChild(told);
    group.parentNode.insertBefore(find, group);
    var field = find.querySelector("input");
    field.addEventListener("input", function (event) {
      event.stopPropagation(); // nothing of the form has changed
      narrow(lines, field.value, told);
    });
    // Enter looks for something here; it sends nothing.
    field.addEventListener("keydown", function (event) { if (event.key === "Enter") { event.preventDefault(); } });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".choices").forEach(dress);
  });
})();
