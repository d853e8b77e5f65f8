"""No tab of the page shows a word that is in no catalogue."""

import re
from html import unescape

import pytest

from kit import Elements, assert_sound
from maps.ui.state import TABS
from pseudo import LANG, told_in, untranslated, words_of_data

_NAMED = ("title", "alt", "aria-label", "placeholder")
_THE_SAME = frozenset(("shift", "english"))  # on a keyboard; the other language by its own name
_SHOWN = ("label", "placeholder", "help", "options", "value", "body", "caption", "captions")


@pytest.fixture(scope="module")
def pseudo_islands(two_islands, tmp_path_factory):
    with told_in(LANG, two_islands, tmp_path_factory.mktemp("pseudo")) as folder:
        yield folder, words_of_data(folder)


def said_on(page) -> str:
    """Give all that a page says: texts and hints of its markup, labels and choices of widgets."""
    said = []
    for block in page.get("html"):
        markup = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", str(block.proto.body))
        found = Elements(markup).found
        said += [held[name] for _, held in found for name in _NAMED if name in held]
        said.append(unescape(re.sub(r"<[^>]+>", " ", markup)))
    for element in page.main:
        said += _told(element)
    return "\n".join(said)


def _told(element):
    for child in getattr(element, "children", {}).values():
        yield from _told(child)
    proto = getattr(element, "proto", None)
    if element.type == "html" or not hasattr(proto, "DESCRIPTOR"):
        return
    for field, value in proto.ListFields():
        if field.name in _SHOWN:
            listed = [value] if isinstance(value, str) else value
            yield from (text for text in listed if isinstance(text, str))


@pytest.mark.parametrize("tab", TABS)
def test_every_word_of_a_tab_is_translated(open_page, pseudo_islands, tab):
    folder, data = pseudo_islands
    page = open_page(folder, lang=LANG, tab=tab, event="A02", region="strait-shire")
    assert_sound(page)
    said = said_on(page)
    assert len(said) > 1000
    assert untranslated(said, data | _THE_SAME) == []
