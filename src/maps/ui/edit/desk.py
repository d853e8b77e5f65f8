"""What a person has on the desk: one working copy, and which of its tables is on the screen."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from maps.atlas.editing.rows import Grid
from maps.atlas.editing.workcopy import Changes, Result, SavedDraft, Trial, WorkingCopy
from maps.atlas.load import AtlasTables
from maps.errors import AtlasInvalid, ImportRefused, MapsError
from maps.ui.widgets import plain
from maps.words.i18n import FALLBACK, Texts, available_languages, texts

_ADDRESS = "desk"  # in the query: a page that is loaded again finds its desk


@dataclass
class Desk:
    """A working copy and its screen; ``sheet`` changes where a form or grid has to begin anew."""

    work: WorkingCopy
    sheet: int = 0
    said: str = ""  # what was done last, until something else is
    fault: str = ""  # why it could not be saved, to be told once
    grid: tuple[object, Grid] | None = None

    @property
    def tables(self) -> AtlasTables:
        """The tables of the working copy as they are now."""
        return self.work.tables

    @property
    def words(self) -> Texts:
        """The words of the interface, in the first language of the atlas that has them."""
        spoken = self.tables.settings.values.get("languages")
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
        return [lang for lang in self.tables.written_languages if lang in self.tables.texts]

    @property
    def layers(self) -> list[str]:
        """The ids of the layers of the atlas."""
        return [entry["id"] for entry in self.tables.settings.values["layers"]]

    def begin_sheet(self, said: str = "") -> None:
        """Let all forms and grids start from the working copy as it is now."""
        self.sheet += 1
        self.said = said

    def take(self, files: Changes, said: str = "") -> None:
        """Bring files into the working copy, and show the page anew."""
        self.work.change(files)
        self.begin_sheet(said)
        st.rerun()

    def tried(self, run: Callable[[Path], Result]) -> Trial[Result] | None:
        """Let an import run on a copy of the copy, or say why nothing is taken in."""
        try:
            return self.work.tried(run)
        except ImportRefused as refusal:
            tell_refusal(refusal)
            return None

    def undo(self) -> None:
        """Take the last step back."""
        if self.work.can_undo:
            self.work.undo()
        self.begin_sheet()

    def save(self) -> None:
        """Put what was changed into the author's folder, and say what it was."""
        try:
            saved = self.work.save()
        except AtlasInvalid:
            return  # the list of problems says what
        except (MapsError, OSError) as error:
            self.fault = str(error)
            return
        self.begin_sheet(self.words.t("edit.saved", files=", ".join(saved)))

    def save_draft(self) -> None:
        """Keep what was changed beside the author's folder."""
        try:
            self.work.save_draft()
        except (MapsError, OSError) as error:
            self.fault = str(error)
            return
        self.said = self.words.t("edit.draft_saved", folder=self.work.draft_folder)

    def take_draft(self, draft: SavedDraft) -> None:
        """Go on with what was kept."""
        self.work.take_up(draft)
        self.begin_sheet(self.words.t("edit.draft.taken"))

    def open_anew(self) -> None:
        """Begin again with the author's folder as it is now."""
        self.work.open_anew()
        self.begin_sheet()


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
