"""Rules of neutrality: every side is heard, and no word of ours takes one.

They find what an atlas should not say; it could be shown all the same, so only
`maps check` runs them. CONTRIBUTING.md, "Rules for what is said", gives the
reasons, docs/decisions/0007 why they are a check. Who disagrees is not left to look agreed,
and our voice has two sides: a party is a required side of `atlas.toml` that is no
``third_party``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from maps.atlas.check.inventory import Inventory
from maps.atlas.check.wording import loaded_words_in
from maps.atlas.load import AtlasTables, Item
from maps.atlas.model import UNSOURCED_STANCES
from maps.atlas.model.tables import COLUMNS
from maps.catalogue import read_catalogue
from maps.errors import Problem

_OF_SOURCES = ("confidence", "confidence_reason", "note")
_OF_STORIES = ("title", "lead")
_OF_STEPS = ("title", "text", "beside", "locator")
_OF_OTHERS = (".quote", ".quote_translation", ".place_as_printed")  # translated like the rest
_DIFFERING = ("says-otherwise", "in-part")
_MARK = "one-sided"
_BETWEEN_NAMES = re.compile(r"\s+/\s+")


class _Said(NamedTuple):
    """One text in our own voice, and where it stands."""

    file: str
    row: int | None
    id: str
    field: str
    lang: str
    text: str


def check_sides(inventory: Inventory) -> Iterator[Problem]:
    """Check that each contested point and event has an account of each required side.

    Accounts of a point count for the events it is about. An account by which a
    side is silent, or of which no source was found, counts: it says so.
    """
    values = inventory.tables.settings.values
    required = [side["id"] for side in values.get("sides", []) if side["required"]]
    side_of = _sides(inventory)
    heard: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in inventory.tables["accounts"]:
        for column in ("point_id", "event_id"):
            heard[column, row[column]].add(side_of.get(row["perspective_id"], ""))
    points_of: dict[str, list[str]] = defaultdict(list)
    for row in inventory.tables["point_subjects"]:
        points_of[row["event_id"]].append(row["point_id"])
    advice = "add one to accounts.csv, with stance none-found where no source was found"
    for point in inventory.tables["points"]:
        for side in _missing(required, heard["point_id", point["id"]]):
            message = f"has no account of the side '{side}'; {advice}"
            yield point.problem("id", "side-missing", message)
    for event in inventory.tables["events"]:
        if event["contested"] != "true":
            continue
        told = heard["event_id", event["id"]].union(
            *(heard["point_id", point] for point in points_of[event["id"]])
        )
        for side in _missing(required, told):
            message = f"has no account of the side '{side}', nor has a point about it; {advice}"
            yield event.problem("contested", "side-missing", message)


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

    def one_side(column: str, id: str) -> str:
        """Name the side that all sources of a thing are of; empty where they are of several."""
        heard = cited[column][id]
        return "" if heard & third or heard >= parties else ", ".join(sorted(heard))

    for row in tables["statuses"]:
        side = one_side("status_id", row["id"])
        if row["perspective_id"] in own and bool(side) != (row["certainty"] == _MARK):
            if side:
                message = (
                    f"is '{row['certainty']}' in our own voice, but all its sources are of one "
                    f"side ({side}); cite another or a third party, "
                    f"or write '{_MARK}'"
                )
            else:
                message = f"is '{_MARK}', but several sides are cited; write how sure it is"
            yield row.problem("certainty", "one-sided", message)
    for row in tables["events"]:
        side = one_side("event_id", row["id"])
        if row["layer"] == "context" and side and not row["corroboration"]:
            message = (
                f"is empty, but all sources of the event are of one side ({side}); cite another "
                "or a third party, or say so here"
            )
            yield row.problem("corroboration", "one-sided", message)


def check_words(inventory: Inventory) -> Iterator[Problem]:
    """Check that no loaded word stands in our own voice."""
    values = inventory.tables.settings.values
    words = {lang: tuple(listed) for lang, listed in values.get("loaded_words", {}).items()}
    first = values["languages"][0]
    known: dict[tuple[str, str], tuple[str, ...]] = {}  # much stands in many rows
    for said in _own_voice(inventory, first):
        if said.lang not in words:
            continue
        if (said.lang, said.text) not in known:
            known[said.lang, said.text] = loaded_words_in(said.text, words[said.lang])
        if found := known[said.lang, said.text]:
            quoted = ", ".join(f"'{word}'" for word in found)
            message = (
                f"{quoted} in our own voice; put it in quotation marks with the one who says it, "
                "or use a word that takes no side (CONTRIBUTING.md)"
            )
            yield Problem(said.file, said.row, said.id, said.field, "loaded-word", message)


def check_name_order(inventory: Inventory) -> Iterator[Problem]:
    """Check that two names of one thing stand in one order, whichever side uses which.

    In the first of ``name_languages`` the order is alphabetical, without regard to
    case and marks; the other languages, whose alphabets differ, have as many names,
    and a text of ours has them in the order of the main names.
    """
    languages = inventory.tables.settings.values["name_languages"]
    first = languages[0]
    mains = [row for row in inventory.tables["names"] if row["main"] == "true"]
    paired = {row["region_id"]: _names(row["form"]) for row in mains if row["lang"] == first}
    reversed_pairs: dict[str, str] = {}
    for row in mains:
        names, wanted = _names(row["form"]), paired.get(row["region_id"], [])
        if row["lang"] == first:
            yield from (row.problem("form", *fault) for fault in _order_faults(names))
        elif len(names) != len(wanted) and len(names) > 1:
            message = f"has {len(names)} names, but {len(wanted)} in '{first}'; give as many"
            yield row.problem("form", "name-order", message)
        reversed_pairs.update((f"{b} / {a}", f"{a} / {b}") for a, b in pairwise(names))
    for file, position, name in _names_of_ground(inventory.tables, first):
        for rule, message in _order_faults(_names(name)):
            yield Problem(file, position, "", f"name_{first}", rule, message)
    for said in _own_voice(inventory, first):
        if said.field != "form" and "/" in said.text:
            text = _BETWEEN_NAMES.sub(" / ", said.text)
            for wrong, right in reversed_pairs.items():
                if wrong in text:
                    message = f"has '{wrong}', where the main names have '{right}'; keep one order"
                    yield Problem(said.file, said.row, said.id, said.field, "name-order", message)


def _third_parties(inventory: Inventory) -> set[str]:
    """Give the sides that are no party; who has no side stands outside too."""
    sides = inventory.tables.settings.values.get("sides", [])
    return {"", *(side["id"] for side in sides if side.get("third_party"))}


def _sides(inventory: Inventory) -> dict[str, str]:
    """Give the side of each perspective, empty where it has none."""
    perspectives = inventory.tables.settings.values["perspectives"]
    return {entry["id"]: entry.get("side", "") for entry in perspectives}


def _names(form: str) -> list[str]:
    return _BETWEEN_NAMES.split(form)


def _order_faults(names: list[str]) -> Iterator[tuple[str, str]]:
    in_order = sorted(names, key=_plain_letters)
    if names != in_order:
        message = f"'{' / '.join(names)}' is not in the order of the alphabet; write "
        yield "name-order", f"{message}'{' / '.join(in_order)}', the same everywhere"


def _plain_letters(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _names_of_ground(tables: AtlasTables, lang: str) -> Iterator[tuple[str, int, str]]:
    for part, collection in tables.ground.items():
        for position, feature in enumerate(collection["features"], start=1):
            name = (feature.get("properties") or {}).get(f"name_{lang}")
            if isinstance(name, str):
                yield f"basemap/{tables.basemap.values[part]}", position, name


def _missing(required: list[str], told: set[str]) -> list[str]:
    return [side for side in required if side not in told]


def _own_voice(inventory: Inventory, first: str) -> Iterator[_Said]:
    yield from _of_tables(inventory.tables, first)
    yield from _of_files(inventory.tables, first)
    for story in inventory.tables.stories:
        yield from _of_story(story, first)
    for lang, content in inventory.tables.catalogues.items():
        for (place, _), said in read_catalogue(content).texts.items():
            if not place.endswith(_OF_OTHERS):
                yield _Said(f"text/{lang}.po", None, place, "msgstr", lang, said)


def _of_tables(tables: AtlasTables, first: str) -> Iterator[_Said]:
    # Other columns hold ids, choices and numbers, or the words of others: quotes,
    # what is cited or placed "as printed", the forms of names.
    for name, columns in COLUMNS.items():
        ours = [c.name_in(tables[name].columns) for c in columns if c.own_voice]
        for row in tables[name]:
            for column in ours:
                if row[column]:
                    yield _Said(row.file, row.line, row["id"], column, first, row[column])
    for row in tables["names"]:
        if row["main"] == "true":  # what we call a region; its other names are those of others
            yield _Said(row.file, row.line, row["region_id"], "form", row["lang"], row["form"])
    for lang, table in tables.texts.items():
        for row in table:
            yield _Said(row.file, row.line, row["key"], "text", lang, row["text"])


def _of_files(tables: AtlasTables, first: str) -> Iterator[_Said]:
    for feature in tables.features:
        place = (feature.file, feature.position, feature["id"])
        yield _Said(*place, "note", first, feature["note"])
    for origin in tables.origins:
        yield from _plain(origin, "", origin.values, ("note",), first)
    for source in tables.sources:
        custom = source.values.get("custom")
        if isinstance(custom, dict):
            yield from _plain(source, "custom.", custom, _OF_SOURCES, first)
    attribution = tables.settings.values.get("attribution", [])
    for text in [attribution] if isinstance(attribution, str) else attribution:
        yield _Said(tables.settings.file, None, "", "attribution", first, text)


def _of_story(story: Item, first: str) -> Iterator[_Said]:
    yield from _spoken(story, "", story.values, _OF_STORIES, first)
    steps = story.values.get("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else [], start=1):
        if isinstance(step, dict):
            yield from _spoken(story, f"steps[{number}].", step, _OF_STEPS, first)


def _spoken(
    item: Item, place: str, values: Mapping[str, Any], names: tuple[str, ...], first: str
) -> Iterator[_Said]:
    """List texts given by language, and those in the first language only."""
    for name in names:
        said = values.get(name)
        if isinstance(said, dict):
            yield from _each_language(item, f"{place}{name}", said)
        else:
            yield from _plain(item, place, values, (name,), first)


def _each_language(item: Item, field: str, said: Mapping[str, Any]) -> Iterator[_Said]:
    id = str(item.values.get("id", ""))
    for lang, text in said.items():
        if isinstance(text, str):
            yield _Said(item.file, item.position, id, f"{field}.{lang}", lang, text)


def _plain(
    item: Item, place: str, values: Mapping[str, Any], names: tuple[str, ...], lang: str
) -> Iterator[_Said]:
    id = str(item.values.get("id", ""))
    for name in names:
        if isinstance(values.get(name), str):
            yield _Said(item.file, item.position, id, f"{place}{name}", lang, values[name])
