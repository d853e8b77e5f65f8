"""The tab "Areas": km² over time with their bounds, and the published numbers with their bases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from maps.atlas.model import CONTROL, Atlas, Date
from maps.cards import areas as cards
from maps.cards.bars import Frame
from maps.cards.charts import Spec, area_chart
from maps.cards.day import heading, quiet_line
from maps.cards.figures import figures_part, worked_part
from maps.data.report import areas_csv
from maps.day.areas import AreaRow, Ground, all_area_rows, area_rows, contested_ground
from maps.day.figures import published_areas
from maps.day.law import ALL, LEGAL_DIMENSIONS
from maps.day.reading import choices
from maps.ui import session
from maps.ui.fields import years_choice
from maps.ui.opening import Opened, rendered
from maps.ui.regions_tab import STYLES
from maps.ui.state import GROUNDS
from maps.ui.widgets import download
from maps.words.i18n import texts

# A dimension, whose statements on it, and whether only contested pieces count.
Counted = tuple[str, str, bool]


def show(book: Opened) -> None:
    """Show control, then law, then the published numbers."""
    atlas, lang = book.atlas, book.lang
    spoken = texts(lang)
    st.html(STYLES)
    with st.container(key="areas"):
        st.html(quiet_line(spoken.t("ui.areas.intro")))
        with st.container(horizontal=True, key="areas-choices"):
            contested = False  # all pieces are counted where nothing is contested
            if contested_ground(atlas):
                grounds = {name: spoken.t(f"ui.areas.ground_{name}") for name in GROUNDS}
                contested = _choice("ground", grounds, lang) == GROUNDS[0]
            frame = years_choice(atlas, "areas-years", lang)
        st.html(heading(spoken.t("ui.areas.control")))
        _chart(atlas, (CONTROL, ALL, contested), frame, lang)
        perspective = _law(atlas, contested, frame, lang)

        def csv() -> str:
            rows = all_area_rows(atlas, perspective, _ground(atlas, contested))
            return areas_csv(atlas, rows) + "\n"

        download(spoken.t("ui.areas.csv"), csv, "areas.csv", "text/csv", "areas-csv")
        st.html(heading(spoken.t("ui.areas.how_heading")))
        st.html(cards.computing(atlas, lang))
        if atlas.figures:
            st.html(heading(spoken.t("ui.areas.numbers")))
            for part in rendered(_numbers, atlas, lang):
                st.html(part)


def _ground(atlas: Atlas, contested: bool) -> Ground | None:
    return contested_ground(atlas) if contested else None


def _law(atlas: Atlas, contested: bool, frame: Frame, lang: str) -> str:
    """Show what is said in one dimension of law; gives whose statements are shown."""
    spoken = texts(lang)
    tellers = next((found for mode in atlas.settings.modes if (found := choices(atlas, mode))), ())
    if not tellers:
        return ALL
    st.html(heading(spoken.t("ui.areas.law")))
    dimensions = {name: spoken.t(f"map.dimension.{name}") for name in LEGAL_DIMENSIONS}
    with st.container(horizontal=True, key="law-choices"):
        dimension = _choice("dimension", dimensions, lang)
        # A teller who is silent on law can be in the address all the same.
        offered = dict.fromkeys((*tellers, session.view().perspective))
        everyone = spoken.t("map.everyone")
        names = {id: everyone if id == ALL else atlas.perspectives[id].name for id in offered}
        perspective = _choice("perspective", names, lang)
    _chart(atlas, (dimension, perspective, contested), frame, lang)
    return perspective


def _choice(name: str, offered: Mapping[str, str], lang: str) -> str:
    """Offer one field of the view, its values by their names; what is chosen is in the address."""
    key = f"areas-{name}"
    st.session_state[key] = getattr(session.view(), name)

    def take() -> None:
        session.move(replace(session.view(), **{name: st.session_state[key]}))

    label = texts(lang).t(f"ui.areas.choose_{name}")
    named = offered.__getitem__
    return str(st.selectbox(label, list(offered), key=key, format_func=named, on_change=take))


def _chart(atlas: Atlas, counted: Counted, frame: Frame, lang: str) -> None:
    if not rendered(_rows, atlas, counted):
        st.html(quiet_line(texts(lang).t("ui.areas.nothing")))
        return
    dimension, *_ = counted
    with st.container(key=f"chart-{dimension}"):
        st.vega_lite_chart(
            None,
            rendered(_drawn, atlas, counted, frame, session.view().day, lang),
            width="stretch",
            theme=None,
            key=f"area-chart-{dimension}",
        )
    for part in rendered(_below, atlas, counted, lang):
        st.html(part)


def _rows(atlas: Atlas, counted: Counted) -> tuple[AreaRow, ...]:
    dimension, perspective, contested = counted
    return area_rows(atlas, dimension, perspective, _ground(atlas, contested))


def _drawn(atlas: Atlas, counted: Counted, frame: Frame, day: Date, lang: str) -> Spec:
    published = published_areas(atlas).get(counted[0], ())
    rows = rendered(_rows, atlas, counted)
    return area_chart(atlas, rows, published, frame, day=day, lang=lang)


def _below(atlas: Atlas, counted: Counted, lang: str) -> list[str]:
    """Give what stands below a chart: its legend, its table, the sources if there are any."""
    published = published_areas(atlas).get(counted[0], ())
    rows = rendered(_rows, atlas, counted)
    parts = (
        cards.areas_legend(atlas, rows, lang, published=bool(published)),
        cards.areas_table(atlas, rows, lang),
        cards.published_part(atlas, published, lang),
    )
    return [part for part in parts if part]


def _numbers(atlas: Atlas, lang: str) -> list[str]:
    worked = (worked_part(atlas, region_id, lang) for region_id in atlas.regions)
    parts = (*worked, figures_part(atlas, atlas.figures, lang))
    return [str(part) for part in parts if part]
