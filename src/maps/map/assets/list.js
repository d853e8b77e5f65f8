/* The areas of a day as a list, by who holds them, who says so or what they are: for who
 * is new to the map and for a screen reader; and the way to an area by keyboard. */
(function (root) {
  "use strict";

  const el = root.MapsAtlas.card.el;

  /* describe: gives what is said of an item; pick: opens its card; lights: as the legend's. */
  function list(data, fillOf, actions) {
    const texts = data.texts;
    const sheet = root.MapsAtlas.sheet("list", texts.areas, texts.close, function (on) { if (on) paint(actions.items()); else actions.lights(null); });
    let mode = null, shown = "";

    function area(item, said) {
      const since = root.MapsAtlas.says.sinceText(data, said);
      const made = el("button", { type: "button", "data-boundary": item.boundary.id }, el("span", null, said.name), since ? el("small", null, since) : null);
      made.addEventListener("click", function () { actions.pick(item); });
      const light = function () { actions.lights(function (other) { return other === item; }); };
      made.addEventListener("focus", light);
      made.addEventListener("pointerenter", light);
      for (const end of ["blur", "pointerleave"]) made.addEventListener(end, function () { actions.lights(null); });
      return el("li", null, made);
    }

    /* Groups in the order of the legend; in each the areas by name. */
    function groups(items) {
      const found = new Map();
      for (const item of items) {
        if (!item.on || (mode.by !== "layer" && !data.layers[item.boundary.l].piece)) continue;
        const said = actions.describe(item);
        const key = said.who.map(function (entry) { return entry.about; }).join();
        if (!found.has(key)) found.set(key, { who: said.who, areas: [] });
        found.get(key).areas.push([item, said]);
      }
      return Array.from(found.values()).sort(function (a, b) {
        return a.who[0].place[0] - b.who[0].place[0] || a.who[0].place[1] - b.who[0].place[1] || a.who.length - b.who.length;
      });
    }

    function paint(items) {
      const parts = groups(items).map(function (group) {
        group.areas.sort(function (a, b) { return a[1].name.localeCompare(b[1].name, data.lang); });
        const signs = group.who.map(function (entry) { return root.MapsAtlas.legend.sign(data, fillOf, entry); });
        const label = group.who.map(function (entry) { return entry.label; }).join(", ");
        const head = el.apply(null, ["h3", null].concat(signs, [el("span", null, label), el("small", null, String(group.areas.length))]));
        const rows = el("ul");
        for (const each of group.areas) rows.appendChild(area(each[0], each[1]));
        return el("section", null, head, rows);
      });
      const day = el("p", { class: "ma-quiet" }, mode.hint + " · " + data.calendar.format(actions.day()));
      const focused = document.activeElement && document.activeElement.closest(".ma-list") ? document.activeElement.dataset.boundary : null;
      sheet.body.replaceChildren.apply(sheet.body, [day].concat(parts.length ? parts : [el("p", { class: "ma-quiet" }, texts.nothing)]));
      const again = focused && sheet.body.querySelector('[data-boundary="' + CSS.escape(focused) + '"]');
      if (again) again.focus({ preventScroll: true });
    }

    return {
      button: sheet.button,
      /* Once the day rests: a drag does not write lists. */
      rest: function (key) {
        if (!sheet.open || key === shown) return;
        shown = key;
        paint(actions.items());
      },
      mode: function (now) {
        mode = now;
        const name = texts["list." + now.by] || texts.areas;
        sheet.heading.textContent = sheet.button.textContent = name;
        if (sheet.open) paint(actions.items());
      },
      again: function () { if (sheet.open) paint(actions.items()); },
      open: sheet.set,
    };
  }

  root.MapsAtlas.list = list;
})(typeof window !== "undefined" ? window : globalThis);
