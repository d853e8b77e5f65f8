"""Rules for `atlas.toml` and `stories/*.toml`; nothing found means that every value can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeGuard

from maps.atlas.check.inventory import ID_FORM, Inventory, atlas_days, outside, repeated
from maps.atlas.dates import as_day
from maps.atlas.load import AtlasTables, Item
from maps.atlas.longitudes import HALF, TURN, box_written, width
from maps.atlas.model import BY_TELLER, COLOURED_BY, EVENT_LAYERS, MODES, PRECISIONS
from maps.atlas.model.columns import KEBAB, LONGEST_ID
from maps.errors import DateUnreadable, Problem

Faults = Iterator[tuple[str, str, str]]  # field, rule and message

EVERYONE = "all"  # not one perspective but every one of them, in addresses and stories
PIECES = "control"  # the layer of the pieces of land, which control colours: docs/data-model.md
# The map on the screen is in Web Mercator, which ends there; and a box of a metre is no map.
LAST_PARALLEL = 85.06
HIGHEST = 85.0  # of a view that is said to reach to a pole
_SMALLEST_BOX = 0.001
EXTENT = "must be four numbers in degrees: west, south, east, north, from -180 to 180 and -85 to 85"
_INDEPENDENT = "independent"


def is_text(value: object) -> TypeGuard[str]:
    """Tell whether a value is a text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether a value is a number, which true and false are not."""
    return type(value) in (int, float)


def is_id(value: object) -> TypeGuard[str]:
    """Tell whether a value is a kebab-case id."""
    return isinstance(value, str) and len(value) <= LONGEST_ID and bool(KEBAB.fullmatch(value))


def is_extent(value: object) -> bool:
    """Tell whether a value is west, south, east, north of what a map can show, in degrees.

    Across 180 degrees the west is greater than the east.
    """
    if not _is_box(value):
        return False
    west, south, east, north = value
    wide = width((west, south, east, north)) >= _SMALLEST_BOX
    high = north - south >= _SMALLEST_BOX and south >= -LAST_PARALLEL and north <= LAST_PARALLEL
    return bool(wide and high)


def _is_box(value: object) -> TypeGuard[list[float]]:
    return isinstance(value, list) and len(value) == 4 and all(map(is_number, value))


def _is_view(value: object) -> bool:
    """Tell whether a value is an extent, up to the poles: a map shows of them what it can."""
    if not _is_box(value):
        return False
    west, south, east, north = value
    up_to_the_highest = [west, max(south, -HIGHEST), east, min(north, HIGHEST)]
    return max(-south, north) <= 90 and is_extent(up_to_the_highest)


def _is_day(value: object) -> bool:
    try:
        as_day(value)
    except DateUnreadable:
        return False
    return True


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_text, value))


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_offsets(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(PRECISIONS)
        and all(is_number(number) and 0 <= number <= 1000 for number in value.values())
    )


def _is_errors(value: object) -> bool:
    if not (isinstance(value, dict) and set(value) == {_INDEPENDENT, *PRECISIONS}):
        return False
    independent, errors = value[_INDEPENDENT], [value[precision] for precision in PRECISIONS]
    return (
        is_number(independent)
        and 0.1 <= independent <= 1000
        and all(isinstance(error, dict) and set(error) == {"mean", "p95"} for error in errors)
        and all(is_number(number) for error in errors for number in error.values())
        and all(0 < 1.2 * e["mean"] <= e["p95"] <= 4 * e["mean"] <= 4000 for e in errors)
    )


Wanted = tuple[Callable[[object], bool], str]  # a test, and what would pass it
_ID: Wanted = (is_id, "must be a kebab-case id")
_CODES: Wanted = (_is_texts, 'must be a list of language codes, such as ["en"]')
_VALUES: Mapping[str, Wanted] = {
    "version": (is_text, 'must be a text, such as "1.0"'),
    "licence": (is_text, "must name the licence of the data"),
    "first_day": (_is_day, "must be a day, such as 1918-05-28"),
    "last_day": (_is_day, "must be a day, such as 2024-01-01"),
    "extent": (_is_view, EXTENT),
    "languages": _CODES,
    "name_languages": _CODES,
}
_ENTRIES: Mapping[str, Mapping[str, Wanted]] = {
    "layers": {
        "id": _ID,
        "hue": (
            lambda value: is_number(value) and (value == -1 or 0 <= value <= 360),
            "must be a hue from 0 to 360, or -1 for outline only",
        ),
        "order": (lambda value: type(value) is int, "must be a whole number; low is drawn first"),
    },
    "modes": {
        "id": (MODES.__contains__, f"must be one of {', '.join(MODES)}: no other has a name"),
        "layers": (_is_texts, "must be a list of layer ids"),
        "colour_by": (COLOURED_BY.__contains__, f"must be one of {', '.join(COLOURED_BY)}"),
    },
    "perspectives": {"id": _ID},
    "sides": {"id": _ID, "required": (_is_flag, "must be true or false")},
}
# What an entry may have beside; and the lists that may be left out.
_MORE: Mapping[str, Mapping[str, Wanted]] = {
    "perspectives": {
        "side": (is_id, "must be the id of one of the [[sides]]"),
        "work": (is_text, "must be the id of the source that speaks for it"),
        "own_voice": (_is_flag, "must be true where it is the atlas itself that speaks"),
    },
    "sides": {"third_party": (_is_flag, "must be true for those who stand outside the dispute")},
}
_OPTIONAL_LISTS = ("sides",)
_OPTIONAL: Mapping[str, Wanted] = {
    "opening_day": (_is_day, "must be a day, such as 1923-07-07"),
    "attribution": (
        lambda value: is_text(value) or _is_texts(value),
        "must be a text or a list of texts",
    ),
    "main_source": (
        lambda value: is_id(value) and value not in EVENT_LAYERS[1:],
        'must be one word for the work that is retold, such as "chronicle"',
    ),
    "ruled": (_is_texts, 'must be a list of ids of polities, such as ["realm"]'),
    "line_offset_km": (
        _is_offsets,
        f"must give each of {', '.join(PRECISIONS)} a number of km, as adapted = 1.0",
    ),
    "line_error_km": (
        _is_errors,
        f"must give each of {', '.join(PRECISIONS)} the km that lines were found off, as "
        "adapted = { mean = 1.1, p95 = 2.9 }, p95 1.2 to 4 times the mean, and "
        f"{_INDEPENDENT} = 10.0, the km along a line after which offsets are independent",
    ),
    "loaded_words": (
        lambda value: isinstance(value, dict) and all(map(_is_texts, value.values())),
        'must give languages lists of word beginnings: en = ["occup"]',
    ),
}
_STORY_KEYS = ("id", "source", "title", "lead", "steps")
_STEP_TEXTS = ("title", "text", "beside")
# Key of a step -> what its value, or each value of its list, is the id of.
_REFERENCES = {"event": "events", "region": "regions"}
_LISTS = {"beside_points": "points", "beside_events": "events", "beside_notes": "notes"}
_PLAIN = ("locator", "quote", "quote_lang")
_STEP_KEYS = (
    "id", "day", "mode", "perspective", *_REFERENCES, "bbox", *_PLAIN, *_LISTS, *_STEP_TEXTS,
)  # fmt: skip


def check_settings(tables: AtlasTables) -> list[Problem]:
    """Check `atlas.toml`."""
    settings = tables.settings
    if any(problem.file == settings.file for problem in tables.problems):
        return []
    faults = [*_value_faults(settings.values), *_entry_faults(settings.values)]
    if not faults:  # values that refer to others are compared once all are sound
        faults = [*_day_and_word_faults(tables), *_settings_references(tables)]
    return [settings.problem(*fault) for fault in faults]


def check_stories(inventory: Inventory) -> Iterator[Problem]:
    """Check each story and each of its steps."""
    for story in inventory.tables.stories:
        for fault in _story_faults(inventory, story):
            yield story.problem(*fault)


def _unknown_keys(place: str, values: Iterable[str], known: tuple[str, ...], what: str) -> Faults:
    for name in values:
        if name not in known:
            message = f"is not known; {what} has {', '.join(known)}"
            yield f"{place}{name}", "key-unknown", message


def _value_faults(values: Mapping[str, Any]) -> Faults:
    yield from _held_to("", values, _VALUES, _OPTIONAL)
    yield from _unknown_keys("", values, (*_VALUES, *_ENTRIES, *_OPTIONAL), "atlas.toml")


def _held_to(
    place: str,
    values: Mapping[str, Any],
    required: Mapping[str, Wanted],
    optional: Mapping[str, Wanted],
) -> Faults:
    for name, (fits, what) in {**required, **optional}.items():
        value = values.get(name)
        if name not in values:
            if name in required:
                yield place + name, "key-missing", f"is missing; it {what}"
        elif not fits(value):
            advice = f"it {what}"
            if name == "extent" and _is_box(value):
                west, south, east, north = value
                if west < east <= west + TURN and (east > HALF or west < -HALF):
                    edges = ", ".join(f"{e:g}" for e in box_written((west, south, east, north)))
                    advice = f"across 180 degrees west is greater than east; write [{edges}]"
            yield place + name, "value-unfit", f"'{value}' will not do; {advice}"


def _entry_faults(values: Mapping[str, Any]) -> Faults:
    for group, required in _ENTRIES.items():
        entries = values.get(group)
        if entries is None and group in _OPTIONAL_LISTS:
            continue
        if not (isinstance(entries, list) and entries):
            yield group, "key-missing", f"needs at least one [[{group}]] entry"
            continue
        optional = _MORE.get(group, {})
        ids: list[tuple[str, str]] = []
        for number, entry in enumerate(entries, start=1):
            place = f"{group}[{number}]"
            if not isinstance(entry, dict):
                yield place, "value-unfit", f"must be a [[{group}]] table"
                continue
            yield from _held_to(f"{place}.", entry, required, optional)
            yield from _unknown_keys(f"{place}.", entry, (*required, *optional), f"[[{group}]]")
            ids.append((str(entry.get("id")), f"{place}.id"))
        for id, field, _ in repeated(ids):
            yield field, "id-twice", f"'{id}' is used twice; each id stands once"


def _day_and_word_faults(tables: AtlasTables) -> Faults:
    values = tables.settings.values
    first, last = atlas_days(tables)
    if last <= first:
        yield "last_day", "span-empty", f"{last} is not after first_day {first}"
    elif message := outside(tables, as_day(values.get("opening_day", str(first)))):
        yield "opening_day", "day-outside", message
    for lang in values["languages"] if "loaded_words" in values else ():
        if lang not in values["loaded_words"]:
            message = f"is missing; the atlas is told in '{lang}' too, so it needs a list"
            yield f"loaded_words.{lang}", "key-missing", message


def _settings_references(tables: AtlasTables) -> Faults:
    values = tables.settings.values
    layers, sides = ([entry["id"] for entry in values.get(g, [])] for g in ("layers", "sides"))
    for number, mode in enumerate(values["modes"], start=1):
        field = f"modes[{number}].layers"
        for id in mode["layers"]:
            if id not in layers:
                message = f"'{id}' is no layer of this atlas; it has {', '.join(layers)}"
                yield field, "reference-unknown", message
        if mode["colour_by"] != "layer" and PIECES not in mode["layers"]:
            message = f"lacks '{PIECES}', the layer that is coloured by {mode['colour_by']}; add it"
            yield field, "mode-uncoloured", message
    for number, entry in enumerate(values["perspectives"], start=1):
        if entry["id"] == EVERYONE:
            message = f"'{EVERYONE}' means every teller at once; give this one another id"
            yield f"perspectives[{number}].id", "id-reserved", message
        if "side" in entry and entry["side"] not in sides:
            known = ", ".join(sides) or "none"
            message = f"'{entry['side']}' is no side of this atlas; it has {known}"
            yield f"perspectives[{number}].side", "reference-unknown", message
    polities = [row["id"] for row in tables["polities"]]
    for id in values.get("ruled", []):
        if id not in polities:
            message = f"'{id}' is no polity of this atlas; polities.csv has {', '.join(polities)}"
            yield "ruled", "reference-unknown", message


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
        yield from _text_faults(inventory, name, values.get(name))
    if "source" in values:
        yield from _reference_faults(inventory, "source", values["source"], "sources")
    steps = values.get("steps")
    if not (isinstance(steps, list) and steps):
        yield "steps", "key-missing", "needs at least one [[steps]] entry"
        return
    for number, step in enumerate(steps, start=1):
        if not isinstance(step, dict):
            yield f"steps[{number}]", "value-unfit", "must be a [[steps]] table"
            continue
        yield from _step_faults(inventory, f"steps[{number}].", step)
        if step.get("quote") and not values.get("source"):
            message = "is of no source; name it as the source of the story"
            yield f"steps[{number}].quote", "quote-without-source", message
    named = [(n, s.get("id")) for n, s in enumerate(steps, start=1) if isinstance(s, dict)]
    for id, number, first in repeated((id, number) for number, id in named if is_id(id)):
        message = f"'{id}' is already the id of step {first}; each id stands once"
        yield f"steps[{number}].id", "id-twice", message


def _step_faults(inventory: Inventory, place: str, step: Mapping[str, Any]) -> Faults:
    yield from _unknown_keys(place, step, _STEP_KEYS, "a step")
    if not is_id(step.get("id")):
        yield f"{place}id", "id-form", f"{step.get('id')!r} {ID_FORM}"
    yield from _day_faults(inventory, place, step)
    yield from _mode_faults(inventory, place, step)
    for name in _REFERENCES.keys() & step:
        yield from _reference_faults(inventory, place + name, step[name], _REFERENCES[name])
    for name, kind in _LISTS.items():
        yield from _list_faults(inventory, place + name, step.get(name, []), kind)
    if "bbox" in step and not is_extent(step["bbox"]):
        yield f"{place}bbox", "value-unfit", EXTENT
    for name in _PLAIN:
        if name in step and not is_text(step[name]):
            message = f"{step[name]!r} is no text; write one or leave {name} out"
            yield place + name, "value-unfit", message
    if ("quote" in step) != ("quote_lang" in step):
        missing, given = ("quote_lang", "quote") if "quote" in step else ("quote", "quote_lang")
        yield place + missing, "key-missing", f"is missing, as {given} is given"
    for name in _STEP_TEXTS:
        if name != "beside" or name in step:
            yield from _text_faults(inventory, place + name, step.get(name))


def _day_faults(inventory: Inventory, place: str, step: Mapping[str, Any]) -> Faults:
    if "day" not in step:
        first, last = atlas_days(inventory.tables)
        yield f"{place}day", "key-missing", f"is missing; name one from {first} to {last}"
        return
    try:
        day = as_day(step["day"])
    except DateUnreadable as error:
        yield f"{place}day", "date-unreadable", str(error)
        return
    if message := outside(inventory.tables, day):
        yield f"{place}day", "day-outside", message


def _mode_faults(inventory: Inventory, place: str, step: Mapping[str, Any]) -> Faults:
    modes = {m["id"]: m["colour_by"] for m in inventory.tables.settings.values["modes"]}
    mode, perspective = step.get("mode"), step.get("perspective")
    field = f"{place}perspective"
    if not isinstance(mode, str) or mode not in modes:
        message = f"{mode!r} is no mode of this atlas; it has {', '.join(modes)}"
        yield f"{place}mode", "reference-unknown", message
    elif modes[mode] in BY_TELLER and "perspective" not in step:
        message = f"is missing; '{mode}' shows what somebody says: a perspective or '{EVERYONE}'"
        yield field, "key-missing", message
    elif "perspective" in step and modes[mode] not in BY_TELLER:
        message = f"is given although '{mode}' asks nobody; leave it out or use a legal mode"
        yield field, "perspective-without-mode", message
    elif "perspective" in step and perspective != EVERYONE:
        yield from _reference_faults(inventory, field, perspective, "perspectives")


def _reference_faults(inventory: Inventory, field: str, id: object, kind: str) -> Faults:
    if not is_text(id):
        yield field, "value-unfit", f"{id!r} is no id; write one or leave the key out"
    elif message := inventory.unknown(kind, id):
        yield field, "reference-unknown", message


def _list_faults(inventory: Inventory, field: str, ids: object, kind: str) -> Faults:
    if not (isinstance(ids, list) and all(map(is_text, ids))):
        yield field, "value-unfit", f'{ids!r} is no list of ids; write it as ["A01"]'
        return
    for id in ids:
        if message := inventory.unknown(kind, id):
            yield field, "reference-unknown", message
        elif ids.count(id) > 1:
            yield field, "id-twice", f"names '{id}' twice; once will do"


def _text_faults(inventory: Inventory, field: str, said: object) -> Faults:
    if not isinstance(said, dict):
        name = field.rpartition(".")[2]
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
