"""Coordinates as people and programs write them, to degrees."""

from __future__ import annotations

import re
from contextlib import suppress

import shapely
from shapely import Point
from shapely.errors import GEOSException

from maps.atlas.intake.text import plain_digits

_DECIMALS = 9  # a tenth of a millimetre; what a float adds behind them says nothing
_SIGNS = str.maketrans("−–‐′’‘´`″”“˚º⁰٫\u00a0\u202f", "---'''''\"\"\"°°°.  ")
# What is said of the half of the earth or of the axis, without points and spaces. ``O`` is
# none of the words: it is the east in German and the west in French.
_WORDS = {
    ("lat", 1): "n north nord nördl nördlbr norte с сш севш k kuzey",
    ("lat", -1): "s south sud süd südl südlbr sur ю юш южш g güney",
    ("lon", 1): "e east est este ost östl östll в вд востд d doğu",
    ("lon", -1): "w west ouest oeste westl westll з зд запд b batı",
    ("lat", 0): "lat latitude breite широта шир enlem",
    ("lon", 0): "lon long lng longitude länge долгота долг boylam",
}
_HALVES = {word: half for half, words in _WORDS.items() for word in words.split()}
_NUMBER = r"\d+(?:[.,]\d+)?"
_WORD = r"[^\W\d]+\.?(?:\s?[^\W\d]+\.?)?"
# 48°12'30"N, 48 12 30 N, N 48° 12.5', 48,25, lat: 48.25; something stands between the parts.
_ANGLE = re.compile(
    rf"(?:(?P<before>{_WORD})\s*[:=]?)?\s*(?P<sign>[+-])?\s*(?P<deg>{_NUMBER})"
    rf"(?:\s*(?:[°:]|\s)\s*(?P<min>{_NUMBER})(?:\s*(?:[':]|\s)\s*(?P<sec>{_NUMBER}))?)?"
    rf"\s*[°'\"]*\s*(?P<after>{_WORD})?"
)
_LETTERS = re.compile(rf"(?<=\d)\s?d\s?({_NUMBER})\s?m(?:in)?(?:\s?({_NUMBER})\s?s(?:ec)?)?")
_IN_LINK = re.compile(r"(?:geo:|.*/@)(-?\d+\.\d+),(-?\d+\.\d+)(?:[,;?/].*)?")
_PARTED = (
    r"\s*;\s*", r"\s*/\s*", r",\s+", r"\s*,\s*", r"(?<=[^\W\d])\s+(?=\d)",
    r"(?<=[^\W\d]\.)\s+(?=\d)", r"(?<=\d)\s+(?=[^\W\d])", r"\s+",
)  # fmt: skip


def degrees(text: str, axis: str) -> str:
    """Read one coordinate, ``lat`` or ``lon``, as a decimal number; empty where it is none."""
    written = plain_digits(text).translate(_SIGNS).strip().lower().replace("''", '"')
    written = re.sub(r"\s?\bdeg(?:rees?\b|\.)?", "°", written)
    found = _ANGLE.fullmatch(_LETTERS.sub(r"°\1'\2" + '"', written))
    if not found or (found["before"] and found["after"]):
        return ""
    word = re.sub(r"[\s.]", "", found["before"] or found["after"] or "")
    half, turn = _HALVES.get(word, ("", 0)) if word else (axis, 0)
    if half != axis or (turn and found["sign"]):
        return ""
    parts = [found["deg"], found["min"], found["sec"]]
    numbers = [float(part.replace(",", ".")) if part else 0.0 for part in parts]
    if numbers[1] >= 60 or numbers[2] >= 60:
        return ""
    value = numbers[0] + numbers[1] / 60 + numbers[2] / 3600
    sign = "-" if value and (turn < 0 or found["sign"] == "-") else ""
    if found["min"]:
        return sign + f"{value:.6f}".rstrip("0").rstrip(".")
    # The digits of the file, not those of a float.
    whole, point, decimals = found["deg"].replace(",", ".").partition(".")
    return sign + whole + point + decimals[:_DECIMALS]


def pair(text: str) -> tuple[str, str]:
    """Read latitude and longitude of one cell; empty where it has another form.

    A point of WKT, WKB, GeoJSON and Wikidata has the longitude first, all others the
    latitude, but where words say otherwise.
    """
    text = text.strip()
    with suppress(GEOSException):
        if text.startswith("{"):
            shape = shapely.from_geojson(text)
        elif re.fullmatch(r"(?:[0-9A-Fa-f]{2}){21,}", text):
            shape = shapely.from_wkb(text)
        else:
            shape = shapely.from_wkt(re.sub(r"^SRID=4326;", "", text, flags=re.IGNORECASE))
        if isinstance(shape, Point) and not shape.is_empty:
            return digits(shape.y), digits(shape.x)
    if found := _IN_LINK.fullmatch(text):
        return found[1], found[2]
    written = plain_digits(text).translate(_SIGNS).strip().strip("()[]")
    for parting in _PARTED:
        parts = re.split(parting, written)
        if len(parts) == 2:
            for first, last in (parts, reversed(parts)):
                lat, lon = degrees(first, "lat"), degrees(last, "lon")
                if lat and lon:
                    return lat, lon
    return "", ""


def digits(value: float) -> str:
    """Write degrees as a table has them: no exponent, nothing that a float adds."""
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
