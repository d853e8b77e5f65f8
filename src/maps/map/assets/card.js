/* Popup contents. Every node is made with createElement and textContent, so no
 * text of an atlas is ever read as markup. */
(function (root) {
  "use strict";

  function el(tag, attributes) {
    const node = document.createElement(tag);
    for (const name in attributes || {}) {
      if (attributes[name] !== null && attributes[name] !== undefined) node.setAttribute(name, attributes[name]);
    }
    for (let i = 2; i < arguments.length; i++) {
      const child = arguments[i];
      if (child === null || child === undefined || child === "") continue;
      node.appendChild(typeof child === "object" ? child : document.createTextNode(String(child)));
    }
    return node;
  }

  function fill(template, values) {
    return template.replace(/\{(\w+)\}/g, function (whole, name) {
      return name in values ? values[name] : whole;
    });
  }

  /* Only a web address may become a link; anything else stays text. */
  function link(url, label) {
    if (!/^https?:\/\//i.test(url || "")) return document.createTextNode(label);
    return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
  }

  function names(region, lang) {
    const box = el("dl", { class: "ma-names" });
    for (const code in region.names) {
      if (code === lang) continue;
      box.appendChild(el("div", null, el("dt", null, code), el("dd", { lang: code }, region.names[code])));
    }
    return box;
  }

  function citations(data, ids, texts) {
    if (!ids.length) return null;
    const list = el("ol", { class: "ma-cites" });
    for (const id of ids) {
      const cite = data.citations[id];
      const source = data.sources[cite.s];
      const item = el("li", null, link(source.url, source.text));
      if (cite.l) item.appendChild(document.createTextNode(", " + cite.l));
      if (cite.p) item.appendChild(el("span", { class: "ma-printed" }, " " + fill(texts.printed, { printed: cite.p })));
      if (cite.e) item.appendChild(el("span", { class: "ma-evidence", title: texts["evidence." + cite.e] }, cite.e));
      list.appendChild(item);
    }
    return list;
  }

  function status(data, item, own, texts) {
    const region = data.regions[item.r];
    const head = el("div", { class: "ma-status-head" },
      el("span", { class: "ma-tag ma-" + item.d }, texts["dimension." + item.d]),
      item.y ? el("strong", null, item.y) : null, el("span", { class: "ma-teller" }, data.perspectives[item.t]));
    const box = el("div", { class: "ma-status" }, head, el("p", null, item.x));
    if (!own) box.appendChild(el("p", { class: "ma-quiet" }, fill(texts.said_of, { region: region.names[data.lang] })));
    box.appendChild(fine(data, item, texts));
    const cites = citations(data, item.c, texts);
    if (cites) box.appendChild(fold(texts.sources, cites, item.c.length));
    return box;
  }

  /* From when to when, how sure, and what the editors note of it. */
  function fine(data, item, texts) {
    const said = [item.when, texts["certainty." + item.q], item.e ? texts["evidence." + item.e] : ""].filter(Boolean).join(" · ");
    return el("p", { class: "ma-quiet" }, item.n ? said + ". " + item.n : said);
  }

  function fold(label, content, count) {
    return el("details", { class: "ma-fold" }, el("summary", null, label + " (" + count + ")"), content);
  }

  /* Statuses of a day for a region; where it has no de-facto one, those of what it is part of. */
  function statusesAt(data, regionId, day) {
    const out = [];
    let wantControl = true;
    for (let id = regionId, own = true; id; id = data.regions[id] && data.regions[id].up, own = false) {
      let found = false;
      for (const place of data.statusesOf[id] || []) {
        const item = data.statuses[place];
        if (item.a > day || (item.b !== null && day >= item.b)) continue;
        if (item.d === "de-facto" ? !wantControl : !own) continue;
        if (item.d === "de-facto") found = true;
        out.push({ item: item, own: own });
      }
      if (found) wantControl = false;
    }
    return out;
  }

  const CITED_AT_ONCE = 3;

  /* The sources as cited, each a link: the first at once, more of them on demand. */
  function sources(data, ids, texts) {
    if (!ids.length) return el("p", { class: "ma-quiet" }, texts.no_source);
    const rest = ids.slice(CITED_AT_ONCE);
    return el("div", { class: "ma-sources" }, el("h3", null, texts.sources), citations(data, ids.slice(0, CITED_AT_ONCE), texts),
      rest.length ? fold(texts.more_sources, citations(data, rest, texts), rest.length) : null);
  }

  /* more: called for all the rest that is known. */
  function further(texts, more) {
    const button = el("button", { type: "button", class: "ma-further" }, texts.more);
    button.addEventListener("click", more);
    return button;
  }

  /* In short: who holds an area or says so, since when, by which sources. */
  function regionAnswer(data, item, said, mode, more) {
    const texts = data.texts, tell = window.MapsAtlas.says;
    const root = el("article", { class: "ma-card ma-answer", "data-region": item.boundary.r },
      el("h2", null, said.name), said.told && said.told.size ? null : el("p", { class: "ma-who" }, tell.answer(data, said, mode)));
    const lines = [tell.sinceText(data, said), item.boundary.x ? texts.contested : ""].filter(Boolean);
    if (!said.asked) lines.splice(0, 1, item.boundary.when);
    if (lines.length) root.appendChild(el("p", { class: "ma-facts" }, lines.join(" · ")));
    if (said.told) root.appendChild(parts().lawShort(data, said.told, texts));
    root.appendChild(sources(data, said.cites, texts));
    root.appendChild(further(texts, more));
    return root;
  }

  function eventAnswer(data, event, texts, elsewhere, more) {
    const root = el("article", { class: "ma-card ma-answer", "data-event": event.id },
      el("p", { class: "ma-kicker" }, event.when), el("h2", null, event.title), el("p", { class: "ma-short" }, event.text));
    if (elsewhere) root.appendChild(el("p", { class: "ma-quiet" }, fill(texts.elsewhere, { place: event.placeName })));
    if (event.x) root.appendChild(el("p", { class: "ma-contested" }, texts.event_contested));
    root.appendChild(sources(data, event.c, texts));
    const page = eventPage(data, event);
    if (page) root.appendChild(page);
    root.appendChild(further(texts, more));
    return root;
  }

  /* A published site has a page for each event; from a frame it opens beside what shows the frame. */
  function eventPage(data, event) {
    const target = window.self === window.top ? null : "_blank";
    return data.pages ? el("p", null, el("a", { href: data.pages + event.id + ".html", target: target }, data.texts.event_page)) : null;
  }

  /* Parts that stand in files of their own, which come after this one. */
  function parts() {
    return window.MapsAtlas.card;
  }

  /* perspective: whose claims are told, null where the mode is about something else. */
  function regionCard(data, boundary, day, texts, perspective) {
    const region = data.regions[boundary.r];
    const root = el("article", { class: "ma-card" },
      el("p", { class: "ma-kicker" }, data.layers[boundary.l].name),
      el("h2", null, region.names[data.lang] || boundary.r), names(region, data.lang));
    const facts = [fill(texts.area, { km2: boundary.km }), texts["precision." + boundary.p]];
    if (boundary.x) facts.push(texts.contested);
    root.appendChild(el("p", { class: "ma-facts" }, facts.join(" · ")));
    root.appendChild(el("p", { class: "ma-quiet" }, boundary.when));
    if (boundary.n) root.appendChild(el("p", { class: "ma-quiet" }, boundary.n));
    root.appendChild(el("h3", null, fill(texts.status_on, { day: data.calendar.format(day) })));
    const claims = perspective && data.law[boundary.i];
    const found = claims ? [] : statusesAt(data, boundary.r, day);
    if (claims) root.appendChild(parts().lawPart(data, boundary, day, perspective, texts));
    else if (!found.length) root.appendChild(el("p", { class: "ma-quiet" }, texts.no_status));
    for (const entry of found) root.appendChild(status(data, entry.item, entry.own, texts));
    const cites = citations(data, boundary.c, texts);
    if (cites) root.appendChild(fold(texts.line_sources, cites, boundary.c.length));
    root.appendChild(el("p", { class: "ma-quiet" }, fill(texts.origin, { origin: boundary.o.join("; ") })));
    return root;
  }

  function eventCard(data, event, texts, elsewhere) {
    const root = el("article", { class: "ma-card" },
      el("p", { class: "ma-kicker" }, event.when + (event.k ? " · " + event.k : "")),
      el("h2", null, event.title), el("p", null, event.text));
    if (event.place) root.appendChild(el("p", { class: "ma-facts" }, event.place));
    if (elsewhere) root.appendChild(el("p", { class: "ma-quiet" }, fill(texts.elsewhere, { place: event.placeName })));
    if (event.x) root.appendChild(el("p", { class: "ma-contested" }, texts.event_contested));
    const accounts = parts().accounts(data, event, texts);
    if (accounts) root.appendChild(el("details", { class: "ma-fold" }, el("summary", null, texts.accounts), accounts));
    const cites = citations(data, event.c, texts);
    if (cites) root.appendChild(fold(texts.sources, cites, event.c.length));
    const page = eventPage(data, event);
    if (page) root.appendChild(page);
    return root;
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.card = {
    el: el, fill: fill, link: link, fold: fold, fine: fine, citations: citations,
    statusesAt: statusesAt, regionCard: regionCard, eventCard: eventCard,
    regionAnswer: regionAnswer, eventAnswer: eventAnswer,
  };
})(typeof window !== "undefined" ? window : globalThis);
