"""The tab of the files: dropped in, columns settled, looked at, and taken into the working copy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from maps.atlas.editing.workcopy import Trial
from maps.atlas.intake import (
    IDS,
    KINDS,
    ORDERS,
    Fields,
    Outcome,
    Wishes,
    import_file,
    proposed,
)
from maps.atlas.model import Boundary
from maps.atlas.model.columns import Column, columns_of
from maps.atlas.model.tables import COLUMNS
from maps.errors import ImportRefused
from maps.ui.edit.desk import Desk, tell_refusal
from maps.ui.edit.tables import Choices
from maps.ui.widgets import plain

_SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_RECORDS = (".bib", ".ris", ".json")
_ENDS = {"": None, "--end-inclusive": True, "--end-exclusive": False}
# What an import fills in where a file does not say it.
_FILLED = ("id", "layer", "contested", "origins", "region", "region_id", "hue")
_MOST_SHOWN = 100  # rows of a preview


def dropped(desk: Desk) -> bool:
    """Tell whether a file is there that was not taken over yet."""
    return st.session_state.get(_drop(desk)) is not None


def _drop(desk: Desk) -> str:
    return f"drop-{desk.sheet}"


def show(desk: Desk) -> None:
    """Show what a file would add, as an import finds it, before it is taken in."""
    spoken = desk.words
    given = st.file_uploader(spoken.t("edit.files.drop"), key=_drop(desk))
    if given is None:
        st.caption(spoken.t("edit.files.lead"))
        return
    file = desk.work.copy.parent / "dropped" / (Path(given.name).name or "file")
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(given.getvalue())
    ending = file.suffix.lower()
    likely = "sources" if ending in _RECORDS else "boundaries"
    if ending in _SHEETS:
        likely = next((table for table in IDS if table in file.stem.lower()), "events")
    kind = str(
        st.segmented_control(
            spoken.t("edit.files.kind"), KINDS, default=likely, required=True,
            key=f"kind-{given.file_id}",
        )
    )  # fmt: skip
    try:
        # A corrected file of the same name begins anew: what is asked belongs to what is shown.
        wishes = _asked(desk, file, kind, f"{given.file_id}-{kind}")
    except ImportRefused as refusal:
        tell_refusal(refusal)
        return
    if trial := desk.tried(lambda folder: import_file(file, folder, kind, wishes)):
        _preview(desk, trial)


def _asked(desk: Desk, file: Path, kind: str, sheet: str) -> Wishes:
    """Ask what the import has to know; ``sheet`` tells this form from others."""
    spoken, choices = desk.words, Choices(desk)
    with st.container(horizontal=True, key="edit-reading"):
        skip = st.checkbox(spoken.t("edit.files.skip_known"), key=f"skip-{sheet}")
        create = kind != "sources" and st.checkbox(
            spoken.t("edit.files.create_regions"), key=f"create-{sheet}"
        )
        contested = kind == "boundaries" and st.checkbox(
            spoken.t("edit.files.contested_overlaps"), key=f"overlaps-{sheet}"
        )
    with st.expander(spoken.t("edit.files.reading")):
        places = st.columns(4)
        encoding = places[0].text_input(spoken.t("edit.files.encoding"), key=f"enc-{sheet}")
        part = places[1].text_input(spoken.t("edit.files.part"), key=f"part-{sheet}")
        dates = places[2].selectbox(
            spoken.t("edit.files.dates"), ["", *ORDERS], key=f"dates-{sheet}",
            format_func=lambda order: order or "EDTF",
        )  # fmt: skip
        ends = places[3].selectbox(spoken.t("edit.files.ends"), _ENDS, key=f"ends-{sheet}")
    wishes = Wishes(
        encoding=encoding, part=part, dates=dates, end_inclusive=_ENDS[ends],
        create_regions=create, skip_known=skip, contested_overlaps=contested,
    )  # fmt: skip
    if kind == "sources":
        tellers = choices.of(Column(refers="perspectives"))
        speaker = st.selectbox(spoken.t("edit.source.perspective"), tellers)
        return replace(wishes, values={"perspective": speaker or ""})
    read = proposed(file, kind, desk.tables, wishes)
    columns = _columns(desk, read, sheet)
    wishes = replace(wishes, columns=columns, values=_values(desk, read, kind, choices, sheet))
    if kind != "boundaries":
        return wishes
    places = st.columns(4)
    layer = places[0].selectbox(spoken.t("edit.lines.layer"), desk.layers, key=f"layer-{sheet}")
    licence, credit, crs = (
        places[n].text_input(spoken.t(f"edit.files.{name}"), key=f"{name}-{sheet}").strip()
        for n, name in enumerate(("licence", "credit", "crs"), start=1)
    )
    return replace(wishes, layer=layer, licence=licence, credit=credit, crs=crs)


def _columns(desk: Desk, read: Fields, sheet: str) -> dict[str, str]:
    """Let each column be one of the fields, or be left out."""
    spoken, config, columns = desk.words, st.column_config, read.sheet.columns
    first = read.sheet.entries[:3]
    field_of = {column: name for name, column in read.column_of.items()}
    frame = pd.DataFrame(
        {
            "column": list(columns),
            "cells": [" · ".join(entry.cells.get(c, "") for entry in first) for c in columns],
            "field": [field_of.get(column) for column in columns],
        }
    )
    settled = st.data_editor(
        frame, key=f"columns-{sheet}", hide_index=True, num_rows="fixed", placeholder="",
        column_config={
            "column": config.TextColumn(spoken.t("edit.files.column"), disabled=True),
            "cells": config.TextColumn(spoken.t("edit.files.cells"), disabled=True, width="large"),
            "field": config.SelectboxColumn(
                spoken.t("edit.files.field"), options=list(read.known)
            ),
        },
    )  # fmt: skip
    fields = [field if isinstance(field, str) else "" for field in settled["field"]]
    return dict(zip(settled["column"], fields, strict=True))


def _values(desk: Desk, read: Fields, kind: str, choices: Choices, sheet: str) -> dict[str, str]:
    """Ask for fields that are the same in each row."""
    columns = columns_of(Boundary) if kind == "boundaries" else COLUMNS[kind]
    declared = {column.name: column for column in columns}
    found = {*read.column_of, *_FILLED, *(("edtf",) if "start" in read.column_of else ())}
    lacking = [c.name for c in columns if c.required and c.name not in found]
    label = desk.words.t("edit.files.every_row")
    named = st.multiselect(label, read.known, default=lacking, key=f"every-{sheet}")
    values: dict[str, str] = {}
    places = st.columns(4)
    for number, name in enumerate(named):
        column = declared.get(name) or Column(refers="sources" if name == "source_id" else "")
        allowed = [] if column.is_list else ["", *choices.of(column)]
        ask, key = places[number % 4], f"value-{name}-{sheet}"
        values[name] = (
            ask.selectbox(name, allowed, key=key) if allowed[1:] else ask.text_input(name, key=key)
        ) or ""
    return values


def _preview(desk: Desk, trial: Trial[Outcome]) -> None:
    """Show each row that would be added, in the file it would stand in."""
    spoken, outcome = desk.words, trial.said
    if outcome.remarks:
        st.markdown("\n".join(f"- {plain(remark)}" for remark in outcome.remarks))
    if not trial.changes:
        st.caption(spoken.t("edit.files.nothing"))
        return
    take = st.button(spoken.t("edit.take"), type="primary", key="take-file")
    tables = {**trial.tables.tables, **{f"text/{n}": t for n, t in trial.tables.texts.items()}}
    for name, count in outcome.added.items():
        st.caption(spoken.t("edit.files.would", count=count, file=name))
        if table := tables.get(name.removesuffix(".csv")):
            rows = pd.DataFrame([dict(row) for row in table.rows[-count:][:_MOST_SHOWN]])
            used = [column for column in table.columns if rows[column].any()]
            st.dataframe(rows[used], hide_index=True)
    if take:
        desk.take(trial.changes, spoken.t("edit.files.taken", count=sum(outcome.added.values())))
