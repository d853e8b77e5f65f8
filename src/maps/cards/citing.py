"""Citations, notes and marks of evidence, as they stand at the foot of a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from maps.atlas.model import (
    CITATION_ROLES,
    EVIDENCE_LEVELS,
    Atlas,
    Citation,
    Note,
    Source,
    in_words_of,
)
from maps.cards.glossary import explained
from maps.cards.links import id_link, linked
from maps.cards.markup import element, folded, listed, together, web_link
from maps.words.cite import reference_html
from maps.words.i18n import Texts, texts, words_for


def citations(atlas: Atlas, cited: Iterable[Citation], lang: str) -> Markup | None:
    """List citations by their role; None where there is none.

    Each shows the number and locator as printed beside the formatted source and
    the resolved locator: the printed form is evidence itself, slips included.
    """
    found = tuple(cited)
    spoken = words_for(atlas, lang)
    groups = [
        (role, [citation for citation in found if citation.role == role])
        for role in (*CITATION_ROLES, *{c.role for c in found if c.role not in CITATION_ROLES})
    ]
    parts = [
        together(
            element("p", said(spoken, "ui.role", role), class_="mc-role"),
            listed("ol", (citation(atlas, c, lang) for c in group), class_="mc-cites"),
        )
        for role, group in groups
        if group
    ]
    return element("div", *parts, class_="mc-citations") if parts else None


def sources_fold(atlas: Atlas, cited: Sequence[Citation], lang: str) -> Markup | None:
    """List citations, folded under how many there are; None where there is none."""
    shown = citations(atlas, cited, lang)
    label = f"{texts(lang).t('ui.card.sources')} ({len(cited)})"
    return folded(label, shown) if shown else None


def citation(atlas: Atlas, cited: Citation, lang: str) -> Markup:
    """Write one citation out: printed, resolved, how sure, quoted."""
    spoken = texts(lang)
    certain = cited.locator_confidence in ("", "certain")
    doubt = None if certain else said(spoken, "ui.confidence", cited.locator_confidence)
    return together(
        element("span", cited.as_printed, class_="mc-printed") if cited.as_printed else None,
        element("span", resolved(cited, lang), class_="mc-resolved"),
        chip(atlas, cited.evidence, lang),
        element("span", spoken.t("ui.card.locator_confidence", confidence=doubt), class_="mc-quiet")
        if doubt
        else None,
        _quotation(cited, spoken),
        element("span", linked(atlas, cited.note, lang), class_="mc-quiet mc-line")
        if cited.note
        else None,
    )


def resolved(cited: Citation, lang: str) -> Markup:
    """Write the source and the locator in it."""
    locator = f", {cited.locator}" if cited.locator else None
    return together(reference(cited.source, lang), locator)


def reference(source: Source, lang: str) -> Markup:
    """Write a source out, its address in the web as a link."""
    written = Markup(reference_html(source, lang))  # escaped by maps.words.cite
    address = source.address
    shown = str(escape(address))
    if not address or shown not in written:
        return written
    before, _, after = written.rpartition(shown)
    return together(Markup(before), web_link(address, address), Markup(after))


def chip(atlas: Atlas, level: str, lang: str) -> Markup | None:
    """Mark a level of evidence; what it means is in its title, and where it leads."""
    if not level:
        return None
    spoken = words_for(atlas, lang)
    meaning = said(spoken, "map.evidence", level)
    return explained(
        said(spoken, "ui.mark", level),
        "evidence",
        hint=meaning,
        class_="mc-chip",
        data_level=level if meaning != level else None,
    )


def evidence_legend(atlas: Atlas, lang: str) -> Markup:
    """Explain the marks of evidence and the mark of differing accounts."""
    spoken = words_for(atlas, lang)
    levels = in_words_of(atlas.settings.main_source, EVIDENCE_LEVELS)
    rows = []
    for level in levels:
        meaning = spoken.t(f"map.evidence.{level}")
        # The chip says the mark already that a meaning starts with.
        rows.append(together(chip(atlas, level, lang), " ", meaning.partition(": ")[2] or meaning))
    rows.append(together(contested_badge(lang), " ", spoken.t("map.event_contested")))
    return element("ul", *(element("li", row) for row in rows), class_="mc-legend")


def contested_badge(lang: str, *, links: bool = True) -> Markup:
    """Mark what accounts differ on; without ``links`` where it stands on a button."""
    said_so = texts(lang).t("ui.card.contested")
    if not links:
        return element("span", said_so, class_="mc-contested")
    return explained(said_so, "contested", class_="mc-contested")


def notes(
    atlas: Atlas, found: Iterable[Note], lang: str, *, titled: bool = True, at_home: bool = False
) -> Markup | None:
    """List editor's notes with their ids and what they rest on; None where there is none.

    ``at_home`` is for the list of all notes, where links to a note lead.
    """
    items = [_note(atlas, note, lang, at_home=at_home) for note in found]
    if not items:
        return None
    heading = element("h4", texts(lang).t("ui.card.notes")) if titled else None
    return element("div", heading, *items, class_="mc-notes")


def said(spoken: Texts, section: str, value: str) -> str:
    """Give the word for a value of a table; the value itself where there is none."""
    key = f"{section}.{value}"
    return spoken.t(key) if key in spoken else value


def _note(atlas: Atlas, note: Note, lang: str, *, at_home: bool) -> Markup:
    doubt = said(texts(lang), "ui.confidence", note.confidence)
    about = ", ".join(part for part in (note.category, doubt) if part)
    return element(
        "div",
        element("p", element("b", id_link(atlas, note.id, lang)), " ",
                linked(atlas, note.text, lang)),
        element("p", about, class_="mc-quiet") if about else None,
        citations(atlas, note.citations, lang),
        class_="mc-note",
        id=f"note-{note.id}" if at_home else None,
        data_at=note.id if at_home else None,
    )  # fmt: skip


def _quotation(cited: Citation, spoken: Texts) -> Markup | None:
    if not cited.quote:
        return None
    return together(
        element("q", cited.quote, lang=cited.quote_lang or None, class_="mc-quote"),
        translation(cited.quote_translation, spoken),
    )


def translation(said: str, spoken: Texts) -> Markup | None:
    """Show our translation of a quote below it; None where there is none."""
    line = f"{spoken.t('ui.card.translation')}: {said}"
    return element("span", line, class_="mc-quiet mc-line") if said else None
