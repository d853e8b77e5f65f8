/* Puts the parts together: one state (day, mode, selection), told to the page on rest. */
(function (root) {
  "use strict";

  const M = root.MapsAtlas = root.MapsAtlas || {};
  let running = null;
  let pending = null;

  function changeLine(data, texts, mode, day) {
    const days = data.changeDays[mode];
    const at = M.time.lastAt(days, day);
    if (at < 0) return [{ text: M.card.fill(texts.before_first, { day: data.calendar.format(data.firstStated) }) }];
    const lines = data.changes[mode][at];
    const lead = days[at] === day ? texts.changed_today : M.card.fill(texts.last_change, { day: data.calendar.format(days[at]) });
    return [{ text: lead }].concat(lines.map(function (line) { return { text: line.t, region: line.r }; }));
  }

  function modeSwitch(map, data, texts, choose) {
    const el = M.card.el;
    const control = L.control({ position: "topleft" });
    control.onAdd = function () {
      const box = el("div", { class: "ma-modes", role: "radiogroup", "aria-label": texts.mode });
      for (const mode of data.modes) {
        const button = el("button", { type: "button", role: "radio", "data-mode": mode.id, title: mode.hint }, mode.name);
        button.addEventListener("click", function () { choose(mode.id); });
        box.appendChild(button);
      }
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    control.addTo(map);
    return function (id) {
      for (const button of control.getContainer().children) {
        const on = button.getAttribute("data-mode") === id;
        button.setAttribute("aria-checked", on ? "true" : "false");
        button.tabIndex = 0;
      }
    };
  }

  function labelEntries(map, data, painter) {
    const zoomWidth = function (item) {
      return function (zoom) { return item.boundary.w * Math.pow(2, zoom); };
    };
    const regions = painter.items.filter(function (item) { return item.boundary.at; }).map(function (item) {
      const region = data.regions[item.boundary.r];
      return {
        at: item.boundary.at, text: region.label || region.names[data.lang], kind: "region",
        minZoom: 0, room: zoomWidth(item), item: item, size: item.boundary.km,
      };
    });
    regions.sort(function (a, b) { return b.size - a.size; });
    const fixed = data.labels.map(function (label) {
      return { at: label.at, text: label.text, kind: label.kind, minZoom: label.zoom, dot: label.kind === "town", active: true };
    });
    return { regions: regions, all: regions.concat(fixed) };
  }

  function run(map, payload, view) {
    const data = payload;
    data.calendar = M.calendar(data.calendar);
    const texts = data.texts;
    const body = document.body;
    body.classList.add("ma-page");
    const host = M.card.el("section", { class: "ma-time", "aria-label": texts.time });
    body.appendChild(host);
    map.attributionControl.setPrefix("Leaflet");
    for (const line of data.attribution) map.attributionControl.addAttribution(M.card.el("span", null, line).outerHTML);
    L.control.scale({ imperial: false }).addTo(map);
    M.ground.draw(L, map, data.ground, data.colours);

    const state = { mode: null, region: null, event: null };
    const painter = M.painter.painter(L, map, data, pickItem);
    const entries = labelEntries(map, data, painter);
    const labels = M.labels(L, map, data.fonts);
    const markers = M.markers(L, map, data, pickEvent);
    const legend = M.legend(L, map, data, texts);
    const control = M.time.controller(data.calendar, function () {
      return { changes: data.changeDays[state.mode], events: data.eventDays };
    }, { after: function (ms, f) { return setTimeout(f, ms); }, clear: function (timer) { clearTimeout(timer); } });
    const bar = M.bar(host, data, control, texts, { pickEvent: pickEvent, pickRegion: pickRegion });
    const showMode = modeSwitch(map, data, texts, setMode);
    let arranging = null;

    function arrange() {
      arranging = null;
      for (const entry of entries.regions) entry.active = entry.item.on && named(entry.item);
      labels.arrange(entries.all, markers.taken());
    }
    function named(item) {
      return data.layers[item.boundary.l].labels;
    }
    function arrangeSoon() {
      if (arranging === null) arranging = setTimeout(arrange, 90);
    }

    function paint() {
      const touched = painter.paint(control.state.day, state.mode);
      const moved = markers.paint(control.state.day);
      if (touched.length) legend.paint(painter.items, state.mode);
      if (touched.length || moved) arrangeSoon();
      bar.showDay();
      bar.say(changeLine(data, texts, state.mode, control.state.day));
      return touched;
    }

    let reported = "";
    let reportTimer = null;
    function report() {
      const value = { day: control.state.day, mode: state.mode, region: state.region, event: state.event };
      clearTimeout(reportTimer);
      reportTimer = setTimeout(function () {
        const text = JSON.stringify(value);
        if (text === reported) return;
        reported = text;
        M.told(value, data.calendar.iso(value.day));
      }, 250);
    }

    function setMode(id) {
      if (!data.paint[id] || id === state.mode) return;
      state.mode = id;
      showMode(id);
      bar.axis.mode(id);
      paint();
      report();
    }

    function openPopup(content, at, offset) {
      const tall = Math.max(160, map.getSize().y - 90);
      L.popup({ maxWidth: 340, minWidth: Math.min(300, map.getSize().x - 60), maxHeight: tall, offset: offset || [0, 0], autoPanPadding: [14, 14] })
        .setLatLng(at).setContent(content).openOn(map);
    }
    function pickItem(item, at) {
      state.region = item.boundary.r;
      state.event = null;
      painter.select(state.region);
      openPopup(M.card.regionCard(data, item.boundary, control.state.day, texts), at);
      report();
    }
    function pickRegion(id) {
      const item = painter.find(id);
      if (!item) return;
      const at = item.boundary.at || item.path.getBounds().getCenter();
      if (!map.getBounds().contains(at)) map.panTo(at);
      pickItem(item, at);
    }
    function pickEvent(event) {
      control.play(false);
      if (control.state.day < event.a || control.state.day >= event.b) { control.set(event.a, false); control.reveal(); }
      state.event = event.id;
      state.region = null;
      painter.select(null);
      const inside = event.at && data.bounds.contains(event.at);
      if (inside && !map.getBounds().contains(event.at)) map.panTo(event.at);
      openPopup(M.card.eventCard(data, event, texts), inside ? event.at : map.getCenter(), inside ? [0, -6] : [0, 60]);
      report();
    }
    data.bounds = L.latLngBounds([data.extent[1], data.extent[0]], [data.extent[3], data.extent[2]]).pad(0.4);

    function go(wanted) {
      if (wanted.mode) setMode(wanted.mode);
      if (wanted.day !== undefined && wanted.day !== null) { control.set(wanted.day, false); control.reveal(); }
      const event = wanted.event && data.events.find(function (e) { return e.id === wanted.event; });
      if (event) pickEvent(event);
      else if (wanted.region) pickRegion(wanted.region);
      report();
    }

    let previousDay = null;
    control.on("input", function () { paint(); });
    control.on("change", function () {
      if (previousDay !== null && previousDay !== control.state.day) painter.flash(changedOn(control.state.day));
      previousDay = control.state.day;
      report();
    });
    control.on("view", function () { bar.axis.draw(); });
    control.on("play", function (s) { bar.showPlaying(s.playing); });
    function changedOn(day) {
      const at = data.changeDays[state.mode].indexOf(day);
      if (at < 0) return [];
      const ids = data.changes[state.mode][at].map(function (line) { return line.r; });
      return painter.items.filter(function (item) { return ids.includes(item.boundary.r); });
    }
    document.addEventListener("keydown", function (event) {
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey) return;
      if (event.key === " " && event.target.tagName === "BUTTON") return;
      if (event.target.closest && event.target.closest(".leaflet-container") && /^(Arrow|[+-])/.test(event.key)) return;
      if (M.key(control, event)) event.preventDefault();
    });
    map.on("moveend zoomend", arrangeSoon);
    if (document.fonts) document.fonts.ready.then(function () { labels.forget(); arrangeSoon(); });
    new ResizeObserver(function () { map.invalidateSize({ pan: false }); bar.axis.draw(); }).observe(host);

    state.mode = data.paint[view.mode] ? view.mode : data.modes[0].id;
    showMode(state.mode);
    bar.axis.mode(state.mode);
    control.state.day = view.day;
    paint();
    M.state = { control: control, map: map, data: data, painter: painter, selection: state };
    running = { go: go };
    const box = [[data.extent[1], data.extent[0]], [data.extent[3], data.extent[2]]];
    map.invalidateSize({ pan: false });
    map.fitBounds(box, { animate: false });
    map.setMinZoom(Math.max(4, Math.floor(map.getZoom()) - 2));
    go({ event: view.event, region: view.region });
    if (pending) { go(pending); pending = null; }
    M.ready();
  }

  /* Python's way in: a wish that came before the data waits for it. */
  M.go = function (wanted) {
    if (running) running.go(wanted); else pending = wanted;
  };
  M.run = run;
})(typeof window !== "undefined" ? window : globalThis);
