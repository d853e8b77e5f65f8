"""The dashboard: opens the atlas named by the environment and shows its page."""

from __future__ import annotations

import os

import streamlit as st

from maps.cards.awaited import page_awaited
from maps.cli.serve import ATLAS_VARIABLE, SITE_VARIABLE
from maps.map.files import CARD_STYLES, COLOUR_STYLES
from maps.ui import PAGE_STYLES

st.set_page_config(layout="wide", initial_sidebar_state="collapsed", menu_items={})
for styles in (COLOUR_STYLES, CARD_STYLES, PAGE_STYLES):
    st.html(styles)
awaited = st.empty()
if not st.session_state:  # a reader who has just come
    awaited.html(page_awaited(st.query_params.get("lang", "en")))

# Only now: on a cold server this takes seconds, and the reader sees what is coming.
from maps.ui.page import show_page  # noqa: E402

try:
    show_page(os.environ.get(ATLAS_VARIABLE), os.environ.get(SITE_VARIABLE, ""))
finally:
    awaited.empty()
