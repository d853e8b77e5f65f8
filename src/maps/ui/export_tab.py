"""The tab "Export": one day as a picture, a page or data, made when asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from maps.export import ENDINGS, FORMATS, MEDIA_TYPES, SIZED, export_bytes
from maps.i18n import format_number, texts
from maps.law import ALL
from maps.model import Atlas
from maps.reading import choices, mode_of
from maps.render.cards.day import quiet_line
from maps.ui import session
from maps.ui.opening import Opened

_SIZES = ("a4", "a4-portrait", "16:9", "square")
_RESOLUTIONS = (150, 300, 600)
_DOTTED = ("png", "zip")  # what holds a picture made of dots
_PREVIEW_DPI = 110
_MADE = "made_export"
_ANY = ""


@dataclass(frozen=True)
class Wish:
    """What file the reader wants."""

    fmt: str
    day: date
    mode: str
    size: str
    dpi: int
    perspective: str
    lang: str
    data: str  # the digest of the atlas: other dates make another file

    @property
    def file_name(self) -> str:
        """The name of the file: day, mode, and whose statements where that is chosen."""
        told = (self.perspective,) if self.perspective else ()
        return "-".join((self.day.isoformat(), self.mode, *told)) + ENDINGS[self.fmt]


def show(book: Opened) -> None:
    """Show the choices, then the file once it is made."""
    spoken = texts(book.lang)
    st.html(quiet_line(spoken.t("ui.export.intro")))
    with st.container(key="export-row"):
        left, right = st.columns([1, 2], gap="large")
    with left:
        wish = _wish(book)
        if st.button(spoken.t("ui.export.make"), key="make-export", type="primary"):
            with st.spinner(spoken.t("ui.export.making")):
                content = _made(book.atlas, wish)
                preview = _preview(book.atlas, wish, content)
                st.session_state[_MADE] = (wish, content, preview)
    made = st.session_state.get(_MADE)
    if made is not None:
        with right:
            _result(*made, wanted=wish)


def _made(atlas: Atlas, wish: Wish) -> bytes:
    return export_bytes(
        atlas,
        wish.day,
        wish.fmt,
        mode=wish.mode,
        lang=wish.lang,
        perspective=wish.perspective or None,
        size=wish.size if wish.fmt in SIZED else None,
        dpi=wish.dpi,
    )


def _wish(book: Opened) -> Wish:
    atlas, lang = book.atlas, book.lang
    spoken = texts(lang)
    view = session.view()
    settings = atlas.settings
    modes = [mode.id for mode in settings.modes]
    fmt = st.selectbox(
        spoken.t("ui.export.format"),
        FORMATS,
        format_func=lambda each: spoken.t(f"ui.formats.{each}"),
        key="export-format",
    )
    day = st.date_input(
        spoken.t("ui.export.day"),
        value=view.day,
        min_value=settings.first_day,
        max_value=settings.last_day,
        format="YYYY-MM-DD",
    )
    mode = st.selectbox(
        spoken.t("ui.export.mode"),
        modes,
        index=modes.index(view.mode),
        format_func=lambda each: spoken.t(f"map.modes.{each}"),
    )
    size, dpi = _picture(fmt, lang) if fmt in SIZED else (_SIZES[0], _RESOLUTIONS[1])
    teller = _teller(atlas, mode, view.perspective, lang)
    return Wish(fmt, day or view.day, mode, size, dpi, teller, lang, atlas.digest)


def _teller(atlas: Atlas, mode: str, in_view: str, lang: str) -> str:
    """Ask whose statements: in legal status whose the colours show, else whose are listed."""
    spoken = texts(lang)
    painted = choices(atlas, mode_of(atlas, mode))
    names = {each.id: each.name for each in atlas.perspectives.values()}
    names |= {ALL: spoken.t("map.everyone"), _ANY: spoken.t("ui.export.any")}
    offered = painted or (_ANY, *atlas.perspectives)
    return st.selectbox(
        spoken.t("map.perspective" if painted else "ui.export.perspective"),
        offered,
        index=offered.index(in_view) if in_view in painted else 0,
        format_func=lambda each: names[each],
        # Another key for another view: what it shows is chosen anew.
        key=f"export-told-{in_view}" if painted else "export-perspective",
    )


def _picture(fmt: str, lang: str) -> tuple[str, int]:
    spoken = texts(lang)
    size = st.selectbox(
        spoken.t("ui.export.size"),
        _SIZES,
        format_func=lambda each: spoken.t(f"ui.sizes.{each}"),
        key="export-size",
    )
    if fmt not in _DOTTED:
        return size, _RESOLUTIONS[1]
    dpi = st.selectbox(spoken.t("ui.export.dpi"), _RESOLUTIONS, index=1, key="export-dpi")
    return size, dpi


def _result(made: Wish, content: bytes, preview: bytes, *, wanted: Wish) -> None:
    spoken = texts(made.lang)
    size = format_number(len(content) / 1000, made.lang)
    st.html(quiet_line(spoken.t("ui.export.made", name=made.file_name, size=size)))
    if made != wanted:
        st.html(quiet_line(spoken.t("ui.export.again")))
    st.download_button(
        spoken.t("ui.export.download", name=made.file_name),
        content,
        file_name=made.file_name,
        mime=MEDIA_TYPES[made.fmt],
        key="download-export",
        on_click="ignore",
        type="primary",
    )
    if preview:
        st.image(preview, width="stretch")
    else:
        st.html(quiet_line(spoken.t("ui.export.no_preview")))


def _preview(atlas: Atlas, wish: Wish, content: bytes) -> bytes:
    """Give a picture of a picture; of a scalable or packed one a small PNG, of data nothing."""
    if wish.fmt == "png":
        return content
    return _made(atlas, replace(wish, fmt="png", dpi=_PREVIEW_DPI)) if wish.fmt in SIZED else b""
