/* The drawn time axis: period bands, ticks, events, changes, the day's thumb, and
 * a strip of the whole below. Redrawn on zoom only; a new day just moves the thumb. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const BAND = 15, LANE = 17, STRIP = 14, ARROW = 7;

  function node(tag, attributes, parent, text) {
    const made = document.createElementNS(SVG, tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  /* What is uncertain fades: events in their ink, periods into the paper they lie on. */
  function fades(svg) {
    const defs = node("defs", {}, svg);
    for (const kind of ["ink", "paper"]) {
      for (const side of ["in", "out"]) {
        const fade = node("linearGradient", { id: "ma-" + kind + "-" + side }, defs);
        const rises = (kind === "ink") === (side === "in");
        node("stop", { class: "ma-" + kind, offset: 0, "stop-opacity": rises ? 0 : 1 }, fade);
        node("stop", { class: "ma-" + kind, offset: 1, "stop-opacity": rises ? 1 : 0 }, fade);
      }
    }
  }

  function axis(host, data, control, texts, pickEvent) {
    const time = root.MapsAtlas.time;
    const el = root.MapsAtlas.card.el;
    const lanes = 1 + Math.max(0, Math.max.apply(null, data.periods.map(function (p) { return p.lane; })));
    const ROWS = { events: lanes * LANE + 24, ticks: lanes * LANE + 42, height: lanes * LANE + 56 };
    const svg = node("svg", { class: "ma-axis", height: ROWS.height }, host);
    fades(svg);
    const scene = node("g", {}, svg);
    const slider = el("div", {
      class: "ma-slider", role: "slider", tabindex: "0", "aria-label": texts.slider,
      "aria-valuemin": data.calendar.first, "aria-valuemax": data.calendar.last,
    });
    host.appendChild(slider);
    const strip = node("svg", { class: "ma-strip", height: STRIP, "aria-hidden": "true" }, host);
    const moveHand = root.MapsAtlas.surface(host, "ma-hand", drawHand);
    const tip = el("div", { class: "ma-tip", hidden: "" });
    host.appendChild(tip);
    let width = 1, mode = null;

    function x(day) {
      const view = control.state.view;
      return (day - view[0]) / (view[1] - view[0]) * width;
    }
    function dayAt(px) {
      const view = control.state.view;
      return view[0] + px / width * (view[1] - view[0]);
    }

    /* A stretch that fades from one day to another; at deep zoom only what is in sight is drawn. */
    function fade(from, to, y, height, name, parent) {
      const left = x(from), right = x(to);
      if (right - left < 1 || right < 0 || left > width) return;
      node("rect", { x: left, y: y, width: right - left, height: height, fill: "url(#ma-" + name + ")" }, parent);
    }

    function drawPeriods() {
      for (const period of data.periods) {
        const end = period.b === null ? data.calendar.last + 1 : period.b;
        const began = period.began || [period.a, period.a], ended = period.ended || [end, end];
        const left = Math.max(-2, x(began[0]));
        const right = Math.min(width + 2, x(ended[1]));
        if (right - left < 1 || right < 0 || left > width) continue;
        const y = period.lane * LANE;
        const band = node("g", { class: "ma-period ma-lane" + period.lane }, scene);
        node("rect", { class: "ma-band", x: left, y: y, width: right - left, height: BAND }, band);
        fade(began[0], began[1], y, BAND, "paper-in", band);
        fade(ended[0], ended[1], y, BAND, "paper-out", band);
        node("title", {}, band, period.name + " · " + period.when);
        const room = Math.floor((right - left - 8) / 6.1);
        if (room >= 4) {
          const label = period.name.length > room ? period.name.slice(0, room - 1) + "…" : period.name;
          node("text", { x: left + 4, y: y + 11.5 }, band, label);
        }
      }
    }

    function drawEvents() {
      const lanes = [];
      for (const event of data.events) {
        const at = x(event.a);
        if (at < -6 || at > width + 6) continue;
        let level = 0;
        while (lanes[level] !== undefined && at - lanes[level] < 7 && level < 2) level++;
        lanes[level] = at;
        const y = ROWS.events - level * 7;
        const mark = node("g", { class: "ma-mark" + (event.x ? " ma-mark-contested" : "") + (event.layer === data.mainSource ? " ma-mark-main" : "") }, scene);
        // Thickest at the day the map turns on, and nothing left at the ends.
        fade(event.early, event.a, y - 2, 4, "ink-in", mark);
        if (event.b - event.a > 1) {
          node("rect", { class: "ma-lasts", x: at, y: y - 2, width: x(event.b) - at, height: 4 }, mark);
        }
        fade(event.b, event.late + 1, y - 2, 4, "ink-out", mark);
        for (const day of event.days) {
          const other = x(day);
          if (Math.abs(other - at) > 4) node("circle", { class: "ma-given", cx: other, cy: y, r: 2.2 }, mark);
        }
        if (event.x) node("path", { d: "M" + at + "," + (y - 4.5) + "l4.5,4.5 -4.5,4.5 -4.5,-4.5Z" }, mark);
        else node("circle", { cx: at, cy: y, r: 3.2 }, mark);
      }
    }

    function drawTicks() {
      node("line", { class: "ma-base", x1: 0, x2: width, y1: ROWS.ticks - 10, y2: ROWS.ticks - 10 }, scene);
      for (const tick of time.ticks(data.calendar, control.state.view, width)) {
        const at = x(tick.day);
        node("line", { class: "ma-tick", x1: at, x2: at, y1: ROWS.ticks - 10, y2: ROWS.ticks - (tick.label ? 3 : 6) }, scene);
        if (tick.label && at < width - 12) {
          node("text", { class: tick.major ? "ma-year" : "ma-month", x: Math.max(at, 14), y: ROWS.ticks + 10 }, scene, tick.label);
        }
      }
      for (const day of data.changeDays[mode] || []) {
        const at = x(day);
        if (at < 0 || at > width) continue;
        node("path", { class: "ma-change", d: "M" + at + "," + (ROWS.ticks - 10) + "l-3,-6 6,0Z" }, scene);
      }
    }

    function drawStrip() {
      strip.replaceChildren();
      const whole = data.calendar.last + 1 - data.calendar.first;
      const sx = function (day) { return (day - data.calendar.first) / whole * width; };
      for (const event of data.events) {
        node("line", { class: "ma-strip-event", x1: sx(event.a), x2: sx(event.a), y1: 3, y2: STRIP - 3 }, strip);
      }
      const view = control.state.view;
      node("rect", { class: "ma-window", x: sx(view[0]) + 0.5, y: 0.5, width: Math.max(5, sx(view[1]) - sx(view[0])) - 1, height: STRIP - 1, rx: 3 }, strip);
    }

    function draw() {
      width = Math.max(40, host.clientWidth);
      svg.setAttribute("width", width);
      strip.setAttribute("width", width);
      scene.replaceChildren();
      drawPeriods();
      drawTicks();
      drawEvents();
      drawStrip();
      move();
    }

    /* The day in the drawing and in the strip; the canvas reaches as far past both ends as the arrow. */
    function drawHand(pen, _, height) {
      const at = x(control.state.day), whole = data.calendar.last + 1 - data.calendar.first;
      pen.fillRect(ARROW + (control.state.day - data.calendar.first) / whole * width - 0.8, height - STRIP, 1.6, STRIP);
      if (at < -1 || at > width + 1) return;
      pen.fillRect(ARROW + at - 0.8, 0, 1.6, ROWS.ticks);
      pen.beginPath();
      pen.moveTo(at, 0);
      pen.lineTo(at + 2 * ARROW, 0);
      pen.lineTo(at + ARROW, 9);
      pen.fill();
    }

    function move() {
      moveHand();
      slider.setAttribute("aria-valuenow", control.state.day);
      slider.setAttribute("aria-valuetext", data.calendar.format(control.state.day));
    }

    function eventNear(px, py) {
      if (py < ROWS.events - 20 || py > ROWS.events + 7) return null;
      let best = null, near = 6;
      for (const event of data.events) {
        const distance = Math.abs(x(event.a) - px);
        if (distance < near) { near = distance; best = event; }
      }
      return best;
    }

    /* The event whose other day is near: told, but a click there means the day. */
    function otherDayNear(px, py) {
      if (py < ROWS.events - 20 || py > ROWS.events + 7) return null;
      return data.events.find(function (event) {
        return event.days.some(function (day) { return Math.abs(x(day) - px) < 4; });
      });
    }

    function showTip(px, py) {
      const event = eventNear(px, py) || otherDayNear(px, py);
      tip.hidden = !event;
      if (!event) return;
      const when = event.given ? data.calendar.format(event.a) : event.when;
      tip.textContent = [when, event.title, event.given].filter(Boolean).join(" · ");
      tip.style.left = Math.min(Math.max(0, px - 90), Math.max(0, width - 240)) + "px";
    }

    const api = { draw: draw, move: move, slider: slider, mode: function (id) { mode = id; draw(); }, dayAt: dayAt };
    root.MapsAtlas.gestures({
      slider: slider, strip: strip, control: control, data: data, dayAt: dayAt, eventNear: eventNear,
      showTip: showTip, hideTip: function () { tip.hidden = true; }, pickEvent: pickEvent,
      width: function () { return width; },
    });
    return api;
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.axis = axis;
})(typeof window !== "undefined" ? window : globalThis);
