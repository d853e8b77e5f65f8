"""The workbench as a page: what was changed and what is wrong, and a tab for each way to change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from maps.atlas.assemble import open_atlas
from maps.atlas.dates import parse_day
from maps.atlas.editing.workcopy import SavedDraft
from maps.atlas.skeleton import Frame, write_skeleton
from maps.errors import MapsError
from maps.map.document import View
from maps.map.files import ICON
from maps.ui import map_frame
from maps.ui.edit import files, lines, settings, tables
from maps.ui.edit.desk import Desk, desk_of
from maps.ui.widgets import plain
from maps.words.asked import four_numbers
from maps.words.i18n import FALLBACK, texts

_MOST_LISTED = 60

_KEPT_CHOICES = ("edit-table", "edit-lang", "edit-layer")


def show_workbench(folder: Path) -> None:
    """Show the workbench of an atlas folder; one that is missing or empty is begun first."""
    spoken = texts(FALLBACK)
    st.set_page_config(page_title=f"{folder.name} · {spoken.t('edit.title')}", page_icon=ICON)
    try:
        if not folder.exists() or not any(folder.iterdir()):
            _begin(folder)
            return
        desk = desk_of(folder)
        _head(desk)
        # What was kept beside the atlas before this desk was begun, until it is decided on.
        draft = None if desk.work.can_undo or desk.said else desk.work.saved_draft()
        if draft:
            _ask_for(desk, draft)
            return
        _problems(desk)
        _tabs(desk)
    except (MapsError, OSError) as error:
        st.error(plain(str(error)))


def _begin(folder: Path) -> None:
    """Ask what a new atlas has to know, and write it."""
    spoken = texts(FALLBACK)
    usual = Frame()
    st.title(spoken.t("edit.new.title"))
    st.write(plain(spoken.t("edit.new.lead", folder=folder)))
    with st.form("new"):
        title = st.text_input(spoken.t("edit.new.name"))
        days = st.columns(3)
        first = days[0].text_input(spoken.t("edit.new.first_day"), str(usual.first_day))
        last = days[1].text_input(spoken.t("edit.new.last_day"), str(usual.last_day))
        lang = days[2].text_input(spoken.t("edit.new.lang"), FALLBACK)
        extent = st.text_input(
            spoken.t("edit.new.extent"), ", ".join(f"{edge:g}" for edge in usual.extent),
            help=spoken.t("edit.new.extent_help"),
        )  # fmt: skip
        if not st.form_submit_button(spoken.t("edit.new.make"), type="primary"):
            return
    try:
        made = Frame(parse_day(first), parse_day(last), four_numbers(extent))
        write_skeleton(folder, title, lang.strip(), empty=True, frame=made)
    except ValueError as error:
        st.error(plain(str(error)))
        return
    st.rerun()


def _head(desk: Desk) -> None:
    spoken, work = desk.words, desk.work
    count = len(work.changed)
    texts_of_atlas = (row for table in work.tables.texts.values() for row in table)
    titles = (row["text"] for row in texts_of_atlas if row["key"] == "atlas.title")
    with st.container(horizontal=True, vertical_alignment="center", key="edit-head"):
        with st.container(key="edit-title"):
            st.markdown(f"# {plain(next(titles, '') or work.folder.name)}")
            state = spoken.n("edit.changed", count, str(count)) if count else spoken.t("edit.clean")
            st.caption(plain(f"{desk.said} {state}".strip()))
        st.button(spoken.t("edit.undo"), disabled=not work.can_undo, on_click=desk.undo)
        st.button(
            spoken.t("edit.save_draft"), disabled=not count, on_click=desk.save_draft,
            help=spoken.t("edit.save_draft_help", folder=work.draft_folder.name),
        )  # fmt: skip
        st.button(
            spoken.t("edit.save"), disabled=not count or bool(work.problems), type="primary",
            on_click=desk.save, help=spoken.t("edit.save_help"),
        )  # fmt: skip
    if desk.fault:
        st.error(plain(desk.fault))
        st.button(spoken.t("edit.open_anew"), on_click=desk.open_anew)
        desk.fault = ""


def _ask_for(desk: Desk, draft: SavedDraft) -> None:
    spoken = desk.words
    when = f"{draft.saved_at:%Y-%m-%d %H:%M}"
    st.info(plain(spoken.t("edit.draft.found", when=when, files=", ".join(sorted(draft.files)))))
    if draft.overtaken:
        st.warning(plain(spoken.t("edit.draft.overtaken", files=", ".join(draft.overtaken))))
    with st.container(horizontal=True):
        take = spoken.t("edit.draft.take")
        st.button(take, type="primary", on_click=desk.take_draft, args=(draft,))
        st.button(spoken.t("edit.draft.discard"), on_click=desk.work.discard_draft)


def _problems(desk: Desk) -> None:
    found = desk.work.problems
    if not found:
        return
    heading = desk.words.n("edit.problems", len(found), str(len(found)))
    with st.expander(f":material/error: {heading}", expanded=len(found) <= 3):
        st.markdown("\n".join(f"- {plain(str(problem))}" for problem in found[:_MOST_LISTED]))
        if len(found) > _MOST_LISTED:
            st.caption(desk.words.t("edit.more_problems", count=len(found) - _MOST_LISTED))


def _tabs(desk: Desk) -> None:
    shown: dict[str, Callable[[Desk], None]] = {
        "tables": tables.show,
        "files": files.show,
        "lines": lines.show,
        "settings": settings.show,
        "preview": _preview,
    }
    labels = [desk.words.t(f"edit.tabs.{name}") for name in shown]
    tabs = st.tabs(labels, key="edit-tabs", on_change="rerun")
    # Streamlit forgets what was chosen in a tab that is not shown: a file stays as long as it
    # is there, with all that was asked of it, and so does what the others show.
    for key in {*_KEPT_CHOICES} & {*st.session_state}:
        st.session_state[key] = st.session_state[key]
    has_file = files.dropped(desk)
    for tab, (name, show) in zip(tabs, shown.items(), strict=True):
        with tab:
            if not (tab.open or (name == "files" and has_file)):
                continue
            if desk.settings_whole or name == "settings":
                show(desk)
            else:
                st.info(desk.words.t("edit.settings_first"))


def _preview(desk: Desk) -> None:
    """Show the map of the working copy as its readers will see it, once it passes the check."""
    if desk.work.problems:
        st.info(desk.words.t("edit.seen_later"))
        return
    lang = desk.languages[0]
    atlas = open_atlas(desk.work.copy, lang)
    view = View(atlas.settings.opening_day, atlas.settings.modes[0].id)
    with st.container(key="map-frame"):
        map_frame.show_map(atlas, view, lang, key=f"seen-{atlas.digest[:8]}")
