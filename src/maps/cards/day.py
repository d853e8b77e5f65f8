"""What stands around the map: the head of the page, the day's periods, the last change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache

from maps.atlas.model import Atlas, Date, Period
from maps.cards.citing import evidence_legend, filled
from maps.cards.markup import element, folded, rendered
from maps.words.i18n import FALLBACK, direction, sentences_of, texts, translation_note
from maps.words.sentences import from_to

# In the order of `ui.keys.list`; the empty one is called differently on every keyboard.
_KEYS = ("/", "?", "← →", "Shift ← →", "PgUp PgDn", "+ −", "", "Esc")


def page_head(
    atlas: Atlas,
    day: Date,
    mode: str,
    lang: str,
    query: Mapping[str, str],
    *,
    other_day: Date | None = None,
    says_day: bool = True,
) -> str:
    """Show what the atlas is, with a way home, and a link to the view.

    ``says_day`` has the day or days shown and the mode said as well: the map says them itself.
    """
    days = [each for each in (day, other_day) if each is not None]
    return str(filled("head", atlas, lang, days=days, mode=mode, query=query, says_day=says_day))


def page_foot(atlas: Atlas, lang: str) -> str:
    """Say what the lines, names and colours do not mean, and who has read the translation.

    Of the first a sentence, the others when it is chosen; empty where neither is to be said.
    """
    note, disclaimer = translation_note(atlas, lang), atlas.settings.disclaimer
    first, *others = sentences_of(disclaimer)
    if not (note or disclaimer):
        return ""
    facts = {"note": note, "disclaimer": disclaimer, "first": first, "others": others}
    return str(rendered("foot", facts))


def page_language(lang: str) -> str:
    """Tell page.js the language, its direction, and what Streamlit's own words are in it.

    Streamlit keeps the language of its first document.
    """
    english, ours = (texts(each).section("ui.streamlit") for each in (FALLBACK, lang))
    words = {said: ours[key] for key, said in english.items()}
    return str(
        element(
            "span",
            class_="mc-language",
            hidden="",
            data_lang=texts(lang).lang,
            data_dir=direction(lang),
            data_words=json.dumps(words, ensure_ascii=False),
        )
    )


def heading(text: str, aside: str = "") -> str:
    """Head a part of the panel."""
    beside = element("span", aside, class_="mc-aside") if aside else None
    return str(element("h2", text, beside, class_="mc-part"))


def sheet_handle(lang: str) -> str:
    """Give what opens the panel where it is a sheet at the lower edge of a small screen."""
    said = element("summary", texts(lang).t("ui.panel.sheet"))
    return str(element("details", said, class_="mc-sheet"))


def quiet_line(text: str) -> str:
    """Say something in passing."""
    return str(element("p", text, class_="mc-quiet"))


def period_chips(periods: Iterable[Period], lang: str) -> str:
    """Name the periods a day lies in; empty where it lies in none."""
    spoken = texts(lang)
    chips = [
        element("li", period.name, title=from_to(period.start, period.end, spoken))
        for period in periods
    ]
    return str(element("ul", *chips, class_="mc-periods")) if chips else ""


def change_list(lines: Iterable[str]) -> str:
    """List what a change day changed."""
    return str(element("ul", *(element("li", line) for line in lines), class_="mc-changes"))


def marks_legend(atlas: Atlas, lang: str) -> str:
    """Explain the marks on the cards, folded away."""
    return str(folded(texts(lang).t("ui.panel.legend"), evidence_legend(atlas, lang)))


@cache
def shortcuts(lang: str) -> str:
    """List the keys of the page; it is unseen until page.js shows it."""
    spoken = texts(lang)
    keys = (key or spoken.t("ui.keys.space") for key in _KEYS)
    said = dict(zip(keys, spoken.section("ui.keys.list").values(), strict=True))
    return str(rendered("shortcuts", {"t": spoken.t, "keys": said}))
