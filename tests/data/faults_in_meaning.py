"""Faults of geography, words, evidence, settings, origins and the data package."""

import hashlib

from data.planting import (
    Fault,
    Plant,
    cell,
    content,
    edited_json,
    extra_row,
    geometry,
    gone,
    no_row,
    properties,
    ring,
    text,
    together,
)

ISLES = "boundaries/isles.geojson"
# The west isle is the square 20–21° E, 0–1° N; here it is drawn in other ways.
CLOCKWISE = ring((20, 0), (20, 1), (21, 1), (21, 0))
BOW_TIE = ring((20, 0), (21, 1), (21, 0), (20, 1))
ON_THE_EAST_ISLE = ring((23.5, 0), (23.9, 0), (23.9, 1), (23.5, 1))


def _item(position: int, **changes: object) -> Plant:
    return edited_json("sources.json", lambda items: items[position - 1].update(changes))


def _extract(name: str, id: str) -> Plant:
    """Add a file to `raw/` with its record."""
    keys = {"id": id, "title": "X", "package": "x", "version": "1", "file": "x", "licence": "CC0"}
    keys["sha256"] = hashlib.sha256(b"x").hexdigest()
    record = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    return together(
        content(f"raw/{name}", b"x"), content(f"raw/{name}.origin.toml", record.encode())
    )


GEOGRAPHY = [
    Fault("latitude out of range", cell("places.csv", 2, "lat", "90.5"), "places.csv", 2,
        "lat", "coordinate-range"),
    Fault("lat and lon swapped", together(cell("places.csv", 3, "lat", "22.5"),
        cell("places.csv", 3, "lon", "0.5")), "places.csv", 3, "lat", "coordinate-swapped"),
    Fault("half an anchor", cell("regions.csv", 4, "anchor_lon", ""), "regions.csv", 4,
        "anchor_lon", "coordinate-half"),
    Fault("no geometry", geometry(ISLES, 1, None), ISLES, 1, "geometry", "geometry-unreadable"),
    Fault("geometry of words", geometry(ISLES, 1, {"type": "Polygon", "coordinates": "here"}),
        ISLES, 1, "geometry", "geometry-unreadable"),
    Fault("no polygon", geometry(ISLES, 1, ring((20, 0), (21, 1), kind="LineString")), ISLES, 1,
        "geometry", "geometry-kind"),
    Fault("empty polygon", geometry(ISLES, 1, {"type": "Polygon", "coordinates": []}), ISLES, 1,
        "geometry", "geometry-empty"),
    Fault("crossing ring", geometry(ISLES, 1, BOW_TIE), ISLES, 1, "geometry", "geometry-invalid"),
    Fault("clockwise ring", geometry(ISLES, 1, CLOCKWISE), ISLES, 1,
        "geometry", "geometry-winding"),
    Fault("six decimals", geometry(ISLES, 1, ring((20.000001, 0), (21, 0), (21, 1), (20, 1))),
        ISLES, 1, "geometry", "geometry-decimals"),
    Fault("far away", geometry(ISLES, 1, ring((60, 0), (61, 0), (61, 1), (60, 1))), ISLES, 1,
        "geometry", "geometry-outside"),
    Fault("lat first", geometry(ISLES, 1, ring((0, 20), (1, 20), (1, 21), (0, 21))), ISLES, 1,
        "geometry", "geometry-swapped"),
    Fault("off the earth", geometry(ISLES, 1, ring((20, 0), (21, 0), (21, 91), (20, 91))),
        ISLES, 1, "geometry", "geometry-range"),
    Fault("two claims on the same ground", geometry(ISLES, 1, ON_THE_EAST_ISLE), ISLES, 2,
        "geometry", "boundary-overlap"),
    Fault("ground without geometry", geometry("basemap/land.geojson", 2, None),
        "basemap/land.geojson", 2, "geometry", "geometry-unreadable"),
    Fault("label in words", properties("basemap/land.geojson", 2, label="middle"),
        "basemap/land.geojson", 2, "label", "value-unfit"),
    Fault("feature without id", properties("boundaries/control.geojson", 1, id=""),
        "boundaries/control.geojson", 1, "id", "cell-empty"),
    Fault("feature id twice", properties(ISLES, 3, id="east-isle-1900"), ISLES, 3,
        "id", "id-twice"),
    Fault("contested in quotes", properties(ISLES, 1, contested="false"), ISLES, 1,
        "contested", "flag-unreadable"),
    Fault("unknown property", properties(ISLES, 1, colour="red"), ISLES, 1,
        "colour", "property-unknown"),
]  # fmt: skip

# The squares 20–21° E and 22–23° E are the west isle and, in the east, the shire.
IN_THE_STRAIT = ring((21.2, 0), (21.8, 0), (21.8, 1), (21.2, 1))
CONTROL = "boundaries/control.geojson"

PARTS = [
    Fault("piece outside its whole", geometry(CONTROL, 1, IN_THE_STRAIT), CONTROL, 1,
        "geometry", "part-outside"),
    Fault("unit far from its whole", together(
        geometry("boundaries/shires.geojson", 1, ring((26, 0), (27, 0), (27, 1), (26, 1))),
        cell("regions.csv", 7, "part_of", "east-isle")),
        "boundaries/shires.geojson", 1, "geometry", "part-outside"),
    Fault("place far from its region", cell("places.csv", 2, "lon", "22"), "places.csv", 2,
        "lat", "place-outside"),
    Fault("anchor far from what it is part of", together(
        extra_row("regions.csv", id="reef", kind="island", part_of="west-isle",
            anchor_lat="0.5", anchor_lon="22"),
        extra_row("names.csv", region_id="reef", lang="en", form="Reef", main="true"),
        extra_row("names.csv", region_id="reef", lang="fr", form="Récif", main="true")),
        "regions.csv", 8, "anchor_lat", "place-outside"),
    Fault("piece without a successor on its ground", properties(CONTROL, 1, end="1970-01-01"),
        CONTROL, 1, "end", "control-gap"),
    Fault("piece whose ground is lost in part", together(
        properties(CONTROL, 1, end="1970-01-01"),
        edited_json(CONTROL, lambda v: v["features"].append({"type": "Feature",
            "properties": v["features"][0]["properties"] | {"id": "cu-west-1970",
                "start": "1970-01-01", "end": ""},
            "geometry": ring((20, 0), (20.8, 0), (20.8, 1), (20, 1))}))),
        CONTROL, 1, "end", "control-gap"),
]  # fmt: skip

STATEMENTS = [
    Fault("status of an event of 40 years later", cell("statuses.csv", 7, "start_event_id", "X02"),
        "statuses.csv", 7, "start_event_id", "event-off-day"),
    Fault("event moved away from its status", cell("statuses.csv", 5, "start_event_id", "A01"),
        "statuses.csv", 5, "start_event_id", "event-off-day"),
    Fault("end by an event before the start", cell("statuses.csv", 6, "end_event_id", "A01"),
        "statuses.csv", 6, "end_event_id", "event-off-day"),
    Fault("end event without an end", cell("statuses.csv", 5, "end_event_id", "X01"),
        "statuses.csv", 5, "end_event_id", "event-off-day"),
    Fault("certain of two polities", together(
        extra_row("statuses.csv", id="west-held-too", region_id="west-isle", start="1980",
            dimension="de-facto", polity_id="east-league", perspective_id="chronicle",
            certainty="certain", evidence="V1"),
        extra_row("citations.csv", id="c99", status_id="west-held-too", source_id="S00",
            role="teller"),
        extra_row("text/en.csv", key="status.west-held-too", text="Held"),
        extra_row("text/fr.csv", key="status.west-held-too", text="Tenu")),
        "statuses.csv", 8, "polity_id", "teller-contradicts"),
    Fault("piece nobody holds any more", cell("statuses.csv", 2, "end", "1970-01-01"),
        "statuses.csv", 2, "end", "control-gap"),
]  # fmt: skip

CHARACTERS = [
    Fault("escape in a text", text("text/en.csv", "layer.isles,", "layer.isles,\x1b[2J"),
        "text/en.csv", 6, "text", "character-unseen"),
    Fault("line end in a name", cell("names.csv", 4, "form", "East\nIsle"), "names.csv", 4,
        "form", "character-unseen"),
    Fault("override in a name", cell("names.csv", 4, "form", "East \u202eelsi"), "names.csv", 4,
        "form", "character-unseen"),
    Fault("zero width in a note", cell("statuses.csv", 5, "note", "a\u200bb"), "statuses.csv", 5,
        "note", "character-unseen"),
    Fault("soft hyphen in a title", _item(2, title="Ac\u00adtes"), "sources.json", 2,
        "title", "character-unseen"),
    Fault("null in a name of a source", _item(2, author=[{"literal": "A\u0000"}]),
        "sources.json", 2, "author[1].literal", "character-unseen"),
    Fault("mark of order in a key", _item(2, **{"no\u200ete": "a"}), "sources.json", 2,
        "", "character-unseen"),
    Fault("control character in a setting",
        text("atlas.toml", "Invented for", "\\u009bInvented for"), "atlas.toml", None,
        "attribution[1]", "character-unseen"),
    Fault("override in a story", text("stories/isles.toml", "[title]\nen = \"",
        '[title]\nen = "\\u202e'), "stories/isles.toml", None, "title.en", "character-unseen"),
    Fault("override on a boundary", properties(ISLES, 1, note="a\u2066b"), ISLES, 1,
        "note", "character-unseen"),
    Fault("override on the ground", properties("basemap/land.geojson", 1, name="a\u202eb"),
        "basemap/land.geojson", 1, "name", "character-unseen"),
    Fault("override in a file name", _extract("a\u202eb.csv", "more"), "raw/a\u202eb.csv", None,
        "", "character-unseen"),
    Fault("notes alike", together(extra_row("notes.csv", id="n1", category="names"),
        extra_row("text/en.csv", key="note.n1", text="N"),
        extra_row("text/fr.csv", key="note.n1", text="N")), "notes.csv", 4, "id", "id-alike"),
    Fault("sources alike", edited_json("sources.json", lambda items: items.append(
        items[2] | {"id": "w01"})), "sources.json", 4, "id", "id-alike"),
    Fault("files alike", _extract("Squares.csv", "more"), "raw/squares.csv", None,
        "", "id-alike"),
]  # fmt: skip

LISTS_AND_LINKS = [
    Fault("unit out of no list", cell("figures.csv", 2, "unit", "km3"), "figures.csv", 2,
        "unit", "word-unlisted"),
    Fault("measure out of no list", cell("figures.csv", 2, "measure", "aera"), "figures.csv", 2,
        "measure", "word-unlisted"),
    Fault("kind out of no list", cell("regions.csv", 2, "kind", "iland"), "regions.csv", 2,
        "kind", "word-unlisted"),
    Fault("language of a name", cell("names.csv", 8, "lang", "english"), "names.csv", 8,
        "lang", "language-unknown"),
    Fault("language of a quote", cell("citations.csv", 3, "quote_lang", "xx"), "citations.csv", 3,
        "quote_lang", "language-unknown"),
    Fault("language with a charset", cell("names.csv", 8, "lang", "en.UTF-8"), "names.csv", 8,
        "lang", "language-unknown"),
    Fault("language of a source", _item(2, language="fra"), "sources.json", 2,
        "language", "language-unknown"),
    Fault("quote without language", cell("citations.csv", 3, "quote_lang", ""), "citations.csv",
        3, "quote_lang", "quote-language"),
    Fault("language without quote", cell("citations.csv", 3, "quote", ""), "citations.csv",
        3, "quote", "quote-language"),
    *(
        Fault(f"share of {value} %", cell("figures.csv", 3, "value", value), "figures.csv", 3,
            "value", "share-range")
        for value in ("-1", "100.5")
    ),
    *(
        Fault(f"address {address!r}", _item(3, URL=address), "sources.json", 3,
            "URL", "address-unfit")
        for address in (
            "javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "file:///etc/passwd",
            "//example.org", "example.org", "https://", "https:///x", "https://a b.org",
            "https://me:pass@example.org", "https://example.org:x/", "https://[::1",
        )
    ),
    Fault("page of which no one says when it was read", edited_json("sources.json",
        lambda items: items[2].pop("accessed")), "sources.json", 3, "accessed",
        "accessed-missing"),
    Fault("DOI as an address", _item(3, DOI="https://doi.org/10.1000/182"), "sources.json", 3,
        "DOI", "doi-form"),
    Fault("licence behind a script", edited_json("datapackage.json",
        lambda v: v["licenses"][0].update(path="javascript:alert(1)")), "datapackage.json", None,
        "licenses[1].path", "address-unfit"),
    Fault("key twice in a source", text("sources.json", '"title": "Papers',
        '"title": "Leaves", "title": "Papers'), "sources.json", None, "title", "key-twice"),
    Fault("property twice", text("boundaries/shires.geojson", '"precision":',
        '"precision": "adapted", "precision":'), "boundaries/shires.geojson", None, "precision",
        "key-twice"),
    Fault("key twice in the settings", text("atlas.toml", 'version = "1"',
        'version = "1"\nversion = "2"'), "atlas.toml", 3, "", "syntax"),
]  # fmt: skip

WORDS_AND_EVIDENCE = [
    Fault("missing text", text("text/fr.csv", "layer.isles,Îles\n", ""), "text/fr.csv", None,
        "key", "text-missing"),
    Fault("empty text", text("text/fr.csv", "layer.isles,Îles", "layer.isles,"), "text/fr.csv", 6,
        "text", "text-empty"),
    Fault("unknown text", extra_row("text/en.csv", key="layer.moon", text="Moon"), "text/en.csv",
        52, "key", "text-unknown"),
    Fault("text twice", extra_row("text/en.csv", key="layer.isles", text="Isle"), "text/en.csv",
        52, "key", "text-twice"),
    Fault("missing main name", no_row("names.csv", 3), "regions.csv", 2, "id", "name-missing"),
    Fault("two main names", cell("names.csv", 8, "main", "true"), "names.csv", 8,
        "main", "name-twice"),
    Fault("event without citation", no_row("citations.csv", 7), "events.csv", 4,
        "id", "uncited"),
    Fault("status without citation", no_row("citations.csv", 9), "statuses.csv", 2,
        "id", "uncited"),
    Fault("event of the main source without teller", no_row("citations.csv", 2), "events.csv", 2,
        "id", "untold"),
    Fault("citation for nothing", cell("citations.csv", 16, "figure_id", ""), "citations.csv", 16,
        "event_id", "citation-subject"),
    Fault("citation for two", cell("citations.csv", 2, "region_id", "west-isle"), "citations.csv",
        2, "region_id", "citation-subject"),
    Fault("note about two", cell("note_subjects.csv", 2, "region_id", "west-isle"),
        "note_subjects.csv", 2, "region_id", "note-subject"),
    Fault("percentage without base", cell("figures.csv", 3, "base", ""), "figures.csv", 3,
        "base", "base-missing"),
    Fault("source without title", _item(2, title=""), "sources.json", 2, "title", "csl-missing"),
    Fault("source without type", _item(2, type=None), "sources.json", 2, "type", "csl-missing"),
    Fault("source of no CSL type", _item(2, type="webpgae"), "sources.json", 2, "type",
        "csl-type"),
    Fault("source date of no CSL form", _item(2, issued="1961"), "sources.json", 2, "issued",
        "csl-date"),
    Fault("source author of no CSL form", _item(2, author="Ada Reed"), "sources.json", 2,
        "author", "csl-names"),
    Fault("two sources of one id", together(_item(2, id="S00"),
        text("note_subjects.csv", "S01", "S00"),
        *(cell("citations.csv", line, "source_id", "S00") for line in (3, 5, 13, 20))),
        "sources.json", 2, "id", "id-twice"),
]  # fmt: skip

SETTINGS_AND_ORIGINS = [
    Fault("hue of a layer", text("atlas.toml", "hue = 200", "hue = 400"), "atlas.toml", None,
        "layers[2].hue", "value-unfit"),
    Fault("hue of a polity", cell("polities.csv", 3, "hue", "400"), "polities.csv", 3,
        "hue", "hue-range"),
    Fault("a script as id of Wikidata", cell("regions.csv", 2, "wikidata", "javascript:alert(1)"),
        "regions.csv", 2, "wikidata", "id-form"),
    Fault("a name no map has room for", cell("names.csv", 2, "form", "Ö" * 1001), "names.csv", 2,
        "form", "name-long"),
    Fault("extent upside down", text("atlas.toml", "19.5, -0.5, 24.5, 1.5", "19.5, 1.5, 24.5, 1"),
        "atlas.toml", None, "extent", "value-unfit"),
    Fault("unknown setting", text("atlas.toml", "licence =", "zoom = 3\nlicence ="), "atlas.toml",
        None, "zoom", "key-unknown"),
    Fault("missing setting", text("atlas.toml", 'version = "1"\n', ""), "atlas.toml", None,
        "version", "key-missing"),
    Fault("colouring by nothing", text("atlas.toml", 'colour_by = "layer"', 'colour_by = "owner"'),
        "atlas.toml", None, "modes[1].colour_by", "value-unfit"),
    Fault("mode without a name", text("atlas.toml", 'id = "units"', 'id = "borders"'),
        "atlas.toml", None, "modes[1].id", "value-unfit"),
    Fault("extract changed", content("raw/squares.csv", b"other"), "raw/squares.csv.origin.toml",
        None, "sha256", "raw-changed"),
    Fault("extract without record", content("raw/rivers.csv", b"x"), "raw/rivers.csv", None, "",
        "origin-missing"),
    Fault("record without extract", gone("raw/squares.csv"), "raw/squares.csv.origin.toml", None,
        "", "raw-missing"),
    Fault("record without licence", text("raw/squares.csv.origin.toml", 'licence = "CC0-1.0"\n',
        ""), "raw/squares.csv.origin.toml", None, "licence", "origin-incomplete"),
]  # fmt: skip

PACKAGE = [
    Fault("table not described", edited_json("datapackage.json", lambda v: v["resources"].pop(1)),
        "datapackage.json", None, "resources", "package-resource"),
    Fault("resource without file", edited_json("datapackage.json",
        lambda v: v["resources"][-1].update(path="source.json")), "datapackage.json", None,
        "resources[18].path", "package-path"),
    Fault("schema without a column", edited_json("datapackage.json",
        lambda v: v["resources"][2]["schema"]["fields"].pop()), "datapackage.json", None,
        "resources[3].schema", "package-columns"),
    Fault("schema of no known type", edited_json("datapackage.json",
        lambda v: v["resources"][2]["schema"]["fields"][0].update(type="word")),
        "datapackage.json", None, "", "descriptor"),
    Fault("no licence", edited_json("datapackage.json", lambda v: v.pop("licenses")),
        "datapackage.json", None, "resources[1].licenses", "licence-missing"),
    Fault("pattern of the descriptor", edited_json("datapackage.json",
        lambda v: v["resources"][9]["schema"]["fields"][4].update(constraints={"enum": ["%"]})),
        "figures.csv", 2, "unit", "schema-constraint"),
    Fault("type of the descriptor", edited_json("datapackage.json",
        lambda v: v["resources"][9]["schema"]["fields"][2].update(type="integer")),
        "figures.csv", 2, "measure", "schema-type"),
    Fault("key of the descriptor", edited_json("datapackage.json",
        lambda v: v["resources"][9]["schema"].update(primaryKey=["region_id"])),
        "figures.csv", 3, "region_id", "schema-primary-key"),
    Fault("foreign key of the descriptor", edited_json("datapackage.json",
        lambda v: v["resources"][9]["schema"]["foreignKeys"][0].update(fields=["unit"])),
        "figures.csv", 2, "unit", "schema-foreign-key"),
]  # fmt: skip
