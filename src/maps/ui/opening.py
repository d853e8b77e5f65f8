"""What the page shows, made once for all readers: the atlas, and parts that one view shares."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from types import FunctionType
from typing import TypeVar, TypeVarTuple

import streamlit as st

from maps.atlas.assemble import open_atlas
from maps.atlas.load import default_atlas_folder, fingerprint, is_address
from maps.atlas.model import Atlas, Date
from maps.day.alternatives import with_dates
from maps.day.reading import readings
from maps.day.timeline import Timeline, timeline
from maps.words.i18n import texts
from maps.words.sentences import change_lines

Dates = tuple[tuple[str, Date], ...]
View = TypeVarTuple("View")
Part = TypeVar("Part")

_PARTS = 500  # the largest, a whole bibliography, has half a megabyte


@dataclass(frozen=True)
class Opened:
    """An atlas in one language, with its days and what each change day changed, by reading.

    ``atlas`` is shown; ``base`` is the same as its files have it, without the
    ``dates`` the reader has chosen. ``folder`` may be the address of a database.
    """

    folder: str
    atlas: Atlas
    base: Atlas
    lang: str
    dates: Dates
    timelines: Mapping[str, Timeline]
    changes: Mapping[str, Mapping[Date, Sequence[str]]]


def opened(folder: str | None, lang: str, dates: Dates = ()) -> Opened:
    """Open an atlas, or take it from memory while its files stay as they are.

    ``dates`` are days the reader has chosen for events, by event id.

    Raises
    ------
    AtlasInvalid
        It cannot be opened.
    DateUnusable
        It cannot be shown with those dates.
    """
    place = folder or str(default_atlas_folder())
    state = fingerprint(place) if is_address(place) else _fingerprint(Path(place))
    return _opened(place, state, lang, dates)


def _fingerprint(folder: Path) -> str:
    """Tell one state of the files from another without reading them.

    A copy may bring an older time of writing and an edit the same size; the time of
    the last change of whatever kind and the number of the file tell them still.
    """
    seen: set[str] = set()
    states = []
    for where, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(where)
        if real in seen:  # a link leads back here
            folders.clear()
            continue
        seen.add(real)
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(where, name) for name in names):
            with suppress(OSError):  # taken away meanwhile, or a link to nowhere
                at = path.stat()
                told = (at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino)
                states.append((str(path), *told))
    return hashlib.sha256(repr(sorted(states)).encode(errors="surrogateescape")).hexdigest()


# Each choice of dates is an entry of its own; they share geometry and texts with the first.
@st.cache_resource(show_spinner=False, max_entries=16)
def _opened(folder: str, fingerprint: str, lang: str, dates: Dates) -> Opened:
    base = _opened(folder, fingerprint, lang, ()).atlas if dates else open_atlas(folder, lang)
    atlas = with_dates(base, dict(dates))
    lines = {r.id: timeline(atlas, r.mode.id, r.perspective) for r in readings(atlas)}
    spoken, changes = texts(lang), {}
    for id, line in lines.items():
        said = change_lines(atlas, line, lang)
        told = [[sentence.text(spoken) for sentence in sentences] for sentences in said]
        changes[id] = dict(zip(line.change_days, told, strict=True))
    return Opened(folder, atlas, base, lang, dates, lines, changes)


@st.cache_resource(
    show_spinner=False,
    max_entries=_PARTS,
    hash_funcs={
        Atlas: attrgetter("digest"),
        FunctionType: attrgetter("__module__", "__qualname__"),
    },
)
def rendered(part: Callable[[Atlas, *View], Part], atlas: Atlas, *view: *View) -> Part:
    """Give what ``part(atlas, *view)`` gives, from memory once it has been made.

    ``part`` is a function of a module that depends on nothing else: what is chosen, the
    language with it, is in ``view``, plain values that tell one view from another. What
    it gives is shared by all readers, so nobody may change it.
    """
    return part(atlas, *view)
