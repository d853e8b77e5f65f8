"""What every tab has: buttons, files to take away, filters, fields for days and years."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from maps.atlas.model import Atlas, Date
from maps.cards.bars import Frame
from maps.errors import MapsError
from maps.ui import session
from maps.words.asked import atlas_languages, first_day_inside, read_date
from maps.words.date_formats import format_day_of, format_year
from maps.words.i18n import texts

# Every mark of Markdown, of Streamlit's own directives (:red[…], :material/…:) and of TeX.
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Escape a text so that Streamlit's Markdown shows it as it stands, lines kept."""
    escaped = _MARKS.sub(r"\\\1", text)
    return "  \n".join(line.strip() for line in escaped.splitlines())


def bold(text: str) -> str:
    """Escape a text and set it in bold."""
    return f"**{plain(text.strip())}**" if text.strip() else ""


def button(
    label: str,
    key: str,
    do: Callable[..., None],
    *args: object,
    **look: Any,  # noqa: ANN401 - what st.button takes besides
) -> None:
    """Show a button that has ``do(*args)`` done before the next run."""
    st.button(label, key=key, on_click=do, args=args, **look)


def download(
    label: str,
    content: str | bytes | Callable[[], str | bytes],
    file_name: str,
    media_type: str,
    key: str,
    **look: Any,  # noqa: ANN401 - what st.download_button takes besides
) -> None:
    """Offer a file without a run of the page; one given by a function is made when asked for."""
    st.download_button(
        label, content, file_name=file_name, mime=media_type, key=key, on_click="ignore", **look
    )


def day_field(atlas: Atlas, label: str, key: str) -> None:
    """Ask for a day with a calendar; with a text where one has no such day, or no day is known."""
    if _has_calendar(atlas):
        ends = (atlas.settings.first_day, atlas.settings.last_day)
        first, last = (datetime.date.fromordinal(day) for day in ends)
        st.date_input(label, min_value=first, max_value=last, format="YYYY-MM-DD", key=key)
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


def search_filter(of: str, lang: str) -> str:
    """Ask for words that a list of ``event`` or ``source`` is narrowed to."""
    spoken, key = texts(lang), f"{of}-search"
    st.session_state[key] = session.view().filter("search")
    return st.text_input(
        spoken.t(f"ui.{of}s.search"),
        key=key,
        placeholder=spoken.t(f"ui.{of}s.search_hint"),
        on_change=session.narrow,
        args=("search", key),
    )


def choice_filter(
    of: str, name: str, filter_name: str, options: Mapping[str, str], lang: str
) -> list[str]:
    """Ask for ids that a list is narrowed to, by their names; what the view asks for is chosen."""
    spoken, key = texts(lang), f"{of}-{name}"
    asked = session.view().filter(filter_name).split(",")
    st.session_state[key] = [id for id in asked if id in options]
    return st.multiselect(
        spoken.t(f"ui.{of}s.{name}"),
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=spoken.t(f"ui.{of}s.any"),
        on_change=session.narrow,
        args=(filter_name, key),
    )


def years_choice(atlas: Atlas, key: str, lang: str) -> Frame:
    """Let the reader choose the years of a time chart; all of the atlas at first."""
    whole = Frame(atlas.settings.first_day, atlas.settings.last_day)
    first, last = whole.first.year, whole.last.year
    if first == last:
        return whole
    # As ``1918-1924`` in the address, as far as that lies in the atlas.
    found = re.fullmatch(r"(-?\d{1,4})-(-?\d{1,4})", session.view().filter("years"))
    start, end = map(int, found.groups()) if found else (first, last)
    if not first <= start <= end <= last:
        start, end = first, last
    st.session_state[key] = (start, end)
    st.select_slider(
        texts(lang).t("ui.regions.years"),
        range(first, last + 1),
        value=(start, end),  # that it has two ends is read from here, what they are from the state
        format_func=lambda year: format_year(year, lang),
        key=key,
        on_change=session.narrow,
        args=("years", key),
    )
    return Frame(max(whole.first, Date(start, 1, 1)), min(whole.last, Date(end, 12, 31)))
