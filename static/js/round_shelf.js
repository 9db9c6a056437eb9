/* What lies on the agency's shelf already: a chosen file stands among those that are kept for the line; a document that was
   cited before brings its date, signer and summary along. */
(function () {
  "use strict";

  function changed(field) { field.dispatchEvent(new Event("change", { bubbles: true })); }

  function take(select) {
    var list = document.getElementById(select.getAttribute("data-shelf")), chosen = select.options[select.selectedIndex];
    if (!select.value) { return; }
    window.kttt.addKept(list, select.value, chosen.text);
    list.querySelector("[value=\"" + select.value + "\"]").checked = true;
    select.value = "";
    changed(list.lastChild.firstChild);
  }

  function cite(field) {
    var known = Array.prototype.filter.call(field.list.options, function (each) { return each.value === field.value; })[0];
    if (!known) { return; }
    ["on", "signer", "summary"].forEach(function (name) {
      var other = document.getElementById(field.id.replace("document_number", "document_" + name));
      if (!other.value) { other.value = known.getAttribute("data-" + name) || ""; }
    });
  }

  document.addEventListener("change", function (event) {
    if (event.target.hasAttribute("data-shelf")) { take(event.target); }
    else if (event.target.list && event.target.hasAttribute("data-cites")) { cite(event.target); }
  });
})();
