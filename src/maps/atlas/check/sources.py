"""Rules for sourcing: items of `sources.json` and extracts of `raw/`, and what is cited from them.

A source is CSL-JSON that a citation processor can set. A perspective that names a ``work`` in
`atlas.toml` is the voice of that one source, and what it says is quoted from it. An atlas whose
perspectives name none is asked for no quotes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from urllib.parse import urlsplit

from maps.atlas.check.inventory import ID_FORM, Inventory, ids_twice, mappings_in
from maps.atlas.check.settings import is_number, is_text
from maps.atlas.load import Item
from maps.atlas.model import UNSOURCED_STANCES, Account, Citation
from maps.atlas.model.columns import EDITORS, KEBAB
from maps.atlas.model.tables import NoteSubject, PointSubject, subjects_of
from maps.characters import unseen
from maps.errors import Problem

_CSL = tomllib.loads(Path(__file__).with_name("csl.toml").read_text("utf-8"))
CSL_TYPES = frozenset(_CSL["types"])
# What RFC 3986 lets stand in an address, and letters of other scripts as browsers show them.
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x1f]+", re.IGNORECASE)
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/[^\s<>\"]+")
_OF_OTHER_KINDS = frozenset(("id", "type", "title", "custom", "categories"))
_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
_NAME_FLAGS = ("comma-suffix", "static-ordering", "parse-names")
_RECORD = ".origin.toml"  # of an extract in raw/: where it came from, and which file it is
_OF_ORIGINS = ("id", "title", "package", "version", "file", "sha256", "licence")
_WHOLE = re.compile(r"-?[0-9]{1,4}")  # of a date
_DATE_PARTS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "date-parts": (
        lambda dates: (
            isinstance(dates, list) and len(dates) in (1, 2) and all(map(_is_date, dates))
        ),
        "must be one or two of [year], [year, month], [year, month, day]",
    ),
    "literal": (is_text, "must be a text"),
    "raw": (is_text, "must be a text"),
    "season": (
        lambda season: is_text(season) or type(season) is int,
        "must be a text or a whole number",
    ),
    "circa": (lambda circa: isinstance(circa, bool | str | int), "must be true or false"),
}
# Tables whose rows are about one of several things, with the rule, what a row is that is
# about none of them (which a note may be), and what to do with a row about two.
_ABOUT = {
    "citations": (Citation, "citation-subject", "for nothing", "fill one, cite twice for two"),
    "note_subjects": (NoteSubject, "note-subject", "", "use a row for each"),
    "point_subjects": (PointSubject, "point-subject", "about nothing", "use a row for each"),
    "accounts": (Account, "account-subject", "about nothing", "use a row for each"),
}
_SUBJECTS = subjects_of(Citation)
_CITED = ("events", "statuses", "accounts", "event_dates")
_OF_ONE_WORK = ("statuses", "accounts", "event_dates")
_PERCENT = ("%", "percent")
# Sources round to whole percents, and sometimes the parts too.
_ROUNDING = 0.6


def check_sources(inventory: Inventory) -> Iterator[Problem]:
    """Check each item of the bibliography."""
    sources = inventory.tables.sources
    for item in sources:
        yield from _item_faults(inventory, item)
    ids = ((str(item.values.get("id") or ""), item) for item in sources)
    yield from ids_twice(ids, lambda item: f"item {item.position}")


def check_origins(inventory: Inventory) -> Iterator[Problem]:
    """Check the records of the extracts."""
    tables = inventory.tables
    for item in tables.origins:
        for name in _OF_ORIGINS:
            value = item.values.get(name)
            if not is_text(value):
                yield item.problem(name, "origin-incomplete", "is missing; write it as a text")
        id = str(item.values.get("id", ""))
        if id and not KEBAB.fullmatch(id):
            yield item.problem("id", "id-form", f"'{id}' {ID_FORM}")
        extract = item.file.removesuffix(_RECORD)
        actual, said = tables.files.get(extract), item.values.get("sha256")
        if actual is None:
            message = f"there is no {extract}; put the extract there or delete the record"
            yield item.problem("", "raw-missing", message)
        elif said and said != actual:
            message = (
                f"'{said}' is not the sha256 of {extract}, which is {actual}; "
                "take the extract again, or record the change"
            )
            yield item.problem("sha256", "raw-changed", message)
    ids = ((str(item.values.get("id", "")), item) for item in tables.origins)
    yield from ids_twice(ids, lambda item: item.file)
    recorded = {item.file.removesuffix(_RECORD) for item in tables.origins}
    broken = {problem.file.removesuffix(_RECORD) for problem in tables.problems}
    for extract in sorted(tables.files):
        is_extract = extract.startswith("raw/") and not extract.endswith(_RECORD)
        if is_extract and extract not in recorded and extract not in broken:
            message = f"has no origin record; add {extract}{_RECORD}"
            yield Problem(extract, None, "", "", "origin-missing", message)


def check_addresses(inventory: Inventory) -> Iterator[Problem]:
    """Check that what becomes a link leads to a page of the web, and nowhere else."""
    tables = inventory.tables
    for source in tables.sources:
        yield from _address_faults(source, "URL", source.values.get("URL"))
        doi = source.values.get("DOI")
        if doi and not (isinstance(doi, str) and _DOI.fullmatch(doi)):
            message = f"'{doi}' is no DOI; write it without an address, as 10.1000/182"
            yield source.problem("DOI", "doi-form", message)
    for origin in tables.origins:
        package = origin.values.get("package")  # a name, or an address of the web
        if isinstance(package, str) and _SCHEME.match(package):
            yield from _address_faults(origin, "package", package)
    package = tables.package
    resources = [(f"{place}.", held) for place, held in mappings_in(package.values, "resources")]
    for place, described in [("", package.values), *resources]:
        for at, licence in mappings_in(described, "licenses"):
            for name in ("name", "path"):
                value = licence.get(name)
                if isinstance(value, str) and _SCHEME.match(value):
                    yield from _address_faults(package, f"{place}{at}.{name}", value)


def check_access_dates(inventory: Inventory) -> Iterator[Problem]:
    """Check that of a page of the web the day is told on which it was read.

    What has a DOI stays as it is, so a day says nothing of it.
    """
    for source in inventory.tables.sources:
        values = source.values
        if values.get("URL") and not values.get("DOI") and not values.get("accessed"):
            message = (
                "is missing, and pages of the web change; say on which day it was read, as "
                '{"date-parts": [[2023, 8, 11]]}'
            )
            yield source.problem("accessed", "accessed-missing", message)


def check_subjects(inventory: Inventory) -> Iterator[Problem]:
    """Check that a citation is for one thing, an account of one, and a note about one at most."""
    for name, (record, rule, empty, advice) in _ABOUT.items():
        columns = tuple(subjects_of(record).values())
        for row in inventory.rows(name):
            filled = [column for column in columns if row[column]]
            if empty and not filled:
                message = f"is {empty}; fill exactly one of {', '.join(columns)}"
                yield row.problem(columns[0], rule, message)
            elif len(filled) > 1:
                message = f"is filled beside {', '.join(filled[:-1])}; {advice}"
                yield row.problem(filled[-1], rule, message)


def check_cited(inventory: Inventory) -> Iterator[Problem]:
    """Check that whatever is said is cited, an event of the main source from its teller.

    An account that is silent, or for which no source was found, has nothing to cite.
    """
    citations = inventory.tables["citations"]
    from_tellers = [row for row in citations if row["role"] == "teller"]
    main = inventory.tables.main_source
    for name in _CITED:
        subject = _SUBJECTS[name]
        cited = set(map(itemgetter(subject), citations))
        told = set(map(itemgetter(subject), from_tellers))
        for row in inventory.rows(name):
            if row["id"] not in cited and row["stance"] not in UNSOURCED_STANCES:
                message = f"has no citation; add a row with this {subject} to {citations.file}"
                yield row.problem("id", "uncited", message)
            elif row["layer"] == main and row["id"] not in told:
                message = (
                    f"is not cited from its teller; add a row with role teller to {citations.file}"
                )
                yield row.problem("id", "untold", message)


def check_quotes(inventory: Inventory) -> Iterator[Problem]:
    """Check that a quote says its language, without which it cannot be read out or set."""
    for row in inventory.tables["citations"]:
        if bool(row["quote"]) != bool(row["quote_lang"]):
            missing, given = ("quote_lang", "quote") if row["quote"] else ("quote", "quote_lang")
            message = f"is empty, as {given} is given; fill both or none"
            yield row.problem(missing, "quote-language", message)


def check_main_works(inventory: Inventory) -> Iterator[Problem]:
    """Check that whatever a main work is made to say rests on words quoted from it."""
    tables = inventory.tables
    works: dict[str, str] = {}
    for number, entry in enumerate(tables.settings.values["perspectives"], start=1):
        if work := entry.get("work"):
            if message := inventory.unknown("sources", work):
                field = f"perspectives[{number}].work"
                yield tables.settings.problem(field, "reference-unknown", message)
            else:
                works[entry["id"]] = work
    for name in _OF_ONE_WORK:
        subject = _SUBJECTS[name]
        quoted = {(row[subject], row["source_id"]) for row in tables["citations"] if row["quote"]}
        for row in inventory.rows(name):
            work = works.get(row["perspective_id"])
            silent = row["stance"] in UNSOURCED_STANCES
            if work and not silent and (row["id"], work) not in quoted:
                message = (
                    f"is told by '{row['perspective_id']}' without the words it rests on; add them "
                    f"as quote to a citation of {work} with this {subject} in "
                    f"{tables['citations'].file}"
                )
                yield row.problem("id", "unquoted", message)


def check_figures(inventory: Inventory) -> Iterator[Problem]:
    """Check that each percentage says what it is a share of, and is that share."""
    for row in inventory.tables["figures"]:
        part, whole, value = map(_number, (row["numerator"], row["denominator"], row["value"]))
        if row["unit"] not in _PERCENT:
            if given := next((name for name in ("numerator", "denominator") if row[name]), ""):
                message = f"is given for a figure in {row['unit']}; only a percentage has one"
                yield row.problem(given, "share-unit", message)
            continue
        if not row["base"]:
            message = f"{row['value']} {row['unit']} of what? name the whole it is a share of"
            yield row.problem("base", "base-missing", message)
        if value is not None and not 0 <= value <= 100:  # whatever its parts make of it
            message = f"{row['value']} {row['unit']} is no share; it runs from 0 to 100"
            yield row.problem("value", "share-range", message)
        elif whole == 0:
            message = "is 0; give the whole of which this is a share, or leave the cell empty"
            yield row.problem("denominator", "share-of-nothing", message)
        elif part is not None and whole is not None and value is not None:
            share = part / whole * 100
            if not abs(share - value) < _ROUNDING:
                message = (
                    f"{row['value']} is not {row['numerator']} of {row['denominator']}, which is "
                    f"{share:.1f} %; correct one of the three"
                )
                yield row.problem("value", "share-mismatch", message)


def is_web_address(value: object) -> bool:
    """Tell whether a value is an http or https address with a host and without a password."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value) or any(unseen(value)):
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:  # a port that is none, half an IPv6 address
        return False
    return bool(parts.hostname) and parts.username is None and port != 0


def _address_faults(item: Item, field: str, value: object) -> Iterator[Problem]:
    if value not in (None, "") and not is_web_address(value):
        message = f"'{value}' is no address of the web; write http(s)://host/… without a password"
        yield item.problem(field, "address-unfit", message)


def _item_faults(inventory: Inventory, item: Item) -> Iterator[Problem]:
    for name in ("id", "type", "title"):
        value = item.values.get(name)
        if not is_text(value):
            yield item.problem(name, "csl-missing", "is missing; each source needs one")
    id, kind = item.values.get("id"), item.values.get("type")
    if isinstance(id, str) and id and not EDITORS.fullmatch(id):
        message = f"'{id}' is no id; use letters, digits and hyphens, as `maps import sources` does"
        yield item.problem("id", "id-form", message)
    if isinstance(kind, str) and kind and kind not in CSL_TYPES:
        message = f"'{kind}' is no CSL type; use book, article-newspaper, webpage, report …"
        yield item.problem("type", "csl-type", message)
    for field, value in item.values.items():
        is_of_numbers = field in _CSL["numbers"]
        if field in _CSL["names"]:
            yield from _name_faults(item, field, value)
        elif field in _CSL["dates"]:
            yield from _date_faults(item, field, value)
        elif field == "categories":
            if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
                yield item.problem(field, "csl-text", f"{value!r} must be a list of texts")
        elif is_of_numbers and not isinstance(value, str) and not is_number(value):
            message = f"{value!r} must be a text or a number; without one, leave {field} out"
            yield item.problem(field, "csl-number", message)
        elif not is_of_numbers and field not in _OF_OTHER_KINDS and not isinstance(value, str):
            message = f"{value!r} must be a text; without one, leave {field} out"
            yield item.problem(field, "csl-text", message)
    yield from _custom_faults(inventory, item)


def _name_faults(item: Item, field: str, names: object) -> Iterator[Problem]:
    wanted = 'must be a list of {"family", "given"} or {"literal"} objects'
    if not isinstance(names, list):
        yield item.problem(field, "csl-names", wanted)
        return
    for number, name in enumerate(names, start=1):
        place = f"{field}[{number}]"
        if not isinstance(name, dict):
            yield item.problem(place, "csl-names", f"{name!r} is no name; the field {wanted}")
            continue
        for part, value in name.items():
            if part in _NAME_PARTS and not isinstance(value, str):
                yield item.problem(f"{place}.{part}", "csl-names", f"{value!r} must be a text")
            elif part not in (*_NAME_PARTS, *_NAME_FLAGS):
                known = ", ".join((*_NAME_PARTS, *_NAME_FLAGS))
                message = f"is no part of a name; there are {known}"
                yield item.problem(f"{place}.{part}", "csl-names", message)
        if not any(is_text(name.get(part)) for part in ("family", "literal")):
            message = 'has no name in it; give "family" and "given", or "literal"'
            yield item.problem(place, "csl-names", message)


def _date_faults(item: Item, field: str, value: object) -> Iterator[Problem]:
    wanted = 'must be {"date-parts": [[1923, 7, 7]]} or {"literal": "…"}'
    if not isinstance(value, dict) or not value.keys() <= _DATE_PARTS.keys():
        yield item.problem(field, "csl-date", wanted)
        return
    for part, held in value.items():
        fits, what = _DATE_PARTS[part]
        if not fits(held):
            yield item.problem(f"{field}.{part}", "csl-date", f"{held!r} {what}")
    if not value.keys() & {"date-parts", "literal", "raw", "season"}:
        yield item.problem(field, "csl-date", wanted)


def _is_date(parts: object) -> bool:
    """Tell whether a value is [year], [year, month] or [year, month, day]."""
    if not (isinstance(parts, list) and 1 <= len(parts) <= 3):
        return False
    written = [str(part) if type(part) in (int, str) else "" for part in parts]
    if not all(_WHOLE.fullmatch(part) for part in written):
        return False
    year, month, day = (*map(int, written), 1, 1)[:3]
    return year != 0 and 1 <= month <= 12 and 1 <= day <= 31


def _custom_faults(inventory: Inventory, item: Item) -> Iterator[Problem]:
    custom = item.values.get("custom")
    if not isinstance(custom, dict):
        message = (
            'is missing; it holds at least "perspective", which `maps import sources` asks for'
        )
        yield item.problem("custom", "csl-missing", message)
        return
    perspective = custom.get("perspective")
    if not isinstance(perspective, str) or not perspective:
        message = "is missing; name the perspective the source speaks from"
        yield item.problem("custom.perspective", "csl-missing", message)
    elif message := inventory.unknown("perspectives", perspective):
        yield item.problem("custom.perspective", "reference-unknown", message)
    if not isinstance(custom.get("list_numbers", {}), dict):
        message = 'must map a list to a number, as {"armenian": "10"}'
        yield item.problem("custom.list_numbers", "value-unfit", message)


def _number(cell: str) -> float | None:
    """Read a cell; None where it is empty or no number, which is reported with the columns."""
    try:
        return float(cell)
    except ValueError:
        return None
