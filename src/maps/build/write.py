"""What a recipe writes with: RFC 7946 text, and files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from maps.geojson import DECIMALS, collection, feature, rounded

__all__ = ["DECIMALS", "collection", "feature", "rounded", "write_whole"]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".build-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
