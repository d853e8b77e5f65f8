"""The parts of the tab "Regions" that are about one region on all its days."""

from __future__ import annotations

from collections.abc import Iterable

from maps.atlas.dates import parse_date_text
from maps.atlas.model import Atlas, Date, Name, Point, Region
from maps.cards.accounts import point_part
from maps.cards.citing import filled, said
from maps.cards.figures import figures_part, people_part, worked_part
from maps.cards.markup import together
from maps.errors import DateUnreadable
from maps.words.date_formats import format_edtf
from maps.words.i18n import fold, texts
from maps.words.names import kind_text, region_name

_LAST = Date(9999, 12, 31)


def option_text(atlas: Atlas, region_id: str, lang: str) -> str:
    """Name a region with its kind: a district and a piece of it may share a name."""
    region = atlas.regions[region_id]
    return texts(lang).t(
        "ui.regions.option", name=region_name(atlas, region_id, lang), kind=kind_text(atlas, region)
    )


def option_with_names(atlas: Atlas, region_id: str, lang: str) -> str:
    """Name a region with its kind and all its other names, which a reader may type to find it."""
    told = option_text(atlas, region_id, lang)
    for name in atlas.regions[region_id].names:
        if fold(name.form) not in fold(told):
            told = f"{told} · {name.form}"
    return told


def related(atlas: Atlas, region: Region) -> dict[str, tuple[str, ...]]:
    """Collect the regions one hangs together with, by how; only what there is.

    Keys are ``whole``, ``earlier``, ``later``, ``parts``, ``shown_here`` and
    ``shown_on``; regions are ids in the order of the file.
    """
    others = atlas.regions.values()
    found = {
        "whole": (region.part_of,) if region.part_of in atlas.regions else (),
        "earlier": tuple(other for other in region.predecessors if other in atlas.regions),
        "later": tuple(other.id for other in others if region.id in other.predecessors),
        "parts": tuple(other.id for other in others if other.part_of == region.id),
        "shown_here": tuple(other.id for other in others if region.id in other.shown_on),
        "shown_on": tuple(other for other in region.shown_on if other in atlas.regions),
    }
    return {relation: region_ids for relation, region_ids in found.items() if region_ids}


def points(atlas: Atlas, found: Iterable[Point], lang: str) -> str:
    """Show contested points, each with the accounts of every side."""
    return str(together(*(point_part(atlas, point, lang) for point in found)))


def numbers(atlas: Atlas, region: Region, lang: str) -> str:
    """Show the published numbers of a region, worked out where they can be; empty without any."""
    own = [figure for figure in atlas.figures if figure.region_id == region.id]
    if not own:
        return ""
    # The points stand above already, with the accounts of every side.
    worked = worked_part(atlas, region.id, lang, with_points=False)
    return str(together(worked, people_part(own, lang), figures_part(atlas, own, lang)))


def names_table(atlas: Atlas, region: Region, lang: str) -> str:
    """Tabulate the names of a region: a row for who used them when, a column a language.

    The main names come first, then the others by their first day; those without
    a date keep the order of the file and come last.
    """
    used = (name.lang for name in region.names)
    languages = list(dict.fromkeys((*atlas.settings.name_languages, *used)))
    groups: dict[tuple[bool, str, str], list[Name]] = {}
    for name in region.names:
        groups.setdefault((not name.is_main, name.used_by, name.span_text), []).append(name)
    rows = [
        (_who(atlas, names[0], lang), days and format_edtf(days, lang), names)
        for (_, _, days), names in sorted(
            groups.items(), key=lambda group: (group[0][0], _first_day(group[0][2]))
        )
    ]
    return str(filled("names", atlas, lang, languages=languages, rows=rows))


def _who(atlas: Atlas, name: Name, lang: str) -> str:
    spoken = texts(lang)
    perspective = atlas.perspectives.get(name.used_by)
    teller = perspective.name if perspective else said(spoken, "ui.used_by", name.used_by)
    if not name.is_main:
        return teller or spoken.t("ui.regions.names_nobody")
    main = spoken.t("ui.regions.names_main")
    return f"{main} · {teller}" if teller else main


def _first_day(span_text: str) -> Date:
    try:
        return parse_date_text(span_text).earliest or _LAST if span_text else _LAST
    except DateUnreadable:
        return _LAST
