"""Rows of an atlas as a person edits them: a table with its texts, written back row by row."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from maps.atlas.intake.draft import Cells, csv_appended, csv_line, header_of
from maps.atlas.intake.names import fresh, kebab, numbered
from maps.atlas.intake.rows import IDS, hue_of, texts_of
from maps.atlas.load import AtlasTables, Row
from maps.atlas.model import Citation
from maps.atlas.model.columns import Column, columns_of
from maps.atlas.model.tables import COLUMNS, PointSubject, TextRow, subjects_of
from maps.errors import Problem

Read = Callable[[str], bytes | None]  # the content of a file of the atlas
TEXTS = "texts"  # the name of the texts of one language among the tables


@dataclass(frozen=True)
class Grid:
    """A table as it was when it came on the screen, with the texts of its rows in one language.

    ``files`` are those it is read from, as they were then: edits are always made on them, so
    that a row nobody touched keeps its bytes.
    """

    table: str
    lang: str
    file: str  # of the atlas, the rows stand in
    columns: tuple[Column, ...]
    texts: Mapping[str, str]  # column -> key, with {} for the id of the row
    rows: tuple[Row, ...]
    spoken: Mapping[str, Row]  # the row of a text by its key
    files: Mapping[str, bytes]

    def cells(self, row: Row) -> dict[str, str]:
        """Give a row with its texts."""
        own = {column.name: row[column.name_in(row)] for column in self.columns}
        return own | {n: self._text(key.format(row["id"])) for n, key in self.texts.items()}

    def _text(self, key: str) -> str:
        return self.spoken[key]["text"] if key in self.spoken else ""

    def edited(self, edits: Mapping[int, Cells], removed: Collection[int]) -> dict[str, bytes]:
        """Give the files with some cells changed and some rows taken away, by position."""
        cells: dict[int, Cells] = {}
        said: dict[int, Cells] = {}
        gone, unsaid, added = set(), set(), []
        kept = {row["id"] for n, row in enumerate(self.rows) if n not in removed}
        for position, row in enumerate(self.rows):
            is_gone = position in removed
            new = {} if is_gone else edits.get(position, {})
            if is_gone:
                gone.add(row.line)
                if row["id"] in kept:
                    continue  # an id that stood twice: the texts are those of the other row
            names = {c.name_in(row): c.name for c in self.columns if c.name in new}
            if differing := {n: new[name] for n, name in names.items() if new[name] != row[n]}:
                cells[row.line] = differing
            for name, pattern in self.texts.items():
                key = pattern.format(row["id"])
                text = "" if is_gone else new.get(name, self._text(key))
                wanted = {"key": pattern.format(new.get("id", row["id"])), "text": text}
                if key not in self.spoken:
                    added += [wanted] if text else []
                elif not text:
                    unsaid.add(self.spoken[key].line)
                elif wanted != {"key": key, "text": self._text(key)}:
                    said[self.spoken[key].line] = wanted
        files = {self.file: rewritten(self.files[self.file], cells, gone)}
        if self.texts:
            name = f"text/{self.lang}.csv"
            files[name] = rewritten(self.files[name], said, unsaid, added)
        return files

    def problems_by_row(self, tables: AtlasTables, problems: Iterable[Problem]) -> list[list[str]]:
        """Give for each position what the check says of that row or of its texts."""
        now = _table(tables, self.table, self.lang)
        position = {row.line: n for n, row in enumerate(now)}
        of_key = {k.format(r["id"]): n for n, r in enumerate(now) for k in self.texts.values()}
        key_on = {row.line: row["key"] for row in tables.texts[self.lang]}
        found: list[list[str]] = [[] for _ in now]
        for problem in problems:
            at = None
            if problem.file == self.file:
                at = position.get(problem.row or 0)
            elif problem.file == f"text/{self.lang}.csv":
                # A text that is missing has no row; it is told by its key.
                at = of_key.get(key_on.get(problem.row or 0, problem.id))
            if at is not None:
                found[at].append(problem.at_its_row)
        return found


def _table(tables: AtlasTables, table: str, lang: str) -> tuple[Row, ...]:
    return (tables.texts[lang] if table == TEXTS else tables[table]).rows


def grid_of(tables: AtlasTables, table: str, lang: str, read: Read) -> Grid:
    """Read a table to be edited."""
    of_texts = f"text/{lang}.csv"
    file, columns = of_texts, columns_of(TextRow)
    texts: Mapping[str, str] = {}
    if table != TEXTS:
        file, columns, texts = f"{table}.csv", COLUMNS[table], texts_of(table)
    spoken = {row["key"]: row for row in reversed(tables.texts[lang].rows)}
    files = {name: read(name) or b"" for name in (file, of_texts)}
    return Grid(table, lang, file, columns, texts, _table(tables, table, lang), spoken, files)


def rewritten(
    before: bytes,
    changed: Mapping[int, Cells] = {},
    removed: Collection[int] = (),
    added: Sequence[Cells] = (),
) -> bytes:
    """Change, remove and append rows of a CSV file; all others stay as they are, to the byte.

    ``changed`` and ``removed`` name rows by the line they begin on, as `Row.line` does.
    """
    text = before.decode("utf-8")
    lines = list(io.StringIO(text, newline=""))
    ending = "\r\n" if "\r\n" in text else "\n"
    out: list[str] = []
    header: list[str] = []
    reader = csv.reader(iter(lines), strict=True)
    line = 1
    for cells in reader:
        kept = "".join(lines[line - 1 : reader.line_num])
        if not header:
            header = [name.strip().removeprefix("\ufeff") for name in cells]
        elif line in changed:
            pairs = zip(header, cells, strict=False)
            kept = csv_line((changed[line].get(name, cell) for name, cell in pairs), ending)
        if line not in removed:
            out.append(kept)
        line = reader.line_num + 1
    content = "".join(out).encode()
    return csv_appended(content, added)[0] if added else content


def beside(table: str) -> Mapping[str, tuple[str, str, str]]:
    """Say in which tables a new row gets rows too, from lists of ids, by the name of the list.

    Each table with its columns for the new row and for an id of the list.
    """
    found = {"regions": ("event_regions", "event_id", "region_id")} if table == "events" else {}
    if table == "points":
        subjects = subjects_of(PointSubject).items()
        found |= {name: ("point_subjects", "point_id", column) for name, column in subjects}
    if subject := subjects_of(Citation).get(table):
        found["sources"] = ("citations", subject, "source_id")
    return found


def with_row(
    tables: AtlasTables,
    read: Read,
    table: str,
    cells: Cells,
    more: Mapping[str, Sequence[str]],
) -> tuple[str, dict[str, bytes]]:
    """Give the id of a new row, and the files with its cells, its texts and what is `beside` it.

    ``cells`` may hold texts by their names, ``more`` lists of ids by the names of `beside`.
    An empty id is made as an import does, else of the next number, and an empty hue. A text
    is written in the first language; the others have to follow.
    """
    lang = tables.written_languages[0]
    ids = {row["id"] for row in tables[table]}
    said = kebab("-".join(cells[name] for name in IDS.get(table, ()) if cells.get(name)))
    made = fresh(said, ids) if said else numbered(table[0].upper(), ids)
    id = cells.get("id") or made
    cells = {**cells, "id": id}
    if table == "polities":
        cells["hue"] = cells.get("hue") or hue_of(len(tables[table].rows))
    spoken = [(key.format(id), cells.get(name, "")) for name, key in texts_of(table).items()]
    if table == "events":
        known = {row["key"] for row in tables.texts[lang]}
        kinds = [part for part in cells.get("kinds", "").split(";") if part]
        spoken += [(f"kind.{k}", k.capitalize()) for k in kinds if f"kind.{k}" not in known]
    added: dict[str, list[Cells]] = defaultdict(list)
    added[f"{table}.csv"] = [cells]
    added[f"text/{lang}.csv"] = [{"key": key, "text": text} for key, text in spoken if text]
    taken = {row["id"] for row in tables["citations"]}
    for name, (other, own, column) in beside(table).items():
        for each in more.get(name, ()):
            row = {own: id, column: each}
            if other == "citations":
                row |= {"id": fresh(f"{id}-{each}", taken), "role": "evidence"}
                taken.add(row["id"])
            added[f"{other}.csv"].append(row)
    return id, {
        name: rewritten(read(name) or header_of(name), added=rows) for name, rows in added.items()
    }


def with_teller(tables: AtlasTables, read: Read, name: str) -> dict[str, bytes]:
    """Give the files with one perspective more, by the name that readers see."""
    tellers = [entry["id"] for entry in tables.settings.values["perspectives"]]
    id = fresh(kebab(name, "teller"), tellers)
    before = (read("atlas.toml") or b"").rstrip()
    files = {"atlas.toml": before + f'\n\n[[perspectives]]\nid = "{id}"\n'.encode()}
    row = {"key": f"perspective.{id}", "text": name}
    for file in (f"text/{lang}.csv" for lang in tables.texts):
        files[file] = rewritten(read(file) or b"", added=[row])
    return files


def with_source(said: Cells) -> bytes:
    """Make a file of one CSL-JSON item, as a reference manager exports it, of a filled form."""
    item: dict[str, object] = {k: said[k] for k in ("type", "title", "publisher", "URL") if said[k]}
    people = [part.split(",", 1) for part in said["author"].split(";") if part.strip()]
    item["author"] = [
        {"family": p[0].strip(), "given": p[1].strip()} if p[1:] else {"literal": p[0].strip()}
        for p in people
    ]
    if said["year"].strip().isdecimal():
        item["issued"] = {"date-parts": [[int(said["year"])]]}
    item["custom"] = {"perspective": said["perspective"]}
    return json.dumps([item], ensure_ascii=False).encode()
