"""The day as data: GeoJSON that says of each line who tells it, and where it is from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeAlias

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Atlas, Citation, Event, Origin, Status
from maps.data.plain import Plain, boundary_plain, event_plain, status_plain
from maps.data.told import told_by
from maps.day.areas import area_km2
from maps.day.control import Control
from maps.day.law import Claim
from maps.day.snapshot import BoundaryOnDay
from maps.day.view import Shown
from maps.words.cite import citation_text
from maps.words.i18n import texts
from maps.words.names import mode_name, teller_name
from maps.words.sentences import dates_chosen

Nested: TypeAlias = "float | list[Nested]"

DECIMALS = 5  # about a metre, as in the files of the atlas


def geojson_bytes(shown: Shown) -> bytes:
    """Give what a mode shows on a day as GeoJSON (RFC 7946, EPSG:4326).

    Boundaries in drawing order, then the day's events that have a place. The
    foreign member ``metadata`` says what is shown and with which reservations.
    """
    features = [*boundary_features(shown), *event_features(shown)]
    collection: Plain = {"type": "FeatureCollection", "metadata": metadata(shown)}
    bounds = bounds_of(features)
    if bounds:
        collection["bbox"] = bounds
    collection["features"] = features
    return collection_bytes(collection)


def collection_bytes(collection: Plain) -> bytes:
    """Write a collection of features, one a line: differences of two days can be read."""
    features = collection["features"]
    head = json.dumps({**collection, "features": []}, ensure_ascii=False, indent=1)
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    body = f"[\n{lines}\n]" if lines else "[]"
    return (head.removesuffix("[]\n}") + body + "\n}\n").encode()


def metadata(shown: Shown) -> Plain:
    """Tell what a file shows, of which data, and with which reservations."""
    settings = shown.atlas.settings
    chosen = dates_chosen(shown.atlas, texts(shown.lang))
    return {
        "title": settings.title,
        "day": shown.day.isoformat(),
        "mode": shown.mode.id,
        "mode_name": mode_name(shown.mode.id, shown.lang),
        "perspective": shown.perspective_id or None,
        "perspective_name": teller_name(shown) or None,
        "language": shown.lang,
        "extent": list(shown.bbox),
        "periods": [period.name for period in shown.snapshot.periods],
        "disclaimer": settings.disclaimer,
        "cutoff": settings.cutoff,
        "data_version": settings.version,
        "data_sha256": shown.atlas.digest,
        "licence": settings.licence,
        "attribution": list(settings.attribution),
        **({"dates_chosen": chosen} if chosen else {}),
        "link": shown.link,
    }


def boundary_features(shown: Shown) -> list[Plain]:
    """List the boundaries that touch the extent, with all that is said of them on the day."""
    return [
        {
            "type": "Feature",
            "id": listed.boundary.id,
            "geometry": geometry_plain(listed.boundary.geometry),
            "properties": _boundary(shown, listed),
        }
        for listed in shown.in_extent
    ]


def event_features(shown: Shown) -> list[Plain]:
    """List the events of the day; one without a place has no geometry."""
    return [_event(shown, event) for event in shown.events]


def statement(shown: Shown, status: Status) -> Plain:
    """Give a statement with its citations written out."""
    said = status_plain(status, shown.atlas, shown.lang)
    return {**said, "citations": _cited(shown, status.citations)}


def geometry_plain(shape: BaseGeometry) -> Plain:
    """Give a geometry in lon lat as GeoJSON, to `DECIMALS`."""
    # RFC 7946, 3.1.6: shells run against the clock, holes with it.
    turned = shapely.orient_polygons(shape)
    written: dict[str, Any] = mapping(turned)
    return {"type": written["type"], "coordinates": _rounded(written["coordinates"])}


def bounds_of(features: list[Plain]) -> list[float]:
    """Give west, south, east and north of some features; empty where none has a geometry."""
    shapes = [
        shapely.geometry.shape(feature["geometry"]) for feature in features if feature["geometry"]
    ]
    if not shapes:
        return []
    return [round(float(edge), DECIMALS) for edge in shapely.total_bounds(shapes)]


def _boundary(shown: Shown, listed: BoundaryOnDay) -> Plain:
    atlas, boundary = shown.atlas, listed.boundary
    region = atlas.regions[boundary.region_id]
    layers = {layer.id: layer.name for layer in atlas.settings.layers}
    said = boundary_plain(boundary, atlas, area_km2(boundary), shown.lang)
    about = (
        status
        for status in (*shown.painted, *shown.beside)
        if status.region_id == boundary.region_id
    )
    law = _law(shown, listed) if shown.colours_by_law else {}
    return {
        **said,
        "kind": "boundary",
        "region_kind": region.kind,
        "names": {lang: region.name(lang) for lang in atlas.settings.name_languages},
        "layer_name": layers[boundary.layer],
        "note": boundary.note,
        "control": _control(shown, listed.control),
        **law,
        "statuses": [statement(shown, status) for status in about],
        "origins": [
            _origin(atlas.origins[key]) for key in boundary.origin_ids if key in atlas.origins
        ],
        "citations": _cited(shown, boundary.citations),
    }


def _control(shown: Shown, control: Control | None) -> Plain | None:
    if control is None or not control.statuses:
        return None
    atlas = shown.atlas
    # In legal status the perspective chooses among claims, of which control is none.
    wanted = "" if shown.colours_by_law else shown.perspective_id
    told = (s for s in control.statuses if not wanted or s.perspective_id == wanted)
    return {
        "polities": [_polity(atlas, polity_id) for polity_id in control.polity_ids],
        "said_of": control.said_of,
        "said_of_name": atlas.regions[control.said_of].name(shown.lang),
        "statements": [statement(shown, status) for status in told],
    }


def _law(shown: Shown, listed: BoundaryOnDay) -> Plain:
    """Give what is said of the legal status of a boundary's land, and who says nothing of it."""
    if not shown.asks_of_layer(listed.boundary.layer):
        return {"claims": [], "silent": []}
    claims = shown.claims_of(listed)
    heard = {claim.perspective_id for claim in claims}
    return {
        "claims": [claim_plain(shown, claim) for claim in claims],
        "silent": [teller for teller in shown.asked if teller not in heard],
    }


def claim_plain(shown: Shown, claim: Claim) -> Plain:
    """Give a claim: what its teller makes of which statement, in whose words, on which sources."""
    record = told_by(shown.atlas, claim, shown.lang)
    return {
        "teller": record.teller,
        "teller_name": record.teller_name,
        "dimension": record.dimension,
        "polity": record.polity or None,
        "polity_name": record.polity_name or None,
        "stance": record.stance,
        "text": record.text,
        "certainty": record.certainty,
        "evidence": record.evidence,
        "said_of": record.region,
        "said_of_name": record.region_name,
        "start": record.holds_from,
        "end": record.holds_until or None,
        "status": record.status,
        "account": record.account or None,
        "citations": _cited(shown, record.cited),
    }


def _polity(atlas: Atlas, polity_id: str) -> Plain:
    return {"id": polity_id, "name": atlas.polities[polity_id].name}


def _origin(origin: Origin) -> Plain:
    return {
        "id": origin.id,
        "title": origin.title,
        "package": origin.package,
        "version": origin.version,
        "file": origin.file,
        "sha256": origin.sha256,
        "licence": origin.licence,
        "credit": origin.credit,
    }


def _event(shown: Shown, event: Event) -> Plain:
    said = event_plain(event, shown.atlas, shown.lang)
    place = event.place
    at = [round(place.lon, DECIMALS), round(place.lat, DECIMALS)] if place else None
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": at} if at else None,
        "properties": {
            **said,
            # The word is that of the boundaries; the kinds of an event keep their own.
            "kind": "event",
            "event_kinds": list(event.kinds),
            "citations": _cited(shown, event.citations),
        },
    }


def _cited(shown: Shown, citations: tuple[Citation, ...]) -> list[Plain]:
    return [
        {
            "source": citation.source.id,
            "as_printed": citation.as_printed,
            "locator": citation.locator,
            "text": citation_text(citation, shown.lang),
            "url": citation.source.address,
        }
        for citation in citations
    ]


def _rounded(coordinates: Iterable[Nested] | float) -> Nested:
    if isinstance(coordinates, float | int):
        return round(coordinates, DECIMALS)
    return [_rounded(part) for part in coordinates]
