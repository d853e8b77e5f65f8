"""The bibliography: sources by who tells, and what cites each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from maps.atlas.model import Atlas, Citation, Note, Source
from maps.cache import once_for_each
from maps.cards.citing import reference, said
from maps.cards.links import id_link, linked, remark
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
    number = f"[{source.number_in_text}]" if source.number_in_text else source.id
    return element(
        "article",
        element("div", number, class_="mc-number" if source.number_in_text else "mc-number mc-own"),
        element(
            "div",
            element("p", reference(source, lang), class_="mc-reference"),
            element("p", *_numbers(source, spoken), class_="mc-quiet"),
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
    for use in _all_uses(atlas):
        found[use.citation.source.id].append(use)
    return {source_id: tuple(cited) for source_id, cited in found.items()}


def _all_uses(atlas: Atlas) -> Iterator[Use]:
    for event in atlas.events:
        yield from (Use("event", event.id, "", cited) for cited in event.citations)
    for status in atlas.statuses:
        yield from (Use("status", status.id, status.region_id, c) for c in status.citations)
    for line in atlas.boundaries:
        yield from (Use("boundary", line.id, line.region_id, c) for c in line.citations)
    for region in atlas.regions.values():
        yield from (Use("region", region.id, region.id, cited) for cited in region.citations)
    for figure in atlas.figures:
        yield from (Use("figure", figure.id, figure.region_id, c) for c in figure.citations)
    for note in atlas.notes.values():
        yield from (Use("note", note.id, "", cited) for cited in note.citations)
    for account in atlas.accounts:
        yield from (Use("account", account.id, "", cited) for cited in account.citations)
    for given in atlas.event_dates:
        yield from (Use("date", given.event_id, "", cited) for cited in given.citations)


def _numbers(source: Source, spoken: Texts) -> list[Markup]:
    number = source.number_in_text
    parts = [
        spoken.t("ui.sources.number", number=number) if number else "",
        *(
            spoken.t(
                "ui.sources.list_number", list=said(spoken, "ui.source_lists", name), number=place
            )
            for name, place in source.list_numbers.items()
        ),
        _confidence(source, spoken),
        source.id,
    ]
    return [together(" · ".join(part for part in parts if part))]


def _confidence(source: Source, spoken: Texts) -> str:
    if not source.confidence:
        return ""
    confidence = said(spoken, "ui.confidence", source.confidence)
    if not source.confidence_reason:
        return spoken.t("ui.sources.confidence", confidence=confidence)
    reason = source.confidence_reason
    return spoken.t("ui.sources.confidence_because", confidence=confidence, reason=reason)


def _notes(atlas: Atlas, source: Source, spoken: Texts) -> Markup | None:
    found = notes_on(atlas, source)
    if not found:
        return None
    items = [
        element("p", element("b", id_link(atlas, note.id, spoken.lang)), " ",
                linked(atlas, note.text, spoken.lang))
        for note in found
    ]  # fmt: skip
    return folded(spoken.t("ui.sources.notes"), element("div", *items, class_="mc-note"))


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
    rows = [_use(atlas, use, lang) for use in found]
    table = element("table", element("thead", head), element("tbody", *rows), class_="mc-table")
    return folded(spoken.t("ui.sources.cited_by", count=len(found)), table)


def _use(atlas: Atlas, use: Use, lang: str) -> Markup:
    spoken = texts(lang)
    cited = use.citation
    return element(
        "tr",
        element("td", _where(atlas, use, lang)),
        element("td", cited.as_printed, class_="mc-printed"),
        element("td", cited.locator or spoken.t("ui.sources.whole_source")),
    )


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
