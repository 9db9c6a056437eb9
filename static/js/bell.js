/* What has been on the screen for two seconds is seen: the next page counts it no more. A tab that waits behind
   another has shown nothing yet. Without this script, and on a lost line, the button does the same. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-seen-after]"), timer = null;
  if (!form || !window.fetch) { return; }

  function tell() {
    document.removeEventListener("visibilitychange", watch);
    // The answer is the same page once more, which is not fetched; whoever goes on at this moment has seen it all the same.
    fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual", keepalive: true })
      .catch(function () {});
  }

  function watch() {
    window.clearTimeout(timer);
    if (document.visibilityState === "visible") { timer = window.setTimeout(tell, Number(form.getAttribute("data-seen-after"))); }
  }

  document.addEventListener("visibilitychange", watch);
  form.addEventListener("submit", function () { window.clearTimeout(timer); });
  watch();
})();
