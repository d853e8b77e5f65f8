/* Events at their places: those of the day in full, those within half a year faintly. */
(function (root) {
  "use strict";

  const NEAR_DAYS = 183;
  const RING = [[0, 0], [15, 0], [-15, 0], [0, 15], [0, -15], [15, 15], [-15, -15], [15, -15], [-15, 15]];

  function markers(L, map, data, onPick) {
    const made = map.createPane("maevents");
    made.style.zIndex = 640;
    const el = root.MapsAtlas.card.el;
    const frame = data.frame;
    const elsewhere = L.control({ position: "topright" });
    let box = null, shown = "";
    elsewhere.onAdd = function () {
      box = el("div", { class: "ma-elsewhere" });
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    elsewhere.addTo(map);

    function stateOf(event, day) {
      if (event.a <= day && day < event.b) return "now";
      return Math.abs(event.a - day) <= NEAR_DAYS ? "near" : null;
    }

    function marker(event, state, offset) {
      const dot = el("span", { class: "ma-dot ma-dot-" + state + (event.x ? " ma-dot-contested" : "") });
      const icon = L.divIcon({
        className: "ma-event", html: dot, iconSize: [24, 24], iconAnchor: [12 - offset[0], 12 - offset[1]],
      });
      const title = event.when + ": " + event.title;
      const placed = L.marker(event.at, {
        icon: icon, pane: "maevents", title: title, alt: title, zIndexOffset: state === "now" ? 1000 : 0,
        bubblingMouseEvents: false,
      });
      placed.on("click keypress", function (e) {
        if (e.type === "keypress" && e.originalEvent.key !== "Enter") return;
        onPick(event);
      });
      return placed;
    }

    function listElsewhere(events) {
      box.replaceChildren();
      for (const event of events) {
        const button = el("button", { type: "button", title: event.title, "data-event": event.id }, event.placeName + " ↗");
        button.addEventListener("click", function () { onPick(event); });
        box.appendChild(button);
      }
    }

    const group = L.layerGroup().addTo(map);
    let wanted = new Map(); // by event, state and place in the ring: what makes its marker
    const standing = new Map(); // the markers on the map, likewise

    /* What stood there on the day before stays. The faint ones come once the day rests: a drag
     * would make hundreds of them that nobody sees. */
    function stand(rests) {
      for (const [key, placed] of standing) {
        if (wanted.has(key)) continue;
        group.removeLayer(placed);
        standing.delete(key);
      }
      for (const [key, made] of wanted) {
        if (standing.has(key) || (made[1] === "near" && !rests)) continue;
        standing.set(key, marker(made[0], made[1], made[2]).addTo(group));
      }
    }

    function paint(day) {
      const found = [];
      for (const event of data.events) {
        const state = event.at ? stateOf(event, day) : null;
        if (state) found.push([event, state]);
      }
      const key = found.map(function (f) { return f[0].id + f[1]; }).join();
      if (key === shown) return false;
      shown = key;
      const used = new Map(), away = [];
      wanted = new Map();
      found.sort(function (a, b) { return (a[1] === "now" ? 0 : 1) - (b[1] === "now" ? 0 : 1); });
      for (const pair of found) {
        if (!frame.contains(pair[0].at)) {
          if (pair[1] === "now") away.push(pair[0]);
          continue;
        }
        const spot = pair[0].at.join();
        const n = used.get(spot) || 0;
        used.set(spot, n + 1);
        if (n < RING.length) wanted.set([pair[0].id, pair[1], n].join(), [pair[0], pair[1], RING[n]]);
      }
      stand(false);
      listElsewhere(away);
      return true;
    }

    /* Where names must not stand: the squares of the day's own markers. */
    function taken() {
      const out = [];
      group.eachLayer(function (placed) {
        const at = map.latLngToContainerPoint(placed.getLatLng());
        const anchor = placed.options.icon.options.iconAnchor;
        const x = at.x + 12 - anchor[0], y = at.y + 12 - anchor[1], r = placed.options.zIndexOffset ? 11 : 6;
        out.push({ left: x - r, right: x + r, top: y - r, bottom: y + r });
      });
      return out;
    }

    /* Where the name of an event elsewhere stands in the corner, from the corner of the map; null where it does not. */
    function nameOf(event) {
      const button = Array.from(box.children).find(function (each) { return each.getAttribute("data-event") === event.id; });
      if (!button) return null;
      const at = button.getBoundingClientRect(), origin = map.getContainer().getBoundingClientRect();
      return L.point(at.left - origin.left, at.top - origin.top + at.height / 2);
    }

    return { paint: paint, rest: function () { stand(true); }, taken: taken, nameOf: nameOf };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.markers = markers;
})(typeof window !== "undefined" ? window : globalThis);
