"""A changed copy of an atlas in the making: rows appended, checked, then put in place."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from maps.atlas.check import check_tables
from maps.atlas.check.ground import OVERLAP
from maps.atlas.dates import as_day
from maps.atlas.intake.mapping import Fields, Wishes, mapped
from maps.atlas.intake.table import Entry, Sheet
from maps.atlas.load import AtlasTables, load_tables
from maps.errors import ImportRefused, Problem
from maps.files import change_files

# A row that a problem speaks of, with its file where that is another one.
_ROW = re.compile(r"(?:([\w/-]+\.(?:csv|geojson)) )?row (\d+)")

_LISTED = 10  # new regions, rows with the same fault

_Place = tuple[str, int | None]  # a file of the atlas and a line of it


@dataclass(frozen=True)
class Outcome:
    """What an import added, by file of the atlas, and what it left aside, in words."""

    added: Mapping[str, int]
    created: tuple[str, ...]
    remarks: tuple[str, ...]


class _Growing:
    """A CSV file with rows put at its end; what was there stays as it was, to the byte."""

    def __init__(self, before: bytes) -> None:
        text = before.decode("utf-8")
        header = next(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        self._header = [name.strip() for name in header]
        self._ending = "\r\n" if "\r\n" in text else "\n"
        self._parts = [text] if text.endswith("\n") else [text, self._ending]
        self._line = "".join(self._parts).count("\n") + 1

    def append(self, row: Mapping[str, str]) -> int:
        """Add a row and give its line."""
        out = io.StringIO(newline="")
        cells = [row.get(name, "") for name in self._header]
        csv.writer(out, lineterminator=self._ending).writerow(cells)
        self._parts.append(out.getvalue())
        line = self._line
        self._line += out.getvalue().count("\n")
        return line

    @property
    def content(self) -> bytes:
        return "".join(self._parts).encode()


@dataclass
class Draft:
    """The files of one atlas that an import changes; nothing is written before `finish`.

    The folder is `maps.files.locked` from before it is read until then. With ``skip_known``
    what the atlas has already is left out, else it is a problem.
    """

    folder: Path
    sheet: Sheet
    skip_known: bool = False
    tables: AtlasTables = field(init=False)
    files: dict[str, bytes] = field(default_factory=dict)
    added: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _fields: Fields = field(init=False)
    new_regions: list[str] = field(default_factory=list)  # their names
    _growing: dict[str, _Growing] = field(default_factory=dict)
    _from: dict[_Place, int] = field(default_factory=dict)  # -> line of the sheet

    def __post_init__(self) -> None:
        self._fields = Fields(self.sheet, {}, {}, ())
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

    def fields(self, known: Iterable[str], wishes: Wishes, kind: str) -> Fields:
        """Settle which column of the sheet is which field, and tell of those left aside."""
        fields = self._fields = mapped(self.sheet, known, wishes, kind)
        if fields.unused:
            names = ", ".join(f"'{name}'" for name in fields.unused)
            are = f"columns {names} are" if fields.unused[1:] else f"column {names} is"
            self.remarks.append(f'{are} not used; --map "{fields.unused[0]}=FIELD" says what it is')
        return fields

    def append(self, file: str, row: Mapping[str, str], line: int) -> None:
        """Add a row to a CSV file; ``line`` is the row of the sheet it comes from."""
        if file not in self._growing:
            self._growing[file] = _Growing((self.folder / file).read_bytes())
        self._from[file, self._growing[file].append(row)] = line
        self.added[file] += 1

    @property
    def years(self) -> range:
        """The years of the atlas."""
        first, last = (
            as_day(self.tables.settings.values[f"{end}_day"]) for end in ("first", "last")
        )
        return range(first.year, last.year + 1)

    def fault(self, entry: Entry, name: str, rule: str, message: str) -> None:
        """Tell of a fault at the cell that a field of a row was read from."""
        self.problems.append(self._fields.problem(entry, name, rule, message))

    def missing(self, entry: Entry, name: str, choices: Sequence[str] = ()) -> None:
        """Tell that a field says nothing: at the cell, or once where no column is for it."""
        allowed = f" ({', '.join(choices)})" if choices else ""
        if name in self._fields.column_of:
            self.fault(entry, name, "cell-empty", f"is empty; fill the cell{allowed}")
            return
        message = f'is in no column; --map "COLUMN={name}" or --set {name}=VALUE says it{allowed}'
        columns = f"; there are {', '.join(self._fields.unused)}" if self._fields.unused else ""
        problem = self.sheet.problem(None, name, "field-missing", message + columns)
        if problem not in self.problems:
            self.problems.append(problem)

    def known(self, line: int, where: str) -> None:
        """Tell of a row of the sheet that it is there already, and where."""
        if self.skip_known:
            self.remarks.append(f"row {line} is left out: it is {where} already")
            return
        message = f"is {where} already; delete the row, or leave such rows out with --skip-known"
        self.problems.append(self.sheet.problem(line, "", "row-known", message))

    def put(self, file: str, content: bytes, lines: Mapping[int, int], count: int) -> None:
        """Replace a file; ``lines`` gives for positions in it the row of the sheet."""
        self.files[file] = content
        self.added[file] += count
        self._from |= {(file, position): line for position, line in lines.items()}

    @contextmanager
    def would_be(self) -> Iterator[AtlasTables]:
        """Give the tables of the atlas as it would be; rows are those of its own files."""
        self.files |= {file: grown.content for file, grown in self._growing.items()}
        with tempfile.TemporaryDirectory() as made:
            copy = Path(made) / "atlas"
            shutil.copytree(self.folder, copy)
            for file, content in self.files.items():
                path = copy / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            yield load_tables(copy)

    def finish(self, *, dry_run: bool) -> Outcome:
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
            names = ", ".join(f"'{name}'" for name in self.new_regions[:_LISTED])
            more = f" and {len(self.new_regions) - _LISTED} more"
            more = more if self.new_regions[_LISTED:] else ""
            one = "; several in one cell are joined by a semicolon"
            one = one if re.search(r"[,/|]", names.replace("', '", "")) else ""
            self.remarks.append(f"new regions: {names}{more}{one}")
        created = tuple(sorted(f for f in self.files if not (self.folder / f).exists()))
        if self.files and not dry_run:
            change_files(self.folder, self.files, self.tables.files)
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
        column = self._fields.column_of.get(problem.field, problem.field)
        return replace(problem, file=self.sheet.file, row=line, field=column, message=message)


def _told_once(problems: Iterable[Problem]) -> list[Problem]:
    """Tell what is wrong in several rows alike at the first of them, and name the others."""
    alike: dict[Problem, list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        alike.setdefault(replace(problem, row=None), []).append(problem)
    told = []
    for first, *more in alike.values():
        rows = ", ".join(str(each.row) for each in more[:_LISTED])
        rest = f" and {len(more) - _LISTED} more" if more[_LISTED:] else ""
        told.append(
            replace(first, message=f"{first.message}; also row {rows}{rest}") if more else first
        )
    return told
