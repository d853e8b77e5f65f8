"""What the shipped atlas must hold: the whole fact-check, told by its rules of wording."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.quoting import is_in_the_article
from maps.atlas.load import default_atlas_folder
from maps.atlas.model import NOT_KNOWN, Date
from maps.day.areas import area_by_polity
from maps.day.control import Holding, control_of
from maps.day.law import days_of_law, law_of
from maps.day.snapshot import snapshot
from maps.words.date_formats import format_day

FOLDER = default_atlas_folder()

ARTICLE = [f"A{n:02}" for n in range(1, 28)]
MAKING = ["A90", "A91", "A92", "A93"]
CONTEXT = [f"X{n:02}" for n in range(1, 50)] + ["X38b"]
# What neither the article nor its fact-check tells of: 1918 to 1921, 1930, 1989 to 1994, 2021 on.
ADDED = [f"X{n}" for n in (*range(51, 70), 77, 78, 79, 91)]
ADDED_SOURCES = [
    f"W{n}"
    for n in (
        *range(83, 96),
        *range(131, 143),
        *range(151, 155),
        159,
        *range(163, 167),
    )
]
ADDED_SOURCES += [f"W{n}" for n in (*range(168, 171), *range(172, 190))]
# The captures of 2020 one by one, and civilians, votes and departures of 1988 to 1993.
ADDED += [f"X{n}" for n in (*range(70, 77), *range(80, 91))]
ADDED_SOURCES += [
    f"W{n}"
    for n in (
        *range(201, 220),
        *range(221, 245),
        *range(251, 265),
        *range(271, 280),
        *range(281, 290),
        *range(291, 295),
    )
]
SOURCES = [f"S{n:02}" for n in range(12)] + [f"W{n:02}" for n in range(1, 83) if n != 72]
ACTS = [f"L{n:02}" for n in range(1, 10)]
NOTES = [f"N{n}" for n in range(1, 31)]
REGIONS = """nk nkao artsakh-republic zangezur nakhichevan shusha khankendi varanda taghavard
    shahumyan goranboy kelbajar qashatagh lachin zangilan aghdam askeran qubadli jabrayil hadrut
    fuzuli martakert martuni red-kurdistan lower-karabakh armenia-ssr azerbaijan-ssr rsfsr tsfsr
    iran-azerbaijan transcaucasia baku yerevan tbilisi moscow helsinki armenia azerbaijan
    kurdistan-okrug shusha-district control-zone-1994 control-zone-2020"""

# Event: (source, the bracket as the article prints it, where it leads), in printed order.
PRINTED = {
    "A02": [("S01", "[1, p. 34]", "p. 34")],
    "A04": [("S04", "[4, doc. N 420, pp. 601-602]", "doc. 420, pp. 601–602")],
    "A05": [
        ("S04", "[4, doc. N 423, pp. 604-605]", "doc. 423, pp. 604–605"),
        ("S02", "[2, p. 13]", "p. 13"),
    ],
    "A06": [("S06", "[6]", "")],
    "A07": [
        ("S07", "[7; 8; 4, doc. N 425, pp. 606-607.]", ""),
        ("S08", "[7; 8; 4, doc. N 425, pp. 606-607.]", ""),
        ("S04", "[7; 8; 4, doc. N 425, pp. 606-607.]", "doc. 425, pp. 606–607"),
    ],
    "A08": [("S05", "[5]", "")],
    "A09": [("S04", "[4, doc. N 441, p. 636]", "doc. 441, p. 636")],
    "A10": [("S09", "[9]", "")],
    "A11": [("S10", "[10]", "")],
    "A12": [("S04", "[4, doc. N 448, p. 648]", "doc. 448, p. 648")],
    "A13": [("S04", "[4, doc. N 450, pp. 649-650]", "doc. 450, pp. 649–650")],
    "A14": [
        ("S04", "[4, doc. N 450, pp. 649-650]", "doc. 450, pp. 649–650"),
        ("S04", "[4, p. 650]", "p. 650"),
    ],
    "A15": [
        ("S04", "[4, doc. N 451, p. 650]", "doc. 451, p. 650"),
        ("S03", "[3, p. 9]", "p. 9"),
    ],
    "A17": [("S04", "[4, doc. N 462, p. 662]", "doc. 462, p. 662")],
    "A18": [("S04", "[4, doc. N 464, p. 664]", "doc. 464, p. 664")],
    "A19": [("S04", "[4, doc. N 464, p. 664]", "doc. 464, p. 664")],
    "A20": [("S03", "[3, p. 10]", "p. 10")],
    "A25": [("S11", "[11]", "")],
}

# Who held each piece. RU Soviet Russia, az and AZ Azerbaijan SSR and Azerbaijan, am and AM
# likewise, NK the Nagorno-Karabakh / Armenian forces, PK the Russian peacekeepers, MA
# Mountainous Armenia, - where the sources do not tell.
CONTROL = """
piece                      1921-07-04 1923-07-07 1929-04-08 1994-05-12 2020-11-08 2020-11-10 2021-01-01 2022-09-01 2023-09-19 2023-09-21
martakert-until-2023       RU+az      az         az         NK         NK         NK         NK         NK         NK         AZ
martakert-until-2020       RU+az      az         az         NK         AZ+NK      AZ         AZ         AZ         AZ         AZ
martakert-beyond-1994      RU+az      az         az         AZ         AZ         AZ         AZ         AZ         AZ         AZ
askeran-until-2023         RU+az      az         az         NK         NK         NK         NK         NK         NK         AZ
askeran-until-2020         RU+az      az         az         NK         NK         AZ         AZ         AZ         AZ         AZ
martuni-until-2023         RU+az      az         az         NK         NK         NK         NK         NK         NK         AZ
martuni-until-2020         RU+az      az         az         NK         NK         AZ         AZ         AZ         AZ         AZ
martuni-beyond-1994        RU+az      az         az         AZ         AZ         AZ         AZ         AZ         AZ         AZ
hadrut-until-2020          RU+az      az         az         NK         AZ         AZ         AZ         AZ         AZ         AZ
shusha-district-until-2023 RU+az      az         az         NK         NK         NK         NK         NK         NK         AZ
shusha-district-until-2020 RU+az      az         az         NK         AZ         AZ         AZ         AZ         AZ         AZ
kelbajar-until-2020        az         az         az         NK         NK         NK         AZ         AZ         AZ         AZ
lachin-corridor            -          az         az         NK         NK         PK         PK         AZ         AZ         AZ
lachin-until-2020          -          az         az         NK         NK         NK         AZ         AZ         AZ         AZ
qubadli-until-2020         -          az         az         NK         AZ         AZ         AZ         AZ         AZ         AZ
zangilan-until-2020        -          az         az         NK         AZ         AZ         AZ         AZ         AZ         AZ
jabrayil-until-2020        az         az         az         NK         AZ         AZ         AZ         AZ         AZ         AZ
fuzuli-until-2020          az         az         az         NK         AZ         AZ         AZ         AZ         AZ         AZ
fuzuli-beyond-1994         az         az         az         AZ         AZ         AZ         AZ         AZ         AZ         AZ
aghdam-until-2020          az         az         az         NK         NK         NK         AZ         AZ         AZ         AZ
aghdam-beyond-1994         az         az         az         AZ         AZ         AZ         AZ         AZ         AZ         AZ
shahumyan-unit             az         az         az         AZ         AZ         AZ         AZ         AZ         AZ         AZ
nakhichevan-unit           az         az         az         AZ         AZ         AZ         AZ         AZ         AZ         AZ
azerbaijan-rest            az         az         az         AZ         AZ         AZ         AZ         AZ         AZ         AZ
armenia-unit               am         am         am         AM         AM         AM         AM         AM         AM         AM
zangezur-unit              MA         am         am         AM         AM         AM         AM         AM         AM         AM
artsvashen                 am         am         am         AZ         AZ         AZ         AZ         AZ         AZ         AZ
askipara                   az         az         az         AM         AM         AM         AM         AM         AM         AM
barkhudarli                az         az         az         AM         AM         AM         AM         AM         AM         AM
"""  # noqa: E501
SHORT = {
    "rsfsr": "RU",
    "azerbaijan-ssr": "az",
    "azerbaijan": "AZ",
    "armenia-ssr": "am",
    "armenia": "AM",
    "nkr": "NK",
    "russian-peacekeepers": "PK",
    "mountainous-armenia": "MA",
}
_LINES = [line.split() for line in CONTROL.strip().splitlines()]

LOADED = re.compile(
    r"\b(occup(y|ied|ation|ying)|liberat|annex|recaptur|retak(e|en)|returned|aggress"
    r"|separatis|terroris|mercenar|reunif|restor(ed|ation|es?)\b)",
    re.IGNORECASE,
)
QUOTED = re.compile(r'"[^"]*"|«[^»]*»|“[^”]*”')
NOT_OURS = {"quote", "quote_translation", "as_printed", "cited_as_printed", "place_as_printed"}


def rows(table: str) -> list[dict[str, str]]:
    with Path(FOLDER, table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def our_words() -> Iterator[tuple[str, str]]:
    """Every text in our own voice, with the place it stands at."""
    for table in sorted(FOLDER.glob("*.csv")) + sorted(FOLDER.glob("text/en.csv")):
        for row in rows(str(table.relative_to(FOLDER))):
            if table.name == "names.csv" and row["used_by"] == "article":
                continue
            for column in row.keys() - NOT_OURS:
                yield f"{table.name} {row.get('id') or row.get('key')} {column}", row[column]
    for source in json.loads(Path(FOLDER, "sources.json").read_text(encoding="utf-8")):
        if source["title"].startswith("["):  # a description of ours; a title is the source's
            yield f"sources.json {source['id']} title", source["title"]
        yield f"sources.json {source['id']} note", source["custom"]["note"]


def test_every_event_of_the_fact_check_is_there():
    layers = {row["id"]: row["layer"] for row in rows("events.csv")}
    assert sorted(layers) == sorted(ARTICLE + MAKING + CONTEXT + ADDED)
    assert {id for id, layer in layers.items() if layer == "article"} == set(ARTICLE)
    assert {id for id, layer in layers.items() if layer == "publication"} == set(MAKING)


def test_what_is_added_has_sources_of_its_own(shipped_atlas):
    added = {event.id: event for event in shipped_atlas.events if event.id in ADDED}
    assert sorted(added) == sorted(ADDED)
    for event in added.values():
        cited = {citation.source.id for citation in event.citations}
        assert cited & set(ADDED_SOURCES), event.id


@pytest.mark.parametrize("day", ["1919-01-01", "1919-09-01", "1920-04-01", "2024-06-01"])
def test_the_first_and_the_last_years_are_not_empty(shipped_atlas, day):
    shown = snapshot(shipped_atlas, Date.fromisoformat(day))
    assert shown.boundaries
    assert shown.statuses


def test_every_source_and_note_is_there(shipped_atlas):
    assert sorted(shipped_atlas.sources) == sorted(SOURCES + ADDED_SOURCES + ACTS)
    assert list(shipped_atlas.notes) == NOTES
    assert all(note.text and note.citations for note in shipped_atlas.notes.values())


def test_every_region_is_there_and_named_in_four_languages(shipped_atlas):
    assert set(REGIONS.split()) <= set(shipped_atlas.regions)
    for region in shipped_atlas.regions.values():
        mains = [name.lang for name in region.names if name.is_main]
        assert sorted(mains) == ["az", "en", "hy", "ru"], region.id


def test_printed_citations_are_kept_exactly():
    found = defaultdict(list)
    for row in rows("citations.csv"):
        if row["role"] == "printed" and row["event_id"]:
            found[row["event_id"]].append((row["source_id"], row["as_printed"], row["locator"]))
    assert dict(found) == PRINTED
    for row in rows("events.csv"):
        brackets = dict.fromkeys(bracket for _, bracket, _ in PRINTED.get(row["id"], []))
        assert row["cited_as_printed"] == "; ".join(brackets), row["id"]


def test_a_place_is_shown_as_printed_only_where_the_article_prints_it():
    printed = [row["place_as_printed"] for row in rows("events.csv") if row["place_as_printed"]]
    assert len(printed) >= 10
    assert [place for place in printed if not is_in_the_article(place)] == []


# What the article prints before a bracket supports that, and nothing else.
SUPPORTED = {
    "[2, p. 13]": ("A05", "nk-claim-1920-12"),
    "[3, p. 9]": ("A15", "nk-de-jure-1921-07", "c8-article"),
    "[3, p. 10]": ("A20", "zangilan-claim-1923"),
    "[4, doc. N 464, p. 664]": ("A18", "A19", "khankendi-de-jure-1923"),
}


@pytest.mark.parametrize("bracket", SUPPORTED)
def test_a_bracket_stands_only_with_what_it_is_printed_for(bracket):
    subjects = ("event_id", "status_id", "account_id", "figure_id", "boundary_id", "region_id")
    found = [
        next(row[subject] for subject in subjects if row[subject])
        for row in rows("citations.csv")
        if row["as_printed"] == bracket
    ]
    assert sorted(found) == sorted(SUPPORTED[bracket])


def test_the_twice_printed_locator_is_marked_as_a_likely_slip():
    cited = {row["id"]: row for row in rows("citations.csv")}
    assert cited["a19-printed-1"]["locator_confidence"] == "likely slip, see N3"


def test_every_article_event_is_told_by_the_article_in_its_own_words(shipped_atlas):
    for event in shipped_atlas.events:
        if event.layer in ("article", "publication"):
            tellers = [c for c in event.citations if c.role == "teller"]
            assert [c.source.id for c in tellers] == ["S00"], event.id
            assert tellers[0].quote, event.id


def test_red_kurdistan_keeps_all_four_days_and_turns_on_the_articles(shipped_atlas):
    event = next(event for event in shipped_atlas.events if event.id == "A21")
    assert event.date.edtf == "[1923-05-23,1923-06-21,1923-07-07,1923-07-16]"
    assert event.date.used == Date(1923, 7, 16)
    assert "1923-07-16?" in event.note


def test_every_status_is_cited_and_has_a_level_of_evidence(shipped_atlas):
    for status in shipped_atlas.statuses:
        assert status.citations, status.id
        assert status.evidence, status.id
        assert status.text, status.id


def test_days_from_general_knowledge_say_so_in_a_note(shipped_atlas):
    told = [status for status in shipped_atlas.statuses if status.evidence == "M"]
    assert told
    for status in told:
        assert "general knowledge (M)" in status.note, status.id


def test_each_sentence_of_a_finding_names_what_it_rests_on(shipped_atlas):
    for point in shipped_atlas.points.values():
        for sentence in re.split(r"(?<=\.)\s+(?=[A-Z])", point.finding):
            named = re.findall(r"\b[AXNSWL]\d+b?\b", sentence)
            assert named, f"{point.id}: {sentence}"
            for id in named:
                events = {event.id for event in shipped_atlas.events}
                assert id in shipped_atlas.sources.keys() | shipped_atlas.notes.keys() | events


def test_every_figure_has_a_citation_or_says_why_not(shipped_atlas):
    for figure in shipped_atlas.figures:
        assert figure.citations or re.search(r"\(M\)|not recorded", figure.note), figure.id
        assert figure.unit != "percent" or figure.base, figure.id


def test_no_loaded_word_stands_outside_quotation_marks():
    faults = [place for place, text in our_words() if LOADED.search(QUOTED.sub("", text or ""))]
    assert faults == []


def test_the_loaded_words_are_found_where_they_are_ours():
    assert LOADED.search(QUOTED.sub("", 'the "occupied" districts were liberated'))
    assert not LOADED.search(QUOTED.sub("", 'called "occupied" by the article'))


@pytest.mark.parametrize("day", _LINES[0][1:])
def test_control_of_every_piece(shipped_atlas, day):
    column = _LINES[0].index(day)
    pieces = [id for id, region in shipped_atlas.regions.items() if region.kind == "control-unit"]
    expected = {line[0]: line[column] for line in _LINES[1:]}
    found = {
        id: "+".join(
            SHORT[polity]
            for polity in control_of(shipped_atlas, id, Date.fromisoformat(day)).polity_ids
        )
        or "-"
        for id in pieces
    }
    assert found == expected


SEVEN = ("kelbajar", "lachin", "qubadli", "zangilan", "jabrayil", "fuzuli", "aghdam")


@pytest.mark.parametrize("district", SEVEN)
def test_title_to_a_district_does_not_end_with_control_of_it(shipped_atlas, district):
    ground = [id for id, region in shipped_atlas.regions.items() if region.part_of == district]
    title = Holding("de-jure", "azerbaijan")
    for piece in ground:
        days = {day for day in days_of_law(shipped_atlas, piece, "general") if day.year > 1990}
        for day in days | {Date(1991, 8, 30), Date(1994, 5, 12), Date(2023, 12, 31)}:
            if day >= Date(1991, 8, 30):
                assert law_of(shipped_atlas, piece, day, "general").holdings == (title,), day
    own = [
        status
        for status in shipped_atlas.statuses
        if (status.region_id, status.dimension, status.polity_id)
        == (district, "de-jure", "azerbaijan")
    ]
    assert [(status.span.start, status.span.end) for status in own] == [(Date(1991, 8, 30), None)]


@pytest.mark.parametrize("teller", ["article", "soviet-documents"])
def test_the_three_lands_of_december_1920_are_all_on_the_map_of_law(shipped_atlas, teller):
    claimed = Holding("claim", "armenia-ssr")
    for piece in ("askeran-until-2023", "zangezur-unit", "nakhichevan-unit"):
        assert claimed in law_of(shipped_atlas, piece, Date(1920, 12, 1), teller).holdings, piece


def test_what_was_undecided_in_1920_takes_no_colour_of_a_republic(shipped_atlas):
    undecided = ("askeran-until-2023", "nakhichevan-unit", "zangezur-unit", "lachin-until-2020")
    for piece in undecided:
        law = law_of(shipped_atlas, piece, Date(1920, 12, 1), "general")
        assert law.statuses, piece
        assert not law.holdings, piece


def test_the_soviet_republics_and_their_union_have_a_law_as_long_as_they_lasted(shipped_atlas):
    law = {
        status.region_id: (status.span.start, status.span.end)
        for status in shipped_atlas.statuses
        if status.dimension == "de-jure" and status.region_id == status.polity_id
    }
    assert law["azerbaijan-ssr"] == (Date(1920, 4, 28), Date(1991, 8, 30))
    assert law["armenia-ssr"] == (Date(1920, 11, 29), Date(1991, 9, 21))
    assert law["ussr"] == (Date(1922, 12, 30), Date(1991, 12, 26))
    assert law["azerbaijan"] == (Date(1991, 8, 30), None)
    assert law["armenia"] == (Date(1991, 9, 21), None)


@pytest.mark.parametrize("day", ["1991-09-03", "1992-09-01", "1993-04-03", "1993-07-01"])
def test_martakert_is_not_held_by_one_side_while_it_is_not_known(shipped_atlas, day):
    for piece in ("martakert-until-2023", "martakert-until-2020", "martakert-beyond-1994"):
        held = control_of(shipped_atlas, piece, Date.fromisoformat(day))
        assert held.statuses, piece
        assert len(held.polity_ids) != 1, piece


@pytest.mark.parametrize(
    ("piece", "day"),
    [
        ("fuzuli-beyond-1994", "1993-11-15"),  # Horadiz was taken in October, and again in January
        ("armenia-unit", "1921-03-01"),  # the Committee in Yerevan, the Red Army in the north
        ("zangezur-unit", "1920-12-01"),
    ],
)
def test_where_the_sources_do_not_say_who_held_the_land_nobody_is_named(shipped_atlas, piece, day):
    held = control_of(shipped_atlas, piece, Date.fromisoformat(day))
    assert held.statuses
    assert not held.polity_ids
    assert NOT_KNOWN in area_by_polity(shipped_atlas, Date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "certainty"), [("2023-09-21", "approximate"), ("2023-10-01", "certain")]
)
def test_control_is_approximate_until_the_month_of_the_ceasefire_is_over(
    shipped_atlas, day, certainty
):
    for piece in ("askeran-until-2023", "martakert-until-2023", "martuni-until-2023"):
        held = control_of(shipped_atlas, piece, Date.fromisoformat(day))
        assert [(said.polity_id, said.certainty) for said in held.statuses] == [
            ("azerbaijan", certainty)
        ]


def test_law_on_an_exclave_is_that_of_its_owner_and_control_that_of_its_holder(shipped_atlas):
    day = Date(2000, 1, 1)
    for piece, owner, holder in [
        ("artsvashen", "armenia", "azerbaijan"),
        ("askipara", "azerbaijan", "armenia"),
        ("barkhudarli", "azerbaijan", "armenia"),
    ]:
        assert control_of(shipped_atlas, piece, day).polity_ids == (holder,)
        assert Holding("de-jure", owner) in law_of(shipped_atlas, piece, day, "general").holdings


def test_the_atlas_ends_with_the_last_day_it_covers(shipped_atlas):
    assert format_day(shipped_atlas.settings.last_day, "en") in shipped_atlas.settings.cutoff


@pytest.mark.parametrize(
    ("day", "published"),
    [("1994-06-01", (11458, 11500)), ("2021-01-01", (2900, 3170))],  # W37, W34, W35, W36
)
def test_published_areas_lie_in_the_likely_range_of_the_drawn_ones(shipped_atlas, day, published):
    held = area_by_polity(shipped_atlas, Date.fromisoformat(day))["nkr"]
    for km2 in published:
        assert held.likely_low < km2 < held.likely_high
    assert held.least < held.likely_low < held.likely_high < held.most


def test_shahumyan_is_contested_between_the_declaration_and_the_summer_of_1992(shipped_atlas):
    held = control_of(shipped_atlas, "shahumyan-unit", Date(1992, 3, 1))
    assert set(held.polity_ids) == {"nkr", "azerbaijan"}
    assert control_of(shipped_atlas, "shahumyan-unit", Date(1992, 9, 1)).polity_ids == (
        "azerbaijan",
    )


def test_every_quote_of_the_article_stands_in_it(shipped_atlas):
    subjects = (
        shipped_atlas.events,
        shipped_atlas.accounts,
        shipped_atlas.statuses,
        shipped_atlas.event_dates,
        shipped_atlas.figures,
    )
    quoted = [
        citation
        for records in subjects
        for record in records
        for citation in record.citations
        if citation.source.id == "S00" and citation.quote
    ]
    assert len(quoted) > 100
    assert [c.id for c in quoted if not is_in_the_article(c.quote)] == []
