/* Names on the map: regions first, then towns and neighbours, none over another. */
(function (root) {
  "use strict";

  const MARGIN = 3;
  const SHIFTS = { region: [0, 20, -20], state: [0, 24, -24, 48, -48, 72, -72], country: [0, 24, -24] };
  const LINE_PX = { region: 16, state: 18, town: 13, country: 18, sea: 17 };

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

    function marker(entry, lines) {
      if (!entry.marker) {
        entry.box = document.createElement("div");
        entry.marker = L.marker(entry.at, {
          interactive: false, keyboard: false, pane: "malabels",
          icon: L.divIcon({ className: "ma-label ma-label-" + entry.kind, html: entry.box, iconSize: [0, 0] }),
        });
      }
      if (lines.join() !== entry.lines) {
        entry.lines = lines.join();
        entry.box.replaceChildren.apply(entry.box, lines.map(function (line) {
          const text = document.createElement("span");
          text.textContent = line;
          return text;
        }));
      }
      return entry.marker;
    }

    /* Break a name at spaces into lines no wider than the region, as far as its words allow. */
    function broken(entry, room) {
      if (entry.dot || width(entry.text, entry.kind) <= room) return [entry.text];
      const lines = [];
      for (const word of entry.text.split(" ")) {
        const last = lines.length - 1;
        const longer = last < 0 ? word : lines[last] + " " + word;
        if (last >= 0 && width(longer, entry.kind) <= room) lines[last] = longer;
        else lines.push(word);
      }
      return lines;
    }

    function rectangle(entry, lines, shift) {
      const at = map.latLngToContainerPoint(entry.at).add([0, shift]);
      const w = Math.max.apply(null, lines.map(function (line) { return width(line, entry.kind); }));
      const h = LINE_PX[entry.kind] * lines.length;
      const left = entry.dot ? at.x + 5 : at.x - w / 2;
      return { left: left - MARGIN, right: left + w + MARGIN, top: at.y - h / 2 - 1, bottom: at.y + h / 2 + 1, width: w };
    }

    /* The buttons, the legend and what else lies over the map. */
    function controls() {
      const frame = map.getContainer(), origin = frame.getBoundingClientRect();
      return Array.from(frame.querySelectorAll(".leaflet-control"), function (control) {
        const box = control.getBoundingClientRect();
        return { left: box.left - origin.left, right: box.right - origin.left, top: box.top - origin.top, bottom: box.bottom - origin.top };
      });
    }

    /* Show what fits at this zoom, whole and in sight; `room` is how wide the region is on the screen. */
    function arrange(entries, occupied) {
      const taken = occupied.concat(controls()), zoom = map.getZoom(), size = map.getSize();

      /* The place beside its point, of the few allowed, where a name hides nothing. */
      function place(entry) {
        if (!entry.active || zoom < entry.minZoom) return null;
        const room = entry.room ? entry.room(zoom) : Infinity;
        const lines = broken(entry, Math.max(64, Math.min(room, 230)));
        for (const shift of SHIFTS[entry.kind] || [0]) {
          const box = rectangle(entry, lines, shift);
          if (room <= box.width * 0.8 || lines.length > 3) return null;
          if (box.left < 0 || box.right > size.x || box.top < 0 || box.bottom > size.y) continue;
          if (!taken.some(function (other) { return overlaps(other, box); })) return { box: box, lines: lines, shift: shift };
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
        const shown = marker(entry, found.lines);
        entry.box.style.top = found.shift + "px";
        shown.addTo(map);
      }
    }

    function hide(entries) {
      for (const entry of entries) if (entry.marker) entry.marker.remove();
    }

    return { arrange: arrange, hide: hide, forget: function () { width.forget(); } };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.labels = labels;
})(typeof window !== "undefined" ? window : globalThis);
