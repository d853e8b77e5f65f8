"""What a reader is told of the translation: who has read it, and what is missing."""

from __future__ import annotations

from functools import cache

from maps.atlas.load import AtlasTables
from maps.atlas.model import Atlas
from maps.atlas.translations import translatable
from maps.catalogue import Coverage, coverage, read_catalogue, stale
from maps.words.i18n import (
    FALLBACK,
    available_languages,
    format_number,
    interface_catalogue,
    interface_texts,
    texts,
)


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
