"""What every tab has: buttons, files to take away, and texts that are no Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import streamlit as st

# Every mark of Markdown, of Streamlit's own directives (:red[…], :material/…:) and of TeX.
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Escape a text so that Streamlit's Markdown shows it as it stands, lines kept."""
    escaped = _MARKS.sub(r"\\\1", text)
    return "  \n".join(line.strip() for line in escaped.splitlines())


def bold(text: str) -> str:
    """Escape a text and set it in bold."""
    return f"**{plain(text.strip())}**" if text.strip() else ""


def button(
    label: str,
    key: str,
    do: Callable[..., None],
    *args: object,
    **look: Any,  # noqa: ANN401 - what st.button takes besides
) -> None:
    """Show a button that has ``do(*args)`` done before the next run."""
    st.button(label, key=key, on_click=do, args=args, **look)


def download(
    label: str,
    content: str | bytes | Callable[[], str | bytes],
    file_name: str,
    media_type: str,
    key: str,
    **look: Any,  # noqa: ANN401 - what st.download_button takes besides
) -> None:
    """Offer a file without a run of the page; one given by a function is made when asked for."""
    st.download_button(
        label, content, file_name=file_name, mime=media_type, key=key, on_click="ignore", **look
    )
