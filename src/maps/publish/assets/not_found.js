/* Whoever publishes without an address does not say where the top of the site is, and this
 * page is shown at any depth. The icon stands at one place only: above it is the top. */
(function () {
  "use strict";

  const icon = "ICON", folders = FOLDERS;
  const parts = location.pathname.split("/").slice(1, -1);
  const known = parts.findIndex(function (part) { return folders.includes(part); });
  function top(count) { return "/" + parts.slice(0, count).map(function (part) { return part + "/"; }).join(""); }

  const tries = [top(known < 0 ? parts.length : known)];
  for (let count = 0; count <= parts.length; count += 1) if (!tries.includes(top(count))) tries.push(top(count));

  function lead(from) {
    for (const link of document.querySelectorAll("a[href]")) {
      const path = link.getAttribute("href");
      if (!/^([a-z]+:|[/#])/.test(path)) link.setAttribute("href", from + path);
    }
  }
  function look(at) {
    if (at === tries.length) return;
    const mark = new Image();
    mark.onload = function () { lead(tries[at]); };
    mark.onerror = function () { look(at + 1); };
    mark.src = tries[at] + icon;
  }
  document.addEventListener("DOMContentLoaded", function () { look(0); });
})();
