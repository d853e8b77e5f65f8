"""The bibliography: sources by who tells, and what cites each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from maps.atlas.model import Atlas, Citation, Note, Source
from maps.cache import once_for_each
from maps.cards.citing import reference, said
from maps.cards.links import id_link, linked, remark, short_id
from maps.cards.markup import element, folded, together, view_link
from maps.day.index import index_of
from maps.words.i18n import Texts, texts
from maps.words.names import region_name


@dataclass(frozen=True)
class Use:
    """One place a source is cited at; ``kind`` and ``id`` say by which record."""

    kind: str
    id: str
    region_id: str
    citation: Citation


def source_card(atlas: Atlas, source: Source, lang: str) -> Markup:
    """Show a source: numbers, reference, how sure the resolution is, what cites it."""
    spoken = texts(lang)
    number = f"[{source.number_in_text}]" if source.number_in_text else short_id(source.id)
    return element(
        "article",
        element("div", number, class_="mc-number" if source.number_in_text else "mc-number mc-own"),
        element(
            "div",
            element("p", reference(source, lang), class_="mc-reference"),
            element("p", _numbers(source, spoken), class_="mc-quiet"),
            remark(atlas, source.note, lang),
            _notes(atlas, source, spoken),
            _uses(atlas, source, lang),
        ),
        class_="mc-source",
        data_source=source.id,
        data_at=source.id,
        id=f"source-{source.id}",
    )  # fmt: skip


def bibliography(atlas: Atlas, name: str, sources: Iterable[Source], lang: str) -> str:
    """Show the sources of one perspective under its name."""
    cards = (source_card(atlas, source, lang) for source in sources)
    return str(element("section", element("h2", name, class_="mc-part"), *cards))


@once_for_each
def uses(atlas: Atlas) -> Mapping[str, tuple[Use, ...]]:
    """Collect for each source id the records that cite it, events first."""
    found: defaultdict[str, list[Use]] = defaultdict(list)
    cited: tuple[tuple[str, Iterable[Any], str, str], ...] = (
        ("event", atlas.events, "id", ""),
        ("status", atlas.statuses, "id", "region_id"),
        ("boundary", atlas.boundaries, "id", "region_id"),
        ("region", atlas.regions.values(), "id", "id"),
        ("figure", atlas.figures, "id", "region_id"),
        ("note", atlas.notes.values(), "id", ""),
        ("account", atlas.accounts, "id", ""),
        ("date", atlas.event_dates, "event_id", ""),
    )
    for kind, records, id_of, region_of in cited:
        for record in records:
            region = getattr(record, region_of) if region_of else ""
            for citation in record.citations:
                use = Use(kind, getattr(record, id_of), region, citation)
                found[citation.source.id].append(use)
    return {source_id: tuple(uses) for source_id, uses in found.items()}


def _numbers(source: Source, spoken: Texts) -> Markup:
    number, reason = source.number_in_text, source.confidence_reason
    confidence = said(spoken, "ui.confidence", source.confidence)
    key = "ui.sources.confidence_because" if reason else "ui.sources.confidence"
    parts = [
        spoken.t("ui.sources.number", number=number) if number else "",
        *(
            spoken.t(
                "ui.sources.list_number", list=said(spoken, "ui.source_lists", name), number=place
            )
            for name, place in source.list_numbers.items()
        ),
        spoken.t(key, confidence=confidence, reason=reason) if source.confidence else "",
        source.id,
    ]
    return together(" · ".join(part for part in parts if part))


def _notes(atlas: Atlas, source: Source, spoken: Texts) -> Markup | None:
    items = [
        element("p", element("b", id_link(atlas, note.id, spoken.lang)), " ",
                linked(atlas, note.text, spoken.lang))
        for note in notes_on(atlas, source)
    ]  # fmt: skip
    inside = element("div", *items, class_="mc-note")
    return folded(spoken.t("ui.sources.notes"), inside) if items else None


def notes_on(atlas: Atlas, source: Source) -> tuple[Note, ...]:
    """Select the editor's notes about a source."""
    return tuple(note for note in atlas.notes.values() if source.id in note.source_ids)


def _uses(atlas: Atlas, source: Source, lang: str) -> Markup:
    spoken = texts(lang)
    found = uses(atlas).get(source.id, ())
    if not found:
        return element("p", spoken.t("ui.sources.not_cited"), class_="mc-quiet")
    head = element(
        "tr", *(element("th", spoken.t(f"ui.sources.{key}"), scope="col")
                for key in ("where", "printed", "resolved"))
    )  # fmt: skip
    rows = [
        element(
            "tr",
            element("td", _where(atlas, use, lang)),
            element("td", use.citation.as_printed, class_="mc-printed"),
            element("td", use.citation.locator or spoken.t("ui.sources.whole_source")),
        )
        for use in found
    ]
    table = element("table", element("thead", head), element("tbody", *rows), class_="mc-table")
    return folded(spoken.t("ui.sources.cited_by", count=len(found)), table)


def _where(atlas: Atlas, use: Use, lang: str) -> Markup:
    spoken = texts(lang)
    if use.kind == "event":
        return view_link(
            f"{use.id} {index_of(atlas).events[use.id].title}", event=use.id, lang=lang, tab="map"
        )
    region = region_name(atlas, use.region_id, lang) if use.region_id else ""
    if use.kind == "region":
        return view_link(region, region=use.id, lang=lang, tab="map")
    where = spoken.t(f"ui.subject.{use.kind}", region=region, id=use.id)
    return linked(atlas, where, lang) if use.kind in ("note", "date") else together(where)
