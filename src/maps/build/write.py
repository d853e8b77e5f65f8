"""What a recipe writes with: RFC 7946 text, in files whole or not at all."""

from __future__ import annotations

from maps.atlas.geojson import DECIMALS, collection, feature, rounded
from maps.files import write_whole

__all__ = ["DECIMALS", "collection", "feature", "rounded", "write_whole"]
