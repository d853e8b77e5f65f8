/* The least of a test runner: `test(name, body)` keeps, `runTests()` reports. */
(function (root) {
  "use strict";

  const kept = [];

  function show(value) {
    return JSON.stringify(value);
  }

  root.test = function (name, body) {
    kept.push([name, body]);
  };

  root.same = function (got, wanted, about) {
    if (show(got) !== show(wanted)) throw new Error((about ? about + ": " : "") + "got " + show(got) + ", wanted " + show(wanted));
  };

  root.runTests = function () {
    return kept.map(function (item) {
      try {
        item[1]();
        return { name: item[0], fault: "" };
      } catch (error) {
        return { name: item[0], fault: error.message };
      }
    });
  };
})(globalThis);
