"""How a table is declared: beside each field of a record, the column that fills it.

``hue: Annotated[float, Column(kind="hue", required=True)]`` says all there is to say
of a column. What a cell may hold (`maps.atlas.check.columns`), the record made of a
row (`maps.atlas.assemble`), ``datapackage.json`` and the tables of the documents
(`maps.atlas.describe`), and the columns an import knows follow from it. A field that
says nothing is filled from other tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Annotated, Literal, get_args, get_origin, get_type_hints

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Ids of the editors' file: A01, X38b, N3. No dot: text keys are split at dots.
EDITORS = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
LONGEST_ID = 100  # pages and pictures are called after ids
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
WHOLE = re.compile(r"-?\d{1,9}")

WIKIDATA = re.compile(r"Q[1-9][0-9]*")
LONGEST_NAME = 1000  # what finds room on no map, and keeps a sheet busy for minutes

Kind = Literal[
    "text", "id", "edtf", "day", "number", "whole", "flag", "hue", "language", "name", "wikidata"
]
# Of a column that names none, by the type of its field.
_KINDS: Mapping[object, Kind] = {
    bool: "flag",
    int: "whole",
    float: "number",
    float | None: "number",
}


@dataclass(frozen=True)
class Column:
    """What may stand in one column; an empty cell is only refused where required.

    ``name`` and ``kind`` are those of the field and of its type where nothing else is
    said. A column that came ``later`` than its table may be missing from the header,
    so that an atlas of the former form still opens.
    """

    help: str = ""  # for a reader of docs/data-model.md, where the name does not say it
    name: str = ""
    kind: Kind | None = None
    required: bool = False
    refers: str = ""  # the table, or the part of atlas.toml, that its ids stand in
    is_list: bool = False
    choices: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()  # what may stand here unless datapackage.json has an enum
    id_form: re.Pattern[str] = EDITORS
    limit: int | None = None  # a number runs from -limit to limit
    own_voice: bool = False  # our own words, in the atlas's first language
    prose: bool = False  # what a reader is shown as it stands, and text/<lang>.po translates
    words: tuple[str, ...] = ()  # of prose: what the interface has a word for
    later: bool = False
    first: bool = False  # stands at the head of the table, behind the id
    formerly: str = ""  # the name that headers written before have
    renamed: tuple[tuple[str, str], ...] = ()  # choices of before, each with the one to write now

    def name_in(self, header: Collection[str]) -> str:
        """Give the name a header has for the column: its own, or the former one."""
        former = self.formerly in header and self.name not in header
        return self.formerly if former else self.name


@dataclass(frozen=True)
class Text:
    """A field that comes from ``text/<lang>.csv``; ``{}`` in the key is the record's id."""

    key: str


@cache
def fields_of(record: type) -> Mapping[str, tuple[Column, ...] | Text]:
    """Give what each field of a record is filled with; other fields are left out."""
    found: dict[str, tuple[Column, ...] | Text] = {}
    for field, hint in get_type_hints(record, include_extras=True).items():
        if get_origin(hint) is not Annotated:
            continue
        type_, *said = get_args(hint)
        kind, is_list = _KINDS.get(type_, "text"), type_ == tuple[str, ...]
        texts = [part for part in said if isinstance(part, Text)]
        found[field] = (
            texts[0]
            if texts
            else tuple(
                replace(c, name=c.name or field, kind=c.kind or kind, is_list=c.is_list or is_list)
                for c in said
            )
        )
    return MappingProxyType(found)


@cache
def columns_of(record: type) -> tuple[Column, ...]:
    """List the columns of a table whose rows become such records, in their order."""
    said = fields_of(record).values()
    columns = [column for part in said if not isinstance(part, Text) for column in part]
    return tuple(sorted(columns, key=lambda c: 0 if c.kind == "id" else 1 if c.first else 2))


def text_keys(record: type) -> tuple[str, ...]:
    """List the keys of the texts a record needs, with ``{}`` for its id."""
    return tuple(part.key for part in fields_of(record).values() if isinstance(part, Text))
