"""The document a reader's browser loads first: Streamlit's own, with a name and a shape.

Streamlit sends an empty page called "Streamlit" and fills it when its scripts have
come, which takes half a minute on a slow line. Here it has the atlas's title, also
for those who show links, and the shape of the page until the scripts take over.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from maps.cards.awaited import page_awaited
from maps.cards.markup import element, together
from maps.errors import MapsError
from maps.map.files import card_styles
from maps.ui import PAGE_SCRIPT, PAGE_STYLES
from maps.ui.opening import opened
from maps.ui.state import languages
from maps.words.i18n import direction, texts

_DOCUMENT = Path(st.__file__).parent / "static" / "index.html"


def first_page(folder: str, request: Request) -> HTMLResponse:
    """Answer with the page of an atlas, in the language of the address."""
    document = _DOCUMENT.read_text(encoding="utf-8")
    try:
        atlas = opened(folder, "en").atlas
        offered = languages(atlas)
        asked = request.query_params.get("lang", "")
        lang = asked if asked in offered else offered[0]
        settings = opened(folder, lang).atlas.settings
    except MapsError:  # the page itself says what is wrong
        return HTMLResponse(document)
    about = {"og:title": settings.title, "og:description": settings.subtitle, "og:type": "website"}
    metas = (Markup('<meta property="{}" content="{}">').format(*each) for each in about.items())
    head = together(element("title", texts(lang).t("ui.page_title", title=settings.title)), *metas)
    styles = card_styles() + PAGE_STYLES.read_text(encoding="utf-8")
    script = PAGE_SCRIPT.read_text(encoding="utf-8")
    filled = {
        "<title>Streamlit</title>": f"{head}<style>{styles}</style><script>{script}</script>",
        '<html lang="en">': f'<html lang="{lang}" dir="{direction(lang)}">',
        '<div id="root"></div>': f'<div id="root"></div>{page_awaited(lang, settings.title)}',
    }
    for empty, full in filled.items():
        document = document.replace(empty, full)
    # Streamlit's scripts have names of their content, this page has not.
    return HTMLResponse(document, headers={"Cache-Control": "no-cache"})
