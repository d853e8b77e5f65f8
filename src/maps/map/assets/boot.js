/* First to load: says so on the screen when anything the map needs did not come,
 * fetches the data, and carries the view out to whoever shows the map. */
(function (root) {
  "use strict";

  const M = root.MapsAtlas = root.MapsAtlas || {};
  let texts = { failed: "The map could not be loaded.", retry: "Try again" };
  let started = false;
  let said = null; // what the page was last told
  let name = ""; // of this map among those of the page
  const HEAD_AFTER_MS = 120;
  const PAPER_PX = 1060; // the width of A4 on its side without margins
  let inQuery = false; // a published site has the dashboard's own parameters, so that links carry over

  /* Until then the page says over the frame that the map is awaited. */
  function mark(shown) {
    try { root.frameElement.toggleAttribute("data-map-shown", shown); } catch (error) { /* no frame, or in a page of another's */ }
  }

  function fail(what) {
    if (document.querySelector(".ma-failed")) return;
    mark(true);
    const box = document.createElement("div");
    box.className = "ma-failed";
    box.setAttribute("role", "alert");
    box.style.cssText = "position:fixed;inset:0;z-index:5000;display:flex;flex-direction:column;gap:12px;align-items:center;" +
      "justify-content:center;background:var(--paper,#f6f1e7);color:var(--ink,#2f2a23);font:16px/1.5 sans-serif;text-align:center;padding:24px";
    const said = document.createElement("p");
    said.textContent = texts.failed + " " + what;
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = texts.retry;
    again.style.cssText = "font:inherit;padding:6px 16px;border:1px solid;border-radius:6px;color:inherit;background:transparent;cursor:pointer";
    again.addEventListener("click", function () { mark(false); location.reload(); });
    box.append(said, again);
    document.body.appendChild(box);
  }

  /* For a loss the map can do without: said in a strip, the rest goes on. */
  M.notice = function (text) {
    const strip = document.createElement("p");
    strip.className = "ma-notice";
    strip.setAttribute("role", "status");
    strip.textContent = text;
    document.body.appendChild(strip);
  };

  function nameOf(url) {
    return String(url || "").split("?")[0].split("/").pop();
  }

  root.addEventListener("error", function (event) {
    const target = event.target;
    if (target && (target.tagName === "SCRIPT" || target.tagName === "LINK")) {
      if (!("part" in target.dataset)) fail(nameOf(target.src || target.href)); // parts.js tells of those
    }
    else if (!started && event.message) fail(event.message);
  }, true);
  root.addEventListener("unhandledrejection", function (event) {
    if (!started) fail(event.reason && event.reason.message ? event.reason.message : "");
  });

  /* Sizes measured before the style sheets are there would be wrong for good. */
  function styled() {
    const links = Array.from(document.querySelectorAll('link[rel="stylesheet"]'));
    return Promise.all(links.map(function (link) {
      if (link.sheet) return null;
      return new Promise(function (resolve) { link.addEventListener("load", resolve); link.addEventListener("error", resolve); });
    }));
  }

  /* what: {dataUrl | data, view: {day, mode, event, region}, texts, name} */
  M.start = function (map, what) {
    if (what.texts) texts = what.texts;
    name = what.name;
    const arrived = what.data ? Promise.resolve(what.data) : fetch(what.dataUrl).then(function (response) {
      if (!response.ok) throw new Error(nameOf(what.dataUrl) + " (" + response.status + ")");
      return response.json();
    });
    Promise.all([arrived, styled()]).then(function (both) {
      return M.run(map, both[0], what.view, what.name);
    }).then(function () {
      started = true;
      if (root.Streamlit) keepPage();
    }).catch(function (error) { fail(error.message || String(error)); throw error; });
  };

  /* The page would make each move of the map a step of its history: the address has it before the page hears of it. */
  function keepAddress(place) {
    try {
      const page = root.parent, url = new URL(page.location.href);
      if ((url.searchParams.get("map") || "") === place) return;
      if (place) url.searchParams.set("map", place); else url.searchParams.delete("map");
      page.history.replaceState(page.history.state, "", url);
    } catch (error) { /* the page around is another's */ }
  }

  /* The page hears of a day at rest only, and of nothing while its server is gone. */
  function keepPage() {
    const page = root.parent.document, shown = M.state, calendar = shown.data.calendar, second = name === "map-right";
    function keepHead() {
      const day = page.querySelectorAll(".mc-day time")[second ? 1 : 0], link = page.querySelector(".mc-view a");
      if (!link || !shown.map.getSize().x) return; // out of sight it says nothing
      const iso = calendar.iso(shown.control.state.day), asked = new URLSearchParams(link.search);
      if (day) {
        day.textContent = calendar.format(shown.control.state.day);
        day.dateTime = iso;
      }
      const mode = page.querySelector(".mc-mode");
      if (mode) mode.textContent = shown.data.modes.find(function (mode) { return mode.id === shown.selection.mode; }).name;
      asked.set(second ? "day2" : "day", iso);
      asked.set("mode", shown.selection.mode);
      link.search = asked;
    }
    /* Each writing lays out the whole page around the map: too much for a step of a drag. */
    let resting = 0;
    function keepHeadSoon() {
      clearTimeout(resting);
      resting = setTimeout(keepHead, HEAD_AFTER_MS);
    }
    shown.control.on("input", keepHeadSoon);
    shown.map.on("reading", keepHeadSoon);
    if (name === "map") { keepPlace(page); tellAgain(page); keepClicks(page); M.openPanel = function () { return openPanel(page); }; }
  }

  /* A late run of the server writes the address with the place it knew. */
  function keepPlace(page) {
    const app = page.querySelector(".stApp");
    new MutationObserver(function () {
      if (said && app.dataset.testScriptState === "notRunning") keepAddress(said.place);
    }).observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
  }

  /* The panel of the page tells the whole of what a card tells in short. */
  function openPanel(page) {
    const panel = page.querySelector(".st-key-panel"), sheet = page.querySelector(".mc-sheet");
    if (!panel) return false;
    if (sheet) sheet.open = true;
    // What was chosen may be on its way from the server.
    let left = 20;
    (function show() {
      const told = page.querySelector(".st-key-selection");
      if (told) told.scrollIntoView({ block: "nearest" });
      const way = told && told.querySelector("button");
      if (way) way.focus({ preventScroll: true });
      else if (left--) setTimeout(show, 100);
    })();
    return true;
  }

  /* Between two messages of a run Streamlit has its tabs disabled: a click that falls there waits for the next. */
  function keepClicks(page) {
    let kept = null;
    page.addEventListener("click", function (event) {
      const tab = event.target.closest('[role="tab"]');
      if (tab) kept = tab.ariaDisabled === "true" ? tab : null;
    }, true);
    new MutationObserver(function () {
      const tab = kept;
      if (!tab || tab.ariaDisabled === "true") return;
      kept = null;
      tab.click();
    }).observe(page.body, { subtree: true, attributes: true, attributeFilter: ["aria-disabled"] });
  }

  /* What was told while there was no connection is lost, and so is a tab clicked meanwhile: a report fetches both. */
  function tellAgain(page) {
    const app = page.querySelector(".stApp");
    let connected = true;
    new MutationObserver(function () {
      const before = connected;
      connected = app.getAttribute("data-test-connection-state") === "CONNECTED";
      if (!connected || before || !said) return;
      const open = Array.from(page.querySelectorAll(".mc-awaited-tab")).find(function (each) { return each.offsetParent; });
      root.Streamlit.setComponentValue(open ? Object.assign({ tab: open.dataset.tab }, said) : said);
    }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
    // Streamlit says it in a dialog as well, which would lock the map; the page says it in a line.
    new MutationObserver(function () {
      const close = page.querySelector('.stDialog [aria-label="Close"]');
      if (!connected && close) close.click();
    }).observe(page.body, { childList: true });
  }

  function sameView(one, other) {
    return ["day", "mode", "perspective", "region", "event", "place", "step"].every(function (key) { return one[key] === other[key]; });
  }

  /* Told on rest: to Streamlit inside the app, else into the address of the page. */
  M.told = function (value, iso) {
    document.documentElement.setAttribute("data-maps-told", iso);
    if (root.Streamlit) {
      if (!value.box && said && sameView(value, said)) return; // an echo: with it would come which tab was open before
      if (name === "map") keepAddress(value.place);
      said = value;
      root.Streamlit.setComponentValue(value);
      return;
    }
    const parts = ["day=" + iso, "mode=" + value.mode];
    // A file may open with a teller: then all of them are a choice. A site opens with all.
    if (value.perspective && !(inQuery && value.perspective === "all")) parts.push("perspective=" + encodeURIComponent(value.perspective));
    if (value.event) parts.push("event=" + encodeURIComponent(value.event));
    if (value.region) parts.push("region=" + encodeURIComponent(value.region));
    if (value.place) parts.push("map=" + value.place);
    if (M.state && M.state.kiosk) parts.push("kiosk=1");
    if (value.bbox) parts.push("bbox=" + M.place.boxWritten(value.bbox).join(","));
    const view = parts.join("&");
    try { history.replaceState(null, "", (inQuery ? "?" : "#") + view); } catch (error) { /* a sandboxed frame has no address */ }
    for (const link of document.querySelectorAll("a[data-carries-view]")) link.search = "?" + view;
  };

  function known(list, id) {
    return id ? list.find(function (each) { return each.toLowerCase() === id.toLowerCase(); }) : undefined;
  }

  /* West, south, east, north, as "45.4,38.8,47.8,40.7"; null where nothing of the atlas would be seen. */
  function boxOn(extent) {
    return function (text) {
      const box = /^-?[\d.]+(,-?[\d.]+){3}$/.test(text) ? M.place.boxRead(text.split(",").map(Number), extent) : [];
      const seen = box[0] < box[2] && box[1] < box[3] && box[0] < extent[2] && box[2] > extent[0] && box[1] < extent[3] && box[3] > extent[1];
      return seen ? box : null;
    };
  }

  function placeIn(reach, extent) {
    return function (text) {
      const at = M.place.read(text);
      if (at) at.lon = M.place.lonNear(at.lon, extent);
      return at && M.place.within(at, reach) ? text : null;
    };
  }

  /* Outside the app the address chooses the first view. What it asks for in vain is told. */
  function viewFromAddress(view, data) {
    const calendar = M.calendar(data.calendar), wanted = new URLSearchParams(location.hash.slice(1) || location.search);
    const missing = [], notices = [];
    function asked(name, read) {
      const text = (wanted.get(name) || "").trim();
      const found = text ? read(text) : null;
      if (text && (found === null || found === undefined)) missing.push(name + "=" + text.slice(0, 60));
      return found === undefined ? null : found;
    }
    function one(list) { return function (text) { return known(list, text); }; }
    function dayIn(text) {
      const found = calendar.parse(text);
      if (!found || found.day === null) return null;
      const values = { text: text, day: calendar.format(found.day), other: found.other };
      if (found.other) notices.push(M.card.fill(data.texts.two_ways, values));
      return found;
    }
    const event = asked("event", one(data.events.map(function (each) { return each.id; })));
    const happened = event && data.events.find(function (each) { return each.id === event; }).a;
    const day = asked("day", dayIn), first = asked("from", dayIn), last = asked("to", dayIn);
    const opened = {
      day: day ? day.day : happened ? Math.min(calendar.last, Math.max(calendar.first, happened)) : view.day,
      mode: asked("mode", one(data.modes.map(function (mode) { return mode.id; }))) || view.mode,
      perspective: asked("perspective", one(["all"].concat(Object.keys(data.perspectives)))) || view.perspective,
      event: event || view.event, region: asked("region", one(Object.keys(data.regions))) || view.region,
      place: asked("map", placeIn(data.reach, data.extent)) || view.place, kiosk: wanted.get("kiosk") === "1",
      // An address that names an event or a region leads there, whatever box the page opens on.
      bbox: asked("bbox", boxOn(data.extent)) || (event || wanted.get("region") ? null : view.bbox),
      stretch: first || last ? [first ? first.day : calendar.first, (last ? last.day : calendar.last) + 1] : null,
    };
    if (missing.length) notices.push(data.texts.not_here.replace("{asked}", missing.join(", ")));
    if (notices.length) M.notice(notices.join(" "));
    return opened;
  }

  /* A map cannot be laid out anew for paper: it is printed as it is seen, smaller. */
  function fitPaper() {
    const shown = document.querySelector(".leaflet-container"), style = document.documentElement.style;
    style.setProperty("--print-zoom", String(PAPER_PX / root.innerWidth));
    if (shown) style.setProperty("--print-height", shown.clientHeight + "px");
  }

  /* A page that holds its data: the view comes from the address, else from the page. */
  M.alone = function (what) {
    if (what.texts) texts = what.texts; // needed already if the data did not come
    inQuery = !!what.inQuery;
    if (!M.data) throw new Error("data");
    root.addEventListener("beforeprint", fitPaper);
    return { data: M.data, view: viewFromAddress(what.view, M.data), texts: what.texts };
  };

  M.ready = function () {
    document.documentElement.setAttribute("data-maps-ready", "true");
    mark(true);
  };
})(typeof window !== "undefined" ? window : globalThis);
