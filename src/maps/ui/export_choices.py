"""The choices of the tab "Export": each widget asks for one thing a file can be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from maps.export import PICTURES
from maps.export.extents import extents
from maps.i18n import language_name, texts
from maps.law import ALL
from maps.model import Atlas
from maps.plain import region_name
from maps.reading import choices, mode_of
from maps.ui import session
from maps.ui.labels import plain
from maps.ui.opening import Opened
from maps.ui.wish import FORMATS_OF, KINDS, RESOLUTIONS, SIZES, Wish

_ANY = ""
_WHOLE = ""


def kind_of_file(lang: str) -> str:
    """Ask what kind of file is wanted."""
    spoken = texts(lang)
    chosen = st.segmented_control(
        spoken.t("ui.export.kind"),
        KINDS,
        default=KINDS[0],
        required=True,
        format_func=lambda kind: spoken.t(f"ui.export.kinds.{kind}"),
        key="export-kind",
        label_visibility="collapsed",
    )
    return str(chosen or KINDS[0])


def wish_of(book: Opened, kind: str) -> Wish:
    """Ask for what a file of a kind can be told."""
    atlas, lang = book.atlas, book.lang
    fmt = _format(kind, lang)
    day = _day(atlas, lang)
    mode = _mode(atlas, lang)
    teller = _teller(atlas, mode, session.view().perspective, lang)
    wish = Wish(kind, fmt, day, mode, teller, _names_in(atlas, lang), atlas.digest)
    return _picture(wish, atlas, lang) if fmt in PICTURES else wish


def _format(kind: str, lang: str) -> str:
    spoken = texts(lang)
    return st.selectbox(
        spoken.t("ui.export.format"),
        FORMATS_OF[kind],
        format_func=lambda fmt: spoken.t(f"ui.formats.{fmt}"),
        key=f"export-format-{kind}",
    )


def _day(atlas: Atlas, lang: str) -> date:
    settings, in_view = atlas.settings, session.view().day
    day = st.date_input(
        texts(lang).t("ui.export.day"),
        value=in_view,
        min_value=settings.first_day,
        max_value=settings.last_day,
        format="YYYY-MM-DD",
        # Another key for another view: what it shows is chosen anew.
        key=f"export-day-{in_view}",
    )
    return day or in_view


def _mode(atlas: Atlas, lang: str) -> str:
    spoken, in_view = texts(lang), session.view().mode
    modes = [mode.id for mode in atlas.settings.modes]
    return st.selectbox(
        spoken.t("ui.export.mode"),
        modes,
        index=modes.index(in_view),
        format_func=lambda mode: spoken.t(f"map.modes.{mode}"),
        key=f"export-mode-{in_view}",
    )


def _teller(atlas: Atlas, mode: str, in_view: str, lang: str) -> str:
    """Ask whose statements: in legal status whose the colours show, else whose are listed."""
    spoken = texts(lang)
    painted = choices(atlas, mode_of(atlas, mode))
    names = {each.id: plain(each.name) for each in atlas.perspectives.values()}
    names |= {ALL: spoken.t("map.everyone"), _ANY: spoken.t("ui.export.any")}
    offered = painted or (_ANY, *atlas.perspectives)
    return st.selectbox(
        spoken.t("map.perspective" if painted else "ui.export.perspective"),
        offered,
        index=offered.index(in_view) if in_view in painted else 0,
        format_func=lambda each: names[each],
        key=f"export-told-{in_view}" if painted else "export-perspective",
    )


def _names_in(atlas: Atlas, lang: str) -> str:
    """Ask in which language the map names places; other words stay in that of the page."""
    offered = tuple(dict.fromkeys((lang, *atlas.settings.name_languages)))
    if len(offered) == 1:
        return lang
    return st.selectbox(
        texts(lang).t("ui.export.names"),
        offered,
        format_func=lambda code: language_name(code, lang),
        key="export-names",
    )


def _picture(wish: Wish, atlas: Atlas, lang: str) -> Wish:
    spoken = texts(lang)
    boxes = extents(atlas)
    part = st.selectbox(
        spoken.t("ui.export.extent"),
        (_WHOLE, *boxes),
        format_func=lambda id: (
            plain(region_name(atlas, id, lang)) if id else spoken.t("ui.export.whole")
        ),
        key="export-extent",
    )
    size = st.selectbox(
        spoken.t("ui.export.size"),
        SIZES,
        format_func=lambda each: spoken.t(f"ui.sizes.{each}"),
        key="export-size",
    )
    wish = replace(wish, bbox=boxes.get(part), part=part, size=size)
    if wish.fmt != "png":
        return wish
    dpi = st.selectbox(spoken.t("ui.export.dpi"), RESOLUTIONS, index=1, key="export-dpi")
    return replace(wish, dpi=dpi)
