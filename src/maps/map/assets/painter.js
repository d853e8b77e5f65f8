/* Boundaries on the map. Every path is built once; a day only changes what is
 * shown and how it is filled, for those boundaries that differ from the day before. */
(function (root) {
  "use strict";

  /* Rings travel as whole hundred-thousandths of a degree, each point as a step from the last. */
  function decode(polygons) {
    return polygons.map(function (rings) {
      return rings.map(function (steps) {
        const ring = [];
        let x = 0, y = 0;
        for (let i = 0; i < steps.length; i += 2) {
          x += steps[i]; y += steps[i + 1];
          ring.push([y / 1e5, x / 1e5]);
        }
        return ring;
      });
    });
  }

  /* The span of a sorted list [[start, end|null, fill]] that holds a day. */
  function spanAt(spans, day) {
    for (const span of spans) {
      if (span[0] <= day && (span[1] === null || day < span[1])) return span;
    }
    return null;
  }

  /* pointed: {over: (item, point), away: ()}, for the pointer; onPick: for a click or a tap. */
  function painter(L, map, data, onPick, pointed) {
    const renderer = L.svg({ padding: 0.35 });
    const bounds = [];
    const asking = new Set(data.modes.filter(function (each) { return each.by !== "layer"; }).map(function (each) { return each.id; }));
    let mode = null, day = null, lit = null;

    function build(boundary) {
      const precision = data.precisions[boundary.p];
      const layer = data.layers[boundary.l];
      const path = L.polygon(decode(boundary.g), {
        renderer: renderer, smoothFactor: 0.4, weight: layer.weight, color: layer.stroke,
        dashArray: precision.dash, fillOpacity: 0, lineJoin: "round", bubblingMouseEvents: false,
        className: "ma-boundary" + (layer.piece ? " ma-piece" : ""),
      });
      const item = { boundary: boundary, path: path, on: false, key: null };
      path.on("click", function (event) { onPick(item, event.latlng); });
      path.on("mouseover mousemove", function (event) {
        path._path.classList.add("ma-hover");
        pointed.over(item, event.containerPoint);
      });
      path.on("mouseout", function () {
        path._path.classList.remove("ma-hover");
        pointed.away();
      });
      path.addTo(map);
      path._path.style.setProperty("--stroke", layer.stroke);
      path._path.style.visibility = "hidden"; // not display: that lays out the whole drawing anew
      path._path.setAttribute("data-boundary", boundary.id);
      delete boundary.g;
      return item;
    }

    data.boundaries.forEach(function (boundary) { bounds.push(build(boundary)); });
    const svg = renderer._container;
    const fillOf = root.MapsAtlas.texture.paints(svg, data.textures);

    /* An outline around pieces of land is no lid on them: only its line is met by a pointer. */
    function fillFor(item, fill) {
      const lid = !fill.bands.length && !fill.colour && !data.layers[item.boundary.l].piece && asking.has(mode.split(":")[0]);
      return lid ? "none" : fillOf(fill);
    }

    /* Paint one day of one reading; returns the boundaries whose look changed. */
    function paint(newDay, newMode) {
      const touched = [];
      const modeChanged = newMode !== mode;
      day = newDay; mode = newMode;
      for (const item of bounds) {
        const spans = data.paint[mode][item.boundary.i];
        const span = spans ? spanAt(spans, day) : null;
        const key = span ? span[2] : null;
        if (key === item.key && !modeChanged) continue;
        item.key = key;
        item.on = span !== null;
        const element = item.path._path;
        element.style.visibility = span ? "" : "hidden";
        if (span) {
          element.setAttribute("fill", fillFor(item, data.fills[key]));
          element.setAttribute("fill-opacity", data.fills[key].opacity);
        }
        touched.push(item);
      }
      if (lit && touched.length) light(lit);
      return touched;
    }

    /* Light the items that match and dim the others; null ends it. */
    function light(matches) {
      lit = matches;
      svg.classList.toggle("ma-lighting", !!matches);
      for (const item of bounds) item.path._path.classList.toggle("ma-lit", !!matches && item.on && matches(item));
    }

    function flash(items) {
      for (const item of items) {
        if (!item.on) continue;
        const list = item.path._path.classList;
        list.remove("ma-changed");
        void item.path._path.getBoundingClientRect();
        list.add("ma-changed");
      }
    }

    function select(regionId) {
      for (const item of bounds) item.path._path.classList.toggle("ma-selected", item.boundary.r === regionId);
    }

    function find(regionId) {
      const all = bounds.filter(function (item) { return item.boundary.r === regionId; });
      return all.find(function (item) { return item.on; }) || all[0] || null;
    }

    return { paint: paint, flash: flash, select: select, find: find, light: light, items: bounds, fillOf: fillOf };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.painter = { painter: painter, decode: decode, spanAt: spanAt };
})(typeof window !== "undefined" ? window : globalThis);
