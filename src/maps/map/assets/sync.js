/* Two maps of one page that move together: what one is moved to, and how it is read,
 * the other follows, by a channel of this browser that no server hears. */
(function (root) {
  "use strict";

  const M = root.MapsAtlas = root.MapsAtlas || {};

  function sync(session, name) {
    if (!root.BroadcastChannel) return;
    const channel = new BroadcastChannel(name);
    const map = session.map;
    let following = false; // Leaflet tells of a move while it is made: what is followed is not passed on
    let waiting = false;
    // A zoom that is drawn out over time would reach the other map when it is over.
    map.options.zoomAnimation = map._zoomAnimated = false;

    /* Nothing while the map is not on the screen. */
    function place() {
      if (!session.place.shown()) return undefined;
      const at = map.getCenter();
      return { at: [at.lat, at.lng], zoom: map.getZoom() };
    }
    function reading() {
      return { mode: session.selection.mode, perspective: session.selection.perspective };
    }
    function follow(act) {
      following = true;
      try { act(); } finally { following = false; }
    }

    function goTo(told) {
      if (!session.place.shown()) { session.place.go(root.MapsAtlas.place.written(told.zoom, told.at[0], told.at[1])); return; }
      const at = L.latLng(told.at);
      if (told.zoom !== map.getZoom()) { map.setView(at, told.zoom, { animate: false }); return; }
      // By whole pixels, and nothing is drawn anew.
      const by = map.project(at).subtract(map.project(map.getCenter())).round();
      if (by.x || by.y) map.panBy(by, { animate: false });
    }

    function telling() {
      if (following || waiting) return;
      waiting = true;
      requestAnimationFrame(function () {
        waiting = false;
        channel.postMessage({ place: place() });
      });
    }
    map.on("move zoom", telling);
    map.on("reading", function () { if (!following) channel.postMessage({ reading: reading() }); });

    channel.onmessage = function (event) {
      const told = event.data;
      if (told.arrived) { channel.postMessage({ place: place(), reading: reading() }); return; }
      follow(function () {
        if (told.place) goTo(told.place);
        if (told.reading) session.read(told.reading.mode, told.reading.perspective);
      });
    };
    channel.postMessage({ arrived: true });
  }

  M.sync = sync;
})(typeof window !== "undefined" ? window : globalThis);
