import pytest

from maps.ui.widgets import bold, plain


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://b)",
        "*a*",
        "$x$",
        ":red[a]",
        "<b>a</b>",
        "# a",
        "`a`",
        "a_b_c",
        ":material/home:",
    ],
)
def test_no_mark_is_left_unescaped(text):
    escaped = plain(text)
    bare = escaped.replace("\\\\", "")
    for mark in "[]()*$:<>#`_/":
        assert bare.count(mark) == bare.count("\\" + mark)


def test_letters_of_all_scripts_stay():
    assert plain("Շուշի Şuşa Шуша") == "Շուշի Şuşa Шуша"


def test_lines_stay_lines():
    assert plain("one\ntwo") == "one  \ntwo"


def test_bold_of_nothing_is_nothing():
    assert bold("  ") == ""
    assert bold(" a*b ") == r"**a\*b**"
