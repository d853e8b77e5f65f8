"""The tabs drawn over time: a region through its days, and the areas with published numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import streamlit as st

from maps.atlas.model import CONTROL, Atlas, Region
from maps.cards import areas as area_cards
from maps.cards import regions as region_cards
from maps.cards.bars import Frame
from maps.cards.charts import area_chart
from maps.cards.day import heading, quiet_line
from maps.cards.figures import figures_part, worked_part
from maps.cards.history import history_chart, history_table
from maps.cards.markup import share_link
from maps.cards.region import region_background
from maps.data.report import areas_csv
from maps.day.areas import AreaRow, Ground, all_area_rows, area_rows, contested_ground
from maps.day.contested import points_of
from maps.day.figures import published_areas
from maps.day.history import bands_of
from maps.day.law import ALL, LEGAL_DIMENSIONS
from maps.day.reading import choices
from maps.ui import session
from maps.ui.opening import Opened, rendered
from maps.ui.state import GROUNDS
from maps.ui.widgets import button, download, plain, years_choice
from maps.words.i18n import texts
from maps.words.names import region_name
from maps.words.search import regions_named

_STYLES = Path(__file__).parent / "charts.css"
_REGION = "region-choice"

# A dimension, whose statements on it, and whether only contested pieces count.
Counted = tuple[str, str, bool]


def show_regions(book: Opened) -> None:
    """Show the choice of a region, then its history, names, points and numbers."""
    atlas, lang, spoken = book.atlas, book.lang, texts(book.lang)
    st.html(_STYLES)
    with st.container(key="regions"):
        st.html(quiet_line(spoken.t("ui.regions.intro")))
        region = _region(atlas, lang)
        if region is None:
            return
        _ways_on(atlas, region, lang)
        st.html(heading(spoken.t("ui.regions.history")))
        if bands := bands_of(atlas, region.id):
            st.html(quiet_line(spoken.t("ui.regions.history_how")))
            frame, day = years_choice(atlas, "region-years", lang), session.view().day
            st.html(history_chart(atlas, region, bands, frame, day=day, lang=lang))
            st.html(rendered(_statements, atlas, region.id, lang))
        else:
            st.html(quiet_line(spoken.t("ui.regions.nothing")))
        points = points_of(atlas, region_id=region.id)
        parts = {
            "names": region_cards.names_table(atlas, region, lang),
            "contested": region_cards.points(atlas, points, lang) if points else "",
            "numbers": region_cards.numbers(atlas, region, lang),
            "background": region_background(atlas, region, lang),
        }
        for name, part in parts.items():
            if part:
                st.html(heading(spoken.t(f"ui.regions.{name}")))
                st.html(part)


def _region(atlas: Atlas, lang: str) -> Region | None:
    """Offer every region by name; without one in the address, the first of the atlas is shown."""
    spoken = texts(lang)
    names = {id: region_name(atlas, id, lang) for id in atlas.regions}
    if not names:
        return None
    chosen = session.view().region or next(iter(names))
    st.session_state[_REGION] = chosen
    with st.container(key="region-filters", horizontal=True):
        st.selectbox(
            spoken.t("ui.regions.choose"),
            sorted(names, key=lambda id: names[id].casefold()),
            key=_REGION,
            format_func=lambda id: region_cards.option_with_names(atlas, id, lang),
            on_change=lambda: session.go(region=st.session_state[_REGION], event=None),
        )
        wanted = st.text_input(
            spoken.t("ui.regions.search"),
            key="region-search",
            placeholder=spoken.t("ui.regions.search_hint"),
        )
    if wanted.strip():
        # Regions that have a name with the words typed; which name it is, is said.
        found = regions_named(atlas, wanted, lang)
        if not found:
            st.html(quiet_line(spoken.t("ui.regions.found_none")))
        with st.container(horizontal=True, key="regions-found"):
            for named in found:
                label = region_cards.option_text(atlas, named.region_id, lang)
                if named.is_told:
                    label = spoken.t("ui.regions.found_by", form=named.form, region=label)
                goes = partial(session.go, region=named.region_id, event=None)
                button(plain(label), f"found-{named.region_id}", goes)
    return atlas.regions[chosen]


def _ways_on(atlas: Atlas, region: Region, lang: str) -> None:
    """Lead to the map and to the regions this one hangs together with."""
    spoken = texts(lang)
    with st.container(horizontal=True, key="ways-on"):
        label = spoken.t("ui.regions.on_the_map")
        button(label, "region-on-the-map", session.choose_region, region.id, type="primary")
        share = share_link(spoken.t("ui.share.this"), region.id, region=region.id, tab="regions")
        st.html(str(share))
    for relation, region_ids in region_cards.related(atlas, region).items():
        with st.container(horizontal=True, key=f"related-{relation}", vertical_alignment="center"):
            st.html(quiet_line(spoken.t(f"ui.regions.{relation}")))
            for id in region_ids:
                goes = partial(session.go, region=id, event=None)
                button(plain(region_name(atlas, id, lang)), f"{relation}-{id}", goes)


def _statements(atlas: Atlas, region_id: str, lang: str) -> str:
    return history_table(atlas, atlas.regions[region_id], bands_of(atlas, region_id), lang)


def show_areas(book: Opened) -> None:
    """Show control, then law, then the published numbers."""
    atlas, lang, spoken = book.atlas, book.lang, texts(book.lang)
    st.html(_STYLES)
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
        st.html(area_cards.computing(atlas, lang))
        if atlas.figures:
            st.html(heading(spoken.t("ui.areas.numbers")))
            for part in rendered(_numbers, atlas, lang):
                st.html(part)


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
    chosen = st.selectbox(
        texts(lang).t(f"ui.areas.choose_{name}"),
        list(offered),
        key=key,
        format_func=offered.__getitem__,
        on_change=session.take,
        args=(name, key),
    )
    return str(chosen)


def _chart(atlas: Atlas, counted: Counted, frame: Frame, lang: str) -> None:
    rows = rendered(_rows, atlas, counted)
    if not rows:
        st.html(quiet_line(texts(lang).t("ui.areas.nothing")))
        return
    dimension, *_ = counted
    published, day = published_areas(atlas).get(dimension, ()), session.view().day
    drawn = area_chart(atlas, rows, published, frame, day=day, lang=lang)
    with st.container(key=f"chart-{dimension}"):
        key = f"area-chart-{dimension}"
        st.vega_lite_chart(None, drawn, width="stretch", theme=None, key=key)
    for part in rendered(_below, atlas, counted, lang):
        st.html(part)


def _ground(atlas: Atlas, contested: bool) -> Ground | None:
    return contested_ground(atlas) if contested else None


def _rows(atlas: Atlas, counted: Counted) -> tuple[AreaRow, ...]:
    dimension, perspective, contested = counted
    return area_rows(atlas, dimension, perspective, _ground(atlas, contested))


def _below(atlas: Atlas, counted: Counted, lang: str) -> list[str]:
    published = published_areas(atlas).get(counted[0], ())
    rows = rendered(_rows, atlas, counted)
    parts = (
        area_cards.areas_legend(atlas, rows, lang, published=bool(published)),
        area_cards.areas_table(atlas, rows, lang),
        area_cards.published_part(atlas, published, lang),
    )
    return list(filter(None, parts))


def _numbers(atlas: Atlas, lang: str) -> list[str]:
    worked = (worked_part(atlas, region_id, lang) for region_id in atlas.regions)
    parts = (*worked, figures_part(atlas, atlas.figures, lang))
    return [str(part) for part in parts if part]
