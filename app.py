"""The dashboard: opens the atlas named by the environment and shows its page."""

from __future__ import annotations

import os

import streamlit as st

from maps.serve import ATLAS_VARIABLE
from maps.ui.page import show_page

st.set_page_config(layout="wide", initial_sidebar_state="collapsed", menu_items={})

show_page(os.environ.get(ATLAS_VARIABLE))
