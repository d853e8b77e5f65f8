"""Pages to read in: contested points, the bibliography, what the atlas is, where nothing is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from markupsafe import Markup

from maps.atlas.model import Atlas, Point
from maps.cards import method
from maps.cards.markup import Child, element
from maps.cards.questions import question_part
from maps.cards.source import bibliography
from maps.publish.edition import Edition, linked_from, picture_path
from maps.publish.linked_data import MEDIA_TYPES
from maps.publish.shell import Page, Picture, site_styles
from maps.publish.views import in_words

_FRAME = (
    '<iframe src="{address}" title="{title}" width="100%" height="640" style="border:0"></iframe>'
)
_EXAMPLE = "https://example.org/"


def reading_pages(edition: Edition) -> Iterator[Page]:
    """Make them all."""
    if edition.atlas.points:
        yield _points(edition)
    yield _sources(edition)
    yield _about(edition)


def _points(edition: Edition) -> Page:
    atlas, spoken, path = edition.atlas, edition.spoken, "points.html"
    with linked_from(path):
        parts = [_point(edition, point) for point in atlas.points.values()]
    title, intro = spoken.t("site.ways.points"), spoken.t("site.points_intro")
    listed = [
        element("li", element("a", element("b", p.id), " ", p.question, href=f"#{p.id}"))
        for p in atlas.points.values()
    ]
    body = element(
        "main",
        element("h1", title),
        element("p", intro, class_="ms-lead"),
        element("ul", *listed, class_="ms-list"),
        *parts,
    )
    return Page(path, title, intro, body, picture=_picture(edition, path))


def _picture(edition: Edition, path: str) -> Picture:
    said = in_words(edition.atlas, edition.views.opening, edition.lang)
    return Picture(picture_path(path), said)


def _point(edition: Edition, point: Point) -> Markup:
    shown = question_part(edition.atlas, point, edition.lang)
    return element("section", shown, id=point.id, class_="ms-step")


def _sources(edition: Edition) -> Page:
    atlas, lang, spoken, path = edition.atlas, edition.lang, edition.spoken, "sources.html"
    title, intro = spoken.t("site.ways.sources"), spoken.t("ui.sources.intro")
    parts = []
    with linked_from(path):
        for perspective in atlas.perspectives.values():
            told = [s for s in atlas.sources.values() if s.perspective_id == perspective.id]
            if told:
                parts.append(Markup(bibliography(atlas, perspective.name, told, lang)))
    files = [
        element("a", spoken.t("ui.sources.csl"), href="data/sources.json", download=""),
        " · ",
        element("a", spoken.t("ui.sources.bibtex"), href="data/sources.bib", download=""),
    ]
    body = element(
        "main",
        element("h1", title),
        element("p", intro, class_="ms-lead"),
        element("p", *files, class_="ms-files"),
        *parts,
    )
    return Page(path, title, intro, body, picture=_picture(edition, "index.html"))


def _about(edition: Edition) -> Page:
    atlas, lang, spoken, path = edition.atlas, edition.lang, edition.spoken, "about.html"
    with linked_from(path):
        parts = [
            method.about(atlas, lang),
            method.marks(atlas, lang),
            method.glossary(lang),
            method.accuracy(atlas, lang),
            method.figures(atlas, lang),
            method.origins(atlas, lang),
            method.all_notes(atlas, lang),
        ]
    title = spoken.t("site.ways.about")
    body = element(
        "main",
        element("h1", title),
        *(Markup(part) for part in parts if part),  # made by the cards
        _data(edition),
        _embedding(edition),
        element("p", *_attribution(atlas), class_="mc-quiet ms-after"),
        class_="ms-about",
    )
    return Page(path, title, atlas.settings.disclaimer or atlas.settings.subtitle, body,
                picture=_picture(edition, "index.html"))  # fmt: skip


def _attribution(atlas: Atlas) -> list[Child]:
    return [" · ".join(atlas.settings.attribution)]


def _data(edition: Edition) -> Markup:
    spoken = edition.spoken
    rows = [
        element(
            "li",
            element("a", path.removeprefix("data/"), href=path, download=""),
            " ",
            spoken.t(f"site.data.{path.removeprefix('data/').replace('.', '_')}"),
        )
        for path in MEDIA_TYPES
    ]
    return element(
        "section",
        element("h2", spoken.t("site.data.heading"), class_="mc-part"),
        element("ul", *rows, class_="ms-list"),
        id="data",
    )


def _embedding(edition: Edition) -> Markup:
    """Tell how to show the map in another page, with a text to copy."""
    spoken, settings = edition.spoken, edition.atlas.settings
    base = edition.address or _EXAMPLE
    view = f"?day={settings.opening_day.isoformat()}&mode={settings.modes[0].id}"
    title = settings.title.replace('"', "”")
    snippet = _FRAME.format(
        address=f"{base}{edition.folder}embed.html{view}".replace("&", "&amp;"),
        title=title.replace("&", "&amp;").replace("<", "&lt;"),
    )
    names = ("day", "mode", "perspective", "event", "region", "bbox", "from")
    told = [
        element("li", element("code", name), " ", spoken.t(f"site.embed.{name}")) for name in names
    ]
    return element(
        "section",
        element("h2", spoken.t("site.embed.heading"), class_="mc-part"),
        element("p", spoken.t("site.embed.how"), class_="mc-body"),
        element("pre", element("code", snippet), class_="ms-snippet", tabindex="0"),
        None
        if edition.address
        else element("p", spoken.t("site.embed.address"), class_="mc-quiet"),
        element("ul", *told, class_="ms-list"),
        _quiet(spoken.t("site.embed.other_lang")) if len(edition.languages) > 1 else None,
        id="embed",
    )


def _quiet(text: str) -> Markup:
    return element("p", text, class_="mc-quiet")


_SCRIPT = Path(__file__).parent / "assets" / "not_found.js"
_FOLDERS = ("assets", "data", "events", "pictures", "stories")


def not_found(edition: Edition) -> Page:
    """Make the page, with ways on that hold wherever it is shown.

    With an address its links start at the root of the host. Without one it holds its
    own style, and a script looks for the top of the site; the policy allows no other.
    """
    spoken = edition.spoken
    title, line = spoken.t("site.not_found"), spoken.t("site.not_found_line")
    without = None if edition.address else element("p", spoken.t("site.not_found_no_script"))
    body = element(
        "main",
        element("h1", title),
        element("p", line, class_="ms-lead"),
        element("noscript", without) if without else None,
    )
    if edition.address:
        return Page("404.html", title, line, body, root="/" + edition.address.split("/", 3)[3])
    script = _script(f"assets/{edition.assets['icon.svg']}", edition.languages.values())
    return Page("404.html", title, line, body, root="", style=site_styles(), script=script)


def _script(icon: str, languages: Iterable[str]) -> str:
    folders = [*_FOLDERS, *(folder.rstrip("/") for folder in languages if folder)]
    text = _SCRIPT.read_text(encoding="utf-8")
    return text.replace("ICON", icon, 1).replace("FOLDERS", json.dumps(folders), 1)
