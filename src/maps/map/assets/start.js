/* Puts the parts together: one state (day, mode, selection), told to the page on rest. */
(function (root) {
  "use strict";

  const M = root.MapsAtlas = root.MapsAtlas || {};
  const MOST_PARTS = 40; // asked for at once
  const FRAME_MS = 17, MOST_PASSES = 12;
  let running = null;
  let pending = null;

  /* The one state of the map and every way to change it. */
  function session(map, data, view, parts) {
    const texts = data.texts;
    const modes = {};
    for (const mode of data.modes) modes[mode.id] = mode;
    const state = {
      mode: modes[view.mode] ? view.mode : data.modes[0].id, perspective: view.perspective || "all", region: null, event: null,
      step: "", // of a story, where one is read in the page around
      obeyed: 0, // the number of the last command
      bbox: null, // the ground a link opened on, until the reader moves the map
    };
    let wished = { mode: state.mode, perspective: state.perspective }; // shown once its part is there
    function reading() {
      return M.reading(data, state.mode, state.perspective);
    }
    const together = !!view.together;
    document.body.classList.toggle("ma-together", together); // half a window has no room for chips
    let popup = null, arranging = null, arrangingTook = 0, settling = null, reporting = null, reported = "", rested = null;
    const place = M.place(map, data.whole, data.frame, report);
    place.home(); // before anything is drawn
    const strip = M.pieces.strip(map, data, texts, { mode: setMode, perspective: setPerspective });
    const label = M.hover(map, function (item) {
      if (parts.has(item.boundary.part)) return M.says.line(data, describe(item), modes[state.mode]);
      parts.need([item.boundary.part], function () { label.again(item); });
      return data.regions[item.boundary.r].names[data.lang];
    });
    const painter = M.painter.painter(L, map, data, pickItem, label);
    const names = M.pieces.labelEntries(map, data, painter);
    const labels = M.labels(L, map, data.fonts);
    const markers = M.markers(L, map, data, pickEvent);
    const legend = M.legend(strip.chips, data, painter.fillOf, painter.light);
    const areas = M.list(data, painter.fillOf, {
      items: listed, day: function () { return control.state.day; },
      describe: describe, pick: pickAt, lights: painter.light,
    });
    strip.opening.append(legend.button, areas.button);
    const control = M.time.controller(data.calendar, function () {
      return { changes: data.changeDays[reading()], events: data.eventDays };
    }, { after: function (ms, f) { return setTimeout(f, ms); }, clear: function (timer) { clearTimeout(timer); } });
    const host = document.body.appendChild(M.card.el("section", { class: "ma-time", "aria-label": texts.time }));
    const bar = M.bar(host, data, control, texts, { pickEvent: pickEvent, pickRegion: pickRegion });

    function showMode() {
      strip.show(state.mode, state.perspective);
      areas.mode(modes[state.mode]);
    }
    /* What is said of a painted item on the day shown. */
    function describe(item) {
      const said = M.says(data, item, modes[state.mode], reading(), state.perspective, control.state.day);
      if (!parts.has(item.boundary.part)) said.since = null;
      return said;
    }
    /* The list of areas is written without their days where it would ask for too many parts. */
    function listed() {
      const missing = new Set();
      for (const item of painter.items) if (item.on && !parts.has(item.boundary.part)) missing.add(item.boundary.part);
      if (missing.size && missing.size <= MOST_PARTS) parts.need(Array.from(missing), function () { areas.again(); });
      return painter.items;
    }
    function arrange() {
      const labelled = modes[state.mode].labelled, from = performance.now();
      markers.rest();
      for (const entry of names.regions) entry.active = entry.item.on && labelled.includes(entry.item.boundary.l);
      labels.arrange(names.all, markers.taken());
      arrangingTook = performance.now() - from;
    }
    /* Names and faint events are set once the day rests for a moment, the longer the more they are:
     * scrubbing stays light. A name whose region is gone goes at once. */
    function arrangeSoon() {
      labels.hide(names.regions.filter(function (entry) { return entry.marker && !entry.item.on; }));
      clearTimeout(arranging);
      arranging = setTimeout(arrange, Math.max(150, 5 * arrangingTook));
    }

    function paintGround() {
      const touched = painter.paint(control.state.day, reading());
      if (touched.length) label.away();
      const moved = markers.paint(control.state.day);
      if (touched.length) legend.paint(painter.looks);
      if (touched.length || moved) arrangeSoon();
    }
    function showDay() {
      bar.show(M.pieces.changeLine(data, texts, reading(), control.state.day));
    }
    function paint() {
      paintGround();
      showDay();
    }

    function report() {
      clearTimeout(reporting);
      reporting = setTimeout(function () {
        const value = {
          day: control.state.day, mode: state.mode, perspective: state.perspective, region: state.region, event: state.event,
          number: state.obeyed, step: state.step, place: place.text, box: place.box(),
        };
        if (state.bbox && !place.text) value.bbox = state.bbox;
        const text = JSON.stringify(value);
        if (text === reported) return;
        reported = text;
        M.told(value, data.calendar.iso(value.day));
      }, 250);
    }

    function setMode(id) {
      if (modes[id] && (id !== wished.mode || id !== state.mode)) wish({ mode: id, perspective: wished.perspective });
    }
    function setPerspective(id) {
      if ((id === wished.perspective && id === state.perspective) || !data.modes.some(function (mode) { return mode.perspectives.some(function (p) { return p.id === id; }); })) return;
      wish({ mode: wished.mode, perspective: id });
    }
    function wish(view) {
      wished = view;
      parts.need([M.parts.ofReading(M.reading(data, view.mode, view.perspective))], function () {
        if (wished !== view) return;
        Object.assign(state, view);
        showReading();
      });
    }
    function showReading() {
      showMode();
      bar.axis.mode(reading());
      paint();
      refreshPopup();
      areas.rest(reading() + control.state.day);
      map.fire("reading");
      report();
    }
    function read(mode, perspective) {
      setMode(mode);
      setPerspective(perspective);
    }
    /* What the map answers to a click: in short, and the rest where it has room. */
    function cardOf(item) {
      const law = modes[state.mode].perspectives.length ? state.perspective : null;
      const whole = function () { return M.card.regionCard(data, item.boundary, control.state.day, texts, law); };
      return item.on ? M.card.regionAnswer(data, item, describe(item), modes[state.mode], further(whole)) : whole();
    }
    function eventCardOf(event, elsewhere) {
      return M.card.eventAnswer(data, event, texts, elsewhere, further(function () { return M.card.eventCard(data, event, texts, elsewhere); }));
    }
    /* "More" leads into the panel of the page around; a map without one tells it in the card. */
    function further(whole) {
      return function () {
        if (M.openPanel && M.openPanel()) map.closePopup();
        else popup.setContent(whole());
      };
    }

    /* tell: gives the content of a card, once what it tells is there. */
    function openPopup(part, tell, anchor) {
      const region = state.region, event = state.event;
      parts.need([part], function () {
        if (region === state.region && event === state.event) popup = M.popup(L, map, anchor).setContent(tell()).openOn(map);
      });
    }
    function over(at) {
      return function () { return map.latLngToContainerPoint(at); };
    }
    function lookAt(at) {
      place.lead(function () { if (!map.getBounds().contains(at)) map.panTo(at, { animate: false }); });
    }

    function pickItem(item, at) {
      label.away();
      state.region = item.boundary.r;
      state.event = null;
      painter.select(state.region);
      openPopup(item.boundary.part, function () { return cardOf(item); }, over(at));
      report();
    }
    function pickAt(item) {
      lookAt(item.boundary.at);
      pickItem(item, item.boundary.at);
    }
    function pickRegion(id) {
      const item = painter.find(id);
      if (item) pickAt(item);
    }
    function pickEvent(event) {
      selectEvent(event);
      showEvent(event);
    }
    /* A link may name an event and another day: then the day stays. */
    function selectEvent(event, day) {
      control.play(false);
      const given = day !== undefined && day !== null;
      if (!given && (control.state.day < event.a || control.state.day >= event.b)) { control.set(event.a, false); control.reveal(); }
      state.event = event.id;
      state.region = null;
      painter.select(null);
      report();
    }
    /* An event in a far capital is told at its name in the corner; the map stays where it is. */
    function showEvent(event) {
      const inside = event.at && data.frame.contains(event.at);
      if (inside) lookAt(event.at);
      openPopup(event.part, function () { return eventCardOf(event, event.at && !inside); },
        inside ? over(event.at) : function () { return markers.nameOf(event); });
    }

    function selectNothing() {
      state.event = state.region = null;
      painter.select(null);
      map.closePopup();
    }

    /* What an open popup says of a region is of the day shown; gone regions take it along. */
    function refreshPopup() {
      const item = popup && popup.isOpen() && state.region ? painter.find(state.region) : null;
      if (item && item.on) parts.need([item.boundary.part], function () { popup.setContent(cardOf(item)); });
      else if (item) popup.close();
    }

    /* Fly to a box, west, south, east, north; in a story as near as the story is told. */
    function fly(box) {
      state.bbox = null;
      place.leadTo(function (slowly) {
        const flies = slowly && !calm(), how = { animate: flies, duration: 0.9, padding: [10, 10] };
        if (story && state.step) map.flyTo(bounds(box).getCenter(), story.zoomFor(box), how);
        else map.flyToBounds(bounds(box), how);
        return flies;
      });
    }
    /* Open on a box; it stays in the address as long as it is what the reader sees. */
    function openOn(box) {
      place.leadTo(function () { map.fitBounds(bounds(box), { animate: false }); });
      state.bbox = box;
    }
    function goHome() {
      state.bbox = null;
      place.home();
    }

    /* What is chosen in a view that has its place is marked there, and no popup covers it. */
    function choose(event, region, day) {
      map.closePopup();
      if (event) selectEvent(event, day);
      else state.event = null;
      state.region = event ? null : region || null;
      painter.select(region || null);
    }

    function tellStep(step) {
      state.step = step;
      document.body.classList.toggle("ma-story", !!step);
      if (story) story.show(step);
    }

    /* Go to a view: what it does not select is let go. */
    function go(wanted) {
      if (wanted.step !== undefined) tellStep(wanted.step);
      if (wanted.number) state.obeyed = wanted.number;
      if (wanted.mode) setMode(wanted.mode);
      if (wanted.perspective) setPerspective(wanted.perspective);
      if (wanted.day !== undefined && wanted.day !== null) { control.set(wanted.day, false); control.reveal(); }
      const event = wanted.event && data.events.find(function (e) { return e.id === wanted.event; });
      if (typeof wanted.place === "string") place.go(wanted.place);
      if (wanted.bbox && !wanted.place) {
        choose(event, wanted.region, wanted.day);
        (wanted.still ? openOn : fly)(wanted.bbox);
      } else if (event) {
        selectEvent(event, wanted.day);
        // In the app the panel beside the map tells the event; alone the map has to.
        if (!root.Streamlit || (event.at && data.frame.contains(event.at))) showEvent(event);
      } else if (wanted.region) pickRegion(wanted.region);
      else selectNothing();
      if (wanted.play) control.play(true);
      report();
    }

    function flashChanges() {
      const at = data.changeDays[reading()].indexOf(control.state.day);
      if (at < 0) return;
      const ids = data.changes[reading()][at].map(function (line) { return line.r; });
      painter.flash(painter.items.filter(function (item) { return ids.includes(item.boundary.r); }));
    }

    /* In a drag the ground is painted once a frame; after one that took long, as many go by in which only
     * the axis moves, so that what is dragged stays under the hand. */
    let painting = 0, passes = 0;
    function paintSoon() {
      painting = painting || requestAnimationFrame(function () {
        painting = 0;
        if (passes > 0) { passes -= 1; paintSoon(); } else paintNow();
      });
    }
    function paintNow() {
      const from = performance.now();
      cancelAnimationFrame(painting);
      painting = 0;
      paintGround();
      requestAnimationFrame(function () { passes = Math.min(MOST_PASSES, Math.floor((performance.now() - from) / FRAME_MS)); });
    }
    control.on("input", function () {
      clearTimeout(reporting); // an old report must not go out in the middle of a drag
      showDay();
      paintSoon();
    });
    /* Once no further step has come for a moment; a key held down steps on without it. */
    function settle() {
      if (rested !== null && rested !== control.state.day) flashChanges();
      rested = control.state.day;
      refreshPopup();
      areas.rest(reading() + control.state.day);
    }
    control.on("change", function () {
      if (painting) paintNow();
      clearTimeout(settling);
      settling = setTimeout(settle, 180);
      report();
    });
    control.on("view", function () { bar.axis.draw(); });
    const story = root.Streamlit && inApp() ? M.story(map, go) : null;
    const bridge = map.getContainer().appendChild(M.card.el("p", { class: "ma-bridge", role: "status", hidden: "" }));
    control.on("quiet", function (s) {
      bridge.hidden = !s.quiet;
      if (s.quiet) bridge.textContent = M.says.counted(data, "quiet_years", Math.floor((s.quiet[1] - s.quiet[0]) / 365.25));
    });
    control.on("play", function (s) { bar.showPlaying(s.playing); });
    map.on("moveend zoomend", arrangeSoon);
    if (document.fonts) document.fonts.ready.then(function () { labels.forget(); arrangeSoon(); });
    const observer = new ResizeObserver(function () {
      const hidden = !place.shown();
      place.resize();
      bar.axis.draw();
      if (hidden && place.shown()) M.pieces.bringIntoSight();
    });
    for (const each of [host, map.getContainer()]) observer.observe(each);
    M.pieces.mapButtons(map, texts, goHome);
    M.touch(map, texts);
    control.state.day = view.day;
    showMode();
    bar.axis.mode(reading());
    paint();
    return { control: control, map: map, data: data, painter: painter, selection: state, place: place, go: go, read: read, reading: reading, release: legend.release, zoomFor: story && story.zoomFor };
  }

  /* Whether the page around is our own. */
  function inApp() {
    try { return !!root.parent.document.querySelector(".st-key-map-frame"); } catch (error) { return false; }
  }

  function calm() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /* Keys work wherever the focus is, but in fields, and where Leaflet pans with them. */
  function listenToKeys(session) {
    const control = session.control;
    document.addEventListener("keydown", function (event) {
      const target = event.target;
      if (event.key === "Escape") session.release();
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || event.ctrlKey || event.metaKey) return;
      if ((event.key === " " || event.key === "Enter") && /^(BUTTON|SUMMARY|A)$/.test(target.tagName)) return;
      if (target.closest && target.closest(".leaflet-container") && /^(Arrow|[+-])/.test(event.key)) return;
      if (M.key(control, event)) event.preventDefault();
    });
  }

  /* Leaflet writes km and m in every language. A unit read from the right is set apart (FSI, PDI),
   * for a bar is counted from the left. */
  function scaleBar(texts) {
    const scale = L.control.scale({ imperial: false, maxWidth: texts.km.length > 3 ? 150 : 100 }), draw = scale._updateScale;
    scale._updateScale = function (bar, text, ratio) {
      draw.call(this, bar, "\u2068" + text.replace(/k?m$/, function (unit) { return texts[unit]; }) + "\u2069", ratio);
    };
    return scale;
  }

  /* West, south, east, north, as Leaflet counts. */
  function bounds(box) {
    return L.latLngBounds([box[1], box[0]], [box[3], box[2]]);
  }

  /* What a screen reader is told of: the map as the main part, the events on it, the buttons. The
   * drawing and its names are told by the list of areas. */
  function nameParts(map, texts, name) {
    const box = map.getContainer(), number = { "map-left": " 1", "map-right": " 2" }[name] || "";
    box.setAttribute("role", "main");
    box.setAttribute("aria-label", texts.map + number);
    for (const part of document.querySelectorAll(".ma-key, .ma-time")) part.setAttribute("aria-label", part.getAttribute("aria-label") + number);
    for (const pane of ["maground", "malabels", "overlayPane"]) map.getPane(pane).setAttribute("aria-hidden", "true");
    // folium forbids enlarging the page with two fingers.
    for (const meta of document.querySelectorAll('meta[name="viewport"]')) meta.content = "width=device-width, initial-scale=1";
  }

  function run(map, data, view, name) {
    data.calendar = M.calendar(data.calendar);
    data.whole = bounds(data.extent);
    data.frame = bounds(data.reach);
    document.body.classList.add("ma-page");
    map.attributionControl.setPrefix("Leaflet");
    for (const line of data.attribution) map.attributionControl.addAttribution(M.card.el("span", null, line).outerHTML);
    document.documentElement.lang = data.lang;
    document.documentElement.dir = data.direction;
    scaleBar(data.texts).addTo(map);
    M.ground.draw(L, map, data.ground, data.colours, data.texts);
    map.invalidateSize({ pan: false });
    const parts = M.parts(data);
    return Promise.resolve(parts.first(M.parts.ofReading(M.reading(data, view.mode, view.perspective || "all")))).then(function () {
      return begin(map, data, view, name, parts);
    });
  }

  function begin(map, data, view, name, parts) {
    running = M.state = session(map, data, view, parts);
    nameParts(map, data.texts, name);
    const stayed = M.pieces.keepPlace(map, running, name);
    listenToKeys(running);
    if (view.stretch) running.control.setView(view.stretch[0], view.stretch[1]);
    const opened = stayed ? {} : { place: view.place || undefined, bbox: view.bbox || undefined, still: true };
    running.go(Object.assign({ day: view.day, event: view.event, region: view.region }, opened));
    if (view.together) M.sync(running, view.together);
    if (pending) { running.go(pending); pending = null; }
    if (view.kiosk) running.kiosk = M.kiosk(running, view);
    return M.tiles(map, data, running.painter.items).then(M.ready);
  }

  /* Python's way in: a wish that came before the data waits for it. */
  M.go = function (wanted) {
    if (running) running.go(wanted); else pending = wanted;
  };
  M.run = run;
})(typeof window !== "undefined" ? window : globalThis);
