/* A story beside the map: the text is scrolled, the map stays and goes along. The steps stand
 * in the panel of the page around, each with its view; back and forth by scroll, keys and swipe. */
(function (root) {
  "use strict";

  const PANEL = '[class*="st-key-reading-"]', STEP = ".mc-step[data-day]";
  const LINE = 0.35; // of the panel's height: the step that has reached it is the one that is read
  const REST_MS = 140, LED_MS = 700; // until a scroll has come to rest; while a lead is under way
  const CLOSER = 2; // zoom levels: a step that needs so much more is shown closer
  const SWIPE_PX = 60, STRAIGHT_PX = 45, PADDING_PX = 20;

  /* go: leads the map to a view. */
  function story(map, go) {
    const page = root.parent.document;
    let current = "", resting = null, ledAt = 0, ledTo = null;

    function panel() { return page.querySelector(PANEL); }
    function steps() {
      const held = panel();
      return held ? Array.from(held.querySelectorAll(STEP)) : [];
    }
    function boxOf(step) { return step.dataset.bbox.split(",").map(Number); }
    function zoomOf(box) {
      return map.getBoundsZoom(L.latLngBounds([box[1], box[0]], [box[3], box[2]]), false, L.point(PADDING_PX, PADDING_PX));
    }

    /* One zoom for the whole story, unless a step needs another. */
    function zoomFor(box) {
      const zooms = steps().map(function (step) { return zoomOf(boxOf(step)); }).sort(function (a, b) { return a - b; });
      const usual = zooms[Math.floor(zooms.length / 2)], needed = zoomOf(box);
      return usual === undefined || needed < usual || needed > usual + CLOSER ? needed : usual;
    }

    /* Bring the text of a step to the upper edge of the panel. */
    function show(id) {
      if (id === current) return;
      current = id;
      let left = 30;
      (function bring() { // the text may be on its way from the server
        const step = steps().find(function (each) { return each.dataset.step === current; });
        if (!step) { if (current && left--) setTimeout(bring, 100); return; }
        ledAt = performance.now();
        const held = panel();
        held.scrollTop += step.getBoundingClientRect().top - held.getBoundingClientRect().top;
        ledTo = held.scrollTop;
      })();
    }
    function lead(step) {
      const told = step.dataset;
      go({
        day: +told.day, mode: told.mode, perspective: told.perspective || undefined, event: told.event, region: told.region,
        bbox: boxOf(step), step: told.step,
      });
    }
    /* The step that is read has changed by scrolling. */
    function read() {
      const held = panel(), led = ledAt + LED_MS - performance.now();
      if (!held) return;
      if (led > 0) { // a reader may have scrolled on meanwhile
        clearTimeout(resting);
        resting = setTimeout(read, led);
        return;
      }
      if (ledTo !== null && Math.abs(held.scrollTop - ledTo) < 2) return;
      const line = held.getBoundingClientRect().top + held.clientHeight * LINE;
      const reached = steps().filter(function (step) { return step.getBoundingClientRect().top <= line; }).pop();
      if (!reached || reached.dataset.step === current) return;
      current = reached.dataset.step;
      ledTo = null;
      lead(reached);
    }
    function turn(by) {
      const all = steps(), at = all.findIndex(function (step) { return step.dataset.step === current; });
      const next = all[at + by];
      if (at < 0 || !next) return false;
      show(next.dataset.step);
      lead(next);
      return true;
    }

    page.addEventListener("scroll", function (event) {
      if (!event.target.matches || !event.target.matches(PANEL)) return;
      clearTimeout(resting);
      resting = setTimeout(read, REST_MS);
    }, true);
    page.addEventListener("keydown", function (event) {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!by || !event.target.closest || !event.target.closest(PANEL) || !current) return;
      if (!turn(by)) return;
      event.preventDefault();
      event.stopPropagation(); // elsewhere the arrows step through time
    }, true);
    let from = null;
    page.addEventListener("touchstart", function (event) {
      const touch = event.touches[0];
      from = event.touches.length === 1 && event.target.closest(PANEL) ? [touch.clientX, touch.clientY] : null;
    }, { passive: true });
    page.addEventListener("touchend", function (event) {
      const touch = event.changedTouches[0];
      if (!from || !current) return;
      const x = touch.clientX - from[0], y = touch.clientY - from[1];
      from = null;
      if (Math.abs(x) > SWIPE_PX && Math.abs(y) < STRAIGHT_PX) turn(x < 0 ? 1 : -1);
    }, { passive: true });

    return { show: show, zoomFor: zoomFor };
  }

  root.MapsAtlas.story = story;
})(typeof window !== "undefined" ? window : globalThis);
