"""Features of a map file to boundaries of one layer."""

from __future__ import annotations

import json
from collections.abc import Container, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.check.ground import Overlap, overlaps
from maps.atlas.check.inventory import take_inventory
from maps.atlas.geojson import collection, feature, rounded
from maps.atlas.intake.days import Dates
from maps.atlas.intake.draft import Draft, Outcome
from maps.atlas.intake.events import FLAGS
from maps.atlas.intake.mapping import PARTS, Fields, Wishes
from maps.atlas.intake.names import RegionFinder, fitting, fresh, id_of_date, kebab, parts
from maps.atlas.intake.origin import Provenance, recorded
from maps.atlas.intake.shapes import read_shapes
from maps.atlas.intake.spans import DateReader, end_after
from maps.atlas.intake.table import Entry
from maps.atlas.intake.text import alike
from maps.atlas.model import PRECISIONS, SCHEMATIC, Boundary
from maps.atlas.model.columns import Column, columns_of
from maps.files import locked

# A feature may give its region by name too, and its days in parts.
BOUNDARY_FIELDS = (*(column.name for column in columns_of(Boundary)), "name", *PARTS)
_PRECISION = Column(choices=PRECISIONS)


def import_boundaries(
    file: Path,
    atlas: Path,
    layer: str,
    wishes: Wishes = Wishes(),  # noqa: B008 - frozen
    provenance: Provenance = Provenance(),  # noqa: B008 - frozen
    *,
    crs: str = "",
    encoding: str = "",
    from_layer: str = "",
    dates: str = "",
    end_inclusive: bool | None = None,
    create_regions: bool = False,
    contested_overlaps: bool = False,
    skip_known: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Add each polygon of a map file to ``boundaries/<layer>.geojson``.

    Reprojected to EPSG:4326, rounded to five decimals, wound as RFC 7946 says.
    Where no field ``origins`` names a record of `raw/`, the file itself is put
    there with a record made of ``provenance``. ``end_inclusive`` says whether
    the ends of the file are the last days it holds; None asks where they look so.
    ``contested_overlaps`` marks what covers ground of another boundary as contested.

    Raises
    ------
    ImportRefused
        Something does not fit, or is there already; every reason is told and nothing was changed.
    FolderBusy
        Another run is changing the atlas.
    """
    sheet, shapes = read_shapes(file, crs, encoding, from_layer)
    with locked(atlas):
        draft = Draft(atlas, sheet, skip_known)
        fields = draft.fields(BOUNDARY_FIELDS, wishes, "a boundary")
        layers = [entry["id"] for entry in draft.tables.settings.values["layers"]]
        if layer not in layers:
            message = f"'{layer}' is no layer of atlas.toml; it has {', '.join(layers)}"
            draft.problems.append(sheet.problem(None, "--layer", "layer-unknown", message))
            return draft.finish(dry_run=dry_run)
        rows = _rows(draft, fields, shapes, Dates(dates, draft.years), end_inclusive)
        writer = _Writer(draft, fields, RegionFinder(draft, create=create_regions), layer)
        new = [row for row in rows if not writer.is_known(row)]
        if new and "origins" not in fields:
            writer.origin = recorded(draft, file, provenance)
        made = [writer.feature(row) for row in new]
        if made:
            name = f"boundaries/{layer}.geojson"
            before = json.loads((atlas / name).read_text("utf-8-sig"))["features"]
            lines = {n: row.entry.line for n, row in enumerate(new, start=len(before) + 1)}
            draft.put(name, collection([*before, *made]), lines, len(made))
            rough = any(each["properties"]["precision"] == SCHEMATIC for each in made)
            asked = not draft.problems and (rough or contested_overlaps)
            found = _overlapping(draft, name, lines) if asked else []
            at = ", ".join(str(lines[overlap.other.feature.position]) for overlap in found)
            if found and contested_overlaps:
                for overlap in found:
                    new_at = overlap.other.feature.position - len(before) - 1
                    made[new_at]["properties"]["contested"] = True
                draft.remarks.append(f"row {at} covers ground of another: contested")
                draft.put(name, collection([*before, *made]), lines, 0)
            elif found and not any(overlap.is_fault for overlap in found):
                message = f"row {at} covers ground of another schematic outline, and is drawn"
                draft.remarks.append(f"{message} over it; --contested-overlaps marks such rows")
        return draft.finish(dry_run=dry_run)


def _overlapping(draft: Draft, file: str, rows: Container[int]) -> list[Overlap]:
    """Find which new boundaries of a file of the atlas cover ground of another, each once."""
    with draft.would_be() as tables:
        found = overlaps(take_inventory(tables, settings_whole=True))
        new = {
            overlap.other.feature.position: overlap
            for overlap in found
            if overlap.other.feature.file == file and overlap.other.feature.position in rows
        }
    return list(new.values())


class _Row(NamedTuple):
    """A feature of the file: its properties, its days as the atlas has them, its ground."""

    entry: Entry
    said: Mapping[str, str]
    shape: BaseGeometry


def _rows(
    draft: Draft,
    fields: Fields,
    shapes: Sequence[BaseGeometry],
    dates: Dates,
    end_inclusive: bool | None,
) -> list[_Row]:
    """Read the properties of each feature, and settle what its end means."""
    reader = DateReader(fields, dates)
    rows = []
    for entry, shape in zip(fields.sheet.entries, shapes, strict=True):
        said = {name: fields.get(entry, name) for name in BOUNDARY_FIELDS}
        said["precision"] = fitting(said["precision"], _PRECISION)
        for side in ("start", "end"):
            text = fields.date(entry, side)
            said[side] = reader.read(entry, fields.column(side), text)
            said[f"{side}.said"] = text
        said["note"] = reader.noted(entry, said["note"])
        rows.append(_Row(entry, said, shape))
    held = [
        (row.entry, alike(said["region"] or said["name"]), said["start"], said["end"])
        for row in rows
        for said in (row.said,)
    ]
    inclusive = reader.settled_end(held, end_inclusive)
    draft.problems += reader.problems()
    draft.remarks += reader.remarks()
    return [
        row._replace(said={**row.said, "end": end_after(row.said["end"], inclusive=inclusive)})
        for row in rows
    ]


class _Writer:
    """Turns one feature after the other into a boundary."""

    def __init__(self, draft: Draft, fields: Fields, regions: RegionFinder, layer: str) -> None:
        self.draft = draft
        self.fields = fields
        self.regions = regions
        self.origin = ""  # of the file, where no field says another
        self.ids = {feature.properties["id"] for feature in draft.tables.features}
        self.known = {
            _content(f["region"], f["start"], f["end"], f.geometry): f"{f['id']} of this layer"
            for f in draft.tables.features
            if f.layer == layer and f.geometry is not None
        }

    def is_known(self, row: _Row) -> bool:
        """Whether the layer, or a feature before, has this region's ground then already; told."""
        if not row.shape.is_valid:
            return False
        start, end = row.said["start"], row.said["end"]
        region = self.regions.known(row.said["region"] or row.said["name"])
        key = _content(region, start, end, rounded(row.shape))
        if key in self.known:
            self.draft.known(row.entry.line, self.known[key])
            return True
        self.known[key] = f"feature {row.entry.line} of this file"
        return False

    def feature(self, row: _Row) -> dict[str, Any]:
        """Make the GeoJSON feature; what does not fit becomes a problem of the draft."""
        entry, said = row.entry, row.said
        region = self._region(said, entry)
        self._check(said, entry)
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
            "contested": FLAGS.get(said["contested"].lower(), said["contested"].lower()) == "true",
            "note": said["note"],
        }
        return feature(self._drawn(row.shape, entry), properties, id)

    def _region(self, said: Mapping[str, str], entry: Entry) -> str:
        wanted = said["region"] or said["name"]
        if not wanted:
            message = 'names no region; --map "PROPERTY=region" says where it stands'
            self.draft.fault(entry, "region", "cell-empty", message)
            return ""
        id, fault = self.regions.find(wanted, entry.line, said["name"])
        if fault:
            self.draft.fault(
                entry, "region" if said["region"] else "name", "reference-unknown", fault
            )
        return id

    def _check(self, said: Mapping[str, str], entry: Entry) -> None:
        for name, example in (("start", "1918-10-28"), ("precision", PRECISIONS[0])):
            if not (said.get(f"{name}.said") or said[name]):
                message = f'is not said; --map "PROPERTY={name}" or --set {name}={example} says it'
                self.draft.fault(entry, name, "cell-empty", message)
        if FLAGS.get(flag := said["contested"].lower(), flag) not in ("true", "false"):
            message = f"'{said['contested']}' is neither true nor false"
            self.draft.fault(entry, "contested", "flag-unreadable", message)

    def _id(self, said: Mapping[str, str], region: str) -> str:
        year = id_of_date(said["start"][: 5 if said["start"].startswith("-") else 4])
        id = fresh(kebab(said["id"] or f"{region}-{year}") or "boundary", self.ids)
        self.ids.add(id)
        return id

    def _drawn(self, shape: BaseGeometry, entry: Entry) -> BaseGeometry:
        """Round; where that makes a ring cross itself, mend it on the same grid."""
        if not shape.is_valid:
            message = f"is not valid ({shapely.is_valid_reason(shape)}); mend the ring there"
            self.draft.fault(entry, "geometry", "geometry-invalid", message)
            return shapely.Polygon()
        plain = rounded(shape)
        return plain if plain.is_valid else shapely.set_precision(shape, 1e-5)


def _content(region: str, start: str, end: str, ground: BaseGeometry) -> Hashable:
    return region, start, end, shapely.to_wkb(shapely.normalize(ground))
