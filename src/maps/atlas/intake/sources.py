"""Records of a reference manager to the sources of an atlas."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from maps.atlas.intake.bibliography import Item, read_records
from maps.atlas.intake.draft import Draft, Outcome
from maps.atlas.intake.mapping import Wishes
from maps.atlas.intake.names import fresh, kebab
from maps.atlas.intake.table import Entry, Sheet
from maps.atlas.intake.text import alike
from maps.atlas.model.columns import EDITORS
from maps.errors import ImportRefused
from maps.files import locked

_FILE = "sources.json"
_SAID_IN_NOTE = re.compile(r"(?im)^\s*perspective\s*:\s*(\S+)\s*$")  # Zotero's field "Extra"


def import_sources(
    file: Path,
    atlas: Path,
    wishes: Wishes = Wishes(),  # noqa: B008 - frozen
    *,
    encoding: str = "",
    skip_known: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Add each record of a CSL-JSON, BibTeX or RIS file to ``sources.json``.

    Who speaks in it is said by its ``custom.perspective``, by a line ``perspective: ID`` of
    its note, or for all others by the value ``perspective`` of the wishes. An id that cannot
    stand in an address is written with hyphens, and told.

    Raises
    ------
    ImportRefused
        Something does not fit, or is there already; every reason is told and nothing was changed.
    FolderBusy
        Another run is changing the atlas.
    """
    records = read_records(file, encoding)
    entries = tuple(Entry(number, {}) for number in range(1, len(records) + 1))
    sheet = Sheet(file.name, ("perspective",), entries)
    for name in (*wishes.columns, *wishes.values):
        if name != "perspective":
            message = "is no field of a source here; there is perspective"
            raise ImportRefused([sheet.problem(None, name, "field-unknown", message)])
    with locked(atlas):
        draft = Draft(atlas, sheet, skip_known)
        made = _made(draft, records, wishes.values.get("perspective", ""))
        if made:
            before = (atlas / _FILE).read_text("utf-8-sig")
            first = len(draft.tables.sources) + 1
            lines = {first + n: line for n, (line, _) in enumerate(made)}
            content = _appended(before, [item for _, item in made])
            draft.put(_FILE, content, lines, len(made))
        return draft.finish(dry_run=dry_run)


def _made(draft: Draft, records: list[Item], perspective: str) -> list[tuple[int, Item]]:
    tellers = [entry["id"] for entry in draft.tables.settings.values["perspectives"]]
    known = {
        _content(item.values): f"{item.values['id']} of {_FILE}" for item in draft.tables.sources
    }
    ids = {str(item.values["id"]) for item in draft.tables.sources}
    made: list[tuple[int, Item]] = []
    mute: list[int] = []
    for line, record in enumerate(records, start=1):
        if (key := _content(record)) in known:
            draft.known(line, known[key])
            continue
        known[key] = f"record {line} of this file"
        said = _speaker(record) or perspective or (tellers[0] if len(tellers) == 1 else "")
        if not said:
            mute.append(line)
        id = fresh(id_of_source(record), ids)
        ids.add(id)
        if str(record.get("id", "")) not in ("", id):
            draft.remarks.append(f"record {line}: '{record['id']}' has the id {id} here")
        custom = record["custom"] if isinstance(record.get("custom"), dict) else {}
        made.append((line, {**record, "id": id, "custom": {**custom, "perspective": said}}))
    if made and not perspective and len(tellers) == 1:
        draft.remarks.append(f"who speaks in them: {tellers[0]}, the only perspective of the atlas")
    if mute:
        count = f"{len(mute)} of {len(records)} records do"
        message = f"{count} not say who speaks; --set perspective=ID does ({', '.join(tellers)})"
        draft.problems.append(draft.sheet.problem(mute[0], "perspective", "csl-missing", message))
    return made


def _speaker(record: Mapping[str, Any]) -> str:
    custom = record.get("custom")
    if isinstance(custom, dict) and custom.get("perspective"):
        return str(custom["perspective"])
    found = _SAID_IN_NOTE.search(str(record.get("note", "")))
    return found[1] if found else ""


def id_of_source(record: Mapping[str, Any]) -> str:
    """Give an id for addresses: the record's own, its last part where it is one itself."""
    said = str(record.get("id", "")).strip()
    if EDITORS.fullmatch(said):
        return said
    if "://" in said:
        said = said.rstrip("/").rpartition("/")[2]
    plain = re.sub(r"[^A-Za-z0-9]+", "-", said).strip("-")
    if plain and said.isascii():
        return plain
    names = record.get("author") or record.get("editor") or [{}]
    name = names[0] if isinstance(names[0], dict) else {}
    year = _year(record)
    who = str(name.get("family") or name.get("literal") or record.get("title", ""))
    return kebab(said) or kebab(f"{who} {year}", "source")


def _year(record: Mapping[str, Any]) -> str:
    issued = record.get("issued")
    dates = issued.get("date-parts") if isinstance(issued, dict) else None
    return str(dates[0][0]) if dates and dates[0] else ""


def _content(record: Mapping[str, Any]) -> Hashable:
    """Give what makes one record the same as another, whatever their ids."""
    doi = alike(str(record.get("DOI", "")))
    names = json.dumps(record.get("author", []), sort_keys=True, ensure_ascii=False)
    where = alike(str(record.get("container-title", ""))), str(record.get("page", ""))
    return doi or (alike(str(record.get("title", ""))), names, _year(record), *where)


def _appended(before: str, items: list[Item]) -> bytes:
    """Put items at the end of a JSON list; what was there stays as it was, to the byte."""
    written = json.dumps(items, ensure_ascii=False, indent=2)
    head = before.rstrip().removesuffix("]").rstrip()
    comma = "" if head.endswith("[") else ","
    return f"{head}{comma}{written.removeprefix('[')}\n".encode()
