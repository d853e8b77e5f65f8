"""The choices of the tab "Export": each widget asks for one thing a file can be told."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from maps.atlas.model import Atlas, Date
from maps.day.law import ALL
from maps.day.reading import choices, mode_of
from maps.errors import MapsError
from maps.export import SIZED
from maps.sheet.extents import extents, inside
from maps.ui import session
from maps.ui.compare_tab import second_day
from maps.ui.day_field import day_asked, day_field, show_day
from maps.ui.labels import plain
from maps.ui.opening import Opened
from maps.ui.wish import FORMATS_OF, KINDS, RESOLUTIONS, SIZES, WIDTHS, Wish
from maps.words.i18n import format_number, language_name, texts
from maps.words.names import region_name

_ANY = ""
_WHOLE = ""
_MARK = "."  # begins no id
_ON_SCREEN = f"{_MARK}as-seen"
_DOTTED = ("png", "zip")  # what holds a picture made of dots
_HOLDS = (0.0, 1.0, 2.0, 4.0, 8.0)  # seconds; 0 for the time it takes to read
_SIDE_BY_SIDE = (2, 3, 4)


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
    fmt = _format(kind, book.lang)
    if kind == "film":
        return _film(book, fmt)
    days = _days(book) if kind == "days" else (_day(book.atlas, book.lang),)
    wish = _shown(book, Wish(kind, fmt, days, "", "", book.lang, book.atlas.digest))
    if kind != "page":  # which holds the whole atlas
        wish = _extent(wish, book.atlas, book.lang)
    return _picture(wish, book.lang) if fmt in SIZED else wish


def _shown(book: Opened, wish: Wish) -> Wish:
    """Ask for the mode, whose statements and the language of names."""
    atlas, lang = book.atlas, book.lang
    with st.container(key="export-pair-shown"):
        mode = _mode(atlas, lang)
        teller = _teller(atlas, mode, session.view().perspective, lang)
    return replace(wish, mode=mode, perspective=teller, lang=_names_in(atlas, lang))


def _format(kind: str, lang: str) -> str:
    spoken = texts(lang)
    return st.selectbox(
        spoken.t("ui.export.format"),
        FORMATS_OF[kind],
        format_func=lambda fmt: spoken.t(f"ui.formats.{fmt}"),
        key=f"export-format-{kind}",
    )


def _day(atlas: Atlas, lang: str) -> Date:
    # Another key for another view: what it shows is chosen anew.
    in_view = session.view().day
    return _date(atlas, texts(lang).t("ui.export.day"), in_view, f"export-day-{in_view}")


def _date(atlas: Atlas, label: str, opens: Date, key: str) -> Date:
    if key not in st.session_state:
        show_day(atlas, key, opens, session.view().lang)
    day_field(atlas, label, key)
    try:
        return day_asked(atlas, key) or opens
    except MapsError:  # the field says what is wrong with it
        return opens


def _days(book: Opened) -> tuple[Date, ...]:
    """Ask for the days side by side; they open with those the view is at and what comes next."""
    spoken, view = texts(book.lang), session.view()
    count = st.selectbox(spoken.t("ui.export.how_many"), _SIDE_BY_SIDE, key="export-how-many")
    opens = [view.day, view.other_day or second_day(book, view.day)]
    while len(opens) < count:
        opens.append(second_day(book, opens[-1]))
    with st.container(key="export-pair-days"):
        return tuple(
            _date(
                book.atlas,
                spoken.t("ui.export.day_number", letter="abcd"[at]),
                day,
                f"export-day-{at}-{day}",
            )
            for at, day in enumerate(opens[:count])
        )


def _film(book: Opened, fmt: str) -> Wish:
    """Ask for what is filmed: the days on which a mode changes, or a story."""
    atlas, lang, spoken = book.atlas, book.lang, texts(book.lang)
    wish = Wish("film", fmt, (), "", "", lang, atlas.digest, seen=session.view().day)
    stories = {id: plain(story.title) for id, story in atlas.stories.items()}
    story = ""
    if stories:
        story = st.selectbox(
            spoken.t("ui.export.filmed"),
            ("", *stories),
            format_func=lambda id: stories.get(id) or spoken.t("ui.export.changes"),
            key="export-filmed",
        )
    if story:
        wish = replace(wish, story=story, lang=_names_in(atlas, lang))
    else:
        first, last = atlas.settings.first_day, atlas.settings.last_day
        with st.container(key="export-pair-days"):
            since = _date(atlas, spoken.t("ui.export.since"), first, "export-since")
            until = _date(atlas, spoken.t("ui.export.until"), last, "export-until")
        if since > first:
            wish = replace(wish, since=since)
        if until < last:
            wish = replace(wish, until=until)
        wish = _extent(_shown(book, wish), atlas, lang)
    with st.container(key="export-pair-film"):
        return replace(wish, hold=_hold(lang), width=_width(lang))


def _hold(lang: str) -> float | None:
    spoken = texts(lang)
    seconds = st.selectbox(
        spoken.t("ui.export.hold"),
        _HOLDS,
        format_func=lambda each: (
            spoken.t("ui.export.seconds", count=format_number(each, lang))
            if each
            else spoken.t("ui.export.as_it_reads")
        ),
        key="export-hold",
    )
    return seconds or None


def _width(lang: str) -> int:
    return st.selectbox(
        texts(lang).t("ui.export.width"),
        WIDTHS,
        format_func=lambda each: f"{each} × {each * 9 // 16}",
        key="export-width",
    )


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


def _picture(wish: Wish, lang: str) -> Wish:
    with st.container(key="export-pair-picture"):
        wish = replace(wish, size=_size(lang))
        if wish.fmt not in _DOTTED:
            return wish
        dpi = st.selectbox(texts(lang).t("ui.export.dpi"), RESOLUTIONS, index=1, key="export-dpi")
        return replace(wish, dpi=dpi)


def _size(lang: str) -> str:
    spoken = texts(lang)
    return st.selectbox(
        spoken.t("ui.export.size"),
        SIZES,
        format_func=lambda each: spoken.t(f"ui.sizes.{each}"),
        key="export-size",
    )


def _extent(wish: Wish, atlas: Atlas, lang: str) -> Wish:
    """Ask for the part of the ground: the whole atlas, what the map shows, or a region."""
    spoken = texts(lang)
    on_screen = session.box_on_the_screen()
    seen = {_ON_SCREEN: inside(on_screen)} if on_screen else {}
    boxes = {**seen, **extents(atlas)}
    named = {_WHOLE: spoken.t("ui.export.whole"), _ON_SCREEN: spoken.t("ui.export.as_on_the_map")}
    part = st.selectbox(
        spoken.t("ui.export.extent"),
        (_WHOLE, *boxes),
        format_func=lambda id: named.get(id) or plain(region_name(atlas, id, lang)),
        key="export-extent",
    )
    return replace(wish, bbox=boxes.get(part), part=part.lstrip(_MARK))
