/* Photographs are made smaller before they are sent. Whatever cannot be done well leaves the file as it is. */
(function () {
  "use strict";
  var SIDE = 1600, SMALL = 400 * 1024, QUALITY = .8;
  // A browser that turns photographs by itself, also on a canvas.
  var turns = Boolean(window.CSS && CSS.supports && CSS.supports("image-orientation", "from-image"));

  /* `how`: a method of FileReader. */
  function load(file, how) {
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () { done(reader.result); };
      reader.onerror = failed;
      reader[how](file);
    });
  }

  /* The orientation that the camera wrote into a JPEG (1: upright), from its Exif part. */
  function orientation(view) {
    var at = 2, end = view.byteLength - 12;
    if (end < 0 || view.getUint16(0) !== 0xFFD8) { return 1; }
    while (at < end && view.getUint16(at) !== 0xFFE1) {
      if ((view.getUint16(at) & 0xFF00) !== 0xFF00) { return 1; }
      at += 2 + view.getUint16(at + 2);
    }
    if (at >= end || view.getUint32(at + 4) !== 0x45786966) { return 1; }
    var tiff = at + 10, little = view.getUint16(tiff) === 0x4949;
    var table = tiff + view.getUint32(tiff + 4, little);
    for (var left = view.getUint16(table, little), entry = table + 2; left > 0; left -= 1, entry += 12) {
      if (view.getUint16(entry, little) === 0x0112) { return view.getUint16(entry + 8, little); }
    }
    return 1;
  }

  /* Through a data: address, which the policy of the site allows for pictures, as it does not blob: ones. */
  function picture(file) {
    return load(file, "readAsDataURL").then(function (address) {
      return new Promise(function (done, failed) {
        var image = new Image();
        image.onload = function () { done(image); };
        image.onerror = failed;
        image.src = address;
      });
    });
  }

  function draw(image) {
    var scale = Math.min(1, SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    var canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    pen.fillStyle = "#fff"; // what is clear in a PNG would be black in a JPEG
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", QUALITY); });
  }

  /* A promise of {blob, name}: smaller, or the file itself. */
  window.kttt = window.kttt || {};
  window.kttt.shrink = function (file) {
    var whole = { blob: file, name: file.name };
    var heic = /^image\/hei[cf]$/.test(file.type);
    if (!/^image\//.test(file.type) || (file.size <= SMALL && !heic)) { return Promise.resolve(whole); }
    return load(file.slice(0, 128 * 1024), "readAsArrayBuffer").then(function (start) {
      if (!turns && orientation(new DataView(start)) !== 1) { return whole; }
      return picture(file).then(draw).then(function (blob) {
        if (!blob || blob.type !== "image/jpeg" || (blob.size >= file.size && !heic)) { return whole; }
        return { blob: blob, name: file.name.replace(/\.[^.]*$/, "") + ".jpg" };
      });
    }).catch(function () { return whole; });
  };
})();
