/* Place of a map, with a map that only counts: what is asked of it, and what it says it did. */
const { read, written } = MapsAtlas.place;

function invented() {
  const heard = {};
  const map = {
    zoom: 8, at: { lat: 40, lng: 46 },
    on: function (names, f) { for (const name of names.split(" ")) (heard[name] = heard[name] || []).push(f); },
    fire: function (name) { for (const f of heard[name] || []) f(); },
    getSize: function () { return { x: 800, y: 600 }; },
    getZoom: function () { return map.zoom; },
    getCenter: function () { return map.at; },
    setView: function (at, zoom) { map.at = { lat: at[0], lng: at[1] }; map.zoom = zoom; map.fire("moveend"); },
  };
  return map;
}
function opened() {
  const map = invented();
  let told = 0;
  const place = MapsAtlas.place(map, function () { map.setView([40, 46], 8); }, function () { told += 1; });
  return { map: map, place: place, told: function () { return told; } };
}

test("a place is read as it is written", function () {
  same(read("8.25/39.9/46.75"), { zoom: 8.25, lat: 39.9, lon: 46.75 });
  same(written(8.25, 39.9, 46.75), "8.25/39.9/46.75");
  same(read("9/-0.5/-22"), { zoom: 9, lat: -0.5, lon: -22 });
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
  o.map.fire("autopanstart");
  o.map.setView([39.6, 46.5], 9);
  same(o.place.text, "9/39.6/46.5");
});

test("what ends at once leaves a led move that is under way led", function () {
  const o = opened();
  o.map.fire("autopanstart");
  o.place.leadAtOnce(function () {});
  o.map.setView([39.6, 46.5], 8);
  same(o.place.text, "");
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
  o.place.forget();
  o.place.lead(function () { o.map.setView([40.5, 46.5], 7); });
  same(o.place.text, "");
});
