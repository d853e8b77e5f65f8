"""The workbench: opens the folder named by the environment and shows its page."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from maps.map.files import CARD_STYLES, COLOUR_STYLES
from maps.ui import PAGE_STYLES
from maps.ui.edit import FOLDER_VARIABLE, STYLES
from maps.ui.edit.page import show_workbench

# A process that makes files imports this under another name.
if __name__ == "__main__":
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed", menu_items={})
    for styles in (COLOUR_STYLES, CARD_STYLES, PAGE_STYLES, STYLES):
        st.html(styles)
    show_workbench(Path(os.environ[FOLDER_VARIABLE]))
