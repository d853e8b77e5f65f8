"""What the command line says of what it made: an atlas, an import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maps.atlas.intake import Outcome
from maps.atlas.load.database import shown
from maps.characters import text_of_lines
from maps.errors import Problem
from maps.words.i18n import texts


def new_text(folder: Path, written: Sequence[str], *, empty: bool) -> str:
    """Say what a new atlas consists of, and how to go on."""
    key = "new.empty" if empty else "new.written"
    return texts("en").t(key, folder=folder, count=len(written))


def load_text(count: int, address: str) -> str:
    """Say that an atlas lies in a database now."""
    return texts("en").t("load.done", count=count, address=shown(address))


def import_text(file: Path, outcome: Outcome, *, written: bool) -> str:
    """Say what an import added, file by file, and what it left aside."""
    spoken = texts("en")
    lines = [spoken.t("import.done" if written else "import.would", file=file)]
    for name, count in outcome.added.items():
        key = "import.created" if name in outcome.created else "import.added"
        lines.append(spoken.t(key, file=name, count=count))
    return text_of_lines((*lines, *outcome.remarks))


def refused_text(file: Path, problems: Sequence[Problem]) -> str:
    """List why nothing was imported."""
    summary = texts("en").t("import.not_imported", count=len(problems), file=file)
    return text_of_lines((*map(str, problems), summary))
