/* A map that nobody attends: it plays from the first day to the last, again and again. A reader
 * who touches it stops it; left alone for a minute it returns to where it began, and plays. */
(function (root) {
  "use strict";

  const IDLE_MS = 60000, END_MS = 6000;

  /* opened: the view it opened with, to which it returns. */
  function kiosk(session, opened) {
    const control = session.control;
    let timer = null, held = false;

    function again(ms) {
      clearTimeout(timer);
      timer = setTimeout(idle, ms);
    }
    function idle() {
      clearTimeout(timer);
      held = false;
      session.release();
      session.go({ day: session.data.calendar.first, mode: opened.mode, perspective: opened.perspective, place: "", play: true });
    }
    function touched() {
      held = true;
      control.play(false);
      again(IDLE_MS);
    }
    control.on("play", function (state) { if (!state.playing && !held) again(END_MS); });
    const pages = [document];
    try { if (root.parent !== root) pages.push(root.parent.document); } catch (error) { /* the page around is another's */ }
    for (const page of pages) {
      for (const kind of ["pointerdown", "keydown", "wheel"]) page.addEventListener(kind, touched, { capture: true, passive: true });
    }
    document.body.classList.add("ma-kiosk");
    idle();
    return { idle: idle };
  }

  root.MapsAtlas.kiosk = kiosk;
})(typeof window !== "undefined" ? window : globalThis);
