/* The drawn time axis: period bands, ticks, events, changes, the day's thumb, and
 * a strip of the whole below. Redrawn on zoom only; a new day just moves the thumb. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const BAND = 15, LANE = 17, STRIP = 14, ARROW = 7;
  const MARK_PX = 4.5, MANY_PX = 8, APART_PX = 1; // the radius of a mark, and of one for several
  const REACH_PX = { mouse: 3, touch: 10 };

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
    const ROWS = { low: false, events: 0, ticks: 0, height: 0 };
    const svg = node("svg", { class: "ma-axis" }, host);
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
    let width = 1, mode = null, groups = [];

    /* A low window has no room for the bands of periods, nor for the strip. */
    function layRows() {
      const above = (ROWS.low = root.matchMedia("(max-height: 480px)").matches) ? 0 : lanes * LANE;
      Object.assign(ROWS, { events: above + 13, ticks: above + 34, height: above + 48 });
      svg.setAttribute("height", ROWS.height);
    }

    function radius(group) {
      return group.events.length > 1 ? MANY_PX : MARK_PX;
    }
    /* So far from both ends that nothing of a mark is cut. */
    function inside(at, least) {
      return Math.min(Math.max(at, least + 1), width - least - 1);
    }
    /* The events in view as marks that do not touch: what would stand too close is one with a number. */
    function grouped() {
      let found = data.events.map(function (event) { return { at: x(event.a), events: [event] }; })
        .filter(function (group) { return group.at >= -6 && group.at <= width + 6; })
        .map(function (group) { return { at: inside(group.at, MARK_PX), events: group.events }; })
        .sort(function (a, b) { return a.at - b.at; });
      for (let before = Infinity; found.length < before;) {
        before = found.length;
        const kept = [];
        for (const group of found) {
          const last = kept[kept.length - 1];
          if (!last || group.at - last.at >= radius(last) + radius(group) + APART_PX) { kept.push(group); continue; }
          const together = last.at * last.events.length + group.at * group.events.length;
          for (const event of group.events) last.events.push(event);
          last.at = inside(together / last.events.length, MANY_PX);
        }
        found = kept;
      }
      return found;
    }

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
      if (ROWS.low) return;
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

    /* Thickest at the day the map turns on, and nothing left at the ends. */
    function drawRange(event, y, mark) {
      const at = x(event.a);
      fade(event.early, event.a, y - 2, 4, "ink-in", mark);
      if (event.b - event.a > 1 && x(event.b) > -2 && at < width + 2) {
        node("rect", { class: "ma-lasts", x: at, y: y - 2, width: x(event.b) - at, height: 4 }, mark);
      }
      fade(event.b, event.late + 1, y - 2, 4, "ink-out", mark);
      for (const day of event.days) {
        const other = x(day);
        if (Math.abs(other - at) > 4 && other > -4 && other < width + 4) node("circle", { class: "ma-given", cx: other, cy: y, r: 2.2 }, mark);
      }
    }

    function drawEvents() {
      const y = ROWS.events, ranges = node("g", { class: "ma-mark" }, scene);
      groups = grouped();
      for (const event of data.events) drawRange(event, y, ranges);
      for (const group of groups) {
        const at = group.at, several = group.events.length > 1, event = group.events[0];
        const contested = group.events.some(function (each) { return each.x; });
        const main = !several && event.layer === data.mainSource;
        const mark = node("g", { class: "ma-mark" + (several ? " ma-mark-many" : "") + (contested ? " ma-mark-contested" : "") + (main ? " ma-mark-main" : "") }, scene);
        if (several) {
          node("circle", { cx: at, cy: y, r: MANY_PX }, mark);
          node("text", { x: at, y: y + 3.5 }, mark, String(group.events.length));
        } else if (contested) node("path", { d: "M" + at + "," + (y - MARK_PX) + "l4.5,4.5 -4.5,4.5 -4.5,-4.5Z" }, mark);
        else node("circle", { cx: at, cy: y, r: 3.4 }, mark);
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
      const marks = new Set(data.events.map(function (event) { return "M" + sx(event.a).toFixed(1) + " 3V" + (STRIP - 3); }));
      node("path", { class: "ma-strip-event", d: Array.from(marks).join("") }, strip);
      const view = control.state.view;
      node("rect", { class: "ma-window", x: sx(view[0]) + 0.5, y: 0.5, width: Math.max(5, sx(view[1]) - sx(view[0])) - 1, height: STRIP - 1, rx: 3 }, strip);
    }

    function draw() {
      width = Math.max(40, host.clientWidth);
      layRows();
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
      if (!ROWS.low) pen.fillRect(ARROW + (control.state.day - data.calendar.first) / whole * width - 0.8, height - STRIP, 1.6, STRIP);
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

    function onTheRow(py) {
      return Math.abs(py - ROWS.events) <= MANY_PX + 4;
    }
    /* The mark a pointer or a finger means; null for none. */
    function groupNear(px, py, pointer) {
      if (!onTheRow(py)) return null;
      const reach = REACH_PX[pointer] || REACH_PX.mouse;
      return groups.filter(function (group) { return Math.abs(group.at - px) < radius(group) + reach; })
        .sort(function (a, b) { return Math.abs(a.at - px) - Math.abs(b.at - px); })[0] || null;
    }

    /* The event whose other day is near: told, but a click there means the day. */
    function otherDayNear(px, py) {
      if (!onTheRow(py)) return null;
      return data.events.find(function (event) {
        return event.days.some(function (day) { return Math.abs(x(day) - px) < 4; });
      });
    }

    /* A mark of one event means that event; one of several spreads them out, as far as days can be told apart. */
    function pick(group) {
      const first = group.events[0].a, last = group.events[group.events.length - 1].a, view = control.state.view;
      const pad = Math.max(20, (last - first) * 0.12);
      if (last > first && last - first + 2 * pad < (view[1] - view[0]) * 0.9) control.setView(first - pad, last + pad);
      else pickEvent(group.events[0]);
    }

    function tipText(group) {
      if (group.events.length > 1) {
        const titles = group.events.map(function (event) { return event.title; }), most = 3;
        const named = titles.length > most ? root.MapsAtlas.card.fill(texts.and_more, { names: titles.slice(0, most).join("; "), count: titles.length - most }) : titles.join("; ");
        return root.MapsAtlas.says.counted(data, "events_count", titles.length) + ": " + named;
      }
      const event = group.events[0], when = event.given ? data.calendar.format(event.a) : event.when;
      return [when, event.title, event.given].filter(Boolean).join(" · ");
    }

    function showTip(px, py) {
      const other = otherDayNear(px, py), group = groupNear(px, py) || (other ? { events: [other] } : null);
      tip.hidden = !group;
      if (!group) return;
      tip.textContent = tipText(group);
      tip.style.left = Math.min(Math.max(0, px - 90), Math.max(0, width - 240)) + "px";
    }

    const api = { draw: draw, move: move, slider: slider, mode: function (id) { mode = id; draw(); }, dayAt: dayAt };
    root.MapsAtlas.gestures({
      slider: slider, strip: strip, control: control, data: data, dayAt: dayAt, groupNear: groupNear,
      showTip: showTip, hideTip: function () { tip.hidden = true; }, pick: pick,
      width: function () { return width; },
    });
    return api;
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.axis = axis;
})(typeof window !== "undefined" ? window : globalThis);
