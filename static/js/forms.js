/* One press sends once; leaving a page with unsent text asks first; a refused form is read from its summary. */
(function () {
  "use strict";
  var touched = null;

  function isLong(form) {
    return form && !form.hasAttribute("data-keeps-itself") && form.method === "post" && form.querySelector("textarea, input[type=file]");
  }

  function release(form) {
    form.removeAttribute("data-sent");
    form.querySelectorAll("button[aria-disabled]").forEach(function (button) {
      button.removeAttribute("aria-disabled");
    });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-repeatable")) { return; }
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    touched = null;
    form.querySelectorAll("button:not([type=button])").forEach(function (button) {
      button.setAttribute("aria-disabled", "true");
    });
    // A weak line may swallow the answer: after a while the button works again.
    window.setTimeout(function () { release(form); }, 20000);
  });

  document.addEventListener("input", function (event) {
    if (isLong(event.target.form)) { touched = event.target.form; }
  });

  window.addEventListener("beforeunload", function (event) {
    if (touched && document.contains(touched)) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  // Back from the next page: the form is as it was, and may be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });

  // Back to a form that was sent: the server makes it anew while the browser fills in what was typed. It keeps the key
  // of its first sending, so that the same words are the same report.
  function keepKeys() {
    var came = performance.getEntriesByType("navigation")[0];
    var known = (came && came.type === "back_forward" && history.state && history.state.submissions) || {};
    var keys = {};
    document.querySelectorAll("form input[type=hidden][name=submission]").forEach(function (input, place) {
      var name = input.form.action + " " + place;
      input.value = keys[name] = known[name] || input.value;
    });
    if (Object.keys(keys).length) {
      history.replaceState(Object.assign({}, history.state, { submissions: keys }), "");
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    keepKeys();
    var summary = document.querySelector("[data-focus]");
    if (summary) { summary.focus(); }
  });
})();
