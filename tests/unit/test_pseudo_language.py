"""Nothing is left in English: a language made from it, wherever words are shown."""

import re
from html import unescape

import pytest

from kit import Elements
from maps.atlas.assemble import open_atlas
from maps.atlas.model import Date
from maps.export import export_bytes
from maps.film.frame import WIDTH, Drawing, picture_of
from maps.film.plan import film_plan
from maps.map.payload import map_payload
from maps.publish import site_files
from maps.words.i18n import coverage_of, direction
from pseudo import LANG, RIGHT_TO_LEFT, told_in, untranslated, words_of_data

LANDING = Date(1960, 3, 15)
# Values of the map's JSON that name something to its scripts, and no text.
_IDS = {
    "id", "r", "l", "p", "by", "kind", "marks", "dash", "fill", "stroke", "lang", "mainSource",
    "fonts", "colours", "ground", "letters", "words", "layers", "textures", "about", "line",
    "paint", "unit", "eras",
}  # fmt: skip


@pytest.fixture(scope="module")
def pseudo_islands(two_islands, tmp_path_factory):
    with told_in(LANG, two_islands, tmp_path_factory.mktemp("pseudo")) as folder:
        yield open_atlas(folder, LANG), words_of_data(folder)


def shown(markup: str) -> str:
    page = Elements(markup)
    named = ("title", "alt", "aria-label", "placeholder")
    hints = [held[name] for _, held in page.found for name in named if held.get(name)]
    about = ("description", "og:title", "og:description", "og:image:alt", "og:site_name")
    hints += [
        held["content"]
        for held in page.all("meta")
        if held.get("name", held.get("property")) in about
    ]
    body = re.sub(r"(?s)<(script|style|svg|code|pre)\b.*?</\1>", " ", markup)
    return "\n".join((unescape(re.sub(r"<[^>]+>", " ", body)), *hints))


def test_every_text_is_counted_as_translated(pseudo_islands):
    atlas, _ = pseudo_islands
    found = coverage_of(atlas, LANG)
    assert found.wanted == found.translated == found.reviewed > 900


def test_the_payload_of_the_map(pseudo_islands):
    atlas, data = pseudo_islands

    def texts_of(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key not in _IDS:
                    yield from texts_of(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts_of(inner)
        elif isinstance(value, str):
            yield value

    payload = map_payload(atlas, LANG)
    said = "\n".join(dict.fromkeys(texts_of(payload)))
    assert untranslated(said, data) == []
    assert payload["direction"] == "ltr"


@pytest.mark.parametrize("mode", ["control", "legal", "units"])
def test_a_sheet(pseudo_islands, mode):
    atlas, data = pseudo_islands
    svg = export_bytes(atlas, LANDING, "svg", mode=mode, lang=LANG).decode()
    said = "\n".join(re.findall(r"(?s)<(?:title|desc)[^>]*>(.*?)</", svg))
    assert len(said) > 200
    assert untranslated(said, data) == []


def test_the_pictures_of_a_film(pseudo_islands):
    atlas, data = pseudo_islands
    plan = film_plan(atlas, lang=LANG)
    drawing = Drawing(plan, WIDTH)
    said = []
    for scene in plan.scenes:
        sheet = picture_of(plan, scene, drawing.ground_of(scene))
        said += [text.get_text() for text in sheet.texts]
    assert untranslated("\n".join(said), data) == []


def test_the_pages_of_a_site(pseudo_islands):
    atlas, data = pseudo_islands
    files = site_files({LANG: atlas})
    pages = {path: content.decode() for path, content in files.items() if path.endswith(".html")}
    left = {path: untranslated(shown(page), data) for path, page in pages.items()}
    assert {path: words for path, words in left.items() if words} == {}


def test_a_language_may_run_from_right_to_left(two_islands, tmp_path):
    with told_in(RIGHT_TO_LEFT, two_islands, tmp_path) as folder:
        atlas = open_atlas(folder, RIGHT_TO_LEFT)
        assert direction(RIGHT_TO_LEFT) == "rtl"
        assert map_payload(atlas, RIGHT_TO_LEFT)["direction"] == "rtl"
        page = site_files({RIGHT_TO_LEFT: atlas})["about.html"].decode()
        assert Elements(page).all("html") == [{"lang": RIGHT_TO_LEFT, "dir": "rtl"}]
