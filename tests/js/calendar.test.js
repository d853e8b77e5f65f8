/* A calendar of 1923 and 1924. */
const FIRST = 701996; // `date(1923, 1, 1).toordinal()`
const names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const words = {};
names.forEach(function (name, i) { words[name.toLowerCase()] = words[name.slice(0, 3).toLowerCase()] = i + 1; });
const spec = {
  first: FIRST, last: FIRST + 730, names: names, short: names.map(function (n) { return n.slice(0, 3); }), format: "{day} {month} {year}",
  words: words, letters: {},
  before: "{day} {month} {year} BCE", yearBefore: "{year} BCE", eras: String.raw`\b(\d{1,4})\s*bce|(?!)()()()`,
};
const calendar = MapsAtlas.calendar(spec);

test("the first and the last day are those sent", function () {
  same([calendar.first, calendar.last], [FIRST, FIRST + 730]);
});

test("a day number becomes year, month and day", function () {
  same(calendar.parts(FIRST - 1 + 1), { year: 1923, month: 1, day: 1 });
  same(calendar.parts(FIRST - 1 + 59), { year: 1923, month: 2, day: 28 });
  same(calendar.parts(FIRST - 1 + 60), { year: 1923, month: 3, day: 1 });
  same(calendar.parts(FIRST - 1 + 365 + 60), { year: 1924, month: 2, day: 29 });
  same(calendar.parts(FIRST - 1 + 731), { year: 1924, month: 12, day: 31 });
});

test("every day goes to its parts and back", function () {
  for (let day = calendar.first; day <= calendar.last; day++) {
    const p = calendar.parts(day);
    same(calendar.dayOf(p.year, p.month, p.day), day);
  }
});

test("a day that is not in the calendar is null", function () {
  same(calendar.dayOf(1923, 2, 29), null);
  same(calendar.dayOf(1923, 13, 1), null);
  same(calendar.dayOf(1923, 4, 0), null);
  same(calendar.dayOf(1922, 12, 31), null);
  same(calendar.dayOf(1925, 1, 1), null);
});

test("a typed day, month or year leads to its first day", function () {
  const seventh = calendar.dayOf(1923, 7, 7);
  for (const text of ["1923-07-07", "7 July 1923", "Jul 7, 1923", " 7.7.1923 ", "07/07/1923"]) same(calendar.parse(text), { day: seventh, other: null }, text);
  same(calendar.parse("1923"), { day: FIRST, other: null });
  same(calendar.parse("July 1923"), { day: calendar.dayOf(1923, 7, 1), other: null });
});

test("a day that can be read two ways comes with the other way", function () {
  same(calendar.parse("5/7/1923"), { day: calendar.dayOf(1923, 7, 5), other: "7 May 1923" });
});

test("a date outside the atlas has no day, a typed text that is no date is null", function () {
  for (const text of ["1922", "31 July 1922", "1925-01-01", "1899/1900"]) same(calendar.parse(text), { day: null, other: null }, text);
  for (const text of ["", "soon", "1923-02-30", "31.4.1924", "31 Apr 1922", "1923-07-07x"]) same(calendar.parse(text), null, text);
});

test("a year that begins before the atlas leads to the first day of the atlas", function () {
  const late = MapsAtlas.calendar(Object.assign({}, spec, { first: FIRST + 99, last: FIRST + 699 }));
  same([late.first, late.last], [FIRST + 99, FIRST + 699]);
  same(late.parse("1923"), { day: FIRST + 99, other: null });
  same(late.parse("1924"), { day: FIRST + 365, other: null });
  same(late.parse("1900/1930"), { day: FIRST + 99, other: null });
  same(late.parse("1 Jan 1923").day, null);
});

test("before the year 1 days go on below 1, and years are written with their era", function () {
  // 15 March of the year -43 is `Date(-43, 3, 15)`, in Python.
  const old = MapsAtlas.calendar(Object.assign({}, spec, { first: -4000 * 366, last: 20 * 366 }));
  for (let day = old.first; day <= old.last; day += 13) {
    const p = old.parts(day);
    same(old.dayOf(p.year, p.month, p.day), day);
  }
  const ides = old.dayOf(-43, 3, 15);
  same([ides, old.iso(ides), old.format(ides)], [-15997, "-0043-03-15", "15 March 44 BCE"]);
  same([old.iso(0), old.yearLabel(0), old.yearLabel(-43), old.yearLabel(7)], ["0000-12-31", "1 BCE", "44 BCE", "7"]);
  same([old.parse("44 BCE").day, old.parse("-0043").day], [old.dayOf(-43, 1, 1), old.dayOf(-43, 1, 1)]);
  same(old.dayOf(-100, 2, 29), null);
  same(old.parts(old.dayOf(-4, 2, 29)), { year: -4, month: 2, day: 29 });
});

test("days are written in words and as ISO", function () {
  same(calendar.format(calendar.dayOf(1923, 7, 7)), "7 July 1923");
  same(calendar.iso(calendar.dayOf(1923, 7, 7)), "1923-07-07");
  same(calendar.monthLabel(FIRST + 40), "Feb");
});

test("a year on from 29 February is 28 February", function () {
  const leap = calendar.dayOf(1924, 2, 29);
  same(calendar.sameDayOtherYear(leap, -1), calendar.dayOf(1923, 2, 28));
  same(calendar.sameDayOtherYear(leap, 1), null);
});
