"""The tab "Regions": one region through all its days, teller by teller."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from maps.atlas.model import Atlas, Region
from maps.cards import regions as cards
from maps.cards.day import heading, quiet_line
from maps.cards.history import history_chart, history_table
from maps.cards.markup import share_link
from maps.cards.region import region_background
from maps.day.contested import points_of
from maps.day.history import bands_of
from maps.ui import session
from maps.ui.fields import years_choice
from maps.ui.opening import Opened, rendered
from maps.ui.widgets import button, plain
from maps.words.i18n import texts
from maps.words.names import region_name
from maps.words.search import regions_named

STYLES = Path(__file__).parent / "charts.css"
_CHOICE = "region-choice"


def show(book: Opened) -> None:
    """Show the choice of a region, then its history, names, points and numbers."""
    atlas, lang, spoken = book.atlas, book.lang, texts(book.lang)
    st.html(STYLES)
    with st.container(key="regions"):
        st.html(quiet_line(spoken.t("ui.regions.intro")))
        region = _choice(atlas, lang)
        if region is None:
            return
        _ways_on(atlas, region, lang)
        _history(atlas, region, lang)
        st.html(heading(spoken.t("ui.regions.names")))
        st.html(cards.names_table(atlas, region, lang))
        if points := points_of(atlas, region_id=region.id):
            st.html(heading(spoken.t("ui.regions.contested")))
            st.html(cards.points(atlas, points, lang))
        if numbers := cards.numbers(atlas, region, lang):
            st.html(heading(spoken.t("ui.regions.numbers")))
            st.html(numbers)
        st.html(heading(spoken.t("ui.regions.background")))
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
            on_change=lambda: _open(st.session_state[_CHOICE]),
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
            button(plain(label), f"found-{named.region_id}", _open, named.region_id)


def _open(region_id: str) -> None:
    session.move(replace(session.view(), region=region_id, event=None))


def _ways_on(atlas: Atlas, region: Region, lang: str) -> None:
    """Lead to the map and to the regions this one hangs together with."""
    spoken = texts(lang)
    with st.container(horizontal=True, key="ways-on"):
        label = spoken.t("ui.regions.on_the_map")
        button(label, "region-on-the-map", session.choose_region, region.id, type="primary")
        share = share_link(spoken.t("ui.share.this"), region.id, region=region.id, tab="regions")
        st.html(str(share))
    for relation, region_ids in cards.related(atlas, region).items():
        with st.container(horizontal=True, key=f"related-{relation}", vertical_alignment="center"):
            st.html(quiet_line(spoken.t(f"ui.regions.{relation}")))
            for region_id in region_ids:
                name = plain(region_name(atlas, region_id, lang))
                button(name, f"{relation}-{region_id}", _open, region_id)


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
