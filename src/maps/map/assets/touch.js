/* A map in a page that scrolls lets one finger scroll the page; two move and zoom the map. */
(function (root) {
  "use strict";

  const HINT_MS = 1200, SWIPE_PX = 12;
  const NO_SCROLL_PX = 90; // a page with less than that below its edge is taken for one that does not scroll

  /* Whether the page around has more to show than its window; another's page may have. */
  function pageScrolls() {
    try {
      const page = root.parent.document, main = page.querySelector('[data-testid="stMain"]') || page.scrollingElement;
      return main.scrollHeight - main.clientHeight > NO_SCROLL_PX;
    } catch (error) { return true; }
  }

  function touch(map, texts) {
    if (root.self === root.top) return; // the page is the map, and does not scroll
    let framed = true;
    function look() {
      framed = pageScrolls();
      document.body.classList.toggle("ma-framed", framed);
    }
    look();
    const box = map.getContainer();
    const hint = root.MapsAtlas.card.el("p", { class: "ma-two-fingers", role: "status", hidden: "" }, texts.two_fingers);
    box.appendChild(hint);
    let start = null, hiding = null;
    root.addEventListener("resize", look);
    map.on("moveend", look);
    // Leaflet moves the map by a mouse or a pen; two fingers are its zoom's.
    box.addEventListener("pointerdown", function (event) {
      look();
      map.dragging[event.pointerType === "touch" && framed ? "disable" : "enable"]();
    }, true);
    box.addEventListener("touchstart", function (event) {
      const first = event.touches[0];
      start = framed && event.touches.length === 1 && !event.target.closest(".leaflet-popup, .leaflet-control") ? [first.clientX, first.clientY] : null;
      if (event.touches.length > 1) hint.hidden = true;
    }, { capture: true, passive: true });
    box.addEventListener("touchmove", function (event) {
      const first = event.touches[0];
      if (!start || Math.hypot(first.clientX - start[0], first.clientY - start[1]) < SWIPE_PX) return;
      start = null;
      hint.hidden = false;
      clearTimeout(hiding);
      hiding = setTimeout(function () { hint.hidden = true; }, HINT_MS);
    }, { capture: true, passive: true });
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.touch = touch;
})(typeof window !== "undefined" ? window : globalThis);
