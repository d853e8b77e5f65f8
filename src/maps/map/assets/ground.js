/* The ground the atlas is drawn on: land, relief, water, rivers, neighbours. It never
 * changes with the day: all of it is one drawing, which the browser paints once a zoom and
 * then only moves. It stays sharp at every pixel density and on paper. */
(function (root) {
  "use strict";

  /* The relief is part of the drawing, multiplied with the land there: blended with what lies
   * below as a picture of its own, it would be blended anew in every frame. */
  function relief(L, map, parent, ground, texts) {
    const west = ground.reliefExtent[0], south = ground.reliefExtent[1], east = ground.reliefExtent[2], north = ground.reliefExtent[3];
    const picture = L.SVG.create("image");
    picture.addEventListener("error", function () { root.MapsAtlas.notice(texts.no_relief); });
    for (const [name, value] of Object.entries({ href: ground.relief, preserveAspectRatio: "none", opacity: 0.8 })) picture.setAttribute(name, value);
    picture.style.mixBlendMode = "multiply";
    parent.appendChild(picture);
    function place() {
      const from = map.latLngToLayerPoint([north, west]), to = map.latLngToLayerPoint([south, east]);
      picture.setAttribute("x", from.x);
      picture.setAttribute("y", from.y);
      picture.setAttribute("width", to.x - from.x);
      picture.setAttribute("height", to.y - from.y);
    }
    place();
    map.on("zoomend viewreset", place);
  }

  function draw(L, map, ground, paint, texts) {
    const pane = map.createPane("maground");
    pane.style.zIndex = 201;
    pane.style.pointerEvents = "none";
    const drawing = L.svg({ pane: "maground", padding: 0.4 }).addTo(map);

    function add(data, style) {
      if (!data) return;
      L.geoJSON(data, {
        interactive: false, pane: "maground", renderer: drawing, style: style,
        filter: function (feature) { return !!feature.geometry; },
      }).addTo(map);
    }

    add(ground.land, { className: "ma-land", stroke: false, fill: true, fillColor: paint.land, fillOpacity: 1 });
    if (ground.relief) relief(L, map, drawing._rootGroup, ground, texts);
    add(ground.water, { className: "ma-water", color: paint.shore, weight: 0.8, fillColor: paint.water, fillOpacity: 1 });
    add(ground.rivers, { className: "ma-river", color: paint.river, weight: 0.9, fill: false });
    add(ground.neighbours, { className: "ma-border", color: paint.neighbour, weight: 0.8, dashArray: "5 2 1 2", fill: false });
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.ground = { draw: draw };
})(typeof window !== "undefined" ? window : globalThis);
