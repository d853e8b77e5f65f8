/* Who says what of the legal status of a piece of land, and of a contested event. */
(function (root) {
  "use strict";

  const card = root.MapsAtlas.card;
  const el = card.el;

  /* The claims that count for a boundary on a day, by teller, in the order of the atlas. */
  function claimsAt(data, boundary, day, perspective) {
    const spans = data.law[boundary.i] || [];
    const span = spans.find(function (s) { return s[0] <= day && (s[1] === null || day < s[1]); });
    const told = new Map();
    for (const claim of span ? span[2] : []) {
      if (perspective !== "all" && claim[1] !== perspective) continue;
      if (!told.has(claim[1])) told.set(claim[1], []);
      told.get(claim[1]).push({ status: data.statuses[claim[0]], stance: claim[2], account: claim[3] === null ? null : data.accounts[claim[3]] });
    }
    return told;
  }

  function claim(data, said, texts) {
    const item = said.status, account = said.account;
    const otherwise = said.stance === "says-otherwise";
    const head = el("div", { class: "ma-status-head" },
      el("span", { class: "ma-tag ma-" + item.d }, texts["dimension." + item.d]),
      item.y ? el("strong", { class: otherwise ? "ma-otherwise" : null }, item.y) : null,
      said.stance === "says" ? null : el("span", { class: "ma-stance" }, texts["stance." + said.stance]));
    const box = el("div", { class: "ma-status" }, head, el("p", null, account ? account.x : item.x));
    if (account && account.x !== item.x) box.appendChild(el("p", { class: "ma-quiet" }, card.fill(texts.about_statement, { text: item.x, teller: data.perspectives[item.t] })));
    box.appendChild(card.fine(data, item, texts));
    const cited = account ? account.c : item.c;
    if (cited.length) box.appendChild(card.fold(texts.sources, card.citations(data, cited, texts), cited.length));
    return box;
  }

  /* One line a teller: what each says, without the words it is said in. */
  function lawShort(data, told, texts) {
    const list = el("ul", { class: "ma-tells" });
    for (const teller of told.keys()) {
      const said = told.get(teller).map(function (each) {
        const item = each.status, stance = each.stance === "says" ? "" : ", " + texts["stance." + each.stance];
        return item.y ? item.y + " (" + texts["dimension." + item.d] + stance + ")" : item.x;
      });
      list.appendChild(el("li", null, el("strong", null, data.perspectives[teller]), " ", Array.from(new Set(said)).join("; ")));
    }
    return list;
  }

  /* Every teller has a part of the same make; who says nothing is named as silent. */
  function lawPart(data, boundary, day, perspective, texts) {
    const told = claimsAt(data, boundary, day, perspective);
    const part = el("div", { class: "ma-law" });
    for (const teller of told.keys()) {
      part.appendChild(el("h4", null, data.perspectives[teller]));
      for (const said of told.get(teller)) part.appendChild(claim(data, said, texts));
    }
    const asked = perspective === "all" ? data.tellers : [perspective];
    const silent = asked.filter(function (id) { return !told.has(id); }).map(function (id) { return data.perspectives[id]; });
    if (silent.length) part.appendChild(el("p", { class: "ma-silent" }, card.fill(texts.silent_tellers, { tellers: silent.join(", ") })));
    return part;
  }

  function account(data, place, texts) {
    const item = data.accounts[place];
    const cites = card.citations(data, item.c, texts);
    return el("div", { class: "ma-account" },
      el("div", { class: "ma-status-head" }, el("strong", null, data.perspectives[item.t]), el("span", { class: "ma-stance" }, texts["stance." + item.s]),
        item.e ? el("span", { class: "ma-evidence", title: texts["evidence." + item.e] }, item.e) : null),
      el("p", null, item.x), cites ? card.fold(texts.sources, cites, item.c.length) : null);
  }

  /* The accounts of an event, point by point, side by side in the order of the sides. */
  function accounts(data, event, texts) {
    if (!event.acc.length) return null;
    const box = el("div", { class: "ma-accounts" });
    for (const group of event.acc) {
      if (group[0]) box.appendChild(el("h4", null, data.points[group[0]]));
      const sorted = group[1].slice().sort(function (a, b) { return data.accounts[a].side - data.accounts[b].side || a - b; });
      for (const place of sorted) box.appendChild(account(data, place, texts));
    }
    return box;
  }

  card.claimsAt = claimsAt;
  card.lawPart = lawPart;
  card.lawShort = lawShort;
  card.accounts = accounts;
})(typeof window !== "undefined" ? window : globalThis);
