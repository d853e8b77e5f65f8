"""RFC 7946 text that is the same, byte for byte, on every run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

DECIMALS = 5  # about one metre


def rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Round EPSG:4326 coordinates to five decimals, as all geometry of an atlas is.

    Points are rounded one by one, so that edges shared by two geometries stay
    shared.
    """
    moved: BaseGeometry = shapely.transform(geometry, lambda points: points.round(DECIMALS))
    return moved


def feature(
    geometry: BaseGeometry, properties: Mapping[str, Any], feature_id: str = ""
) -> dict[str, Any]:
    """Make one feature: right-hand rule, five decimals, ``id`` at the top."""
    oriented = shapely.orient_polygons(rounded(geometry), exterior_cw=False)
    written = json.dumps(mapping(oriented))
    shown = json.loads(written, parse_float=lambda number: round(float(number), DECIMALS))
    head = {"type": "Feature"} | ({"id": feature_id} if feature_id else {})
    return {**head, "properties": dict(properties), "geometry": shown}


def collection(features: Iterable[Mapping[str, Any]]) -> bytes:
    """Serialise features, one a line so that a change shows as a small diff."""
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()
