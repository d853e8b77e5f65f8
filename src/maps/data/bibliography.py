"""Sources for programs that keep references: BibTeX, and RIS for EndNote, Zotero and catalogues.

CSL holds more kinds and fields than either: what does not fit goes into BibTeX's ``note`` or is
left out, and nothing is made up. The libraries that read both for us write neither so that it
can be used: pybtex escapes the underscores of an address, rispy numbers the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from maps.atlas.model import Source
from maps.words.cite import date_parts

# What CSL calls it, then BibTeX, then RIS; empty where that has no word for it.
_OTHER_TYPE = ("misc", "GEN")
_TYPES = {
    "article-journal": ("article", "JOUR"),
    "article-magazine": ("article", "MGZN"),
    "article-newspaper": ("article", "NEWS"),
    "book": ("book", "BOOK"),
    "chapter": ("incollection", "CHAP"),
    "paper-conference": ("inproceedings", "CPAPER"),
    "report": ("techreport", "RPRT"),
    "thesis": ("phdthesis", "THES"),
    "webpage": ("misc", "ELEC"),
}
_FIELDS = (
    ("title", "title", "TI"),
    ("container-title", "", "T2"),  # BibTeX's name depends on the type
    ("publisher", "publisher", "PB"),
    ("publisher-place", "address", "CY"),
    ("edition", "edition", "ET"),
    ("version", "", "ET"),
    ("volume", "volume", "VL"),
    ("issue", "number", "IS"),
    ("number", "number", ""),
    ("page", "pages", "SP"),
    ("DOI", "doi", "DO"),
    ("ISBN", "isbn", "SN"),
    ("ISSN", "issn", "SN"),
    ("URL", "url", ""),
    ("language", "language", "LA"),
    ("genre", "type", ""),
)
_TEX = str.maketrans(
    {character: f"\\{character}" for character in "{}#$%&_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_IN_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})  # what would end the field


def bibtex(sources: Iterable[Source], numbered: str = "number in print") -> str:
    """Write sources as BibTeX in UTF-8, in the order given, keys their ids.

    ``numbered`` says what the number is that stands in a note: one in the main source.
    """
    entries = []
    for source in sources:
        csl = source.csl
        kind, _ = _TYPES.get(csl.get("type", ""), _OTHER_TYPE)
        fields = {
            role: " and ".join(_person(name, _TEX) for name in csl.get(role) or ())
            for role in ("author", "editor", "translator")
        }
        for name, field, _ in _FIELDS:
            if field and csl.get(name) and field not in fields:
                escapes = _IN_ADDRESS if field in ("url", "doi") else _TEX
                fields[field] = str(csl[name]).translate(escapes)
        if source.address:  # many programs make a link of the URL only
            fields.setdefault("url", source.address.translate(_IN_ADDRESS))
        container = str(csl.get("container-title", "")).translate(_TEX)
        fields["journal" if kind == "article" else "booktitle"] = container
        fields |= zip(("year", "month", "day"), date_parts(source, "issued"), strict=False)
        # As BibLaTeX has it: 2023, 2023-08, 2023-08-11.
        fields["urldate"] = "-".join(part.zfill(2) for part in date_parts(source, "accessed"))
        remarks = {
            "pages": csl.get("number-of-pages"),
            "archive": csl.get("archive"),
            numbered: source.number_in_text,
        }
        note = "; ".join(f"{name}: {value}" for name, value in remarks.items() if value)
        fields["note"] = note.translate(_TEX)
        for name in ("title", "booktitle"):
            if fields.get(name):  # styles write it in lower case but for what has braces of its own
                fields[name] = f"{{{fields[name]}}}"
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        entries.append("\n".join((f"@{kind}{{{source.id},", *lines, "}", "")))
    return "\n".join(entries)


def ris(sources: Iterable[Source]) -> str:
    """Write sources as RIS in UTF-8, in the order given; what RIS has no tag for is left out."""
    lines: list[tuple[str, str]] = []
    for source in sources:
        csl = source.csl
        _, kind = _TYPES.get(csl.get("type", ""), _OTHER_TYPE)
        lines += [("TY", kind), ("ID", source.id)]
        for role, tag in (("author", "AU"), ("editor", "ED")):
            lines += [(tag, _person(name)) for name in csl.get(role) or ()]
        lines += [(tag, str(csl[name])) for name, _, tag in _FIELDS if tag and csl.get(name)]
        for name, tag in (("issued", "PY"), ("accessed", "Y2")):
            if parts := date_parts(source, name):
                lines.append((tag, "/".join(part.zfill(2) for part in parts)))
        if source.address:
            lines.append(("UR", source.address))
        lines.append(("ER", ""))
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)


def _person(name: Mapping[str, str], escapes: Mapping[int, str] | None = None) -> str:
    """Write a name with the family first; in TeX, braces keep an institution in one piece."""
    if literal := name.get("literal"):
        return f"{{{literal.translate(escapes)}}}" if escapes else literal
    parts = (name.get("family"), name.get("given"))
    return ", ".join(part.translate(escapes or {}) for part in parts if part)
