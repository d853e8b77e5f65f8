/* The time controller: which day, which stretch of the axis is in view, what the
 * next change or event is, and playing. No document, no map: the view listens. */
(function (root) {
  "use strict";

  const MIN_VIEW_DAYS = 45;
  const PAUSE_MS = 1600; // on each change
  const QUIET_DAYS = 3652, BRIDGE_STEPS = 12, BRIDGE_MS = 200; // ten years without a change are crossed in sight

  /* First number in a sorted list that is after (or, backwards, before) a day. */
  function neighbour(days, day, direction) {
    if (direction > 0) {
      for (const d of days) if (d > day) return d;
      return null;
    }
    for (let i = days.length - 1; i >= 0; i--) if (days[i] < day) return days[i];
    return null;
  }

  /* Index of the last entry whose day is not after the given one, or -1. */
  function lastAt(days, day) {
    let low = -1, high = days.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (days[middle] <= day) low = middle; else high = middle - 1;
    }
    return low;
  }

  /* stops: () => {changes: [day], events: [day]} for the mode now shown. */
  function controller(calendar, stops, clock) {
    const listeners = { input: [], change: [], view: [], play: [], quiet: [] };
    // quiet: the days between which nothing changes, while playing crosses them
    const state = { day: calendar.first, view: [calendar.first, calendar.last + 1], playing: false, speed: 1, quiet: null };
    let timer = null;

    function emit(kind) {
      for (const listener of listeners[kind]) listener(state);
    }

    function clampDay(day) {
      return Math.min(calendar.last, Math.max(calendar.first, Math.round(day)));
    }

    /* Move to a day: "input" at every step, "change" once it rests there. */
    function set(day, rests) {
      const wanted = clampDay(day);
      if (wanted !== state.day) {
        state.day = wanted;
        emit("input");
      }
      if (rests !== false) emit("change");
    }

    function setView(start, end) {
      const whole = calendar.last + 1 - calendar.first;
      const length = Math.min(whole, Math.max(MIN_VIEW_DAYS, end - start));
      let from = end - start === length ? start : (start + end - length) / 2;
      from = Math.min(calendar.last + 1 - length, Math.max(calendar.first, from));
      state.view = [from, from + length];
      emit("view");
    }

    /* Zoom by a factor while the day under the pointer keeps its place. */
    function zoom(factor, anchor) {
      const a = state.view[0], b = state.view[1];
      const fixed = anchor === undefined ? Math.min(b, Math.max(a, state.day)) : anchor;
      setView(fixed - (fixed - a) * factor, fixed + (b - fixed) * factor);
    }

    function reveal() {
      const a = state.view[0], b = state.view[1];
      if (state.day < a || state.day >= b) {
        const length = b - a;
        setView(state.day - length / 2, state.day + length / 2);
      }
    }

    function step(kind, direction) {
      let target = null;
      if (kind === "year") target = calendar.sameDayOtherYear(state.day, direction);
      else if (kind === "day") target = state.day + direction;
      else if (kind === "edge") target = direction < 0 ? calendar.first : calendar.last;
      else target = neighbour(stops()[kind], state.day, direction);
      if (target === null) return false;
      set(target);
      reveal();
      return true;
    }

    function play(on) {
      const playing = on === undefined ? !state.playing : on;
      if (playing === state.playing) return;
      state.playing = playing;
      if (playing && neighbour(stops().changes, state.day, 1) === null) set(calendar.first, false);
      emit("play");
      if (playing) tick();
      else {
        clock.clear(timer);
        hush(null);
        emit("change");
      }
    }

    function hush(stretch) {
      if (stretch === state.quiet) return;
      state.quiet = stretch;
      emit("quiet");
    }

    /* Playing goes from change to change, so that no quiet decade is sat out. */
    function tick() {
      timer = clock.after(PAUSE_MS / state.speed, function () {
        const next = neighbour(stops().changes, state.day, 1);
        if (next !== null && next - state.day >= QUIET_DAYS) return bridge(state.day, next, 1);
        if (next === null) return play(false);
        set(next, false);
        reveal();
        return tick();
      });
    }

    /* A long quiet stretch is crossed in steps, so that it is seen to be long. */
    function bridge(from, to, step) {
      hush(state.quiet || [from, to]);
      set(from + (to - from) * step / BRIDGE_STEPS, false);
      reveal();
      if (step < BRIDGE_STEPS) {
        timer = clock.after(BRIDGE_MS / state.speed, function () { return bridge(from, to, step + 1); });
        return undefined;
      }
      hush(null);
      return tick();
    }

    return {
      state: state,
      on: function (kind, listener) { listeners[kind].push(listener); },
      set: set, setView: setView, zoom: zoom, reveal: reveal, step: step, play: play,
      speed: function (value) { state.speed = value; },
    };
  }

  /* Years, or months, to write under a stretch of `width` pixels. */
  function ticks(calendar, view, width) {
    const perYear = width / ((view[1] - view[0]) / 365.25);
    const out = [];
    const from = calendar.parts(Math.max(calendar.first, Math.floor(view[0]))).year;
    const to = calendar.parts(Math.min(calendar.last, Math.ceil(view[1]))).year;
    // A year before the year 1 is written with its era.
    const room = Math.max(46, 9 * calendar.yearLabel(from).length);
    const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].find(function (n) { return n * perYear >= room; }) || 5000;
    for (let year = from; year <= to; year++) {
      const start = calendar.yearStart(year);
      if (start === null) continue;
      if (calendar.ofEra(year) % every === 0) out.push({ day: start, label: calendar.yearLabel(year), major: true });
      else if (perYear >= 7) out.push({ day: start, label: "", major: false });
      if (perYear >= 230) months(calendar, year, perYear, out);
    }
    return out.filter(function (t) { return t.day >= view[0] && t.day < view[1]; });
  }

  function months(calendar, year, perYear, out) {
    const every = perYear >= 520 ? 1 : 3;
    for (let month = 2; month <= 12; month++) {
      const day = calendar.dayOf(year, month, 1);
      if (day === null) continue;
      const labelled = (month - 1) % every === 0;
      out.push({ day: day, label: labelled ? calendar.monthLabel(day) : "", major: false });
    }
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.time = { controller: controller, neighbour: neighbour, lastAt: lastAt, ticks: ticks };
})(typeof window !== "undefined" ? window : globalThis);
