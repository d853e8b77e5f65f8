"""Sentences of the map: when a thing was, and what a change day changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from maps.i18n import Texts, format_day, format_number
from maps.model import Atlas, DateText
from maps.plain import region_name
from maps.render.shapes import short_name
from maps.snapshot import Change, changes_on
from maps.timeline import Timeline

CONTROL_UNIT = "control-unit"
MOST_NAMED = 6
KIND_ORDER = ("appears", "redrawn", "control", "disappears")  # what is new is said first


def when(moment: DateText, texts: Texts) -> str:
    """Write a date out: the day the map uses and, where it is not plain, the text it stands for."""
    if moment.used is None:
        return moment.edtf
    day = format_day(moment.used, texts.lang)
    if moment.is_exact:
        return day
    if moment.edtf.count("/") == 1 and moment.earliest == moment.used and moment.latest:
        until = format_day(moment.latest, texts.lang)
        if len(moment.edtf) == len("1920-01-01/1920-01-02"):
            return texts.t("map.from_to", start=day, end=until)
    return texts.t("map.recorded_as", day=day, edtf=moment.edtf)


def from_to(start: DateText, end: DateText | None, texts: Texts) -> str:
    """Write a span out, from its first day to the day it ends."""
    if end is None:
        return texts.t("map.since", start=when(start, texts))
    return texts.t("map.from_to", start=when(start, texts), end=when(end, texts))


def change_lines(
    atlas: Atlas, line: Timeline, texts: Texts, lang: str
) -> list[list[dict[str, Any]]]:
    """Say for each change day what changed: which region, from whom to whom, km², why.

    Pieces that changed alike for the same reason share a line; ``r`` is the
    region a click on the line leads to.
    """
    return [
        _lines(atlas, changes_on(atlas, day, line.mode_id), texts, lang) for day in line.change_days
    ]


def _lines(
    atlas: Atlas, changes: Iterable[Change], texts: Texts, lang: str
) -> list[dict[str, Any]]:
    alike: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes:
        key = (change.kind, change.from_polity_ids, change.to_polity_ids, change.event_ids)
        alike.setdefault(key, []).append(change)
    return [
        {"t": _sentence(atlas, group, texts, lang), "r": group[0].region_id}
        for group in sorted(alike.values(), key=lambda group: KIND_ORDER.index(group[0].kind))
    ]


def _sentence(atlas: Atlas, group: list[Change], texts: Texts, lang: str) -> str:
    first = group[0]
    said = texts.t(
        f"map.change.{first.kind}",
        region=_named(atlas, [change.region_id for change in group], texts, lang),
        before=_polities(atlas, first.from_polity_ids, texts),
        after=_polities(atlas, first.to_polity_ids, texts),
        km2=format_number(sum(change.km2 for change in group), lang),
    )
    titles = {event.id: event.title for event in atlas.events}
    # The event that made the new state stands last; the one that opened the old says less.
    why = [titles[event_id] for event_id in first.event_ids if event_id in titles][-1:]
    return texts.t("map.change.why", change=said, why=why[0]) if why else said


def _named(atlas: Atlas, region_ids: list[str], texts: Texts, lang: str) -> str:
    """Name some regions; all the pieces of one district are named as the district."""
    names: dict[str, None] = {}
    for region_id in region_ids:
        region = atlas.regions[region_id]
        if region.kind == CONTROL_UNIT and _pieces(atlas, region.part_of) <= set(region_ids):
            region_id = region.part_of or region_id
        names[short_name(region_name(atlas, region_id, lang))] = None
    listed = list(names)
    if len(listed) <= MOST_NAMED:
        return ", ".join(listed)
    rest = len(listed) - MOST_NAMED
    return texts.t("map.and_more", names=", ".join(listed[:MOST_NAMED]), count=rest)


def _pieces(atlas: Atlas, region_id: str) -> set[str]:
    return {
        r.id for r in atlas.regions.values() if r.part_of == region_id and r.kind == CONTROL_UNIT
    }


def _polities(atlas: Atlas, polity_ids: tuple[str, ...], texts: Texts) -> str:
    if not polity_ids:
        return texts.t("map.nobody_named")
    return " / ".join(atlas.polities[polity_id].name for polity_id in polity_ids)
