"""A field for a day of the atlas."""

from __future__ import annotations

import datetime

import streamlit as st

from maps.atlas.model import Atlas, Date
from maps.errors import MapsError
from maps.words.asked import atlas_languages, first_day_inside, read_date
from maps.words.i18n import format_day_of


def day_field(atlas: Atlas, label: str, key: str) -> None:
    """Ask for a day with a calendar; with a text where one has no such day, or no day is known."""
    first, last = atlas.settings.first_day, atlas.settings.last_day
    if _has_calendar(atlas):
        st.date_input(
            label,
            min_value=datetime.date.fromordinal(first),
            max_value=datetime.date.fromordinal(last),
            format="YYYY-MM-DD",
            key=key,
        )
        return
    st.text_input(label, key=key)
    try:
        day_asked(atlas, key)
    except MapsError as error:
        st.warning(str(error))


def show_day(atlas: Atlas, key: str, day: Date, lang: str) -> None:
    """Put a day into a field, unless it stands there: one that is set loses what is being typed."""
    if _has_calendar(atlas):
        shown: datetime.date | str = datetime.date.fromordinal(day)
    else:
        shown = format_day_of(atlas, day, lang).rjust(4, "0")  # a year needs four digits
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown


def day_asked(atlas: Atlas, key: str) -> Date | None:
    """Give the day that a field shows, None where it is empty.

    Raises
    ------
    DateUnreadable, DayOutsideAtlas
        As `maps.words.asked.read_date` and `first_day_inside`.
    """
    shown = st.session_state.get(key)
    if not shown:
        return None
    if isinstance(shown, datetime.date):
        return Date.fromordinal(shown.toordinal())
    return first_day_inside(atlas, read_date(shown, atlas_languages(atlas)))


def _has_calendar(atlas: Atlas) -> bool:
    return atlas.date_unit == "day" and atlas.settings.first_day.year >= datetime.MINYEAR
