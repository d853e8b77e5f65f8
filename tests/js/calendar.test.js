/* A calendar of 1923 and 1924: day 1 is 1 January 1923, so 1 January 1924 is day 366
 * and, 1924 being a leap year, the last day is 365 + 366 = 731. */
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const months = lengths.reduce(function (days, length) { return days.concat(days[days.length - 1] + length); }, [1]);
const names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const calendar = MapsAtlas.calendar({
  months: months, year: 1923, names: names, short: names.map(function (n) { return n.slice(0, 3); }), format: "{day} {month} {year}",
});

test("the first and the last day are those of the months sent", function () {
  same([calendar.first, calendar.last], [1, 731]);
});

test("a day number becomes year, month and day", function () {
  same(calendar.parts(1), { year: 1923, month: 1, day: 1 });
  same(calendar.parts(59), { year: 1923, month: 2, day: 28 });
  same(calendar.parts(60), { year: 1923, month: 3, day: 1 });
  same(calendar.parts(365 + 60), { year: 1924, month: 2, day: 29 });
  same(calendar.parts(731), { year: 1924, month: 12, day: 31 });
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

test("a typed day is read in each of the forms on offer", function () {
  const seventh = calendar.dayOf(1923, 7, 7);
  for (const text of ["1923-07-07", "1923-7-7", " 1923-07-07 ", "7.7.1923", "07/07/1923"]) same(calendar.parse(text), seventh, text);
  same(calendar.parse("1923"), 1);
  same(calendar.parse("1923-07"), calendar.dayOf(1923, 7, 1));
});

test("a typed text that is no day of the calendar is null", function () {
  for (const text of ["", "soon", "1923-02-30", "1923-13-01", "31.4.1924", "1899-01-01", "1923-07-07x"]) same(calendar.parse(text), null, text);
});

test("days are written in words and as ISO", function () {
  same(calendar.format(calendar.dayOf(1923, 7, 7)), "7 July 1923");
  same(calendar.iso(calendar.dayOf(1923, 7, 7)), "1923-07-07");
  same(calendar.monthLabel(40), "Feb");
});

test("a year on from 29 February is 28 February", function () {
  const leap = calendar.dayOf(1924, 2, 29);
  same(calendar.sameDayOtherYear(leap, -1), calendar.dayOf(1923, 2, 28));
  same(calendar.sameDayOtherYear(leap, 1), null);
});
