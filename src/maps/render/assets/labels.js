/* Names on the map: regions first, then towns and neighbours, none over another. */
(function (root) {
  "use strict";

  const MARGIN = 3;

  function measurer(fonts) {
    const context = document.createElement("canvas").getContext("2d");
    const known = new Map();
    return function (text, kind) {
      const key = kind + text;
      if (!known.has(key)) {
        context.font = fonts[kind];
        known.set(key, context.measureText(text).width);
      }
      return known.get(key);
    };
  }

  function overlaps(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  /* entries: [{at: [lat, lon], text, kind, minZoom, dot}] in order of importance. */
  function labels(L, map, fonts) {
    const width = measurer(fonts);
    const made = map.createPane("malabels");
    made.style.zIndex = 610;
    made.style.pointerEvents = "none";

    function marker(entry) {
      if (!entry.marker) {
        const text = document.createElement("span");
        text.textContent = entry.text;
        const box = document.createElement("div");
        box.appendChild(text);
        entry.marker = L.marker(entry.at, {
          interactive: false, keyboard: false, pane: "malabels",
          icon: L.divIcon({ className: "ma-label ma-label-" + entry.kind, html: box, iconSize: [0, 0] }),
        });
      }
      return entry.marker;
    }

    function rectangle(entry) {
      const at = map.latLngToContainerPoint(entry.at);
      const w = width(entry.text, entry.kind), h = entry.kind === "town" ? 13 : 17;
      const left = entry.dot ? at.x + 5 : at.x - w / 2;
      return { left: left - MARGIN, right: left + w + MARGIN, top: at.y - h / 2 - 1, bottom: at.y + h / 2 + 1, width: w };
    }

    /* Show what fits at this zoom; `room` is how wide the region is on the screen. */
    function arrange(entries) {
      const taken = [], zoom = map.getZoom(), size = map.getSize();
      for (const entry of entries) {
        const box = rectangle(entry);
        const seen = box.right > 0 && box.left < size.x && box.bottom > 0 && box.top < size.y;
        const fits = entry.active && zoom >= entry.minZoom && seen &&
          (!entry.room || entry.room(zoom) > box.width * 0.8) &&
          !taken.some(function (other) { return overlaps(other, box); });
        if (fits) taken.push(box);
        if (fits !== !!entry.shown) {
          entry.shown = fits;
          if (fits) marker(entry).addTo(map); else marker(entry).remove();
        }
      }
    }

    return { arrange: arrange };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.labels = labels;
})(typeof window !== "undefined" ? window : globalThis);
