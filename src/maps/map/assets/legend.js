/* The legend lists what is on the map on this day in this mode, and nothing else: as chips
 * under the switches, and with the kinds of lines in a sheet. An entry lights its areas. */
(function (root) {
  "use strict";

  const el = root.MapsAtlas.card.el;
  const LEAST_STROKE_PX = 1.2, BLANK_STROKE_PX = 0.6;

  /* What the looks on the map need explained, in order; of several about one thing the first. */
  function entries(data, looks) {
    const found = new Set();
    for (const key of looks.fills.keys()) for (const at of data.fills[key].legend) found.add(data.legend[at]);
    for (const precision of looks.precisions.keys()) found.add(data.legend[data.precisions[precision].legend]);
    const sorted = Array.from(found).sort(function (a, b) { return a.place[0] - b.place[0] || a.place[1] - b.place[1]; });
    const told = new Map();
    for (const entry of sorted) if (!told.has(entry.about)) told.set(entry.about, entry);
    return Array.from(told.values());
  }

  /* Whether a boundary looks as an entry explains. */
  function matches(data, entry) {
    return function (item) {
      if (entry.line) return data.legend[data.precisions[item.boundary.p].legend] === entry;
      return data.fills[item.key].legend.some(function (at) { return data.legend[at].about === entry.about; });
    };
  }

  /* The sign of an entry; the outline of a unit is as strong as on the map. */
  function sign(data, fillOf, entry) {
    if (entry.line) return el("span", { class: "ma-stroke ma-stroke-" + entry.line });
    const kind = root.MapsAtlas.says.kind(entry), layer = kind === "unit" && data.layers[entry.about.slice(5)];
    const made = root.MapsAtlas.texture.swatch(fillOf, entry, layer ? layer.stroke : entry.stroke);
    const width = kind === "blank" ? BLANK_STROKE_PX : layer ? Math.max(LEAST_STROKE_PX, layer.weight) : LEAST_STROKE_PX;
    made.style.borderWidth = width + "px";
    return made;
  }

  /* chips: where they go; lights: given what to light, null to end it. */
  function legend(chips, data, fillOf, lights) {
    const texts = data.texts, sheet = root.MapsAtlas.sheet("legend", texts.legend, texts.close, function (on) { if (on) fillSheet(); });
    const list = sheet.body.appendChild(el("ul"));
    let listed = [], shown = null, pressed = null;

    function press(entry) {
      pressed = pressed && entry && pressed.about === entry.about ? null : entry;
      for (const button of document.querySelectorAll(".ma-entry")) {
        button.setAttribute("aria-pressed", String(!!pressed && button.dataset.about === pressed.about));
      }
      lights(pressed && matches(data, pressed));
    }
    function button(entry) {
      const made = el("button", {
        type: "button", class: "ma-entry" + (entry.quiet ? " ma-quiet" : ""), "data-about": entry.about, title: texts.light,
        "aria-pressed": String(!!pressed && pressed.about === entry.about),
      }, sign(data, fillOf, entry), el("span", null, entry.label));
      made.addEventListener("click", function () { press(entry); });
      made.addEventListener("pointerenter", function (event) { if (event.pointerType === "mouse") lights(matches(data, entry)); });
      made.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") lights(pressed && matches(data, pressed)); });
      return made;
    }

    function fillSheet() {
      const nothing = el("li", { class: "ma-quiet" }, texts.nothing);
      list.replaceChildren.apply(list, listed.length ? listed.map(function (entry) { return el("li", null, button(entry)); }) : [nothing]);
    }

    function paint(looks) {
      listed = entries(data, looks);
      const now = listed.map(function (entry) { return data.legend.indexOf(entry); }).join();
      if (now === shown) return;
      shown = now;
      if (pressed && !listed.some(function (entry) { return entry.about === pressed.about; })) press(null);
      if (sheet.open) fillSheet();
      chips.replaceChildren.apply(chips, listed.filter(function (entry) { return !entry.line; }).map(button));
    }

    return { paint: paint, button: sheet.button, release: function () { if (pressed) press(null); } };
  }

  legend.sign = sign;
  root.MapsAtlas.legend = legend;
})(typeof window !== "undefined" ? window : globalThis);
