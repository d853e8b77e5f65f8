"""Templates are laid out for people; what comes of them is not."""

import pytest

from maps.templates import templates


@pytest.mark.parametrize(
    ("laid_out", "made"),
    [
        ("<p>\n  <b>{{ x }}</b>\n</p>\n", "<p><b>&lt;</b></p>"),
        ("<p>\n  {{ x }}\n  {{ x }}\n</p>", "<p>&lt;&lt;</p>"),
        ("<p>{{ x }} <b>a</b></p>", "<p>&lt; <b>a</b></p>"),
        ('<p id="a"\n   class="b">\n  two\n  words\n</p>', '<p id="a" class="b">two words</p>'),
        ("<head>\n  <b>a</b>\n  <meta>\n</head>", "<head><b>a</b>\n<meta>\n</head>"),
        ("{% if x\n   and x %}\n  yes\n{% endif %}", "yes"),
    ],
)
def test_a_line_break_is_nothing_beside_a_tag_a_blank_in_a_line_and_kept_in_a_head(
    tmp_path, laid_out, made
):
    (tmp_path / "a.html").write_text(laid_out, encoding="utf-8")
    assert templates(tmp_path).get_template("a.html").render(x="<") == made
