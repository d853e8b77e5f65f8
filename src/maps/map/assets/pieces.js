/* Small parts of the map that start.js puts together: the line that says what
 * changed, the strip of modes above the map, the list of names. */
(function (root) {
  "use strict";

  const M = root.MapsAtlas = root.MapsAtlas || {};

  const CORNERS = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 3h5v2H5v3H3zM12 3h5v5h-2V5h-3zM3 12h2v3h3v2H3zM15 12h2v5h-5v-2h3z"/></svg>';
  const HOUSE = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3 2.5 9.8h2V17h4v-4.6h3V17h4V9.8h2z"/></svg>';

  /* {key, lead, text, lines: [{text, region}]}: what changed in one line, led by its day where that is not the one shown, and each change. */
  function changeLine(data, texts, mode, day) {
    const days = data.changeDays[mode];
    const at = M.time.lastAt(days, day);
    const first = data.firstStated && M.card.fill(texts.before_first, { day: data.calendar.format(data.firstStated) });
    if (at < 0) return { lead: "", text: first || "", lines: [] };
    const changed = data.calendar.format(days[at]);
    return {
      key: mode + days[at],
      lead: days[at] === day ? "" : M.card.fill(texts.last_change, { day: changed }),
      text: data.changed[mode][at],
      lines: data.changes[mode][at].map(function (line) { return { text: line.t, region: line.r }; }),
    };
  }

  /* The strip above the map: the modes, whose statements, and under them what the colours mean. */
  function strip(map, data, texts, choose) {
    const el = M.card.el;
    const modes = el("div", { class: "ma-modes", role: "radiogroup", "aria-label": texts.mode });
    for (const mode of data.modes) {
      const button = el("button", { type: "button", role: "radio", "data-mode": mode.id, title: mode.hint }, mode.name);
      button.addEventListener("click", function () { choose.mode(mode.id); });
      modes.appendChild(button);
    }
    const tellers = tellerSwitch(data, texts, choose.perspective);
    const hint = el("p", { class: "ma-hint" });
    const opening = el("div", { class: "ma-opening" });
    const chips = el("div", { class: "ma-chips", role: "group", "aria-label": texts.legend });
    const host = el("section", { class: "ma-key", "aria-label": texts.mode },
      el("div", { class: "ma-switches" }, modes, tellers.box, opening), el("div", { class: "ma-meaning" }, hint, chips));
    document.body.prepend(host);
    return {
      chips: chips, opening: opening,
      show: function (id, perspective) {
        for (const button of modes.children) {
          button.setAttribute("aria-checked", button.getAttribute("data-mode") === id ? "true" : "false");
        }
        const mode = data.modes.find(function (each) { return each.id === id; });
        hint.textContent = mode.hint;
        tellers.show(mode, perspective);
      },
    };
  }

  /* Whose statements are painted; there only in a mode that asks for it. */
  function tellerSwitch(data, texts, choose) {
    const el = M.card.el;
    const asking = data.modes.find(function (mode) { return mode.perspectives.length; });
    if (!asking) return { box: null, show: function () {} };
    const list = el("select", { "aria-label": texts.perspective });
    for (const teller of asking.perspectives) list.appendChild(el("option", { value: teller.id }, teller.name));
    list.addEventListener("change", function () { choose(list.value); });
    const box = el("label", { class: "ma-tellers" }, el("span", null, texts.perspective), list);
    return {
      box: box,
      show: function (mode, perspective) {
        box.hidden = !mode.perspectives.length;
        const known = asking.perspectives.some(function (teller) { return teller.id === perspective; });
        list.value = known ? perspective : "all";
      },
    };
  }

  /* Back to the whole atlas, and the whole screen, with the buttons that zoom. */
  function mapButtons(map, texts, home) {
    const bar = map.getContainer().querySelector(".leaflet-control-zoom");
    function button(name, label, picture, action) {
      const made = M.card.el("button", { type: "button", class: "ma-map-button ma-" + name, title: label, "aria-label": label });
      made.innerHTML = picture;
      L.DomEvent.disableClickPropagation(made);
      made.addEventListener("click", action);
      bar.appendChild(made);
    }
    [["in", texts.closer], ["out", texts.farther]].forEach(function (way) {
      const zoom = bar.querySelector(".leaflet-control-zoom-" + way[0]);
      zoom.title = way[1];
      zoom.setAttribute("aria-label", way[1]);
    });
    button("home", texts.home, HOUSE, home);
    if (!document.fullscreenEnabled) return;
    button("whole", texts.full_screen, CORNERS, function () {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(function () { /* the page around forbids it */ });
    });
  }

  /* A page that was scrolled down a longer tab would open the map's above its upper edge. */
  function bringIntoSight() {
    try {
      const frame = root.frameElement;
      if (frame && frame.getBoundingClientRect().top < 0) frame.scrollIntoView({ block: "nearest" });
    } catch (error) { /* the page around is another's */ }
  }

  function rank(layer) {
    return layer.outline ? 1000 - layer.order : 0;
  }

  function labelEntries(map, data, painter) {
    const zoomWidth = function (item) {
      return function (zoom) { return item.boundary.w * Math.pow(2, zoom); };
    };
    const regions = painter.items.filter(function (item) { return item.boundary.at; }).map(function (item) {
      const region = data.regions[item.boundary.r];
      return {
        at: item.boundary.at, text: region.label, kind: data.layers[item.boundary.l].outline ? "state" : "region",
        minZoom: 0, room: zoomWidth(item), item: item, size: item.boundary.size, rank: rank(data.layers[item.boundary.l]),
      };
    });
    // Coloured units first, the large ones leading; outlines last, the inner before the outer.
    regions.sort(function (a, b) { return a.rank - b.rank || b.size - a.size; });
    const fixed = data.labels.map(function (label) {
      return { at: label.at, text: label.text, kind: label.kind, minZoom: label.zoom, dot: label.kind === "town", active: true };
    });
    return { regions: regions, all: regions.concat(fixed) };
  }

  /* A map that loads anew, in other words or with other dates, stays where it was, and
   * so does its time axis: the page around it remembers, until it is left. True where it did. */
  function keepPlace(map, session, name) {
    const control = session.control;
    let shelf = null;
    try {
      if (name && root.Streamlit) shelf = root.parent.mapsAtlasPlaces = root.parent.mapsAtlasPlaces || {};
    } catch (error) { return false; /* the page around is another's */ }
    if (!shelf) return false;
    const kept = shelf[name] = shelf[name] || {};
    if (kept.at) session.place.leadTo(function () { map.setView(kept.at, kept.zoom, { animate: false }); }, kept.text);
    const stayed = !!kept.at;
    if (kept.stretch) control.setView(kept.stretch[0], kept.stretch[1]);
    map.on("moveend", function () {
      const at = map.getCenter();
      if (map.getSize().x) { kept.at = [at.lat, at.lng]; kept.zoom = map.getZoom(); kept.text = session.place.text; }
    });
    control.on("view", function (state) { kept.stretch = state.view; });
    return stayed;
  }

  M.pieces = { changeLine: changeLine, strip: strip, mapButtons: mapButtons, bringIntoSight: bringIntoSight, labelEntries: labelEntries, keepPlace: keepPlace };
})(typeof window !== "undefined" ? window : globalThis);
