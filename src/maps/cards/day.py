"""What stands around the map: the head of the page, the day's periods, the last change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from markupsafe import Markup

from maps.atlas.model import Atlas, Date, Period
from maps.cards.citing import evidence_legend
from maps.cards.markup import element, folded, together, view_link
from maps.words.date_formats import format_day_of
from maps.words.i18n import sentences_of, texts
from maps.words.sentences import from_to
from maps.words.translated import translation_note

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
    spoken = texts(lang)
    settings = atlas.settings
    hint = spoken.t("ui.link_hint")
    titles = element(
        "div",
        element("h1", view_link(settings.title, hint=spoken.t("ui.home"))),
        element("p", settings.subtitle, class_="mc-subtitle") if settings.subtitle else None,
        class_="mc-titles",
    )
    shown = element(
        "div",
        element("p", *_days(atlas, day, other_day, lang), class_="mc-day") if says_day else None,
        element(
            "p",
            element("span", spoken.t(f"map.modes.{mode}"), class_="mc-mode") if says_day else None,
            " · " if says_day else None,
            view_link(spoken.t("ui.link"), hint=hint, **query),
            class_="mc-view",
        ),
        class_="mc-shown",
    )
    return str(element("header", titles, shown, class_="mc-head"))


def page_foot(atlas: Atlas, lang: str) -> str:
    """Say what the lines, names and colours do not mean, and who has read the translation."""
    note = translation_note(atlas, lang)
    said = together(
        _disclaimer(atlas.settings.disclaimer),
        element("p", note, class_="mc-translated") if note else None,
    )
    return str(element("div", said, class_="mc-foot")) if said else ""


def _days(atlas: Atlas, day: Date, other_day: Date | None, lang: str) -> Iterator[str]:
    yield element("time", format_day_of(atlas, day, lang), datetime=day.isoformat())
    if other_day is not None:
        yield f" {texts(lang).arrow} "
        yield element("time", format_day_of(atlas, other_day, lang), datetime=other_day.isoformat())


def _disclaimer(said: str) -> Markup | None:
    """Show the first sentence, and the others when it is chosen."""
    first, *rest = sentences_of(said)
    if not rest:
        return element("p", said, class_="mc-disclaimer") if said else None
    return element(
        "details",
        element("summary", first),
        element("p", " ".join(rest)),
        class_="mc-disclaimer",
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
    legend: Markup = evidence_legend(atlas, lang)
    return str(together(folded(texts(lang).t("ui.panel.legend"), legend)))


@cache
def shortcuts(lang: str) -> str:
    """List the keys of the page; it is unseen until page.js shows it."""
    spoken = texts(lang)
    rows = (
        element(
            "div",
            element("dt", element("kbd", key or spoken.t("ui.keys.space"))),
            element("dd", said),
        )
        for key, said in zip(_KEYS, spoken.section("ui.keys.list").values(), strict=True)
    )
    inside = element("dl", *rows)
    return str(element("div", element("h2", spoken.t("ui.keys.heading")), inside, class_="mc-keys"))
