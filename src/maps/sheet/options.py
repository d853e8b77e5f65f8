"""What exports of one day and of several can be told, passed on as a whole."""

from __future__ import annotations

from typing import TypedDict

from maps.day.view import Bbox


class Options(TypedDict, total=False):
    """Keywords of `maps.export.export_bytes`, which says what each means."""

    mode: str
    lang: str
    perspective: str | None
    bbox: Bbox | None
    size: str | tuple[float, float] | None
    dpi: int
