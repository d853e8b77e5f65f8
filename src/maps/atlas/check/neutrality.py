"""Rules of neutrality: every side is heard, and no word of ours takes one.

They find what an atlas should not say; it could be shown all the same, so only
`maps check` runs them. CONTRIBUTING.md, "Rules for what is said", gives the
reasons, docs/decisions/0007 why they are a check. Who disagrees is not left to look agreed,
and our voice has two sides: a party is a required side of `atlas.toml` that is no
``third_party``. A word that takes a side, one of the atlas's ``[loaded_words]``, may stand in a
quotation, whose marks say that it is somebody else's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from maps.atlas.check.inventory import Inventory, by_key, mappings_in
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
# What opens a quotation, and what may close it. The single marks are also
# apostrophes: see _OPENING and without_quotations.
_MARKS = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’"}
_OPENING = re.compile(r"[\"“„«]|(?<!\w)‘(?=\S)")
_CUT = '""'  # stands where a quotation was, so that its neighbours do not become one word


class _Said(NamedTuple):
    """One text in our own voice, and where it stands."""

    place: tuple[str, int | None, str]  # file, row and id
    field: str
    lang: str
    text: str

    def problem(self, rule: str, message: str) -> Problem:
        return Problem(*self.place, self.field, rule, message)


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
    subjects = inventory.tables["point_subjects"]
    points_of = by_key((row["event_id"], row["point_id"]) for row in subjects)
    advice = "add one to accounts.csv, with stance none-found where no source was found"
    for point in inventory.tables["points"]:
        for side in required:
            if side not in heard["point_id", point["id"]]:
                message = f"has no account of the side '{side}'; {advice}"
                yield point.problem("id", "side-missing", message)
    for event in inventory.tables["events"]:
        if event["contested"] != "true":
            continue
        told = heard["event_id", event["id"]].union(
            *(heard["point_id", point] for point in points_of[event["id"]])
        )
        for side in required:
            if side not in told:
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
        message = ""
        if event["id"] in differing:
            message = (
                f"is not true, but the account '{differing[event['id']]}' differs from what is "
                "said of the event; set it to true, or correct the stance"
            )
        elif len(heard[event["id"]]) > 1 and not event["corroboration"]:
            message = (
                f"is not true, but {' and '.join(sorted(heard[event['id']]))} each have an "
                "account; set it to true, or say under corroboration in what they agree"
            )
        if message:
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
    side_of_source = {
        str(item.values.get("id")): sides.get(str(custom.get("perspective")), "")
        for item in tables.sources
        if isinstance(custom := item.values.get("custom"), dict)
    }
    cited: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in tables["citations"]:
        for column in ("status_id", "event_id"):
            cited[column, row[column]].add(side_of_source.get(row["source_id"], ""))

    def one_side(column: str, id: str) -> str:
        """Name the side that all sources of a thing are of; empty where they are of several."""
        heard = cited[column, id]
        return "" if heard & third or heard >= parties else ", ".join(sorted(heard))

    for row in tables["statuses"]:
        side = one_side("status_id", row["id"])
        if row["perspective_id"] in own and bool(side) != (row["certainty"] == _MARK):
            if side:
                message = (
                    f"is '{row['certainty']}' in our own voice, but all its sources are of one "
                    f"side ({side}); cite another or a third party, or write '{_MARK}'"
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
    found_in = cache(loaded_words_in)  # much stands in many rows
    for said in _own_voice(inventory.tables, values["languages"][0]):
        if said.lang in words and (found := found_in(said.text, words[said.lang])):
            quoted = ", ".join(f"'{word}'" for word in found)
            message = (
                f"{quoted} in our own voice; put it in quotation marks with the one who says it, "
                "or use a word that takes no side (CONTRIBUTING.md)"
            )
            yield said.problem("loaded-word", message)


def check_name_order(inventory: Inventory) -> Iterator[Problem]:
    """Check that two names of one thing stand in one order, whichever side uses which.

    In the first of ``name_languages`` the order is alphabetical, without regard to
    case and marks; the other languages, whose alphabets differ, have as many names,
    and a text of ours has them in the order of the main names.
    """
    tables = inventory.tables
    first = tables.settings.values["name_languages"][0]
    mains = [row for row in tables["names"] if row["main"] == "true"]
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
    for file, position, feature in tables.ground_features():
        name = (feature.get("properties") or {}).get(f"name_{first}")
        if isinstance(name, str):
            for rule, message in _order_faults(_names(name)):
                yield Problem(file, position, "", f"name_{first}", rule, message)
    for said in _own_voice(tables, first):
        if said.field != "form" and "/" in said.text:
            text = _BETWEEN_NAMES.sub(" / ", said.text)
            for wrong, right in reversed_pairs.items():
                if wrong in text:
                    message = f"has '{wrong}', where the main names have '{right}'; keep one order"
                    yield said.problem("name-order", message)


def loaded_words_in(text: str, beginnings: Iterable[str]) -> tuple[str, ...]:
    """List the loaded words in our own voice, folded, in order, each once.

    Words are compared without regard to case; spaces and hyphens between the
    words of a beginning may be of any kind and number.
    """
    pattern = _pattern(tuple(beginnings))
    ours = without_quotations(folded(text))
    return tuple(dict.fromkeys(" ".join(match[0].split()) for match in pattern.finditer(ours)))


def without_quotations(text: str) -> str:
    """Take the quotations out of a text; one that is never closed is left in, all of it."""
    ours: list[str] = []
    at = 0
    while opening := _OPENING.search(text, at):
        marks = f"[{_MARKS[opening[0]]}]"
        # An apostrophe inside a word ends none.
        closing = re.compile(rf"(?!’[^\W\d_]){marks}").search(text, opening.end())
        if closing is None:
            break
        ours += [text[at : opening.start()], _CUT]
        at = closing.end()
    return "".join([*ours, text[at:]])


def folded(text: str) -> str:
    """Make texts comparable that differ in case, accents of stress or invisible signs.

    The four letters I of Azerbaijani become one: which of them is the capital of
    which depends on the language, and Unicode folds them without knowing it.
    """
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKC", text).casefold()
    composed = unicodedata.normalize("NFKC", plain)
    seen = (sign for sign in composed if unicodedata.category(sign) not in ("Mn", "Cf"))
    return "".join(seen).replace("ı", "i")


@lru_cache(maxsize=64)
def _pattern(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    """Match words by their beginnings, to the end of the word."""
    wanted = sorted((folded(beginning) for beginning in beginnings), key=len, reverse=True)
    choices = "|".join(map(_loosely, wanted))
    # Digits and underscores are no letters: "1991_occupied" begins a word too.
    return re.compile(rf"(?<![^\W\d_])(?:{choices})\w*")


def _loosely(beginning: str) -> str:
    """Let a space be any spaces or hyphens, a hyphen any hyphen."""
    parts: list[str] = []
    for part in re.split(r"([\s‐-]+)", beginning.strip()):
        if part.isspace():
            parts.append(r"[\s‐–-]+")
        else:
            parts.append(r"[‐–-]".join(map(re.escape, re.split("[‐-]", part))))
    return "".join(parts)


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


def _own_voice(tables: AtlasTables, first: str) -> Iterator[_Said]:
    yield from _in_tables(tables, first)
    for lang, content in tables.catalogues.items():
        for (key, _), text in read_catalogue(content).texts.items():
            if not key.endswith(_OF_OTHERS):
                yield _Said((f"text/{lang}.po", None, key), "msgstr", lang, text)
    for feature in tables.features:
        place = (feature.file, feature.position, feature["id"])
        yield _Said(place, "note", first, feature["note"])
    attribution = tables.settings.values.get("attribution", [])
    for text in [attribution] if isinstance(attribution, str) else attribution:
        yield _Said((tables.settings.file, None, ""), "attribution", first, text)
    for origin in tables.origins:
        yield from _in_item(origin, "", origin.values, ("note",), first)
    for source in tables.sources:
        custom = source.values.get("custom")
        if isinstance(custom, dict):
            yield from _in_item(source, "custom.", custom, _OF_SOURCES, first)
    for story in tables.stories:
        yield from _in_item(story, "", story.values, _OF_STORIES, first)
        for within, step in mappings_in(story.values, "steps"):
            yield from _in_item(story, f"{within}.", step, _OF_STEPS, first)


def _in_tables(tables: AtlasTables, first: str) -> Iterator[_Said]:
    # Other columns hold ids, choices and numbers, or the words of others: quotes,
    # what is cited or placed "as printed", the forms of names.
    for name, columns in COLUMNS.items():
        ours = [c.name_in(tables[name].columns) for c in columns if c.own_voice]
        for row in tables[name]:
            for column in ours:
                if row[column]:
                    yield _Said((row.file, row.line, row["id"]), column, first, row[column])
    for row in tables["names"]:
        if row["main"] == "true":  # what we call a region; its other names are those of others
            place = (row.file, row.line, row["region_id"])
            yield _Said(place, "form", row["lang"], row["form"])
    for lang, table in tables.texts.items():
        for row in table:
            yield _Said((row.file, row.line, row["key"]), "text", lang, row["text"])


def _in_item(
    item: Item, within: str, values: Mapping[str, Any], names: tuple[str, ...], first: str
) -> Iterator[_Said]:
    """List texts given by language, and those in the first language only."""
    place = (item.file, item.position, str(item.values.get("id", "")))
    for name in names:
        said = values.get(name)
        if isinstance(said, str):
            yield _Said(place, f"{within}{name}", first, said)
        elif isinstance(said, dict):
            for lang, text in said.items():
                if isinstance(text, str):
                    yield _Said(place, f"{within}{name}.{lang}", lang, text)
