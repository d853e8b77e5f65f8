/* The legend lists what is on the map on this day in this mode, and nothing else. */
(function (root) {
  "use strict";

  const AROUND_PX = 38, LEAST_PX = 60, OPEN_PX = 130;

  /* What the painted boundaries need explained, in order; of several about one thing the first. */
  function entries(data, items) {
    const found = new Set();
    for (const item of items) {
      if (!item.on) continue;
      for (const at of data.fills[item.key].legend) found.add(data.legend[at]);
      found.add(data.legend[data.precisions[item.boundary.p].legend]);
    }
    const sorted = Array.from(found).sort(function (a, b) { return a.place[0] - b.place[0] || a.place[1] - b.place[1]; });
    const told = new Map();
    for (const entry of sorted) if (!told.has(entry.about)) told.set(entry.about, entry);
    return Array.from(told.values());
  }

  function legend(L, map, data, fillOf, texts, closed) {
    const el = root.MapsAtlas.card.el;
    const control = L.control({ position: "bottomright" });
    let list = null, shown = null;
    control.onAdd = function () {
      list = el("ul");
      const box = el("details", { class: "ma-legend" }, el("summary", null, texts.legend), list);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    control.addTo(map);

    /* It ends below the buttons of its side; where that leaves too little, it opens at a click. */
    let fitted = false;
    function fit() {
      const frame = map.getContainer(), box = control.getContainer(), corner = frame.querySelector(".leaflet-top.leaflet-right");
      if (!frame.clientWidth || !frame.clientHeight) return; // out of sight
      const room = frame.clientHeight - corner.offsetHeight - AROUND_PX;
      box.style.maxHeight = Math.max(LEAST_PX, room) + "px";
      if (!fitted) box.open = !closed && frame.clientWidth > 640 && room >= OPEN_PX;
      fitted = true;
    }
    const observer = new ResizeObserver(fit);
    for (const each of [map.getContainer(), map.getContainer().querySelector(".leaflet-top.leaflet-right")]) observer.observe(each);

    /* An open popup and an open legend would lie over each other: the legend steps back. */
    let reopen = false;
    map.on("popupopen", function () {
      const box = control.getContainer();
      reopen = reopen || box.open;
      box.open = false;
    });
    map.on("popupclose", function () {
      if (reopen) control.getContainer().open = true;
      reopen = false;
    });

    function line(entry) {
      const sign = entry.line ? el("span", { class: "ma-stroke ma-stroke-" + entry.line })
        : root.MapsAtlas.texture.swatch(fillOf, entry, entry.stroke);
      return el("li", entry.quiet ? { class: "ma-quiet" } : null, sign, entry.label);
    }

    function paint(items) {
      const listed = entries(data, items);
      const now = listed.map(function (entry) { return data.legend.indexOf(entry); }).join();
      if (now === shown) return;
      shown = now;
      list.replaceChildren.apply(list, listed.map(line));
      if (!listed.length) list.appendChild(el("li", { class: "ma-quiet" }, texts.nothing));
    }

    return { paint: paint };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.legend = legend;
})(typeof window !== "undefined" ? window : globalThis);
