"""Rules for `stories/*.toml`: nothing found means that every step can be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from maps.atlas.check.inventory import Inventory, atlas_days
from maps.atlas.check.settings import EVERYONE, EXTENT, is_extent, is_id, is_text
from maps.atlas.dates import as_day
from maps.atlas.load import Item
from maps.atlas.model import BY_TELLER
from maps.errors import DateUnreadable, Problem

Faults = Iterator[tuple[str, str, str]]  # field, rule and message

_STORY_KEYS = ("id", "source", "title", "lead", "steps")
_STEP_TEXTS = ("title", "text", "beside")
# Key of a step -> what its value, or each value of its list, is the id of.
_REFERENCES = {"event": "events", "region": "regions"}
_LISTS = {"beside_points": "points", "beside_events": "events", "beside_notes": "notes"}
_PLAIN = ("locator", "quote", "quote_lang")
_STEP_KEYS = (
    "id", "day", "mode", "perspective", *_REFERENCES, "bbox", *_PLAIN, *_LISTS, *_STEP_TEXTS,
)  # fmt: skip


def check_stories(inventory: Inventory) -> Iterator[Problem]:
    """Check each story and each of its steps."""
    for story in inventory.tables.stories:
        for field, rule, message in _story_faults(inventory, story):
            yield story.problem(field, rule, message)


def _story_faults(inventory: Inventory, story: Item) -> Faults:
    values = story.values
    yield from _unknown_keys("", values, _STORY_KEYS, "a story")
    stem = PurePosixPath(story.file).stem
    if not is_id(stem):
        yield "id", "id-form", f"the file is called '{stem}'; use a-z, digits and single hyphens"
    elif values.get("id") != stem:
        message = f'{values.get("id")!r} is not the name of the file; write "{stem}"'
        yield "id", "story-id", message
    for name in ("title", "lead"):
        yield from _text_faults(inventory, "", values, name)
    if "source" in values:
        yield from _reference_faults(inventory, "source", values["source"], "sources")
    steps = values.get("steps")
    if not (isinstance(steps, list) and steps):
        yield "steps", "key-missing", "needs at least one [[steps]] entry"
        return
    seen: dict[str, int] = {}
    for number, step in enumerate(steps, start=1):
        place = f"steps[{number}]."
        if not isinstance(step, dict):
            yield place.rstrip("."), "value-unfit", "must be a [[steps]] table"
            continue
        yield from _step_faults(inventory, place, step)
        id = step.get("id")
        if is_id(id) and seen.setdefault(str(id), number) != number:
            message = f"'{id}' is already the id of step {seen[str(id)]}; each id stands once"
            yield f"{place}id", "id-twice", message
        if step.get("quote") and not values.get("source"):
            message = "is of no source; name it as the source of the story"
            yield f"{place}quote", "quote-without-source", message


def _step_faults(inventory: Inventory, place: str, step: Mapping[str, Any]) -> Faults:
    yield from _unknown_keys(place, step, _STEP_KEYS, "a step")
    if not is_id(step.get("id")):
        message = f"{step.get('id')!r} is no id; use letters a-z, digits and single hyphens"
        yield f"{place}id", "id-form", message
    yield from _day_faults(inventory, place, step)
    yield from _mode_faults(inventory, place, step)
    for name, kind in _REFERENCES.items():
        if name in step:
            yield from _reference_faults(inventory, f"{place}{name}", step[name], kind)
    for name, kind in _LISTS.items():
        yield from _list_faults(inventory, f"{place}{name}", step.get(name, []), kind)
    if "bbox" in step and not is_extent(step["bbox"]):
        yield f"{place}bbox", "value-unfit", EXTENT
    for name in _PLAIN:
        if name in step and not is_text(step[name]):
            message = f"{step[name]!r} is no text; write one or leave {name} out"
            yield f"{place}{name}", "value-unfit", message
    if ("quote" in step) != ("quote_lang" in step):
        missing, given = ("quote_lang", "quote") if "quote" in step else ("quote", "quote_lang")
        yield f"{place}{missing}", "key-missing", f"is missing, as {given} is given"
    for name in _STEP_TEXTS:
        if name != "beside" or name in step:
            yield from _text_faults(inventory, place, step, name)


def _unknown_keys(
    place: str, values: Mapping[str, Any], known: tuple[str, ...], what: str
) -> Faults:
    for name in values:
        if name not in known:
            message = f"is not known; {what} has {', '.join(known)}"
            yield f"{place}{name}", "key-unknown", message


def _day_faults(inventory: Inventory, place: str, step: Mapping[str, Any]) -> Faults:
    first, last = atlas_days(inventory.tables)
    if "day" not in step:
        yield f"{place}day", "key-missing", f"is missing; name one from {first} to {last}"
        return
    try:
        day = as_day(step["day"])
    except DateUnreadable as error:
        yield f"{place}day", "date-unreadable", str(error)
        return
    if not first <= day <= last:
        message = f"{day} is outside the atlas, which runs from {first} to {last}"
        yield f"{place}day", "day-outside", message


def _mode_faults(inventory: Inventory, place: str, step: Mapping[str, Any]) -> Faults:
    modes = {m["id"]: m["colour_by"] for m in inventory.tables.settings.values["modes"]}
    mode, perspective = step.get("mode"), step.get("perspective")
    if not isinstance(mode, str) or mode not in modes:
        message = f"{mode!r} is no mode of this atlas; it has {', '.join(modes)}"
        yield f"{place}mode", "reference-unknown", message
    elif modes[mode] in BY_TELLER and "perspective" not in step:
        message = f"is missing; '{mode}' shows what somebody says: a perspective or '{EVERYONE}'"
        yield f"{place}perspective", "key-missing", message
    elif "perspective" in step and modes[mode] not in BY_TELLER:
        message = f"is given although '{mode}' asks nobody; leave it out or use a legal mode"
        yield f"{place}perspective", "perspective-without-mode", message
    elif "perspective" in step and perspective != EVERYONE:
        field = f"{place}perspective"
        yield from _reference_faults(inventory, field, perspective, "perspectives")


def _reference_faults(inventory: Inventory, field: str, id: object, kind: str) -> Faults:
    if not is_text(id):
        yield field, "value-unfit", f"{id!r} is no id; write one or leave the key out"
    elif inventory.lacks(kind, str(id)):
        yield field, "reference-unknown", inventory.advice(kind, str(id))


def _list_faults(inventory: Inventory, field: str, ids: object, kind: str) -> Faults:
    if not (isinstance(ids, list) and all(map(is_text, ids))):
        yield field, "value-unfit", f'{ids!r} is no list of ids; write it as ["A01"]'
        return
    for id in ids:
        if inventory.lacks(kind, id):
            yield field, "reference-unknown", inventory.advice(kind, id)
        elif ids.count(id) > 1:
            yield field, "id-twice", f"names '{id}' twice; once will do"


def _text_faults(inventory: Inventory, place: str, values: Mapping[str, Any], name: str) -> Faults:
    field = f"{place}{name}"
    said = values.get(name)
    if not isinstance(said, dict):
        yield field, "key-missing", f"needs a [{name}] table with a text in each language"
        return
    languages = inventory.tables.settings.values["languages"]
    for lang in inventory.tables.written_languages:
        if lang not in said:
            yield f"{field}.{lang}", "text-missing", "is missing; the atlas is told in it too"
    for lang, text in said.items():
        if lang not in languages:
            message = f"'{lang}' is not among the languages of atlas.toml; add it there"
            yield f"{field}.{lang}", "language-unlisted", message
        elif not is_text(text):
            yield f"{field}.{lang}", "text-empty", "has no text; write it"
