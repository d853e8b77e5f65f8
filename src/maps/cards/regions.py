"""The parts of the tab "Regions" that are about one region on all its days."""

from __future__ import annotations

from collections.abc import Iterable

from maps.atlas.model import Atlas, Point, Region
from maps.cards.accounts import point_part
from maps.cards.figures import figures_part, people_part, worked_part
from maps.cards.markup import together
from maps.words.i18n import fold, texts
from maps.words.names import kind_text, region_name


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
