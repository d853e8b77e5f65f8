/* What every step draws anew, on a canvas: a new day then changes no style, no layout
 * and no layer of the page, which would cost a browser more than all the rest of it. */
(function (root) {
  "use strict";

  /* Gives the function that draws again; `draw` gets a pen, in CSS pixels, and the size. */
  function surface(host, name, draw) {
    const canvas = host.appendChild(root.MapsAtlas.card.el("canvas", { class: name, "aria-hidden": "true" }));
    const pen = canvas.getContext("2d");
    let width = 0, height = 0;

    function fit() {
      const sharp = root.devicePixelRatio || 1, style = getComputedStyle(canvas);
      width = canvas.clientWidth;
      height = canvas.clientHeight;
      canvas.width = Math.round(width * sharp);
      canvas.height = Math.round(height * sharp);
      pen.scale(sharp, sharp);
      pen.fillStyle = style.color;
      pen.font = [style.fontWeight, style.fontSize, style.fontFamily].join(" ");
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      again();
    }
    function again() {
      pen.clearRect(0, 0, width, height);
      draw(pen, width, height);
    }

    new ResizeObserver(fit).observe(canvas);
    return again;
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.surface = surface;
})(typeof window !== "undefined" ? window : globalThis);
