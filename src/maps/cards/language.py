"""The language of the page, for page.js: Streamlit keeps that of its first document."""

from __future__ import annotations

import json

from maps.cards.markup import element
from maps.words.i18n import FALLBACK, direction, texts


def page_language(lang: str) -> str:
    """Tell the language, its direction, and what Streamlit's own English words are in it."""
    english, ours = (texts(each).section("ui.streamlit") for each in (FALLBACK, lang))
    words = {said: ours[key] for key, said in english.items()}
    return str(
        element(
            "span",
            class_="mc-language",
            hidden="",
            data_lang=texts(lang).lang,
            data_dir=direction(lang),
            data_words=json.dumps(words, ensure_ascii=False),
        )
    )
