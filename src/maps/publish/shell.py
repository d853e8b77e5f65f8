"""What is the same around every page: head, policy, ways on, foot."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from maps.atlas.model import Atlas
from maps.cards.markup import element, together
from maps.map import files
from maps.map.document import script_json
from maps.publish.edition import Edition, upwards
from maps.words.i18n import available_languages, format_day, texts

_LONGEST = 220  # characters of a description that search engines and cards show
_STYLE = re.compile(r'\sstyle="([^"]*)"')


@dataclass(frozen=True)
class Picture:
    """The picture of a shared link, from the folder of the edition."""

    path: str
    alt: str


@dataclass(frozen=True)
class Page:
    """One page of an edition; ``path`` is from its folder, ``body`` safe markup.

    ``scripts`` and ``styles`` are keys of the edition's assets; a page without
    scripts allows none. ``root`` replaces the way up where a page may be shown
    at any address; ``style`` and ``script`` are then in the page itself, as text.
    """

    path: str
    title: str
    description: str
    body: Markup
    kind: str = "website"
    picture: Picture | None = None
    linked_data: Any = None
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ("site.css",)
    body_class: str = "ms-page"
    root: str | None = None
    style: str = ""
    script: str = ""
    framed: bool = False  # shown inside other pages: no ways on, no foot


def page_bytes(edition: Edition, page: Page) -> bytes:
    """Write a page out."""
    up = upwards(page.path) if page.root is None else page.root
    content = together(
        None if page.framed else _header(edition, page, up),
        page.body,
        None if page.body_class != "ms-page" else _footer(edition, up),
    )
    body = element("body", content, class_=page.body_class)
    whole = together(
        Markup("<!DOCTYPE html>\n"),
        element("html", _head(edition, page, up, body), body, lang=edition.lang),
        Markup("\n"),
    )
    return whole.encode()


def site_styles() -> str:
    """Give the styles of the pages to read in, those of the cards first."""
    own = (Path(__file__).parent / "assets" / "site.css").read_text(encoding="utf-8")
    return files.CARD_STYLES.read_text(encoding="utf-8") + own


def short(text: str) -> str:
    """Cut a description at a word, where it is longer than anyone shows."""
    plain = " ".join(text.split())
    if len(plain) <= _LONGEST:
        return plain
    return plain[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


def void(tag: str, **attributes: str | None) -> Markup:
    """Build an element that holds nothing, as ``meta``."""
    return Markup(str(element(tag, **attributes)).removesuffix(f"</{tag}>"))


def meta(name: str, content: str, *, by: str = "name") -> Markup:
    """Build a line of metadata; ``by`` is ``property`` for Open Graph."""
    return void("meta", **{by: name}, content=content)


def _head(edition: Edition, page: Page, up: str, body: Markup) -> Markup:
    site = edition.atlas.settings.title
    title = page.title if page.title == site else f"{page.title} – {site}"
    linked = page.linked_data
    lines = [
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=_policy(page, body)),
        meta("viewport", "width=device-width, initial-scale=1"),
        element("title", title),
        meta("description", short(page.description)),
        meta("robots", "noindex") if page.framed or page.root is not None else None,
        *_addresses(edition, page),
        *_sharing(edition, page),
        *_assets(edition, page, up + upwards(edition.folder)),
        element("script", Markup(script_json(linked)), type="application/ld+json")
        if linked
        else None,
    ]
    return element("head", Markup("\n").join(["", *filter(None, lines), ""]))


def _assets(edition: Edition, page: Page, site_up: str) -> Iterable[Markup]:
    """Load what a page needs, or put it into the page."""
    if page.style:
        yield element("style", Markup(page.style))  # ours, and no text of an atlas
        yield element("script", Markup(page.script))
        return
    yield void("link", rel="icon", href=f"{site_up}assets/{edition.assets['icon.svg']}")
    for name in page.styles:
        yield void("link", rel="stylesheet", href=f"{site_up}assets/{edition.assets[name]}")
    for name in page.scripts:
        yield element("script", src=f"{site_up}assets/{edition.assets[name]}", defer="")


def _policy(page: Page, body: Markup) -> str:
    """Allow the page's own files; a style attribute of a card by its hash, nothing from outside."""
    inline = sorted({html.unescape(found) for found in _STYLE.findall(body)})
    hashes = "".join(f" 'sha256-{_sha256(style)}'" for style in inline)
    styles = f"'self' 'unsafe-hashes'{hashes}" if hashes else "'self'"
    if page.style:
        styles = f"'sha256-{_sha256(page.style)}'"
    scripts = "script-src 'self'; " if page.scripts else ""
    if page.script:
        scripts = f"script-src 'sha256-{_sha256(page.script)}'; "
    return (
        f"default-src 'none'; {scripts}style-src {styles}; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _addresses(edition: Edition, page: Page) -> Iterable[Markup]:
    if not edition.address or page.framed or page.root is not None:
        return
    yield void("link", rel="canonical", href=edition.absolute(page.path))
    if len(edition.languages) > 1:
        for lang, folder in edition.languages.items():
            there = Edition(edition.atlas, lang, folder, edition.languages, edition.address)
            href = there.absolute(page.path)
            yield void("link", rel="alternate", hreflang=lang, href=href)


def _sharing(edition: Edition, page: Page) -> Iterable[Markup]:
    """Open Graph and Twitter cards; a picture needs a whole address."""
    told = {
        "og:type": page.kind,
        "og:site_name": edition.atlas.settings.title,
        "og:title": page.title,
        "og:description": short(page.description),
        "og:url": edition.absolute(page.path),
    }
    picture = page.picture if edition.address else None
    if picture:
        told["og:image"] = edition.absolute(picture.path)
        told |= {"og:image:type": "image/png", "og:image:width": "1200", "og:image:height": "630"}
        told["og:image:alt"] = picture.alt
    yield from (meta(name, said, by="property") for name, said in told.items() if said)
    yield meta("twitter:card", "summary_large_image" if picture else "summary")


def _header(edition: Edition, page: Page, up: str) -> Markup:
    spoken = edition.spoken
    ways = [
        element(
            "a",
            spoken.t(f"site.ways.{key}"),
            href=up + path,
            aria_current="page" if page.path == path else None,
        )
        for key, path in _ways(edition.atlas).items()
    ]
    others = [
        element("a", _language(lang), href=_elsewhere(edition, page, up, lang), hreflang=lang)
        for lang in edition.languages
        if lang != edition.lang
    ]
    name = "p" if page.body_class == "ms-page" else "h1"
    title = element(name, element("a", edition.atlas.settings.title, href=f"{up}index.html"),
                    class_="ms-title")  # fmt: skip
    return element(
        "header",
        title,
        element("nav", *ways, *others, class_="ms-ways", aria_label=spoken.t("site.ways_label")),
        class_="ms-head",
    )


def _ways(atlas: Atlas) -> dict[str, str]:
    ways = {"map": "index.html", "events": "events/index.html"}
    if atlas.points:
        ways["points"] = "points.html"
    if atlas.stories:
        ways["stories"] = f"stories/{next(iter(atlas.stories))}.html"
    return {**ways, "sources": "sources.html", "about": "about.html"}


def _language(lang: str) -> str:
    return texts(lang).t("language.name") if lang in available_languages() else lang


def _elsewhere(edition: Edition, page: Page, up: str, lang: str) -> str:
    path = page.path if page.root is None else "index.html"
    return f"{up}{upwards(edition.folder)}{edition.languages[lang]}{path}"


def _footer(edition: Edition, up: str) -> Markup:
    spoken, settings = edition.spoken, edition.atlas.settings
    days = [format_day(day, edition.lang) for day in (settings.first_day, settings.last_day)]
    line = spoken.t(
        "site.foot",
        title=settings.title,
        span=spoken.t("map.from_to", start=days[0], end=days[1]),
        version=settings.version,
        licence=settings.licence,
    )
    about = element("a", spoken.t("site.ways.about"), href=f"{up}about.html")
    disclaimer = element("p", settings.disclaimer) if settings.disclaimer else None
    return element("footer", disclaimer, element("p", line, " · ", about), class_="ms-foot")
