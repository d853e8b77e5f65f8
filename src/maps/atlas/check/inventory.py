"""What an atlas has: the ids of every kind, and which of its files are whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from maps.atlas.dates import as_day, dated
from maps.atlas.load import AtlasTables, Feature, Row, Table
from maps.atlas.model import Date, Timespan, in_words_of
from maps.atlas.model.columns import Column
from maps.atlas.model.tables import COLUMNS, OPTIONAL_TABLES
from maps.errors import DateUnreadable

# What a reference points into beside the tables, as a message names it.
_TARGETS: Mapping[str, str] = {
    "sources": "sources.json",
    "boundaries": "boundaries/*.geojson",
    "origins": "raw/*.origin.toml",
    "layers": "the [[layers]] of atlas.toml",
    "perspectives": "the [[perspectives]] of atlas.toml",
    "sides": "the [[sides]] of atlas.toml",
}


@dataclass(frozen=True)
class Inventory:
    """The tables with the ids in them.

    ``ids`` is None for a kind whose file could not be read: its references are
    then not checked, so one broken file does not raise a hundred problems.
    ``whole`` names the tables that have all their columns, and ``settings``.
    """

    tables: AtlasTables
    ids: Mapping[str, frozenset[str] | None]
    whole: frozenset[str]

    def lacks(self, kind: str, id: str) -> bool:
        """Tell whether an id is certainly none of its kind."""
        known = self.ids[kind]
        return known is not None and id not in known

    def choices(self, column: Column) -> tuple[str, ...]:
        """Give what may stand in a column; nothing where that is free, or cannot be known.

        Without its settings it is not known what an atlas calls its main source.
        """
        if "settings" in self.whole:
            return in_words_of(self.tables.main_source, column.choices)
        return column.choices if in_words_of("", column.choices) == column.choices else ()

    def advice(self, kind: str, id: str) -> str:
        """Say that an id is not there, and which one may have been meant."""
        near = get_close_matches(id, sorted(self.ids[kind] or ()), n=1)
        meant = f"; did you mean '{near[0]}'?" if near else "; add it there or use an id it has"
        return f"'{id}' is not in {_TARGETS.get(kind, f'{kind}.csv')}{meant}"

    @cached_property
    def above(self) -> Mapping[str, tuple[str, ...]]:
        """Each region with those it is part of, the nearest first; nothing for any other id."""
        part_of = {row["id"]: row["part_of"] for row in self.tables["regions"]}
        above: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for region in part_of:
            found: list[str] = []
            while (next_up := part_of.get(found[-1] if found else region)) and next_up not in found:
                found.append(next_up)
            above[region] = tuple(found)
        return above


def span_of(row: Row | Feature) -> Timespan | None:
    """Read the days of a row or a feature; None where a rule of days has a fault to report."""
    try:
        return dated(row)[0]
    except DateUnreadable:
        return None


def atlas_days(tables: AtlasTables) -> tuple[Date, Date]:
    """Give the first and the last day of an atlas whose settings are whole."""
    values = tables.settings.values
    return as_day(values["first_day"]), as_day(values["last_day"])


def missing_columns(table: Table, columns: tuple[Column, ...]) -> list[str]:
    """Name the columns a readable table must have and has not."""
    return [
        c.name for c in columns if c.name_in(table.columns) not in table.columns and not c.later
    ]


def take_inventory(tables: AtlasTables, *, settings_whole: bool) -> Inventory:
    """Collect the ids of an atlas as they stand in its files, right or wrong."""
    whole = {
        name
        for name, columns in COLUMNS.items()
        if tables[name].readable and not missing_columns(tables[name], columns)
    }
    broken = {problem.file for problem in tables.problems}
    # A table that may be left out, and is, holds no ids; it is not unknown what it holds.
    whole |= {
        name
        for name in OPTIONAL_TABLES
        if tables[name].file not in tables.files and tables[name].file not in broken
    }
    ids: dict[str, frozenset[str] | None] = {
        name: frozenset(row["id"] for row in tables[name]) if name in whole else None
        for name in COLUMNS
    }
    listed = (item.values.get("id") for item in tables.sources)
    ids["sources"] = None if "sources.json" in broken else _texts(listed)
    broken_origin = any(file.endswith(".origin.toml") for file in broken)
    recorded = (item.values.get("id") for item in tables.origins)
    ids["origins"] = None if broken_origin else _texts(recorded)
    for kind in ("layers", "perspectives", "sides"):
        entries = tables.settings.values.get(kind) if settings_whole else None
        ids[kind] = _texts(entry["id"] for entry in entries) if entries else None
    ids["boundaries"] = _boundary_ids(tables, ids["layers"])
    if settings_whole:
        whole.add("settings")
    return Inventory(tables, ids, frozenset(whole))


def _boundary_ids(tables: AtlasTables, layers: frozenset[str] | None) -> frozenset[str] | None:
    wanted = {f"boundaries/{layer}.geojson" for layer in layers or ()}
    broken = any(problem.file in tables.layer_files for problem in tables.problems)
    if broken or not wanted.issubset(tables.layer_files):
        return None
    return frozenset(feature["id"] for feature in tables.features)


def _texts(values: object) -> frozenset[str]:
    return frozenset(value for value in values if isinstance(value, str))  # type: ignore[attr-defined]
