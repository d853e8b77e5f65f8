"""Rules for `sources.json`: CSL-JSON that a citation processor can set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from maps.errors import Problem
from maps.load import Item
from maps.validate.forms import EDITORS
from maps.validate.inventory import Inventory

# CSL 1.0.2, appendix III.
CSL_TYPES = frozenset(
    re.findall(
        r"\S+",
        """article article-journal article-magazine article-newspaper bill book broadcast chapter
        classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
        graphic hearing interview legal_case legislation manuscript map motion_picture
        musical_score pamphlet paper-conference patent performance periodical
        personal_communication post post-weblog regulation report review review-book software song
        speech standard thesis treaty webpage""",
    )
)
# What RFC 3986 lets stand in an address, and letters of other scripts as browsers show them.
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x1f]+", re.IGNORECASE)
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/[^\s<>\"]+")
_NAME_FIELDS = ("author", "editor", "translator", "collection-editor", "container-author")
_DATE_FIELDS = ("issued", "accessed", "original-date", "event-date", "submitted")


def check_sources(inventory: Inventory) -> Iterator[Problem]:
    """Check each item of the bibliography."""
    seen: dict[str, int | None] = {}
    for item in inventory.tables.sources:
        yield from _item_faults(inventory, item)
        id = str(item.values.get("id") or "")
        if id and seen.setdefault(id, item.position) != item.position:
            message = f"'{id}' is already the id of item {seen[id]}; each id stands once"
            yield item.problem("id", "id-twice", message)


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
    for place, licences in _licences(tables.package.values):
        for number, licence in enumerate(licences, start=1):
            for name in ("name", "path"):
                value = licence.get(name) if isinstance(licence, dict) else None
                if isinstance(value, str) and _SCHEME.match(value):
                    field = f"{place}licenses[{number}].{name}"
                    yield from _address_faults(tables.package, field, value)


def is_web_address(value: object) -> bool:
    """Tell whether a value is an http or https address with a host and without a password."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
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


def _licences(package: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    resources = package.get("resources")
    named = [("", package)]
    for number, resource in enumerate(resources if isinstance(resources, list) else (), start=1):
        if isinstance(resource, dict):
            named.append((f"resources[{number}].", resource))
    for place, described in named:
        licences = described.get("licenses")
        if isinstance(licences, list):
            yield place, licences


def _item_faults(inventory: Inventory, item: Item) -> Iterator[Problem]:
    for name in ("id", "type", "title"):
        value = item.values.get(name)
        if not (isinstance(value, str) and value.strip()):
            yield item.problem(name, "csl-missing", "is missing; each source needs one")
    id, kind = item.values.get("id"), item.values.get("type")
    if isinstance(id, str) and id and not EDITORS.fullmatch(id):
        yield item.problem("id", "id-form", f"'{id}' is no id; use letters, digits and hyphens")
    if isinstance(kind, str) and kind and kind not in CSL_TYPES:
        message = f"'{kind}' is no CSL type; use book, article-newspaper, webpage, report …"
        yield item.problem("type", "csl-type", message)
    yield from _name_faults(item)
    yield from _date_faults(item)
    yield from _custom_faults(inventory, item)


def _name_faults(item: Item) -> Iterator[Problem]:
    for field in _NAME_FIELDS:
        names = item.values.get(field, [])
        fits = isinstance(names, list) and all(
            isinstance(name, dict) and ("family" in name or "literal" in name) for name in names
        )
        if not fits:
            message = 'must be a list of {"family", "given"} or {"literal"} objects'
            yield item.problem(field, "csl-names", message)


def _date_faults(item: Item) -> Iterator[Problem]:
    for field in _DATE_FIELDS:
        value = item.values.get(field)
        if value is not None and not _is_csl_date(value):
            message = 'must be {"date-parts": [[1923, 7, 7]]} or {"literal": "…"}'
            yield item.problem(field, "csl-date", message)


def _is_csl_date(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    if "date-parts" not in value:
        return any(isinstance(value.get(name), str) for name in ("raw", "literal", "season"))
    parts = value["date-parts"]
    return (
        isinstance(parts, list)
        and 1 <= len(parts) <= 2
        and all(isinstance(part, list) and 1 <= len(part) <= 3 for part in parts)
        and all(type(number) in (int, str) for part in parts for number in part)
    )


def _custom_faults(inventory: Inventory, item: Item) -> Iterator[Problem]:
    custom = item.values.get("custom")
    if not isinstance(custom, dict):
        yield item.problem("custom", "csl-missing", 'is missing; it holds at least "perspective"')
        return
    perspective = custom.get("perspective")
    if not isinstance(perspective, str) or not perspective:
        message = "is missing; name the perspective the source speaks from"
        yield item.problem("custom.perspective", "csl-missing", message)
    elif inventory.lacks("perspectives", perspective):
        message = inventory.advice("perspectives", perspective)
        yield item.problem("custom.perspective", "reference-unknown", message)
    if not isinstance(custom.get("list_numbers", {}), dict):
        message = 'must map a list to a number, as {"armenian": "10"}'
        yield item.problem("custom.list_numbers", "value-unfit", message)
