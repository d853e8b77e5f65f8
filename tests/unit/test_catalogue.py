"""Catalogues: found by place and English, kept when that changes, fit for Poedit and Weblate."""

from datetime import datetime

import pytest

from maps.catalogue import Coverage, coverage, read_catalogue, refreshed, stale

NOW = datetime(2026, 11, 29)
GREETING, NOTE = ("ui.greeting", "Hello, {name}"), ("statuses.note", "Seen in “a paper”\nof 1921.")


def filled(content: str, **said: str) -> str:
    """Write translations after the English of entries; ``__`` stands for a dot in a place."""
    for place, text in said.items():
        head = f'msgctxt "{place.replace("__", ".")}"'
        before, after = content.split(head)
        content = before + head + after.replace('msgstr ""', f'msgstr "{text}"', 1)
    return content


@pytest.fixture
def greeted() -> str:
    return filled(refreshed("", "ru", [GREETING, NOTE], NOW), ui__greeting="Привет, {name}")


def test_a_new_catalogue_has_every_text_and_no_translation():
    content = refreshed("", "ru", [GREETING, NOTE, NOTE], NOW)
    assert content.count("msgctxt") == 2
    assert read_catalogue(content).texts == {}
    assert '"Language: ru\\n"' in content


def test_a_translation_is_found_by_its_place_and_its_english(greeted):
    assert read_catalogue(greeted).texts == {GREETING: "Привет, {name}"}
    wanted = [GREETING, NOTE, ("ui.other", GREETING[1])]
    assert coverage(read_catalogue(greeted), wanted) == Coverage(3, 1, 1)
    assert coverage(read_catalogue(greeted), wanted).missing == 2


def test_what_needs_work_is_shown_and_counts_as_not_reviewed(greeted):
    fuzzy = greeted.replace("#, python-brace-format", "#, fuzzy, python-brace-format")
    held = read_catalogue(fuzzy)
    assert held.texts == {GREETING: "Привет, {name}"}
    assert coverage(held, [GREETING]) == Coverage(1, 1, 0)


def test_a_translation_made_from_another_english_is_not_shown(greeted):
    changed = ("ui.greeting", "Hello and welcome, {name}")
    assert changed not in read_catalogue(greeted).texts
    assert stale(read_catalogue(greeted), [changed]) == {GREETING}
    # Written anew, it stands beside the new English with the one it was made from.
    again = refreshed(greeted, "ru", [changed], NOW)
    assert '#| msgid "Hello, {name}"\n' in again
    assert "#, fuzzy" in again
    assert 'msgstr "Привет, {name}"' in again
    held = read_catalogue(again)
    assert (held.texts, held.outdated) == ({}, {changed})
    assert stale(held, [changed]) == {changed}
    # And stays so until a translator has looked at it.
    assert refreshed(again, "ru", [changed], NOW) == again
    mended = again.replace('#| msgid "Hello, {name}"\n', "").replace("#, fuzzy, ", "#, ")
    assert coverage(read_catalogue(mended), [changed]) == Coverage(1, 1, 1)


def test_of_several_texts_in_one_place_the_most_alike_is_the_former_one():
    notes = [("a.note", "Drawn by hand."), ("a.note", "Lines of the last Soviet decades, coarse.")]
    content = refreshed("", "ru", notes, NOW)
    for english, said in ((notes[0][1], "От руки."), (notes[1][1], "Линии, грубо.")):
        content = content.replace(
            f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{said}"'
        )
    changed = [("a.note", "Lines of the last Soviet decade."), ("a.note", "Nothing alike at all")]
    again = refreshed(content, "ru", changed, NOW)
    assert f'#| msgid "{notes[1][1]}"' in again
    assert notes[0][1] not in again


def test_other_placeholders_than_the_english_are_never_shown(greeted):
    held = read_catalogue(greeted.replace("Привет, {name}", "Привет, {имя}"))
    assert (held.texts, held.broken) == ({}, {GREETING})


def test_comments_of_translators_stay(greeted):
    said = greeted.replace('msgctxt "ui.greeting"', 'msgctxt "ui.greeting"', 1)
    said = said.replace("#, python-brace-format", "# Ани спросит\n#, python-brace-format")
    assert "# Ани спросит" in refreshed(said, "ru", [GREETING], NOW)


@pytest.mark.parametrize(
    "content", ['msgid "a"\nmsgstr "b"\nmsgxyz\n', "key,text\na,b\n", 'msgid "a']
)
def test_what_is_no_catalogue_says_so_and_translates_nothing(content):
    held = read_catalogue(content)
    assert (held.texts, bool(held.fault)) == ({}, True)
    with pytest.raises(ValueError, match=r"\w"):
        refreshed(content, "ru", [GREETING], NOW)
