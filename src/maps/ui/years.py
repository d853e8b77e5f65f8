"""The choice of years that a time chart shows."""

from __future__ import annotations

import re

import streamlit as st

from maps.atlas.model import Atlas, Date
from maps.cards.bars import Frame
from maps.ui import session
from maps.words.i18n import format_year, texts


def _years_asked(asked: str, first: int, last: int) -> tuple[int, int]:
    """Read ``1918-1924`` as far as it lies in the atlas; anything else is all its years."""
    found = re.fullmatch(r"(-?\d{1,4})-(-?\d{1,4})", asked)
    start, end = (int(year) for year in found.groups()) if found else (first, last)
    return (start, end) if first <= start <= end <= last else (first, last)


def years_choice(atlas: Atlas, key: str, lang: str) -> Frame:
    """Let the reader choose the years; all of the atlas at first."""
    settings = atlas.settings
    first, last = settings.first_day.year, settings.last_day.year
    if first == last:
        return Frame(settings.first_day, settings.last_day)
    start, end = _years_asked(session.view().filter("years"), first, last)
    st.session_state[key] = (start, end)
    st.select_slider(
        texts(lang).t("ui.regions.years"),
        range(first, last + 1),
        format_func=lambda year: format_year(year, lang),
        key=key,
        on_change=session.narrow,
        args=("years", key),
    )
    return Frame(
        max(settings.first_day, Date(start, 1, 1)), min(settings.last_day, Date(end, 12, 31))
    )
