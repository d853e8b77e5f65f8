"""The questions on which the sources disagree: each with its accounts and ways to its days."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from maps.atlas.model import Atlas, Date, Event, Point
from maps.cards.accounts import point_part
from maps.cards.links import id_mark, remark
from maps.cards.markup import element, listed, share_link, together, view_link
from maps.day.contested import accounts_of
from maps.words.date_formats import format_day_of, format_year
from maps.words.i18n import Texts, texts
from maps.words.names import region_name


def question_fold(atlas: Atlas, point: Point, lang: str, *, is_open: bool = False) -> str:
    """Show a question; its accounts, and what is about it, when it is chosen."""
    spoken = texts(lang)
    summary = element(
        "summary",
        id_mark(point.id),
        element("span", point.question, class_="mc-question"),
        element("span", _about(atlas, point, spoken), class_="mc-quiet"),
    )
    return str(
        element(
            "details",
            summary,
            question_part(atlas, point, lang, heading=""),
            class_="mc-ask",
            name="questions",  # one at a time is open
            open="" if is_open else None,
            data_at=point.id,
        )
    )


def question_part(atlas: Atlas, point: Point, lang: str, *, heading: str = "h2") -> Markup:
    """Show a question with every account in full, and lead to its events and regions."""
    spoken = texts(lang)
    events = (
        together(
            element("time", format_day_of(atlas, event.span.start, lang), class_="mc-when"),
            " ",
            view_link(event.title, hint=event.id, event=event.id, lang=lang, tab="map"),
        )
        for event in _events_of(atlas, point)
    )
    regions = (
        view_link(region_name(atlas, region_id, lang), region=region_id, lang=lang, tab="regions")
        for region_id in point.region_ids
        if region_id in atlas.regions
    )
    return together(
        point_part(atlas, point, lang, heading=heading),
        remark(atlas, point.note, lang),
        _ways(spoken.t("ui.questions.events"), events),
        _ways(spoken.t("ui.questions.regions"), regions),
        share_link(spoken.t("ui.share.this"), point.id, at=point.id, lang=lang),
    )


def _about(atlas: Atlas, point: Point, spoken: Texts) -> str:
    """Say of which days a question is, and how many tell of it."""
    told = accounts_of(atlas, point_id=point.id)
    count = spoken.n("ui.questions.accounts", len(told), str(len(told)))
    days = [event.span.start for event in _events_of(atlas, point)]
    return f"{_days(atlas, days, spoken)} · {count}" if days else count


def _days(atlas: Atlas, days: list[Date], spoken: Texts) -> str:
    first, last = min(days), max(days)
    if first == last:
        return format_day_of(atlas, first, spoken.lang)
    start, end = (format_year(day.year, spoken.lang) for day in (first, last))
    return start if start == end else spoken.t("map.from_to", start=start, end=end)


def _events_of(atlas: Atlas, point: Point) -> list[Event]:
    return [event for event in atlas.events if event.id in point.event_ids]


def _ways(lead: str, rows: Iterable[Markup]) -> Markup | None:
    shown = listed("ul", rows, class_="mc-ways")
    told = element("p", lead, class_="mc-role")
    return element("div", told, shown, class_="mc-about") if shown else None
