"""Records of reference managers to CSL-JSON: CSL itself, BibTeX and RIS."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maps.atlas.check.sources import CSL_TYPES
from maps.atlas.intake.readings import month_number
from maps.atlas.intake.text import clean, decoded, kind_of, parsed_json, refused

Item = dict[str, Any]

_BEFORE_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s{}]+")

_NAMES = ("author", "editor", "translator")
_NUMBERS = ("volume", "issue", "number", "edition", "page", "number-of-pages")
_SAID = tomllib.loads((Path(__file__).parent / "references.toml").read_text("utf-8"))
# What CSL calls the types and the fields of the formats.
_CSL = {
    name: {word: wanted for wanted, words in table.items() for word in words.split()}
    for name, table in _SAID.items()
}


def read_records(path: Path, encoding: str = "") -> list[Item]:
    """Read a bibliography as CSL-JSON items, as they stand in the file.

    Raises
    ------
    ImportRefused
        The file is missing, of another kind, cannot be read, or holds no record.
    """
    readers = {".json": _of_json, ".bib": _of_bibtex, ".ris": _of_ris}
    kind = kind_of(path, readers, f"is none of {', '.join(readers)}; export it as CSL-JSON")
    items = readers[kind](path, decoded(path, path.read_bytes(), encoding))
    if not items:
        raise refused(path, "rows-missing", "has no records; there is nothing to import")
    return [_tidied(item) for item in items]


def _of_json(path: Path, text: str) -> list[Item]:
    found = parsed_json(path, text)
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not (isinstance(items, list) and all(isinstance(item, dict) for item in items)):
        raise refused(path, "syntax", "is no CSL-JSON: a list of items; export it as CSL JSON")
    if any("itemType" in item for item in items):
        raise refused(path, "syntax", "has Zotero's own items, not CSL; export it as CSL JSON")
    return items


def _of_bibtex(path: Path, text: str) -> list[Item]:
    from pybtex.database import parse_string  # noqa: PLC0415
    from pybtex.exceptions import PybtexError  # noqa: PLC0415
    from pybtex.scanner import PybtexSyntaxError  # noqa: PLC0415

    try:
        entries = parse_string(text, "bibtex").entries
    except (PybtexError, PybtexSyntaxError) as error:
        raise refused(path, "syntax", f"is not BibTeX ({error})") from None
    items = []
    for key, entry in entries.items():
        item: Item = {"id": key, "type": _CSL["bibtex_types"].get(entry.type.lower(), "document")}
        fields = {name.lower(): value for name, value in entry.fields.items()}
        if whole := entries.get(fields.get("crossref", "")):  # the book a chapter stands in
            of_whole = {name.lower(): value for name, value in whole.fields.items()}
            fields = {**of_whole, "booktitle": of_whole.get("title", ""), **fields}
        if found := _LINK.search(fields.get("howpublished", "")):
            fields.setdefault("url", found[0])
        for name, value in fields.items():
            if wanted := _CSL["bibtex_fields"].get(name):
                item.setdefault(wanted, value if wanted in ("URL", "DOI") else _plain(value))
        if "page" in item:
            item["page"] = item["page"].replace("--", "–")
        for role, people in entry.persons.items():
            if role.lower() in _NAMES:
                named = [person for person in people if str(person) != "others"]
                item[role.lower()] = [_bibtex_name(person) for person in named]
        when = fields.get("date") or fields.get("year", "")
        if (month := fields.get("month", "")[:3].lower()) and when.isdecimal():
            when = f"{when}-{month_number(month) or month}"
        item["issued"] = _issued(when)
        item["accessed"] = _issued(fields.get("urldate", ""))
        items.append(item)
    return items


def _plain(latex: str) -> str:
    """Read accents and braces of TeX as the letters they stand for."""
    from pybtex.richtext import Text  # noqa: PLC0415

    return re.sub(r"\\[A-Za-z]+\s?", "", str(Text.from_latex(latex)))


def _bibtex_name(person: Any) -> Item:  # noqa: ANN401 - a Person of pybtex, which has no types
    family = _plain(" ".join((*person.prelast_names, *person.last_names)))
    given = _plain(" ".join((*person.first_names, *person.middle_names)))
    suffix = _plain(" ".join(person.lineage_names))
    if not given:
        return {"literal": family}  # an institution, which is not split
    return {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}


def _of_ris(path: Path, text: str) -> list[Item]:
    import rispy  # noqa: PLC0415

    try:
        records = rispy.loads(text)
    except (OSError, ValueError, KeyError) as error:
        raise refused(path, "syntax", f"is not RIS ({error})") from None
    items = []
    for record in records:
        kind = _CSL["ris_types"].get(str(record.get("type_of_reference", "")), "document")
        item: Item = {"id": str(record.get("id", "")), "type": kind}
        for name, wanted in _CSL["ris_fields"].items():
            if record.get(name):
                item.setdefault(wanted, str(record[name]))
        item["URL"] = str((record.get("urls") or [""])[0])
        pages = (record.get("start_page"), record.get("end_page"))
        item["page"] = "–".join(str(page) for page in pages if page)
        for role, names in (("author", "authors"), ("author", "first_authors"),
                            ("editor", "secondary_authors")):  # fmt: skip
            if record.get(names):
                item.setdefault(role, [_name(str(name)) for name in record[names]])
        more = record.get("unknown_tag", {})  # of older programs: the book, and who edited it
        if books := more.get("BT"):
            item.setdefault("container-title" if "title" in item else "title", str(books[0]))
        if editors := more.get("ED"):
            item.setdefault("editor", [_name(str(name)) for name in editors])
        dates = (record.get(name) for name in ("date", "year", "publication_year"))
        item["issued"] = _issued(str(next(filter(None, dates), "")))
        item["accessed"] = _issued(str(record.get("access_date") or ""))
        items.append(item)
    return items


def _name(written: str) -> Item:
    family, comma, given = (part.strip() for part in written.partition(","))
    return {"family": family, "given": given} if comma else {"literal": family}


def _issued(written: str) -> Item:
    """Read ``1930``, ``1930-05-02`` or ``1930/05/02/``; other words stay as they are.

    EDTF counts a year 0 before the year 1, CSL does not: ``-0043`` is its year -44.
    """
    written = written.strip()
    if not written:
        return {}
    if found := re.fullmatch(r"(-\d{4}|0000)((?:-\d\d){0,2})", written):
        return {"date-parts": [[int(found[1]) - 1, *map(int, found[2].split("-")[1:])]]}
    parts = [part for part in re.split(r"[-–/]+", written) if part]
    if len(parts) == 2 and all(len(part) == 4 and part.isdecimal() for part in parts):
        return {"date-parts": [[int(part)] for part in parts]}  # from one year to another
    if parts and len(parts[0]) == 4 and all(part.isdecimal() for part in parts):
        return {"date-parts": [[int(part) for part in parts[:3]]]}
    return {"literal": written}


def _tidied(item: Mapping[str, Any]) -> Item:
    """Leave out what is empty, and write numbers and texts as CSL wants them."""
    tidy: Item = {}
    for name, value in item.items():
        if value in (None, "", [], {}, {"date-parts": [[]]}):
            continue
        if name == "type":
            tidy[name] = value if value in CSL_TYPES else "document"
        elif isinstance(value, dict) and isinstance(value.get("raw"), str):
            tidy[name] = _issued(value["raw"])
        elif isinstance(value, dict) and "date-parts" in value:
            tidy[name] = {**value, "date-parts": [_whole(date) for date in value["date-parts"]]}
        elif isinstance(value, str):
            text = clean(value)
            tidy[name] = _BEFORE_DOI.sub("", text) if name == "DOI" else text
        elif isinstance(value, (int, float)) and name not in _NUMBERS and name != "id":
            tidy[name] = str(value)
        else:
            tidy[name] = value
    return tidy


def _whole(parts: object) -> object:
    if not isinstance(parts, list):
        return parts
    return [int(part) if str(part).strip().lstrip("-").isdecimal() else part for part in parts]
