"""The rule that an area drawn across the pieces of land does not say otherwise than they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.check.inventory import Inventory
from maps.atlas.check.relations import regions_above
from maps.atlas.dates import dated
from maps.atlas.load import Feature, Row
from maps.atlas.model import CONTROL, Date, Timespan
from maps.errors import DateUnreadable, Problem

_PIECES = "control"  # the layer of the pieces, docs/data-model.md
_INSIDE = 0.5  # of a piece: what lies inside by less is the work of two lines drawn apart


class _Drawn(NamedTuple):
    feature: Feature
    ground: BaseGeometry
    span: Timespan


_Said = Mapping[str, list[tuple[Row, Timespan]]]


def check_zones(inventory: Inventory) -> Iterator[Problem]:
    """Check that who held a zone held the pieces inside, where both name somebody.

    Zones are the boundaries that a mode of control shows beside the pieces. One of the
    two statements may be marked contested. A piece that is part of the region has its own
    statements before those of the whole, so that nothing is said twice.
    """
    tables = inventory.tables
    above = regions_above(inventory)
    zones, pieces = _drawn(inventory)
    said: defaultdict[str, list[tuple[Row, Timespan]]] = defaultdict(list)
    for row in tables["statuses"]:
        if row["dimension"] == CONTROL and (span := _span(row)):
            said[row["region_id"]].append((row, span))
    tree = shapely.STRtree([piece.ground for piece in pieces])
    for zone, zone_ground, zone_span in zones:
        shapely.prepare(zone_ground)
        for place in sorted(tree.query(zone_ground, "intersects")):
            piece, piece_ground, piece_span = pieces[place]
            chain = (piece["region"], *above[piece["region"]])
            if zone["region"] in chain or not zone_span.overlaps(piece_span):
                continue
            if not _lies_inside(piece_ground, zone_ground):
                continue
            for day in _days(zone_span, piece_span, said, (zone["region"], *chain)):
                held = _named(said, (zone["region"],), day)
                inside = _named(said, chain, day)
                others = {row["polity_id"] for row in inside}
                if held and inside and others.isdisjoint(row["polity_id"] for row in held):
                    message = (
                        f"holds '{zone['region']}', and on {day} '{inside[0]['polity_id']}' holds "
                        f"'{piece['region']}' inside it ('{inside[0]['id']}'); draw the zone "
                        "without it, end one of the two, or mark one as contested"
                    )
                    yield held[0].problem("polity_id", "control-contradicts", message)
                    break


def _drawn(inventory: Inventory) -> tuple[list[_Drawn], list[_Drawn]]:
    """List the boundaries of zones and those of pieces, with their days."""
    modes = inventory.tables.settings.values["modes"]
    shown = {layer for mode in modes if mode["colour_by"] == "control" for layer in mode["layers"]}
    zones: list[_Drawn] = []
    pieces: list[_Drawn] = []
    for feature in inventory.tables.features:
        span = _span(feature)
        if span is None or feature.ground is None:
            continue  # reported with the days, or with the geometry
        if feature.layer == _PIECES:
            pieces.append(_Drawn(feature, feature.ground, span))
        elif feature.layer in shown:
            zones.append(_Drawn(feature, feature.ground, span))
    return zones, pieces


def _lies_inside(piece: BaseGeometry, zone: BaseGeometry) -> bool:
    return zone.covers(piece) or bool(piece.intersection(zone).area > _INSIDE * piece.area)


def _days(zone: Timespan, piece: Timespan, said: _Said, regions: tuple[str, ...]) -> list[Date]:
    """List the days on which something begins, while both are drawn."""
    begins = {span.start for region in regions for _, span in said.get(region, ())}
    begins |= {span.end for region in regions for _, span in said.get(region, ()) if span.end}
    both = (day for day in {zone.start, piece.start, *begins} if day in zone and day in piece)
    return sorted(both)


def _named(said: _Said, chain: tuple[str, ...], day: Date) -> list[Row]:
    """List the statements that count for the first region of a chain and name a polity.

    None where one of them is contested: it is marked that others say otherwise.
    """
    for region in chain:
        if counting := [row for row, span in said.get(region, ()) if day in span]:
            if any(row["certainty"] == "contested" for row in counting):
                return []
            return [row for row in counting if row["polity_id"]]
    return []


def _span(row: Row | Feature) -> Timespan | None:
    try:
        return dated(row)[0]
    except DateUnreadable:
        return None
