"""Features of a map file to boundaries of one layer, with the record of where they came from."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Container, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.check.inventory import take_inventory
from maps.atlas.check.overlap import Overlap, overlaps
from maps.atlas.geojson import collection, feature, rounded
from maps.atlas.intake.draft import Cells, Draft, Outcome
from maps.atlas.intake.mapping import PARTS, Wishes, flag_of
from maps.atlas.intake.names import RegionFinder, fitting, fresh, id_of_date, kebab, parts
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
_OF_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same input, the same bytes


@dataclass(frozen=True)
class Provenance:
    """What is known of a map file; a licence has to be."""

    licence: str = ""
    credit: str = ""
    title: str = ""


def import_boundaries(
    file: Path,
    atlas: Path,
    layer: str,
    wishes: Wishes = Wishes(),  # noqa: B008 - frozen
    provenance: Provenance = Provenance(),
    *,
    crs: str = "",
    contested_overlaps: bool = False,
) -> Outcome:
    """Add each polygon of a map file to ``boundaries/<layer>.geojson``.

    Reprojected to EPSG:4326, rounded to five decimals, wound as RFC 7946 says.
    Where no field ``origins`` names a record of `raw/`, the file itself is put
    there with a record made of ``provenance``. ``crs`` is that of a file that does not say it.
    ``contested_overlaps`` marks what covers ground of another boundary as contested.

    Raises
    ------
    ImportRefused
        Something does not fit, or is there already; every reason is told and nothing was changed.
    FolderBusy
        Another run is changing the atlas.
    """
    sheet, shapes = read_shapes(file, crs, wishes.encoding, wishes.part)
    with locked(atlas):
        draft = Draft(atlas, sheet, wishes)
        fields = draft.settle_fields(BOUNDARY_FIELDS, "a boundary")
        layers = [entry["id"] for entry in draft.tables.settings.values["layers"]]
        if layer not in layers:
            message = f"'{layer}' is no layer of atlas.toml; it has {', '.join(layers)}"
            draft.problems.append(sheet.problem(None, "--layer", "layer-unknown", message))
            return draft.finish()
        rows = zip(sheet.entries, _properties(draft), shapes, strict=True)
        writer = _Writer(draft, layer)
        new = [row for row in rows if not writer.is_known(*row)]
        if new and "origins" not in fields:
            writer.origin = _recorded(draft, file, provenance)
        made = [writer.feature(*row) for row in new]
        if made:
            name = f"boundaries/{layer}.geojson"
            before = json.loads((atlas / name).read_text("utf-8-sig"))["features"]
            lines = {n: entry.line for n, (entry, _, _) in enumerate(new, start=len(before) + 1)}
            draft.put(name, collection([*before, *made]), lines)
            rough = any(each["properties"]["precision"] == SCHEMATIC for each in made)
            asked = not draft.problems and (rough or contested_overlaps)
            found = _overlapping(draft, name, lines) if asked else {}
            at = ", ".join(str(lines[position]) for position in found)
            if found and contested_overlaps:
                for position in found:
                    made[position - len(before) - 1]["properties"]["contested"] = True
                draft.remarks.append(f"row {at} covers ground of another: contested")
                draft.put(name, collection([*before, *made]), lines)
            elif found and not any(overlap.is_fault for overlap in found.values()):
                message = f"row {at} covers ground of another schematic outline, and is drawn"
                draft.remarks.append(f"{message} over it; --contested-overlaps marks such rows")
        return draft.finish()


def _overlapping(draft: Draft, file: str, new: Container[int | None]) -> dict[int, Overlap]:
    """Find which new boundaries of a file of the atlas cover ground of another, by position."""
    with draft.would_be() as tables:
        found = overlaps(take_inventory(tables, settings_whole=True))
        others = ((overlap.other.feature, overlap) for overlap in found)
        return {f.position: o for f, o in others if f.file == file and f.position in new}


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
        self.known = {
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
        if key in self.known:
            self.draft.known(entry.line, self.known[key])
            return True
        self.known[key] = f"feature {entry.line} of this file"
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
        properties = {
            "id": id,
            "region": region,
            "start": said["start"],
            "end": said["end"],
            "start_day": said["start_day"],
            "end_day": said["end_day"],
            "precision": said["precision"],
            "origins": parts(said["origins"]) or [self.origin],
            "contested": contested == "true",
            "note": said["note"],
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


def _recorded(draft: Draft, file: Path, known: Provenance) -> str:
    """Put the file into `raw/` with its origin record, and give the record's id.

    A file that is there already, to the byte, is not put there again.
    """
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
