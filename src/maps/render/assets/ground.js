/* The ground the atlas is drawn on: land, relief, water, rivers, neighbours. It
 * never changes with the day, so it is drawn once, below, on a canvas. */
(function (root) {
  "use strict";

  function pane(map, name, zIndex) {
    const made = map.createPane(name);
    made.style.zIndex = zIndex;
    made.style.pointerEvents = "none";
    return made;
  }

  function vector(L, data, paneName, style) {
    return L.geoJSON(data, {
      interactive: false, pane: paneName, style: style,
      renderer: L.canvas({ pane: paneName, padding: 0.4 }),
      filter: function (feature) { return !!feature.geometry; },
    });
  }

  function draw(L, map, ground, paint, texts) {
    pane(map, "maland", 201);
    const relief = pane(map, "marelief", 202);
    relief.style.mixBlendMode = "multiply";
    pane(map, "mawater", 203);
    pane(map, "maneighbours", 204);
    if (ground.land) {
      vector(L, ground.land, "maland", { stroke: false, fill: true, fillColor: paint.land, fillOpacity: 1 }).addTo(map);
    }
    if (ground.relief) {
      const e = ground.reliefExtent;
      const picture = L.imageOverlay(ground.relief, [[e[1], e[0]], [e[3], e[2]]], { pane: "marelief", interactive: false, alt: "", opacity: 0.8 });
      picture.on("error", function () { root.MapsAtlas.notice(texts.no_relief); });
      picture.addTo(map);
    }
    if (ground.water) {
      const shore = { color: paint.shore, weight: 0.8, fillColor: paint.water, fillOpacity: 1 };
      vector(L, ground.water, "mawater", shore).addTo(map);
    }
    if (ground.rivers) {
      vector(L, ground.rivers, "mawater", { color: paint.river, weight: 0.9, fill: false }).addTo(map);
    }
    if (ground.neighbours) {
      vector(L, ground.neighbours, "maneighbours",
        { color: paint.neighbour, weight: 0.8, dashArray: "5 2 1 2", fill: false }).addTo(map);
    }
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.ground = { draw: draw };
})(typeof window !== "undefined" ? window : globalThis);
