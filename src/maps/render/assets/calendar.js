/* Days are whole numbers (proleptic Gregorian ordinals) counted in Python, which
 * also sends the first day of every month: nothing here, or in any other script
 * of the map, parses a date with the browser, whose time zones shift days and
 * whose old plug-ins lose everything before 1970. */
(function (root) {
  "use strict";

  /* spec: {months: [day number of each month's first day, one more than needed],
   *        year: first year, names: [12], short: [12], format: "{day} {month} {year}"} */
  function calendar(spec) {
    const months = spec.months;
    const last = months.length - 2;

    function monthIndex(day) {
      let low = 0, high = last;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (months[middle] <= day) low = middle; else high = middle - 1;
      }
      return low;
    }

    function parts(day) {
      const index = monthIndex(day);
      return {
        year: spec.year + Math.floor(index / 12),
        month: index % 12 + 1,
        day: day - months[index] + 1,
      };
    }

    function dayOf(year, month, day) {
      const index = (year - spec.year) * 12 + month - 1;
      if (index < 0 || index > last || month < 1 || month > 12) return null;
      const number = months[index] + day - 1;
      return day >= 1 && number < months[index + 1] ? number : null;
    }

    function pad(number) {
      return String(number).padStart(2, "0");
    }

    return {
      first: months[0],
      last: months[last + 1] - 1,
      parts: parts,
      dayOf: dayOf,
      iso: function (day) {
        const p = parts(day);
        return p.year + "-" + pad(p.month) + "-" + pad(p.day);
      },
      format: function (day) {
        const p = parts(day);
        return spec.format.replace("{day}", p.day).replace("{month}", spec.names[p.month - 1])
          .replace("{year}", p.year);
      },
      monthLabel: function (day) {
        return spec.short[parts(day).month - 1];
      },
      /* "1923", "1923-07", "1923-07-07", "7.7.1923" or "7/7/1923" (day first); null where none fits. */
      parse: function (text) {
        const iso = /^\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\s*$/.exec(text);
        if (iso) return dayOf(+iso[1], +(iso[2] || 1), +(iso[3] || 1));
        const local = /^\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\s*$/.exec(text);
        return local ? dayOf(+local[3], +local[2], +local[1]) : null;
      },
      yearStart: function (year) {
        return dayOf(year, 1, 1);
      },
      sameDayOtherYear: function (day, step) {
        const p = parts(day);
        return dayOf(p.year + step, p.month, p.day) || dayOf(p.year + step, p.month, 28);
      },
    };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.calendar = calendar;
})(typeof window !== "undefined" ? window : globalThis);
