/* Where the map is: what it was led to, and where the reader has moved it, zoom/lat/lon as
 * OpenStreetMap writes it, in the address of the page. A map that has no size yet, in a
 * tab that is not open, is led all the same: it goes there once it has one. */
(function (root) {
  "use strict";

  const M = root.MapsAtlas = root.MapsAtlas || {};
  const FORM = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;
  const FARTHER_OUT = 0.5; // zoom levels beyond the one at which the whole atlas fits

  function read(text) {
    const found = FORM.exec(String(text || "").trim());
    if (!found) return null;
    const at = { zoom: +found[1], lat: +found[2], lon: +found[3] };
    return at.zoom <= 20 && Math.abs(at.lat) <= 85 && Math.abs(at.lon) <= 180 ? at : null;
  }

  /* As in `maps.atlas.longitudes`: addresses have longitudes from -180 to 180, and a box across
   * that meridian has its west greater than its east; the map of an atlas that lies across it
   * goes on past them. */
  const TURN = 360, HALF = 180;

  function lonWritten(lon) {
    return Math.abs(lon) <= HALF ? lon : ((lon + HALF) % TURN + TURN) % TURN - HALF;
  }
  function lonNear(lon, extent) {
    const across = extent[0] < -HALF || extent[2] > HALF;
    return across ? lon + TURN * Math.round(((extent[0] + extent[2]) / 2 - lon) / TURN) : lon;
  }
  function boxRead(box, extent) {
    const east = box[2] + (box[0] > box[2] ? TURN : 0), middle = (box[0] + east) / 2, turn = lonNear(middle, extent) - middle;
    return [box[0] + turn, box[1], east + turn, box[3]];
  }
  function boxWritten(box) {
    return box[2] - box[0] >= TURN ? [-HALF, box[1], HALF, box[3]] : [lonWritten(box[0]), box[1], lonWritten(box[2]), box[3]];
  }

  /* reach: west, south, east, north of what the map can be moved to. */
  function within(at, reach) {
    return at.lon >= reach[0] && at.lon <= reach[2] && at.lat >= reach[1] && at.lat <= reach[3];
  }

  function written(zoom, lat, lon) {
    return [+zoom.toFixed(2), +lat.toFixed(4), +lonWritten(lon).toFixed(4)].join("/");
  }

  /* whole: the atlas; reach: how far it can be moved; moved: called when the map has come to rest somewhere. */
  function place(map, whole, reach, moved) {
    let own = "", led = false, enforcing = false;
    let moves = []; // what the map was led by: made again when its frame changes, until the reader moves it

    function shown() {
      const size = map.getSize();
      return size.x > 0 && size.y > 0;
    }
    function now() {
      const at = map.getCenter();
      return written(map.getZoom(), at.lat, at.lng);
    }
    /* A move is given whether it may take its time, and says whether it does: such a one ends with the next rest. */
    function make(move, slowly) {
      const before = led;
      led = true;
      if (!move(slowly)) led = before;
    }
    /* Lead the map on from where it is. */
    function lead(move) {
      moves.push(move);
      if (shown()) make(move, true);
    }
    /* Lead it somewhere, wherever it is. */
    function leadTo(move, text) {
      own = text || "";
      moves = [];
      lead(move);
    }
    function home() {
      leadTo(function () { map.fitBounds(whole, { animate: false }); });
    }
    /* The whole atlas is never shrunk to a stamp. */
    function limit() {
      map.options.minZoom = 0;
      map.options.minZoom = Math.max(0, map.getBoundsZoom(whole) - FARTHER_OUT);
      if (map.getZoom() < map.options.minZoom) map.setView(map.getCenter(), map.options.minZoom, { animate: false });
      map.fire("zoomlevelschange");
    }
    function resize() {
      const before = map.getSize();
      make(function () { map.invalidateSize({ pan: false }); });
      if (!shown() || before.equals(map.getSize())) return;
      make(limit);
      for (const move of moves) make(move, false);
      if (moves.length) led = false;
    }

    map.options.maxBounds = reach;
    map.options.maxBoundsViscosity = 1;
    if (shown()) limit();
    map.on("moveend", function () {
      if (!shown() || enforcing) return;
      enforcing = true; // Leaflet does it too late and slowly: as if the reader had moved the map
      map.panInsideBounds(reach, { animate: false });
      enforcing = false;
      if (!led) moves = [];
      if (own || !led) own = now();
      led = false;
      moved();
    });
    return {
      lead: lead, leadTo: leadTo, home: home, resize: resize, shown: shown,
      get text() { return own; },
      /* West, south, east, north of what is on the screen; null while the map is not. */
      box: function () {
        if (!shown()) return null;
        const b = map.getBounds();
        return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map(function (edge) { return +edge.toFixed(3); });
      },
      go: function (text) {
        const wanted = read(text);
        if (!wanted) { home(); return; }
        const lon = lonNear(wanted.lon, [whole.getWest(), 0, whole.getEast(), 0]);
        leadTo(function () { map.setView([wanted.lat, lon], wanted.zoom, { animate: false }); }, text);
      },
    };
  }

  M.place = place;
  M.place.read = read;
  M.place.within = within;
  M.place.written = written;
  M.place.lonNear = lonNear;
  M.place.boxRead = boxRead;
  M.place.boxWritten = boxWritten;
})(typeof window !== "undefined" ? window : globalThis);
