"""The tab "Areas": km² over time with their bounds, and the published numbers with their bases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from maps.atlas.model import CONTROL, Atlas
from maps.cards import areas as cards
from maps.cards.bars import Frame
from maps.cards.charts import area_chart
from maps.cards.day import heading, quiet_line
from maps.cards.figures import figures_part, worked_part
from maps.data.report import areas_csv
from maps.day.areas import AreaRow, Ground, all_area_rows, area_rows, contested_ground
from maps.day.figures import published_areas
from maps.day.law import ALL, LEGAL_DIMENSIONS
from maps.day.reading import choices
from maps.ui import session
from maps.ui.opening import Opened
from maps.ui.regions_tab import STYLES
from maps.ui.state import GROUNDS, ViewState
from maps.ui.years import years_choice
from maps.words.i18n import texts


def show(book: Opened) -> None:
    """Show control, then law, then the published numbers."""
    atlas, lang = book.atlas, book.lang
    spoken = texts(lang)
    st.html(STYLES)
    with st.container(key="areas"):
        st.html(quiet_line(spoken.t("ui.areas.intro")))
        with st.container(horizontal=True, key="areas-choices"):
            ground = _ground(atlas, lang)
            frame = years_choice(atlas, "areas-years", lang)
        st.html(heading(spoken.t("ui.areas.control")))
        _chart(atlas, area_rows(atlas, CONTROL, ALL, ground), frame, lang)
        perspective = _law(atlas, ground, frame, lang)
        _download(atlas, perspective, ground, lang)
        st.html(heading(spoken.t("ui.areas.how_heading")))
        st.html(cards.computing(atlas, lang))
        _numbers(atlas, lang)


def _ground(atlas: Atlas, lang: str) -> Ground | None:
    """Offer the pieces that are counted; the whole where nothing is contested."""
    contested = contested_ground(atlas)
    if not contested:
        return None
    chosen = _choice("ground", GROUNDS, lambda name: texts(lang).t(f"ui.areas.ground_{name}"), lang)
    return contested if chosen == GROUNDS[0] else None


def _law(atlas: Atlas, ground: Ground | None, frame: Frame, lang: str) -> str:
    """Show what is said in one dimension of law; gives whose statements are shown."""
    spoken = texts(lang)
    tellers = next((found for mode in atlas.settings.modes if (found := choices(atlas, mode))), ())
    if not tellers:
        return ALL
    st.html(heading(spoken.t("ui.areas.law")))
    names = {ALL: spoken.t("map.everyone")}
    names |= {teller: atlas.perspectives[teller].name for teller in tellers if teller != ALL}
    with st.container(horizontal=True, key="law-choices"):
        dimension = _choice(
            "dimension", LEGAL_DIMENSIONS, lambda name: spoken.t(f"map.dimension.{name}"), lang
        )
        asked = session.view().perspective
        # A teller who is silent on law can be in the address all the same.
        offered = tellers if asked in tellers else (*tellers, asked)
        names.setdefault(asked, atlas.perspectives[asked].name if asked != ALL else "")
        perspective = _choice("perspective", offered, lambda teller: names[teller], lang)
    _chart(atlas, area_rows(atlas, dimension, perspective, ground), frame, lang)
    return perspective


def _choice(name: str, offered: Sequence[str], named: Callable[[str], str], lang: str) -> str:
    """Offer one field of the view; what is chosen is in the address."""
    key = f"areas-{name}"
    st.session_state[key] = getattr(session.view(), name)
    return str(
        st.selectbox(
            texts(lang).t(f"ui.areas.choose_{name}"),
            offered,
            key=key,
            format_func=named,
            on_change=_take_choice,
            args=(name, key),
        )
    )


def _take_choice(name: str, key: str) -> None:
    wanted: ViewState = replace(session.view(), **{name: st.session_state[key]})
    session.move(wanted)


def _chart(atlas: Atlas, rows: Sequence[AreaRow], frame: Frame, lang: str) -> None:
    spoken = texts(lang)
    if not rows:
        st.html(quiet_line(spoken.t("ui.areas.nothing")))
        return
    dimension = rows[0].dimension
    published = published_areas(atlas).get(dimension, ())
    day = session.view().day
    with st.container(key=f"chart-{dimension}"):
        st.vega_lite_chart(
            None,
            area_chart(atlas, rows, published, frame, day=day, lang=lang),
            width="stretch",
            theme=None,
            key=f"area-chart-{dimension}",
        )
    st.html(cards.areas_legend(atlas, rows, lang, published=bool(published)))
    st.html(cards.areas_table(atlas, rows, lang))
    sources = cards.published_part(atlas, published, lang)
    if sources:
        st.html(sources)


def _download(atlas: Atlas, perspective: str, ground: Ground | None, lang: str) -> None:
    rows = all_area_rows(atlas, perspective, ground)
    st.download_button(
        texts(lang).t("ui.areas.csv"),
        areas_csv(atlas, rows) + "\n",
        file_name="areas.csv",
        mime="text/csv",
        key="areas-csv",
        on_click="ignore",
    )


def _numbers(atlas: Atlas, lang: str) -> None:
    if not atlas.figures:
        return
    st.html(heading(texts(lang).t("ui.areas.numbers")))
    for region_id in atlas.regions:
        worked = worked_part(atlas, region_id, lang)
        if worked:
            st.html(str(worked))
    st.html(str(figures_part(atlas, atlas.figures, lang)))
