"""The tab "Regions": one region through all its days, teller by teller."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import streamlit as st

from maps.atlas.model import Atlas, Region
from maps.cards import regions as cards
from maps.cards.day import heading, quiet_line
from maps.cards.history import history_chart, history_table
from maps.cards.markup import share_link
from maps.cards.naming import names_table
from maps.cards.region import region_background
from maps.day.contested import points_of
from maps.day.history import bands_of
from maps.ui import session
from maps.ui.labels import plain
from maps.ui.opening import Opened
from maps.ui.rendered import rendered
from maps.ui.years import years_choice
from maps.words.i18n import texts
from maps.words.names import region_name
from maps.words.search import regions_named

STYLES = Path(__file__).parent / "charts.css"
_CHOICE = "region-choice"


def show(book: Opened) -> None:
    """Show the choice of a region, then its history, names, points and numbers."""
    atlas, lang = book.atlas, book.lang
    st.html(STYLES)
    with st.container(key="regions"):
        st.html(quiet_line(texts(lang).t("ui.regions.intro")))
        region = _choice(atlas, lang)
        if region is None:
            return
        _ways_on(atlas, region, lang)
        _history(atlas, region, lang)
        _names(atlas, region, lang)
        _contested(atlas, region, lang)
        _numbers(atlas, region, lang)
        st.html(heading(texts(lang).t("ui.regions.background")))
        st.html(region_background(atlas, region, lang))


def _choice(atlas: Atlas, lang: str) -> Region | None:
    """Offer every region by name; without one in the address, the first of the atlas is shown."""
    names = {region_id: region_name(atlas, region_id, lang) for region_id in atlas.regions}
    if not names:
        return None
    chosen = session.view().region or next(iter(names))
    st.session_state[_CHOICE] = chosen
    with st.container(key="region-filters", horizontal=True):
        st.selectbox(
            texts(lang).t("ui.regions.choose"),
            sorted(names, key=lambda region_id: names[region_id].casefold()),
            key=_CHOICE,
            format_func=lambda region_id: cards.option_with_names(atlas, region_id, lang),
            on_change=_take_choice,
        )
        wanted = st.text_input(
            texts(lang).t("ui.regions.search"),
            key="region-search",
            placeholder=texts(lang).t("ui.regions.search_hint"),
        )
    if wanted.strip():
        _found(atlas, wanted, lang)
    return atlas.regions[chosen]


def _found(atlas: Atlas, wanted: str, lang: str) -> None:
    """Offer the regions that have a name with the words typed, and say which name it is."""
    spoken = texts(lang)
    found = regions_named(atlas, wanted, lang)
    if not found:
        st.html(quiet_line(spoken.t("ui.regions.found_none")))
    with st.container(horizontal=True, key="regions-found"):
        for named in found:
            label = cards.option_text(atlas, named.region_id, lang)
            if named.is_told:
                label = spoken.t("ui.regions.found_by", form=named.form, region=label)
            st.button(
                plain(label),
                key=f"found-{named.region_id}",
                on_click=_open,
                args=(named.region_id,),
            )


def _take_choice() -> None:
    _open(st.session_state[_CHOICE])


def _open(region_id: str) -> None:
    session.move(replace(session.view(), region=region_id, event=None))


def _ways_on(atlas: Atlas, region: Region, lang: str) -> None:
    """Lead to the map and to the regions this one hangs together with."""
    spoken = texts(lang)
    with st.container(horizontal=True, key="ways-on"):
        st.button(
            spoken.t("ui.regions.on_the_map"),
            key="region-on-the-map",
            on_click=session.choose_region,
            args=(region.id,),
            type="primary",
        )
        share = share_link(spoken.t("ui.share.this"), region.id, region=region.id, tab="regions")
        st.html(str(share))
    related = cards.related(atlas, region)
    for relation, region_ids in related.items():
        _row_of_regions(atlas, relation, region_ids, lang)


def _row_of_regions(atlas: Atlas, relation: str, region_ids: Iterable[str], lang: str) -> None:
    with st.container(horizontal=True, key=f"related-{relation}", vertical_alignment="center"):
        st.html(quiet_line(texts(lang).t(f"ui.regions.{relation}")))
        for region_id in region_ids:
            st.button(
                plain(region_name(atlas, region_id, lang)),
                key=f"{relation}-{region_id}",
                on_click=_open,
                args=(region_id,),
            )


def _history(atlas: Atlas, region: Region, lang: str) -> None:
    st.html(heading(texts(lang).t("ui.regions.history")))
    bands = bands_of(atlas, region.id)
    if not bands:
        st.html(quiet_line(texts(lang).t("ui.regions.nothing")))
        return
    st.html(quiet_line(texts(lang).t("ui.regions.history_how")))
    frame = years_choice(atlas, "region-years", lang)
    st.html(history_chart(atlas, region, bands, frame, day=session.view().day, lang=lang))
    st.html(rendered(_statements, atlas, region.id, lang))


def _statements(atlas: Atlas, region_id: str, lang: str) -> str:
    return history_table(atlas, atlas.regions[region_id], bands_of(atlas, region_id), lang)


def _names(atlas: Atlas, region: Region, lang: str) -> None:
    st.html(heading(texts(lang).t("ui.regions.names")))
    st.html(names_table(atlas, region, lang))


def _contested(atlas: Atlas, region: Region, lang: str) -> None:
    points = points_of(atlas, region_id=region.id)
    if not points:
        return
    st.html(heading(texts(lang).t("ui.regions.contested")))
    st.html(cards.points(atlas, points, lang))


def _numbers(atlas: Atlas, region: Region, lang: str) -> None:
    shown = cards.numbers(atlas, region, lang)
    if not shown:
        return
    st.html(heading(texts(lang).t("ui.regions.numbers")))
    st.html(shown)
