"""Rules of balance: who disagrees is not left to look agreed, and our voice has two sides.

A party is a required side of `atlas.toml` that is no ``third_party``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from maps.atlas.check.inventory import Inventory
from maps.atlas.model import UNSOURCED_STANCES
from maps.errors import Problem

_DIFFERING = ("says-otherwise", "in-part")
_MARK = "one-sided"


def check_stances(inventory: Inventory) -> Iterator[Problem]:
    """Check that no account is measured from a question, or at odds with an agreed event.

    What two sides say of an event is contested, or ``corroboration`` says in what they agree.
    """
    sides, third = _sides(inventory), _third_parties(inventory)
    differing: dict[str, str] = {}
    heard: defaultdict[str, set[str]] = defaultdict(set)
    for row in inventory.tables["accounts"]:
        if row["point_id"] and row["stance"] == "says-otherwise":
            message = "is no stance to a question, which each answers in their way; write 'says'"
            yield row.problem("stance", "stance-of-point", message)
        if row["event_id"] and row["stance"] in _DIFFERING:
            differing.setdefault(row["event_id"], row["id"])
        side = sides.get(row["perspective_id"], "")
        if row["stance"] not in UNSOURCED_STANCES and side not in third:
            heard[row["event_id"]].add(side)
    for event in inventory.tables["events"]:
        if event["contested"] == "true":
            continue
        if event["id"] in differing:
            message = (
                f"is not true, but the account '{differing[event['id']]}' differs from what is "
                "said of the event; set it to true, or correct the stance"
            )
            yield event.problem("contested", "contested-untold", message)
        elif len(heard[event["id"]]) > 1 and not event["corroboration"]:
            message = (
                f"is not true, but {' and '.join(sorted(heard[event['id']]))} each have an "
                "account; set it to true, or say under corroboration in what they agree"
            )
            yield event.problem("contested", "contested-untold", message)


def check_own_voice(inventory: Inventory) -> Iterator[Problem]:
    """Check that our own voice rests on each party or on a third one, or says that it does not.

    A status says it by its certainty, an event of ours by what stands under ``corroboration``.
    """
    tables = inventory.tables
    values = tables.settings.values
    own = {entry["id"] for entry in values["perspectives"] if entry.get("own_voice")}
    if not own:
        return
    sides, third = _sides(inventory), _third_parties(inventory)
    parties = {side["id"] for side in values.get("sides", []) if side["required"]} - third
    tellers = {
        str(item.values.get("id")): custom.get("perspective", "")
        for item in tables.sources
        if isinstance(custom := item.values.get("custom"), dict)
    }
    cited: dict[str, defaultdict[str, set[str]]] = {
        column: defaultdict(set) for column in ("status_id", "event_id")
    }
    for row in tables["citations"]:
        for column, found in cited.items():
            found[row[column]].add(sides.get(tellers.get(row["source_id"], ""), ""))
    for row in tables["statuses"]:
        heard = cited["status_id"][row["id"]]
        lopsided = bool(heard) and not (heard & third or heard >= parties)
        if row["perspective_id"] in own and lopsided != (row["certainty"] == _MARK):
            if lopsided:
                message = (
                    f"is '{row['certainty']}' in our own voice, but all its sources are of one "
                    f"side ({', '.join(sorted(heard))}); cite another or a third party, "
                    f"or write '{_MARK}'"
                )
            else:
                message = f"is '{_MARK}', but several sides are cited; write how sure it is"
            yield row.problem("certainty", "one-sided", message)
    for row in tables["events"]:
        heard = cited["event_id"][row["id"]]
        lopsided = bool(heard) and not (heard & third or heard >= parties)
        if row["layer"] == "context" and lopsided and not row["corroboration"]:
            message = (
                f"is empty, but all sources of the event are of one side "
                f"({', '.join(sorted(heard))}); cite another or a third party, or say so here"
            )
            yield row.problem("corroboration", "one-sided", message)


def _third_parties(inventory: Inventory) -> set[str]:
    """Give the sides that are no party; who has no side stands outside too."""
    sides = inventory.tables.settings.values.get("sides", [])
    return {"", *(side["id"] for side in sides if side.get("third_party"))}


def _sides(inventory: Inventory) -> dict[str, str]:
    """Give the side of each perspective, empty where it has none."""
    perspectives = inventory.tables.settings.values["perspectives"]
    return {entry["id"]: entry.get("side", "") for entry in perspectives}
