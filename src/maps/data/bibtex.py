"""Sources as BibTeX, for readers who keep their references there.

No library of ours writes BibTeX. CSL holds more kinds and fields than BibTeX
has: what does not fit goes into ``note``, and nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from maps.atlas.model import Source

_ENTRY_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_FIELDS = {
    "title": "title",
    "publisher": "publisher",
    "publisher-place": "address",
    "edition": "edition",
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "page": "pages",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
    "language": "language",
    "genre": "type",
}
_VERBATIM = {"url", "doi"}
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def bibtex(sources: Iterable[Source], numbered: str = "number in print") -> str:
    """Write sources as BibTeX in UTF-8, in the order given, keys their ids.

    ``numbered`` says what the number is that stands in a note: one in the main source.
    """
    return "\n".join(_entry(source, numbered) for source in sources)


def _entry(source: Source, numbered: str) -> str:
    kind = _ENTRY_TYPES.get(str(source.csl.get("type", "")), "misc")
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(source, kind, numbered).items()]
    return "\n".join((f"@{kind}{{{source.id},", *lines, "}", ""))


def _fields(source: Source, kind: str, numbered: str) -> dict[str, str]:
    csl = source.csl
    fields = {
        "author": _people(csl.get("author")),
        "editor": _people(csl.get("editor")),
        "translator": _people(csl.get("translator")),
    }
    for csl_name, name in _FIELDS.items():
        if csl.get(csl_name) and name not in fields:
            text = str(csl[csl_name])
            fields[name] = _bare(text) if name in _VERBATIM else _escaped(text)
    if source.address:  # many programs make a link of the URL only
        fields.setdefault("url", _bare(source.address))
    container = "journal" if kind == "article" else "booktitle"
    fields[container] = _escaped(str(csl.get("container-title", "")))
    fields.update(_issued(csl))
    fields["urldate"] = _day(csl.get("accessed"))
    fields["note"] = _escaped(_remarks(source, numbered))
    return {name: value for name, value in fields.items() if value}


def _people(names: object) -> str:
    if not isinstance(names, list):
        return ""
    return " and ".join(_person(name) for name in names if isinstance(name, Mapping))


def _person(name: Mapping[str, Any]) -> str:
    if name.get("literal"):
        # A second pair of braces keeps an institution from being split into names.
        return "{" + _escaped(str(name["literal"])) + "}"
    parts = (str(name.get("family", "")), str(name.get("given", "")))
    return ", ".join(_escaped(part) for part in parts if part)


def _issued(csl: Mapping[str, Any]) -> dict[str, str]:
    parts = _date_parts(csl.get("issued"))
    return {name: str(part) for name, part in zip(("year", "month", "day"), parts, strict=False)}


def _date_parts(when: object) -> list[object]:
    dates = when.get("date-parts") if isinstance(when, Mapping) else None
    return list(dates[0]) if isinstance(dates, list) and dates else []


def _day(when: object) -> str:
    """Write a date as BibLaTeX has it: 2023, 2023-08, 2023-08-11."""
    year, *rest = [str(part) for part in _date_parts(when)] or [""]
    return "-".join((year, *(part.zfill(2) for part in rest)))


def _remarks(source: Source, numbered: str) -> str:
    pages = str(source.csl.get("number-of-pages", ""))
    archive = str(source.csl.get("archive", ""))
    known = {"pages": pages, "archive": archive, numbered: source.number_in_text}
    return "; ".join(f"{name}: {value}" for name, value in known.items() if value)


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def _bare(text: str) -> str:
    """Keep an address as it is, but for what would end the field."""
    return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
