/* Words that are still on this machine for tasks that take none any more (a colleague has sent, the work was closed):
   shown for copying, and gone when the person says so. */
(function () {
  "use strict";

  function said(typed) {
    var reasons = [typed.unchanged_why, typed.unchanged_more].filter(Boolean).join("; ");
    return [typed.unchanged ? reasons : typed.result, typed.obstacle, typed.proposal].filter(Boolean);
  }

  function oneLine(text) { return text.replace(/\s+/g, " ").trim(); }

  function shows(row, typed) {
    var text = oneLine(row.textContent);
    return said(typed).every(function (each) { return text.indexOf(oneLine(each)) >= 0; });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var store = window.kttt.store, left = store.all(), box = document.querySelector("[data-round-left]");
    var gone = Object.keys(left).filter(function (pk) {
      var row = document.getElementById("r" + pk), typed = left[pk].typed;
      if (row && row.hasAttribute("data-row")) { return false; }
      // What was sent or kept says the same already.
      if (!said(typed).length || (row && shows(row, typed))) {
        store.drop(pk);
        return false;
      }
      return true;
    });
    if (!box || !gone.length) { return; }
    gone.forEach(function (pk) {
      var text = document.createElement("p");
      text.className = "quote";
      text.textContent = said(left[pk].typed).join("\n");
      box.querySelector("[data-words]").appendChild(text);
    });
    box.hidden = false;
    box.querySelector("button").addEventListener("click", function () {
      gone.forEach(store.drop);
      box.hidden = true;
    });
  });
})();
