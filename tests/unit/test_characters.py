"""What cannot be seen is found, and shown where it would be obeyed."""

import json

import pytest

from maps.characters import escaped_in_json, in_line, said, unseen, visible


@pytest.mark.parametrize(
    "text",
    [
        "Stepanakert · Xankəndi · Степанакерт · Ստեփանակերտ",
        "line one\nline two\twith a tab\r\n",
        "می‌خواهم",  # Persian: the non-joiner parts a prefix from its verb
        "ශ්‍රී ලංකා",  # Sinhala: the joiner makes the cluster of the country's name
        "שלום \u200eABC\u200f עולם",  # marks of direction beside Hebrew
        "ภาษา\u200bไทย",  # Thai: words are parted by nothing but a place to break
        "Nagorno-Karabakh – “quoted” … 1 041 km²",
        "👩\u200d👩\u200d👧 🏳️\u200d🌈 🧑🏽\u200d🌾",  # joined to one picture each
    ],
)
def test_what_real_text_needs_is_not_unseen(text):
    assert list(unseen(text)) == []
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a\x1b[2J", "U+001B ESCAPE"),
        ("a\x00", "U+0000 NULL"),
        ("a\x85b", "U+0085 NEXT LINE"),
        ("a\x9b2J", "U+009B CONTROL SEQUENCE INTRODUCER"),
        ("a\xadb", "U+00AD SOFT HYPHEN"),
        ("a\u200bb", "U+200B ZERO WIDTH SPACE"),
        ("a\u200db", "U+200D ZERO WIDTH JOINER"),
        ("👩\u200d", "U+200D ZERO WIDTH JOINER"),
        ("\u200d👩", "U+200D ZERO WIDTH JOINER"),
        ("👩\u200c👩", "U+200C ZERO WIDTH NON-JOINER"),
        ("می\u200c", "U+200C ZERO WIDTH NON-JOINER"),  # at the end of a word
        ("a\u200eb", "U+200E LEFT-TO-RIGHT MARK"),
        ("a\u202eb", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("עולם\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2066b", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("a\u2028b", "U+2028 LINE SEPARATOR"),
        ("a\ufeffb", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("a\u3164b", "U+3164 HANGUL FILLER"),
        ("a\ud800", "U+D800 a lone surrogate"),
        ("a\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_what_is_not_seen_is_found_and_named(text, name):
    assert [said(found) for found in unseen(text)] == [name]


def test_a_line_shows_what_is_not_seen_and_is_cut_in_the_middle():
    assert in_line("a\nb\r\x1b[2J\u202e\x7f\U000e0041") == r"a\nb\r\x1b[2J\u202e\x7f\U000e0041"
    cut = in_line("'" + "a" * 500 + "' is no id", 60)
    assert cut == f"'{'a' * 38}…{'a' * 10}' is no id"
    assert len(cut) == 60
    assert in_line("short", 60) == "short"


def test_an_escape_in_json_reads_back_as_the_character():
    text = "a\x9b\u202e\U000e0041\ud800"
    assert json.loads(visible(json.dumps(text, ensure_ascii=False), escaped_in_json)) == text
