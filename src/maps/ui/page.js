/* What the page does by itself around Streamlit: links to a view are followed without loading
   the page again, keys work wherever the reader is, a link's goal is brought into sight. */
(function () {
  "use strict";
  const LINKS = '.stApp a[href^="?"]';
  const TYPED_IN = "input, textarea, select, [contenteditable], [role=combobox]";
  const PRESSED = "button, a, summary, [role=tab], [role=radio], [tabindex]";
  const TO_THE_MAP = ["ArrowLeft", "ArrowRight", "PageUp", "PageDown", "+", "=", "-", " "];
  const MAP = ".st-key-map-frame iframe";
  let arrived = "";  // what was last brought into sight
  let opening = false;  // a link to a card was followed, which on a phone lies in the sheet

  const search = () => document.querySelector(".st-key-search input");

  /* Streamlit asks for a run when the history moves, as it does on going back. */
  function follow(event) {
    const link = event.target.closest ? event.target.closest(LINKS) : null;
    if (!link || event.defaultPrevented || event.button || link.hasAttribute("download")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.dataset.share) {  // over the view as it stands
      const view = new URLSearchParams(window.location.search);
      view.set("share", link.dataset.share);
      window.history.replaceState({}, "", "?" + view);
    } else {
      arrived = "";
      opening = /[?&](event|region)=/.test(link.getAttribute("href"));
      document.activeElement.blur();
      window.history.pushState({}, "", link.getAttribute("href"));
    }
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }

  /* On a small screen the open tab may lie beyond the end of their row. */
  function showTab() {
    const tab = document.querySelector('[role="tab"][aria-selected="true"]'), row = tab && tab.closest('[role="tablist"]');
    if (row && (tab.offsetLeft < row.scrollLeft || tab.offsetLeft + tab.offsetWidth > row.scrollLeft + row.clientWidth - 30)) {
      row.scrollLeft = tab.offsetLeft - 40;
    }
  }

  /* Bring what the address names with `at` into sight, once it is there. */
  function arrive() {
    const sheet = document.querySelector(".mc-sheet");
    if (opening && sheet && document.querySelector(".st-key-selection")) {
      sheet.open = true;
      opening = false;
    }
    const at = new URLSearchParams(window.location.search).get("at") || "";
    if (!at) arrived = "";
    if (!at || at === arrived) return;
    const goal = document.querySelector('[data-at="' + CSS.escape(at) + '"]');
    if (!goal || !goal.offsetParent) return;
    arrived = at;
    const folded = goal.querySelector(":scope > .mc-unfolding");
    if (folded) folded.open = true;
    for (let part = goal; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    for (const before of document.querySelectorAll(".mc-arrived")) before.classList.remove("mc-arrived");
    goal.classList.add("mc-arrived");
    goal.scrollIntoView({ block: "start" });
  }

  /* Hand a link to the programs of the device; the button is seen only where there is a way. */
  function send(event) {
    const button = event.target.closest ? event.target.closest(".mc-native") : null;
    if (button) navigator.share({ title: document.title, url: button.dataset.link }).catch(() => {});
  }

  /* Two lines of a text are a wide button beside the small one that unfolds them. */
  function unfold(event) {
    const said = event.target.closest ? event.target.closest(".mc-said:has(+ .mc-unfolding)") : null;
    if (said && !event.target.closest("a") && !getSelection().toString()) said.nextElementSibling.open = !said.nextElementSibling.open;
  }

  /* Outline on both maps of a comparison what the list below them says has changed. */
  function outline() {
    const list = document.querySelector(".mc-compare[data-changed]"), changed = list ? list.dataset.changed : "";
    for (const frame of document.querySelectorAll(".st-key-compare-maps iframe")) {
      const inside = frame.contentDocument;
      if (!inside || !inside.head) continue;
      if (!inside.getElementById("page-changed")) {
        const style = inside.createElement("style");
        style.id = "page-changed";
        style.textContent = "path.page-changed { stroke: var(--ink); stroke-width: 3.2px; stroke-opacity: 1; }";
        inside.head.append(style);
      }
      const map = frame.contentWindow.MapsAtlas;
      if (!map || !map.state || map.state.outlined === changed) continue;
      map.state.outlined = changed;
      map.state.painter.mark(new Set(changed.split(" ")));
    }
  }

  function showKeys() {
    const held = document.querySelector(".mc-keys");
    if (!held) return;
    const dialog = document.createElement("dialog");
    dialog.className = "mc-keys-shown";
    dialog.append(...held.cloneNode(true).childNodes);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
    dialog.showModal();
  }

  function keyed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    const where = event.target, typing = where.closest && where.closest(TYPED_IN);
    if (event.key === "Escape" && where === search()) where.blur();
    if (event.key === "Escape" && document.querySelector(".mc-statement:target")) window.location.hash = "mc-none";
    if (["ArrowDown", "ArrowUp"].includes(event.key) && where.closest && where.closest(".st-key-search")) amongFound(event);
    if (typing) return;
    if (event.key === "/" && search()) {
      event.preventDefault();
      search().focus();
      search().select();
    } else if (event.key === "?" && !document.querySelector(".mc-keys-shown")) {
      event.preventDefault();
      showKeys();
    } else if (!(where.closest && where.closest(PRESSED))) {
      tellMap(event);
    }
  }

  /* Up and down go through what was found. */
  function amongFound(event) {
    const links = [...document.querySelectorAll(".mc-found a")];
    const next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    (links[next] || search()).focus();
  }

  /* Pass a key to the map while it is in sight, whatever part of the page the reader is at. */
  function tellMap(event) {
    const frame = document.querySelector(MAP);
    if (!frame || !frame.offsetParent || !TO_THE_MAP.includes(event.key)) return;
    const atlas = frame.contentWindow.MapsAtlas;
    if (atlas && atlas.state && atlas.key(atlas.state.control, event)) event.preventDefault();
  }

  /* A frame keeps its keys to itself: those of the page are heard there, too. */
  function listenIn(event) {
    if (event.target.tagName !== "IFRAME") return;
    event.target.contentWindow.addEventListener("keydown", (pressed) => {
      if (["/", "?"].includes(pressed.key)) keyed(pressed);
    });
  }

  /* Have the page speak the reader's language where Streamlit has words of its own. */
  const NAMED = ["aria-label", "title", "placeholder"], english = new WeakMap();
  function speak() {
    const held = document.querySelector(".mc-language");
    if (!held) return;
    document.documentElement.lang = held.dataset.lang;
    document.documentElement.dir = held.dataset.dir;
    const words = JSON.parse(held.dataset.words);
    for (const part of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      for (const name of NAMED) if (part.hasAttribute(name)) say(part.getAttributeNode(name), words);
    }
    for (const part of document.querySelectorAll("a, li, [role=option]")) {
      if (part.childNodes.length === 1 && part.firstChild.nodeType === Node.TEXT_NODE) say(part.firstChild, words);
    }
  }

  /* What was said in another language before is known by its English. */
  function say(node, words) {
    const known = english.get(node) || {}, said = known.ours === node.nodeValue ? known.english : node.nodeValue;
    if (!Object.hasOwn(words, said) || words[said] === node.nodeValue) return;
    node.nodeValue = words[said];
    english.set(node, { english: said, ours: node.nodeValue });
  }

  /* What a run brings may be drawn after Streamlit has called it done. */
  let waiting = false;
  function look() {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(() => { waiting = false; speak(); arrive(); outline(); });
  }

  /* A map is printed as it is seen, as much smaller as paper is narrower: A4 without its margins is 694 px wide. */
  function fitPaper() {
    for (const frame of document.querySelectorAll(".st-key-map-frame iframe, .st-key-compare-maps iframe")) {
      const maps = frame.closest(".st-key-compare-maps") ? 2 : 1, width = frame.offsetWidth;
      frame.style.setProperty("--printed-width", width + "px");
      frame.style.setProperty("--printed-height", frame.offsetHeight + "px");
      if (width) frame.style.setProperty("--printed-zoom", Math.min(1, (694 / maps - 8) / width));
    }
  }

  window.addEventListener("beforeprint", fitPaper);
  document.addEventListener("click", follow);
  document.addEventListener("click", send);
  document.addEventListener("click", unfold);
  document.addEventListener("keydown", keyed);
  if (navigator.share) document.documentElement.classList.add("mc-can-send");
  document.addEventListener("load", listenIn, true);
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
  new MutationObserver(() => { look(); window.requestAnimationFrame(showTab); }).observe(document, {
    subtree: true, attributes: true, attributeFilter: ["data-test-script-state"],
  });
})();
