"""The choice of years that a time chart shows."""

from __future__ import annotations

from datetime import date

import streamlit as st

from maps.atlas.model import Atlas
from maps.cards.bars import Frame
from maps.ui import session
from maps.words.i18n import texts


def _years_asked(asked: str, first: int, last: int) -> tuple[int, int]:
    """Read ``1918-1924`` as far as it lies in the atlas; anything else is all its years."""
    start, _, end = asked.partition("-")
    if not (start.isdecimal() and end.isdecimal() and first <= int(start) <= int(end) <= last):
        return first, last
    return int(start), int(end)


def years_choice(atlas: Atlas, key: str, lang: str) -> Frame:
    """Let the reader choose the years; all of the atlas at first."""
    settings = atlas.settings
    first, last = settings.first_day.year, settings.last_day.year
    if first == last:
        return Frame(settings.first_day, settings.last_day)
    start, end = _years_asked(session.view().filter("years"), first, last)
    st.session_state[key] = (start, end)
    st.slider(
        texts(lang).t("ui.regions.years"),
        first,
        last,
        key=key,
        on_change=session.narrow,
        args=("years", key),
    )
    return Frame(
        max(settings.first_day, date(start, 1, 1)), min(settings.last_day, date(end, 12, 31))
    )
