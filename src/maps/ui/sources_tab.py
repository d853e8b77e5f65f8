"""The tab "Sources": the bibliography by who tells, with what cites each source."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial

import streamlit as st

from maps.atlas.model import Atlas, Source
from maps.cards.day import quiet_line
from maps.cards.source import bibliography
from maps.data.bibliography import bibtex
from maps.data.plain import source_plain
from maps.ui.fields import choice_filter, search_filter
from maps.ui.opening import Opened, rendered
from maps.ui.widgets import download
from maps.words.i18n import words_for
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
    if not found:
        return

    def csl() -> str:
        items = [source_plain(source) for source in found]
        return json.dumps(items, ensure_ascii=False, indent=2)

    with st.container(horizontal=True, key="source-downloads"):
        label, media_type = spoken.t("ui.sources.csl"), "application/vnd.citationstyles.csl+json"
        download(label, csl, "sources.json", media_type, "csl")
        bib = partial(bibtex, found, spoken.t("bibtex.number"))
        label = spoken.t("ui.sources.bibtex")
        download(label, bib, "sources.bib", "application/x-bibtex", "bibtex")


def _bibliography(atlas: Atlas, name: str, source_ids: Iterable[str], lang: str) -> str:
    return bibliography(atlas, name, (atlas.sources[id] for id in source_ids), lang)


def _filtered(book: Opened) -> list[Source]:
    atlas, lang = book.atlas, book.lang
    names = {perspective.id: perspective.name for perspective in atlas.perspectives.values()}
    with st.container(key="source-filters", horizontal=True):
        wanted = search_filter("source", lang)
        tellers = choice_filter("source", "perspective", "tellers", names, lang)
    return [
        source
        for source in atlas.sources.values()
        if source_matches(source, wanted, lang)
        and (not tellers or source.perspective_id in tellers)
    ]
