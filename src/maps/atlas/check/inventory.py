"""What an atlas has, its ids and whole files; and how the rules look at its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any, TypeVar

from maps.atlas.dates import as_day, dated, parse_date_text
from maps.atlas.load import AtlasTables, Feature, Item, Row, Table
from maps.atlas.model import Date, DateText, Timespan, in_words_of
from maps.atlas.model.columns import Column
from maps.atlas.model.tables import COLUMNS, OPTIONAL_TABLES
from maps.errors import DateUnreadable, Problem

Key = TypeVar("Key")
Thing = TypeVar("Thing")
Placed = TypeVar("Placed", Row, Feature, Item)

ID_FORM = "is no id; use letters a-z, digits and single hyphens"
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

    def rows(self, name: str) -> tuple[Row, ...]:
        """Give the rows of a table that is whole; none of any other."""
        return self.tables[name].rows if name in self.whole else ()

    def unknown(self, kind: str, id: str) -> str:
        """Say that an id is none of its kind and which may have been meant; empty if it may be."""
        known = self.ids[kind]
        if known is None or id in known:
            return ""
        near = get_close_matches(id, sorted(known), n=1)
        meant = f"; did you mean '{near[0]}'?" if near else "; add it there or use an id it has"
        return f"'{id}' is not in {_TARGETS.get(kind, f'{kind}.csv')}{meant}"

    def choices(self, column: Column) -> tuple[str, ...]:
        """Give what may stand in a column; nothing where that is free, or cannot be known.

        Without its settings it is not known what an atlas calls its main source.
        """
        if "settings" in self.whole:
            return in_words_of(self.tables.main_source, column.choices)
        return column.choices if in_words_of("", column.choices) == column.choices else ()

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


def date_of(row: Row | Feature, field: str, day_field: str = "") -> DateText | None:
    """Read a date and the day it turns on; None where it is empty, or has a fault as above."""
    if not row[field]:
        return None  # the library of EDTF would be loaded for it
    try:
        return parse_date_text(row[field], row[day_field] if day_field else "")
    except DateUnreadable:
        return None


def day_of(row: Row | Feature, field: str, day_field: str = "") -> Date | None:
    """Give the day that a date turns on; None also where it is open and none was named."""
    when = date_of(row, field, day_field)
    return None if when is None else when.used


def atlas_days(tables: AtlasTables) -> tuple[Date, Date]:
    """Give the first and the last day of an atlas whose settings are whole."""
    values = tables.settings.values
    return as_day(values["first_day"]), as_day(values["last_day"])


def outside(tables: AtlasTables, day: Date) -> str:
    """Say that a day is none of an atlas whose settings are whole; empty where it is one."""
    first, last = atlas_days(tables)
    inside = first <= day <= last
    return "" if inside else f"{day} is outside the atlas, which runs from {first} to {last}"


def by_key(keyed: Iterable[tuple[Key, Thing]]) -> defaultdict[Key, list[Thing]]:
    """Gather things by their key, in their order; nothing under any other key."""
    groups: defaultdict[Key, list[Thing]] = defaultdict(list)
    for key, thing in keyed:
        groups[key].append(thing)
    return groups


def repeated(keyed: Iterable[tuple[Key, Thing]]) -> Iterator[tuple[Key, Thing, Thing]]:
    """Give each thing whose key stood before, and the first that had it."""
    first: dict[Key, Thing] = {}
    for key, thing in keyed:
        if (earlier := first.setdefault(key, thing)) is not thing:
            yield key, thing, earlier


def ids_twice(
    keyed: Iterable[tuple[str, Placed]], where: Callable[[Placed], str]
) -> Iterator[Problem]:
    """Tell of each thing whose id stood before; ``where`` names the place of the first."""
    for id, thing, first in repeated(keyed):
        if id:
            message = f"'{id}' is already the id of {where(first)}; each id stands once"
            yield thing.problem("id", "id-twice", message)


def mappings_in(values: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the objects of a list that may be none, each with its field, as ``steps[1]``."""
    listed = values.get(name)
    for number, held in enumerate(listed if isinstance(listed, list) else (), start=1):
        if isinstance(held, dict):
            yield f"{name}[{number}]", held


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
    broken_origin = any(file.endswith(".origin.toml") for file in broken)
    ids["sources"] = None if "sources.json" in broken else _ids(tables.sources)
    ids["origins"] = None if broken_origin else _ids(tables.origins)
    for kind in ("layers", "perspectives", "sides"):
        entries = tables.settings.values.get(kind) if settings_whole else None
        ids[kind] = frozenset(entry["id"] for entry in entries) if entries else None
    layer_files = {f"boundaries/{layer}.geojson" for layer in ids["layers"] or ()}
    is_known = broken.isdisjoint(tables.layer_files) and layer_files.issubset(tables.layer_files)
    ids["boundaries"] = frozenset(f["id"] for f in tables.features) if is_known else None
    if settings_whole:
        whole.add("settings")
    return Inventory(tables, ids, frozenset(whole))


def _ids(items: Iterable[Item]) -> frozenset[str]:
    listed = (item.values.get("id") for item in items)
    return frozenset(id for id in listed if isinstance(id, str))
