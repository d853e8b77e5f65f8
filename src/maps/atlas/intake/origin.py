"""The record of where imported lines came from, with the file itself."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from maps.atlas.intake.draft import Draft
from maps.atlas.intake.names import fresh, kebab

_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")  # of a shapefile
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same input, the same bytes


@dataclass(frozen=True)
class Provenance:
    """What is known of a map file; a licence has to be."""

    licence: str = ""
    credit: str = ""
    title: str = ""
    package: str = "none"
    version: str = "not stated"


def recorded(draft: Draft, file: Path, known: Provenance) -> str:
    """Put the file into `raw/` with its origin record, and give the record's id.

    A file that is there already, to the byte, is not put there again.
    """
    if not known.licence:
        message = "has no licence; say it with --licence, or name a record with --set origins=ID"
        draft.problems.append(draft.sheet.problem(None, "--licence", "licence-missing", message))
        return ""
    name, content = _extract(file)
    checksum = hashlib.sha256(content).hexdigest()
    for item in draft.tables.origins:
        if item.values.get("sha256") == checksum:
            return str(item.values["id"])
    taken = {str(item.values["id"]) for item in draft.tables.origins}
    id = fresh(kebab(file.stem) or "imported", taken)
    raw = f"raw/{id}{Path(name).suffix}"
    record = {
        "id": id,
        "title": known.title or file.name,
        "package": known.package,
        "version": known.version,
        "file": name,
        "file_sha256": checksum,
        "sha256": checksum,
        "licence": known.licence,
        "credit": known.credit,
        "note": "",
    }
    lines = "".join(f"{key} = {json.dumps(v, ensure_ascii=False)}\n" for key, v in record.items())
    draft.put(raw, content, {}, 1)
    draft.put(f"{raw}.origin.toml", lines.encode(), {}, 1)
    return id


def _extract(file: Path) -> tuple[str, bytes]:
    if file.suffix.lower() != ".shp":
        return file.name, file.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in (file.with_suffix(ending) for ending in _PARTS):
            if part.is_file():
                archive.writestr(zipfile.ZipInfo(part.name, _EPOCH), part.read_bytes())
    return f"{file.stem}.zip", out.getvalue()
