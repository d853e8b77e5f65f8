"""The tab "Export": pictures, films, pages and data; what is chosen is seen at once."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import streamlit as st

from maps.cards.day import quiet_line
from maps.errors import MapsError
from maps.ui import export_choices
from maps.ui.labels import plain
from maps.ui.opening import Opened
from maps.ui.wish import Wish, filmed, made, planned, preview
from maps.words.i18n import format_number, texts

_LOOKS_EVERY_S = 0.5
_SEEN = "export_preview"
_FILM = "export_film"  # the last one made, and what it is of
_WANTED = "export_film_wanted"


class Queue:
    """Turns at something only one reader may do at a time, in the order they came."""

    def __init__(self) -> None:
        self._places: list[object] = []  # whose turn it is stands first
        self._moved = threading.Condition()

    @contextmanager
    def turn(self, wait: Callable[[int], None]) -> Iterator[None]:
        """Wait for a turn and keep it for the block.

        ``wait`` is told again and again how many are before; what it raises, as
        Streamlit does when the reader has left, gives the place up.
        """
        place = object()
        with self._moved:
            self._places.append(place)
        try:
            while before := self._before(place):
                wait(before)
                with self._moved:
                    self._moved.wait_for(lambda: self._places.index(place) < before, _LOOKS_EVERY_S)
            yield
        finally:
            with self._moved:
                self._places.remove(place)
                self._moved.notify_all()

    def _before(self, place: object) -> int:
        with self._moved:
            return self._places.index(place)


_films = Queue()


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
    _button(book, wish, partial(made, book.atlas, wish))


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
    label = spoken.t("ui.export.make_film")
    if st.button(label, key="make-film", type="primary", width="stretch"):
        st.session_state[_WANTED] = wish
    film = st.session_state.get(_FILM)
    if st.session_state.get(_WANTED) == wish:
        # Still wanted where a run was cut short, by a report of the map, say.
        film = (wish, _made_film(book, wish))
        st.session_state[_FILM] = film
        del st.session_state[_WANTED]
    if film is not None and film[0] == wish:
        _button(book, wish, film[1])


def _made_film(book: Opened, wish: Wish) -> bytes:
    spoken = texts(book.lang)
    said = spoken.t("ui.export.filming")
    bar = st.progress(0.0, said)

    def wait(before: int) -> None:
        bar.progress(0.0, spoken.t("ui.export.waiting", count=before))

    def tell(done: int, count: int) -> None:
        bar.progress(done / count, said)

    with _films.turn(wait):
        content = filmed(book.atlas, wish, tell)
    bar.empty()
    return content


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
    film = st.session_state.get(_FILM)
    if wish.kind == "film" and film is not None and film[0] == wish:
        (st.video if wish.fmt == "mp4" else st.image)(film[1])
        return
    spoken = texts(book.lang)
    seen = st.session_state.get(_SEEN)
    if seen is None or seen[0] != wish:
        with st.spinner(spoken.t("ui.export.making")):
            seen = (wish, preview(book.atlas, wish))
        st.session_state[_SEEN] = seen
    shown = seen[1]
    if isinstance(shown, bytes):
        # In the page itself: a picture that is asked for may be gone before a slow browser asks.
        picture = f"data:image/png;base64,{b64encode(shown).decode()}"
        st.image(picture, width="stretch", alt=spoken.t("ui.export.preview", file=wish.file_name))
    elif shown is not None:
        st.code(shown, language=None)
    else:
        st.html(quiet_line(spoken.t(f"ui.export.holds.{wish.fmt}")))
