/* Pointer, wheel and keyboard on the time axis. */
(function (root) {
  "use strict";

  const WAY_PX = 6;

  /* Which way a finger has gone: along the axis, across it, or nowhere yet. */
  function way(from, to) {
    const x = Math.abs(to.x - from.x), y = Math.abs(to.y - from.y);
    return Math.max(x, y) < WAY_PX ? "" : x > y ? "along" : "across";
  }

  function gestures(a) {
    const control = a.control;
    const pointers = new Map();
    let scrubbing = false, pinch = null, pressed = null;
    let touched = null; // where a finger has come down of which it is not known yet whether it scrolls the page

    function local(event, element) {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    }

    function startPinch() {
      const xs = Array.from(pointers.values());
      pinch = { gap: Math.max(8, Math.abs(xs[0] - xs[1])), view: control.state.view.slice() };
    }

    function movePinch() {
      const xs = Array.from(pointers.values());
      const gap = Math.max(8, Math.abs(xs[0] - xs[1]));
      const length = (pinch.view[1] - pinch.view[0]) * pinch.gap / gap;
      const middle = (pinch.view[0] + pinch.view[1]) / 2;
      control.setView(middle - length / 2, middle + length / 2);
    }

    function press(at, pointer) {
      control.play(false);
      scrubbing = true;
      pressed = a.groupNear(at.x, at.y, pointer);
      control.set(pressed && pressed.events.length === 1 ? pressed.events[0].a : a.dayAt(at.x), false);
    }

    a.slider.addEventListener("pointerdown", function (event) {
      if (event.button) return;
      a.slider.focus({ preventScroll: true });
      a.slider.setPointerCapture(event.pointerId);
      const at = local(event, a.slider);
      pointers.set(event.pointerId, at.x);
      touched = null;
      if (pointers.size === 2) { scrubbing = false; startPinch(); return; }
      if (event.pointerType === "touch") touched = at; else press(at, "mouse");
      event.preventDefault();
    });

    a.slider.addEventListener("pointermove", function (event) {
      const at = local(event, a.slider);
      if (!pointers.has(event.pointerId)) { a.showTip(at.x, at.y); return; }
      const gone = touched && way(touched, at);
      if (gone === "along") press(touched, "touch");
      if (gone) touched = null;
      const moved = Math.abs(at.x - pointers.get(event.pointerId));
      if (pressed && moved < 4) return;
      pressed = null;
      pointers.set(event.pointerId, at.x);
      if (pinch && pointers.size === 2) movePinch();
      else if (scrubbing) control.set(a.dayAt(at.x), false);
    });

    function release(event) {
      if (!pointers.delete(event.pointerId)) return;
      if (touched && event.type === "pointerup" && !way(touched, local(event, a.slider))) press(touched, "touch");
      touched = null;
      if (pinch) { if (!pointers.size) pinch = null; return; }
      if (!scrubbing) return;
      scrubbing = false;
      control.set(control.state.day);
      if (pressed) a.pick(pressed);
      pressed = null;
    }
    a.slider.addEventListener("pointerup", release);
    a.slider.addEventListener("pointercancel", release);
    a.slider.addEventListener("pointerleave", a.hideTip);

    a.slider.addEventListener("wheel", function (event) {
      event.preventDefault();
      const view = control.state.view;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
        const shift = (event.deltaX || event.deltaY) / a.width() * (view[1] - view[0]);
        control.setView(view[0] + shift, view[1] + shift);
      } else control.zoom(event.deltaY > 0 ? 1.25 : 0.8, a.dayAt(local(event, a.slider).x));
    }, { passive: false });

    let panning = false;
    function panTo(event) {
      const whole = a.data.calendar.last + 1 - a.data.calendar.first;
      const middle = a.data.calendar.first + local(event, a.strip).x / a.width() * whole;
      const length = control.state.view[1] - control.state.view[0];
      control.setView(middle - length / 2, middle + length / 2);
    }
    let laid = null; // a finger on the strip, as above
    a.strip.addEventListener("pointerdown", function (event) {
      a.strip.setPointerCapture(event.pointerId);
      if (event.pointerType === "touch") { laid = local(event, a.strip); return; }
      panning = true;
      panTo(event);
    });
    a.strip.addEventListener("pointermove", function (event) {
      const gone = laid && way(laid, local(event, a.strip));
      if (gone) { panning = gone === "along"; laid = null; }
      if (panning) panTo(event);
    });
    a.strip.addEventListener("pointerup", function (event) {
      if (laid) panTo(event);
      laid = null;
      panning = false;
    });
    a.strip.addEventListener("pointercancel", function () { laid = null; panning = false; });
  }

  /* The keys of the time control; true where the key was one of ours. */
  function key(control, event) {
    const forward = event.key === "ArrowRight" || event.key === "ArrowUp" ? 1
      : event.key === "ArrowLeft" || event.key === "ArrowDown" ? -1 : 0;
    if (forward && event.shiftKey) control.step("year", forward);
    else if (forward && event.altKey) control.step("events", forward);
    else if (forward) control.step("changes", forward);
    else if (event.key === "Home") control.step("edge", -1);
    else if (event.key === "End") control.step("edge", 1);
    else if (event.key === "PageUp" || event.key === "PageDown") control.step("events", event.key === "PageUp" ? -1 : 1);
    else if (event.key === " ") control.play();
    else if (event.key === "+" || event.key === "=") control.zoom(0.6);
    else if (event.key === "-") control.zoom(1.6);
    else return false;
    return true;
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.gestures = gestures;
  root.MapsAtlas.key = key;
})(typeof window !== "undefined" ? window : globalThis);
