"""The words of the interface, in the reader's language, and how much of them is translated.

Every string of the page, the map, the exports lies in `locale/en.toml`, its translations
in `locale/<lang>.po`.
The texts of an atlas (titles, names, notes) are not here: they come with it, and
with them how it speaks of the work that it retells.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from maps.atlas.load import AtlasTables
from maps.atlas.model import MAIN_SOURCE, Atlas
from maps.atlas.translations import translatable
from maps.cache import once_for_each
from maps.catalogue import Catalogue, Coverage, Text, coverage, read_catalogue, stale

if TYPE_CHECKING:
    from babel import Locale

LOCALES = Path(__file__).parent / "locale"
FALLBACK = "en"
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?։؟])\s+")
_ABBREVIATED = re.compile(r"\b\w\.$")

# Letters that Unicode takes for letters of their own, not for another with a mark;
# apostrophes, which are written in many ways or left out; and dashes. Persian is typed with
# Arabic letters and either digits, and with a space for the sign that keeps letters apart;
# what is copied from the page may hold marks of direction.
SPELT = {
    **dict(zip("əıłøđðς", "eiloddσ", strict=True)),
    **dict.fromkeys("ʼ’‘ʻ`´՚'", ""),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict(zip("يىك۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "ییک" + 2 * "0123456789", strict=True)),
    "\u200c": " ", "\u200e": "", "\u200f": "",
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
}  # fmt: skip
_SPELT = str.maketrans(SPELT)


@dataclass(frozen=True)
class Texts:
    """The interface strings of one language, by dotted key."""

    lang: str
    strings: Mapping[str, str]
    fallback: Mapping[str, str]

    def t(self, key: str, **placeholders: object) -> str:
        """Give one string with its ``{placeholders}`` filled in.

        A key this language lacks is given in English; one that no language
        has is given back as it is, so that a slip is seen and nothing breaks.
        """
        template = self.strings.get(key) or self.fallback.get(key)
        if template is None:
            return key
        return template.format(**placeholders) if placeholders else template

    def n(self, key: str, number: int, shown: str) -> str:
        """Give the form of a string for a number, as CLDR has them for the language."""
        from babel import Locale  # noqa: PLC0415

        form = Locale.parse(self.lang).plural_form(number)
        return self.t(f"{key}.{form}" if f"{key}.{form}" in self else f"{key}.other", count=shown)

    @property
    def arrow(self) -> str:
        """What leads from one thing to the next, as the language is read."""
        return "←" if direction(self.lang) == "rtl" else "→"

    def __contains__(self, key: str) -> bool:
        return key in self.strings or key in self.fallback

    def section(self, name: str) -> dict[str, str]:
        """Give all strings below one dotted key, keys without it; for the JavaScript."""
        start = name + "."
        merged = {**self.fallback, **self.strings}
        return {key[len(start) :]: text for key, text in merged.items() if key.startswith(start)}


@cache
def texts(lang: str) -> Texts:
    """Load the strings of a language; an unknown language gets the English ones."""
    fallback = _strings(FALLBACK)
    known = lang if lang in available_languages() else FALLBACK
    return Texts(known, _strings(known), fallback)


# What an atlas may say in its own words of its main source (`maps.atlas.model.SOURCE_TEXTS`),
# and where the interface says it; {} is what the tables of the atlas call that source.
OF_MAIN_SOURCE = {
    "told": "ui.layer.{}",
    "context": "ui.layer.context",
    "only": "map.evidence.{}-only",
    "only_short": "ui.mark.{}-only",
    "only_found": "site.card.{}-only",
    "cited_as": "ui.card.cited_as",
    "no_citation": "ui.card.no_citation",
    "says": "ui.card.source_says",
    "printed": "ui.role.printed",
    "as_stated": "ui.date_status.as stated",
    "events": "ui.events.intro",
    "sources": "ui.sources.intro",
    "silence": "ui.method.silence",
    "number": "bibtex.number",
}


@once_for_each
def words_for(atlas: Atlas, lang: str) -> Texts:
    """Give the strings of a language as this atlas speaks of its main source."""
    spoken, main, own = texts(lang), atlas.settings.main_source, atlas.source_texts
    said = {
        where.format(main): own.get(key) or spoken.t(where.format(MAIN_SOURCE))
        for key, where in OF_MAIN_SOURCE.items()
    }
    plain = {where.format(MAIN_SOURCE) for where in OF_MAIN_SOURCE.values()}
    rest = {key: text for key, text in spoken.strings.items() if key not in plain}
    fallback = {key: text for key, text in spoken.fallback.items() if key not in plain}
    return Texts(spoken.lang, {**rest, **said}, fallback)


@cache
def available_languages() -> tuple[str, ...]:
    """List the languages the interface speaks, English first."""
    found = {path.stem for path in LOCALES.glob("*.po")}
    return (FALLBACK, *sorted(found - {FALLBACK}))


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Give a text as it is compared: lower case, no accents, one space between words.

    Letters keep their script. `calendar.js` does the same with `SPELT`.
    """
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_SPELT)
    return " ".join("".join(c for c in apart if unicodedata.category(c)[0] != "M").split())


def language_name(code: str, lang: str) -> str:
    """Name a language: ``Armenian``; a code that is not known is given back as it is."""
    locale = locale_of(code)
    named = locale.get_display_name(texts(lang).lang) if locale else ""
    return str(named or code)


def locale_of(code: str) -> Locale | None:
    """Find what CLDR has of a language; None where it has nothing."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=1 << 14)  # as of days: Babel takes a while, and areas stand in many places
def format_number(number: float, lang: str, digits: int = 0) -> str:
    """Write a number with the separators of the language: ``4,282``."""
    from babel.numbers import format_decimal  # noqa: PLC0415

    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(number, format=pattern, locale=texts(lang).lang))


def format_share(share: float, lang: str) -> str:
    """Write a difference as a signed percentage: ``+1.4%``."""
    from babel.numbers import format_percent  # noqa: PLC0415

    locale = texts(lang).lang
    return str(format_percent(share, format="+#,##0.0%;−#,##0.0%", locale=locale))


def sentences_of(text: str) -> list[str]:
    """Split a text into its sentences, each with its full stop."""
    parts: list[str] = []
    for part in _BETWEEN_SENTENCES.split(text):
        # After an abbreviation a sentence goes on in small letters, or with a number; in a
        # script without capitals only the abbreviation tells: ق.م.
        begins = part.lstrip('“«"(')[:1]
        caseless = begins.isalpha() and begins.lower() == begins.upper()
        if parts and not (begins.isupper() or (caseless and not _ABBREVIATED.search(parts[-1]))):
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return parts


def direction(lang: str) -> str:
    """Give the direction a language is written in, as HTML has it: ``ltr`` or ``rtl``."""
    locale = locale_of(lang)
    return "rtl" if locale and locale.character_order == "right-to-left" else "ltr"


def interface_texts(lang: str) -> list[Text]:
    """List the English strings by key, plurals with all forms that CLDR has for the language."""
    from babel import Locale  # noqa: PLC0415

    english = _strings(FALLBACK)
    listed = []
    for key, text in english.items():
        if not text:
            continue
        listed.append((key, text))
        stem, _, form = key.rpartition(".")
        if form == "one" and (other := english.get(f"{stem}.other")) is not None:
            forms = sorted(Locale.parse(lang).plural_form.tags - {"one"})
            listed += [(f"{stem}.{each}", other) for each in forms]
    return listed


def interface_catalogue(lang: str) -> Catalogue:
    """Read the translations of the interface into a language other than English."""
    return read_catalogue((LOCALES / f"{lang}.po").read_text(encoding="utf-8"))


@cache
def _strings(lang: str) -> Mapping[str, str]:
    if lang != FALLBACK:
        said = interface_catalogue(lang).texts
        wanted = interface_texts(lang)
        return MappingProxyType({text[0]: said[text] for text in wanted if text in said})
    with (LOCALES / f"{lang}.toml").open("rb") as file:
        return MappingProxyType(dict(_flattened(tomllib.load(file))))


def _flattened(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{before}{key}.")
        else:
            yield before + key, str(value)


def coverage_of(atlas: Atlas, lang: str) -> Coverage:
    """Count the texts of the interface and of the atlas that come from a catalogue."""
    return _of_interface(lang) + atlas.coverage


@cache
def _of_interface(lang: str) -> Coverage:
    if lang == FALLBACK or lang not in available_languages():
        return Coverage()
    # Readers never see the workbench; what it lacks is not missing in what they read.
    read = [text for text in interface_texts(lang) if not text[0].startswith("edit.")]
    return coverage(interface_catalogue(lang), read)


def translation_note(atlas: Atlas, lang: str) -> str:
    """Say in a line that texts are translated, unread or missing; nothing where none is."""
    found, spoken = coverage_of(atlas, lang), texts(lang)
    said = []
    if found.translated > found.reviewed:
        said.append(spoken.t("translation.partly" if found.reviewed else "translation.unread"))
    if found.missing:
        missing = format_number(found.missing, lang)
        said.append(spoken.n("translation.missing", found.missing, missing))
    return " ".join(said)


def catalogue_lines(tables: AtlasTables) -> list[str]:
    """Say for each catalogue of an atlas, and that of the interface, how far it is: a line each."""
    spoken, wanted, lines = texts("en"), set(translatable(tables)), []
    for lang, content in tables.catalogues.items():
        held = read_catalogue(content)
        found, old = coverage(held, wanted), len(stale(held, wanted))
        if lang in available_languages():
            found += _of_interface(lang)
            old += len(stale(interface_catalogue(lang), interface_texts(lang)))
        facts = {"all": found.wanted, "translated": found.translated, "missing": found.missing}
        lines.append(
            spoken.t("check.translation", lang=lang, stale=old, reviewed=found.reviewed, **facts)
        )
    return lines


def translation_counts(atlas: Atlas, lang: str) -> str:
    """Count what is translated and what of it a native speaker has read; nothing in English."""
    found = coverage_of(atlas, lang)
    numbers = {
        "all": found.wanted, "translated": found.translated, "reviewed": found.reviewed
    }  # fmt: skip
    written = {name: format_number(number, lang) for name, number in numbers.items()}
    return texts(lang).t("translation.counts", **written) if found.wanted else ""
