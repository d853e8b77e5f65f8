"""Loaded words: found where they are ours, in four scripts, and nowhere in the interface."""

import tomllib

import pytest

from maps.atlas.check.neutrality import loaded_words_in, without_quotations
from maps.atlas.load import default_atlas_folder
from maps.words.i18n import available_languages, texts

STEMS = ["occup", "liberat", "ethnic cleansing", "so-called", "deoccup"]
# The interface speaks Persian, the shipped atlas does not: its list has none for it.
NOT_TOLD = {
    "fa": [
        "آزادساز", "اشغال", "الحاق", "به‌اصطلاح", "پاکسازی", "پاک‌سازی", "تجاوز", "تجزیه‌طلب",
        "تروریس", "جدایی‌طلب", "دست‌نشانده", "غیرقانونی", "متجاوز", "محاصره", "مزدور", "نسل‌کشی",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The district was occupied in 1993.", ("occupied",)),
        ("OCCUPATION and Occupiers", ("occupation", "occupiers")),
        ("occupied, occupied again", ("occupied",)),
        ("non-occupied and de-occupied", ("occupied",)),
        ("1993_occupied", ("occupied",)),
        ("preoccupied with it", ()),
        ("ethnic  cleansing", ("ethnic cleansing",)),
        ("ethnic-\ncleansing", ("ethnic- cleansing",)),
        ("so‑called", ("so‐called",)),  # a hyphen that does not break
        ("It was so called after its founder.", ()),
        ("occu\u00adpied", ("occupied",)),  # a soft hyphen
        ("ｏｃｃｕｐｉｅｄ", ("occupied",)),
        ("", ()),
    ],
)
def test_words_are_found_by_their_beginnings(text, found):
    assert loaded_words_in(text, STEMS) == found


@pytest.mark.parametrize(
    ("stem", "text"),
    [
        ("оккуп", "О́ккупация"),
        ("օկուպ", "ՕԿՈՒՊԱՑԻԱ"),
        ("işğal", "İŞĞAL olunmuş"),
        ("ilhaq", "Ilhaq"),
        ("soyqırım", "SOYQIRIM"),
        ("azad ed", "azad edilmiş"),
        ("libér", "libe\u0301ré"),  # the accent as a sign of its own
        ("اشغال", "اشغال‌شده"),  # with a sign that keeps letters apart
    ],
)
def test_words_are_found_in_every_script_of_the_atlas(stem, text):
    assert len(loaded_words_in(text, [stem])) == 1


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ('He "left" it.', 'He "" it.'),
        ("He “left” it.", 'He "" it.'),
        ("Er sagt „links“ hier.", 'Er sagt "" hier.'),
        ("A „left” b", 'A "" b'),
        ("Il dit « gauche » ici.", 'Il dit "" ici.'),
        ("He ‘left’ it.", 'He "" it.'),
        ("The league’s own, the isles’ own.", "The league’s own, the isles’ own."),
        ("He ‘left the league’s isle’ then.", 'He "" then.'),
        ("“the ‘left’ bank” here", '"" here'),
        ('"one" and "two"', '"" and ""'),
        ('"one" and "two', '"" and "two'),
        ("“never closed, «left» here", "“never closed, «left» here"),
        ("closed” first", "closed” first"),
    ],
)
def test_what_is_not_in_quotation_marks_is_ours(text, ours):
    assert without_quotations(text) == ours


def test_a_quotation_joins_no_two_words():
    assert loaded_words_in('ethnic "x" cleansing, occ"x"upied', STEMS) == ()


@pytest.mark.parametrize("lang", available_languages())
def test_the_interface_uses_no_loaded_word_of_the_shipped_atlas(lang: str):
    settings = tomllib.loads((default_atlas_folder() / "atlas.toml").read_text(encoding="utf-8"))
    beginnings = (NOT_TOLD | settings["loaded_words"])[lang]
    words = texts(lang).strings
    assert len(words) > 500
    assert [key for key, said in words.items() if loaded_words_in(said, beginnings)] == []
