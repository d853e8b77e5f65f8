"""The tab of what all rows refer to: who tells, the sources, and the settings as text."""

from __future__ import annotations

import streamlit as st

from maps.atlas.editing.rows import with_source, with_teller
from maps.atlas.intake import import_file
from maps.ui.edit.desk import Desk

_TYPES = ("book", "article-journal", "chapter", "article-newspaper", "manuscript", "map", "webpage")


def show(desk: Desk) -> None:
    """Show forms for a teller and a source, and the two files that are no tables."""
    if desk.settings_whole:
        _forms(desk)
    for file in ("atlas.toml", "sources.json"):
        with st.expander(desk.words.t("edit.as_text", file=file), expanded=not desk.settings_whole):
            before = (desk.work.read(file) or b"").decode("utf-8-sig")
            key = f"text-{file}-{desk.sheet}-{desk.work.version}"
            text = st.text_area(file, before, height=320, key=key, label_visibility="collapsed")
            if st.button(desk.words.t("edit.take"), key=f"take-{file}"):
                desk.take({file: text.encode()})


def _forms(desk: Desk) -> None:
    spoken = desk.words
    tellers = [entry["id"] for entry in desk.tables.settings.values["perspectives"]]
    beside = st.columns(2, gap="large")
    with beside[0], st.form(f"teller-{desk.sheet}"):
        st.subheader(spoken.t("edit.teller.title"))
        st.caption(spoken.t("edit.teller.lead", tellers=", ".join(tellers)))
        name = st.text_input(spoken.t("edit.teller.name")).strip()
        if st.form_submit_button(spoken.t("edit.teller.add")) and name:
            files = with_teller(desk.tables, desk.work.read, name)
            desk.take(files, spoken.t("edit.added", id=name, file="atlas.toml"))
    with beside[1], st.form(f"source-{desk.sheet}"):
        st.subheader(spoken.t("edit.source.title"))
        st.caption(spoken.t("edit.source.lead", count=len(desk.tables.sources)))
        said = {n: st.text_input(spoken.t(f"edit.source.{n}")) for n in ("author", "name", "year")}
        said["title"] = said.pop("name")
        more = st.columns(2)
        said["type"] = more[0].selectbox(spoken.t("edit.source.type"), _TYPES)
        said["perspective"] = more[1].selectbox(spoken.t("edit.source.perspective"), tellers)
        said["publisher"] = more[0].text_input(spoken.t("edit.source.publisher"))
        said["URL"] = more[1].text_input("URL")
        if st.form_submit_button(spoken.t("edit.source.add")):
            file = desk.work.copy.parent / "typed.json"
            file.write_bytes(with_source(said))
            if trial := desk.tried(lambda folder: import_file(file, folder, "sources")):
                id = trial.tables.sources[-1].values["id"]
                desk.take(trial.changes, spoken.t("edit.added", id=id, file="sources.json"))
