/* First to load: says so on the screen when anything the map needs did not come,
 * fetches the data, and carries the view out to whoever shows the map. */
(function (root) {
  "use strict";

  const M = root.MapsAtlas = root.MapsAtlas || {};
  let texts = { failed: "The map could not be loaded.", retry: "Try again" };
  let started = false;

  function fail(what) {
    if (document.querySelector(".ma-failed")) return;
    const box = document.createElement("div");
    box.className = "ma-failed";
    box.setAttribute("role", "alert");
    box.style.cssText = "position:fixed;inset:0;z-index:5000;display:flex;flex-direction:column;gap:12px;align-items:center;" +
      "justify-content:center;background:#f6f1e7;color:#3b352c;font:16px/1.5 sans-serif;text-align:center;padding:24px";
    const said = document.createElement("p");
    said.textContent = texts.failed + " " + what;
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = texts.retry;
    again.style.cssText = "font:inherit;padding:6px 16px;border:1px solid #8a8072;border-radius:6px;background:#fff;cursor:pointer";
    again.addEventListener("click", function () { location.reload(); });
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
    if (target && (target.tagName === "SCRIPT" || target.tagName === "LINK")) fail(nameOf(target.src || target.href));
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
    const arrived = what.data ? Promise.resolve(what.data) : fetch(what.dataUrl).then(function (response) {
      if (!response.ok) throw new Error(nameOf(what.dataUrl) + " (" + response.status + ")");
      return response.json();
    });
    Promise.all([arrived, styled()]).then(function (both) {
      M.run(map, both[0], what.view, what.name);
      started = true;
    }).catch(function (error) { fail(error.message || String(error)); throw error; });
  };

  /* Told on rest: to Streamlit inside the app, else into the address of the page. */
  M.told = function (value, iso) {
    document.documentElement.setAttribute("data-maps-told", iso);
    if (root.Streamlit) { root.Streamlit.setComponentValue(value); return; }
    const parts = ["day=" + iso, "mode=" + value.mode];
    if (value.perspective) parts.push("perspective=" + encodeURIComponent(value.perspective));
    if (value.event) parts.push("event=" + encodeURIComponent(value.event));
    if (value.region) parts.push("region=" + encodeURIComponent(value.region));
    try { history.replaceState(null, "", "#" + parts.join("&")); } catch (error) { /* a sandboxed frame has no address */ }
  };

  /* Outside the app the address chooses the first view. */
  M.viewFromAddress = function (view, calendar) {
    const wanted = new URLSearchParams(location.hash.slice(1) || location.search);
    const day = wanted.get("day") ? M.calendar(calendar).parse(wanted.get("day")) : null;
    return {
      day: day === null ? view.day : day, mode: wanted.get("mode") || view.mode,
      perspective: wanted.get("perspective") || view.perspective,
      event: wanted.get("event") || view.event, region: wanted.get("region") || view.region,
    };
  };

  /* One file that holds its data: the view comes from the address, else from the file. */
  M.alone = function (what) {
    return { data: M.data, view: M.viewFromAddress(what.view, M.data.calendar), texts: what.texts };
  };

  M.ready = function () {
    document.documentElement.setAttribute("data-maps-ready", "true");
  };
})(typeof window !== "undefined" ? window : globalThis);
