/* What opens over or beside the map on demand: from below on a phone, at the right where there
 * is room. One at a time; Escape, its cross or its own button close it and give the focus back. */
(function (root) {
  "use strict";

  const el = root.MapsAtlas.card.el;
  let open = null;

  /* shown: called with true before it opens and with false once it is closed. */
  function sheet(name, title, close, shown) {
    const cross = el("button", { type: "button", class: "ma-close", "aria-label": close, title: close }, "×");
    const heading = el("h2", { id: "ma-title-" + name }, title);
    const body = el("div", { class: "ma-sheet-body" });
    const box = document.body.appendChild(
      el("section", { class: "ma-sheet ma-" + name, id: "ma-" + name, "aria-labelledby": "ma-title-" + name, hidden: "" },
        el("header", null, heading, cross), body));
    const button = el("button", { type: "button", class: "ma-opens ma-opens-" + name, "aria-expanded": "false", "aria-controls": "ma-" + name }, title);

    function set(on, focus) {
      if (on === !box.hidden) return;
      if (on && open) open.set(false);
      if (on) shown(true);
      box.hidden = !on;
      open = on ? api : null;
      button.setAttribute("aria-expanded", String(on));
      document.body.classList.toggle("ma-has-" + name, on);
      if (on && focus) cross.focus({ preventScroll: true });
      if (!on) shown(false);
      if (!on && focus) button.focus({ preventScroll: true });
    }
    button.addEventListener("click", function () { set(box.hidden, true); });
    cross.addEventListener("click", function () { set(false, true); });
    box.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      set(false, true);
    });
    const api = { button: button, body: body, heading: heading, set: set, get open() { return !box.hidden; } };
    return api;
  }

  root.MapsAtlas.sheet = sheet;
})(typeof window !== "undefined" ? window : globalThis);
