"""The questions on which the sources disagree: each with its accounts and ways to its days."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from maps.atlas.model import Atlas, Event, Point
from maps.cards.accounts import point_part
from maps.cards.citing import filled
from maps.day.contested import accounts_of
from maps.words.date_formats import format_day_of, format_year
from maps.words.i18n import texts


def question_fold(atlas: Atlas, point: Point, lang: str, *, is_open: bool = False) -> str:
    """Show a question, of which days it is and how many tell of it; the rest when it is chosen."""
    spoken = texts(lang)
    told = accounts_of(atlas, point_id=point.id)
    about = spoken.n("ui.questions.accounts", len(told), str(len(told)))
    days = [event.span.start for event in _events_of(atlas, point)]
    if days:
        first, last = min(days), max(days)
        start, end = (format_year(day.year, lang) for day in (first, last))
        when = start if start == end else spoken.t("map.from_to", start=start, end=end)
        if first == last:
            when = format_day_of(atlas, first, lang)
        about = f"{when} · {about}"
    return str(_filled(atlas, point, lang, heading="", about=about, is_open=is_open))


def question_part(atlas: Atlas, point: Point, lang: str) -> Markup:
    """Show a question with every account in full, and lead to its events and regions."""
    return _filled(atlas, point, lang, heading="h2", about="")


def _filled(atlas: Atlas, point: Point, lang: str, **facts: object) -> Markup:
    return filled(
        "question",
        atlas,
        lang,
        point=point,
        events=_events_of(atlas, point),
        regions=[region_id for region_id in point.region_ids if region_id in atlas.regions],
        point_part=partial(point_part, atlas, lang=lang),
        **facts,
    )


def _events_of(atlas: Atlas, point: Point) -> list[Event]:
    return [event for event in atlas.events if event.id in point.event_ids]
