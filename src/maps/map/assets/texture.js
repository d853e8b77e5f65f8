/* Fills as SVG patterns: equal diagonal bands, one a colour, each with the texture of
 * what it stands for. No side is the ground of the other. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const SOLID_BAND = 5, WIDE_BAND = 10, STEP = 10;

  function node(tag, attributes, parent) {
    const made = document.createElementNS(SVG, tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    parent.appendChild(made);
    return made;
  }

  function line(parent, colour, x1, y1, x2, y2, width) {
    node("line", { x1: x1, y1: y1, x2: x2, y2: y2, stroke: colour, "stroke-width": width }, parent);
  }

  /* Each draws one step of a band that begins at x, is `wide` pixels wide and STEP high. */
  const DRAW = {
    solid: function (parent, colour, x, wide) {
      node("rect", { x: x, y: 0, width: wide, height: STEP, fill: colour }, parent);
    },
    lines: function (parent, colour, x, wide) {
      for (const at of [0.25, 0.75]) line(parent, colour, x + wide * at, 0, x + wide * at, STEP, wide * 0.26);
    },
    dots: function (parent, colour, x, wide) {
      node("circle", { cx: x + wide * 0.3, cy: STEP * 0.25, r: wide * 0.21, fill: colour }, parent);
      node("circle", { cx: x + wide * 0.75, cy: STEP * 0.75, r: wide * 0.21, fill: colour }, parent);
    },
    dashes: function (parent, colour, x, wide) {
      node("rect", { x: x + wide * 0.35, y: STEP * 0.2, width: wide * 0.3, height: STEP * 0.55, fill: colour }, parent);
    },
    crosses: function (parent, colour, x, wide) {
      const a = x + wide * 0.22, b = x + wide * 0.78, top = STEP * 0.22, low = STEP * 0.78;
      line(parent, colour, a, top, b, low, 1.9);
      line(parent, colour, a, low, b, top, 1.9);
    },
    specks: function (parent, colour, x, wide) {
      node("circle", { cx: x + wide * 0.5, cy: STEP * 0.5, r: 0.85, fill: colour }, parent);
    },
  };

  function textureOf(fill, i) {
    return (fill.textures && fill.textures[i]) || "solid";
  }

  /* One plain colour needs no pattern. */
  function isPlain(fill) {
    return fill.colours.length < 2 && (!fill.colours.length || textureOf(fill, 0) === "solid");
  }

  function pattern(svg, id, fill) {
    let defs = svg.querySelector("defs");
    if (!defs) {
      defs = node("defs", {}, svg);
      svg.insertBefore(defs, svg.firstChild);
    }
    const band = fill.textures ? WIDE_BAND : SOLID_BAND;
    const made = node("pattern", {
      id: id, width: band * fill.colours.length, height: STEP, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
    }, defs);
    fill.colours.forEach(function (colour, i) { DRAW[textureOf(fill, i)](made, colour, i * band, band); });
  }

  /* Make the patterns of all fills; gives what to write as the fill of a path, by key. */
  function patterns(svg, fills) {
    const known = {};
    let made = 0;
    for (const key in fills) {
      if (isPlain(fills[key])) known[key] = fills[key].colours[0] || "#fff";
      else {
        const id = "mahatch" + made++;
        pattern(svg, id, fills[key]);
        known[key] = "url(#" + id + ")";
      }
    }
    return known;
  }

  /* A small box that shows a fill as the map does. */
  function swatch(paint, fill) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "ma-swatch");
    svg.setAttribute("aria-hidden", "true");
    const box = node("rect", { x: 0, y: 0, width: "100%", height: "100%" }, svg);
    box.setAttribute("fill", paint);
    box.setAttribute("fill-opacity", fill.colours.length ? Math.max(0.55, fill.opacity) : 0);
    svg.style.borderColor = fill.stroke;
    return svg;
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.texture = { patterns: patterns, swatch: swatch };
})(typeof window !== "undefined" ? window : globalThis);
