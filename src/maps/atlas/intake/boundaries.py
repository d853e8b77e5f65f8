"""Features of a map file to boundaries of one layer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.geojson import collection, feature, rounded
from maps.atlas.intake.days import date_fault
from maps.atlas.intake.draft import Draft, Outcome
from maps.atlas.intake.mapping import Fields, Wishes, mapped
from maps.atlas.intake.names import RegionFinder, fresh, kebab, parts
from maps.atlas.intake.origin import Provenance, recorded
from maps.atlas.intake.shapes import read_shapes
from maps.atlas.intake.table import Entry
from maps.atlas.model import PRECISIONS, Boundary
from maps.atlas.model.columns import columns_of
from maps.files import locked

# A feature may give its region by name too.
_FIELDS = (*(column.name for column in columns_of(Boundary)), "name")


def import_boundaries(
    file: Path,
    atlas: Path,
    layer: str,
    wishes: Wishes = Wishes(),  # noqa: B008 - frozen
    provenance: Provenance = Provenance(),  # noqa: B008 - frozen
    *,
    crs: str = "",
    create_regions: bool = False,
    skip_known: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Add each polygon of a map file to ``boundaries/<layer>.geojson``.

    Reprojected to EPSG:4326, rounded to five decimals, wound as RFC 7946 says.
    Where no field ``origins`` names a record of `raw/`, the file itself is put
    there with a record made of ``provenance``.

    Raises
    ------
    ImportRefused
        Something does not fit, or is there already; every reason is told and nothing was changed.
    FolderBusy
        Another run is changing the atlas.
    """
    sheet, shapes = read_shapes(file, crs)
    with locked(atlas):
        draft = Draft(atlas, sheet, skip_known)
        fields = mapped(sheet, _FIELDS, wishes, "a boundary")
        draft.column_of = fields.column_of
        draft.remarks += [
            f"property '{name}' is not used; --map \"{name}=FIELD\" says what it is"
            for name in fields.unused
        ]
        layers = [entry["id"] for entry in draft.tables.settings.values["layers"]]
        if layer not in layers:
            message = f"'{layer}' is no layer of atlas.toml; it has {', '.join(layers)}"
            draft.problems.append(sheet.problem(None, "--layer", "layer-unknown", message))
            return draft.finish(dry_run=dry_run)
        writer = _Writer(draft, fields, RegionFinder(draft, create=create_regions), layer)
        new = [
            (entry, shape)
            for entry, shape in zip(sheet.entries, shapes, strict=True)
            if not writer.is_known(entry, shape)
        ]
        if new and "origins" not in fields:
            writer.origin = recorded(draft, file, provenance)
        made = [writer.feature(entry, shape) for entry, shape in new]
        if made:
            name = f"boundaries/{layer}.geojson"
            before = json.loads((atlas / name).read_text("utf-8-sig"))["features"]
            lines = {n: entry.line for n, (entry, _) in enumerate(new, start=len(before) + 1)}
            draft.put(name, collection([*before, *made]), lines, len(made))
        return draft.finish(dry_run=dry_run)


class _Writer:
    """Turns one feature after the other into a boundary."""

    def __init__(self, draft: Draft, fields: Fields, regions: RegionFinder, layer: str) -> None:
        self.draft = draft
        self.fields = fields
        self.regions = regions
        self.origin = ""  # of the file, where no field says another
        self.ids = {feature.properties["id"] for feature in draft.tables.features}
        self.known = {
            _content(f.properties["start"], f.properties["end"], f.geometry): f.properties["id"]
            for f in draft.tables.features
            if f.layer == layer and f.geometry is not None
        }

    def is_known(self, entry: Entry, shape: BaseGeometry | None) -> bool:
        """Whether the layer, or a feature before, has this ground in this time already; told."""
        if shape is None or not shape.is_valid:
            return False
        start, end = (self.fields.get(entry, name) for name in ("start", "end"))
        key = _content(start, end, rounded(shape))
        if key in self.known:
            self.draft.known(entry.line, f"{self.known[key]} of this layer")
            return True
        self.known[key] = f"feature {entry.line}"
        return False

    def feature(self, entry: Entry, shape: BaseGeometry | None) -> dict[str, Any]:
        """Make the GeoJSON feature; what does not fit becomes a problem of the draft."""
        said = {name: self.fields.get(entry, name) for name in _FIELDS}
        region = self._region(said, entry)
        self._check(said, entry)
        flag = said["contested"].lower()
        id = self._id(said, region)
        properties = {
            "id": id,
            "region": region,
            "start": said["start"],
            "end": said["end"],
            "start_day": said["start_day"],
            "end_day": said["end_day"],
            "precision": said["precision"],
            "origins": parts(said["origins"]) or [self.origin],
            "contested": flag in ("true", "yes", "1"),
            "note": said["note"],
        }
        drawn = self._drawn(shape, entry)
        return feature(drawn, properties, id)

    def _problem(self, entry: Entry, name: str, rule: str, message: str) -> None:
        self.draft.problems.append(self.fields.problem(entry, name, rule, message))

    def _region(self, said: dict[str, str], entry: Entry) -> str:
        wanted = said["region"] or said["name"]
        if not wanted:
            message = 'names no region; --map "PROPERTY=region" says where it stands'
            self._problem(entry, "region", "cell-empty", message)
            return ""
        id, fault = self.regions.find(wanted, entry.line, said["name"])
        if fault:
            self._problem(entry, "region" if said["region"] else "name", "reference-unknown", fault)
        return id

    def _check(self, said: dict[str, str], entry: Entry) -> None:
        for name, example in (("start", "1918-10-28"), ("precision", PRECISIONS[0])):
            if not said[name]:
                message = f'is not said; --map "PROPERTY={name}" or --set {name}={example} says it'
                self._problem(entry, name, "cell-empty", message)
        for name in ("start", "end"):
            if said[name] and (fault := date_fault(said[name])):
                self._problem(entry, name, "date-unreadable", fault)
        if said["contested"].lower() not in ("", "true", "false", "yes", "no", "1", "0"):
            message = f"'{said['contested']}' is neither true nor false"
            self._problem(entry, "contested", "flag-unreadable", message)

    def _id(self, said: dict[str, str], region: str) -> str:
        id = fresh(kebab(said["id"] or f"{region}-{said['start'][:4]}") or "boundary", self.ids)
        self.ids.add(id)
        return id

    def _drawn(self, shape: BaseGeometry | None, entry: Entry) -> BaseGeometry:
        """Round; where that makes a ring cross itself, mend it on the same grid."""
        nothing = shapely.Polygon()
        if shape is None or shape.is_empty:
            self._problem(entry, "geometry", "geometry-empty", "is empty; draw it or leave it out")
            return nothing
        if shape.geom_type not in ("Polygon", "MultiPolygon"):
            message = f"is a {shape.geom_type}; a boundary is a (Multi)Polygon"
            self._problem(entry, "geometry", "geometry-kind", message)
            return nothing
        if not shape.is_valid:
            message = f"is not valid ({shapely.is_valid_reason(shape)}); mend the ring there"
            self._problem(entry, "geometry", "geometry-invalid", message)
            return nothing
        plain = rounded(shape)
        return plain if plain.is_valid else shapely.set_precision(shape, 1e-5)


def _content(start: str, end: str, ground: BaseGeometry) -> tuple[str, str, bytes]:
    return start, end, shapely.to_wkb(shapely.normalize(ground))
