"""The tab of what all rows refer to: who tells, the sources, and the settings as text."""

from __future__ import annotations

import streamlit as st

from maps.atlas.editing.rows import with_source, with_teller
from maps.atlas.intake import import_sources
from maps.errors import ImportRefused
from maps.ui.edit.desk import Desk, tell_refusal

_TYPES = ("book", "article-journal", "chapter", "article-newspaper", "manuscript", "map", "webpage")


def show(desk: Desk) -> None:
    """Show forms for a teller and a source, and the two files that are no tables."""
    if desk.settings_whole:
        _forms(desk)
    for file in ("atlas.toml", "sources.json"):
        with st.expander(desk.words.t("edit.as_text", file=file), expanded=not desk.settings_whole):
            _text(desk, file)


def _forms(desk: Desk) -> None:
    spoken, tables = desk.words, desk.work.tables
    tellers = tables.settings.values["perspectives"]
    beside = st.columns(2, gap="large")
    with beside[0], st.form(f"teller-{desk.sheet}"):
        st.subheader(spoken.t("edit.teller.title"))
        st.caption(spoken.t("edit.teller.lead", tellers=", ".join(t["id"] for t in tellers)))
        name = st.text_input(spoken.t("edit.teller.name")).strip()
        if st.form_submit_button(spoken.t("edit.teller.add")) and name:
            desk.work.change(with_teller(tables, desk.work.read, name))
            desk.begin_sheet(spoken.t("edit.added", id=name, file="atlas.toml"))
            st.rerun()
    with beside[1], st.form(f"source-{desk.sheet}"):
        st.subheader(spoken.t("edit.source.title"))
        st.caption(spoken.t("edit.source.lead", count=len(tables.sources)))
        said = {n: st.text_input(spoken.t(f"edit.source.{n}")) for n in ("author", "name", "year")}
        said["title"] = said.pop("name")
        more = st.columns(2)
        said["type"] = more[0].selectbox(spoken.t("edit.source.type"), _TYPES)
        said["perspective"] = more[1].selectbox(
            spoken.t("edit.source.perspective"), [entry["id"] for entry in tellers]
        )
        said["publisher"] = more[0].text_input(spoken.t("edit.source.publisher"))
        said["URL"] = more[1].text_input("URL")
        if st.form_submit_button(spoken.t("edit.source.add")):
            _add_source(desk, said)


def _add_source(desk: Desk, said: dict[str, str]) -> None:
    file = desk.work.copy.parent / "typed.json"
    file.write_bytes(with_source(said))
    try:
        trial = desk.work.tried(lambda folder: import_sources(file, folder))
    except ImportRefused as refusal:
        tell_refusal(refusal)
        return
    desk.work.change(trial.changes)
    said = trial.tables.sources[-1].values["id"]
    desk.begin_sheet(desk.words.t("edit.added", id=said, file="sources.json"))
    st.rerun()


def _text(desk: Desk, file: str) -> None:
    before = desk.work.read(file) or b""
    key = f"text-{file}-{desk.sheet}-{desk.work.version}"
    text = st.text_area(
        file, before.decode("utf-8-sig"), height=320, key=key, label_visibility="collapsed"
    )
    if st.button(desk.words.t("edit.take"), key=f"take-{file}"):
        desk.work.change({file: text.encode()})
        desk.begin_sheet()
        st.rerun()
