"""Translations in gettext's PO files, which Poedit, Weblate and others write.

An entry holds the place of a text as its context (``msgctxt``), the English it was made
from (``msgid``) and the translation. A text is found by both: when its English changes,
what was made from the former English is no longer shown. ``fuzzy``, which the tools call
"needs work" or "needs editing", says that no native speaker has read an entry yet; one
that also holds its former English (``#| msgid``) is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # babel.messages is loaded where a translation is wanted
    from babel.messages import Catalog, Message

Text = tuple[str, str]  # context and English
_PLACEHOLDER = re.compile(r"\{\w*\}")
_ALIKE = 0.6  # as gettext's msgmerge has it: what may be the former English of a text


@dataclass(frozen=True)
class Catalogue:
    """The translations into one language; ``fault`` says why a file could not be read."""

    texts: Mapping[Text, str] = field(default_factory=dict)
    reviewed: frozenset[Text] = frozenset()  # by a native speaker
    broken: frozenset[Text] = frozenset()  # with other {placeholders} than the English, left out
    outdated: frozenset[Text] = frozenset()  # made from a former English, left out
    fault: str = ""


@dataclass(frozen=True)
class Coverage:
    """How far texts are translated: how many there are, how many of them are translated, read."""

    wanted: int = 0
    translated: int = 0
    reviewed: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.wanted + other.wanted,
            self.translated + other.translated,
            self.reviewed + other.reviewed,
        )

    @property
    def missing(self) -> int:
        """How many texts are shown in English for want of a translation."""
        return self.wanted - self.translated


@lru_cache(maxsize=16)
def read_catalogue(content: str) -> Catalogue:
    """Read what a PO file holds; one that is none gives no translation but says its fault."""
    try:
        entries = [entry for entry in _read(content) if _text_of(entry)[1]]
    except (ValueError, LookupError) as error:
        return Catalogue(fault=" ".join(str(error).split()))
    current = {_text_of(e): str(e.string) for e in entries if e.string and not _former(e)}
    broken = frozenset(
        text for text, said in current.items() if placeholders(said) != placeholders(text[1])
    )
    return Catalogue(
        {text: said for text, said in current.items() if text not in broken},
        frozenset(_text_of(e) for e in entries if e.string and not e.fuzzy) - broken,
        broken,
        frozenset(_text_of(e) for e in entries if e.string and _former(e)),
    )


def coverage(catalogue: Catalogue, wanted: Iterable[Text]) -> Coverage:
    """Count how many of some texts a catalogue translates."""
    asked = set(wanted)
    translated = asked & catalogue.texts.keys()
    return Coverage(len(asked), len(translated), len(translated & catalogue.reviewed))


def stale(catalogue: Catalogue, wanted: Iterable[Text]) -> set[Text]:
    """List the entries of a catalogue that were made from what is no longer said."""
    return (catalogue.texts.keys() - set(wanted)) | catalogue.outdated


def refreshed(content: str, lang: str, wanted: Iterable[Text], now: datetime) -> str:
    """Write the PO file of a language anew, with an entry for each text that is wanted.

    Translations stay. Where the English of a context has changed, the former one and
    its translation are kept beside it and marked; what is wanted no more is left out.

    Raises
    ------
    ValueError
        ``content`` is no PO file.
    """
    from babel.messages import Catalog  # noqa: PLC0415
    from babel.messages.pofile import write_po  # noqa: PLC0415

    held = _read(content) if content else Catalog(lang, creation_date=now, fuzzy=False)
    former = {id(entry): _former(entry) for entry in held}
    template = Catalog()
    for context, english in dict.fromkeys(wanted):
        template.add(english, context=context)
    kept = {_text_of(entry): entry for entry in held if entry.id}
    held.update(template, no_fuzzy_matching=True, update_creation_date=False)
    gone = [entry for entry in held.obsolete.values() if entry.string]
    for entry in held:
        if not entry.id:
            continue
        before = kept.get(_text_of(entry))
        entry.user_comments = [c for c in entry.user_comments if not c.startswith("|")]
        if before is not None:
            entry.previous_id = list(filter(None, [former[id(before)]]))
            continue
        # What was translated in this place before; several texts may stand in one place.
        there = {str(other.id): other for other in gone if other.context == entry.context}
        for english in get_close_matches(str(entry.id), there, n=1, cutoff=_ALIKE):
            entry.string, entry.previous_id = there[english].string, [english]
            entry.flags.add("fuzzy")
    written = BytesIO()
    write_po(written, held, ignore_obsolete=True, include_previous=True)
    return written.getvalue().decode()


def placeholders(text: str) -> list[str]:
    """List what is to be filled in in a text, in the order of the alphabet."""
    return sorted(_PLACEHOLDER.findall(text))


def _read(content: str) -> Catalog:
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        return read_po(StringIO(content), abort_invalid=True)
    except PoFileError as error:
        raise ValueError(" ".join(str(error).split())) from None


def _text_of(entry: Message) -> Text:
    return entry.context or "", str(entry.id)


def _former(entry: Message) -> str:
    """Give the English that an entry was made from where it has changed since, else nothing.

    Babel writes such a line and reads it as a comment.
    """
    from babel.messages.pofile import denormalize  # noqa: PLC0415

    lines = (c.removeprefix("|").strip() for c in entry.user_comments if c.startswith("|"))
    quoted = "\n".join(line.removeprefix("msgid ") for line in lines if "msgctxt" not in line)
    return denormalize(quoted) if quoted else ""
