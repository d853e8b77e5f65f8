/* The legend lists what is on the map on this day in this mode, and nothing else. */
(function (root) {
  "use strict";

  const AROUND_PX = 38, LEAST_PX = 60, OPEN_PX = 130;

  /* A hatch is told by its parts: each colour and texture once. */
  function parts(data, keys) {
    const out = [];
    for (const key of keys) {
      for (const part of data.fills[key].parts || [key]) if (!out.includes(part)) out.push(part);
    }
    return out.sort(function (a, b) { return data.fills[a].order - data.fills[b].order; });
  }

  function legend(L, map, data, paints, texts, closed) {
    const el = root.MapsAtlas.card.el;
    const control = L.control({ position: "bottomright" });
    let list = null, shown = "";
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

    function paint(items, mode) {
      const keys = [], dashes = [];
      let faint = false;
      for (const item of items) {
        if (!item.on) continue;
        const parts = item.key.split("/");
        if (!keys.includes(parts[0])) keys.push(parts[0]);
        if (parts[1] === "approximate") faint = true;
        if (!dashes.includes(item.boundary.p)) dashes.push(item.boundary.p);
      }
      keys.sort();
      const now = mode + keys.join() + dashes.join() + faint;
      if (now === shown) return;
      shown = now;
      list.replaceChildren();
      for (const key of parts(data, keys)) {
        list.appendChild(el("li", null, root.MapsAtlas.texture.swatch(paints[key], data.fills[key]), data.fills[key].name));
      }
      const striped = keys.find(function (key) { return data.fills[key].parts; });
      if (striped) list.appendChild(el("li", { class: "ma-quiet" }, root.MapsAtlas.texture.swatch(paints[striped], data.fills[striped]), texts.side_by_side));
      if (faint) list.appendChild(el("li", { class: "ma-quiet" }, el("span", { class: "ma-swatch ma-faint" }), texts.faint));
      for (const p of Object.keys(data.precisions)) {
        if (!dashes.includes(p)) continue;
        const line = el("span", { class: "ma-stroke ma-stroke-" + p });
        list.appendChild(el("li", { class: "ma-quiet" }, line, texts["precision." + p]));
      }
      if (!keys.length) list.appendChild(el("li", { class: "ma-quiet" }, texts.nothing));
    }

    return { paint: paint };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.legend = legend;
})(typeof window !== "undefined" ? window : globalThis);
