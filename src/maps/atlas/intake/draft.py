"""A changed copy of an atlas in the making: rows appended, checked, then put in place."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from maps.atlas.check import check_tables
from maps.atlas.check.ground import OVERLAP
from maps.atlas.check.inventory import atlas_days
from maps.atlas.intake.days import Dates
from maps.atlas.intake.mapping import Fields, Wishes, mapped
from maps.atlas.intake.table import Entry, Sheet
from maps.atlas.intake.text import some_of
from maps.atlas.load import AtlasTables, load_tables
from maps.atlas.model.tables import COLUMNS
from maps.errors import ImportRefused, Problem
from maps.files import change_files

Cells = Mapping[str, str]  # of a row, by column

# A row that a problem speaks of, with its file where that is another one.
_ROW = re.compile(r"(?:([\w/-]+\.(?:csv|geojson)) )?row (\d+)")
_LISTED = 10  # new regions, rows with the same fault


@dataclass(frozen=True)
class Outcome:
    """What an import added, by file of the atlas, and what it left aside, in words."""

    added: Mapping[str, int]
    created: tuple[str, ...]
    remarks: tuple[str, ...]


def csv_line(cells: Iterable[str], ending: str) -> str:
    """Write one row of a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ending).writerow(cells)
    return out.getvalue()


def csv_appended(before: bytes, rows: Iterable[Cells]) -> tuple[bytes, list[int]]:
    """Put rows at the end of a CSV file, and give the line on which each begins.

    What was there stays as it was, to the byte.
    """
    text = before.decode("utf-8")
    header = next(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")), [])
    ending = "\r\n" if "\r\n" in text else "\n"
    parts = [text] if not text or text.endswith(("\n", "\r")) else [text, ending]
    line = "".join(parts).count("\n") + 1
    lines = []
    for row in rows:
        lines.append(line)
        parts.append(csv_line([row.get(name.strip(), "") for name in header], ending))
        line += parts[-1].count("\n")
    return "".join(parts).encode(), lines


def put_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a copy that nobody else reads, one after the other."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def header_of(file: str) -> bytes:
    """Make the first line of a table that an atlas has left out."""
    columns = COLUMNS[file.removesuffix(".csv")]
    return (",".join(column.name for column in columns) + "\n").encode()


@dataclass
class Draft:
    """The files of one atlas that an import changes; nothing is written before `finish`.

    The folder is `maps.files.locked` from before it is read until then.
    """

    folder: Path
    sheet: Sheet
    wishes: Wishes
    tables: AtlasTables = field(init=False)
    fields: Fields = field(init=False)
    added: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    new_regions: list[str] = field(default_factory=list)  # their names
    # What makes one row the same as another -> where it stands, in the atlas or the sheet.
    known: dict[Hashable, str] = field(default_factory=dict)
    _files: dict[str, bytes] = field(default_factory=dict)
    _rows: dict[str, list[tuple[Cells, int]]] = field(default_factory=lambda: defaultdict(list))
    # A file of the atlas and a row or feature of it -> the row of the sheet it comes from.
    _from: dict[tuple[str, int | None], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fields = Fields(self.sheet)
        self.remarks += self.sheet.remarks
        self.tables = load_tables(self.folder)
        broken = check_tables(self.tables)
        if broken:
            first = f"{broken[0]} (and {len(broken) - 1} more)" if broken[1:] else str(broken[0])
            message = (
                f"has problems already, mend them first: {first}; an atlas of your own begins "
                "with `maps new DIR --empty`"
            )
            raise ImportRefused([Problem(str(self.folder), None, "", "", "atlas-broken", message)])

    def settle_fields(self, known: Iterable[str], kind: str) -> None:
        """Settle which column of the sheet is which field, and tell of those left aside."""
        self.fields = mapped(self.sheet, known, self.wishes, kind)
        if unused := self.fields.unused:
            names = ", ".join(f"'{name}'" for name in unused)
            are = f"columns {names} are" if unused[1:] else f"column {names} is"
            self.remarks.append(f'{are} not used; --map "{unused[0]}=FIELD" says what it is')

    @property
    def languages(self) -> list[str]:
        """The languages the atlas is written in, the first one first."""
        return self.tables.written_languages

    def ids_in(self, part: str) -> list[str]:
        """List the ids of a part of the settings, as ``layers`` or ``perspectives``."""
        return [entry["id"] for entry in self.tables.settings.values[part]]

    @property
    def dates(self) -> Dates:
        """How dates are to be read, with the years of the atlas."""
        first, last = atlas_days(self.tables)
        return Dates(self.wishes.dates, range(first.year, last.year + 1))

    def append(self, file: str, row: Cells, line: int) -> None:
        """Add a row to a CSV file; ``line`` is the row of the sheet it comes from."""
        self._rows[file].append((row, line))
        self.added[file] += 1

    def append_text(self, key: str, text: str | Sequence[str], line: int) -> None:
        """Add a text that is the same in each language of the atlas, or one for each."""
        texts = [text] * len(self.languages) if isinstance(text, str) else text
        for lang, said in zip(self.languages, texts, strict=True):
            self.append(f"text/{lang}.csv", {"key": key, "text": said}, line)

    def put(self, file: str, content: bytes, lines: Mapping[int, int]) -> None:
        """Replace a file; ``lines`` gives for new positions in it the row of the sheet."""
        self._files[file] = content
        self.added[file] = len(lines) or 1
        self._from |= {(file, position): line for position, line in lines.items()}

    def fault(self, entry: Entry, name: str, rule: str, message: str) -> None:
        """Tell of a fault at the cell that a field of a row was read from."""
        self.problems.append(self.fields.problem(entry, name, rule, message))

    def missing(self, entry: Entry, name: str, choices: Sequence[str] = ()) -> None:
        """Tell that a field says nothing: at the cell, or once where no column is for it."""
        allowed = f" ({', '.join(choices)})" if choices else ""
        if name in self.fields.column_of:
            self.fault(entry, name, "cell-empty", f"is empty; fill the cell{allowed}")
            return
        message = f'is in no column; --map "COLUMN={name}" or --set {name}=VALUE says it{allowed}'
        columns = f"; there are {', '.join(self.fields.unused)}" if self.fields.unused else ""
        problem = self.sheet.problem(None, name, "field-missing", message + columns)
        if problem not in self.problems:
            self.problems.append(problem)

    def is_known(self, content: Hashable, line: int) -> bool:
        """Whether what a row of the sheet says is there already; where that is, is told."""
        where = self.known.get(content)
        if where and self.wishes.skip_known:
            self.remarks.append(f"row {line} is left out: it is {where} already")
        elif where:
            advice = "delete the row, or leave such rows out with --skip-known"
            message = f"is {where} already; {advice}"
            self.problems.append(self.sheet.problem(line, "", "row-known", message))
        return bool(where)

    @contextmanager
    def would_be(self) -> Iterator[AtlasTables]:
        """Give the tables of the atlas as it would be; rows are those of its own files."""
        for file, rows in self._rows.items():
            path = self.folder / file
            before = path.read_bytes() if path.exists() else header_of(file)
            self._files[file], starts = csv_appended(before, [row for row, _ in rows])
            self._from |= {(file, at): line for at, (_, line) in zip(starts, rows, strict=True)}
        with tempfile.TemporaryDirectory() as made:
            copy = Path(made) / "atlas"
            shutil.copytree(self.folder, copy)
            put_files(copy, self._files)
            yield load_tables(copy)

    def finish(self) -> Outcome:
        """Check the atlas as it would be, and put the changed files in place.

        Raises
        ------
        ImportRefused
            The atlas would not pass; nothing was changed.
        """
        if self.problems:
            raise ImportRefused(_told_once(self.problems))
        with self.would_be() as tables:
            found = check_tables(tables)
        if found:
            raise ImportRefused(_told_once(map(self._at_its_row, found)))
        if self.new_regions:
            names = some_of([f"'{name}'" for name in self.new_regions], _LISTED)
            is_several = any(re.search(r"[,/|]", name) for name in self.new_regions[:_LISTED])
            advice = "; several in one cell are joined by a semicolon" if is_several else ""
            self.remarks.append(f"new regions: {names}{advice}")
        created = tuple(sorted(f for f in self._files if not (self.folder / f).exists()))
        if self._files and not self.wishes.dry_run:
            change_files(self.folder, self._files, self.tables.files)
        return Outcome(dict(sorted(self.added.items())), created, tuple(self.remarks))

    def _at_its_row(self, problem: Problem) -> Problem:
        """Tell of a row of the sheet, since the row of the atlas is not there to be seen."""
        line = self._from.get((problem.file, problem.row))
        if line is None:
            return problem

        def named(found: re.Match[str]) -> str:
            file, row = found[1] or problem.file, int(found[2])
            of_sheet = self._from.get((file, row))
            return f"row {of_sheet} of this file" if of_sheet else f"row {row} of {file}"

        said = _ROW.sub(named, problem.message)
        way = ", or --contested-overlaps marks such rows" if problem.rule == OVERLAP else ""
        message = f"{said}{way} (as a row of {problem.file})"
        column = self.fields.column_of.get(problem.field, problem.field)
        return replace(problem, file=self.sheet.file, row=line, field=column, message=message)


def _told_once(problems: Iterable[Problem]) -> list[Problem]:
    """Tell what is wrong in several rows alike at the first of them, and name the others."""
    alike: dict[Problem, list[Problem]] = defaultdict(list)
    for problem in dict.fromkeys(problems):
        alike[replace(problem, row=None)].append(problem)
    told = []
    for first, *more in alike.values():
        said = f"; also row {some_of([each.row for each in more], _LISTED)}" if more else ""
        told.append(replace(first, message=first.message + said))
    return told
