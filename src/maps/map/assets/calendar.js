/* Days are whole numbers (proleptic Gregorian ordinals) counted in Python, which
 * also sends the first day of every month: nothing here, or in any other script
 * of the map, parses a date with the browser, whose time zones shift days and
 * whose old plug-ins lose everything before 1970. */
(function (root) {
  "use strict";

  /* What a person writes is read by the rules of `maps.asked.read_date`, where they are
   * explained; `tests/fixtures/written_dates.json` holds both to one table. Days are [year, month, day]. */
  function fold(text, letters) {
    const lower = text.toLowerCase().normalize("NFKD");
    return Array.from(lower, function (c) { return c in letters ? letters[c] : c; }).join("")
      .replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
  }

  /* A folded text as {first, last, other}, each null where open; null where it is no date. */
  function written(text, words) {
    const alone = single(text, words);
    if (alone !== undefined) return alone;
    for (const sign of [" - ", "/", "-"]) {
      const sides = text.split(sign).map(function (side) { return side.trim(); });
      const open = sides.map(function (side) { return sign === "/" && (side === "" || side === ".."); });
      if (sides.length !== 2 || (open[0] && open[1])) continue;
      const read = sides.map(function (side, i) { return open[i] ? { first: null, last: null, other: null } : single(side, words); });
      if (read.includes(null)) return null;
      if (read.every(function (side) { return side && !side.other; })) return interval(read[0].first, read[1].last);
    }
    return null;
  }

  function interval(first, last) {
    const ends = first && last ? last.map(function (n, i) { return n - first[i]; }).find(Boolean) || 0 : 0;
    return ends < 0 ? null : { first: first, last: last, other: null };
  }

  /* undefined where the form is another, null where the calendar has no such day. */
  function single(text, words) {
    const cleaned = text.replace(/[ ?~%]+$/, ""), word = /[0-9]+|\p{L}+/gu;
    const parts = cleaned.match(word) || [], between = cleaned.split(word).map(function (sign) { return sign.trim(); });
    const numbers = parts.filter(function (part) { return /[0-9]/.test(part); });
    const names = parts.filter(function (part) { return !/[0-9]/.test(part); });
    if (between[0] || /[^.,\-/()]/.test(between.join(""))) return undefined;
    if (!names.every(function (name) { return Object.hasOwn(words, name); })) return undefined;
    const months = names.map(function (name) { return words[name]; }).filter(Boolean);
    if (names.length && (months.length || numbers.length === 1)) return inWords(numbers, months);
    return names.length ? undefined : inNumbers(numbers, between);
  }

  function inWords(numbers, months) {
    const years = numbers.filter(function (n) { return n.length === 4; }), days = numbers.filter(function (n) { return n.length <= 2; });
    if (years.length !== 1 || years.length + days.length !== numbers.length) return undefined;
    if (days.length > 1 || months.length > 1 || (days.length && !months.length)) return undefined;
    return daysOf(years[0], months[0], days[0]);
  }

  function inNumbers(n, between) {
    const signs = new Set(between.slice(1, -1)), end = between[between.length - 1];
    if (signs.size > 1 || signs.has(",") || (end !== "" && end !== ".")) return undefined;
    const form = n.map(function (each) { return each.length === 4 ? "y" : each.length <= 2 ? "n" : each.length; }).join("");
    if (form === "8") return daysOf(n[0].slice(0, 4), n[0].slice(4, 6), n[0].slice(6));
    if (form === "y" || form === "yn" || form === "ynn") return daysOf(n[0], n[1], n[2]);
    if (form === "ny") return daysOf(n[1], n[0]);
    if (form !== "nny") return undefined;
    if (signs.has(".") || +n[0] === +n[1] || +n[0] > 12) return daysOf(n[2], n[1], n[0]);
    if (+n[1] > 12) return daysOf(n[2], n[0], n[1]);
    const taken = daysOf(n[2], n[1], n[0]), other = daysOf(n[2], n[0], n[1]);
    return taken && other && { first: taken.first, last: taken.last, other: other.first };
  }

  function daysOf(year, month, day) {
    const y = +year, m = month === undefined ? 1 : +month, d = day === undefined ? 1 : +day;
    const until = month === undefined ? 12 : m;
    if (y < 1 || y > 9998 || m < 1 || m > 12 || d < 1 || d > monthLength(y, m)) return null;
    return { first: [y, m, d], last: day === undefined ? [y, until, monthLength(y, until)] : [y, m, d], other: null };
  }

  function monthLength(year, month) {
    if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
    return [4, 6, 9, 11].includes(month) ? 30 : 31;
  }

  /* spec: {months: [day number of each month's first day, one more than needed],
   *        year: first year, names: [12], short: [12], format: "{day} {month} {year}",
   *        first, last: of the atlas, as day numbers, without them those of its years,
   *        words: {a month's name or another word of a date: 1 to 12 or 0}, letters: {as typed: as compared}} */
  function calendar(spec) {
    const months = spec.months;
    const last = months.length - 2;
    const firstDay = spec.first || months[0], lastDay = spec.last || months[last + 1] - 1;

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

    /* A day as a number; before and after the months that were sent, without end. */
    function numbered(ymd) {
      const day = dayOf(ymd[0], ymd[1], ymd[2]);
      return day !== null ? day : ymd[0] < spec.year ? -Infinity : Infinity;
    }

    function words(ymd) {
      return spec.format.replace("{day}", ymd[2]).replace("{month}", spec.names[ymd[1] - 1]).replace("{year}", ymd[0]);
    }

    function pad(number) {
      return String(number).padStart(2, "0");
    }

    return {
      first: firstDay,
      last: lastDay,
      parts: parts,
      dayOf: dayOf,
      iso: function (day) {
        const p = parts(day);
        return p.year + "-" + pad(p.month) + "-" + pad(p.day);
      },
      format: function (day) {
        const p = parts(day);
        return words([p.year, p.month, p.day]);
      },
      monthLabel: function (day) {
        return spec.short[parts(day).month - 1];
      },
      read: function (text) { return written(fold(text, spec.letters), spec.words); },
      /* A typed date as {day: its first day in the atlas, null outside, other: the day it may be as
       * well, in words}; null where the text is no date. */
      parse: function (text) {
        const read = written(fold(text, spec.letters), spec.words);
        if (!read) return null;
        const from = read.first ? numbered(read.first) : firstDay, to = read.last ? numbered(read.last) : lastDay;
        return {
          day: from <= lastDay && to >= firstDay ? Math.max(from, firstDay) : null,
          other: read.other && words(read.other),
        };
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
