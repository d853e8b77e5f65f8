"""Sources and citations as text a reader can follow.

References are formatted by citeproc-py in the style `csl/history.csl`. It is
run once for each source and language, on first use: a page that shows three
citations formats three sources.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from maps.atlas.model import Citation, Source
from maps.cache import once_for_each
from maps.words.date_formats import format_edtf
from maps.words.i18n import texts

STYLE = Path(__file__).parent / "csl" / "history.csl"
DEFAULT_LOCALE = "en-GB"

# citeproc-py escapes some fields of a source and not others. So it works on
# plain text, with these two private-use characters around what is in italics,
# and the escaping is done here, on the whole.
ITALIC_ON, ITALIC_OFF = "\ue000", "\ue001"
_SHORT = ' form="short"'
_TERMS = {
    "accessed": "", "and": "", "issue": _SHORT, "edition": _SHORT, "page": _SHORT, "editor": _SHORT
}  # fmt: skip
_DATES = ("issued", "accessed")
_LONGEST_NAME = 38  # letters
_DESCRIPTION = re.compile(r"\[[^\[\]]*\]")  # an editor's, by the rule of libraries
# Only whole pairs become markup, whatever characters a source may hold.
_ITALICS = re.compile(f"{ITALIC_ON}([^{ITALIC_ON}{ITALIC_OFF}]*){ITALIC_OFF}")
_SET_ITALIC = f"{ITALIC_ON}{{}}{ITALIC_OFF}".format
_PLAIN = dict.fromkeys(("Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str)
_FORMATTER = SimpleNamespace(
    preformat=lambda text: text, Italic=_SET_ITALIC, Oblique=_SET_ITALIC, **_PLAIN
)


def reference_text(source: Source, lang: str = "en") -> str:
    """Format the whole reference of a source, without a full stop at its end."""
    return _reference(source, lang).replace(ITALIC_ON, "").replace(ITALIC_OFF, "")


def reference_html(source: Source, lang: str = "en") -> str:
    """Format a reference as HTML: text escaped, titles in ``<i>``, no other markup."""
    in_italics = _ITALICS.sub(r"<i>\1</i>", html.escape(_reference(source, lang)))
    return in_italics.replace(ITALIC_ON, "").replace(ITALIC_OFF, "")


def author_year(source: Source) -> str:
    """Name a source by author and year, as where it is known already; "" without authors."""
    names = _surnames(source, "author")
    written = " & ".join(names[:2]) + (" et al." if names[2:] else "")
    return f"{written} {_year(source)}".strip() if written else ""


def named_short(source: Source) -> str:
    """Name a source as a footnote called again does: author or place, year, id."""
    csl, names = source.csl, _surnames(source, "author") or _surnames(source, "editor")
    name = f"{names[0]} …" if names[2:] else ", ".join(names)
    name = name or str(csl.get("container-title") or csl.get("publisher") or csl.get("title") or "")
    if len(name) > _LONGEST_NAME:
        name = name[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return " ".join(filter(None, (name, _year(source), f"[{source.id}]")))


def _surnames(source: Source, role: str) -> list[str]:
    people = source.csl.get(role) or ()
    return [str(name) for one in people if (name := one.get("family") or one.get("literal"))]


def date_parts(source: Source, name: str) -> list[str]:
    """Give year, month and day of a date of a source, as far as it has them."""
    dates = (source.csl.get(name) or {}).get("date-parts") or [[]]
    return [str(part) for part in dates[0]]


def _year(source: Source) -> str:
    return "".join(date_parts(source, "issued")[:1])


def located_text(citation: Citation, lang: str = "en") -> str:
    """Give reference and locator of a citation."""
    reference = reference_text(citation.source, lang)
    return f"{reference}, {citation.locator}" if citation.locator else reference


def citation_text(citation: Citation, lang: str = "en") -> str:
    """Give reference and locator, then the citation as the main source prints it.

    The printed form is kept beside the resolved one because numbers
    and locators are evidence themselves, slips included.
    """
    located, printed = located_text(citation, lang), citation.as_printed
    return f"{located} {texts(lang).t('cite.printed_as', printed=printed)}" if printed else located


@once_for_each
def _reference(source: Source, lang: str) -> str:
    import citeproc  # noqa: PLC0415  a command that cites nothing starts faster
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    references = CiteProcJSON([_understood(source, lang)])
    bibliography = citeproc.CitationStylesBibliography(_style(lang), references, _FORMATTER)
    bibliography.register(citeproc.Citation([citeproc.CitationItem(source.id)]))
    entries = bibliography.bibliography()
    # A source that has none of the fields the style knows gives no entry.
    return str(entries[0]).strip() if entries else source.id


@cache
def _style(lang: str) -> object:
    from citeproc import PRIMARY_DIALECTS, CitationStylesStyle  # noqa: PLC0415

    locale = DEFAULT_LOCALE if lang == "en" else PRIMARY_DIALECTS.get(lang, DEFAULT_LOCALE)
    # The style is checked against the schema by a test, not at each start.
    content = STYLE.read_bytes()
    # The terms that a language has words for; CSL has only some.
    spoken = texts(lang).strings if lang != "en" else {}
    said = {name: spoken.get(f"cite.{name}") for name in (*_TERMS, "pages", "editors")}
    word = {name: html.escape(text) for name, text in said.items() if text}
    own = "".join(
        f'<term name="{name}"{form}><single>{word[name]}</single>'
        f"<multiple>{word.get(f'{name}s', word[name])}</multiple></term>"
        for name, form in _TERMS.items()
        if name in word
    )
    if own:
        locale = PRIMARY_DIALECTS.get(lang, lang)
        terms = f'</info><locale xml:lang="{lang}"><terms>{own}</terms></locale>'
        content = content.replace(b"</info>", terms.encode(), 1)
    return CitationStylesStyle(BytesIO(content), locale=locale, validate=False)


def _understood(source: Source, lang: str) -> Mapping[str, Any]:
    """Keep the CSL fields citeproc-py knows; it warns on each of the others.

    Days are written as everywhere: CSL has no case for a month beside a day.
    """
    from citeproc import VARIABLES  # noqa: PLC0415

    known = {"type", *(name.replace("_", "-") for name in VARIABLES)}
    kept = {key: value for key, value in source.csl.items() if key in known and value}
    if _DESCRIPTION.fullmatch(str(kept.get("title", ""))):
        # No title that anybody gave: it stands as what the source is, without quotation marks.
        kept["genre"] = ", ".join(str(kept[key]) for key in ("title", "genre") if key in kept)
        del kept["title"]
    for name in _DATES:
        parts = (kept.get(name) or {}).get("date-parts") or []
        if len(parts) == 1 and parts[0] and not set(kept[name]) - {"date-parts"}:
            edtf = "-".join(f"{int(part):02}" for part in parts[0])
            kept[name] = {"literal": format_edtf(edtf, lang)}
    return {"type": "document", **kept, "id": source.id}
