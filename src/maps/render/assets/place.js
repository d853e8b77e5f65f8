/* Where the reader has moved the map: zoom/lat/lon, as OpenStreetMap writes it, in the
 * address of the page; empty while the map is where it opened or where it was led. */
(function (root) {
  "use strict";

  const M = root.MapsAtlas = root.MapsAtlas || {};
  const FORM = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;

  function read(text) {
    const found = FORM.exec(String(text || "").trim());
    if (!found) return null;
    const at = { zoom: +found[1], lat: +found[2], lon: +found[3] };
    return at.zoom <= 20 && Math.abs(at.lat) <= 85 && Math.abs(at.lon) <= 180 ? at : null;
  }

  function written(zoom, lat, lon) {
    return [+zoom.toFixed(2), +lat.toFixed(4), +lon.toFixed(4)].join("/");
  }

  /* home: shows the whole atlas; moved: called when the map has come to rest somewhere. */
  function place(map, home, moved) {
    let own = "", led = false;

    function now() {
      const at = map.getCenter();
      return written(map.getZoom(), at.lat, at.lng);
    }
    /* A move that is not the reader's ends with the next rest of the map. */
    function lead(move) {
      led = true;
      move();
    }
    /* One that has ended when it returns, if it moved at all. */
    function leadAtOnce(move) {
      const before = led;
      led = true;
      move();
      led = before;
    }
    map.on("autopanstart", function () { led = true; });
    map.on("moveend", function () {
      if (!map.getSize().x) return;
      if (own || !led) own = now();
      led = false;
      moved();
    });
    return {
      lead: lead,
      leadAtOnce: leadAtOnce,
      get text() { return own; },
      /* West, south, east, north of what is on the screen; null while the map is not. */
      box: function () {
        if (!map.getSize().x) return null;
        const b = map.getBounds();
        return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map(function (edge) { return +edge.toFixed(3); });
      },
      /* The map is now led: what it shows next is not a place of the reader's. */
      forget: function () { own = ""; },
      go: function (text) {
        const wanted = read(text);
        own = "";
        leadAtOnce(wanted ? function () { map.setView([wanted.lat, wanted.lon], wanted.zoom, { animate: false }); } : home);
        if (wanted) own = text;
      },
    };
  }

  M.place = place;
  M.place.read = read;
  M.place.written = written;
})(typeof window !== "undefined" ? window : globalThis);
