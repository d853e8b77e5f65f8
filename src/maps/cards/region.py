"""The card of a region on one day."""

from __future__ import annotations

from dataclasses import replace

from maps.atlas.model import CONTROL, DIMENSIONS, Atlas, Boundary, Date, Region, Status
from maps.cards.accounts import law_part
from maps.cards.citing import filled
from maps.day.areas import area_km2
from maps.day.control import Holding, control_of
from maps.day.index import index_of
from maps.looks.paint import holding_look
from maps.looks.texture import Look
from maps.words.date_formats import format_day_of
from maps.words.i18n import format_number, texts
from maps.words.names import region_name
from maps.words.sentences import speaks_of_later


def region_card(atlas: Atlas, region: Region, day: Date, lang: str, perspective: str = "") -> str:
    """Show a region: names side by side, its lines and its status on a day, each with a teller.

    With a perspective the legal status stands first: what that teller, or all of
    them, say of it. Remarks and notes that speak of later years only are left to
    `region_background`.
    """

    def look_of(status: Status) -> Look:
        return holding_look(atlas, Holding(status.dimension, status.polity_id))

    remarks = (region.source_says, region.administration, region.note)
    says, administration, note = ("" if speaks_of_later(t, day) else t for t in remarks)
    by_then = replace(
        region,
        source_says=says,
        administration=administration,
        note=note,
        notes=tuple(note for note in region.notes if not speaks_of_later(note.text, day)),
    )
    lines = [
        (boundary, _about(atlas, boundary, lang), _origins(atlas, boundary))
        for boundary in atlas.boundaries
        if boundary.region_id == region.id and day in boundary.span
    ]
    return _card(
        atlas,
        region,
        lang,
        day=format_day_of(atlas, day, lang),
        law=law_part(atlas, region, day, lang, perspective) if perspective else "",
        statuses=statuses_on(atlas, region, day),
        lines=lines,
        by_then=by_then,
        look_of=look_of,
    )


def region_background(atlas: Atlas, region: Region, lang: str) -> str:
    """Show what is said of a region on no day in particular: by the main source, in notes."""
    return _card(atlas, region, lang, day="")


def statuses_on(atlas: Atlas, region: Region, day: Date) -> tuple[Status, ...]:
    """Select the statements that count for a region on a day, by dimension.

    Control is said of the region or of what it is part of (docs/data-model.md);
    the other dimensions of the region itself.
    """
    own = index_of(atlas).statuses_of.get(region.id, ())
    other = (status for status in own if day in status.span and status.dimension != CONTROL)
    counting = (*control_of(atlas, region.id, day).statuses, *other)
    return tuple(sorted(counting, key=lambda status: DIMENSIONS.index(status.dimension)))


def _card(atlas: Atlas, region: Region, lang: str, **of_the_day: object) -> str:
    whole = region_name(atlas, region.part_of, lang) if region.part_of else ""
    earlier = ", ".join(region_name(atlas, other, lang) for other in region.predecessors)
    about = {"region": region, "whole": whole, "earlier": earlier}
    return str(filled("region", atlas, lang, **about, **of_the_day))


def _about(atlas: Atlas, boundary: Boundary, lang: str) -> str:
    """Say of a line its layer, the area inside it and how precise it is."""
    spoken = texts(lang)
    layer = {layer.id: layer.name for layer in atlas.settings.layers}.get(boundary.layer, "")
    area = spoken.t("ui.card.square_km", km2=format_number(area_km2(boundary), lang))
    parts = (layer, area, spoken.t(f"map.precision.{boundary.precision}"))
    return " · ".join(part for part in parts if part)


def _origins(atlas: Atlas, boundary: Boundary) -> str:
    found = (atlas.origins[each] for each in boundary.origin_ids if each in atlas.origins)
    return "; ".join(origin.title or origin.id for origin in found)
