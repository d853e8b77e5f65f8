"""The choice of years that a time chart shows."""

from __future__ import annotations

from datetime import date

import streamlit as st

from maps.atlas.model import Atlas
from maps.cards.bars import Frame
from maps.words.i18n import texts


def years_choice(atlas: Atlas, key: str, lang: str) -> Frame:
    """Let the reader choose the years; all of the atlas at first."""
    settings = atlas.settings
    first, last = settings.first_day.year, settings.last_day.year
    if first == last:
        return Frame(settings.first_day, settings.last_day)
    start, end = st.slider(
        texts(lang).t("ui.regions.years"), first, last, value=(first, last), key=key
    )
    return Frame(
        max(settings.first_day, date(start, 1, 1)), min(settings.last_day, date(end, 12, 31))
    )
