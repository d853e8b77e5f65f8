/* The controller over a calendar of 1000 days in 10 years of 100 days: every number can be read by eye. */
function fakeCalendar() {
  return {
    first: 0, last: 999,
    parts: function (day) { return { year: Math.floor(day / 100), month: 1, day: day % 100 }; },
    ofEra: Math.abs, yearLabel: String, yearStart: function (year) { return year >= 0 && year < 10 ? year * 100 : null; },
    dayOf: function () { return null; },
    sameDayOtherYear: function (day, step) { const to = day + step * 100; return to < 0 || to > 999 ? null : to; },
  };
}

function fixture() {
  const waiting = [];
  const clock = { after: function (ms, f) { waiting.push([ms, f]); return waiting.length; }, clear: function () { waiting.length = 0; } };
  const stops = { changes: [100, 400, 401, 900], events: [50, 400] };
  const control = MapsAtlas.time.controller(fakeCalendar(), function () { return stops; }, clock);
  const heard = [];
  for (const kind of ["input", "change", "view", "play"]) control.on(kind, function (state) { heard.push(kind + state.day); });
  return { control: control, heard: heard, waiting: waiting, stops: stops };
}

test("dragging is heard at every step and resting once", function () {
  const f = fixture();
  f.control.set(10, false);
  f.control.set(11, false);
  f.control.set(11);
  same(f.heard, ["input10", "input11", "change11"]);
});

test("a day beyond either end stops at the end", function () {
  const f = fixture();
  f.control.set(5000);
  same(f.control.state.day, 999);
  f.control.set(-3);
  same(f.control.state.day, 0);
});

test("the same day twice paints once", function () {
  const f = fixture();
  f.control.set(7, false);
  f.control.set(7.2, false);
  same(f.heard, ["input7"]);
});

test("stepping goes to the next and the previous change, never staying", function () {
  const f = fixture();
  f.control.set(400);
  same(f.control.step("changes", 1), true);
  same(f.control.state.day, 401);
  f.control.step("changes", -1);
  f.control.step("changes", -1);
  same(f.control.state.day, 100);
  same(f.control.step("changes", -1), false, "before the first change there is none");
  same(f.control.state.day, 100);
});

test("stepping by event, by year and to the edges", function () {
  const f = fixture();
  f.control.step("events", 1);
  same(f.control.state.day, 50);
  f.control.step("year", 1);
  same(f.control.state.day, 150);
  f.control.step("edge", 1);
  same(f.control.state.day, 999);
  same(f.control.step("year", 1), false);
  f.control.step("edge", -1);
  same(f.control.state.day, 0);
});

test("a step moves the stretch of the axis in view along", function () {
  const f = fixture();
  f.control.setView(0, 100);
  f.control.set(90);
  f.control.step("changes", 1);
  f.control.step("changes", 1);
  same(f.control.state.day, 400);
  same(f.control.state.view, [350, 450]);
});

test("zooming keeps the day under the pointer in place and the view inside the atlas", function () {
  const f = fixture();
  f.control.zoom(0.5, 200);
  same(f.control.state.view, [100, 600]);
  f.control.zoom(100, 200);
  same(f.control.state.view, [0, 1000]);
  f.control.zoom(0.00001, 500);
  same(f.control.state.view[1] - f.control.state.view[0], 45, "45 days is the closest view");
});

test("playing goes from change to change and ends after the last", function () {
  const f = fixture();
  f.control.set(300);
  f.control.speed(2);
  f.control.play();
  same(f.waiting[0][0], 800, "1600 ms at speed 2");
  const days = [];
  while (f.waiting.length && days.length < 20) {
    f.waiting.shift()[1]();
    days.push(f.control.state.day);
  }
  same(days, [400, 401, 900, 900]);
  same(f.control.state.playing, false);
});

test("pausing stops where it stands", function () {
  const f = fixture();
  f.control.play();
  f.control.play();
  same([f.control.state.playing, f.waiting.length, f.heard[f.heard.length - 1]], [false, 0, "change0"]);
});

test("playing from after the last change starts again at the first day", function () {
  const f = fixture();
  f.control.set(950);
  f.control.play();
  same(f.control.state.day, 0);
});

test("neighbour and lastAt look on both sides of an edge", function () {
  const days = [100, 400];
  same([MapsAtlas.time.neighbour(days, 100, 1), MapsAtlas.time.neighbour(days, 100, -1)], [400, null]);
  same([99, 100, 399, 400].map(function (day) { return MapsAtlas.time.lastAt(days, day); }), [-1, 0, 0, 1]);
  same(MapsAtlas.time.lastAt([], 5), -1);
});

test("years are labelled as far apart as their labels need", function () {
  const wide = MapsAtlas.time.ticks(fakeCalendar(), [0, 1000], 1000);
  same(wide.map(function (t) { return t.label; }), ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  const narrow = MapsAtlas.time.ticks(fakeCalendar(), [0, 1000], 70);
  same(narrow.filter(function (t) { return t.label; }).map(function (t) { return t.label; }), ["0", "2", "4", "6", "8"]);
});
