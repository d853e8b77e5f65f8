"""A copy of an atlas that is changed step by step, and replaces the atlas only when it passes."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from maps.atlas.check import check_tables
from maps.atlas.intake.draft import put_files
from maps.atlas.load import AtlasTables, load_tables
from maps.errors import AtlasInvalid, FolderBusy, Problem
from maps.files import change_files, folder_of_this_process, locked, unfinished_suffix

_SCRATCH = "maps-edit"
_MARK = "draft.json"  # what makes a folder a draft; says what the atlas was like when it was begun
_HIDDEN = shutil.ignore_patterns(".*")

Changes = Mapping[str, bytes]
_Before = dict[str, bytes | None]  # content by file, None where there was none
Result = TypeVar("Result")


@dataclass(frozen=True)
class SavedDraft:
    """What was kept for later beside an atlas; ``overtaken`` changed in the atlas since."""

    saved_at: datetime
    files: Changes
    overtaken: tuple[str, ...]


@dataclass(frozen=True)
class Trial(Generic[Result]):
    """What was said of a change that was tried, the files it makes, and the tables then."""

    said: Result
    changes: Changes
    tables: AtlasTables


class WorkingCopy:
    """The files of an atlas as they are being edited, in a folder of this process.

    The author's ``folder`` is read when it is opened and written by `save` alone; `save_draft`
    writes to ``draft_folder`` beside it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.draft_folder = self.folder.with_name(f"{self.folder.name}.draft")
        self.version = 0  # another number for each state of the copy
        self._steps: list[_Before] = []
        self._has_draft = False  # the one beside the atlas is of this working copy
        self.open_anew()

    def open_anew(self) -> None:
        """Begin again with the author's folder as it is now."""
        self._made = folder_of_this_process(_SCRATCH)
        # Before the copy: a file changed in between is then told of at saving, not lost.
        self._base = load_tables(self.folder).files
        self.copy = Path(self._made.name) / self.folder.name
        shutil.copytree(self.folder, self.copy, ignore=_HIDDEN)
        self._steps.clear()
        self._forget()

    def _forget(self) -> None:
        self.version += 1
        for name in ("tables", "problems", "changed"):
            self.__dict__.pop(name, None)

    @cached_property
    def tables(self) -> AtlasTables:
        """The tables as they are now."""
        return load_tables(self.copy)

    @cached_property
    def problems(self) -> list[Problem]:
        """Every problem there is now, as `maps check` finds them."""
        return check_tables(self.tables)

    @cached_property
    def changed(self) -> Changes:
        """The files that are not as they were when the atlas was opened."""
        first = dict(ChainMap(*self._steps))
        now = {name: self.read(name) for name in first}
        return {n: c for n, c in now.items() if c is not None and c != first[n]}

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def read(self, file: str) -> bytes | None:
        """Give the content of a file, None where there is none."""
        path = self.copy / file
        return path.read_bytes() if path.is_file() else None

    def change(self, files: Changes) -> bool:
        """Replace or add files as one step that can be undone; False where nothing differs."""
        before = {n: old for n, new in files.items() if (old := self.read(n)) != new}
        if before:
            self._steps.append(before)
            self._put({name: files[name] for name in before})
        return bool(before)

    def undo(self) -> None:
        """Take the last step back."""
        self._put(self._steps.pop())

    def _put(self, files: Mapping[str, bytes | None]) -> None:
        put_files(self.copy, {n: content for n, content in files.items() if content is not None})
        for name in (name for name, content in files.items() if content is None):
            (self.copy / name).unlink(missing_ok=True)
        self._forget()

    def tried(self, run: Callable[[Path], Result]) -> Trial[Result]:
        """Let something change a copy of the copy; the working copy stays as it is.

        Whatever ``run`` raises is raised.
        """
        with tempfile.TemporaryDirectory(dir=self._made.name) as made:
            trial = Path(made) / self.folder.name
            shutil.copytree(self.copy, trial, ignore=_HIDDEN)
            said = run(trial)
            contents, tables = _contents(trial), load_tables(trial)
        changes = {n: content for n, content in contents.items() if self.read(n) != content}
        return Trial(said, changes, tables)

    def save(self) -> list[str]:
        """Put the changed files into the author's folder, all or none, and name them.

        Raises
        ------
        AtlasInvalid
            There are problems; nothing was written.
        FolderBusy
            The folder is no longer as it was opened, or another run holds it.
        """
        if self.problems:
            raise AtlasInvalid(self.problems)
        changed = self.changed
        with locked(self.folder):
            found = load_tables(self.folder).files
            for file in sorted({*found, *self._base}):
                if found.get(file) != self._base.get(file):
                    raise FolderBusy(
                        f"{self.folder / file}: was changed by another program since it was "
                        "opened here; nothing was saved. Save as draft, then open it anew"
                    )
            change_files(self.folder, changed, self._base)
        if self._has_draft:
            self.discard_draft()
        self.open_anew()
        return sorted(changed)

    def save_draft(self) -> None:
        """Keep the changed files beside the atlas, whatever is wrong with them.

        Raises
        ------
        FolderBusy
            A draft that is not of this working copy is there already.
        """
        if self.draft_folder.exists() and not self._has_draft:
            raise FolderBusy(
                f"{self.draft_folder}: is there already; open the workbench anew to go on with "
                "that draft or to discard it, or move it elsewhere"
            )
        made = self.draft_folder.with_name(f".{self.draft_folder.name}{unfinished_suffix()}")
        shutil.rmtree(made, ignore_errors=True)
        base = {name: self._base.get(name, "") for name in self.changed}
        mark = json.dumps({"base": base}, indent=2) + "\n"
        put_files(made, {**self.changed, _MARK: mark.encode()})
        self.discard_draft()
        made.replace(self.draft_folder)
        self._has_draft = True

    def saved_draft(self) -> SavedDraft | None:
        """Find what was kept beside the atlas."""
        mark = self.draft_folder / _MARK
        try:
            base = json.loads(mark.read_text("utf-8"))["base"]
            files = _contents(self.draft_folder)
            del files[_MARK]
            saved_at = datetime.fromtimestamp(mark.stat().st_mtime)
            overtaken = sorted(n for n in files if base.get(n, "") != self._base.get(n, ""))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None  # no draft, or a folder of that name that is something else
        return SavedDraft(saved_at, files, tuple(overtaken))

    def take_up(self, draft: SavedDraft) -> None:
        """Go on with what was kept; once it is saved, it is taken away."""
        self.change(draft.files)
        self._has_draft = True

    def discard_draft(self) -> None:
        """Take away what was kept beside the atlas."""
        if (self.draft_folder / _MARK).is_file():
            shutil.rmtree(self.draft_folder)
        self._has_draft = False


def _contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
