"""Ids: of what a file names, and new ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from maps.atlas.intake.draft import Draft
from maps.atlas.intake.text import alike
from maps.atlas.model.columns import LONGEST_ID, Column

_LONGEST = LONGEST_ID - 20  # a year or a number may follow


def kebab(text: str, otherwise: str = "") -> str:
    """Make an id of a name in any script, ``otherwise`` of one that has no letter we can write."""
    plain = "".join(c if c.isascii() else _latin(c) for c in unicodedata.normalize("NFC", text))
    id = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return id[:_LONGEST].strip("-") or otherwise


def _latin(character: str) -> str:
    from text_unidecode import unidecode  # noqa: PLC0415 - reads its tables once, where needed

    # Signs that stand for a soft or a hard sign would part a word in two.
    return str(unidecode(character)).strip("'`\"")


def fitting(said: str, column: Column) -> str:
    """Give an id or a choice as its column has it, where it is written in another way."""
    if column.choices:
        return next((each for each in column.choices if kebab(each) == kebab(said)), said)
    return said if not said or column.id_form.fullmatch(said) else kebab(said)


def id_of_date(edtf: str) -> str:
    """Give a date as it stands in an id: years before the year 1 as 44-bce."""
    return re.sub(r"^-(\d{4})", lambda year: f"{int(year[1]) + 1}-bce", edtf)


def fresh(wanted: str, taken: Collection[str]) -> str:
    """Give an id that is not taken, with a number where it must be."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def parts(text: str) -> list[str]:
    """Split a cell that holds a list joined by ``;``."""
    return [part.strip() for part in text.split(";") if part.strip()]


class RegionFinder:
    """Finds the region a file means, by id or by any of its names."""

    def __init__(self, draft: Draft, *, create: bool) -> None:
        self._draft = draft
        self._create = create
        self.ids = {row["id"] for row in draft.tables["regions"]}
        self._named: dict[str, set[str]] = {}
        # Pieces that only paint bear the name of what they are a piece of.
        pieces = {r["id"] for r in draft.tables["regions"] if r["kind"] == "control-unit"}
        for row in sorted(draft.tables["names"], key=lambda row: row["region_id"] in pieces):
            if row["region_id"] in pieces and alike(row["form"]) in self._named:
                continue
            self._named.setdefault(alike(row["form"]), set()).add(row["region_id"])

    def find(self, said: str, line: int, name: str = "") -> tuple[str, str]:
        """Give the id, and what is wrong where there is none; exactly one is empty.

        A region that is not there is created where that was asked for.
        """
        if said in self.ids:
            return said, ""
        named = self._named.get(alike(said), set())
        if len(named) == 1:
            return next(iter(named)), ""
        if named:
            return "", f"'{said}' is the name of {_joined(named)}; write the id of one"
        joined = [part.strip() for part in re.split(r"[,/|]", said) if part.strip()]
        if len(joined) > 1 and all(p in self.ids or alike(p) in self._named for p in joined):
            return (
                "",
                f"'{said}' are several regions; join them by a semicolon: {'; '.join(joined)}",
            )
        if self._create:
            return self._created(said, name or said, line), ""
        return "", f"'{said}' is no region of the atlas{self._advice(said)}"

    def known(self, said: str) -> str:
        """Give the id of a region that is there, else what two spellings of the name share."""
        named = self._named.get(alike(said), set())
        return said if said in self.ids else next(iter(named)) if len(named) == 1 else alike(said)

    def _advice(self, said: str) -> str:
        near = get_close_matches(said, [*self.ids, *self._named], n=1)
        meant = f"; did you mean '{near[0]}'?" if near else ""
        return f"{meant}; --create-regions makes it" if not self._create else meant

    def _created(self, said: str, name: str, line: int) -> str:
        id = fresh(kebab(said, "region"), self.ids)
        self._draft.new_regions.append(name)
        self.ids.add(id)
        self._named.setdefault(alike(said), set()).add(id)
        self._draft.append("regions.csv", {"id": id, "kind": "region"}, line)
        for lang in self._draft.tables.settings.values["name_languages"]:
            row = {"region_id": id, "lang": lang, "form": name, "main": "true"}
            self._draft.append("names.csv", row, line)
        return id


def _joined(ids: Iterable[str]) -> str:
    return ", ".join(sorted(ids))
