"""What a person has on the desk: one working copy, and which of its tables is on the screen."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from maps.atlas.editing.rows import Grid
from maps.atlas.editing.workcopy import WorkingCopy
from maps.errors import ImportRefused
from maps.ui.widgets import plain
from maps.words.i18n import FALLBACK, Texts, available_languages, texts

_ADDRESS = "desk"  # in the query: a page that is loaded again finds its desk


@dataclass
class Desk:
    """A working copy and its screen; ``sheet`` changes where a form or grid has to begin anew."""

    work: WorkingCopy
    sheet: int = 0
    said: str = ""  # what was done last, until something else is
    grid: tuple[object, Grid] | None = field(default=None)

    @property
    def words(self) -> Texts:
        """The words of the interface, in the first language of the atlas that has them."""
        spoken = self.work.tables.settings.values.get("languages")
        first = spoken[0] if isinstance(spoken, list) and spoken else FALLBACK
        return texts(first if first in available_languages() else FALLBACK)

    @property
    def settings_whole(self) -> bool:
        """Whether nothing is wrong with what all else refers to: the settings and the texts."""
        broken = {problem.file for problem in self.work.problems}
        return "atlas.toml" not in broken and bool(self.languages)

    @property
    def languages(self) -> list[str]:
        """The languages whose texts are a table, the first one first; others are catalogues."""
        tables = self.work.tables
        return [lang for lang in tables.written_languages if lang in tables.texts]

    def begin_sheet(self, said: str = "") -> None:
        """Let all forms and grids start from the working copy as it is now."""
        self.sheet += 1
        self.said = said


@st.cache_resource(show_spinner=False)
def _desks() -> dict[str, Desk]:
    return {}


def desk_of(folder: Path) -> Desk:
    """Give the desk of this page, a new one for a page that has none."""
    desks = _desks()
    name = st.query_params.get(_ADDRESS, "")
    if name not in desks:
        name = secrets.token_hex(4)
        desks[name] = Desk(WorkingCopy(folder))
    st.query_params[_ADDRESS] = name
    return desks[name]


def tell_refusal(refusal: ImportRefused) -> None:
    """Say why nothing was taken in, each problem as `maps import` words it."""
    st.error("\n".join(f"- {plain(str(problem))}" for problem in refusal.problems))
