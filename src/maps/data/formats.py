"""The formats of an export: their names, media types and endings."""

from __future__ import annotations

from pathlib import PurePath

from maps.errors import ExportFailed

MEDIA_TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "html": "text/html",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "csv": "text/csv",
    "lpf": "application/geo+json",
    "csl": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex",
    "zip": "application/zip",
}
FORMATS = tuple(MEDIA_TYPES)
PICTURES = ("png", "svg", "pdf")
DATA = tuple(fmt for fmt in FORMATS if fmt not in (*PICTURES, "html"))
BINARY = ("gpkg", "zip")  # data no reader can look into
SIZED = (*PICTURES, "zip")  # what has a size on paper
_TWO_PARTS = {"lpf": ".lpf.json", "csl": ".csl.json"}  # both are JSON, told apart before it
ENDINGS = {fmt: _TWO_PARTS.get(fmt, f".{fmt}") for fmt in FORMATS}


def format_of(path: PurePath) -> str:
    """Tell the format a file's ending names, in small letters or capitals.

    Raises
    ------
    ExportFailed
        It names none, or JSON without saying of which form.
    """
    name = path.name.lower()
    for fmt, ending in ENDINGS.items():
        if name.endswith(ending):
            return fmt
    if name.endswith(".json"):
        forms = ".geojson (features), .lpf.json (Linked Places) or .csl.json (sources)"
        raise ExportFailed(f"{path.name}: JSON may have several forms; write {forms}")
    known = ", ".join(ENDINGS.values())
    raise ExportFailed(f"{path.name}: the ending names no known format; known are {known}")
