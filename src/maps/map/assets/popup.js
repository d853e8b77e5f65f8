/* A card that tells what is at a place. It stands above the place, below or beside it, where
 * there is room, over the buttons of the map and always whole: the map never moves for it. */
(function (root) {
  "use strict";

  const EDGE = 10, GAP = 16, TIP = 40; // the tip's box is TIP × TIP / 2, as Leaflet draws it
  const BUTTONS = 54; // the column of those that zoom
  const WIDEST = 340, HIGHEST = 400, PADDING = 34, LOW = 280;
  const NARROW = 420, LEAST = 120; // on a narrow map half of it stays in sight

  /* The room of a card: beside the buttons, and below the switches where that leaves enough. */
  function roomOf(map) {
    const size = map.getSize(), switches = map.getContainer().querySelector(".leaflet-top.leaflet-left");
    const top = switches.offsetHeight + EDGE;
    return { left: EDGE, top: size.y - top < LOW ? EDGE : top, right: size.x - EDGE - BUTTONS, bottom: size.y - EDGE };
  }

  function clamp(value, least, most) {
    return Math.max(least, Math.min(value, most));
  }

  /* Where a card of a size goes: its corner, and the middle and turn of its tip, null for none. */
  function spot(at, size, room) {
    const left = clamp(at.x - size.x / 2, room.left, room.right - size.x);
    const top = clamp(at.y - size.y / 2, room.top, room.bottom - size.y);
    const x = at.x - left, y = at.y - top;
    const offered = [
      { left: left, top: at.y - GAP - size.y, tip: [x, size.y + TIP / 4 - 1, 0] },
      { left: left, top: at.y + GAP, tip: [x, 1 - TIP / 4, 180] },
      { left: at.x + GAP, top: top, tip: [1 - TIP / 4, y, 90] },
      { left: at.x - GAP - size.x, top: top, tip: [size.x + TIP / 4 - 1, y, -90] },
    ];
    const fitting = offered.find(function (each) {
      const along = each.tip[2] % 180 ? [y, size.y] : [x, size.x];
      return each.left >= room.left && each.top >= room.top && each.left + size.x <= room.right && each.top + size.y <= room.bottom &&
        along[0] >= TIP / 2 && along[0] <= along[1] - TIP / 2;
    });
    return fitting || { left: left, top: clamp(at.y - GAP - size.y, room.top, room.bottom - size.y), tip: null };
  }

  /* anchor: gives what the card points at, from the corner of the map; null for nothing on it. */
  function popup(L, map, anchor) {
    if (!map.getPane("macards")) map.createPane("macards", map.getContainer()).style.zIndex = 1100;
    const Card = L.Popup.extend({
      options: { pane: "macards", autoPan: false, className: "ma-popup" },
      getEvents: function () {
        return Object.assign(L.Popup.prototype.getEvents.call(this), { move: this._updatePosition, resize: this.update });
      },
      _animateZoom: function () {},
      _updateLayout: function () {
        const room = roomOf(map);
        this.options.maxWidth = Math.max(EDGE, Math.min(WIDEST, room.right - room.left - PADDING));
        this.options.minWidth = Math.min(300, this.options.maxWidth);
        const size = map.getSize(), most = size.x > NARROW ? HIGHEST : Math.max(LEAST, size.y / 2 - PADDING);
        this.options.maxHeight = Math.max(EDGE, Math.min(most, room.bottom - room.top - PADDING));
        L.Popup.prototype._updateLayout.call(this);
      },
      _updatePosition: function () {
        if (!this._map) return;
        const box = this._container, tip = this._tipContainer.style, room = roomOf(map);
        const size = L.point(box.offsetWidth, box.offsetHeight), at = anchor();
        const found = at ? spot(at, size, room) : { left: room.right - size.x, top: room.top, tip: null };
        box.style.left = Math.round(found.left) + "px";
        box.style.top = Math.round(found.top) + "px";
        tip.display = found.tip ? "" : "none";
        if (!found.tip) return;
        tip.left = found.tip[0] - TIP / 2 + "px";
        tip.top = found.tip[1] - TIP / 4 + "px";
        tip.transform = "rotate(" + found.tip[2] + "deg)";
      },
    });
    return new Card().setLatLng(map.getCenter());
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.popup = popup;
  root.MapsAtlas.popup.spot = spot;
})(typeof window !== "undefined" ? window : globalThis);
