"""Sources as RIS, the form that EndNote, Zotero and most catalogues of libraries read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maps.atlas.model import Source

_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_TAGS = {
    "title": "TI",
    "container-title": "T2",
    "publisher": "PB",
    "publisher-place": "CY",
    "edition": "ET",
    "version": "ET",
    "volume": "VL",
    "issue": "IS",
    "page": "SP",
    "DOI": "DO",
    "ISBN": "SN",
    "ISSN": "SN",
    "language": "LA",
}


def ris(sources: Iterable[Source]) -> str:
    """Write sources as RIS in UTF-8, in the order given; what RIS has no tag for is left out."""
    return "".join(f"{tag}  - {value}\r\n" for source in sources for tag, value in _lines(source))


def _lines(source: Source) -> Iterator[tuple[str, str]]:
    csl = source.csl
    yield "TY", _TYPES.get(str(csl.get("type", "")), "GEN")
    yield "ID", source.id
    for kind, tag in (("author", "AU"), ("editor", "ED")):
        for person in csl.get(kind) or ():
            yield tag, _person(person)
    for name, tag in _TAGS.items():
        if csl.get(name):
            yield tag, _one_line(str(csl[name]))
    for name, tag in (("issued", "PY"), ("accessed", "Y2")):
        parts = ((csl.get(name) or {}).get("date-parts") or [[]])[0]
        if parts:
            yield tag, "/".join(str(part).zfill(2) for part in parts)
    if source.address:
        yield "UR", source.address
    yield "ER", ""


def _person(name: Mapping[str, str]) -> str:
    written = name.get("literal") or ", ".join(
        part for part in (name.get("family", ""), name.get("given", "")) if part
    )
    return _one_line(written)


def _one_line(text: str) -> str:
    return " ".join(text.split())
