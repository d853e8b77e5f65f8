"""An atlas in a language it is translated into: what is found, what is missing, what is checked."""

import re
from pathlib import Path

import pytest

from kit import Elements, csv_rows, geojson
from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.load import load_tables
from maps.atlas.model import Date
from maps.atlas.translations import translatable
from maps.cards.citing import citations
from maps.cards.day import page_foot
from maps.cards.method import about
from maps.cli import main
from maps.words.i18n import coverage_of, translation_note

LONG_AGO = Path(__file__).parents[2] / "examples" / "long-ago"
LANDING = Date(1960, 3, 15)
UNREAD = "не проверено"


def translate(folder, lang="ru", *, reviewed=False, **said):
    """Have an atlas told in a language too, with what is said of some English texts."""
    settings = folder / "atlas.toml"
    text = settings.read_text("utf-8").replace(
        'languages = ["en", "fr"]', f'languages = ["en", "fr", "{lang}"]', 1
    )
    settings.write_text(
        text.replace("[loaded_words]", f'[loaded_words]\n{lang} = ["оккуп"]'), "utf-8"
    )
    assert main(["translate", lang, "--atlas", str(folder)]) == 0
    file = folder / "text" / f"{lang}.po"
    content = file.read_text("utf-8")
    for english, ours in said.items():
        fuzzy = "" if reviewed else "#, fuzzy\n"
        place = re.compile(rf'(msgctxt "[^"]*"\nmsgid "{re.escape(english)}"\n)msgstr ""')
        content, count = place.subn(rf'{fuzzy}\1msgstr "{ours}"', content)
        assert count, english
    file.write_text(content, "utf-8")
    return file


def rules(folder):
    return [(problem.file, problem.rule) for problem in check_tables(load_tables(folder))]


def test_every_kind_of_text_can_be_translated(atlas_copy):
    listed = list(translatable(load_tables(atlas_copy)))
    places = {place for place, _ in listed}
    assert places >= {"atlas.title", "citations.quote", "statuses.note", "sources.note"}
    assert {"regions.kind", "citations.locator", "event.A01.title"} <= places
    assert {"title", "text", "beside", "quote"} <= {
        place.rpartition(".")[2] for place in places if place.startswith("story.")
    }
    assert not [text for _, text in listed if not re.search(r"[^\W\d_]", text)]


def test_what_is_translated_is_shown_and_the_rest_is_english(atlas_copy):
    english = open_atlas(atlas_copy)
    title, note = english.settings.title, next(s.note for s in english.statuses if s.note)
    translate(atlas_copy, **{title: "Два острова", note: "Примечание"})
    atlas = open_atlas(atlas_copy, "ru")
    assert atlas.settings.title == "Два острова"
    assert [s.note for s in atlas.statuses] == [
        "Примечание" if s.note == note else s.note for s in english.statuses
    ]
    assert atlas.events[0].title == english.events[0].title
    assert atlas.events[0].title in atlas.untranslated
    assert atlas.coverage.translated == 2
    assert open_atlas(atlas_copy).settings.title == title


def quoted_in(folder, lang):
    event = next(each for each in open_atlas(folder, lang).events if each.id == "A01")
    return next(cited for cited in event.citations if cited.quote)


def test_a_quote_keeps_its_language_with_our_translation_below_it(atlas_copy):
    french = quoted_in(atlas_copy, "en")
    translate(atlas_copy, **{french.quote: "Перевод цитаты"})
    same = quoted_in(atlas_copy, "ru")
    assert (same.quote, same.quote_translation) == (french.quote, "Перевод цитаты")
    card = Elements(citations(open_atlas(atlas_copy, "ru"), [same], "ru"))
    assert {"lang": "fr", "class": "mc-quote"} in card.all("q")
    assert "Перевод цитаты" in card.text
    # A reader of its language needs none; where there is no other, the English one helps.
    assert quoted_in(atlas_copy, "fr").quote_translation == ""
    assert french.quote_translation.startswith("The shire")


def test_who_has_read_it_is_said_wherever_it_is_shown(atlas_copy):
    translate(atlas_copy, **{open_atlas(atlas_copy).settings.title: "Два острова"})
    atlas = open_atlas(atlas_copy, "ru")
    note = translation_note(atlas, "ru")
    assert UNREAD in note
    assert note in Elements(page_foot(atlas, "ru")).text
    assert note in Elements(about(atlas, "ru")).text
    assert note in geojson(atlas, LANDING, lang="ru")["metadata"]["translation"]
    assert note in csv_rows(atlas, LANDING, lang="ru")[0]["disclaimer"]
    assert translation_note(open_atlas(atlas_copy), "en") == ""
    assert "translation" not in geojson(open_atlas(atlas_copy), LANDING)["metadata"]


def test_the_check_counts_what_is_missing_in_a_line(atlas_copy, capsys):
    translate(atlas_copy, **{open_atlas(atlas_copy).settings.title: "Два острова"})
    assert main(["check", "--atlas", str(atlas_copy)]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("ru: ")]
    assert len(lines) == 1
    assert re.search(r"\d texts translated, \d+ missing, 0 out of date; 0 reviewed", lines[0])


def test_the_check_finds_what_is_wrong_in_a_catalogue(atlas_copy):
    title = open_atlas(atlas_copy).settings.title
    file = translate(atlas_copy, **{title: "Оккупация"})
    assert rules(atlas_copy) == [("text/ru.po", "loaded-word")]
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("Оккупация", "Остров {name}"), "utf-8")
    assert rules(atlas_copy) == [("text/ru.po", "placeholder")]
    assert open_atlas(atlas_copy, "ru").settings.title == title
    file.write_text("msgid oops\n", "utf-8")
    assert rules(atlas_copy) == [("text/ru.po", "catalogue-unreadable")]
    assert open_atlas(atlas_copy, "ru").settings.title == title


def test_the_texts_are_written_for_translators_only_where_that_makes_sense(atlas_copy, capsys):
    assert main(["translate", "en", "--atlas", str(atlas_copy)]) == 2
    assert main(["translate", "nonsense!", "--atlas", str(atlas_copy)]) == 2
    capsys.readouterr()
    assert sorted(file.name for file in (atlas_copy / "text").iterdir()) == ["en.csv", "fr.csv"]


@pytest.mark.parametrize("lang", ["hy", "az", "ru"])
def test_the_shipped_atlas_is_told_in_the_languages_of_its_readers(lang):
    found = coverage_of(open_atlas(lang=lang), lang)
    # A new text is English until somebody translates it; it must not become the rule.
    assert found.missing < found.wanted / 50


def test_the_example_of_long_ago_is_told_in_persian():
    atlas = open_atlas(LONG_AGO, "fa")
    found = coverage_of(atlas, "fa")
    assert found.missing < found.wanted / 50
    assert [r.id for r in atlas.regions.values() if r.name("fa") == r.name("en")] == []
