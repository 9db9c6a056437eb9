/* One line of a round: read from its fields, and written into them. The names are those of the server. */
(function () {
  "use strict";
  var NOT_WORDS = ["version", "seen", "files"];

  function prefix(row) { return "r" + row.getAttribute("data-row") + "-"; }

  function each(row, act) {
    row.querySelectorAll("[name]").forEach(function (field) {
      var start = prefix(row), key = field.name.slice(start.length);
      if (field.name.indexOf(start) === 0 && NOT_WORDS.indexOf(key) < 0 && !field.hasAttribute("data-shelf")) { act(field, key, isOneOfMany(field)); }
    });
  }

  function isOneOfMany(field) { return field.type === "checkbox" && field.hasAttribute("value"); }

  function read(row) {
    var typed = {};
    each(row, function (field, key, many) {
      if (many) {
        typed[key] = typed[key] || [];
        if (field.checked) { typed[key].push(field.value); }
      } else { typed[key] = field.type === "checkbox" ? field.checked : field.value; }
    });
    return typed;
  }

  /* What was typed before any script was there: what differs from the page as it came. */
  function early(row) {
    var typed = {}, now = read(row);
    each(row, function (field, key) { if (differs(field)) { typed[key] = now[key]; } });
    return typed;
  }

  function differs(field) {
    if (field.options) {
      var chosen = Array.prototype.filter.call(field.options, function (option) { return option.defaultSelected; })[0];
      return field.value !== (chosen || field.options[0]).value;
    }
    return field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  }

  /* The words of kept files, so that they can be named again. */
  function labels(row) {
    return Array.prototype.map.call(row.querySelectorAll(".round-kept input:checked"), function (box) {
      return { uuid: box.value, label: box.getAttribute("data-label") };
    });
  }

  function fill(row, typed, files) {
    (files || []).forEach(function (file) { window.kttt.addKept(row.querySelector(".round-kept"), file.uuid, file.label); });
    each(row, function (field, key, many) {
      if (many) { field.checked = (typed[key] || []).indexOf(field.value) >= 0; }
      else if (field.type === "checkbox") { field.checked = Boolean(typed[key]); }
      else { field.value = typed[key] || ""; }
    });
    row.querySelectorAll(".round-fold").forEach(function (fold) {
      fold.open = Array.prototype.some.call(fold.querySelectorAll("[name]"), function (field) {
        return field.type === "checkbox" ? field.checked : field.value;
      });
    });
  }

  /* As the server reads it. */
  function posted(row, token) {
    var data = new FormData();
    data.append("csrfmiddlewaretoken", token);
    data.append("hang", row.getAttribute("data-row"));
    data.append(prefix(row) + "version", row.querySelector("[data-version]").value);
    each(row, function (field) {
      if (field.type !== "checkbox" || field.checked) { data.append(field.name, field.value); }
    });
    return data;
  }

  window.kttt = window.kttt || {};
  window.kttt.line = {
    read: read, early: early, fill: fill, labels: labels, posted: posted,
    same: function (one, other) {
      var a = Object.assign({}, one, { tab: "" }), b = Object.assign({}, other, { tab: "" });
      return Object.keys(Object.assign({}, a, b)).every(function (key) {
        return String(a[key] || "") === String(b[key] || "");
      });
    }
  };
})();
