"""The tab "Export": pictures, films, pages and data; what is chosen is seen at once."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from functools import partial

import streamlit as st

from maps.cards.day import quiet_line
from maps.errors import MapsError
from maps.ui import export_choices, workers
from maps.ui.labels import plain
from maps.ui.opening import Opened
from maps.ui.wish import Wish, planned
from maps.ui.workers import Job, Made
from maps.words.i18n import format_number, texts

_LOOKS_EVERY_S = 0.5
_AT_ONCE_S = 0.2  # within which a reader need not be told to wait
_SEEN = "export_preview"
_FILM = "export_film"  # the last one asked for


@st.fragment
def show(book: Opened) -> None:
    """Show the choices, and beside them what the file will hold."""
    spoken = texts(book.lang)
    st.html(quiet_line(spoken.t("ui.export.intro")))
    kind = export_choices.kind_of_file(book.lang)
    with st.container(key="export-row"):
        left, right = st.columns([1, 2.4], gap="large")
    try:
        with left:
            wish = export_choices.wish_of(book, kind)
            (_film if kind == "film" else _download)(book, wish)
        with right, st.container(key="export-preview"):
            _preview(book, wish)
    except MapsError as error:  # two equal days, a range without a change
        with right:
            st.warning(plain(str(error)))


def _download(book: Opened, wish: Wish) -> None:
    # Made when asked for: a picture for print takes a second or two.
    _button(book, wish, partial(workers.made, book, wish))


def _film(book: Opened, wish: Wish) -> None:
    """Make a film before it can be taken: it takes a while, and the reader sees how far it is."""
    spoken = texts(book.lang)
    plan = planned(book.atlas, wish)
    said = {
        "pictures": len(plan.days),
        "minutes": format_number(plan.seconds // 60, book.lang),
        "seconds": f"{plan.seconds % 60:02.0f}",
    }
    st.html(quiet_line(spoken.t("ui.export.film_lasts", **said)))
    film = _film_of(wish)
    if film is None:
        st.button(
            spoken.t("ui.export.make_film"),
            key="make-film",
            type="primary",
            width="stretch",
            on_click=_ask_for,
            args=(book, wish),
        )
    elif not film.is_done:
        _being_made(film, book.lang)
    else:
        try:
            _button(book, wish, film.content())
        except MapsError:
            del st.session_state[_FILM]  # it can be asked for again
            raise


def _film_of(wish: Wish) -> Job[bytes] | None:
    """Give the film the reader has asked for, if it is this one; the day in view is not in it."""
    film: Job[bytes] | None = st.session_state.get(_FILM)
    same = film is not None and replace(film.wish, seen=None) == replace(wish, seen=None)
    return film if same else None


def _ask_for(book: Opened, wish: Wish) -> None:
    _cancel()
    st.session_state[_FILM] = workers.film(book, wish)


def _cancel() -> None:
    film: Job[bytes] | None = st.session_state.pop(_FILM, None)
    if film is not None:
        film.cancel()


@st.fragment(run_every=_LOOKS_EVERY_S)
def _being_made(film: Job[bytes], lang: str) -> None:
    """Say how far a film is; the reader may do something else meanwhile and come back."""
    spoken = texts(lang)
    if film.is_done:
        st.rerun()
    st.progress(film.share or 0.0, _how_far(film, spoken.t("ui.export.filming"), lang))
    if st.button(spoken.t("ui.export.cancel"), key="cancel-film", width="stretch"):
        _cancel()
        st.rerun()


@st.fragment(run_every=_LOOKS_EVERY_S)
def _preview_awaited(job: Job[bytes | str | None], lang: str) -> None:
    if job.is_done:
        st.rerun()
    st.html(quiet_line(_how_far(job, texts(lang).t("ui.export.making"), lang)))


def _how_far(job: Job[Made], making: str, lang: str) -> str:
    before = job.before if job.share is None else 0
    return texts(lang).t("ui.export.waiting", count=before) if before else making


def _button(book: Opened, wish: Wish, content: bytes | partial[bytes]) -> None:
    st.download_button(
        texts(book.lang).t("ui.export.download", name=wish.file_name),
        content,
        file_name=wish.file_name,
        mime=wish.media_type,
        key="download-export",
        on_click="ignore",
        type="primary",
        width="stretch",
    )


def _preview(book: Opened, wish: Wish) -> None:
    film = _film_of(wish)
    if film is not None and film.is_done:
        (st.video if wish.fmt == "mp4" else st.image)(film.content())
        return
    spoken = texts(book.lang)
    # Held by the session, for what nobody holds is given up.
    job = st.session_state[_SEEN] = workers.preview(book, wish)
    job.wait(_AT_ONCE_S)
    if not job.is_done:
        _preview_awaited(job, book.lang)
        return
    shown = job.content()
    if isinstance(shown, bytes):
        # In the page itself: a picture that is asked for may be gone before a slow browser asks.
        picture = f"data:image/png;base64,{b64encode(shown).decode()}"
        st.image(picture, width="stretch", alt=spoken.t("ui.export.preview", file=wish.file_name))
    elif shown is not None:
        st.code(shown, language=None)
    else:
        st.html(quiet_line(spoken.t(f"ui.export.holds.{wish.fmt}")))
