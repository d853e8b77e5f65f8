"""`AtlasTables` to an `Atlas`, or every problem at once.

Two depths of checking: `find_faults` is the quick pass that guarantees that
`build_atlas` cannot fail, run whenever an atlas is opened; `check_tables` adds
what takes longer (the Frictionless descriptor, overlapping boundaries, the
hashes of the raw extracts), run by ``maps check``.
"""

from __future__ import annotations

from pathlib import Path

from maps.errors import AtlasInvalid, Problem
from maps.load import AtlasTables, default_atlas_folder, load_tables
from maps.model import Atlas
from maps.validate.build import build_atlas

__all__ = ["build_atlas", "check_tables", "find_faults", "open_atlas"]


def find_faults(tables: AtlasTables) -> list[Problem]:
    """Find what would keep an atlas from being built; empty where nothing would."""
    return list(tables.problems)


def check_tables(tables: AtlasTables) -> list[Problem]:
    """Find every problem of an atlas, in order of file and row."""
    return find_faults(tables)


def open_atlas(folder: Path | str | None = None, lang: str = "en") -> Atlas:
    """Read, check and assemble an atlas; without a folder, the shipped one.

    Raises
    ------
    AtlasInvalid
        If anything keeps it from being built; carries every problem found.
    """
    tables = load_tables(default_atlas_folder() if folder is None else folder)
    problems = find_faults(tables)
    if problems:
        raise AtlasInvalid(problems)
    return build_atlas(tables, lang)
