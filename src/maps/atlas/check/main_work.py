"""The rule for the work an atlas is built on: what it says is quoted from it.

A perspective that names a ``work`` in `atlas.toml` is the voice of that one source.
An atlas whose perspectives name none is asked for nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator

from maps.atlas.check.inventory import Inventory
from maps.atlas.model import UNSOURCED_STANCES
from maps.errors import Problem

_TOLD = (("statuses", "status_id"), ("accounts", "account_id"), ("event_dates", "event_date_id"))


def check_main_works(inventory: Inventory) -> Iterator[Problem]:
    """Check that whatever a main work is made to say rests on words quoted from it."""
    tables = inventory.tables
    works: dict[str, str] = {}
    for number, entry in enumerate(tables.settings.values["perspectives"], start=1):
        if work := entry.get("work"):
            if inventory.lacks("sources", work):
                message = inventory.advice("sources", work)
                field = f"perspectives[{number}].work"
                yield tables.settings.problem(field, "reference-unknown", message)
            else:
                works[entry["id"]] = work
    for name, subject in _TOLD:
        if name not in inventory.whole:
            continue
        quoted = {(row[subject], row["source_id"]) for row in tables["citations"] if row["quote"]}
        for row in tables[name]:
            work = works.get(row["perspective_id"])
            silent = row["stance"] in UNSOURCED_STANCES
            if work and not silent and (row["id"], work) not in quoted:
                message = (
                    f"is told by '{row['perspective_id']}' without the words it rests on; add them "
                    f"as quote to a citation of {work} with this {subject} in "
                    f"{tables['citations'].file}"
                )
                yield row.problem("id", "unquoted", message)
