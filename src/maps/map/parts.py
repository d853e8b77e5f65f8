"""The payload of a large atlas in parts: what each step needs at once, the rest on demand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np

from maps.map.tiles import script

AREAS_A_PART, EVENTS_A_PART = 16, 64
# Fields of boundaries and of events that only cards tell.
_AREA_FIELDS = ("km", "when", "n", "o", "c")
_EVENT_FIELDS = ("text", "k", "place", "c", "acc")
_OF_READING = ("paint", "changes", "changed")
_ON_DEMAND = ("statuses", "statusesOf", "accounts", "citations", "sources", "law", "points")


def in_parts(payload: dict[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Divide the payload of `map_payload` into the head and the parts, by name.

    ``reading-<id>`` is what is painted in a reading and what changes in it; ``area-<n>``
    what is told of some boundaries that lie near each other, ``event-<n>`` of some events;
    a boundary and an event name theirs as ``part``. A part holds its values under the keys
    they have in the payload. Outlines are left out: they lie in `maps.map.tiles`.
    """
    head = payload | {key: {} for key in _ON_DEMAND}
    parts: dict[str, dict[str, Any]] = {}
    for reading in payload["paint"]:
        parts[reading_part(reading)] = {
            key: {reading: payload[key][reading]} for key in _OF_READING
        }
    for key in _OF_READING:
        head[key] = dict.fromkeys(payload[key])
    lang = payload["lang"]
    head["regions"] = {
        id: {**region, "names": {lang: region["names"][lang]}}
        for id, region in payload["regions"].items()
    }
    boundaries, events = payload["boundaries"], payload["events"]
    part_of: dict[int, str] = {}
    for number, places in enumerate(_near_each_other(boundaries)):
        name = f"area-{number}"
        part_of |= dict.fromkeys(places, name)
        parts[name] = _areas(payload, places)
    head["boundaries"] = [
        {**_without(boundary, (*_AREA_FIELDS, "g")), "part": part_of[place]}
        for place, boundary in enumerate(boundaries)
    ]
    for start in range(0, len(events), EVENTS_A_PART):
        together = range(start, min(start + EVENTS_A_PART, len(events)))
        parts[f"event-{start // EVENTS_A_PART}"] = _events(payload, together)
    head["events"] = [
        {**_without(event, _EVENT_FIELDS), "part": f"event-{place // EVENTS_A_PART}"}
        for place, event in enumerate(events)
    ]
    return head, parts


def part_scripts(parts: Mapping[str, object]) -> dict[str, bytes]:
    """Write the parts as scripts, by the names the map asks for them."""
    return {f"{name}.js": script(name, part) for name, part in parts.items()}


def reading_part(reading: str) -> str:
    """Name the part of a reading, as a file can be named."""
    return "reading-" + reading.replace(":", "-")


def _near_each_other(boundaries: Sequence[dict[str, Any]]) -> Iterator[list[int]]:
    """Give the places of boundaries in groups, along a Hilbert curve through their labels."""
    if not boundaries:
        return
    lat, lon = np.array([boundary["at"] for boundary in boundaries]).T
    along = gpd.GeoSeries.from_xy(lon, lat).hilbert_distance().to_numpy()
    order = np.argsort(along, kind="stable").tolist()
    for start in range(0, len(order), AREAS_A_PART):
        yield sorted(order[start : start + AREAS_A_PART])


def _areas(payload: dict[str, Any], places: Iterable[int]) -> dict[str, Any]:
    boundaries, regions = payload["boundaries"], payload["regions"]
    asked = dict.fromkeys(
        above for place in places for above in _upwards(regions, boundaries[place]["r"])
    )
    law = {place: payload["law"][place] for place in places}
    of = {id: payload["statusesOf"][id] for id in asked if id in payload["statusesOf"]}
    claims = [claim for spans in law.values() for span in spans or () for claim in span[2]]
    statuses = {s for found in of.values() for s in found} | {claim[0] for claim in claims}
    accounts = {claim[3] for claim in claims if claim[3] is not None}
    return {
        "boundaries": {place: _only(boundaries[place], _AREA_FIELDS) for place in places},
        "regions": {
            boundaries[place]["r"]: {"names": regions[boundaries[place]["r"]]["names"]}
            for place in places
        },
        "law": law,
        "statusesOf": of,
        **_told(payload, statuses, accounts, (boundaries[place]["c"] for place in places)),
    }


def _events(payload: dict[str, Any], places: Iterable[int]) -> dict[str, Any]:
    events = {place: _only(payload["events"][place], _EVENT_FIELDS) for place in places}
    groups = [group for event in events.values() for group in event["acc"]]
    points = dict.fromkeys(point for point, _ in groups if point)
    accounts = {account for _, found in groups for account in found}
    return {
        "events": events,
        "points": {point: payload["points"][point] for point in points},
        **_told(payload, (), accounts, (event["c"] for event in events.values())),
    }


def _told(
    payload: dict[str, Any],
    statuses: Iterable[int],
    accounts: Iterable[int],
    cited: Iterable[Sequence[int]],
) -> dict[str, Any]:
    """Give statuses and accounts by their places, and what they and others cite."""
    told = {
        "statuses": {place: payload["statuses"][place] for place in sorted(statuses)},
        "accounts": {place: payload["accounts"][place] for place in sorted(accounts)},
    }
    ids = {id for each in cited for id in each}
    ids |= {id for found in told.values() for each in found.values() for id in each["c"]}
    citations = {id: payload["citations"][id] for id in sorted(ids)}
    sources = dict.fromkeys(cite["s"] for cite in citations.values())
    return {
        **told,
        "citations": citations,
        "sources": {id: payload["sources"][id] for id in sources},
    }


def _upwards(regions: dict[str, Any], id: str) -> Iterator[str]:
    while id in regions:
        yield id
        id = regions[id]["up"]


def _only(record: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    return {name: record[name] for name in fields}


def _without(record: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in fields}
