"""What stands in every card: texts with their ids as links, citations, notes, marks of evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jinja2 import pass_context
from jinja2.runtime import Context
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
from maps.cards.links import explained, id_link, id_mark, linked, short_id
from maps.cards.markup import SHARED, TEMPLATES, element, rendered, together, web_link
from maps.looks.paint import holding_look
from maps.words.cite import reference_html, reference_text
from maps.words.date_formats import format_day, format_day_of, format_year
from maps.words.i18n import Texts, format_number, format_share, texts, words_for
from maps.words.names import holder_name, kind_text, named_again, region_name
from maps.words.sentences import date_text, from_to, holding_name, when


def filled(template: str, atlas: Atlas, lang: str, **facts: object) -> Markup:
    """Fill a template of the cards; it has the atlas, its words and `FILTERS` besides the facts."""
    spoken = words_for(atlas, lang)
    usual = {
        "atlas": atlas,
        "settings": atlas.settings,
        "lang": lang,
        "spoken": spoken,
        "t": spoken.t,
    }
    return rendered(template, {**usual, **facts})


def remark(atlas: Atlas, text: str, lang: str) -> Markup:
    """Show a remark in passing; empty where there is none."""
    return element("p", linked(atlas, text, lang), class_="mc-quiet") if text else Markup()


def citations(atlas: Atlas, cited: Iterable[Citation], lang: str, *, folds: bool = False) -> Markup:
    """List citations by their role, on demand folded under how many; empty where there is none.

    Each shows the number and locator as printed beside the formatted source and
    the resolved locator: the printed form is evidence itself, slips included.
    """
    found = tuple(cited)
    if not found:
        return Markup()
    roles = [(role, [each for each in found if each.role == role]) for role in CITATION_ROLES]
    return filled("citations", atlas, lang, roles=roles, count=len(found), folds=folds)


def reference(source: Source, lang: str) -> Markup:
    """Write a source out, its address in the web as a link."""
    written = Markup(reference_html(source, lang))  # escaped by maps.words.cite
    address = source.address
    shown = str(escape(address))
    if not address or shown not in written:
        return written
    before, _, after = written.rpartition(shown)
    return together(Markup(before), web_link(address, address), Markup(after))


def chip(atlas: Atlas, level: str, lang: str) -> Markup:
    """Mark a level of evidence; what it means is in its title, and where it leads."""
    if not level:
        return Markup()
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
    levels = in_words_of(atlas.settings.main_source, EVIDENCE_LEVELS)
    return filled("evidence_legend", atlas, lang, levels=levels)


def contested_badge(lang: str, *, links: bool = True) -> Markup:
    """Mark what accounts differ on; without ``links`` where it stands on a button."""
    said_so = texts(lang).t("ui.card.contested")
    if not links:
        return element("span", said_so, class_="mc-contested")
    return explained(said_so, "contested", class_="mc-contested")


def notes(
    atlas: Atlas, found: Iterable[Note], lang: str, *, titled: bool = True, at_home: bool = False
) -> Markup:
    """List editor's notes with their ids and what they rest on; empty where there is none.

    ``at_home`` is for the list of all notes, where links to a note lead.
    """
    listed = tuple(found)
    if not listed:
        return Markup()
    return filled("notes", atlas, lang, listed=listed, titled=titled, at_home=at_home)


def said(spoken: Texts, section: str, value: str) -> str:
    """Give the word for a value of a table; the value itself where there is none."""
    key = f"{section}.{value}"
    return spoken.t(key) if key in spoken else value


def _of_atlas(answer: Callable[..., object]) -> Callable[..., object]:
    """Make a filter of a function of the atlas, something and the language."""

    @pass_context
    def of(context: Context, something: object, **more: object) -> object:
        return answer(context["atlas"], something, context["lang"], **more)

    return of


def _in_language(answer: Callable[..., object]) -> Callable[..., object]:
    return pass_context(lambda context, something: answer(something, context["lang"]))


def _in_atlas(answer: Callable[..., object]) -> Callable[..., object]:
    return pass_context(lambda context, something: answer(context["atlas"], something))


FILTERS: dict[str, Callable[..., object]] = {
    each.__name__: made(each)
    for made, answers in (
        (_of_atlas, (linked, id_link, remark, citations, notes, chip)),
        (_of_atlas, (format_day_of, date_text, region_name, holder_name)),
        (_in_language, (format_day, format_year, format_number, format_share)),
        (_in_language, (reference, reference_text)),
        (_in_atlas, (kind_text, named_again, holding_look)),
    )
    for each in answers
}
FILTERS |= {
    "said": pass_context(lambda context, value, key: said(context["spoken"], key, value)),
    "when": pass_context(lambda context, moment: when(moment, context["spoken"])),
    "from_to": pass_context(lambda context, held: from_to(held.start, held.end, context["spoken"])),
    "holding_name": pass_context(
        lambda context, held: holding_name(context["atlas"], held, context["spoken"])
    ),
}
TEMPLATES.filters |= FILTERS
SHARED |= {
    "id_mark": id_mark,
    "short_id": short_id,
    "explained": explained,
    "contested_badge": pass_context(
        lambda context, *, links=True: contested_badge(context["lang"], links=links)
    ),
}
