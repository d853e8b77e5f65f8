/* The time control below the map: the day, what changed, the buttons, the axis. */
(function (root) {
  "use strict";

  const REST_MS = 120, LINE_EVERY_MS = 250;
  const ICONS = {
    play: "M5 3v14l12-7z", pause: "M5 3h4v14H5zM11 3h4v14h-4z",
    prev: "M14 4l-8 6 8 6zM4 4h2v12H4z", next: "M6 4l8 6-8 6zM14 4h2v12h-2z",
    plus: "M9 4h2v5h5v2h-5v5H9v-5H4V9h5z", minus: "M4 9h12v2H4z",
  };

  function icon(name) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    made.setAttribute("viewBox", "0 0 20 20");
    made.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", ICONS[name]);
    made.appendChild(path);
    return made;
  }

  function bar(host, data, control, texts, actions) {
    const el = root.MapsAtlas.card.el, fill = root.MapsAtlas.card.fill;

    function button(name, label, action, extra) {
      const made = el("button", { type: "button", class: "ma-button " + (extra || ""), "aria-label": label, title: label }, icon(name));
      made.addEventListener("click", action);
      return made;
    }

    const playing = button("play", texts.play, function () { control.play(); }, "ma-play");
    const day = el("input", {
      class: "ma-day", type: "text", inputmode: "text", enterkeyhint: "go", "aria-label": texts.date_entry, title: texts.date_entry,
      autocomplete: "off", spellcheck: "false",
    });
    const speed = el("select", { class: "ma-speed", "aria-label": texts.speed, title: texts.speed });
    for (const value of [0.5, 1, 2, 4]) speed.appendChild(el("option", value === 1 ? { value: value, selected: "" } : { value: value }, "×" + value));
    speed.addEventListener("change", function () { control.speed(+speed.value); });
    const line = el("p", { class: "ma-line" });
    const heard = el("p", { class: "ma-heard", role: "status" }); // day and change, once the day rests
    const list = el("ul", { class: "ma-changes", id: "ma-changes", hidden: "" });
    const more = el("button", { type: "button", class: "ma-more", "aria-expanded": "false", "aria-controls": "ma-changes", hidden: "" }, texts.all_changes);
    const said = el("div", { class: "ma-said" }, line, more, list);
    const host2 = el("div", { class: "ma-axis-host" });
    const transport = el("div", { class: "ma-transport", role: "group", "aria-label": texts.transport },
      button("prev", texts.previous_change, function () { control.step("changes", -1); }), playing,
      button("next", texts.next_change, function () { control.step("changes", 1); }), speed);
    const events = el("div", { class: "ma-events-nav", role: "group", "aria-label": texts.events_nav },
      button("prev", texts.previous_event, function () { control.step("events", -1); }),
      el("span", null, texts.event), button("next", texts.next_event, function () { control.step("events", 1); }));
    const zoom = el("div", { class: "ma-zoom", role: "group", "aria-label": texts.axis_zoom },
      button("minus", texts.zoom_out, function () { control.zoom(1.8); }),
      button("plus", texts.zoom_in, function () { control.zoom(0.55); }));
    host.append(el("div", { class: "ma-slot" }, said), heard);
    const field = el("div", { class: "ma-day-field" }, day);
    host.appendChild(el("div", { class: "ma-row" }, transport, field, events, zoom));
    const drawDay = root.MapsAtlas.surface(field, "ma-day-shown", function (pen, width, height) {
      pen.fillText(data.calendar.format(control.state.day), width / 2, height / 2, width);
    });
    host.appendChild(host2);
    const axis = root.MapsAtlas.axis(host2, data, control, texts, actions.pickEvent);

    day.addEventListener("focus", function () { day.value = data.calendar.typed(control.state.day); day.select(); });
    day.addEventListener("blur", enter);
    day.addEventListener("keydown", function (event) {
      event.stopPropagation();
      if (event.key === "Enter") day.blur();
      if (event.key === "Escape") { day.value = ""; day.blur(); }
    });
    function enter() {
      const wanted = day.value.trim(), calendar = data.calendar, found = wanted ? calendar.parse(wanted) : null;
      if (found && found.day !== null) { control.set(found.day); control.reveal(); }
      const values = {
        text: wanted, day: calendar.format(control.state.day), other: found && found.other,
        first: calendar.format(calendar.first), last: calendar.format(calendar.last),
      };
      tell(!wanted ? "" : !found ? texts.bad_date : found.day === null ? texts.date_outside : found.other ? texts.two_ways : "", values);
      day.value = values.day;
    }

    /* What is told of an entry stands in place of the changes until the day moves or another entry. */
    let told = null, usual = null, shown = "";
    function tell(template, values) {
      told = template ? { day: control.state.day, lead: "", text: fill(template, values), lines: [] } : null;
      showSoon();
    }
    function show(change, alert) {
      const key = [change.key, change.lead, change.text].join();
      if (key === shown) return;
      shown = key;
      said.classList.toggle("ma-alert", alert);
      line.replaceChildren(el("span", { class: "ma-lead" }, change.lead), " ", change.text);
      more.hidden = !change.lines.length;
      unfold(false);
      list.replaceChildren();
    }
    function unfold(open) {
      more.setAttribute("aria-expanded", String(open));
      list.hidden = !open;
      if (!open || list.children.length) return;
      for (const each of usual.lines) {
        const item = el("button", { type: "button" }, each.text);
        item.addEventListener("click", function () { unfold(false); actions.pickRegion(each.region); });
        list.appendChild(el("li", null, item));
      }
    }
    more.addEventListener("click", function () { unfold(list.hidden); });
    said.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || list.hidden) return;
      event.stopPropagation();
      unfold(false);
      more.focus();
    });

    /* Whatever steps there are between two frames, the next one is written once. The field itself
     * is written when the day rests: a browser lays out a field anew with all that is around it. */
    let frame = 0, resting = 0, lineAt = 0;
    function showSoon() {
      frame = frame || requestAnimationFrame(showNow);
    }
    function showNow() {
      frame = 0;
      if (told && told.day !== control.state.day) told = null;
      drawDay();
      axis.move();
      if (told || performance.now() - lineAt > LINE_EVERY_MS) showLine();
      clearTimeout(resting);
      resting = setTimeout(showRest, REST_MS);
    }
    /* In a drag nobody reads sixty lines a second, and a screen reader would read them all. */
    function showLine() {
      lineAt = performance.now();
      if (told || usual) show(told || usual, !!told);
    }
    function showRest() {
      showLine();
      const written = data.calendar.format(control.state.day);
      if (document.activeElement !== day) day.value = written;
      heard.textContent = written + ". " + line.textContent;
    }

    return {
      axis: axis,
      /* The day, and what changed as `changeLine` tells it. */
      show: function (change) {
        usual = change;
        showSoon();
      },
      showPlaying: function (on) {
        playing.replaceChildren(icon(on ? "pause" : "play"));
        playing.setAttribute("aria-label", on ? texts.pause : texts.play);
        playing.title = on ? texts.pause : texts.play;
      },
    };
  }

  root.MapsAtlas = root.MapsAtlas || {};
  root.MapsAtlas.bar = bar;
})(typeof window !== "undefined" ? window : globalThis);
