"""Faults of what is contested, of stories, and of neutrality."""

from data.planting import (
    Fault,
    Plant,
    cell,
    content,
    edited_json,
    extra_row,
    geometry,
    no_row,
    properties,
    ring,
    text,
    together,
)

STORY, SHIRES = "stories/isles.toml", "boundaries/shires.geojson"
# The shire is the square 22–23° E; here it lies on the west isle, which it is no part of.
ON_THE_WEST_ISLE = ring((20, 0), (21, 0), (21, 1), (20, 1))
# The west realm is said to hold what is drawn around the shire, and the league to hold the shire.
A_ZONE_ACROSS_THE_SHIRE = together(
    text("atlas.toml", 'layers = ["control"]', 'layers = ["control", "shires"]'),
    properties(SHIRES, 1, region="west-isle"),
)
# The descriptor holds the steps of a chain apart too; here only the rule is asked.
_NO_KEY_OF_CHAINS = edited_json("datapackage.json", lambda package: [
    resource["schema"].pop("primaryKey")
    for resource in package["resources"] if resource["name"] == "chains"
])  # fmt: skip

CONTESTED = [
    *(
        Fault(f"unknown {column} in {file}", cell(file, line, column, "nowhere"), file, line,
            column, "reference-unknown")
        for file, line, column in [
            ("regions.csv", 2, "shown_on"),
            ("point_subjects.csv", 3, "status_id"),
            ("point_subjects.csv", 4, "region_id"),
            ("accounts.csv", 7, "event_id"),
            ("accounts.csv", 8, "status_id"),
            ("accounts.csv", 8, "perspective_id"),
            ("chains.csv", 2, "event_id"),
            ("event_dates.csv", 3, "perspective_id"),
        ]
    ),
    *(
        Fault(f"unknown {column} of a citation", extra_row("citations.csv", id="c99",
            source_id="W01", role="evidence", **{column: "nowhere"}), "citations.csv", 27,
            column, "reference-unknown")
        for column in ("account_id", "event_date_id")
    ),
    Fault("account cited with another thing", cell("citations.csv", 23, "event_id", "A01"),
        "citations.csv", 23, "account_id", "citation-subject"),
    Fault("region shown on itself", cell("regions.csv", 2, "shown_on", "west-isle"),
        "regions.csv", 2, "shown_on", "shown-on-itself"),
    Fault("region shown twice", cell("regions.csv", 2, "shown_on", "cu-east;cu-east"),
        "regions.csv", 2, "shown_on", "id-twice"),
    Fault("point about nothing", cell("point_subjects.csv", 3, "status_id", ""),
        "point_subjects.csv", 3, "event_id", "point-subject"),
    Fault("point about two", cell("point_subjects.csv", 3, "region_id", "west-isle"),
        "point_subjects.csv", 3, "region_id", "point-subject"),
    Fault("account of nothing", cell("accounts.csv", 8, "status_id", ""),
        "accounts.csv", 8, "point_id", "account-subject"),
    Fault("account of two", cell("accounts.csv", 7, "status_id", "shire-claimed-by-west"),
        "accounts.csv", 7, "status_id", "account-subject"),
    Fault("unknown stance", cell("accounts.csv", 8, "stance", "doubts"),
        "accounts.csv", 8, "stance", "choice-unknown"),
    Fault("stance of before", cell("accounts.csv", 8, "stance", "denies"),
        "accounts.csv", 8, "stance", "choice-unknown"),
    Fault("account without evidence", cell("accounts.csv", 8, "evidence", ""),
        "accounts.csv", 8, "evidence", "cell-empty"),
    Fault("no EDTF of an account", cell("accounts.csv", 8, "start", "June"),
        "accounts.csv", 8, "start", "date-unreadable"),
    Fault("open start of an account", cell("accounts.csv", 8, "start", "../1972"),
        "accounts.csv", 8, "start", "date-open"),
    Fault("days of an account of an event", cell("accounts.csv", 7, "start", "1972"),
        "accounts.csv", 7, "start", "days-without-status"),
    Fault("account that ends before it starts", together(
        cell("accounts.csv", 8, "start", "1972"), cell("accounts.csv", 8, "end", "1971")),
        "accounts.csv", 8, "end", "end-before-start"),
    Fault("account after its status", cell("accounts.csv", 8, "start", "1999-12-31"),
        "accounts.csv", 8, "start", "day-outside"),
    Fault("account before its status", cell("accounts.csv", 8, "end", "1950-06-01"),
        "accounts.csv", 8, "end", "day-outside"),
    Fault("bad form of a chain", together(
        *(cell("chains.csv", line, "chain_id", "Shire.apart") for line in (2, 3)),
        *(text(f"text/{lang}.csv", "chain.shire-apart", "chain.Shire.apart")
            for lang in ("en", "fr"))),
        "chains.csv", 3, "chain_id", "id-form"),
    Fault("half a step", cell("chains.csv", 3, "step", "1.5"), "chains.csv", 3,
        "step", "number-unreadable"),
    Fault("step beyond counting", cell("chains.csv", 3, "step", "9" * 5000), "chains.csv", 3,
        "step", "number-unreadable"),
    Fault("step nought", cell("chains.csv", 3, "step", "0"), "chains.csv", 3,
        "step", "step-range"),
    Fault("step twice", together(cell("chains.csv", 3, "step", "1"), _NO_KEY_OF_CHAINS),
        "chains.csv", 3, "step", "step-twice"),
    Fault("event twice in a chain", cell("chains.csv", 3, "event_id", "A01"), "chains.csv", 3,
        "event_id", "chain-event-twice"),
    Fault("unknown role of a link", cell("chains.csv", 3, "role", "cause"), "chains.csv", 3,
        "role", "choice-unknown"),
    Fault("month as an alternative day", cell("event_dates.csv", 3, "edtf", "1960-03"),
        "event_dates.csv", 3, "edtf", "date-unreadable"),
    Fault("alternative day outside", cell("event_dates.csv", 3, "edtf", "2060-03-20"),
        "event_dates.csv", 3, "edtf", "day-outside"),
    Fault("alternative day twice", cell("event_dates.csv", 3, "edtf", "1960-03-15"),
        "event_dates.csv", 3, "edtf", "day-twice"),
    Fault("day in use not listed", cell("event_dates.csv", 2, "edtf", "1960-03-16"),
        "events.csv", 3, "edtf", "day-unlisted"),
]  # fmt: skip


def _story(name: str, old: str, new: str, field: str, rule: str) -> Fault:
    return Fault(f"story: {name}", text(STORY, old, new), STORY, None, field, rule)


STORIES = [
    Fault("story in a file of no id",
        lambda folder: (folder / STORY).rename(folder / "stories/Isles 1.toml") and None,
        "stories/Isles 1.toml", None, "id", "id-form"),
    _story("syntax", 'source = "S00"', "source = S00", "", "syntax")._replace(row=3),
    _story("other id than the file", 'id = "isles"', 'id = "islands"', "id", "story-id"),
    _story("unknown key", 'source = "S00"', 'source = "S00"\ncolour = "red"', "colour",
        "key-unknown"),
    _story("unknown source", 'source = "S00"', 'source = "S77"', "source", "reference-unknown"),
    _story("title of one language", 'fr = "La chronique, pas à pas"\n', "", "title.fr",
        "text-missing"),
    _story("title of a language no one lists", 'fr = "La chronique, pas à pas"',
        'fr = "La chronique"\nde = "Die Chronik"', "title.de", "language-unlisted"),
    _story("title that is a number", 'fr = "La chronique, pas à pas"', "fr = 7", "title.fr",
        "text-empty"),
    _story("quote of no source", 'source = "S00"\n', "", "steps[1].quote",
        "quote-without-source"),
    _story("unknown key of a step", 'event = "A01"', 'evnt = "A01"', "steps[1].evnt",
        "key-unknown"),
    _story("step of no id", 'id = "landing"', 'id = "The landing"', "steps[2].id", "id-form"),
    _story("step twice", 'id = "landing"', 'id = "shire-apart"', "steps[2].id", "id-twice"),
    _story("no day", "day = 1960-03-15\n", "", "steps[2].day", "key-missing"),
    _story("moment for a day", "day = 1960-03-15", "day = 1960-03-15T12:00:00", "steps[2].day",
        "date-unreadable"),
    _story("day outside", "day = 1960-03-15", "day = 2060-03-15", "steps[2].day", "day-outside"),
    _story("unknown mode", 'mode = "control"', 'mode = "owner"', "steps[2].mode",
        "reference-unknown"),
    _story("legal status of nobody", 'mode = "control"', 'mode = "legal"',
        "steps[2].perspective", "key-missing"),
    _story("perspective on control", 'mode = "control"', 'mode = "control"\nperspective = "all"',
        "steps[2].perspective", "perspective-without-mode"),
    _story("unknown perspective", 'mode = "control"', 'mode = "legal"\nperspective = "north"',
        "steps[2].perspective", "reference-unknown"),
    _story("unknown event", 'event = "A01"', 'event = "A99"', "steps[1].event",
        "reference-unknown"),
    _story("unknown region", 'region = "strait-shire"', 'region = "straight-shire"',
        "steps[1].region", "reference-unknown"),
    _story("unknown event beside", '["X02"]', '["X99"]', "steps[2].beside_events",
        "reference-unknown"),
    _story("unknown note beside", '["N1"]', '["N1", "N9"]', "steps[2].beside_notes",
        "reference-unknown"),
    _story("unknown point beside", '["N1"]', '["N1"]\nbeside_points = ["C2"]',
        "steps[2].beside_points", "reference-unknown"),
    _story("note twice beside", '["N1"]', '["N1", "N1"]', "steps[2].beside_notes", "id-twice"),
    _story("note in no list", '["N1"]', '"N1"', "steps[2].beside_notes", "value-unfit"),
    _story("box of three sides", "[21.5, -0.5, 24.5, 1.5]", "[21.5, -0.5, 24.5]",
        "steps[1].bbox", "value-unfit"),
    _story("quote of no language", 'quote_lang = "en"\n', "", "steps[1].quote_lang",
        "key-missing"),
    _story("locator in numbers", 'locator = "p. 4"', "locator = 4", "steps[1].locator",
        "value-unfit"),
]  # fmt: skip

SIDES = [
    Fault("account without citation", no_row("citations.csv", 23), "accounts.csv", 8,
        "id", "uncited"),
    Fault("alternative day without citation", no_row("citations.csv", 25), "event_dates.csv", 3,
        "id", "uncited"),
    Fault("point without a side", cell("accounts.csv", 3, "perspective_id", "chronicle"),
        "points.csv", 2, "id", "side-missing"),
    Fault("contested event whose point lacks a side",
        cell("accounts.csv", 3, "perspective_id", "chronicle"), "events.csv", 3, "contested",
        "side-missing"),
    Fault("contested event without account", cell("events.csv", 5, "contested", "true"),
        "events.csv", 5, "contested", "side-missing"),
    Fault("share that is another", cell("figures.csv", 3, "value", "50.6"), "figures.csv", 3,
        "value", "share-mismatch"),
    Fault("share of nothing", cell("figures.csv", 3, "denominator", "0.0"), "figures.csv", 3,
        "denominator", "share-of-nothing"),
    Fault("part of no percentage", cell("figures.csv", 2, "numerator", "5"), "figures.csv", 2,
        "numerator", "share-unit"),
    Fault("two colours on the same ground", together(
        text("atlas.toml", "hue = -1\norder = 1", "hue = 100\norder = 1"),
        properties(SHIRES, 1, contested=False), geometry(SHIRES, 1, ON_THE_WEST_ISLE)),
        SHIRES, 1, "geometry", "boundary-overlap"),
    Fault("sides without a flag", text("atlas.toml", "required = false", "required = 0"),
        "atlas.toml", None, "sides[1].required", "value-unfit"),
    Fault("perspective of an unknown side", text("atlas.toml", 'side = "west"', 'side = "north"'),
        "atlas.toml", None, "perspectives[2].side", "reference-unknown"),
    Fault("perspective called all", text("atlas.toml", 'id = "west-side"', 'id = "all"'),
        "atlas.toml", None, "perspectives[2].id", "id-reserved"),
    Fault("control contested between nobody", cell("statuses.csv", 4, "polity_id", ""),
        "statuses.csv", 4, "certainty", "unknown-contested"),
    Fault("zone held by others than the piece inside", A_ZONE_ACROSS_THE_SHIRE,
        "statuses.csv", 2, "polity_id", "control-contradicts"),
    Fault("polity called as what is not known", together(
        extra_row("polities.csv", id="not-known", hue="10"),
        extra_row("text/en.csv", key="polity.not-known", text="X"),
        extra_row("text/fr.csv", key="polity.not-known", text="X")),
        "polities.csv", 4, "id", "id-reserved"),
    Fault("line that lies off by less than nothing", text("atlas.toml", "approximate = 2.5",
        "approximate = -2.5"), "atlas.toml", None, "line_offset_km", "value-unfit"),
    Fault("lines found off by more on average than mostly", text("atlas.toml",
        "mean = 2.0, p95 = 6.0", "mean = 6.0, p95 = 2.0"),
        "atlas.toml", None, "line_error_km", "value-unfit"),
    Fault("lines found off without a length along them", text("atlas.toml",
        "independent = 10.0\n", ""), "atlas.toml", None, "line_error_km", "value-unfit"),
    Fault("loaded words of one language", text("atlas.toml", 'fr = ["libér", "occup"]', ""),
        "atlas.toml", None, "loaded_words.fr", "key-missing"),
    Fault("loaded word in no list", text("atlas.toml", 'fr = ["libér", "occup"]', 'fr = "occup"'),
        "atlas.toml", None, "loaded_words", "value-unfit"),
]  # fmt: skip


# The chronicle as the main work; the lines of citations.csv on which it is cited for what it tells.
CHRONICLE_IS_THE_WORK = text("atlas.toml", 'side = "chronicle"', 'side = "chronicle"\nwork = "S00"')
CITED_FROM_THE_WORK = (9, 10, 11, 19, 24, 26)


def quoted(*lines: int) -> Plant:
    """Give each of these citations a quote."""
    return together(
        *(cell("citations.csv", line, "quote", "So it was.") for line in lines),
        *(cell("citations.csv", line, "quote_lang", "en") for line in lines),
    )


def _unquoted(name: str, line: int, file: str, row: int) -> Fault:
    others = [each for each in CITED_FROM_THE_WORK if each != line]
    plant = together(CHRONICLE_IS_THE_WORK, quoted(*others))
    return Fault(f"{name} of the main work without its words", plant, file, row, "id", "unquoted")


MAIN_WORK = [
    _unquoted("status", 26, "statuses.csv", 7),
    _unquoted("account", 19, "accounts.csv", 2),
    _unquoted("alternative day", 24, "event_dates.csv", 2),
    Fault("main work told in the words of another", together(
        CHRONICLE_IS_THE_WORK, quoted(*CITED_FROM_THE_WORK),
        cell("citations.csv", 10, "source_id", "W01")),
        "statuses.csv", 3, "id", "unquoted"),
    Fault("main work that is no source", text("atlas.toml", 'side = "chronicle"',
        'side = "chronicle"\nwork = "S09"'), "atlas.toml", None, "perspectives[1].work",
        "reference-unknown"),
    Fault("main work that is a number", text("atlas.toml", 'side = "chronicle"',
        'side = "chronicle"\nwork = 9'), "atlas.toml", None, "perspectives[1].work",
        "value-unfit"),
]  # fmt: skip


# The landing of March 1960, with which a claim begins, as an event of force.
A_LANDING_BY_FORCE = together(
    cell("events.csv", 3, "kinds", "military"),
    *(
        text(f"text/{lang}.csv", f"kind.landing,{word}", f"kind.military,{word}")
        for lang, word in (("en", "Landing"), ("fr", "Débarquement"))
    ),
)
LAW = [
    Fault("claim that begins with force", A_LANDING_BY_FORCE, "statuses.csv", 5,
        "start_event_id", "law-after-force"),
    Fault("claim from the day of force, which it does not name", together(A_LANDING_BY_FORCE,
        cell("statuses.csv", 5, "start_event_id", "")), "statuses.csv", 5, "start",
        "law-after-force"),
    Fault("title that ends on the last day of force", together(A_LANDING_BY_FORCE,
        cell("statuses.csv", 7, "end", "1960-03-20"),
        cell("statuses.csv", 5, "dimension", "proposed")), "statuses.csv", 7, "end",
        "law-after-force"),
]  # fmt: skip


# The chronicle as our own voice and a third party; the east alone is cited for two events.
OUR_VOICE = together(
    text("atlas.toml", 'side = "chronicle"', 'side = "chronicle"\nown_voice = true'),
    text("atlas.toml", "required = false", "required = false\nthird_party = true"),
    *(cell("events.csv", line, "corroboration", "east side only") for line in (4, 5)),
)
# A second side has its account of the strike.
A_SECOND_ACCOUNT = together(
    cell("accounts.csv", 5, "stance", "says"),
    cell("accounts.csv", 5, "evidence", "V2"),
    extra_row("citations.csv", id="c99", account_id="x01-chronicle", source_id="S00",
        role="evidence"),
)  # fmt: skip
BALANCE = [
    Fault("stance measured from a question", cell("accounts.csv", 4, "stance", "says-otherwise"),
        "accounts.csv", 4, "stance", "stance-of-point"),
    Fault("agreed event that is told otherwise", cell("accounts.csv", 7, "stance", "in-part"),
        "events.csv", 4, "contested", "contested-untold"),
    Fault("agreed event with two accounts", A_SECOND_ACCOUNT,
        "events.csv", 4, "contested", "contested-untold"),
    Fault("own voice of one side", together(OUR_VOICE,
        cell("citations.csv", 11, "source_id", "W01")), "statuses.csv", 4, "certainty",
        "one-sided"),
    Fault("mark of one side where a third party is cited", together(OUR_VOICE,
        cell("statuses.csv", 4, "certainty", "one-sided")), "statuses.csv", 4, "certainty",
        "one-sided"),
    Fault("event of one side that does not say so", together(OUR_VOICE,
        cell("events.csv", 4, "corroboration", "")), "events.csv", 4, "corroboration",
        "one-sided"),
]  # fmt: skip


def _loaded(name: str, plant: Plant, file: str, row: int | None, field: str) -> Fault:
    return Fault(f"loaded word in {name}", plant, file, row, field, "loaded-word")


def _catalogue(english: str, french: str) -> Plant:
    entry = f'msgctxt "statuses.note"\nmsgid "{english}"\nmsgstr "{french}"\n'
    return content("text/fr.po", entry.encode())


CATALOGUES = [
    Fault("a catalogue that is none", content("text/fr.po", b"msgid oops\n"), "text/fr.po", None,
        "", "catalogue-unreadable"),
    Fault("a translation that fills in something else", _catalogue("By {name}", "De {nom}"),
        "text/fr.po", None, "msgstr", "placeholder"),
    Fault("a translation with a character unseen", _catalogue("Isle", "Î\u200ble"), "text/fr.po",
        None, "msgstr", "character-unseen"),
    _loaded("a translation", _catalogue("Held", "Occupée"), "text/fr.po", None, "msgstr"),
]  # fmt: skip
WORDS = [
    _loaded("a text", text("text/en.csv", "Ferry strike", "Occupied ferries"), "text/en.csv", 30,
        "text"),
    _loaded("a text of another language", text("text/fr.csv", "Aucune source du côté ouest",
        "Île OCCUPÉE : aucune source"), "text/fr.csv", 48, "text"),
    _loaded("the note of a region", cell("regions.csv", 2, "note", "Not yet liberated."),
        "regions.csv", 2, "note"),
    _loaded("a remark of what a source says", cell("regions.csv", 4, "source_says",
        'Calls it "occupied", since it was occupied.'), "regions.csv", 4, "source_says"),
    _loaded("a main name", cell("names.csv", 2, "form", "Liberated Isle"), "names.csv", 2, "form"),
    _loaded("the base of a share", cell("figures.csv", 3, "base", "occupied shires"),
        "figures.csv", 3, "base"),
    _loaded("a quotation left open", cell("accounts.csv", 3, "note", 'The page says "occupied.'),
        "accounts.csv", 3, "note"),
    _loaded("a boundary", properties(SHIRES, 1, note="Since the liberation."), SHIRES, 1, "note"),
    _loaded("a source", edited_json("sources.json",
        lambda items: items[1]["custom"].update(note="By the occupier.")), "sources.json", 2,
        "custom.note"),
    _loaded("the settings", text("atlas.toml", "Invented for", "Liberated for"), "atlas.toml",
        None, "attribution"),
    _loaded("the title of a story", text(STORY, "La chronique, pas à pas", "L’île libérée"),
        STORY, None, "title.fr"),
    _loaded("a step", text(STORY, "No third source", "No liberator"), STORY, None,
        "steps[2].beside.en"),
]  # fmt: skip


# The east isle has a name of each side; in English they stand in the order of the alphabet.
TWO_NAMES = together(
    cell("names.csv", 4, "form", "East Isle / Sunrise"),
    cell("names.csv", 5, "form", "Île de l’Est / Lever"),
)
TOWN_OF_TWO_NAMES = edited_json(
    "basemap/land.geojson",
    lambda land: land["features"][0]["properties"].update(name_en="Port / Haven"),
)
NAMES = [
    Fault("two names against the alphabet", together(
        cell("names.csv", 4, "form", "Sunrise / East Isle"),
        cell("names.csv", 5, "form", "Lever / Île de l’Est")), "names.csv", 4, "form",
        "name-order"),
    Fault("one name for two in another language", together(TWO_NAMES,
        cell("names.csv", 4, "form", "East Isle")), "names.csv", 5, "form", "name-order"),
    Fault("two names in a text the other way round", together(TWO_NAMES,
        text("text/fr.csv", "Aucune source du côté ouest", "Lever / Île de l’Est")),
        "text/fr.csv", 48, "text", "name-order"),
    Fault("two names in a remark the other way round", together(TWO_NAMES,
        cell("regions.csv", 2, "note", "Opposite of Sunrise /  East Isle.")), "regions.csv", 2,
        "note", "name-order"),
    Fault("two names on the ground against the alphabet", TOWN_OF_TWO_NAMES,
        "basemap/land.geojson", 1, "name_en", "name-order"),
]  # fmt: skip
