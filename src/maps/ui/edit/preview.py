"""The tab that shows the atlas as its readers will see it."""

from __future__ import annotations

import streamlit as st

from maps.atlas.assemble import open_atlas
from maps.map.document import View
from maps.ui import map_frame
from maps.ui.edit.desk import Desk


def show(desk: Desk) -> None:
    """Show the map of the working copy, once it passes the check."""
    if desk.work.problems:
        st.info(desk.words.t("edit.seen_later"))
        return
    lang = desk.languages[0]
    atlas = open_atlas(desk.work.copy, lang)
    settings = atlas.settings
    view = View(settings.opening_day, settings.modes[0].id)
    with st.container(key="map-frame"):
        map_frame.show_map(atlas, view, lang, key=f"seen-{atlas.digest[:8]}")
