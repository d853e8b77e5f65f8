/* What is said of an area on a day, in short: who, since when, and by which sources.
 * The label under the pointer, the card and the list of areas all tell it from here. */
(function (root) {
  "use strict";

  const card = root.MapsAtlas.card;
  const NAMED = ["said", "silent", "blank", "unit"]; // kinds of legend entries that name who or what

  function kind(entry) {
    return entry.about.split(":", 1)[0];
  }
  function entriesOf(data, key) {
    return data.fills[key].legend.map(function (place) { return data.legend[place]; });
  }
  /* The entries that name who or what a fill stands for. */
  function named(data, key) {
    return entriesOf(data, key).filter(function (entry) { return NAMED.includes(kind(entry)); });
  }
  function labels(data, key) {
    return named(data, key).map(function (entry) { return entry.label; });
  }

  /* The day since which a boundary has been what it is now, whatever else of its look has changed. */
  function since(data, spans, day, statuses) {
    let at = spans.findIndex(function (span) { return span[0] <= day && (span[1] === null || day < span[1]); });
    const now = labels(data, spans[at][2]).join();
    while (at > 0 && spans[at - 1][1] === spans[at][0] && labels(data, spans[at - 1][2]).join() === now) at--;
    const began = spans[at][0];
    // Older than the line around it: a piece of land may be drawn from a later day on.
    return at ? began : statuses.reduce(function (least, item) { return Math.min(least, item.a); }, began);
  }

  function several(texts, found, most) {
    if (found.length <= most) return found.join(", ");
    return card.fill(texts.and_more, { names: found.slice(0, most).join(", "), count: found.length - most });
  }

  /* The form of a text for a number, as the language has it. */
  function counted(data, key, count) {
    const form = new Intl.PluralRules(data.lang).select(count);
    return card.fill(data.texts[key + "." + form] || data.texts[key + ".other"], { count: count });
  }

  /* {name, who: [entry], since: ordinal or null, about, tellers, cites: [place]} of a painted boundary. */
  function says(data, item, mode, reading, perspective, day) {
    const boundary = item.boundary, entries = entriesOf(data, item.key);
    const asked = mode.by !== "layer" && data.layers[boundary.l].piece;
    const told = asked && mode.perspectives.length ? card.claimsAt(data, boundary, day, perspective) : null;
    const statuses = asked && !told ? card.statusesAt(data, boundary.r, day)
      .map(function (found) { return found.item; }).filter(function (found) { return found.d === "de-facto"; }) : [];
    // What is said of a unit itself, where the map asks nobody who held it.
    const own = asked ? [] : card.statusesAt(data, boundary.r, day).filter(function (found) { return found.own; })
      .map(function (found) { return found.item; });
    const claims = told ? Array.from(told.values()).flat() : [];
    const cited = asked ? claims.map(function (said) { return said.account && said.account.c.length ? said.account.c : said.status.c; })
      .concat(statuses.map(function (status) { return status.c; })) : [boundary.c].concat(own.map(function (status) { return status.c; }));
    const began = since(data, data.paint[reading][boundary.i], day, statuses);
    return {
      name: data.regions[boundary.r].names[data.lang] || boundary.r,
      who: named(data, item.key), asked: asked, told: told,
      since: began > data.calendar.first ? began : null,
      about: entries.some(function (entry) { return kind(entry) === "faint"; }),
      cites: Array.from(new Set(cited.flat())),
    };
  }

  /* "held by Azerbaijan", in the words of the mode. */
  function answer(data, said, mode) {
    const texts = data.texts, who = said.who.map(function (entry) { return entry.label; });
    const holders = said.who.filter(function (entry) { return kind(entry) === "said"; });
    if (!said.asked || !holders.length) return who.join(", ");
    if (said.told) return several(texts, who, 2);
    return card.fill(who.length > 1 ? texts.held_differs : texts.held_by, { who: who.join(", ") });
  }

  function sinceText(data, said) {
    if (said.since === null) return "";
    const text = card.fill(data.texts.since_day, { day: data.calendar.format(said.since) });
    return said.about ? text + " (" + data.texts["certainty.approximate"] + ")" : text;
  }

  /* "Kalbajar · held by Azerbaijan · since 25 November 2020 · 2 sources" */
  function line(data, said, mode) {
    const parts = [said.name, answer(data, said, mode), sinceText(data, said)];
    if (said.told && said.told.size) parts.push(counted(data, "tellers_count", said.told.size));
    if (said.cites.length) parts.push(counted(data, "sources_count", said.cites.length));
    return parts.filter(Boolean).join(" · ");
  }

  says.kind = kind;
  says.named = named;
  says.answer = answer;
  says.sinceText = sinceText;
  says.counted = counted;
  says.line = line;
  root.MapsAtlas.says = says;
})(typeof window !== "undefined" ? window : globalThis);
