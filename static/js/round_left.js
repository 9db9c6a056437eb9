/* Words that are still on this machine for tasks that take none any more (a colleague has sent, the work was closed):
   shown for copying, and gone when the person says so. */
(function () {
  "use strict";

  function words(typed) {
    var reasons = [typed.unchanged_why, typed.unchanged_more].filter(Boolean).join("; ");
    return [typed.unchanged ? reasons : typed.result, typed.obstacle, typed.proposal].filter(Boolean).join("\n");
  }

  document.addEventListener("DOMContentLoaded", function () {
    var store = window.kttt.store, left = store.all(), box = document.querySelector("[data-round-left]");
    var gone = Object.keys(left).filter(function (pk) {
      var row = document.getElementById("r" + pk), text = words(left[pk].typed);
      if (row && row.hasAttribute("data-row")) { return false; }
      // What was sent or kept says the same already.
      if (!text || (row && row.textContent.replace(/\s+/g, " ").indexOf(text.replace(/\s+/g, " ")) >= 0)) {
        store.drop(pk);
        return false;
      }
      return true;
    });
    if (!box || !gone.length) { return; }
    gone.forEach(function (pk) {
      var text = document.createElement("p");
      text.className = "quote";
      text.textContent = words(left[pk].typed);
      box.querySelector("[data-words]").appendChild(text);
    });
    box.hidden = false;
    box.querySelector("button").addEventListener("click", function () {
      gone.forEach(store.drop);
      box.hidden = true;
    });
  });
})();
