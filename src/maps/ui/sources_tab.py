"""The tab "Sources": the bibliography by who tells, with what cites each source."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial

import streamlit as st

from maps.atlas.model import Atlas, Source
from maps.cards.day import quiet_line
from maps.cards.source import bibliography
from maps.data.bibtex import bibtex
from maps.data.plain import source_plain
from maps.ui import session
from maps.ui.events_tab import narrowed
from maps.ui.opening import Opened
from maps.ui.rendered import rendered
from maps.words.i18n import Texts, texts, words_for
from maps.words.search import source_matches


def show(book: Opened) -> None:
    """Show the search, the downloads and the sources."""
    atlas, lang = book.atlas, book.lang
    spoken = words_for(atlas, lang)
    st.html(quiet_line(spoken.t("ui.sources.intro")))
    found = _filtered(book)
    count = spoken.t("ui.sources.count", shown=len(found), all=len(atlas.sources))
    st.html(quiet_line(count if found else spoken.t("ui.sources.none")))
    for perspective in atlas.perspectives.values():
        told = tuple(source.id for source in found if source.perspective_id == perspective.id)
        if told:
            st.html(rendered(_bibliography, atlas, perspective.name, told, lang))
    _downloads(found, spoken)


def _bibliography(atlas: Atlas, name: str, source_ids: Iterable[str], lang: str) -> str:
    return bibliography(atlas, name, (atlas.sources[id] for id in source_ids), lang)


def _filtered(book: Opened) -> list[Source]:
    atlas, lang = book.atlas, book.lang
    spoken = texts(lang)
    names = {perspective.id: perspective.name for perspective in atlas.perspectives.values()}
    with st.container(key="source-filters", horizontal=True):
        wanted = st.text_input(
            spoken.t("ui.sources.search"),
            key=narrowed("source-search", "search"),
            placeholder=spoken.t("ui.sources.search_hint"),
            on_change=session.narrow,
            args=("search", "source-search"),
        )
        tellers = st.multiselect(
            spoken.t("ui.sources.perspective"),
            list(names),
            format_func=lambda key: names[key],
            key=narrowed("source-perspective", "tellers", names),
            placeholder=spoken.t("ui.sources.any"),
            on_change=session.narrow,
            args=("tellers", "source-perspective"),
        )
    return [
        source
        for source in atlas.sources.values()
        if source_matches(source, wanted, lang)
        and (not tellers or source.perspective_id in tellers)
    ]


def _csl(found: list[Source]) -> str:
    return json.dumps([source_plain(source) for source in found], ensure_ascii=False, indent=2)


def _downloads(found: list[Source], spoken: Texts) -> None:
    if not found:
        return
    with st.container(horizontal=True, key="source-downloads"):
        st.download_button(
            spoken.t("ui.sources.csl"),
            # Written when asked for.
            partial(_csl, found),
            file_name="sources.json",
            mime="application/vnd.citationstyles.csl+json",
            key="csl",
            on_click="ignore",
        )
        st.download_button(
            spoken.t("ui.sources.bibtex"),
            partial(bibtex, found, spoken.t("bibtex.number")),
            file_name="sources.bib",
            mime="application/x-bibtex",
            key="bibtex",
            on_click="ignore",
        )
