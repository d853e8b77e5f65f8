"""Pages and parts of pages as templates laid out for people; what is filled in is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

# A break beside a tag, or at either end of a text between marks of the template.
_BESIDE = re.compile(r"(?<=>)\n\s*|\A\n\s*|\n\s*(?=<)|\n\s*\Z")
_INSIDE = re.compile(r"\n\s*")
_IN_HEAD = re.compile(r"\n\s*(?=<html|<meta|<title|<link|<style|<script|</head>)")


class _Laid(Extension):
    """Has the line breaks of a template come into a page only before what stands in a head.

    Those beside a tag or a mark of the template are nothing, so that no blank comes between
    two elements; any other is a blank, as between two attributes.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, _laid(token.value))
            else:
                yield token


def _laid(text: str) -> str:
    parts = (_BESIDE.sub("", part) for part in _IN_HEAD.split(text))
    return "\n".join(_INSIDE.sub(" ", part) for part in parts)


def templates(*folders: Path) -> Environment:
    """Open the templates of some folders."""
    # Files of the program do not change under it; to look each time would cost a third.
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=[_Laid],
    )
