"""Texts of an atlas and of an address where Streamlit would read them as Markdown."""

from __future__ import annotations

import re

# Every mark of Markdown, of Streamlit's own directives (:red[…], :material/…:) and of TeX.
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Escape a text so that Streamlit's Markdown shows it as it stands, lines kept."""
    escaped = _MARKS.sub(r"\\\1", text)
    return "  \n".join(line.strip() for line in escaped.splitlines())


def bold(text: str) -> str:
    """Escape a text and set it in bold."""
    return f"**{plain(text.strip())}**" if text.strip() else ""
