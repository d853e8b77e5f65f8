"""Coordinates as people and programs write them, to degrees."""

from __future__ import annotations

import re

from shapely import Point, from_wkt
from shapely.errors import GEOSException

from maps.atlas.intake.text import plain_digits

_NUMBER = r"\d+(?:[.,]\d+)?"
# 48°12'30"N, 48 12 30 N, N 48° 12.5', 48,25; a sign or a letter tells the half of the earth.
_ANGLE = re.compile(
    rf"(?P<before>[NSEW])?\s*(?P<sign>[+-])?\s*(?P<deg>{_NUMBER})\s*(?:°|º|deg|d|\s|:|$)?\s*"
    rf"(?:(?P<min>{_NUMBER})\s*(?:'|m|\s|:|$)\s*)?(?:(?P<sec>{_NUMBER})\s*(?:\"|''|s|$)?\s*)?"
    r"(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?:SRID=4326;)?\s*(POINT\b.*)", re.IGNORECASE)
_DECIMALS = 9  # a tenth of a millimetre; what a float adds behind them says nothing
_SIGNS = str.maketrans("−–‐′’‘″”“˚٫\u00a0\u202f", "---'''\"\"\"°.  ")
_HALVES = {"N": ("lat", 1), "S": ("lat", -1), "E": ("lon", 1), "W": ("lon", -1)}


def degrees(text: str, axis: str) -> str:
    """Read one coordinate, ``lat`` or ``lon``, as a decimal number; empty where it is none.

    ``O`` is none of the letters: it is the east in German and the west in French.
    """
    written = plain_digits(text).translate(_SIGNS).strip()
    found = _ANGLE.fullmatch(written)
    if not found or (found["before"] and found["after"]):
        return ""
    letter = (found["before"] or found["after"] or "").upper()
    half, turn = _HALVES.get(letter, (axis, 1))
    if half != axis or (letter and found["sign"]):
        return ""
    parts = [found["deg"], found["min"], found["sec"]]
    numbers = [float(part.replace(",", ".")) if part else 0.0 for part in parts]
    if numbers[1] >= 60 or numbers[2] >= 60:
        return ""
    value = numbers[0] + numbers[1] / 60 + numbers[2] / 3600
    if found["sign"] == "-":
        turn = -1
    if found["min"] is None:  # the digits of the file, not those of a float
        whole, point, decimals = found["deg"].replace(",", ".").partition(".")
        digits = whole + point + decimals[:_DECIMALS]
        return f"-{digits}" if turn < 0 and value else digits
    return f"{turn * value:.6f}".rstrip("0").rstrip(".")


def pair(text: str) -> tuple[str, str]:
    """Read latitude and longitude of one cell; empty where it has another form.

    A WKT point and Wikidata's have the longitude first, all others the latitude,
    but where letters say otherwise.
    """
    written = plain_digits(text).translate(_SIGNS).strip()
    if point := _POINT.fullmatch(written):
        return _of_wkt(point[1])
    written = written.strip("()[]")
    for parting in (r"\s*;\s*", r"\s*/\s*", r",\s+", r"\s*,\s*", r"(?<=[NSEWnsew])\s+", r"\s+"):
        parts = re.split(parting, written)
        if len(parts) == 2:
            lat, lon = degrees(parts[0], "lat"), degrees(parts[1], "lon")
            if lat and lon:
                return lat, lon
            lat, lon = degrees(parts[1], "lat"), degrees(parts[0], "lon")
            if lat and lon:
                return lat, lon
    return "", ""


def _of_wkt(text: str) -> tuple[str, str]:
    try:
        point = from_wkt(text)
    except GEOSException:
        return "", ""
    if not isinstance(point, Point) or point.is_empty:
        return "", ""
    return f"{point.y:.{_DECIMALS}g}", f"{point.x:.{_DECIMALS}g}"
