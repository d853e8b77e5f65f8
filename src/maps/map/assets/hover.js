/* The label under a pointer: one line on the area it is over. It lies below every control. */
(function (root) {
  "use strict";

  const AWAY = 16; // px from the pointer

  /* tell: gives the text of an item. */
  function hover(map, tell) {
    const box = root.MapsAtlas.card.el("p", { class: "ma-pointed", "aria-hidden": "true", hidden: "" });
    map.getContainer().appendChild(box);
    const hovers = root.matchMedia("(hover: hover)"); // a tap opens a card, and no pointer stays behind
    let shown = null;

    function place(at) {
      const size = map.getSize();
      const left = Math.min(Math.max(4, at.x + AWAY), size.x - box.offsetWidth - 4);
      const above = at.y - AWAY - box.offsetHeight;
      box.style.left = Math.max(4, left) + "px";
      box.style.top = (above < 4 ? at.y + AWAY : above) + "px";
    }
    return {
      /* What is told of an item has changed. */
      again: function (item) {
        if (shown === item) box.textContent = tell(item);
      },
      over: function (item, at) {
        if (!hovers.matches) return;
        if (shown !== item) box.textContent = tell(item);
        shown = item;
        box.hidden = false;
        place(at);
      },
      away: function () {
        if (!shown) return;
        shown = null;
        box.hidden = true;
      },
    };
  }

  root.MapsAtlas.hover = hover;
})(typeof window !== "undefined" ? window : globalThis);
