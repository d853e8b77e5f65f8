"""Everything that can go wrong: each error is a `MapsError` with one clear line.

Faults in an atlas are gathered as `Problem` records, not thrown one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from maps.characters import in_line

# What a line of a problem shows of its parts, and of the values that it quotes.
_LONGEST_PART, _LONGEST_MESSAGE = 120, 600


@dataclass(frozen=True)
class Problem:
    """One fault in an atlas, said so that its editor can find and mend it.

    ``row`` is the line of a CSV file (the header is 1), the position of a
    feature or of a JSON item (the first is 1), or the line of a syntax error;
    None where the whole file is meant. ``rule`` is a kebab-case word that stays
    the same from release to release; ``message`` names the value and what would
    do, but not the place, which `str` puts in front of it.
    """

    file: str
    row: int | None
    id: str
    field: str
    rule: str
    message: str

    def __str__(self) -> str:
        where = in_line(self.file, _LONGEST_PART)
        if self.row is not None:
            where += f" row {self.row}"
        if self.id:
            where += f" ({in_line(self.id, _LONGEST_PART)})"
        return f"{where} {self.at_its_row}" if self.field else f"{where}: {self.at_its_row}"

    @property
    def at_its_row(self) -> str:
        """What is wrong, for whoever has the row before their eyes."""
        field = f"{in_line(self.field, _LONGEST_PART)}: " if self.field else ""
        return field + in_line(self.message, _LONGEST_MESSAGE)

    def as_json(self) -> dict[str, object]:
        """Give the record as `maps check --format json` prints it."""
        return asdict(self)


class MapsError(Exception):
    """The base of all errors of this package; its text is fit to be shown."""


class DateUnreadable(MapsError, ValueError):
    """A text is neither an EDTF date nor an ISO day, or names an impossible one."""


class AtlasInvalid(MapsError):
    """An atlas cannot be opened; ``problems`` holds every fault found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = [str(problem) for problem in self.problems[:5]]
        left = len(self.problems) - len(shown)
        if left > 0:
            shown.append(f"… and {left} more; `maps check` lists them all")
        super().__init__("\n".join(shown))


class UnknownId(MapsError, LookupError):
    """An id was asked for that the atlas does not have."""


class DayOutsideAtlas(MapsError, ValueError):
    """A day lies before the first or after the last day of the atlas."""


class DateUnusable(MapsError, ValueError):
    """A day chosen for an event is given by no source, or cannot be shown."""


class AssetMissing(MapsError):
    """An installed file the product needs is missing or cannot be read."""


class ExportFailed(MapsError):
    """A picture, page or data file could not be made."""


class BuildFailed(MapsError):
    """Derived files could not be made from the raw extracts of an atlas."""


class DatabaseUnusable(MapsError):
    """A database cannot be reached, holds no atlas, or cannot take one."""


class ClusterUnusable(MapsError):
    """A cluster cannot be reached, was lost, or would make other bytes than are made here."""


class AtlasExists(MapsError):
    """A new atlas was to be written into a folder that has something in it."""


class FolderBusy(MapsError):
    """Another run, or another program, is changing the same files."""


class ImportRefused(MapsError):
    """A file could not be imported and nothing was changed; ``problems`` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class OutputLost(MapsError):
    """Standard output is closed or full."""


class PortTaken(MapsError):
    """The dashboard cannot listen on the address and port it was given."""
