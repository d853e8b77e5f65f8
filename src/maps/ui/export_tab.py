"""The tab "Export": pictures, films, pages and data; what is chosen is seen at once.

Each widget asks for one thing a file can be told.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

import streamlit as st

from maps.atlas.model import Atlas, Date
from maps.cards.day import quiet_line
from maps.data.formats import SIZED
from maps.day.law import ALL
from maps.day.reading import choices, mode_of
from maps.errors import MapsError
from maps.map.ground import extents, inside
from maps.ui import session, workers
from maps.ui.compare_tab import second_day
from maps.ui.opening import Opened
from maps.ui.widgets import button, day_asked, day_field, download, plain, show_day
from maps.ui.wish import FORMATS_OF, KINDS, RESOLUTIONS, SIZES, WIDTHS, Wish, planned
from maps.ui.workers import Job, Made
from maps.words.i18n import format_number, language_name, texts
from maps.words.names import region_name

_LOOKS_EVERY_S = 0.5
_AT_ONCE_S = 0.2  # within which a reader need not be told to wait
_SEEN = "export_preview"
_FILM = "export_film"  # the last one asked for
_ANY = ""
_WHOLE = ""
_MARK = "."  # begins no id
_ON_SCREEN = f"{_MARK}as-seen"
_DOTTED = ("png", "zip")  # what holds a picture made of dots
_HOLDS = (1.0, 2.0, 4.0, 8.0)  # seconds; 0 is for the time it takes to read
_SIDE_BY_SIDE = (2, 3, 4)
Value = TypeVar("Value")


@st.fragment
def show(book: Opened) -> None:
    """Show the choices, and beside them what the file will hold."""
    spoken = texts(book.lang)
    st.html(quiet_line(spoken.t("ui.export.intro")))
    kind = st.segmented_control(
        spoken.t("ui.export.kind"),
        KINDS,
        default=KINDS[0],
        required=True,
        format_func=lambda kind: spoken.t(f"ui.export.kinds.{kind}"),
        key="export-kind",
        label_visibility="collapsed",
    )
    with st.container(key="export-row"):
        left, right = st.columns([1, 2.4], gap="large")
    try:
        with left:
            wish = _wish(book, str(kind or KINDS[0]))
            if wish.kind == "film":
                _film(book, wish)
            else:  # made when asked for: a picture for print takes a second or two
                _button(book, wish, partial(workers.made, book, wish))
        with right, st.container(key="export-preview"):
            _preview(book, wish)
    except MapsError as error:  # two equal days, a range without a change
        with right:
            st.warning(plain(str(error)))


def _button(book: Opened, wish: Wish, content: bytes | partial[bytes]) -> None:
    label, look = texts(book.lang).t("ui.export.download", name=wish.file_name), "primary"
    key = "download-export"
    download(label, content, wish.file_name, wish.media_type, key, type=look, width="stretch")


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
        label = spoken.t("ui.export.make_film")
        button(label, "make-film", _ask_for, book, wish, type="primary", width="stretch")
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
    if film := st.session_state.pop(_FILM, None):
        film.cancel()


@st.fragment(run_every=_LOOKS_EVERY_S)
def _being_made(film: Job[bytes], lang: str) -> None:
    """Say how far a film is; the reader may do something else meanwhile and come back."""
    if film.is_done:
        st.rerun()
    st.progress(film.share or 0.0, _how_far(film, "ui.export.filming", lang))
    if st.button(texts(lang).t("ui.export.cancel"), key="cancel-film", width="stretch"):
        _cancel()
        st.rerun()


@st.fragment(run_every=_LOOKS_EVERY_S)
def _preview_awaited(job: Job[bytes | str | None], lang: str) -> None:
    if job.is_done:
        st.rerun()
    st.html(quiet_line(_how_far(job, "ui.export.making", lang)))


def _how_far(job: Job[Made], making: str, lang: str) -> str:
    before = job.before if job.share is None else 0
    return texts(lang).t("ui.export.waiting", count=before) if before else texts(lang).t(making)


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


def _wish(book: Opened, kind: str) -> Wish:
    atlas, lang, spoken = book.atlas, book.lang, texts(book.lang)
    formats = {fmt: spoken.t(f"ui.formats.{fmt}") for fmt in FORMATS_OF[kind]}
    fmt = _one_of("format", formats, lang, key=f"format-{kind}")
    wish = Wish(kind, fmt, (), "", "", lang, atlas.digest)
    if kind == "film":
        return _film_wished(book, wish)
    if kind == "days":
        days = _days_side_by_side(book)
    else:
        # Another key for another view: what it shows is chosen anew.
        in_view = session.view().day
        days = (_day(atlas, spoken.t("ui.export.day"), in_view, f"export-day-{in_view}"),)
    wish = _shown(book, replace(wish, days=days))
    if kind != "page":  # which holds the whole atlas
        wish = _extent(wish, atlas, lang)
    if fmt not in SIZED:
        return wish
    with st.container(key="export-pair-picture"):
        sizes = {each: spoken.t(f"ui.sizes.{each}") for each in SIZES}
        wish = replace(wish, size=_one_of("size", sizes, lang))
        if fmt in _DOTTED:
            resolutions = {each: str(each) for each in RESOLUTIONS}
            wish = replace(wish, dpi=_one_of("dpi", resolutions, lang, at=RESOLUTIONS[1]))
    return wish


def _one_of(
    what: str, named: Mapping[Value, str], lang: str, *, key: str = "", at: Value | None = None
) -> Value:
    """Ask for one of some values by their names; it opens at ``at`` if that is one, or the first.

    ``what`` is the key of its label, one of ``ui.export`` if it has no dot.
    """
    offered = list(named)
    return st.selectbox(
        texts(lang).t(what if "." in what else f"ui.export.{what}"),
        offered,
        index=offered.index(at) if at is not None and at in named else 0,
        format_func=named.__getitem__,
        key=f"export-{key or what}",
    )


def _day(atlas: Atlas, label: str, opens: Date, key: str) -> Date:
    if key not in st.session_state:
        show_day(atlas, key, opens, session.view().lang)
    day_field(atlas, label, key)
    try:
        return day_asked(atlas, key) or opens
    except MapsError:  # the field says what is wrong with it
        return opens


def _days_side_by_side(book: Opened) -> tuple[Date, ...]:
    """Ask for the days; they open with those the view is at and what comes next."""
    spoken, view = texts(book.lang), session.view()
    count = _one_of("how_many", {n: str(n) for n in _SIDE_BY_SIDE}, book.lang, key="how-many")
    opens = [view.day, view.other_day or second_day(book, view.day)]
    while len(opens) < count:
        opens.append(second_day(book, opens[-1]))
    labels = [spoken.t("ui.export.day_number", letter=letter) for letter in "abcd"[:count]]
    with st.container(key="export-pair-days"):
        return tuple(
            _day(book.atlas, label, day, f"export-day-{at}-{day}")
            for at, (label, day) in enumerate(zip(labels, opens, strict=True))
        )


def _film_wished(book: Opened, wish: Wish) -> Wish:
    """Ask for what is filmed: the days on which a mode changes, or a story."""
    atlas, lang, spoken = book.atlas, book.lang, texts(book.lang)
    wish = replace(wish, seen=session.view().day)
    stories = {"": spoken.t("ui.export.changes")}
    stories |= {id: plain(story.title) for id, story in atlas.stories.items()}
    story = _one_of("filmed", stories, lang) if atlas.stories else ""
    if story:
        wish = replace(wish, story=story, lang=_names_in(atlas, lang))
    else:
        first, last = atlas.settings.first_day, atlas.settings.last_day
        with st.container(key="export-pair-days"):
            since = _day(atlas, spoken.t("ui.export.since"), first, "export-since")
            until = _day(atlas, spoken.t("ui.export.until"), last, "export-until")
        wish = replace(
            wish, since=since if since > first else None, until=until if until < last else None
        )
        wish = _extent(_shown(book, wish), atlas, lang)
    holds = {0.0: spoken.t("ui.export.as_it_reads")}
    holds |= {s: spoken.t("ui.export.seconds", count=format_number(s, lang)) for s in _HOLDS}
    widths = {each: f"{each} × {each * 9 // 16}" for each in WIDTHS}
    with st.container(key="export-pair-film"):
        hold = _one_of("hold", holds, lang)
        return replace(wish, hold=hold or None, width=_one_of("width", widths, lang))


def _shown(book: Opened, wish: Wish) -> Wish:
    """Ask for the mode, whose statements and the language of names.

    In legal status the tellers are those whose colours show, else those whose statements
    are listed.
    """
    atlas, lang, spoken, view = book.atlas, book.lang, texts(book.lang), session.view()
    modes = {mode.id: spoken.t(f"map.modes.{mode.id}") for mode in atlas.settings.modes}
    names = {each.id: plain(each.name) for each in atlas.perspectives.values()}
    names |= {ALL: spoken.t("map.everyone"), _ANY: spoken.t("ui.export.any")}
    with st.container(key="export-pair-shown"):
        mode = _one_of("mode", modes, lang, key=f"mode-{view.mode}", at=view.mode)
        if painted := choices(atlas, mode_of(atlas, mode)):
            offered, told = {id: names[id] for id in painted}, view.perspective
            teller = _one_of("map.perspective", offered, lang, key=f"told-{told}", at=told)
        else:
            offered = {id: names[id] for id in (_ANY, *atlas.perspectives)}
            teller = _one_of("perspective", offered, lang)
    return replace(wish, mode=mode, perspective=teller, lang=_names_in(atlas, lang))


def _names_in(atlas: Atlas, lang: str) -> str:
    """Ask in which language the map names places; other words stay in that of the page."""
    languages = (lang, *atlas.settings.name_languages)
    offered = {code: language_name(code, lang) for code in languages}
    return _one_of("names", offered, lang) if len(offered) > 1 else lang


def _extent(wish: Wish, atlas: Atlas, lang: str) -> Wish:
    """Ask for the part of the ground: the whole atlas, what the map shows, or a region."""
    spoken = texts(lang)
    on_screen = session.held().box
    seen = {_ON_SCREEN: inside(on_screen)} if on_screen else {}
    boxes = {**seen, **extents(atlas)}
    named = {id: plain(region_name(atlas, id, lang)) for id in (_WHOLE, *boxes)}
    named |= dict.fromkeys(seen, spoken.t("ui.export.as_on_the_map"))
    named[_WHOLE] = spoken.t("ui.export.whole")
    part = _one_of("extent", named, lang)
    return replace(wish, bbox=boxes.get(part), part=part.lstrip(_MARK))
