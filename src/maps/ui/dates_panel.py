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
from maps.ui.opening import Opened
from maps.ui.state import ViewState
from maps.ui.widgets import button, plain
from maps.words.date_formats import format_day
from maps.words.i18n import texts
from maps.words.sentences import given_by


def notice(book: Opened, lang: str) -> None:
    """Say which dates the reader has chosen, while any is in force, and offer to let them go."""
    said = chosen_dates(book.atlas, lang)
    if not said:
        return
    with st.container(key="chosen-dates"):
        st.html(said)
        button(texts(lang).t("ui.dates.own"), "own-dates", session.use_own_dates, book.atlas)


def offers(book: Opened, event: Event) -> bool:
    """Tell whether the sources give an event more days than one, that in use among them."""
    days = {given.day for given in dates_of(book.base, event.id)}
    return len(days) > 1 and book.atlas.own_days.get(event.id, event.span.start) in days


def choice(book: Opened, event: Event, view: ViewState) -> None:
    """Offer the days of an event, with who gives each."""
    given, lang = dates_of(book.base, event.id), view.lang
    days = list(dict.fromkeys(each.day for each in given))
    notes = {day: [each.note for each in given if each.day == day and each.note] for day in days}
    own = book.atlas.own_days.get(event.id, event.span.start)
    spoken = texts(lang)
    shown = [day for day in days if _can_be_shown(book.base, view, event, day)]
    key = f"date-of-{event.id}"
    st.session_state[key] = event.span.start

    def label(day: Date) -> str:
        said = "ui.dates.day_own" if day == own else "ui.dates.day"
        tellers = given_by(book.base, event.id, day)
        return plain(spoken.t(said, day=format_day(day, lang), tellers=tellers))

    st.radio(
        spoken.t("ui.dates.choose"),
        shown,
        key=key,
        format_func=label,
        on_change=lambda: session.choose_date(event, own, st.session_state[key]),
        captions=[plain("; ".join(notes[day])) for day in shown],
        width="stretch",
    )
    for day in days:
        if day not in shown:
            st.html(quiet_line(spoken.t("ui.dates.unusable", day=format_day(day, lang))))


def _can_be_shown(atlas: Atlas, view: ViewState, event: Event, day: Date) -> bool:
    try:
        with_dates(atlas, {**dict(view.dates), event.id: day})
    except (DateUnusable, DayOutsideAtlas):
        return False
    return True
