/* Place of a map, with a map that only counts: what is asked of it, and what it says it did. */
const { read, written } = MapsAtlas.place;

function invented(width) {
  const heard = {};
  function size(x) { return { x: x, y: x && 600, equals: function (other) { return other.x === x; } }; }
  const map = {
    zoom: 8, at: { lat: 40, lng: 46 }, options: {}, size: size(width), next: width,
    on: function (names, f) { for (const name of names.split(" ")) (heard[name] = heard[name] || []).push(f); },
    fire: function (name) { for (const f of heard[name] || []) f(); },
    getSize: function () { return map.size; },
    invalidateSize: function () { map.size = size(map.next); },
    getZoom: function () { return map.zoom; },
    getCenter: function () { return map.at; },
    getBoundsZoom: function () { return map.size.x / 100; },
    panInsideBounds: function () {},
    fitBounds: function () { map.setView([40, 46], map.getBoundsZoom()); },
    setView: function (at, zoom) { map.at = at.lat ? at : { lat: at[0], lng: at[1] }; map.zoom = zoom; map.fire("moveend"); },
  };
  return map;
}
const WHOLE = { getWest: function () { return 44; }, getEast: function () { return 48; } };
function opened(width) {
  const map = invented(width === undefined ? 800 : width);
  let told = 0;
  const place = MapsAtlas.place(map, WHOLE, null, function () { told += 1; });
  function resize(to) { map.next = to; place.resize(); }
  return { map: map, place: place, resize: resize, told: function () { return told; } };
}

test("a place is read as it is written", function () {
  same(read("8.25/39.9/46.75"), { zoom: 8.25, lat: 39.9, lon: 46.75 });
  same(written(8.25, 39.9, 46.75), "8.25/39.9/46.75");
  same(read("9/-0.5/-22"), { zoom: 9, lat: -0.5, lon: -22 });
});

test("an atlas across 180 degrees goes on past them, addresses do not", function () {
  const across = [160, -30, 200, 0], { lonNear, boxRead, boxWritten } = MapsAtlas.place;
  same([lonNear(-175, across), lonNear(175, across), lonNear(-175, [40, 0, 50, 9])], [185, 175, -175]);
  same(written(4, -17, 185), "4/-17/-175");
  same(boxRead([170, -30, -170, 0], across), [170, -30, 190, 0]);
  same(boxWritten([170, -30, 190, 0]), [170, -30, -170, 0]);
  same(boxWritten([-20, -80, 340, 80]), [-180, -80, 180, 80]);
});

test("what is no place is null", function () {
  for (const text of ["", "here", "8/40", "21/40/46", "8/86/46", "8/40/181", "8/40/46/1", null, undefined]) same(read(text), null, String(text));
});

test("digits nobody sees are not written", function () {
  same(written(8.254999, 39.123456, 46.999999), "8.25/39.1235/47");
});

test("a map that has not been moved has no place", function () {
  same(opened().place.text, "");
});

test("where the reader moves it, the map says", function () {
  const o = opened();
  o.map.setView([39.5, 46.5], 9);
  same([o.place.text, o.told()], ["9/39.5/46.5", 1]);
});

test("a move that was led is no place of the reader's", function () {
  const o = opened();
  o.place.lead(function () { o.map.setView([39.5, 46.5], 9); });
  same(o.place.text, "");
  o.map.setView([39, 46], 9);
  same(o.place.text, "9/39/46");
});

test("a place the reader chose is followed where the map leads on", function () {
  const o = opened();
  o.map.setView([39.5, 46.5], 9);
  o.place.lead(function () { o.map.setView([39.6, 46.5], 9); });
  same(o.place.text, "9/39.6/46.5");
});

test("a move that takes its time is led until the map rests", function () {
  const o = opened();
  o.place.lead(function (slowly) { return slowly; });
  o.resize(800);
  o.map.setView([39.6, 46.5], 8);
  same(o.place.text, "");
});

test("a map without a size says nothing and goes where it was led once it has one", function () {
  const o = opened(0);
  o.place.home();
  o.place.go("9/39.5/46.5");
  same([o.told(), o.place.box(), o.place.text], [0, null, "9/39.5/46.5"]);
  o.resize(800);
  same([o.map.zoom, o.map.at.lat, o.place.text], [9, 39.5, "9/39.5/46.5"]);
});

test("a map that is led on before it has a size does both", function () {
  const o = opened(0);
  o.place.home();
  o.place.lead(function () { o.map.setView([39.5, 46.5], o.map.zoom); });
  o.resize(800);
  same([o.map.zoom, o.map.at.lat, o.place.text], [8, 39.5, ""]);
});

test("a frame that grows shows the whole again, until the reader has moved the map", function () {
  const o = opened(200);
  o.place.home();
  o.resize(900);
  same([o.map.zoom, o.place.text], [9, ""]);
  o.map.setView([39.5, 46.5], 9.5);
  o.resize(800);
  same([o.map.zoom, o.place.text], [9.5, "9.5/39.5/46.5"]);
});

test("the whole is shrunk by no more than half a zoom level, whatever the size", function () {
  const o = opened(0);
  for (const width of [800, 600]) {
    o.resize(width);
    same(o.map.options.minZoom, width / 100 - 0.5);
  }
});

test("a place is within the reach or not", function () {
  const reach = [44, 38, 49, 41];
  for (const [text, is] of [["8/40/46", true], ["8/41/49", true], ["4.5/20.3/86.3", false], ["8/40/-46", false]]) {
    same(MapsAtlas.place.within(read(text), reach), is, text);
  }
});

test("going to a place makes it the reader's, going to none shows the whole", function () {
  const o = opened();
  o.place.go("9/39.5/46.5");
  same([o.map.zoom, o.place.text], [9, "9/39.5/46.5"]);
  o.place.go("");
  same([o.map.zoom, o.place.text], [8, ""]);
});

test("a map led elsewhere forgets the place", function () {
  const o = opened();
  o.map.setView([39.5, 46.5], 9);
  o.place.leadTo(function () { o.map.setView([40.5, 46.5], 7); });
  same(o.place.text, "");
});
