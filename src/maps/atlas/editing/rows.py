"""Rows of an atlas as a person edits them: a table with its texts, written back row by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from maps.atlas.intake import IDS
from maps.atlas.intake.names import fresh, kebab
from maps.atlas.intake.rows import hue_of
from maps.atlas.load import AtlasTables, Row
from maps.atlas.model import Citation
from maps.atlas.model.columns import Column, Text, columns_of, fields_of
from maps.atlas.model.tables import COLUMNS, TABLES, PointSubject, TextRow, subjects_of
from maps.errors import Problem

Read = Callable[[str], bytes | None]  # the content of a file of the atlas
Cells = Mapping[str, str]
TEXTS = "texts"  # the name of the texts of one language among the tables


@dataclass(frozen=True)
class Grid:
    """A table as it was when it came on the screen, with the texts of its rows in one language.

    ``files`` are those it is read from, as they were then: edits are always made on them, so
    that a row nobody touched keeps its bytes.
    """

    table: str
    lang: str
    columns: tuple[Column, ...]
    texts: Mapping[str, str]  # column -> key, with {} for the id of the row
    rows: tuple[Row, ...]
    spoken: Mapping[str, Row]  # the row of a text by its key
    files: Mapping[str, bytes | None]

    @property
    def file(self) -> str:
        """The file of the atlas the rows stand in."""
        return file_of(self.table, self.lang)

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
            new = {} if position in removed else edits.get(position, {})
            if position in removed:
                gone.add(row.line)
                if row["id"] in kept:
                    continue  # an id that stood twice: the texts are those of the other row
            names = {c.name_in(row): c.name for c in self.columns if c.name in new}
            cells[row.line] = {n: new[name] for n, name in names.items() if new[name] != row[n]}
            for name, pattern in self.texts.items():
                key = pattern.format(row["id"])
                text = "" if position in removed else new.get(name, self._text(key))
                wanted = {"key": pattern.format(new.get("id", row["id"])), "text": text}
                if key not in self.spoken:
                    added += [wanted] if text else []
                elif not text:
                    unsaid.add(self.spoken[key].line)
                elif wanted != {"key": key, "text": self._text(key)}:
                    said[self.spoken[key].line] = wanted
        changed = {line: new for line, new in cells.items() if new}
        files = {self.file: rewritten(self.files[self.file] or b"", changed, gone)}
        if self.texts:
            name = f"text/{self.lang}.csv"
            files[name] = rewritten(self.files[name] or b"", said, unsaid, added)
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


def file_of(table: str, lang: str) -> str:
    """Name the file of a table, or of the texts of a language."""
    return f"text/{lang}.csv" if table == TEXTS else f"{table}.csv"


def _table(tables: AtlasTables, table: str, lang: str) -> tuple[Row, ...]:
    return (tables.texts[lang] if table == TEXTS else tables[table]).rows


def texts_of(table: str) -> Mapping[str, str]:
    """Give the texts each row of a table has: their names, and their keys."""
    if table == TEXTS:
        return {}
    fields = fields_of(TABLES[table])
    return {name: said.key for name, said in fields.items() if isinstance(said, Text)}


def grid_of(tables: AtlasTables, table: str, lang: str, read: Read) -> Grid:
    """Read a table to be edited."""
    columns = columns_of(TextRow) if table == TEXTS else COLUMNS[table]
    rows = _table(tables, table, lang)
    spoken = {row["key"]: row for row in reversed(tables.texts[lang].rows)}
    files = {name: read(name) for name in (file_of(table, lang), f"text/{lang}.csv")}
    return Grid(table, lang, columns, texts_of(table), rows, spoken, files)


def rewritten(
    before: bytes,
    changed: Mapping[int, Cells] = {},
    removed: Collection[int] = (),
    added: Iterable[Cells] = (),
) -> bytes:
    """Change, remove and append rows of a CSV file; all others stay as they are, to the byte.

    ``changed`` and ``removed`` name rows by the line they begin on, as `Row.line` does.
    """
    text = before.decode("utf-8")
    lines = list(io.StringIO(text, newline=""))
    ending = "\r\n" if "\r\n" in text else "\n"
    out: list[str] = []
    header: list[str] = []

    def written(cells: Sequence[str]) -> str:
        made = io.StringIO(newline="")
        csv.writer(made, lineterminator=ending).writerow(cells)
        return made.getvalue()

    reader = csv.reader(iter(lines), strict=True)
    line = 1
    for cells in reader:
        kept = "".join(lines[line - 1 : reader.line_num])
        if not header:
            header = [name.strip().removeprefix("\ufeff") for name in cells]
        elif line in changed:
            pairs = zip(header, cells, strict=False)
            kept = written([changed[line].get(name, cell) for name, cell in pairs])
        if line not in removed:
            out.append(kept)
        line = reader.line_num + 1
    rows = [written([row.get(name, "") for name in header]) for row in added]
    if rows and out and not out[-1].endswith(("\n", "\r")):
        out.append(ending)
    return "".join((*out, *rows)).encode()


def _new_id(tables: AtlasTables, table: str, cells: Cells) -> str:
    """Make an id as an import does of what a row says, else the next number."""
    ids = {row["id"] for row in tables[table]}
    said = kebab("-".join(cells[name] for name in IDS.get(table, ()) if cells.get(name)))
    if said:
        return fresh(said, ids)
    number = len(ids) + 1
    while f"{table[0].upper()}{number:02}" in ids:
        number += 1
    return f"{table[0].upper()}{number:02}"


def beside(table: str) -> tuple[str, ...]:
    """Name the tables in which a new row of this one gets rows too, from a list of ids."""
    of_events = ("regions",) if table == "events" else ()
    subjects = tuple(subjects_of(PointSubject)) if table == "points" else ()
    cited = ("sources",) if table in subjects_of(Citation) else ()
    return (*of_events, *subjects, *cited)


def with_row(
    tables: AtlasTables,
    read: Read,
    table: str,
    cells: Cells,
    more: Mapping[str, Sequence[str]],
) -> tuple[str, dict[str, bytes]]:
    """Give the id of a new row, and the files with its cells, its texts and what is `beside` it.

    ``cells`` may hold texts by their names, ``more`` lists of ids by the names of `beside`.
    An empty id is made, and an empty hue. A text is written in the first language; the others
    have to follow.
    """
    lang = tables.written_languages[0]
    id = cells.get("id") or _new_id(tables, table, cells)
    cells = {**cells, "id": id}
    if table == "polities":
        cells["hue"] = cells.get("hue") or hue_of(len(tables[table].rows))
    added: dict[str, list[Cells]] = {f"{table}.csv": [cells]}
    spoken = [(key.format(id), cells.get(name, "")) for name, key in texts_of(table).items()]
    if table == "events":
        known = {row["key"] for row in tables.texts[lang]}
        kinds = [part for part in cells.get("kinds", "").split(";") if part]
        spoken += [(f"kind.{k}", k.capitalize()) for k in kinds if f"kind.{k}" not in known]
    added[f"text/{lang}.csv"] = [{"key": key, "text": text} for key, text in spoken if text]
    for name in more.get("regions", ()) if table == "events" else ():
        added.setdefault("event_regions.csv", []).append({"event_id": id, "region_id": name})
    for name, column in subjects_of(PointSubject).items() if table == "points" else ():
        for other in more.get(name, ()):
            added.setdefault("point_subjects.csv", []).append({"point_id": id, column: other})
    taken = {row["id"] for row in tables["citations"]}
    for source in more.get("sources", ()):
        subject = subjects_of(Citation)[table]
        citation = {"id": fresh(f"{id}-{source}", taken), "source_id": source, "role": "evidence"}
        taken.add(citation["id"])
        added.setdefault("citations.csv", []).append(citation | {subject: id})
    return id, {
        name: rewritten(read(name) or _header_of(name), added=rows) for name, rows in added.items()
    }


def _header_of(file: str) -> bytes:
    """Make the first line of a table that an atlas has left out."""
    columns = COLUMNS[file.removesuffix(".csv")]
    return (",".join(column.name for column in columns) + "\n").encode()


def with_teller(tables: AtlasTables, read: Read, name: str) -> dict[str, bytes]:
    """Give the files with one perspective more, by the name that readers see."""
    tellers = [entry["id"] for entry in tables.settings.values["perspectives"]]
    id = fresh(kebab(name, "teller"), tellers)
    settings = (
        read("atlas.toml") or b""
    ).rstrip() + f'\n\n[[perspectives]]\nid = "{id}"\n'.encode()
    row = {"key": f"perspective.{id}", "text": name}
    texts = {f"text/{lang}.csv" for lang in tables.texts}
    return {"atlas.toml": settings} | {n: rewritten(read(n) or b"", added=[row]) for n in texts}


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
