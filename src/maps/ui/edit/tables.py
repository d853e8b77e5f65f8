"""The tab of the tables: cells with their choices, and beside each row what the check says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import cycle
from typing import Any

import pandas as pd
import streamlit as st

from maps.atlas.check.inventory import Inventory, take_inventory
from maps.atlas.editing.rows import TEXTS, Grid, beside, grid_of, with_row
from maps.atlas.intake.rows import texts_of
from maps.atlas.load import parts
from maps.atlas.model.columns import Column
from maps.atlas.model.tables import COLUMNS, OPTIONAL_TABLES
from maps.ui.edit.desk import Desk

_PROBLEM, _DELETE = "problem", "delete"  # columns of the grid beside those of the table
# Where the interface says what a word of a list means.
_MEANINGS = {"evidence": "ui.mark", "stance": "map.stance", "dimension": "dimension"}
_USUAL = ("end", "polity_id", "evidence", "place_id")  # not required, and yet in most rows


def show(desk: Desk) -> None:
    """Show one table to be edited, and a form for a row more."""
    spoken, read = desk.words, desk.tables
    left_out = [name for name in OPTIONAL_TABLES if f"{name}.csv" not in read.files]
    names = [name for name in COLUMNS if read[name].readable or name in left_out]
    names.append(TEXTS)
    languages = desk.languages
    with st.container(horizontal=True, key="edit-choice"):
        first = names.index("events") if "events" in names else 0
        name = st.selectbox(spoken.t("edit.table"), names, index=first, key="edit-table")
        lang = languages[0]
        if len(languages) > 1:
            lang = st.selectbox(spoken.t("edit.lang"), languages, key="edit-lang")
    choices = Choices(desk)
    _grid(desk, name, lang, choices)
    if name != TEXTS:
        with st.expander(spoken.t("edit.add", table=name), expanded=not read[name].rows):
            _form(desk, name, choices)


class Choices:
    """What may stand in a column, and how an id is told from the others."""

    def __init__(self, desk: Desk) -> None:
        self._tables, self._words = desk.tables, desk.words
        self._inventory: Inventory = take_inventory(desk.tables, settings_whole=True)
        self._named: dict[str, dict[str, str]] = {}
        self._said = {row["key"]: row["text"] for row in desk.tables.texts[desk.languages[0]]}

    def of(self, column: Column) -> list[str]:
        """List what may stand in a column; nothing where that is free."""
        if column.refers:
            return sorted(self._inventory.ids.get(column.refers) or ())
        if column.kind == "flag":
            return ["true", "false"]
        return list(self._inventory.choices(column) or column.listed)

    def named(self, column: Column, choice: object) -> str:
        """Give an id, or a word of a list, with what it stands for."""
        id, kind = str(choice), column.refers
        if kind:
            if kind not in self._named:
                self._named[kind] = self._names(kind)
            name = self._named[kind].get(id, "")
        else:
            key = f"{_MEANINGS.get(column.name, '')}.{id}"
            name = self._words.t(key) if key in self._words else ""
        return f"{id} · {name[:60]}" if name and name != id else id

    def _names(self, kind: str) -> dict[str, str]:
        if kind == "regions":
            return {r["region_id"]: r["form"] for r in self._tables["names"] if r["main"] == "true"}
        if kind == "sources":
            items = (item.values for item in self._tables.sources)
            return {str(item.get("id")): str(item.get("title", "")) for item in items}
        key = next(iter(texts_of(kind).values()), "") if kind in COLUMNS else "perspective.{}"
        ids = self._inventory.ids.get(kind) or ()
        return {id: self._said.get(key.format(id), "") for id in ids} if key else {}


def _grid(desk: Desk, name: str, lang: str, choices: Choices) -> None:
    mount = (name, lang, desk.sheet)
    if desk.grid is None or desk.grid[0] != mount:
        desk.grid = (mount, grid_of(desk.tables, name, lang, desk.work.read))
    grid = desk.grid[1]
    if not grid.rows:
        st.caption(desk.words.t("edit.no_rows", file=grid.file))
        return
    found = grid.problems_by_row(desk.tables, desk.work.problems)
    shown = [grid.cells(row) for row in grid.rows]
    order = [grid.columns[0].name, *grid.texts, *(c.name for c in grid.columns[1:])]
    declared = {column.name: column for column in grid.columns}
    lists = {column.name for column in grid.columns if column.is_list}
    frame = pd.DataFrame(
        {
            _PROBLEM: ["\n".join(each) for each in found],
            **{
                n: [list(parts(r[n])) if n in lists else r[n] or None for r in shown] for n in order
            },
            _DELETE: [False] * len(shown),
        }
    )
    configured: dict[str, Any] = {
        _PROBLEM: st.column_config.TextColumn(
            desk.words.t("edit.problem"), disabled=True, width=300 if any(found) else 70
        ),
        _DELETE: st.column_config.CheckboxColumn(desk.words.t("edit.delete"), width="small"),
    }
    for n in order:
        configured[n] = _column(n, declared.get(n), {r[n] for r in shown}, choices, desk)
    key = f"grid-{name}-{lang}-{desk.sheet}"
    st.data_editor(
        frame, key=key, hide_index=True, num_rows="fixed", column_config=configured,
        placeholder="", on_change=_take, args=(desk, grid, key),
        height=min(36 * len(shown) + 40, 520),
    )  # fmt: skip


def _column(
    name: str, column: Column | None, present: set[str], choices: Choices, desk: Desk
) -> Any:  # noqa: ANN401 - Streamlit's own
    config = st.column_config
    if column is None:  # a text
        return config.TextColumn(name, width="medium", help=desk.words.t("edit.text"))
    label, said, allowed = _label(column), _help(column, desk), choices.of(column)
    if column.is_list:
        options = sorted({*allowed, *(part for cell in present for part in parts(cell))})
        return config.MultiselectColumn(
            label, help=said, options=options, accept_new_options=not column.refers
        )
    if allowed:
        options = [*allowed, *sorted(present - {"", *allowed})]
        named = partial(choices.named, column)
        return config.SelectboxColumn(label, help=said, options=options, format_func=named)
    return config.TextColumn(label, help=said)


def _label(column: Column) -> str:
    return f"{column.name} *" if column.required else column.name


def _help(column: Column, desk: Desk) -> str | None:
    hints = (column.help, desk.words.t("edit.edtf") if column.kind == "edtf" else "")
    return ". ".join(filter(None, hints)) or None


def _take(desk: Desk, grid: Grid, key: str) -> None:
    """Bring what was typed into the working copy, to be checked there."""
    rows: Mapping[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    removed = {int(position) for position, cells in rows.items() if cells.get(_DELETE)}
    edits = {
        int(position): {n: _cell(value) for n, value in cells.items() if n != _DELETE}
        for position, cells in rows.items()
    }
    desk.work.change(grid.edited(edits, removed))
    desk.said = ""
    if removed:
        desk.begin_sheet()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ";".join(str(part) for part in value)
    return "" if value is None else str(value).strip()


def _form(desk: Desk, name: str, choices: Choices) -> None:
    """Ask for a row: its own columns, its texts, and the ids that stand in tables beside it."""
    spoken = desk.words
    filled: dict[str, str] = {}
    more: dict[str, list[str]] = {}
    # What a row is about is one of several columns, none of which is required by itself.
    wanted = [c for c in COLUMNS[name] if c.required or c.first or c.name in _USUAL]
    others = [c for c in COLUMNS[name] if c not in wanted]

    def ask(columns: Sequence[Column], places: Iterator[Any]) -> None:
        for column in columns:
            filled[column.name] = _asked(next(places), desk, column, choices)

    with st.form(f"new-{name}-{desk.sheet}", border=False):
        places = cycle(st.columns(3))
        ask(wanted[:1], places)
        for text in texts_of(name):
            label = f"{text} *"
            filled[text] = next(places).text_input(label, help=spoken.t("edit.text")).strip()
        ask(wanted[1:], places)
        for kind in beside(name):
            label = spoken.t("edit.beside", kind=kind)
            more[kind] = _several(next(places), label, Column(refers=kind), choices)
        with st.expander(spoken.t("edit.more_columns")):
            ask(others, cycle(st.columns(3)))
        if st.form_submit_button(spoken.t("edit.add_row"), type="primary"):
            id, files = with_row(desk.tables, desk.work.read, name, filled, more)
            desk.take(files, spoken.t("edit.added", id=id, file=f"{name}.csv"))


def _asked(place: Any, desk: Desk, column: Column, choices: Choices) -> str:  # noqa: ANN401 - a part of the page
    label, said, allowed = _label(column), _help(column, desk), choices.of(column)
    if column.is_list and allowed:
        return ";".join(_several(place, label, column, choices, said))
    if allowed:
        first = 1 if column.kind == "flag" else None
        named = partial(choices.named, column)
        picked: str | None = place.selectbox(
            label, allowed, index=first, help=said, format_func=named
        )
        return picked or ""
    hint = desk.words.t("edit.made_id") if column.kind == "id" else ""
    typed: str = place.text_input(label, placeholder=hint, help=said)
    return typed.strip()


def _several(
    place: Any,  # noqa: ANN401 - a part of the page
    label: str,
    column: Column,
    choices: Choices,
    said: str | None = None,
) -> list[str]:
    named = partial(choices.named, column)
    chosen: list[str] = place.multiselect(label, choices.of(column), help=said, format_func=named)
    return chosen
