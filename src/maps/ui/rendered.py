"""Parts of the page that are the same for all readers of one view, made once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TypeVar, TypeVarTuple

import streamlit as st

from maps.atlas.model import Atlas

View = TypeVarTuple("View")
Part = TypeVar("Part")

_PARTS = 500  # the largest, a whole bibliography, has half a megabyte


def rendered(part: Callable[[Atlas, *View], Part], atlas: Atlas, *view: *View) -> Part:
    """Give what ``part(atlas, *view)`` gives, from memory once it has been made.

    ``part`` is a function of a module that depends on nothing else: what is chosen, the
    language with it, is in ``view``, plain values that tell one view from another. What
    it gives is shared by all readers, so nobody may change it.
    """
    key = (part.__module__, part.__qualname__, atlas.digest, view)
    return _rendered(key, partial(part, atlas, *view))


@st.cache_resource(show_spinner=False, max_entries=_PARTS)
def _rendered(view: Hashable, _made: Callable[[], Part]) -> Part:  # noqa: ARG001  it is the key
    return _made()
