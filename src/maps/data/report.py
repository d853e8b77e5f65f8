"""What the command line prints: an atlas as lines of text, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from maps.atlas.load import AtlasTables
from maps.atlas.model import Account, Atlas, Citation, Event, Source, Status
from maps.characters import escaped_in_json, in_line, text_of_lines, visible
from maps.data.bibliography import bibtex
from maps.data.plain import comparison_plain, event_plain, source_plain
from maps.data.statements import csv_text, sources
from maps.day.areas import AreaRow, area_km2
from maps.day.contested import accounts_of, points_of
from maps.day.snapshot import BoundaryOnDay, Comparison, Snapshot
from maps.day.view import Shown
from maps.errors import Problem
from maps.words.cite import citation_text, reference_text
from maps.words.date_formats import format_day_of
from maps.words.i18n import Texts, format_number, texts, words_for
from maps.words.names import holder_name, region_name

EVENT_COLUMNS = (
    "id", "edtf", "start", "end", "title", "kind", "place", "lat", "lon",
    "regions", "as_printed", "sources", "notes", "description",
)  # fmt: skip
JSON_WIDTH = 96
DIFFERENCE_COLUMNS = (
    "region", "region_name", "boundary", "kind", "before", "after",
    "km2", "km2_before", "events", "statuses", "sources",
)  # fmt: skip
AREA_COLUMNS = (
    "day", "dimension", "polity", "polity_name", "km2_low", "km2_high",
    "km2_likely_low", "km2_likely_high", "km2_least", "km2_most", "perspective",
)  # fmt: skip


def json_text(value: object, indent: int = 0) -> str:
    """Write JSON for people and programs: what is short on one line, letters as they are.

    ``indent`` is how far the line it is written into is indented already.
    """
    inline = _dumped(value)
    if len(inline) + indent <= JSON_WIDTH or not isinstance(value, (dict, list)):
        return inline
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        around = "{}"
        lines = [f"{_dumped(key)}: {json_text(part, indent + 2)}" for key, part in value.items()]
    else:
        around = "[]"
        lines = [json_text(part, indent + 2) for part in value]
    body = ",\n".join(pad + line for line in lines)
    return f"{around[0]}\n{body}\n{' ' * indent}{around[1]}"


def _dumped(value: object) -> str:
    return visible(json.dumps(value, ensure_ascii=False), escaped_in_json)


def problems_json(tables: AtlasTables, problems: Sequence[Problem]) -> str:
    """Write the outcome of ``maps check`` as JSON."""
    listed = [problem.as_json() for problem in problems]
    return json_text({"ok": not problems, "counts": _counts(tables), "problems": listed})


def problems_text(tables: AtlasTables, problems: Sequence[Problem]) -> str:
    """Write the outcome of ``maps check`` as text, a line a problem."""
    spoken = texts("en")
    if problems:
        summary = spoken.t("check.problems", count=len(problems), folder=tables.name)
        return text_of_lines((*map(str, problems), summary))
    counted = ", ".join(f"{count} {name}" for name, count in _counts(tables).items() if count)
    return in_line(spoken.t("check.none", folder=tables.name, counted=counted))


def _counts(tables: AtlasTables) -> dict[str, int]:
    listed = {name: table.rows for name, table in tables.tables.items()}
    others = {"boundaries": tables.features, "sources": tables.sources, "origins": tables.origins}
    return {name: len(records) for name, records in (listed | others).items()}


def snapshot_text(snapshot: Snapshot, lang: str) -> str:
    """Write a snapshot as text: boundaries with who holds them, statements, events."""
    atlas, spoken = snapshot.atlas, texts(lang)
    layers = {layer.id: layer.name for layer in atlas.settings.layers}
    boundaries: list[str] = []
    for shown in snapshot.boundaries:
        heading = layers.get(shown.boundary.layer, shown.boundary.layer)
        if heading not in boundaries:
            boundaries.append(heading)
        boundaries.append(f"  {_boundary_line(atlas, shown, spoken)}")
    periods = ", ".join(period.name for period in snapshot.periods)
    parts = {
        "periods": [periods] if periods else [],
        "boundaries": boundaries,
        "statuses": [_status_line(atlas, status, lang) for status in snapshot.statuses],
        "events": [line for event in snapshot.events for line in _event(atlas, event, lang)],
    }
    none = [spoken.t("report.none")]
    blocks = [
        text_of_lines((spoken.t(f"report.{name}"), *(f"  {line}" for line in lines or none)))
        for name, lines in parts.items()
    ]
    heading = f"{format_day_of(atlas, snapshot.day, lang)} · {atlas.settings.title}"
    return "\n\n".join((in_line(heading), *blocks))


def events_text(atlas: Atlas, events: Iterable[Event], lang: str) -> str:
    """Write events as text, each with its citations and with who says what of it."""
    return text_of_lines(line for event in events for line in _event(atlas, event, lang))


def events_json(atlas: Atlas, events: Iterable[Event], lang: str) -> str:
    """Write events as the JSON list of DESIGN: see `maps.data.plain.event_plain`."""
    return json_text([event_plain(event, atlas, lang) for event in events])


def events_csv(atlas: Atlas, events: Iterable[Event], lang: str) -> str:
    """Write events as CSV, a row each; lists in a cell are joined by ``;``."""
    rows = []
    for event in events:
        plain = event_plain(event, atlas, lang)
        place = plain["place"] or {"name": "", "lat": "", "lon": ""}
        row = {
            **plain,
            **place,
            "place": place["name"],
            "regions": ";".join(plain["regions"]),
            "as_printed": ";".join(c["as_printed"] for c in plain["citations"] if c["as_printed"]),
            "sources": ";".join(_pointer(citation) for citation in event.citations),
            "notes": ";".join(note["id"] for note in plain["notes"]),
        }
        rows.append(row)
    return csv_text(EVENT_COLUMNS, rows)


def sources_text(sources: Iterable[Source], lang: str) -> str:
    """Write the bibliography, each source with its number in the main source."""
    lines = []
    for source in sources:
        number = f"[{source.number_in_text}]" if source.number_in_text else ""
        lines.append(f"{source.id:<5}{number:<5}{reference_text(source, lang)}")
    return text_of_lines(lines)


def sources_json(sources: Iterable[Source]) -> str:
    """Write sources as CSL-JSON; ``custom`` says what the printed lists say of them."""
    return json_text([source_plain(source) for source in sources])


def sources_bibtex(atlas: Atlas, sources: Iterable[Source], lang: str) -> str:
    """Write sources as BibTeX."""
    return bibtex(sources, words_for(atlas, lang).t("bibtex.number")).rstrip("\n")


def csl_bytes(shown: Shown) -> bytes:
    """Give the sources of what is shown as CSL-JSON."""
    return f"{sources_json(sources(shown))}\n".encode()


def bib_bytes(shown: Shown) -> bytes:
    """Give the sources of what is shown as BibTeX in UTF-8."""
    numbered = words_for(shown.atlas, shown.lang).t("bibtex.number")
    return bibtex(sources(shown), numbered).encode()


def areas_csv(atlas: Atlas, rows: Iterable[AreaRow]) -> str:
    """Write areas as CSV: km² to one decimal, a row a polity and change day.

    Bounds the atlas does not have are empty.
    """
    return csv_text(AREA_COLUMNS, (_area(atlas, row) for row in rows))


def areas_json(atlas: Atlas, rows: Iterable[AreaRow]) -> str:
    """Write areas as a JSON list with the columns of the CSV."""
    return json_text([_area(atlas, row) for row in rows])


def comparison_csv(comparison: Comparison, lang: str) -> str:
    """Write what differs between two days as CSV, a row a piece; lists are joined by ``;``."""
    rows = []
    for found, plain in zip(
        comparison.differences, comparison_plain(comparison, lang)["changes"], strict=True
    ):
        row = {
            **plain,
            "before": ";".join(_held(held) for held in plain["before"]),
            "after": ";".join(_held(held) for held in plain["after"]),
            "events": ";".join(event.id for event in found.events),
            "statuses": ";".join(dict.fromkeys(said.id for said in found.begun)),
            "sources": ";".join(_pointer(citation) for citation in found.citations),
        }
        rows.append(row)
    return csv_text(DIFFERENCE_COLUMNS, rows)


def _held(plain: Mapping[str, str]) -> str:
    otherwise = " (says otherwise)" if plain["otherwise"] else ""
    return f"{plain['dimension']} {plain['polity']}{otherwise}"


def _area(atlas: Atlas, row: AreaRow) -> dict[str, str | float | None]:
    sizes = {name: value for name, value in asdict(row).items() if name.startswith("km2")}
    return {
        "day": row.day.isoformat(),
        "dimension": row.dimension,
        "polity": row.polity_id,
        "polity_name": holder_name(atlas, row.polity_id, "en"),
        **{name: None if km2 is None else round(km2, 1) for name, km2 in sizes.items()},
        "perspective": row.perspective,
    }


def _boundary_line(atlas: Atlas, shown: BoundaryOnDay, spoken: Texts) -> str:
    boundary = shown.boundary
    facts = [
        boundary.id,
        f"{format_number(area_km2(boundary), spoken.lang)} km²",
        spoken.t(f"precision.{boundary.precision}"),
        spoken.t("report.since", date=boundary.start.edtf),
    ]
    if shown.control and shown.control.polity_ids:
        held = ", ".join(atlas.polities[p].name for p in shown.control.polity_ids)
        of = region_name(atlas, shown.control.said_of, spoken.lang)
        facts.append(spoken.t("report.held", polities=held, region=of))
    elif shown.control:
        facts.append(spoken.t("report.not_told"))
    name = region_name(atlas, boundary.region_id, spoken.lang)
    return f"{name} ({'; '.join(facts)})"


def _status_line(atlas: Atlas, status: Status, lang: str) -> str:
    teller = atlas.perspectives[status.perspective_id].name
    dimension = texts(lang).t(f"dimension.{status.dimension}")
    if status.polity_id:
        dimension += f": {atlas.polities[status.polity_id].name}"
    facts = (dimension, teller, status.certainty)
    sources = " ".join(f"[{_pointer(citation)}]" for citation in status.citations)
    name = region_name(atlas, status.region_id, lang)
    return f"{name}: {status.text} ({'; '.join(facts)}) {sources}".rstrip()


def _event(atlas: Atlas, event: Event, lang: str) -> Iterator[str]:
    where = f" · {event.place.name}" if event.place else ""
    yield f"{event.id:<5}{event.date.edtf:<12} {event.title}{where}"
    for citation in event.citations:
        yield f"     - {citation_text(citation, lang)}"
    for point in points_of(atlas, event_id=event.id):
        yield f"     {point.id}: {point.question}"
        yield from _accounts(atlas, accounts_of(atlas, point_id=point.id), lang)
    yield from _accounts(atlas, accounts_of(atlas, event_id=event.id), lang)


def _accounts(atlas: Atlas, accounts: Iterable[Account], lang: str) -> Iterator[str]:
    for account in accounts:
        teller = atlas.perspectives[account.perspective_id].name
        stance = texts(lang).t(f"map.stance.{account.stance}")
        yield f"     | {teller} ({stance}): {account.text}"


def _pointer(citation: Citation) -> str:
    return " ".join(part for part in (citation.source.id, citation.locator) if part)
