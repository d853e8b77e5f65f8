"""Rules for `atlas.toml`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from maps.atlas.dates import as_day
from maps.atlas.load import AtlasTables, Item
from maps.atlas.longitudes import HALF, TURN, box_written, width
from maps.atlas.model import COLOURED_BY, EVENT_LAYERS, MODES, PRECISIONS
from maps.atlas.model.columns import KEBAB, LONGEST_ID
from maps.errors import DateUnreadable, Problem

EVERYONE = "all"  # not one perspective but every one of them, in addresses and stories
# The map on the screen is in Web Mercator, which ends there; and a box of a metre is no map.
LAST_PARALLEL = 85.06
HIGHEST = 85.0  # of a view that is said to reach to a pole
_SMALLEST_BOX = 0.001
EXTENT = "must be four numbers in degrees: west, south, east, north, from -180 to 180 and -85 to 85"
_INDEPENDENT = "independent"
_PIECES = "control"  # the layer that all kinds of modes but the first colour


def check_settings(tables: AtlasTables) -> list[Problem]:
    """Check `atlas.toml`; nothing found means that every value of it can be used."""
    if any(problem.file == tables.settings.file for problem in tables.problems):
        return []
    found = list(_values(tables.settings)) + list(_entries(tables.settings))
    if not found:
        found += list(_days(tables.settings)) + list(_mode_layers(tables.settings))
        found += list(_perspective_sides(tables.settings))
        found += list(_languages_of_words(tables.settings))
        found += list(_ruled(tables))
    return found


def is_text(value: object) -> bool:
    """Tell whether a value is a text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_text, value))


def is_number(value: object) -> bool:
    """Tell whether a value is a number, which true and false are not."""
    return type(value) in (int, float)


def is_id(value: object) -> bool:
    """Tell whether a value is a kebab-case id."""
    return isinstance(value, str) and len(value) <= LONGEST_ID and bool(KEBAB.fullmatch(value))


def _is_hue(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value == -1 or 0 <= value <= 360


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_offsets(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(PRECISIONS)
        and all(is_number(number) and 0 <= number <= 1000 for number in value.values())
    )


def _is_errors(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {_INDEPENDENT, *PRECISIONS}
        and is_number(value[_INDEPENDENT])
        and 0.1 <= value[_INDEPENDENT] <= 1000
        and all(_is_error(value[precision]) for precision in PRECISIONS)
    )


def _is_error(value: object) -> bool:
    if not (isinstance(value, dict) and set(value) == {"mean", "p95"}):
        return False
    mean, p95 = value["mean"], value["p95"]
    return is_number(mean) and is_number(p95) and 0 < 1.2 * mean <= p95 <= 4 * mean <= 4000


def _is_words(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_texts, value.values()))


def is_extent(value: object) -> bool:
    """Tell whether a value is west, south, east, north of what a map can show, in degrees.

    Across 180 degrees the west is greater than the east.
    """
    if not (isinstance(value, list) and len(value) == 4 and all(map(is_number, value))):
        return False
    west, south, east, north = value
    wide = width((west, south, east, north)) >= _SMALLEST_BOX
    high = north - south >= _SMALLEST_BOX and south >= -LAST_PARALLEL and north <= LAST_PARALLEL
    return bool(wide and high)


def _is_view(value: object) -> bool:
    """Tell whether a value is an extent, up to the poles: a map shows of them what it can."""
    if not (isinstance(value, list) and len(value) == 4 and all(map(is_number, value))):
        return False
    west, south, east, north = value
    if max(-south, north) > 90:
        return False
    return is_extent([west, max(south, -HIGHEST), east, min(north, HIGHEST)])


def _date_line_advice(value: object) -> str:
    """Say how to write an extent that crosses the date line; empty where it does not."""
    if not (isinstance(value, list) and len(value) == 4 and all(map(is_number, value))):
        return ""
    west, south, east, north = value
    if west < east <= west + TURN and (east > HALF or west < -HALF):
        edges = [f"{edge:g}" for edge in box_written((west, south, east, north))]
        return f"across 180 degrees west is greater than east; write [{', '.join(edges)}]"
    return ""


def _is_day(value: object) -> bool:
    try:
        as_day(value)
    except DateUnreadable:
        return False
    return True


Wanted = tuple[Callable[[object], bool], str]  # a test, and what would pass it
_VALUES: Mapping[str, Wanted] = {
    "version": (is_text, 'must be a text, such as "1.0"'),
    "licence": (is_text, "must name the licence of the data"),
    "first_day": (_is_day, "must be a day, such as 1918-05-28"),
    "last_day": (_is_day, "must be a day, such as 2024-01-01"),
    "extent": (_is_view, EXTENT),
    "languages": (_is_texts, 'must be a list of language codes, such as ["en"]'),
    "name_languages": (_is_texts, 'must be a list of language codes, such as ["en"]'),
}
_ATTRIBUTION: Wanted = (
    lambda value: is_text(value) or _is_texts(value),
    "must be a text or a list of texts",
)
_ENTRIES: Mapping[str, Mapping[str, Wanted]] = {
    "layers": {
        "id": (is_id, "must be a kebab-case id"),
        "hue": (_is_hue, "must be a hue from 0 to 360, or -1 for outline only"),
        "order": (lambda value: type(value) is int, "must be a whole number; low is drawn first"),
    },
    "modes": {
        "id": (MODES.__contains__, f"must be one of {', '.join(MODES)}: no other has a name"),
        "layers": (_is_texts, "must be a list of layer ids"),
        "colour_by": (COLOURED_BY.__contains__, f"must be one of {', '.join(COLOURED_BY)}"),
    },
    "perspectives": {"id": (is_id, "must be a kebab-case id")},
    "sides": {
        "id": (is_id, "must be a kebab-case id"),
        "required": (_is_flag, "must be true or false"),
    },
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
    "attribution": _ATTRIBUTION,
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
    "loaded_words": (_is_words, 'must give languages lists of word beginnings: en = ["occup"]'),
}


def _values(settings: Item) -> Iterator[Problem]:
    values = settings.values
    for name, wanted in _VALUES.items():
        yield from _value(settings, "", values, name, wanted)
    for name, wanted in _OPTIONAL.items():
        if name in values:
            yield from _value(settings, "", values, name, wanted)
    known = (*_VALUES, *_ENTRIES, *_OPTIONAL)
    for name in values:
        if name not in known:
            message = f"is not known; atlas.toml has {', '.join(known)}"
            yield settings.problem(name, "key-unknown", message)


def _value(
    settings: Item, place: str, values: Mapping[str, Any], name: str, wanted: Wanted
) -> Iterator[Problem]:
    fits, what = wanted
    field = place + name
    if name not in values:
        yield settings.problem(field, "key-missing", f"is missing; it {what}")
    elif not fits(values[name]):
        advice = _date_line_advice(values[name]) if name == "extent" else ""
        message = f"'{values[name]}' will not do; {advice or f'it {what}'}"
        yield settings.problem(field, "value-unfit", message)


def _entries(settings: Item) -> Iterator[Problem]:
    for group, tests in _ENTRIES.items():
        entries = settings.values.get(group)
        if entries is None and group in _OPTIONAL_LISTS:
            continue
        if not (isinstance(entries, list) and entries):
            yield settings.problem(group, "key-missing", f"needs at least one [[{group}]] entry")
            continue
        seen: set[str] = set()
        for number, entry in enumerate(entries, start=1):
            place = f"{group}[{number}]"
            if not isinstance(entry, dict):
                yield settings.problem(place, "value-unfit", f"must be a [[{group}]] table")
                continue
            for name, wanted in tests.items():
                yield from _value(settings, f"{place}.", entry, name, wanted)
            more = _MORE.get(group, {})
            for name in more.keys() & entry.keys():
                yield from _value(settings, f"{place}.", entry, name, more[name])
            for name in sorted(set(entry) - set(tests) - set(more)):
                message = f"is not known; [[{group}]] has {', '.join((*tests, *more))}"
                yield settings.problem(f"{place}.{name}", "key-unknown", message)
            id = str(entry.get("id"))
            if id in seen:
                message = f"'{id}' is used twice; each id stands once"
                yield settings.problem(f"{place}.id", "id-twice", message)
            seen.add(id)


def _days(settings: Item) -> Iterator[Problem]:
    first, last = (as_day(settings.values[name]) for name in ("first_day", "last_day"))
    opening = as_day(settings.values.get("opening_day", str(first)))
    if last <= first:
        yield settings.problem("last_day", "span-empty", f"{last} is not after first_day {first}")
    elif not first <= opening <= last:
        message = f"{opening} is outside the atlas, which runs from {first} to {last}"
        yield settings.problem("opening_day", "day-outside", message)


def _mode_layers(settings: Item) -> Iterator[Problem]:
    layers = [entry["id"] for entry in settings.values["layers"]]
    for number, mode in enumerate(settings.values["modes"], start=1):
        for id in mode["layers"]:
            if id not in layers:
                message = f"'{id}' is no layer of this atlas; it has {', '.join(layers)}"
                yield settings.problem(f"modes[{number}].layers", "reference-unknown", message)
        if mode["colour_by"] != "layer" and _PIECES not in mode["layers"]:
            message = (
                f"lacks '{_PIECES}', the layer that is coloured by {mode['colour_by']}; add it"
            )
            yield settings.problem(f"modes[{number}].layers", "mode-uncoloured", message)


def _ruled(tables: AtlasTables) -> Iterator[Problem]:
    polities = [row["id"] for row in tables["polities"]]
    for id in tables.settings.values.get("ruled", []):
        if id not in polities:
            message = f"'{id}' is no polity of this atlas; polities.csv has {', '.join(polities)}"
            yield tables.settings.problem("ruled", "reference-unknown", message)


def _perspective_sides(settings: Item) -> Iterator[Problem]:
    sides = [entry["id"] for entry in settings.values.get("sides", [])]
    for number, entry in enumerate(settings.values["perspectives"], start=1):
        if entry["id"] == EVERYONE:
            message = f"'{EVERYONE}' means every teller at once; give this one another id"
            yield settings.problem(f"perspectives[{number}].id", "id-reserved", message)
        if "side" in entry and entry["side"] not in sides:
            known = ", ".join(sides) or "none"
            message = f"'{entry['side']}' is no side of this atlas; it has {known}"
            yield settings.problem(f"perspectives[{number}].side", "reference-unknown", message)


def _languages_of_words(settings: Item) -> Iterator[Problem]:
    if "loaded_words" not in settings.values:
        return
    words = settings.values["loaded_words"]
    for lang in settings.values["languages"]:
        if lang not in words:
            message = f"is missing; the atlas is told in '{lang}' too, so it needs a list"
            yield settings.problem(f"loaded_words.{lang}", "key-missing", message)
