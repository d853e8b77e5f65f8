"""The day as data: GeoJSON that says of each line who tells it, and where it is from."""

from __future__ import annotations

import json

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from maps.atlas.geojson import DECIMALS, rounded
from maps.atlas.longitudes import Box, box_written, lon_written, shape_near, shape_written
from maps.atlas.model import Atlas, Citation, Status
from maps.data.plain import Plain, boundary_plain, event_plain, fields_of, status_plain
from maps.data.statements import told_by
from maps.day.control import Control
from maps.day.law import Claim
from maps.day.snapshot import BoundaryOnDay
from maps.day.view import Shown
from maps.words.cite import citation_text
from maps.words.i18n import texts, translation_note
from maps.words.names import mode_name, teller_name
from maps.words.sentences import dates_chosen


def geojson_bytes(shown: Shown) -> bytes:
    """Give what a mode shows on a day as GeoJSON (RFC 7946, EPSG:4326).

    Boundaries in drawing order, then the day's events that have a place. The
    foreign member ``metadata`` says what is shown and with which reservations.
    """
    features = [*boundary_features(shown), *event_features(shown)]
    box = bounds_of(features, shown.atlas.settings.extent)
    return collection_bytes(features, metadata=metadata(shown), **box)


def all_boundaries_bytes(atlas: Atlas, lang: str) -> bytes:
    """Give all boundaries of all days as GeoJSON; ``start`` and ``end`` say when each holds."""
    features = [
        _feature(each.id, geometry_plain(each.geometry), boundary_plain(each, atlas, lang))
        for each in atlas.boundaries
    ]
    about = {"title": atlas.settings.title, **_about_the_data(atlas)}
    return collection_bytes(features, metadata=about)


def collection_bytes(features: list[Plain], **members: object) -> bytes:
    """Write a collection of features, one a line: differences of two days can be read."""
    collection = {"type": "FeatureCollection", **members, "features": []}
    head = json.dumps(collection, ensure_ascii=False, indent=1)
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    body = f"[\n{lines}\n]" if lines else "[]"
    return (head.removesuffix("[]\n}") + body + "\n}\n").encode()


def metadata(shown: Shown) -> Plain:
    """Tell what a file shows, of which data, and with which reservations."""
    settings = shown.atlas.settings
    chosen = dates_chosen(shown.atlas, texts(shown.lang))
    note = translation_note(shown.atlas, shown.lang)
    return {
        "title": settings.title,
        "day": shown.day.isoformat(),
        "mode": shown.mode.id,
        "mode_name": mode_name(shown.mode.id, shown.lang),
        "perspective": shown.perspective_id or None,
        "perspective_name": teller_name(shown) or None,
        "language": shown.lang,
        "extent": list(box_written(shown.bbox)),
        "periods": [period.name for period in shown.snapshot.periods],
        **_about_the_data(shown.atlas),
        **({"dates_chosen": chosen} if chosen else {}),
        **({"translation": note} if note else {}),
        "link": shown.link,
    }


def _about_the_data(atlas: Atlas) -> Plain:
    settings = atlas.settings
    return {
        "disclaimer": settings.disclaimer,
        "cutoff": settings.cutoff,
        "data_version": settings.version,
        "data_sha256": atlas.digest,
        "licence": settings.licence,
        "attribution": list(settings.attribution),
    }


def boundary_features(shown: Shown) -> list[Plain]:
    """List the boundaries that touch the extent, with all that is said of them on the day."""
    return [
        _feature(each.boundary.id, geometry_plain(each.boundary.geometry), _boundary(shown, each))
        for each in shown.in_extent
    ]


def _feature(id: str, geometry: Plain | None, properties: Plain) -> Plain:
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}


def event_features(shown: Shown) -> list[Plain]:
    """List the events of the day; one without a place has no geometry."""
    features = []
    for event in shown.events:
        geometry = None
        if event.place:
            lon, lat = lon_written(event.place.lon), event.place.lat
            at = [round(lon, DECIMALS), round(lat, DECIMALS)]
            geometry = {"type": "Point", "coordinates": at}
        properties = {
            **event_plain(event, shown.atlas, shown.lang),
            # The word is that of the boundaries; the kinds of an event keep their own.
            "kind": "event",
            "event_kinds": list(event.kinds),
            "citations": _cited(shown, event.citations),
        }
        features.append(_feature(event.id, geometry, properties))
    return features


def _statement(shown: Shown, status: Status) -> Plain:
    said = status_plain(status, shown.atlas, shown.lang)
    return {**said, "citations": _cited(shown, status.citations)}


def geometry_plain(geometry: BaseGeometry) -> Plain:
    """Give a geometry in lon lat as GeoJSON, to `DECIMALS`."""
    # RFC 7946, 3.1.6: shells run against the clock, holes with it.
    written: Plain = mapping(rounded(shapely.orient_polygons(shape_written(geometry))))
    return written


def bounds_of(features: list[Plain], extent: Box) -> dict[str, list[float]]:
    """Give the member ``bbox`` (west, south, east, north); none where nothing has a geometry.

    ``extent`` is the atlas's: across 180 degrees west is greater than east, RFC 7946, 5.2.
    """
    placed = (shape(feature["geometry"]) for feature in features if feature["geometry"])
    shapes = [shape_near(each, extent) for each in placed]
    if not shapes:
        return {}
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
    return {"bbox": [round(e, DECIMALS) for e in box_written((west, south, east, north))]}


def _boundary(shown: Shown, listed: BoundaryOnDay) -> Plain:
    atlas, boundary = shown.atlas, listed.boundary
    region = atlas.regions[boundary.region_id]
    layers = {layer.id: layer.name for layer in atlas.settings.layers}
    said = (*shown.painted, *shown.beside)
    about = [status for status in said if status.region_id == boundary.region_id]
    law: Plain = {}
    if shown.colours_by_law:
        # What is said of the legal status of this land, and who says nothing of it.
        is_asked = shown.asks_of_layer(boundary.layer)
        claims = shown.claims_of(listed) if is_asked else ()
        heard = {claim.perspective_id for claim in claims}
        silent = [teller for teller in shown.asked if is_asked and teller not in heard]
        law = {"claims": [_claim(shown, claim) for claim in claims], "silent": silent}
    return {
        **boundary_plain(boundary, atlas, shown.lang),
        "kind": "boundary",
        "region_kind": region.kind,
        "names": {lang: region.name(lang) for lang in atlas.settings.name_languages},
        "layer_name": layers[boundary.layer],
        "note": boundary.note,
        "control": _control(shown, listed.control),
        **law,
        "statuses": [_statement(shown, status) for status in about],
        "origins": [
            fields_of(atlas.origins[key], "id", "title", "package", "version", "file", "sha256",
                      "licence", "credit")
            for key in boundary.origin_ids
            if key in atlas.origins
        ],
        "citations": _cited(shown, boundary.citations),
    }  # fmt: skip


def _control(shown: Shown, control: Control | None) -> Plain | None:
    if control is None or not control.statuses:
        return None
    # In legal status the perspective chooses among claims, of which control is none.
    wanted = "" if shown.colours_by_law else shown.perspective_id
    told = (s for s in control.statuses if not wanted or s.perspective_id == wanted)
    polities = (shown.atlas.polities[polity_id] for polity_id in control.polity_ids)
    return {
        "polities": [fields_of(polity, "id", "name") for polity in polities],
        "said_of": control.said_of,
        "said_of_name": shown.atlas.regions[control.said_of].name(shown.lang),
        "statements": [_statement(shown, status) for status in told],
    }


def _claim(shown: Shown, claim: Claim) -> Plain:
    """Give a claim: what its teller makes of which statement, in whose words, on which sources."""
    record = told_by(shown.atlas, claim, shown.lang)
    return {
        **fields_of(record, "teller", "teller_name", "dimension"),
        **{name: record[name] or None for name in ("polity", "polity_name")},
        **fields_of(record, "stance", "text", "certainty", "evidence"),
        **fields_of(record, said_of="region", said_of_name="region_name", start="holds_from"),
        "end": record["holds_until"] or None,
        "status": record["status"],
        "account": record["account"] or None,
        "citations": _cited(shown, record["cited"]),
    }


def _cited(shown: Shown, citations: tuple[Citation, ...]) -> list[Plain]:
    return [
        {
            "source": citation.source.id,
            **fields_of(citation, "as_printed", "locator"),
            "text": citation_text(citation, shown.lang),
            "url": citation.source.address,
        }
        for citation in citations
    ]
