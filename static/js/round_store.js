/* What is typed into a round stays on this machine until the server has it: a line each, for this person and address.
   Signing out wipes it (keeping.js). */
(function () {
  "use strict";
  var start = "kttt:nhap:" + document.documentElement.getAttribute("data-user") + ":" + location.pathname + ":";
  var OLDEST = 30 * 24 * 3600 * 1000;

  function attempt(what, otherwise) {
    try { return what(); } catch (refused) { return otherwise; }
  }

  function names() {
    return attempt(function () {
      return Object.keys(localStorage).filter(function (name) { return name.indexOf(start) === 0; });
    }, []);
  }

  window.kttt = window.kttt || {};
  window.kttt.store = {
    /* Whether it could be kept: a private window or a full disk keeps nothing. */
    write: function (pk, line) {
      line.at = Date.now();
      return attempt(function () { localStorage.setItem(start + pk, JSON.stringify(line)); return true; }, false);
    },
    drop: function (pk) { attempt(function () { localStorage.removeItem(start + pk); }); },
    /* By the key of the task; what is a month old is nobody's any more. */
    all: function () {
      var found = {};
      names().forEach(function (name) {
        var line = attempt(function () { return JSON.parse(localStorage.getItem(name)); }, null);
        if (line && Date.now() - line.at < OLDEST) { found[name.slice(start.length)] = line; }
        else { attempt(function () { localStorage.removeItem(name); }); }
      });
      return found;
    }
  };
})();
