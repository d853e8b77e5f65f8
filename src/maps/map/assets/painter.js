/* Boundaries on the map. Only those of the day are part of the drawing: a step takes out and
 * puts in those whose span begins or ends on the way, found in a list of such days. */
(function (root) {
  "use strict";

  /* The span of a sorted list [[start, end|null, fill]] that holds a day. */
  function spanAt(spans, day) {
    for (const span of spans) {
      if (span[0] <= day && (span[1] === null || day < span[1])) return span;
    }
    return null;
  }

  /* The days on which boundaries change in a reading, in order, and which does on each. */
  function edges(lists) {
    const found = [];
    lists.forEach(function (spans, at) {
      for (const span of spans || []) {
        found.push([span[0], at]);
        if (span[1] !== null) found.push([span[1], at]);
      }
    });
    found.sort(function (a, b) { return a[0] - b[0]; });
    return { days: found.map(function (edge) { return edge[0]; }), at: found.map(function (edge) { return edge[1]; }) };
  }

  function lineOf(layer) {
    return "--line-" + layer;
  }

  /* pointed: {over: (item, point), away: ()}, for the pointer; onPick: for a click or a tap. */
  function painter(L, map, data, onPick, pointed) {
    const renderer = L.svg({ padding: 0.35 }).addTo(map);
    const Outline = root.MapsAtlas.outlines(L), lastAt = root.MapsAtlas.time.lastAt;
    const asking = new Set(data.modes.filter(function (each) { return each.by !== "layer"; }).map(function (each) { return each.id; }));
    const changes = {}; // of each reading that was painted
    const looks = { fills: new Map(), precisions: new Map() }; // how many items look so
    let mode = null, day = null, lit = null, selected = null, marked = new Set();

    const bounds = data.boundaries.map(function (boundary, at) {
      const layer = data.layers[boundary.l];
      const path = new Outline(boundary.g || [], {
        renderer: renderer, weight: layer.weight, color: "var(" + lineOf(boundary.l) + ")", dashArray: data.precisions[boundary.p].dash,
        fill: true, fillOpacity: 0, lineJoin: "round", bubblingMouseEvents: false, className: "ma-boundary" + (layer.piece ? " ma-piece" : ""),
      });
      delete boundary.g;
      return { boundary: boundary, path: path, on: false, key: null, at: at };
    });
    const svg = renderer._container;
    // Said here for all: with a style of its own the browser would work out each path by itself.
    for (const id in data.layers) {
      svg.style.setProperty(lineOf(id), "color-mix(in oklab, " + data.layers[id].stroke + ", #fff var(--stroke-lighter))");
    }
    const fillOf = root.MapsAtlas.texture.paints(svg, data.textures);

    function build(item) {
      const path = item.path;
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
      path._path.setAttribute("data-boundary", item.boundary.id);
      dress(item);
    }

    /* An outline around pieces of land is no lid on them: only its line is met by a pointer. */
    function fillFor(item, fill) {
      const lid = !fill.bands.length && !fill.colour && !data.layers[item.boundary.l].piece && asking.has(mode.split(":")[0]);
      return lid ? "none" : fillOf(fill);
    }

    function count(kind, look, by) {
      const left = (looks[kind].get(look) || 0) + by;
      if (left) looks[kind].set(look, left); else looks[kind].delete(look);
    }

    /* Outlines lie in the order of the data. */
    function put(item) {
      if (!item.path._path) build(item);
      let next = item.at + 1;
      while (next < bounds.length && !bounds[next].on) next += 1;
      item.path.show(next < bounds.length ? bounds[next].path._path : null);
    }
    function take(item) {
      item.path.hide();
      item.path._path.classList.remove("ma-hover", "ma-changed");
    }

    function repaint(item, key) {
      const on = key !== null;
      if (item.on) { count("fills", item.key, -1); count("precisions", item.boundary.p, -1); }
      if (on) { count("fills", key, 1); count("precisions", item.boundary.p, 1); }
      if (item.on && !on) take(item);
      if (on && !item.on) put(item);
      item.on = on;
      item.key = key;
      if (!on) return;
      item.path._path.setAttribute("fill", fillFor(item, data.fills[key]));
      item.path._path.setAttribute("fill-opacity", data.fills[key].opacity);
    }

    /* The places of what may look other than on the day painted last; all of them in another reading. */
    function between(newDay, newMode) {
      const known = changes[newMode] = changes[newMode] || edges(data.paint[newMode]);
      if (newMode !== mode) return bounds.map(function (item) { return bounds.length - 1 - item.at; }); // each is put before the last one
      const from = lastAt(known.days, Math.min(day, newDay)), to = lastAt(known.days, Math.max(day, newDay));
      return new Set(known.at.slice(from + 1, to + 1));
    }

    /* Paint one day of one reading; returns the boundaries whose look changed. */
    function paint(newDay, newMode) {
      const touched = [], modeChanged = newMode !== mode, some = between(newDay, newMode);
      day = newDay;
      mode = newMode;
      for (const at of some) {
        const spans = data.paint[mode][at], span = spans ? spanAt(spans, day) : null, key = span ? span[2] : null;
        if (key === bounds[at].key && !(modeChanged && span)) continue;
        repaint(bounds[at], key);
        touched.push(bounds[at]);
      }
      if (lit && touched.length) light(lit);
      return touched;
    }

    /* What a path shows of itself whatever the day. */
    function dress(item) {
      const list = item.path._path.classList;
      list.toggle("ma-selected", item.boundary.r === selected);
      list.toggle("page-changed", marked.has(item.boundary.id));
    }
    function dressAll() {
      for (const item of bounds) if (item.path._path) dress(item);
    }

    /* Light the items that match and dim the others; null ends it. */
    function light(matches) {
      lit = matches;
      svg.classList.toggle("ma-lighting", !!matches);
      for (const item of bounds) if (item.on) item.path._path.classList.toggle("ma-lit", !!matches && matches(item));
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
      selected = regionId;
      dressAll();
    }

    /* Boundaries the page around has something to say of, by id. */
    function mark(ids) {
      marked = ids;
      dressAll();
    }

    function find(regionId) {
      const all = bounds.filter(function (item) { return item.boundary.r === regionId; });
      return all.find(function (item) { return item.on; }) || all[0] || null;
    }

    return { paint: paint, flash: flash, select: select, mark: mark, find: find, light: light, items: bounds, looks: looks, fillOf: fillOf };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.painter = { painter: painter };
})(typeof window !== "undefined" ? window : globalThis);
