/* A large atlas comes in parts: its outlines in tiles, what is told of areas and events and how a
 * reading is painted each in a script of its own, asked for once it is needed. A small one comes
 * whole: then nothing is ever asked for. A page opened from a disk may not fetch, so parts are scripts. */
(function (root) {
  "use strict";

  const M = root.MapsAtlas = root.MapsAtlas || {};
  const BEYOND = 0.35; // of the view on each side: as far as the drawing of the outlines reaches
  const arriving = {}; // who waits for the script of a part, by its name

  /* Called by the script of a part. */
  M.part = function (name, content) {
    for (const take of arriving[name] || []) take(content);
    delete arriving[name];
  };

  function load(address, name) {
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      arriving[name] = (arriving[name] || []).concat(resolve);
      script.src = address + name + ".js";
      script.dataset.part = name;
      script.onerror = function () {
        script.remove();
        reject(new Error(name));
      };
      script.onload = function () { script.remove(); };
      document.head.appendChild(script);
    });
  }

  /* For a loss the map can do without; the next move asks again. */
  function tell(data, error) {
    if (!document.querySelector(".ma-notice")) M.notice(M.card.fill(data.texts.no_part, { name: error.message }));
  }

  /* A part has its values under the keys they have in the data. */
  function merge(data, part) {
    for (const key in part) {
      for (const id in part[key]) {
        const known = data[key][id], value = part[key][id];
        if (known && typeof known === "object") Object.assign(known, value); else data[key][id] = value;
      }
    }
  }

  function parts(data) {
    const there = new Set(), asked = new Map();

    function ask(name) {
      if (!asked.has(name)) {
        asked.set(name, load(data.parts, name).then(function (part) {
          merge(data, part);
          there.add(name);
        }, function (error) {
          asked.delete(name); // to be tried again
          throw error;
        }));
      }
      return asked.get(name);
    }
    function has(name) {
      return !data.parts || there.has(name);
    }
    /* At once where all of them are there, else when they have come. */
    function need(names, then) {
      const missing = names.filter(function (name) { return !has(name); });
      if (!missing.length) then();
      else Promise.all(missing.map(ask)).then(then, function (error) { tell(data, error); });
    }
    /* What the map cannot begin without. */
    function first(name) {
      return has(name) ? null : ask(name);
    }
    return { has: has, need: need, first: first };
  }

  /* The tiles of a level: [{name, box}]; the box, as parts of the width of the world, is twice as wide as the tile. */
  function boxes(level, names) {
    return names.map(function (name) {
      const at = name.split("/").map(Number), across = Math.pow(2, at[0]);
      return {
        name: level + "/" + name,
        box: L.bounds([(at[1] - 0.5) / across, (at[2] - 0.5) / across], [(at[1] + 1.5) / across, (at[2] + 1.5) / across]),
      };
    });
  }

  /* Gives the outlines of what is in view to their paths, now and after each move; returns when the first are there. */
  function tiles(map, data, items) {
    if (!data.tiles) return Promise.resolve();
    const levels = Object.keys(data.tiles.levels).map(Number).sort(function (a, b) { return a - b; });
    const known = {};
    let shown = null, drawn = new Set();

    function show() {
      const zoom = map.getZoom(), level = levels.find(function (each) { return zoom <= each; }) || levels[levels.length - 1];
      if (level !== shown) drawn = new Set();
      shown = level;
      known[level] = known[level] || boxes(level, data.tiles.levels[level]);
      const seen = map.getBounds().pad(BEYOND), width = map.project([0, 180], 0).x;
      const view = L.bounds(map.project(seen.getNorthWest(), 0).divideBy(width), map.project(seen.getSouthEast(), 0).divideBy(width));
      const wanted = known[level].filter(function (tile) { return !drawn.has(tile.name) && tile.box.intersects(view); });
      return Promise.all(wanted.map(function (tile) {
        drawn.add(tile.name);
        return load(data.tiles.address, tile.name).then(function (outlines) {
          if (shown !== level) return;
          for (const outline of outlines) items[outline[0]].path.reshape(outline[1]);
        }, function (error) {
          drawn.delete(tile.name);
          tell(data, error);
        });
      }));
    }
    map.on("moveend", show);
    return show();
  }

  /* What is painted: a mode and, where it asks for one, a perspective; a teller who says nothing is silent everywhere. */
  function reading(data, modeId, perspective) {
    const mode = data.modes.find(function (each) { return each.id === modeId; }) || data.modes[0];
    if (!mode.perspectives.length) return mode.id;
    const id = mode.id + ":" + perspective;
    return id in data.paint ? id : mode.id + ":all";
  }
  function ofReading(id) {
    return "reading-" + id.replace(":", "-");
  }

  M.parts = parts;
  M.parts.ofReading = ofReading;
  M.reading = reading;
  M.tiles = tiles;
})(typeof window !== "undefined" ? window : globalThis);
