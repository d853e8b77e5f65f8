/* The outline of a boundary as Leaflet draws it: an SVG path, made when it is first seen. It
 * keeps its points as whole numbers and writes only those that can be told apart at this zoom. */
(function (root) {
  "use strict";

  const UNITS = 1e5; // of a degree, as they travel
  const ZOOM = 22, WORLD = 256 * Math.pow(2, ZOOM); // points are kept in pixels of this zoom, of Web Mercator
  const TOLERANCE_PX = 0.4;
  const NOTHING = "M0 0";

  /* Rings travel as whole hundred-thousandths of a degree, each point as a step from the last. */
  function project(steps) {
    const points = new Int32Array(steps.length);
    let x = 0, y = 0;
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      points[i] = Math.round((x / UNITS / 360 + 0.5) * WORLD);
      points[i + 1] = Math.round((0.5 - Math.log(Math.tan(Math.PI / 4 + y / UNITS * Math.PI / 360)) / (2 * Math.PI)) * WORLD);
    }
    return points;
  }

  /* West, north, east, south of the outer rings, in the same pixels. */
  function extent(polygons) {
    let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
    for (const rings of polygons) {
      for (let i = 0; i < rings[0].length; i += 2) {
        const x = rings[0][i], y = rings[0][i + 1];
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < north) north = y;
        if (y > south) south = y;
      }
    }
    return [west, north, east, south];
  }

  let pen = new Float64Array(8192), kept = new Uint8Array(4096); // reused by each ring

  /* Squared distance of a point of the pen from the line between two others. */
  function apart(at, from, to) {
    let x = pen[2 * from], y = pen[2 * from + 1];
    const dx = pen[2 * to] - x, dy = pen[2 * to + 1] - y, length = dx * dx + dy * dy;
    if (length) {
      const t = Math.min(1, Math.max(0, ((pen[2 * at] - x) * dx + (pen[2 * at + 1] - y) * dy) / length));
      x += t * dx;
      y += t * dy;
    }
    return (pen[2 * at] - x) * (pen[2 * at] - x) + (pen[2 * at + 1] - y) * (pen[2 * at + 1] - y);
  }

  /* Douglas and Peucker: keep what lies farther off the line than the tolerance. */
  function keep(from, to) {
    let farthest = 0, most = TOLERANCE_PX * TOLERANCE_PX;
    for (let i = from + 1; i < to; i++) {
      const d = apart(i, from, to);
      if (d > most) { most = d; farthest = i; }
    }
    if (!farthest) return;
    kept[farthest] = 1;
    keep(from, farthest);
    keep(farthest, to);
  }

  /* A ring in pixels of this zoom, as [x, y, x, y ...], without what is too near to its neighbours to be seen. */
  function simplify(ring, scale, left, top) {
    if (ring.length > pen.length) { pen = new Float64Array(ring.length); kept = new Uint8Array(ring.length / 2); }
    const near = TOLERANCE_PX * TOLERANCE_PX, end = ring.length - 2;
    let count = 0;
    for (let i = 0; i <= end; i += 2) {
      const x = ring[i] * scale - left, y = ring[i + 1] * scale - top;
      if (count && i < end) {
        const dx = x - pen[2 * count - 2], dy = y - pen[2 * count - 1];
        if (dx * dx + dy * dy <= near) continue;
      }
      pen[2 * count] = x;
      pen[2 * count + 1] = y;
      count += 1;
    }
    kept.fill(0, 0, count);
    kept[0] = kept[count - 1] = 1;
    keep(0, count - 1);
    const out = [];
    for (let i = 0; i < count; i++) if (kept[i]) out.push(pen[2 * i], pen[2 * i + 1]);
    return out;
  }

  function clip(L, ring, bounds) {
    const points = [];
    for (let i = 0; i < ring.length; i += 2) points.push(L.point(ring[i], ring[i + 1]));
    const inside = L.PolyUtil.clipPolygon(points, bounds, true), out = [];
    for (const point of inside) out.push(point.x, point.y);
    return out;
  }

  function written(ring) {
    let text = "";
    for (let i = 0; i < ring.length; i += 2) text += (i ? "L" : "M") + Math.round(ring[i]) + " " + Math.round(ring[i + 1]);
    return text + "z";
  }

  /* The class; `polygons` of its objects are as the data has them. */
  function outlines(L) {
    return L.Path.extend({
      initialize: function (polygons, options) {
        L.setOptions(this, options);
        this._steps = polygons;
      },
      beforeAdd: function (map) {
        L.Path.prototype.beforeAdd.call(this, map);
        this._shape();
      },
      /* The same boundary as another level of tiles has it. */
      reshape: function (polygons) {
        this._steps = polygons;
        if (this._polygons) this._shape();
        this._origin = null;
        this._update();
      },
      _shape: function () {
        this._polygons = this._steps.map(function (rings) { return rings.map(project); });
        this._steps = null;
        this._extent = extent(this._polygons);
      },
      /* It is in the drawing while it is `shown`; its painter knows before which other. */
      onAdd: function () {
        this._renderer._initPath(this);
        this.addInteractiveTarget(this._path);
      },
      show: function (before) {
        this.shown = true;
        this._update();
        this._renderer._rootGroup.insertBefore(this._path, before);
      },
      hide: function () {
        this.shown = false;
        this._path.remove();
      },
      _project: function () { /* each drawing projects anew what it needs */ },
      /* What was drawn whole at this zoom stays as it is. */
      _update: function () {
        if (!this.shown) return;
        const origin = this._map.getPixelOrigin(), bounds = this._renderer._bounds;
        if (this._origin === origin && (this._whole || this._bounds === bounds)) return;
        this._origin = origin;
        this._bounds = bounds;
        this._path.setAttribute("d", this._drawn(origin, bounds));
      },
      _drawn: function (origin, bounds) {
        const scale = this._map.getZoomScale(this._map.getZoom(), ZOOM), left = origin.x, top = origin.y;
        const own = L.bounds(
          [this._extent[0] * scale - left, this._extent[1] * scale - top], [this._extent[2] * scale - left, this._extent[3] * scale - top]);
        this._whole = bounds.contains(own);
        if (!this._whole && !bounds.intersects(own)) return NOTHING;
        let text = "";
        for (const rings of this._polygons) {
          for (const ring of rings) {
            let points = simplify(ring, scale, left, top);
            if (!this._whole) points = clip(L, points, bounds);
            if (points.length > 4) text += written(points);
          }
        }
        return text || NOTHING;
      },
    });
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.outlines = outlines;
})(typeof window !== "undefined" ? window : globalThis);
