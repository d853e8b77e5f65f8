"""Sources of an atlas: taken from a reference manager, and named by rows that rest on them."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from maps.atlas.intake.bibliography import Item, read_records
from maps.atlas.intake.draft import Cells, Draft
from maps.atlas.intake.mapping import Wishes
from maps.atlas.intake.names import fitting, fresh, kebab
from maps.atlas.intake.table import Entry, Sheet
from maps.atlas.intake.text import alike
from maps.atlas.load import parts
from maps.atlas.model import UNSOURCED_STANCES, Account, Citation, Event
from maps.atlas.model.columns import EDITORS, columns_of
from maps.errors import ImportRefused

_FILE = "sources.json"
_SAID_IN_NOTE = re.compile(r"(?im)^\s*perspective\s*:\s*(\S+)\s*$")  # Zotero's field "Extra"

# What an event has of its own is not asked for its citation again.
_OF_EVENTS = {column.name for column in columns_of(Event)}
CITED = tuple(
    column.name
    for column in columns_of(Citation)
    if not (column.required or column.refers or column.name in _OF_EVENTS)
)
_STANCE = next(column for column in columns_of(Account) if column.name == "stance")
_OF_ACCOUNTS = ("account", "stance", "account_source")


def read_sources(file: Path, wishes: Wishes) -> tuple[Sheet, list[Item]]:
    """Read the records of a CSL-JSON, BibTeX or RIS file, and a sheet of as many empty rows.

    Raises
    ------
    ImportRefused
        The file cannot be read, or something else than a perspective is wished for all records.
    """
    records = read_records(file, wishes.encoding)
    entries = tuple(Entry(number, {}) for number in range(1, len(records) + 1))
    sheet = Sheet(file.name, ("perspective",), entries)
    for name in (*wishes.columns, *wishes.values):
        if name != "perspective":
            message = "is no field of a source here; there is perspective"
            raise ImportRefused([sheet.problem(None, name, "field-unknown", message)])
    return sheet, records


def add_sources(draft: Draft, records: list[Item]) -> None:
    """Add records to ``sources.json``; what was there stays as it was, to the byte.

    Who speaks in one is said by its ``custom.perspective``, by a line ``perspective: ID`` of
    its note, or for all others by the value ``perspective`` of the wishes. An id that cannot
    stand in an address is written with hyphens, and told.
    """
    perspective = draft.wishes.values.get("perspective", "")
    tellers, there = draft.ids_in("perspectives"), [item.values for item in draft.tables.sources]
    only = tellers[0] if len(tellers) == 1 else ""
    draft.known |= {_content(item): f"{item['id']} of {_FILE}" for item in there}
    ids = {str(item["id"]) for item in there}
    made: dict[int, Item] = {}
    mute: list[int] = []
    for line, record in enumerate(records, start=1):
        if draft.is_known(key := _content(record), line):
            continue
        draft.known[key] = f"record {line} of this file"
        custom = record["custom"] if isinstance(record.get("custom"), dict) else {}
        noted = _SAID_IN_NOTE.search(str(record.get("note", "")))
        said = str(custom.get("perspective") or (noted[1] if noted else "") or perspective or only)
        if not said:
            mute.append(line)
        id = fresh(id_of_source(record), ids)
        ids.add(id)
        if str(record.get("id", "")) not in ("", id):
            draft.remarks.append(f"record {line}: '{record['id']}' has the id {id} here")
        made[line] = {**record, "id": id, "custom": {**custom, "perspective": said}}
    if made and only and not perspective:
        draft.remarks.append(f"who speaks in them: {only}, the only perspective of the atlas")
    if mute:
        count = f"{len(mute)} of {len(records)} records do"
        message = f"{count} not say who speaks; --set perspective=ID does ({', '.join(tellers)})"
        draft.problems.append(draft.sheet.problem(mute[0], "perspective", "csl-missing", message))
    if made:
        head = (draft.folder / _FILE).read_text("utf-8-sig").rstrip().removesuffix("]").rstrip()
        comma = "" if head.endswith("[") else ","
        written = json.dumps(list(made.values()), ensure_ascii=False, indent=2)
        content = f"{head}{comma}{written.removeprefix('[')}\n".encode()
        draft.put(_FILE, content, dict(enumerate(made, start=len(there) + 1)))


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
    who = str(name.get("family") or name.get("literal") or record.get("title", ""))
    return kebab(said) or kebab(f"{who} {_year(record)}", "source")


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


def account_fields(tellers: list[str]) -> list[str]:
    """List the columns a sheet may have for the accounts of what a row is about, by teller."""
    return [f"{name}_{teller}" for teller in tellers for name in _OF_ACCOUNTS]


class Sourcing:
    """Adds the citations and accounts of rows to a draft."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        # What may be written for a source: its id, as it was before too, or its title.
        ids = [str(item.values["id"]) for item in draft.tables.sources]
        titles = [_form(str(item.values.get("title", ""))) for item in draft.tables.sources]
        self._sources = {t: id for t, id in zip(titles, ids, strict=True) if titles.count(t) == 1}
        self._sources |= {_form(id): id for id in reversed(ids)} | {id: id for id in ids}
        self._taken = {
            table: {row["id"] for row in draft.tables[table]} for table in ("citations", "accounts")
        }
        settings = draft.tables.settings.values
        self._side_of = {entry["id"]: entry.get("side", "") for entry in settings["perspectives"]}
        self._required = [side["id"] for side in settings.get("sides", []) if side["required"]]

    def cite(self, entry: Entry, subject: str, of: str) -> None:
        """Add a citation for each source of a row; ``subject`` is the column for ``of``."""
        cells = {subject: of} | {name: self._draft.fields.get(entry, name) for name in CITED}
        self._cite(entry, "source_id", cells, of)

    def accounts(self, entry: Entry, subject: str, of: str, evidence: str) -> list[str]:
        """Add what each teller says of a thing; give the required sides that say nothing."""
        draft = self._draft
        heard: set[str] = set()
        for teller, side in self._side_of.items():
            text, stance = (
                draft.fields.get(entry, f"{name}_{teller}") for name in ("account", "stance")
            )
            if not (text or stance):
                continue
            heard.add(side)
            for name, said in (("account", text), ("stance", stance)):
                if not said:
                    message = "is empty; an account has a stance and says in a sentence what it is"
                    draft.fault(entry, f"{name}_{teller}", "cell-empty", message)
            stance = fitting(stance, _STANCE)
            rests_on = "" if stance in UNSOURCED_STANCES else evidence
            row = {subject: of, "perspective_id": teller, "stance": stance, "evidence": rests_on}
            id = self._append("accounts", kebab(f"{of}-{teller}"), row, entry)
            draft.append_text(f"account.{id}", text, entry.line)
            self._cite(entry, f"account_source_{teller}", {"account_id": id}, id)
        return [side for side in self._required if side not in heard]

    def _cite(self, entry: Entry, field: str, cells: Cells, of: str) -> None:
        """Cite each source that a field names."""
        for said in parts(self._draft.fields.get(entry, field)):
            source = self._sources.get(said) or self._sources.get(_form(said), "")
            if not source:
                message = "is not in sources.json; use an id it has, or add it there"
                message = f"'{said}' {message} (maps import sources)"
                self._draft.fault(entry, field, "reference-unknown", message)
            row = {"source_id": source, "role": "evidence", **cells}
            self._append("citations", f"{of}-{source}", row, entry)

    def _append(self, table: str, wanted: str, row: Cells, entry: Entry) -> str:
        id = fresh(wanted, self._taken[table])
        self._taken[table].add(id)
        self._draft.append(f"{table}.csv", {"id": id, **row}, entry.line)
        return id


def _form(said: str) -> str:
    return kebab(id_of_source({"id": said}))
