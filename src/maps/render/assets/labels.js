/* Names on the map: regions first, then towns and neighbours, none over another. */
(function (root) {
  "use strict";

  const MARGIN = 3;

  function measurer(fonts) {
    const context = document.createElement("canvas").getContext("2d");
    const known = new Map();
    measure.forget = function () { known.clear(); };
    return measure;

    function measure(text, kind) {
      const key = kind + text;
      if (!known.has(key)) {
        context.font = fonts[kind];
        known.set(key, context.measureText(text).width);
      }
      return known.get(key);
    }
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

    function rectangle(entry, shift) {
      const at = map.latLngToContainerPoint(entry.at).add([0, shift]);
      const w = width(entry.text, entry.kind), h = entry.kind === "town" ? 13 : 17;
      const left = entry.dot ? at.x + 5 : at.x - w / 2;
      return { left: left - MARGIN, right: left + w + MARGIN, top: at.y - h / 2 - 1, bottom: at.y + h / 2 + 1, width: w };
    }

    /* Show what fits at this zoom; `room` is how wide the region is on the screen. */
    function arrange(entries, occupied) {
      const taken = occupied.slice(), zoom = map.getZoom(), size = map.getSize();

      /* The place beside its point, of the few allowed, where a name hides nothing. */
      function place(entry) {
        if (!entry.active || zoom < entry.minZoom) return null;
        for (const shift of entry.dot ? [0] : [0, 18, -18]) {
          const box = rectangle(entry, shift);
          if (entry.room && entry.room(zoom) <= box.width * 0.8) return null;
          if (box.right < 0 || box.left > size.x || box.bottom < 0 || box.top > size.y) return null;
          if (!taken.some(function (other) { return overlaps(other, box); })) return { box: box, shift: shift };
        }
        return null;
      }

      for (const entry of entries) {
        const found = place(entry);
        if (!found) {
          if (entry.marker) entry.marker.remove();
          continue;
        }
        taken.push(found.box);
        const shown = marker(entry);
        shown.options.icon.options.html.style.marginTop = found.shift + "px";
        shown.addTo(map);
      }
    }

    return { arrange: arrange, forget: function () { width.forget(); } };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.labels = labels;
})(typeof window !== "undefined" ? window : globalThis);
