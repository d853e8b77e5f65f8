"""Features of a map file to boundaries of one layer, with the record of where they came from."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.check.ground import overlaps
from maps.atlas.check.inventory import take_inventory
from maps.atlas.geojson import collection, feature, rounded
from maps.atlas.intake.days import DateReader, end_after
from maps.atlas.intake.draft import Cells, Draft
from maps.atlas.intake.mapping import PARTS, flag_of
from maps.atlas.intake.names import RegionFinder, fitting, fresh, id_of_date, kebab
from maps.atlas.intake.table import Entry
from maps.atlas.intake.text import alike
from maps.atlas.load import parts
from maps.atlas.model import PRECISIONS, SCHEMATIC, Boundary
from maps.atlas.model.columns import Column, columns_of

# A feature may give its region by name too, and its days in parts.
BOUNDARY_FIELDS = (*(column.name for column in columns_of(Boundary)), "name", *PARTS)
_PRECISION = Column(choices=PRECISIONS)
_OF_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same input, the same bytes


def add_boundaries(draft: Draft, shapes: Sequence[BaseGeometry], file: Path) -> None:
    """Add each shape (EPSG:4326) of the sheet to the boundaries of the layer that is wished.

    Rounded to five decimals, wound as RFC 7946 says. Where no field ``origins`` names a
    record of `raw/`, the file itself is put there with its record.
    """
    layers, layer = draft.ids_in("layers"), draft.wishes.layer
    if layer not in layers:
        message = f"'{layer}' is no layer of atlas.toml; it has {', '.join(layers)}"
        draft.problems.append(draft.sheet.problem(None, "--layer", "layer-unknown", message))
        return
    rows = zip(draft.sheet.entries, _properties(draft), shapes, strict=True)
    writer = _Writer(draft, layer)
    new = [row for row in rows if not writer.is_known(*row)]
    if new and "origins" not in draft.fields:
        writer.origin = _recorded(draft, file)
    made = [writer.feature(*row) for row in new]
    if not made:
        return
    name = f"boundaries/{layer}.geojson"
    before = json.loads((draft.folder / name).read_text("utf-8-sig"))["features"]
    lines = {n: entry.line for n, (entry, _, _) in enumerate(new, start=len(before) + 1)}
    draft.put(name, collection([*before, *made]), lines)
    marks_contested = draft.wishes.contested_overlaps
    is_rough = any(each["properties"]["precision"] == SCHEMATIC for each in made)
    if draft.problems or not (is_rough or marks_contested):
        return
    with draft.would_be() as tables:
        found = {
            overlap.other.feature.position: overlap
            for overlap in overlaps(take_inventory(tables, settings_whole=True))
            if overlap.other.feature.file == name and overlap.other.feature.position in lines
        }
    at = ", ".join(str(lines[position]) for position in found)
    if found and marks_contested:
        for position in found:
            made[position - len(before) - 1]["properties"]["contested"] = True
        draft.remarks.append(f"row {at} covers ground of another: contested")
        draft.put(name, collection([*before, *made]), lines)
    elif found and not any(overlap.is_fault for overlap in found.values()):
        message = f"row {at} covers ground of another schematic outline, and is drawn over it"
        draft.remarks.append(f"{message}; --contested-overlaps marks such rows")


def _properties(draft: Draft) -> list[dict[str, str]]:
    """Read the properties of each feature, and settle what its end means."""
    fields, found = draft.fields, []
    reader = DateReader(fields, draft.dates)
    for entry in draft.sheet.entries:
        said = {name: fields.get(entry, name) for name in BOUNDARY_FIELDS}
        said["precision"] = fitting(said["precision"], _PRECISION)
        for side in ("start", "end"):
            said[f"{side}.said"] = fields.date(entry, side)
            said[side] = reader.read(entry, fields.column(side), said[f"{side}.said"])
        said["note"] = reader.noted(entry, said["note"])
        found.append(said)
    held = [
        (entry, alike(said["region"] or said["name"]), said["start"], said["end"])
        for entry, said in zip(draft.sheet.entries, found, strict=True)
    ]
    inclusive = reader.settled_end(held, draft.wishes.end_inclusive)
    draft.problems += reader.problems()
    draft.remarks += reader.remarks()
    return [said | {"end": end_after(said["end"], inclusive=inclusive)} for said in found]


class _Writer:
    """Turns one feature after the other into a boundary."""

    def __init__(self, draft: Draft, layer: str) -> None:
        self.draft = draft
        self.regions = RegionFinder(draft)
        self.origin = ""  # of the file, where no field says another
        self.ids = {feature.properties["id"] for feature in draft.tables.features}
        draft.known |= {
            _content(f["region"], f["start"], f["end"], f.geometry): f"{f['id']} of this layer"
            for f in draft.tables.features
            if f.layer == layer and f.geometry is not None
        }

    def is_known(self, entry: Entry, said: Cells, shape: BaseGeometry) -> bool:
        """Whether the layer, or a feature before, has this region's ground then already; told."""
        if not shape.is_valid:
            return False
        region = self.regions.known(said["region"] or said["name"])
        key = _content(region, said["start"], said["end"], rounded(shape))
        if self.draft.is_known(key, entry.line):
            return True
        self.draft.known[key] = f"feature {entry.line} of this file"
        return False

    def feature(self, entry: Entry, said: Cells, shape: BaseGeometry) -> dict[str, Any]:
        """Make the GeoJSON feature; what does not fit becomes a problem of the draft."""
        region, wanted = "", said["region"] or said["name"]
        if wanted:
            field = "region" if said["region"] else "name"
            region = self.regions.find(entry, field, wanted, said["name"])
        else:
            message = 'names no region; --map "PROPERTY=region" says where it stands'
            self.draft.fault(entry, "region", "cell-empty", message)
        for name, example in (("start", "1918-10-28"), ("precision", PRECISIONS[0])):
            if not (said.get(f"{name}.said") or said[name]):
                message = f'is not said; --map "PROPERTY={name}" or --set {name}={example} says it'
                self.draft.fault(entry, name, "cell-empty", message)
        contested = flag_of(said["contested"])
        if contested not in ("true", "false"):
            message = f"'{said['contested']}' is neither true nor false"
            self.draft.fault(entry, "contested", "flag-unreadable", message)
        year = id_of_date(said["start"][: 5 if said["start"].startswith("-") else 4])
        id = fresh(kebab(said["id"] or f"{region}-{year}") or "boundary", self.ids)
        self.ids.add(id)
        properties = {column.name: said[column.name] for column in columns_of(Boundary)} | {
            "id": id,
            "region": region,
            "origins": parts(said["origins"]) or (self.origin,),
            "contested": contested == "true",
        }
        drawn = rounded(shape)
        if not shape.is_valid:
            message = f"is not valid ({shapely.is_valid_reason(shape)}); mend the ring there"
            self.draft.fault(entry, "geometry", "geometry-invalid", message)
            drawn = shapely.Polygon()
        elif not drawn.is_valid:  # rounded, a ring crosses itself: it is mended on the same grid
            drawn = shapely.set_precision(shape, 1e-5)
        return feature(drawn, properties, id)


def _content(region: str, start: str, end: str, ground: BaseGeometry) -> Hashable:
    return region, start, end, shapely.to_wkb(shapely.normalize(ground))


def _recorded(draft: Draft, file: Path) -> str:
    """Put the file into `raw/` with its origin record, and give the record's id.

    A file that is there already, to the byte, is not put there again.
    """
    known = draft.wishes
    if not known.licence:
        message = "has no licence; say it with --licence, or name a record with --set origins=ID"
        draft.problems.append(draft.sheet.problem(None, "--licence", "licence-missing", message))
        return ""
    name, content = file.name, io.BytesIO()
    if file.suffix.lower() == ".shp":  # is several files
        name = f"{file.stem}.zip"
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in (file.with_suffix(ending) for ending in _OF_SHAPEFILE):
                if part.is_file():
                    archive.writestr(zipfile.ZipInfo(part.name, _EPOCH), part.read_bytes())
    else:
        content.write(file.read_bytes())
    checksum = hashlib.sha256(content.getvalue()).hexdigest()
    for item in draft.tables.origins:
        if item.values.get("sha256") == checksum:
            return str(item.values["id"])
    taken = {str(item.values["id"]) for item in draft.tables.origins}
    id = fresh(kebab(file.stem) or "imported", taken)
    record = {
        "id": id,
        "title": known.title or file.name,
        "package": "none",
        "version": "not stated",
        "file": name,
        "file_sha256": checksum,
        "sha256": checksum,
        "licence": known.licence,
        "credit": known.credit,
        "note": "",
    }
    lines = "".join(f"{key} = {json.dumps(v, ensure_ascii=False)}\n" for key, v in record.items())
    raw = f"raw/{id}{Path(name).suffix}"
    draft.put(raw, content.getvalue(), {})
    draft.put(f"{raw}.origin.toml", lines.encode(), {})
    return id
