/* Looks as SVG: one colour, or a pattern of equal diagonal bands, one a colour, each with
 * the texture of what it stands for. The numbers come with the data (looks/texture.py). */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function node(tag, attributes, parent) {
    const made = document.createElementNS(SVG, tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    parent.appendChild(made);
    return made;
  }

  /* The marks of a texture on one square of a band that begins at x, in px. */
  function draw(parent, colour, texture, x, px) {
    for (const [x1, y1, x2, y2, width] of texture[0]) {
      node("line", {
        x1: x + x1 * px, y1: y1 * px, x2: x + x2 * px, y2: y2 * px, stroke: colour, "stroke-width": width * px,
        "stroke-opacity": texture[1], "stroke-linecap": x1 === x2 && y1 === y2 ? "round" : "butt",
      }, parent);
    }
  }

  function pattern(svg, id, look, textures) {
    let defs = svg.querySelector("defs");
    if (!defs) {
      defs = node("defs", {}, svg);
      svg.insertBefore(defs, svg.firstChild);
    }
    const made = node("pattern", {
      id: id, width: look.px * look.bands.length, height: look.px, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
    }, defs);
    look.bands.forEach(function (band, i) { draw(made, band[0], textures[band[1]], i * look.px, look.px); });
  }

  /* Gives a function from a look to the fill of a path; equal patterns are made once. */
  function paints(svg, textures) {
    const known = {};
    let made = 0;
    return function (look) {
      if (!look.bands.length) return look.colour || "#fff";
      const key = JSON.stringify([look.bands, look.px]);
      if (!known[key]) {
        const id = "mahatch" + made++;
        pattern(svg, id, look, textures);
        known[key] = "url(#" + id + ")";
      }
      return known[key];
    };
  }

  /* A small box that shows a look as the map does. */
  function swatch(paint, look, stroke) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "ma-swatch");
    svg.setAttribute("aria-hidden", "true");
    node("rect", { x: 0, y: 0, width: "100%", height: "100%", fill: paint(look), "fill-opacity": look.opacity }, svg);
    svg.style.borderColor = stroke;
    return svg;
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.texture = { paints: paints, swatch: swatch };
})(typeof window !== "undefined" ? window : globalThis);
