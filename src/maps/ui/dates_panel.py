"""Days that sources give for an event: the reader chooses which one the map uses."""

from __future__ import annotations

import streamlit as st

from maps.atlas.model import Atlas, Date, Event
from maps.cards.accounts import chosen_dates
from maps.cards.day import quiet_line
from maps.day.alternatives import with_dates
from maps.day.contested import dates_of
from maps.errors import DateUnusable, DayOutsideAtlas
from maps.ui import session
from maps.ui.labels import plain
from maps.ui.opening import Opened
from maps.ui.state import ViewState
from maps.words.i18n import format_day, texts
from maps.words.sentences import given_by


def notice(book: Opened, lang: str) -> None:
    """Say which dates the reader has chosen, while any is in force, and offer to let them go."""
    said = chosen_dates(book.atlas, lang)
    if not said:
        return
    with st.container(key="chosen-dates"):
        st.html(said)
        st.button(
            texts(lang).t("ui.dates.own"),
            key="own-dates",
            on_click=session.use_own_dates,
            args=(book.atlas,),
        )


def offers(book: Opened, event: Event) -> bool:
    """Tell whether the sources give an event more days than one, that in use among them."""
    days = {given.day for given in dates_of(book.base, event.id)}
    return len(days) > 1 and book.atlas.own_days.get(event.id, event.span.start) in days


def choice(book: Opened, event: Event, view: ViewState) -> None:
    """Offer the days of an event, with who gives each."""
    days = list(dict.fromkeys(given.day for given in dates_of(book.base, event.id)))
    own = book.atlas.own_days.get(event.id, event.span.start)
    spoken = texts(view.lang)
    shown = [day for day in days if _can_be_shown(book.base, view, event, day)]
    key = f"date-of-{event.id}"
    st.session_state[key] = event.span.start
    st.radio(
        spoken.t("ui.dates.choose"),
        shown,
        key=key,
        format_func=lambda day: _label(book.base, event, day, own, view.lang),
        on_change=_choose,
        args=(event, own, key),
        captions=[_notes(book.base, event, day) for day in shown],
        width="stretch",
    )
    for day in days:
        if day not in shown:
            said = spoken.t("ui.dates.unusable", day=format_day(day, view.lang))
            st.html(quiet_line(said))


def _choose(event: Event, own: Date, key: str) -> None:
    session.choose_date(event, own, st.session_state[key])


def _label(atlas: Atlas, event: Event, day: Date, own: Date, lang: str) -> str:
    key = "ui.dates.day_own" if day == own else "ui.dates.day"
    tellers = given_by(atlas, event.id, day)
    return plain(texts(lang).t(key, day=format_day(day, lang), tellers=tellers))


def _notes(atlas: Atlas, event: Event, day: Date) -> str:
    said = (given.note for given in dates_of(atlas, event.id) if given.day == day)
    return plain("; ".join(note for note in said if note))


def _can_be_shown(atlas: Atlas, view: ViewState, event: Event, day: Date) -> bool:
    try:
        with_dates(atlas, {**dict(view.dates), event.id: day})
    except (DateUnusable, DayOutsideAtlas):
        return False
    return True
