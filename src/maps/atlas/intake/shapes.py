"""A map file as rows of properties with their geometries in EPSG:4326."""

from __future__ import annotations

from pathlib import Path

from shapely import force_2d
from shapely.geometry.base import BaseGeometry

from maps.atlas.intake.table import Entry, Sheet, cell_text, refused

_KINDS = (".geojson", ".json", ".gpkg", ".shp")


def read_shapes(path: Path, crs: str = "") -> tuple[Sheet, list[BaseGeometry | None]]:
    """Read GeoJSON, GeoPackage (its first layer) or a shapefile.

    Parameters
    ----------
    crs : str
        Said where the file does not say it, as ``EPSG:5514``.

    Raises
    ------
    ImportRefused
        The file is missing, of another kind, empty, or its CRS is not known.
    """
    import geopandas as gpd  # noqa: PLC0415 - 0.5 s
    from pyogrio.errors import DataSourceError  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    if path.suffix.lower() not in _KINDS:
        raise refused(path, "kind-unknown", f"is none of {', '.join(_KINDS)}; convert it")
    if not path.is_file():
        raise refused(path, "file-missing", "is missing; correct the path")
    try:
        read = gpd.read_file(path)
    except (DataSourceError, ValueError) as error:
        raise refused(path, "syntax", f"cannot be read as a map file ({error})") from None
    if not isinstance(read, gpd.GeoDataFrame) or read.empty:
        raise refused(path, "geometry-empty", "has no features with geometries")
    if crs or read.crs is None:
        if not crs:
            raise refused(path, "crs-missing", "does not say its CRS; name it: --crs EPSG:4326")
        try:
            read = read.set_crs(crs, allow_override=True)
        except CRSError:
            raise refused(path, "crs-unknown", f"{crs!r} is no CRS; write EPSG:4326") from None
    moved = read.to_crs("EPSG:4326")
    columns = tuple(str(name) for name in moved.columns if name != moved.geometry.name)
    entries = tuple(
        Entry(number, dict(zip(columns, map(_text, cells), strict=True)))
        for number, cells in enumerate(
            moved[list(columns)].itertuples(index=False, name=None), start=1
        )
    )
    shapes = [None if shape is None else force_2d(shape) for shape in moved.geometry]
    return Sheet(path.name, columns, entries), shapes


def _text(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT are unequal to themselves
        return ""
    return ";".join(map(str, value)) if isinstance(value, list) else cell_text(value)
