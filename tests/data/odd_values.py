"""Values that editors, programs and the net put into files, by what should stand there."""
# ruff: noqa: E501  tables of values

from typing import Any

TEXTS = (
    "", " ", "0", "-", "null", "a " * 3000, "x" * 3000, "汉字" * 400, "שלום עולם", "مرحبا بالعالم",
    "👩‍👩‍👧‍👦🗺️", "e\u0301" * 40, "Z̸̡͑a̷l̴g̵o", "<script>alert(1)</script>", "</script><!--", "&amp;&#0;&",
    "{{ x }} {% y %}", "{0} {name} {", "%s %d %", "100 %", "\\", "\\n\\u0041", "$x^2$", "$\\frac{", "$",
    "$$ _a_ ^b^", "# | *a* [b](c)", "'\"`", "=1+1", "\u202eevil\u202c", "\u200b", "\ufeff", "\uffff",
    "\ue000\ue001", "\x00", "\x07\x1b[2J", "two\nlines", "\r\n\t", "\u2028", "\x85", "𝕬𝖙𝖑𝖆𝖘", "ﷺ" * 20,
    "../../etc/passwd", "http://[::1", "https://example.org/a b", "javascript:alert(1)",
)  # fmt: skip
DATES = (
    "0001", "0001-01-01", "9998-12-31", "9999-12-31", "1900", "1960-03", "1960-03-15", "1960-02-30",
    "1950~", "1950?", "1950%", "1950-06-01~", "[1950,1960]", "[1950-06-01..1960-03-15]", "{1950,1951}",
    "[..1960]", "[1950..]", "1950/1960", "1950/..", "../1950", "/1950", "1950/", "1960/1950", "..", "/",
    "2000-21", "196X", "19XX", "1960-XX", "-0044", "Y170000002", "1960-03-15T12:00:00Z", "15.3.1960",
    "?1960", "1960-03~/1961", "1972/1974-02-10", "٢٠٠٠-٠١-٠١",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "1", "-1", "50", "90", "-90", "180", "-180", "360", "361", "0.000001", "12300.5",
    "999999999999", "9" * 400, "0." + "0" * 400 + "1", "1e5", "nan", "inf", "1,5", "٣", "007", "+1",
)  # fmt: skip
IDS = (
    "index", "INDEX", "404", "con", "nul", "a", "0", "1e5", "null", "true", "all", "everyone", "en",
    "a" * 120, "a" * 400, "constructor", "length", "a-b-c-d", "A01", "S1", "events", "assets",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 5, 1.5, 1e308, -0.0, 10**30, 10**400, float("nan"), float("inf"),
    "", "x", "5", [], {}, [[]], [None], [1], ["x"], {"a": None}, {"x": {"y": [1]}}, [{}], "en",
    {"en": "x"}, "\ud800", *TEXTS[8:40:4],
)  # fmt: skip
CSL_FIELDS = (
    "author", "editor", "translator", "container-author", "collection-editor", "director",
    "reviewed-author", "issued", "accessed", "original-date", "submitted", "event-date",
    "available-date", "volume", "issue", "number", "edition", "page", "page-first",
    "number-of-pages", "chapter-number", "title", "title-short", "container-title", "publisher",
    "publisher-place", "genre", "language", "URL", "DOI", "ISBN", "note", "abstract", "medium",
    "archive", "archive_location", "keyword", "categories", "custom", "citation-key", "type",
)  # fmt: skip
CSL_VALUES: tuple[Any, ...] = (
    *({"date-parts": parts} for parts in (
        [[1999]], [["1999"]], [["1999", "2"]], [[0]], [[-44]], [[1999, 13]], [[1999, 2, 30]], [[99999]],
        [["abc"]], [[]], [], [[None]], [[1999], [2001]], [[1999], []], [[1999, 21]], [[1.5]], [[True]],
        [[1999, 0]], [[10**30]], [["1999", "March"]], "1999", [1999], [[1, 2, 3, 4]], [[1999, -3]],
        [["٣"]], [[""]], [[2001, 5], [1999]], [[1999, 5, 0]],
    )),
    {"season": 1, "date-parts": [[1999]]}, {"season": "spring"}, {"raw": "1999"}, {"literal": "n.d."},
    {"literal": ""}, {"raw": 5}, {"circa": True, "date-parts": [[1999]]}, {"circa": "x"}, {},
    {"date-parts": [[1999]], "season": []}, {"date-parts": [[1999]], "circa": {}},
    *([name] for name in (
        {"family": 5}, {"family": ""}, {"family": None}, {"given": "x"}, {"literal": 5}, {"literal": ""},
        {"family": "Doe", "given": 7}, {"family": "Doe", "suffix": 3}, {"family": "Doe", "suffix": "Jr."},
        {"family": "Doe", "non-dropping-particle": "van", "given": "J."}, {"family": ["Doe"]}, "Doe",
        {"family": "Doe", "dropping-particle": []}, {"family": "Doe", "comma-suffix": True}, 5, [], None,
        {"family": "Doe", "given": ""}, {"family": "עברית", "given": "é" * 60}, {"literal": "<b>"},
    )),
    [{"family": f"N{n}"} for n in range(60)], "5-7", "1–2–3", "vol. 5", "zz", "en-US", "fr-FR-x", "1, 2 & 3",
    5, -3, 2.5, "IV", "3rd",
)  # fmt: skip
TOML_VALUES = (
    '""', '" "', '"x"', "0", "-1", "1", "0.5", "1e400", "nan", "inf", "true", "[]", "[[]]", "{}", "[1]",
    '["en"]', '["fr"]', '["en", "en"]', '["en", "fr", "de"]', '["EN"]', '["en", "../x"]', '["x y"]', "1900",
    "1950-06-01", "0001-01-01", "9998-12-31", "1960-03-15T00:00:00Z", "12:00:00", '"1950-06-01"', '"1950"',
    "9" * 4000, "1" * 5000, '"' + "x" * 3000 + '"', '"\\u0000"', '"$x$ {y} %"', '"all"', "{en = 1}",
    '{en = "x"}', "{a = {b = {c = 1}}}", "[" * 60 + "]" * 60, '["A01"]', '["C1"]', '"A01"', '"units"',
)  # fmt: skip
BOXES = (
    (-180, -90, 180, 90), (-100, -60, 100, 75), (-179.99, -85, 179.99, 85), (0, -1, 60, 1),
    (20, -90, 21, 90), (20, -80, 24, 84), (20, 84, 24, 90), (-10, 85, 40, 89), (-30, 40, 90, 45),
    (19.5, -0.5, 19.50001, 1.5), (19.5, 0.5, 24.5, 0.500001), (178, -2, 180, 2), (-180, 60, -170, 80),
    (24.5, 1.5, 19.5, -0.5), (0, 0, 0, 0), (20, 20, 20, 20), (-200, -5, 20, 5), (0, 0, 1e300, 1), (0, 0, 5, 91),
    ("nan", 0, 24, 1), (19, 0, "inf", 1), (170, -1, -170, 1), (20, 0, 24), (1, 2, 3, 4, 5), ("true", 0, 9, 9),
    (100, 20, 110, 30), (-10, 35, 40, 60), (0, 0, 90, 80), (-90, -45, 90, 45), (20.5, 0.2, 20.6, 0.3),
)  # fmt: skip
