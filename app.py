"""The dashboard: opens the atlas named by the environment and shows its page."""

from __future__ import annotations

import os


def main() -> None:
    """Show the page, once for each run that a reader asks for."""
    import streamlit as st  # noqa: PLC0415  not where a worker process only looks in here

    from maps.cards.awaited import page_awaited  # noqa: PLC0415
    from maps.cli.serve import ATLAS_VARIABLE, SITE_VARIABLE  # noqa: PLC0415
    from maps.map.files import CARD_STYLES, COLOUR_STYLES  # noqa: PLC0415
    from maps.ui import PAGE_STYLES  # noqa: PLC0415

    st.set_page_config(layout="wide", initial_sidebar_state="collapsed", menu_items={})
    for styles in (COLOUR_STYLES, CARD_STYLES, PAGE_STYLES):
        st.html(styles)
    awaited = st.empty()
    if not st.session_state:  # a reader who has just come
        awaited.html(page_awaited(st.query_params.get("lang", "en")))

    # Only now: on a cold server this takes seconds, and the reader sees what is coming.
    from maps.ui.page import show_page  # noqa: PLC0415

    try:
        show_page(os.environ.get(ATLAS_VARIABLE), os.environ.get(SITE_VARIABLE, ""))
    finally:
        awaited.empty()


# A process that makes files imports this under another name.
if __name__ == "__main__":
    main()
