"""What regions, their kinds, modes and tellers are called."""

from __future__ import annotations

import re

from maps.atlas.model import NOT_KNOWN, Atlas, Region
from maps.day.law import ALL
from maps.day.view import Shown
from maps.words.cite import author_year
from maps.words.i18n import texts

CONTROL_UNIT = "control-unit"  # kind of the regions that are pieces, docs/data-model.md


def region_name(atlas: Atlas, region_id: str, lang: str) -> str:
    """Give the name of a region, or its id where the atlas has no such region."""
    region = atlas.regions.get(region_id)
    return region.name(lang) if region else region_id


def short_name(name: str) -> str:
    """Drop what stands in brackets: a label on a map has no room for it."""
    bare = re.sub(r"\s*\([^)]*\)", "", name).strip()
    return bare or name


def map_name(atlas: Atlas, region_id: str, lang: str) -> str:
    """Give the name a region bears on a map: a piece that of the district it is a piece of."""
    region = atlas.regions[region_id]
    # One step up only: a piece of anything else keeps its own name, wherever that lies.
    whole = atlas.regions.get(region.part_of)
    piece = region.kind == CONTROL_UNIT
    if piece and whole is not None and whole.kind == "district":
        region = whole
    name = short_name(region.name(lang))
    return name.partition(",")[0] if piece else name


def holder_name(atlas: Atlas, polity_id: str, lang: str) -> str:
    """Name who an area is counted for: a polity, or that it is not known."""
    if polity_id == NOT_KNOWN:
        return texts(lang).t("map.not_known")
    return atlas.polities[polity_id].name


def kind_text(atlas: Atlas, region: Region) -> str:
    """Name the kind of a region."""
    return atlas.kind_names.get(region.kind, region.kind)


def mode_name(mode_id: str, lang: str) -> str:
    """Name a mode; its id where the interface has no name for it."""
    key, spoken = f"map.modes.{mode_id}", texts(lang)
    return spoken.t(key) if key in spoken else mode_id


def named_again(atlas: Atlas, perspective_id: str) -> str:
    """Name who says something where the name has been read before.

    Whoever is one work is then called by its author and year, as its source has them.
    """
    perspective = atlas.perspectives[perspective_id]
    work = atlas.sources.get(perspective.work_id)
    return (author_year(work) if work else "") or perspective.name


def teller_name(shown: Shown) -> str:
    """Name who tells what is shown; empty where everyone's statements are listed."""
    if shown.perspective_id == ALL:
        return texts(shown.lang).t("map.everyone")
    teller = shown.atlas.perspectives.get(shown.perspective_id)
    return teller.name if teller else ""
