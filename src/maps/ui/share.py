"""The dialog in which a view, an event, a question or an account is shared, cited, embedded."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial

import streamlit as st

from maps.atlas.model import Date, Source
from maps.cards.day import quiet_line
from maps.cards.share import code_and_link, embed_code, link_of
from maps.data.bibliography import bibtex, ris
from maps.data.plain import source_plain
from maps.day.reading import reading_of
from maps.day.view import shown_on
from maps.ui import session
from maps.ui.opening import Opened
from maps.ui.state import languages, query_of
from maps.ui.widgets import download
from maps.ui.wish import Wish
from maps.ui.workers import made
from maps.words.i18n import Texts, texts
from maps.words.share import citation_line, credit_line, own_item, shared, sources_lines

_PICTURES = {"web": ("16:9", 110), "slides": ("16:9", 300)}  # size, dots per inch


def show(book: Opened, site: str) -> None:
    """Open the dialog where it was asked for; ``site`` is the address of the published atlas."""
    wanted = session.held().shared
    if not wanted:
        return
    title, close = texts(book.lang).t("ui.share.heading"), partial(session.share, "")
    st.dialog(title, width="medium", on_dismiss=close)(_inside)(book, wanted, site)


def _inside(book: Opened, wanted: str, site: str) -> None:
    lang, view = book.lang, session.view()
    held = shared(book.atlas, wanted, query_of(view, book.base), view.day, lang)
    base = (st.context.url or "").rstrip("/") + "/"
    link = link_of(base, held.query)
    spoken = texts(lang)
    st.html(quiet_line(held.title))
    with st.container(key="share-link", horizontal=True, vertical_alignment="top"):
        with st.container(key="share-texts"):
            _text(spoken, "link", link)
            _text(spoken, "cite", citation_line(book.atlas, held, link, Date.today(), lang))
        st.html(code_and_link(link, lang))
    if held.sources:
        _text(spoken, "sources", sources_lines(held, lang))
    # It, and what it rests on, for reference managers.
    items = [own_item(book.atlas, held, link, Date.today()), *held.sources]
    files = {
        "bib": ("BibTeX", bibtex(items, spoken.t("bibtex.number")), "application/x-bibtex"),
        "ris": ("RIS", ris(items), "application/x-research-info-systems"),
        "csl.json": ("CSL-JSON", csl_json(items), "application/vnd.citationstyles.csl+json"),
    }
    with st.container(horizontal=True, key="share-references"):
        for ending, (label, content, media_type) in files.items():
            download(label, content, f"{items[0].id}.{ending}", media_type, f"share-{ending}")
    folder = "" if lang == languages(book.base)[0] else f"{lang}/"
    _text(spoken, "embed", embed_code(book.atlas, held, base, site, folder))
    if wanted == "view":
        _pictures(book, link, spoken)


def _text(spoken: Texts, name: str, text: str) -> None:
    with st.container(key=f"share-{name}-text", gap=None):
        st.html(quiet_line(spoken.t(f"ui.share.{name}")))
        st.code(text, language=None, wrap_lines=True)


def csl_json(items: Iterable[Source]) -> str:
    """Write sources as reference managers read them."""
    return json.dumps([source_plain(item) for item in items], ensure_ascii=False, indent=2)


def _pictures(book: Opened, link: str, spoken: Texts) -> None:
    """Offer the map as a picture in the sizes asked for most, with the line that credits it."""
    view = session.view()
    teller = reading_of(book.atlas, view.mode, view.perspective).perspective
    shown = shown_on(
        book.atlas, view.day, mode=view.mode, lang=book.lang, perspective=teller or None
    )
    _text(spoken, "credit", credit_line(shown, link))
    with st.container(horizontal=True, key="share-pictures"):
        for name, (size, dpi) in _PICTURES.items():
            wish = Wish(
                "picture", "png", (view.day,), view.mode, teller, book.lang, book.atlas.digest,
                size=size, dpi=dpi,
            )  # fmt: skip
            make, file = partial(made, book, wish), f"{name}-{wish.file_name}"
            label = spoken.t(f"ui.share.{name}")
            download(label, make, file, wish.media_type, f"share-{name}")
