"""What an atlas calls the work it retells is said by the atlas; the engine has no word for it."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from shutil import copytree

import pytest

from data.planting import cell, edited_json, extra_row, text
from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.load import load_tables
from maps.atlas.model import SOURCE_TEXTS
from maps.cards import method
from maps.cards.event import event_card
from maps.cards.region import region_background
from maps.data import report
from maps.export import export_bytes
from maps.map.payload import map_payload
from maps.publish import site_files
from maps.words.i18n import OF_MAIN_SOURCE, available_languages, texts, words_for

ROOT = Path(__file__).parents[2]
CZECHOSLOVAKIA = ROOT / "examples" / "czechoslovakia"
FIXTURE = ROOT / "tests" / "fixtures" / "two-islands"
ARTICLE = re.compile(r"\barticles?\b(?! \d)|article[-_]", re.I)  # but Article 1 of a treaty
# Elements of HTML and their types, kinds of entries of CSL, BibTeX and schema.org: no words.
NO_WORDS = re.compile(
    r"<style.*?</style>|<script(?! type=\"application/ld).*?</script>|</?article\b|@article\{"
    r"|\"article-(?:journal|newspaper|magazine)\"|\"(?:Scholarly|News)?Article\"|content=\"article\"",
    re.S,
)


def told(content: bytes | str) -> list[str]:
    """Find the words for an article in what is shown or handed out, with what stands around."""
    text = content.decode("utf-8", "ignore") if isinstance(content, bytes) else content
    text = unescape(NO_WORDS.sub(" ", text))
    return [text[max(0, found.start() - 60) : found.end() + 20] for found in ARTICLE.finditer(text)]


@pytest.mark.parametrize(
    ("folder", "lang"), [(CZECHOSLOVAKIA, "en"), (FIXTURE, "en"), (FIXTURE, "fr")]
)
def test_an_atlas_of_something_else_speaks_of_no_article(folder, lang):
    atlas = open_atlas(folder, lang)
    site = site_files({lang: atlas}) if lang in atlas.settings.languages else {}
    written = [
        content() if callable(content) else content
        for name, content in site.items()
        if name.endswith((".html", ".json", ".csv", ".geojson", ".bib", ".txt", ".xml"))
    ]
    day = atlas.settings.opening_day
    forms = ("svg", "csv", "geojson", "lpf")
    exported = [export_bytes(atlas, day, form, mode="legal", lang=lang) for form in forms]
    cards = [event_card(atlas, event, lang) for event in atlas.events]
    cards += [region_background(atlas, region, lang) for region in atlas.regions.values()]
    cards += [method.about(atlas, lang), method.marks(atlas, lang)]
    printed = [
        json.dumps(map_payload(atlas, lang), ensure_ascii=False),
        report.events_json(atlas, atlas.events, lang),
        report.sources_bibtex(atlas, atlas.sources.values(), lang),
    ]
    assert len(cards) > len(atlas.events)
    assert [place for each in (*written, *exported, *cards, *printed) for place in told(each)] == []


def test_the_folders_of_the_two_atlases_say_it_nowhere():
    files = [path for folder in (CZECHOSLOVAKIA, FIXTURE) for path in folder.rglob("*.csv")]
    files += [folder / name for folder in (CZECHOSLOVAKIA, FIXTURE)
              for name in ("atlas.toml", "datapackage.json")]  # fmt: skip
    assert len(files) > 30
    assert [path for path in files if told(path.read_bytes())] == []


def test_the_search_for_the_word_finds_it(shipped_atlas):
    event = next(e for e in shipped_atlas.events if e.layer == "article" and not e.cited_as_printed)
    shown = " ".join(told(event_card(shipped_atlas, event, "en")))
    assert "Told in the article" in shown
    assert "The article gives no source" in shown


def test_the_shipped_atlas_says_in_its_words_what_the_interface_leaves_open(shipped_atlas):
    assert {f"source.{key}" for key in shipped_atlas.source_texts} == set(SOURCE_TEXTS)
    spoken = words_for(shipped_atlas, "en")
    assert spoken.t("ui.layer.article") == "Told in the article"
    assert spoken.t("ui.mark.article-only") == "article only"
    assert spoken.section("map.evidence")["article-only"] == "Article only: nothing else found"
    assert "source-only" not in spoken.section("map.evidence")
    assert "the article is silent" in method.about(shipped_atlas, "en")


def test_what_an_atlas_does_not_say_is_said_in_neutral_words(islands_atlas, tmp_path):
    spoken = words_for(islands_atlas, "en")
    assert spoken.t("ui.layer.chronicle") == texts("en").t("ui.layer.source")
    assert spoken.t("site.card.chronicle-only") == texts("en").t("site.card.source-only")
    folder = copytree(FIXTURE, tmp_path / "atlas")
    for lang, told_by in (("en", "Told by the chronicle"), ("fr", "Dit par la chronique")):
        extra_row(f"text/{lang}.csv", key="source.told", text=told_by)(folder)
    assert check_tables(load_tables(folder)) == []
    atlas = open_atlas(folder)
    assert "Told by the chronicle" in event_card(atlas, atlas.events[0], "en")
    assert texts("en").t("ui.layer.source") in event_card(islands_atlas, atlas.events[0], "en")


@pytest.mark.parametrize("lang", available_languages())
def test_each_sentence_about_the_main_source_is_in_the_interface(lang):
    assert {f"source.{key}" for key in OF_MAIN_SOURCE} == set(SOURCE_TEXTS)
    for where in OF_MAIN_SOURCE.values():
        assert where.format("source") in texts(lang).strings


@pytest.fixture
def former(tmp_path) -> Path:
    """The invented atlas as it was written before the work could be named."""
    folder = copytree(FIXTURE, tmp_path / "atlas")
    text("atlas.toml", 'main_source = "chronicle"\n', "")(folder)
    for line in (2, 3):
        cell("events.csv", line, "layer", "article")(folder)
    cell("accounts.csv", 2, "evidence", "article-only")(folder)
    package = folder / "datapackage.json"
    written = package.read_text("utf-8").replace('"chronicle', '"article')
    package.write_text(written, "utf-8")
    return folder


def test_an_atlas_of_the_former_form_opens_as_it_is(former, islands_atlas):
    assert check_tables(load_tables(former)) == []
    atlas = open_atlas(former)
    assert atlas.settings.main_source == "article"
    assert [event.layer for event in atlas.events] == ["article", "article", "context", "context"]
    assert [replace(event, layer="") for event in atlas.events] == [
        replace(event, layer="") for event in islands_atlas.events
    ]
    assert texts("en").t("ui.layer.source") in event_card(atlas, atlas.events[0], "en")


def test_its_words_are_none_where_another_word_is_declared(tmp_path):
    folder = copytree(FIXTURE, tmp_path / "atlas")
    cell("events.csv", 2, "layer", "article")(folder)
    edited_json("datapackage.json", _no_list_of_layers)(folder)
    assert [str(problem) for problem in check_tables(load_tables(folder))] == [
        "events.csv row 2 (A01) layer: 'article' is none of chronicle, context, publication"
    ]


def _no_list_of_layers(package):
    events = next(r for r in package["resources"] if r["path"] == "events.csv")
    layer = next(f for f in events["schema"]["fields"] if f["name"] == "layer")
    del layer["constraints"]["enum"]


@pytest.mark.parametrize("word", ['"context"', '"The Chronicle"', '""', "3", "[]"])
def test_a_word_for_the_main_source_that_will_not_do_is_a_problem(tmp_path, word):
    folder = copytree(FIXTURE, tmp_path / "atlas")
    text("atlas.toml", 'main_source = "chronicle"', f"main_source = {word}")(folder)
    found = [p for p in check_tables(load_tables(folder)) if p.file == "atlas.toml"]
    assert [(p.field, p.rule) for p in found] == [("main_source", "value-unfit")]


def test_what_one_language_says_of_the_main_source_every_language_says(tmp_path):
    folder = copytree(FIXTURE, tmp_path / "atlas")
    extra_row("text/fr.csv", key="source.says", text="Ce que dit la chronique")(folder)
    assert [(p.file, p.id, p.rule) for p in check_tables(load_tables(folder))] == [
        ("text/en.csv", "source.says", "text-missing")
    ]
