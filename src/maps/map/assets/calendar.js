/* Days are whole numbers (proleptic Gregorian ordinals), as in Python: nothing here, or
 * in any other script of the map, parses a date with the browser, whose time zones shift
 * days and whose old plug-ins lose everything before 1970. Years are counted as there,
 * too: 0 is 1 BCE, -43 is 44 BCE. */
(function (root) {
  "use strict";

  /* What a person writes is read by the rules of `maps.asked.read_date`, where they are
   * explained; `tests/fixtures/written_dates.json` holds both to one table. Days are [year, month, day]. */
  function fold(text, letters) {
    const lower = text.toLowerCase().normalize("NFKD");
    return Array.from(lower, function (c) { return c in letters ? letters[c] : c; }).join("")
      .replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
  }

  /* Years with their era beside them as four digits, those before the year 1 with a sign
   * that no folded text has: as `maps.words.asked._years_of_four_digits`. */
  const BEFORE = "−";

  function yearsOfFourDigits(text, eras) {
    const before = function (year) { return BEFORE + pad(year - 1, 4); };
    return text.replace(/(^|\/ ?|- )-(?=\d{4}\b)/g, "$1" + BEFORE)
      .replace(new RegExp(eras, "gu"), function (all, b, alsoB, a, alsoA) { return b || alsoB ? before(b || alsoB) : pad(a || alsoA, 4); })
      .replace(/^(\d{1,4}) ?[-/] ?(−\d{4})$/, function (all, from, to) { return before(from) + "/" + to; });
  }

  function pad(number, digits) {
    return String(number).padStart(digits, "0");
  }

  /* A folded text as {first, last, other}, each null where open; null where it is no date. */
  function written(folded, words, eras) {
    const text = eras ? yearsOfFourDigits(folded, eras) : folded;
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
    const cleaned = text.replace(/[ ?~%]+$/, ""), word = /−?[0-9]+|\p{L}+/gu;
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
    const years = numbers.filter(isYear), days = numbers.filter(function (n) { return n.length <= 2; });
    if (years.length !== 1 || years.length + days.length !== numbers.length) return undefined;
    if (days.length > 1 || months.length > 1 || (days.length && !months.length)) return undefined;
    return daysOf(years[0], months[0], days[0]);
  }

  function isYear(number) {
    return number.replace(BEFORE, "").length === 4;
  }

  function inNumbers(n, between) {
    const signs = new Set(between.slice(1, -1)), end = between[between.length - 1];
    if (signs.size > 1 || signs.has(",") || (end !== "" && end !== ".")) return undefined;
    const form = n.map(function (each) { return isYear(each) ? "y" : each.length <= 2 ? "n" : each.length; }).join("");
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
    const y = +year.replace(BEFORE, "-"), m = month === undefined ? 1 : +month, d = day === undefined ? 1 : +day;
    const until = month === undefined ? 12 : m;
    if (m < 1 || m > 12 || d < 1 || d > monthLength(y, m)) return null;
    return { first: [y, m, d], last: day === undefined ? [y, until, monthLength(y, until)] : [y, m, d], other: null };
  }

  function monthLength(year, month) {
    if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
    return [4, 6, 9, 11].includes(month) ? 30 : 31;
  }

  /* Years are counted from March, so that the leap day is the last of them, in cycles
   * of 400 years (Hinnant, "chrono-compatible low-level date algorithms"). */
  const CYCLE = 146097;

  function ordinal(year, month, day) {
    const y = month > 2 ? year : year - 1;
    const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day;
    return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + inYear - 306;
  }

  function parts(number) {
    const cycle = Math.floor((number + 305) / CYCLE), day = number + 305 - cycle * CYCLE;
    const y = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36524) - Math.floor(day / 146096)) / 365);
    const inYear = day - (365 * y + Math.floor(y / 4) - Math.floor(y / 100)), m = Math.floor((5 * inYear + 2) / 153);
    const month = m < 10 ? m + 3 : m - 9;
    return { year: y + cycle * 400 + (month < 3 ? 1 : 0), month: month, day: inYear - Math.floor((153 * m + 2) / 5) + 1 };
  }

  /* spec: {first, last: of the atlas, as day numbers, names: [12], short: [12],
   *        format: "{day} {month} {year}", before: the same of a year before the year 1,
   *        yearBefore: "{year} BCE", eras: a regular expression of years with their era,
   *        words: {a month's name or another word of a date: 1 to 12 or 0}, letters: {as typed: as compared}} */
  function calendar(spec) {
    const firstDay = spec.first, lastDay = spec.last;
    const firstYear = parts(firstDay).year, lastYear = parts(lastDay).year;

    /* null where the calendar has no such day, or the atlas nothing of its year. */
    function dayOf(year, month, day) {
      if (year < firstYear || year > lastYear || month < 1 || month > 12) return null;
      return day >= 1 && day <= monthLength(year, month) ? ordinal(year, month, day) : null;
    }

    function ofEra(year) {
      return year > 0 ? year : 1 - year;
    }

    function words(ymd) {
      const form = ymd[0] > 0 ? spec.format : spec.before;
      return form.replace("{day}", ymd[2]).replace("{month}", spec.names[ymd[1] - 1]).replace("{year}", ofEra(ymd[0]));
    }

    return {
      first: firstDay,
      last: lastDay,
      parts: parts,
      dayOf: dayOf,
      iso: function (day) {
        const p = parts(day);
        return (p.year < 0 ? "-" : "") + [pad(Math.abs(p.year), 4), pad(p.month, 2), pad(p.day, 2)].join("-");
      },
      format: function (day) {
        const p = parts(day);
        return words([p.year, p.month, p.day]);
      },
      monthLabel: function (day) {
        return spec.short[parts(day).month - 1];
      },
      ofEra: ofEra,
      yearLabel: function (year) {
        return year > 0 ? String(year) : spec.yearBefore.replace("{year}", ofEra(year));
      },
      read: function (text) { return written(fold(text, spec.letters), spec.words, spec.eras); },
      /* A typed date as {day: its first day in the atlas, null outside, other: the day it may be as
       * well, in words}; null where the text is no date. */
      parse: function (text) {
        const read = this.read(text);
        if (!read) return null;
        const from = read.first ? ordinal(...read.first) : firstDay, to = read.last ? ordinal(...read.last) : lastDay;
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
