"""Rows of a spreadsheet to statuses, accounts, periods, places, points or polities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from maps.atlas.intake.coordinates import degrees
from maps.atlas.intake.days import Dates
from maps.atlas.intake.draft import Draft, Outcome
from maps.atlas.intake.events import FLAGS
from maps.atlas.intake.linked import read_rows
from maps.atlas.intake.mapping import PARTS, Fields, Wishes
from maps.atlas.intake.names import RegionFinder, fitting, fresh, id_of_date, kebab, parts
from maps.atlas.intake.sourcing import CITED, Sourcing, account_fields
from maps.atlas.intake.spans import DateReader, end_after
from maps.atlas.intake.table import Entry
from maps.atlas.intake.text import alike
from maps.atlas.load import AtlasTables
from maps.atlas.model import Account, Citation
from maps.atlas.model.columns import Column, Text, columns_of, fields_of
from maps.atlas.model.tables import TABLES, PointSubject, subjects_of
from maps.files import locked

# The tables a row of a spreadsheet becomes a row of; what its id is made of where it has none.
IDS: Mapping[str, tuple[str, ...]] = {
    "statuses": ("region_id", "dimension", "perspective_id", "start"),
    "accounts": ("event_id", "point_id", "status_id", "perspective_id"),
    "periods": ("name",),
    "places": ("name",),
    "points": ("question",),
    "polities": ("name",),
}
_SPAN = ("start", "end")
_HUE_STEP = 137.5  # degrees: the golden angle, so that each new hue is far from those before


def import_rows(
    file: Path,
    atlas: Path,
    table: str,
    wishes: Wishes = Wishes(),  # noqa: B008 - frozen
    *,
    encoding: str = "",
    sheet: str = "",
    dates: str = "",
    end_inclusive: bool | None = None,
    create_regions: bool = False,
    skip_known: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Add each row of a CSV or xlsx file, or point of a map file, to one of the tables in `IDS`.

    Places may come as Linked Places, too.

    Its columns are those of the table and its texts (``text``, ``name``, ``question`` …, with
    a language behind for others than the first), ``source_id`` and what a citation says.
    What a column refers to may be written as an id or a name.

    Raises
    ------
    ImportRefused
        Something does not fit, or is there already; every reason is told and nothing was changed.
    FolderBusy
        Another run is changing the atlas.
    """
    read = read_rows(file, table, encoding, sheet)
    with locked(atlas):
        draft = Draft(atlas, read, skip_known)
        kind = _Kind.of(table, draft.tables)
        fields = draft.fields(kind.fields, _with_short_names(wishes, kind), f"{table}.csv")
        regions = RegionFinder(draft, create=create_regions)
        writer = _Writer(draft, kind, fields, regions, Dates(dates, draft.years))
        writer.write(end_inclusive)
        return draft.finish(dry_run=dry_run)


def row_fields(table: str, tables: AtlasTables) -> tuple[str, ...]:
    """List what a column of a spreadsheet of rows of a table may be."""
    return _Kind.of(table, tables).fields


class _Kind(NamedTuple):
    """What rows of a table consist of."""

    table: str
    columns: Mapping[str, Column]
    texts: Mapping[str, str]  # field -> key, with {} for the id
    fields: tuple[str, ...]  # of a spreadsheet
    short: Mapping[str, str]  # a reference without _id -> its column

    @classmethod
    def of(cls, table: str, tables: AtlasTables) -> _Kind:
        record = TABLES[table]
        columns = {column.name: column for column in columns_of(record)}
        texts = {n: said.key for n, said in fields_of(record).items() if isinstance(said, Text)}
        languages = tables.written_languages
        short = {name.removesuffix("_id"): name for name in columns if name.endswith("_id")}
        spoken = [f"{name}_{lang}" for name in texts for lang in languages]
        cited = ("source_id", *CITED) if table in subjects_of(Citation) else ()
        told = ("evidence", *account_fields(tables)) if table in subjects_of(Account) else ()
        about = subjects_of(PointSubject) if table == "points" else ()
        beside = (*texts, *spoken, *PARTS, *short, *cited, *told, *about)
        extra = [name for name in beside if name not in columns]
        return cls(table, columns, texts, (*columns, *dict.fromkeys(extra)), short)


def _with_short_names(wishes: Wishes, kind: _Kind) -> Wishes:
    """Let ``--map Controller=polity`` say what ``polity_id`` is, and ``--set`` too."""
    columns = {column: kind.short.get(name, name) for column, name in wishes.columns.items()}
    return Wishes(columns, {kind.short.get(n, n): value for n, value in wishes.values.items()})


class _Writer:
    def __init__(
        self, draft: Draft, kind: _Kind, fields: Fields, regions: RegionFinder, dates: Dates
    ) -> None:
        self.draft = draft
        self.kind = kind
        self.fields = fields
        self.regions = regions
        self.dates = DateReader(fields, dates, keeps_notes="note" in kind.columns)
        tables = draft.tables
        self.languages = tables.written_languages
        self.ids = {row["id"] for row in tables[kind.table]}
        self.sourcing = Sourcing(draft, fields)
        self.named = _named(draft, self.languages)
        spoken = {row["key"]: row["text"] for row in tables.texts[self.languages[0]]}
        self.known: dict[Hashable, str] = {}
        for row in tables[kind.table]:
            texts = [spoken.get(key.format(row["id"]), "") for key in kind.texts.values()]
            self.known[self._content(row, texts)] = row["id"]

    def write(self, end_inclusive: bool | None) -> None:
        """Add all rows; what does not fit becomes a problem of the draft."""
        rows = [(entry, self._cells(entry)) for entry in self.fields.sheet.entries]
        held = [(entry, self._subject(row), row["start"], row["end"]) for entry, row in rows
                if "end" in row]  # fmt: skip
        inclusive = self.dates.settled_end(held, end_inclusive)
        self.draft.problems += self.dates.problems()
        self.draft.remarks += self.dates.remarks()
        for entry, row in rows:
            if row.get("end"):
                row["end"] = end_after(row["end"], inclusive=inclusive)
            self._append(entry, row)

    def _subject(self, row: Mapping[str, str]) -> str:
        return "|".join(
            row.get(n, "") for n in ("region_id", "dimension", "perspective_id", "lane")
        )

    def _cells(self, entry: Entry) -> dict[str, str]:
        """Read the cells of a row as its table has them."""
        row: dict[str, str] = {}
        for name, column in self.kind.columns.items():
            said = self.fields.get(entry, name)
            if not said and name.removesuffix("_id") in self.fields:
                said = self.fields.get(entry, name.removesuffix("_id"))
            if name in _SPAN:
                said = self.fields.date(entry, name)
            if column.kind in ("edtf", "day"):
                where = self.fields.column(name) if name in _SPAN else name
                row[name] = self.dates.read(entry, where, said)
            elif column.kind == "flag":
                row[name] = FLAGS.get(said.lower(), said.lower())
            elif column.limit and said:
                axis = "lat" if column.limit == 90 else "lon"
                row[name] = degrees(said, axis) or said
            elif column.refers and said:
                wanted = parts(said) if column.is_list else [said]
                found = (self._referred(entry, name, column.refers, each) for each in wanted)
                row[name] = ";".join(each for each in found if each)
            else:
                row[name] = fitting(said, column) if name == "id" or column.choices else said
            if column.required and not said and name not in ("id", "hue"):
                self.draft.missing(entry, name, column.choices)
        if "note" in row:
            row["note"] = self.dates.noted(entry, row["note"])
        return row

    def _referred(self, entry: Entry, name: str, table: str, said: str) -> str:
        """Give the id of what a cell refers to by id or name."""
        if table == "regions":
            id, fault = self.regions.find(said, entry.line)
            if fault:
                self.draft.fault(entry, name, "reference-unknown", fault)
            return id
        ids = self.named[table].get(alike(said), [])
        if said in (id for found in self.named[table].values() for id in found):
            return said
        if len(ids) == 1:
            return ids[0]
        if table == "polities" and not ids:
            return self._new_polity(entry, said)
        told = f"is the name of {', '.join(ids)}; write the id of one" if ids else "is not there"
        known = ", ".join(sorted({id for found in self.named[table].values() for id in found})[:8])
        advice = "" if ids else f"; {table} has {known or 'nothing yet'}"
        self.draft.fault(entry, name, "reference-unknown", f"'{said}' {told}{advice}")
        return ""

    def _new_polity(self, entry: Entry, said: str) -> str:
        """Make a polity of a name that the atlas does not have, and say so."""
        taken = {id for found in self.named["polities"].values() for id in found}
        id = fresh(kebab(said, "polity"), taken)
        self.named["polities"][alike(said)].append(id)
        row = {"id": id, "hue": hue_of(len(taken))}
        self.draft.append("polities.csv", row, entry.line)
        self.sourcing.text(f"polity.{id}", said, entry)
        self.draft.remarks.append(f"row {entry.line}: '{said}' is a new polity, {id}")
        return id

    def _append(self, entry: Entry, row: dict[str, str]) -> None:
        table = self.kind.table
        said = {name: self._said(entry, name) for name in self.kind.texts}
        key = self._content(row, [texts[0] for texts in said.values()])
        if key in self.known and not row["id"]:
            self.draft.known(entry.line, f"{self.known[key]} of {table}.csv")
            return
        words = [id_of_date(row.get(name, "") or said.get(name, [""])[0]) for name in IDS[table]]
        if row["id"] in self.ids:
            message = f"'{row['id']}' is an id already; each id stands once"
            self.draft.fault(entry, "id", "id-twice", message)
            return
        row["id"] = row["id"] or fresh(kebab("-".join(filter(None, words)), table), self.ids)
        row |= {"hue": row["hue"] or hue_of(len(self.ids))} if "hue" in row else {}
        self.ids.add(row["id"])
        self.known[key] = row["id"]
        self.draft.append(f"{table}.csv", row, entry.line)
        for name, pattern in self.kind.texts.items():
            for lang, text in zip(self.languages, said[name], strict=True):
                if not text:
                    column = name if lang == self.languages[0] else f"{name}_{lang}"
                    self.draft.missing(entry, column)
                cells = {"key": pattern.format(row["id"]), "text": text}
                self.draft.append(f"text/{lang}.csv", cells, entry.line)
        for name, column in subjects_of(PointSubject).items() if table == "points" else ():
            for each in parts(self.fields.get(entry, name)):
                about = {"point_id": row["id"], column: self._referred(entry, name, name, each)}
                self.draft.append("point_subjects.csv", about, entry.line)
        subject = subjects_of(Citation).get(table)
        if subject:
            self.sourcing.cite(entry, subject, row["id"])
        if subject := subjects_of(Account).get(table):
            self.sourcing.accounts(entry, subject, row["id"], self.fields.get(entry, "evidence"))

    def _said(self, entry: Entry, name: str) -> Sequence[str]:
        """Give a text in each language of the atlas; the plain column is in the first."""
        spoken = [self.fields.get(entry, f"{name}_{lang}") for lang in self.languages]
        return [spoken[0] or self.fields.get(entry, name), *spoken[1:]]

    def _content(self, row: Mapping[str, str], texts: Sequence[str]) -> Hashable:
        """Give what makes one row the same as another, whatever their ids and hues."""
        leaving = ("id", "hue", "evidence")
        cells = tuple((n, row[n]) for n in self.kind.columns if n not in leaving and row.get(n))
        return cells, tuple(texts)


def _named(draft: Draft, languages: Sequence[str]) -> Mapping[str, dict[str, list[str]]]:
    """List ids by what is written for them: themselves, and their name or title in any language."""
    tables = draft.tables
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    keys = {}
    for table in ("polities", "places", "events", "points", "periods", "statuses"):
        record = TABLES[table]
        patterns = [said.key for said in fields_of(record).values() if isinstance(said, Text)]
        for row in tables[table]:
            found[table][alike(row["id"])].append(row["id"])
            keys[patterns[0].format(row["id"])] = (table, row["id"])
    for entry in tables.settings.values["perspectives"]:
        found["perspectives"][alike(entry["id"])].append(entry["id"])
        keys[f"perspective.{entry['id']}"] = ("perspectives", entry["id"])
    for lang in languages:
        for row in tables.texts[lang]:
            table, id = keys.get(row["key"], ("", ""))
            if id and id not in found[table][alike(row["text"])]:
                found[table][alike(row["text"])].append(id)
    return found


def hue_of(number: int) -> str:
    """Choose a hue of OKLCH, in degrees, for the polity after so many others."""
    return f"{number * _HUE_STEP % 360:.0f}"
