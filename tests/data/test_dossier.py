"""The fact-check, row by row: nothing of it is lost on the way to the reader.

`dossier/` holds its six tables as they were handed over. Each row has to be in
the atlas, in the JSON of `maps events`, `maps show` or `maps sources`, and on
the cards of the page. `dossier/status_rows.csv` says which statuses a row of
the timeline became, and why where region, teller, polity or days differ; a row
that a later reading against the article found to say more than it became none.
"""

import csv
import io
import json
import re
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pytest

from data.test_content import ADDED, ADDED_SOURCES
from kit import Elements
from maps.atlas.dates import parse_date_text
from maps.atlas.model import Date
from maps.cards import event, method, region, source
from maps.cli import main
from maps.data.plain import snapshot_plain
from maps.data.report import json_text
from maps.day.snapshot import snapshot

DOSSIER = Path(__file__).parent / "dossier"


def table(name: str) -> list[dict[str, str]]:
    with (DOSSIER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


EVENTS = table("events_reference")
SOURCES = table("sources_reference")
REGIONS = table("regions_reference")
TIMELINE = list(enumerate(table("status_timeline_reference"), start=1))
NOTES = table("editor_notes")
EVIDENCE = table("web_evidence")
BECAME = {int(row["row"]): row for row in table("status_rows")}
KEPT = [(number, row) for number, row in TIMELINE if BECAME[number]["status_ids"]]

TELLERS = {
    "article": "article",
    "general/neutral": "general",
    "Azerbaijani side": "azerbaijani",
    "Armenian side": "armenian",
    "UN/court": "un-courts",
}
# All that a dimension of the fact-check became; each has to be there.
DIMENSIONS = {
    "political": {"de-jure"},
    "administrative": {"de-jure"},
    "de jure": {"de-jure"},
    "de jure (Soviet)": {"de-jure"},
    "de jure (Soviet law)": {"de-jure"},
    "de jure (claimed)": {"claim"},
    "claimed": {"claim"},
    "characterisation": {"claim"},
    "de jure (international)": {"recognition"},
    "international characterisation": {"recognition"},
    "de facto": {"de-facto"},
    "de facto; self-declared": {"de-facto"},
    "de facto / disputed de jure": {"de-facto", "de-jure"},
    "de jure/de facto": {"de-facto", "de-jure"},
    "de jure and de facto": {"de-facto", "de-jure"},
    "de facto and de jure": {"de-facto", "de-jure"},
    "claimed / contested control": {"claim", "de-facto"},
    # The control itself is the row before it.
    "de facto / contested": {"de-jure", "claim"},
}
# What a later reading against the article corrected in the fact-check, which has one
# sentence on three lands once as law and twice as a claim.
CORRECTED_DIMENSION = {18: "de jure (claimed)"}
# Which polities a row may name, and of these which it has to.
NKR = ({"nkr"}, {"nkr"})
AZERBAIJAN_SSR = ({"azerbaijan-ssr", "azerbaijan"}, {"azerbaijan-ssr"})
AZERBAIJAN = ({"azerbaijan-ssr", "azerbaijan"}, {"azerbaijan"})
ARMENIA_SSR = ({"armenia-ssr"}, {"armenia-ssr"})
POLITIES = {
    "Congress / local Revkom": ({"nk-congress"}, {"nk-congress"}),
    "Soviet Armenia": ARMENIA_SSR,
    "Armenian SSR": ARMENIA_SSR,
    "Azerbaijani SSR": AZERBAIJAN_SSR,
    "Azerbaijan SSR": AZERBAIJAN_SSR,
    "RSFSR/Azerbaijani SSR": ({"rsfsr", "azerbaijan-ssr"}, {"rsfsr", "azerbaijan-ssr"}),
    "USSR": ({"ussr"}, {"ussr"}),
    "Armenian forces": NKR,
    "Armenian/NKR forces": NKR,
    "NKR": ({"nkr", "azerbaijan"}, {"nkr"}),
    "Artsakh": NKR,
    "Republic of Artsakh": NKR,
    "Artsakh claims": NKR,
    "Azerbaijan": AZERBAIJAN,
    "Azerbaijan de jure": AZERBAIJAN,
    "Azerbaijan; exile authorities claim continuity": ({"azerbaijan", "nkr"},) * 2,
}
SPLIT = {
    "zangezur": {"armenia-ssr", "armenia", "azerbaijan-ssr"},
    "martakert": {"nkr", "azerbaijan"},
    "martuni": {"nkr", "azerbaijan"},
}
# What stands for a word of the fact-check in the atlas, by its rules of wording.
SPELT_OUT = {
    "annexation": "annexed",
    "authorities": "adviser",
    "blocked": "closed",
    "capitulate": "ceasefire",
    "cec": "central executive committee",
    "departure": "leave",
    "exile": "yerevan",
    "full": "whole",
    "liberated": "recaptured",
    "nk": "nagorno karabakh",
    "nkar": "autonomous region",
    "nkr": "nagorno karabakh republic",
    "offensive": "fighting",
    "order": "days",
    "retaken": "captured",
    "rsfsr": "soviet russia",
    "unsc": "security council",
}
# What the remarks of the fact-check say to its editors, or shorter.
TO_EDITORS = {
    r"\bC\d+\b": "",  # a contested point
    r"\bn/a\b": "",
    r": loaded, quote only": " is the wording of the article",
    r"\b1/3\b": "one third",
    r"\b10-item\b": "ten items",
    r"\+1\b": "by one",
}
SMALL = frozenset(
    re.findall(
        r"\w+", "a an and as at be by for from had has in is it its of on or that the to was"
    )
)
# A remark is told in other words where it has to be, but its numbers are all there.
ENOUGH = 0.6


def seen(markup: str) -> str:
    return plain(Elements(markup).text)


def plain(text: str) -> str:
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """The words of a text that carry meaning, numbers whole, abbreviations spelt out."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.casefold().replace("km2", "km²"))
    found = re.findall(r"\d+|[^\W\d_]+", text)
    spelt = " ".join(SPELT_OUT.get(word, word) for word in found).split()
    return [word for word in spelt if word not in SMALL]


def missing(wanted: str, told: str) -> list[str]:
    """The numbers of the wanted text that are not told, and all its words if too few are.

    Words are held to be the same if they begin with the same five letters.
    """
    held = {word[:5] for word in words(told)}
    for remark, meant in TO_EDITORS.items():
        wanted = re.sub(remark, meant, wanted)
    lost = [word for word in words(wanted) if word[:5] not in held and not word.startswith("0")]
    enough = len(lost) <= (1 - ENOUGH) * len(words(wanted))
    return [word for word in lost if word.isdigit() or not enough]


def cited(text: str) -> set[str]:
    """The ids in a cell: `W24-W27;A03 (only the day)`."""
    ids: set[str] = set()
    for first, last in re.findall(r"\b([A-Z]\d+b?)(?:-([A-Z]\d+))?", text):
        ids.add(first)
        if last:
            ids |= {f"{first[0]}{n:02}" for n in range(int(first[1:]), int(last[1:]) + 1)}
    return ids


def region_id(text: str) -> str:
    return text.replace("_", "-")


def printed_by(*command: str) -> object:
    written = io.StringIO()
    with redirect_stdout(written):
        assert main([*command, "--format", "json"]) == 0
    return json.loads(written.getvalue())


@pytest.fixture(scope="module")
def events() -> dict[str, dict]:
    return {plain["id"]: plain for plain in printed_by("events")}


@pytest.fixture(scope="module")
def sources() -> dict[str, dict]:
    return {plain["id"]: plain for plain in printed_by("sources")}


@pytest.fixture(scope="module")
def shown(shipped_atlas):
    """The JSON of a day, as `maps show` prints it."""

    @cache
    def on(day: Date) -> dict:
        return json.loads(json_text(snapshot_plain(snapshot(shipped_atlas, day))))

    return on


@pytest.fixture(scope="module")
def bibliography(shipped_atlas) -> str:
    """All the page says of its sources."""
    every = shipped_atlas.sources.values()
    return source.bibliography(shipped_atlas, "All", every, "en")


def test_each_table_is_whole_in_the_atlas(shipped_atlas):
    told = {event.id for event in shipped_atlas.events} - set(ADDED)
    assert {row["id"] for row in EVENTS} == told
    assert {region_id(row["id"]) for row in REGIONS} <= shipped_atlas.regions.keys()
    listed = {row["id"] for row in [*SOURCES, *EVIDENCE]}
    acts = {id for id in shipped_atlas.sources if id.startswith("L")}  # named after it
    assert listed == shipped_atlas.sources.keys() - acts - set(ADDED_SOURCES)
    assert [row["id"] for row in NOTES] == list(shipped_atlas.notes)
    for rows in (EVENTS, REGIONS, [*SOURCES, *EVIDENCE], NOTES):
        assert len({row["id"] for row in rows}) == len(rows)


def test_each_row_of_the_timeline_became_statuses_of_the_atlas(shipped_atlas):
    assert list(BECAME) == [number for number, _ in TIMELINE]
    known = {status.id for status in shipped_atlas.statuses}
    became = [id for number, _ in KEPT for id in BECAME[number]["status_ids"].split(";")]
    assert set(became) <= known
    assert len(set(became)) == len(became), "each status stands for one row"
    assert all(row["status_ids"] or row["why"] for row in BECAME.values())


def test_the_command_shows_a_day_as_the_snapshot_has_it(shown):
    day = Date(1923, 7, 7)
    assert printed_by("show", day.isoformat()) == shown(day)


# Cited by their original or by a fixed version; the note says where the text was seen.
READ_ELSEWHERE = {"W50": "Wikipedia mirrors", "W58": "app.lexploria.com"}
# Where the atlas has more than the cell of the fact-check, or the same in another form.
DAY = Date(1923, 7, 7)
PLAINER = {"contested": "Accounts differ"}  # what a card says for a word of the fact-check
EDTF = {"A21": "[1923-05-23,1923-06-21,1923-07-07,1923-07-16]"}


def of_event(plain: dict) -> str:
    """All the JSON says of an event in words."""
    notes = " ".join(note["text"] for note in plain["notes"])
    parts = ("title", "description", "editors_remark", "corroboration", "date_status", "actors")
    return " ".join([*(plain[part] for part in parts), notes, plain["evidence"], plain["kind"]])


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: row["id"])
def test_an_event_is_in_the_json(events, row):
    found = events[row["id"]]
    assert found["edtf"] == EDTF.get(row["id"], row["edtf"])
    assert found["layer"] == {"A9": "publication"}.get(row["id"][:2], row["layer"])
    if row["lat"]:
        place = found["place"]
        assert (place["lat"], place["lon"]) == (float(row["lat"]), float(row["lon"]))
    assert {region_id(id) for id in row["region_ids"].split(";") if id} <= set(found["regions"])
    held = {citation["source"] for citation in found["citations"]}
    assert cited(row["resolved_source_ids"]) | cited(row["evidence"]) <= held
    brackets = re.findall(r"\[[^\]]*\]", row["citation_as_printed"])
    assert all(bracket in found["cited_as_printed"] for bracket in brackets)
    if row["resolved_source_ids"]:
        printed = [citation for citation in found["citations"] if citation["as_printed"]]
        assert {c["source"] for c in printed} == cited(row["resolved_source_ids"])
    level = next((x for x in ("V1", "V2", "M") if re.search(rf"\b{x}\b", row["verification"])), "")
    if "article only" in row["verification"] or row["verification"] == "seed":
        level = "article-only"
    assert found["evidence"] == level
    told = of_event(found)
    for column in ("title", "description", "actors", "corroboration", "editor_note"):
        assert missing(row[column], told) == [], column


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: row["id"])
def test_an_event_is_on_its_card(shipped_atlas, events, row):
    found = next(event for event in shipped_atlas.events if event.id == row["id"])
    card = seen(event.event_card(shipped_atlas, found, "en"))
    told = events[row["id"]]
    for part in ("title", "description", "editors_remark", "corroboration", "actors"):
        assert plain(PLAINER.get(told[part], told[part])) in card
    assert plain(told["cited_as_printed"]) in card
    assert all(citation["as_printed"] in card for citation in told["citations"])
    assert all(note["id"] in card for note in told["notes"])


@pytest.mark.parametrize("row", [*SOURCES, *EVIDENCE], ids=lambda row: row["id"])
def test_a_source_is_in_the_json(sources, row):
    found = sources[row["id"]]
    told = json.dumps(found, ensure_ascii=False)
    if "in_text_no" in row:
        custom = found["custom"]
        assert custom["number_in_text"] == row["in_text_no"]
        lists = {
            "armenian": row["armenian_list_no"],
            "references": row["references_list_no"].replace("(omitted)", ""),
        }
        assert custom["list_numbers"] == {name: no for name, no in lists.items() if no}
        assert (
            not row["resolution_confidence"] or custom["confidence"] == row["resolution_confidence"]
        )
        assert missing(row["date_or_year"], told) == []
    else:
        address = found.get("URL", "").removeprefix("http://").removeprefix("https://")
        host = address.partition("/")[0]
        assert not address or host in row["url"] or row["id"] in READ_ELSEWHERE


@pytest.mark.parametrize("row", [*SOURCES, *EVIDENCE], ids=lambda row: row["id"])
def test_a_source_is_in_the_bibliography(shipped_atlas, bibliography, row):
    found = shipped_atlas.sources[row["id"]]
    card = seen(source.bibliography(shipped_atlas, "", [found], "en"))
    assert card in seen(bibliography)
    assert row["id"] in card
    assert plain(found.note) in card
    assert plain(found.confidence_reason) in card
    assert f'data-source="{row["id"]}"' in bibliography


# The seven cities are places; no event of the atlas concerns the province in Iran.
ONLY_ON_ITS_CARD = {"iran-azerbaijan"}
# Remarks of the fact-check in the cells of names and ids.
NOT_A_NAME = re.compile(
    # Ձրական is a slip for Ջրական
    r"^(until|до|in Azerbaijani usage|loaded|now |no official name|ранее|37 |Ձրական$)",
    re.IGNORECASE,
)
ALSO_NAMED = {
    "Martakert region (eastern parts)": "Martakert",
    "Martuni region (eastern parts)": "Martuni",
    "Lower (Karabakh)": "Lower and Upper Karabakh",
    "Helsinki (Final Act)": "Helsinki",
    "third country": "Soviet Russia",  # no name; note and article_says tell of it
}


@pytest.mark.parametrize("row", REGIONS, ids=lambda row: row["id"])
def test_a_region_is_in_the_json(shipped_atlas, events, shown, row):
    id = region_id(row["id"])
    known = {region for event in events.values() for region in event["regions"]}
    places = {place.name for place in shipped_atlas.places.values() if place.region_id == id}
    named = {event["place"]["name"] for event in events.values() if event["place"]}
    days = [status.span.start for status in shipped_atlas.statuses if status.region_id == id]
    days += [line.span.start for line in shipped_atlas.boundaries if line.region_id == id]
    first = max(min(days), shipped_atlas.settings.first_day) if days else None
    on_a_day = first and any(
        record["region"] == id
        for part in ("statuses", "boundaries")
        for record in shown(first)[part]
    )
    assert id in known or places & named or on_a_day or id in ONLY_ON_ITS_CARD


@pytest.mark.parametrize("row", REGIONS, ids=lambda row: row["id"])
def test_a_region_is_on_its_card_with_every_name(shipped_atlas, row):
    found = shipped_atlas.regions[region_id(row["id"])]
    # On the last day: what speaks of later years is not on the card of an earlier one.
    card = seen(region.region_card(shipped_atlas, found, shipped_atlas.settings.last_day, "en"))
    for lang in ("en", "hy", "az", "ru"):
        forms = [part for part in re.split(r"\s*[/();,]\s*", row[lang]) if part]
        for form in forms:
            assert NOT_A_NAME.match(form) or form in card, (lang, form)
    for form in row["spellings_in_text"].split("; "):
        assert ALSO_NAMED.get(form, form) in card
    if row["anchor_lat"]:
        assert found.anchor == (float(row["anchor_lon"]), float(row["anchor_lat"]))
    for column, form in (("geonames_id", r"\d+"), ("wikidata", r"Q\d+")):
        wanted = re.match(form, row[column])
        if wanted:
            assert found.identifiers[column] == wanted[0]
    for text in (found.source_says, found.administration, found.note):
        assert plain(text) in card


def days_of(status, first: Date, last: Date) -> set[Date]:
    """First and last day on which a status is in force inside the atlas."""
    end = status.span.end - 1 if status.span.end else last
    return {max(status.span.start, first), min(end, last)}


def inside(status, row: dict[str, str]) -> bool:
    """Whether a status holds on no day that the row does not allow."""
    start = parse_date_text(row["edtf_from"]).earliest
    end = None if row["edtf_to"] == ".." else parse_date_text(row["edtf_to"]).latest
    if status.span.start < start:
        return False
    return end is None or (status.span.end is not None and status.span.end <= end)


@pytest.mark.parametrize(("number", "row"), KEPT)
def test_a_row_of_the_timeline_agrees_with_its_statuses(shipped_atlas, number, row):
    became = BECAME[number]
    ids = became["status_ids"].split(";")
    found = [status for status in shipped_atlas.statuses if status.id in ids]
    dimension = CORRECTED_DIMENSION.get(number, row["dimension"])
    assert {status.dimension for status in found} == DIMENSIONS[dimension]
    teller = TELLERS[row["told_by"]]
    assert teller in {status.perspective_id for status in found}
    if not became["why"]:
        assert {status.perspective_id for status in found} == {teller}
        assert {status.region_id for status in found} == {region_id(row["region_id"])}
    held = {status.polity_id for status in found}
    who = row["controlled_or_claimed_by"]
    allowed, needed = (SPLIT[row["region_id"]],) * 2 if who == "split" else POLITIES[who]
    if held == {""}:  # a characterisation that names who is meant in its text, or no one
        named = any(shipped_atlas.polities[id].name in found[0].text for id in needed)
        assert named or became["why"]
    else:
        assert needed <= held
        assert held <= allowed or became["why"]
    told = " ".join(f"{s.text} {s.note} {s.end.edtf if s.end else ''}" for s in found)
    names = " ".join(shipped_atlas.regions[status.region_id].name("en") for status in found)
    polities = " ".join(shipped_atlas.polities[id].name for id in held if id)
    assert missing(row["status"], f"{told} {names} {polities}") == []
    sources = {citation.source.id for status in found for citation in status.citations}
    assert {id for id in cited(row["basis"]) if id[0] == "W"} <= sources
    events = {event for s in found for event in (s.start_event_id, s.end_event_id)}
    assert sources or events


@pytest.mark.parametrize(("number", "row"), KEPT)
def test_a_row_of_the_timeline_keeps_its_span(shipped_atlas, number, row):
    ids = BECAME[number]["status_ids"].split(";")
    found = [status for status in shipped_atlas.statuses if status.id in ids]
    assert all(inside(status, row) for status in found) or BECAME[number]["why"]
    starts = {status.start.edtf for status in found}
    ends = {status.end.edtf if status.end else ".." for status in found}
    explained = all(status.note for status in found if status.dimension != "de-facto")
    assert row["edtf_from"] in starts or explained
    assert row["edtf_to"] in ends or explained


@pytest.mark.parametrize("number", [number for number, _ in KEPT])
def test_a_row_of_the_timeline_is_in_the_json_and_on_the_card(shipped_atlas, shown, number):
    settings = shipped_atlas.settings
    ids = BECAME[number]["status_ids"].split(";")
    found = [status for status in shipped_atlas.statuses if status.id in ids]
    assert len(found) == len(ids)
    for status in found:
        about = shipped_atlas.regions[status.region_id]
        teller = shipped_atlas.perspectives[status.perspective_id].name
        for day in days_of(status, settings.first_day, settings.last_day):
            told = next(s for s in shown(day)["statuses"] if s["id"] == status.id)
            assert told["text"] == status.text
            assert told["region"] == status.region_id
            assert told["dimension"] == status.dimension
            assert told["perspective"] == status.perspective_id
            assert told["polity"] == (status.polity_id or None)
            assert told["citations"]
            card = seen(region.region_card(shipped_atlas, about, day, "en"))
            assert plain(status.text) in card
            assert teller in card
            assert plain(status.note) in card
            if status.polity_id:
                assert shipped_atlas.polities[status.polity_id].name in card


@pytest.mark.parametrize("row", NOTES, ids=lambda row: row["id"])
def test_a_note_agrees_and_stands_with_its_subject(shipped_atlas, events, row):
    note = shipped_atlas.notes[row["id"]]
    assert missing(row["note"], note.text) == []
    assert note.category == row["category"]
    basis = {"S00" if id == "seed" else id for id in row["basis"].split(";")}
    assert basis <= {citation.source.id for citation in note.citations}
    for anchor in row["anchor"].split(";"):
        id = region_id(anchor)
        if id in events:
            assert row["id"] in {note["id"] for note in events[id]["notes"]}
        elif id in shipped_atlas.regions:
            found = shipped_atlas.regions[id]
            assert row["id"] in seen(region.region_card(shipped_atlas, found, DAY, "en"))
        else:
            of = shipped_atlas.sources["S00" if anchor == "sources" else anchor]
            assert row["id"] in seen(source.bibliography(shipped_atlas, "", [of], "en"))


@pytest.mark.parametrize("row", NOTES, ids=lambda row: row["id"])
def test_a_note_is_among_all_notes(shipped_atlas, row):
    note = shipped_atlas.notes[row["id"]]
    page = seen(method.all_notes(shipped_atlas, "en"))
    assert f"{note.id} {plain(note.text)}" in page
