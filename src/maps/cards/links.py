"""Ways from words and ids to what explains them: evidence, W01, N10, A07, C6."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

from maps.atlas.model import Atlas
from maps.cache import once_for_each
from maps.cards.markup import Child, element, together, view_address, view_link

# Words of the page with an exact meaning, in the order in which they are explained; each is a
# table below `ui.glossary.words`.
GLOSSARY = (
    "teller", "evidence", "stance", "contested", "dimension", "certainty", "polity", "printed",
    "locator", "precision", "units", "ground",
)  # fmt: skip
# As editors write them: a capital and a number, sometimes with a letter behind it.
_ID = re.compile(r"\b[A-Z]\d{1,3}[a-z]?\b")
_COUNTED = re.compile(r"[A-Z]{1,3}\d+[a-z]?")


def word_id(key: str) -> str:
    """Give the id of the place where a word is explained."""
    return f"word-{key}"


def explained(label: Child, key: str, hint: str | None = None, **attributes: str | None) -> Markup:
    """Lead from a word to its explanation."""
    address = view_address(at=word_id(key), tab="method")
    return element("a", label, href=address, target="_self", title=hint, **attributes)


def linked(atlas: Atlas, text: str, lang: str) -> Markup:
    """Give a text of the atlas with each id in it as a link; what is no id of it stays text."""
    parts, end = [], 0
    for found in _ID.finditer(text):
        if found[0] in _ways(atlas):
            parts += [text[end : found.start()], id_link(atlas, found[0], lang)]
            end = found.end()
    written = together(*parts, text[end:])
    return (
        element("span", written, lang=atlas.settings.languages[0])
        if text in atlas.untranslated
        else written
    )


def short_id(record_id: str) -> str:
    """Give an id that a reader can cite, as C1 or E1000; empty for one that is made of words."""
    return record_id if _COUNTED.fullmatch(record_id) else ""


def id_mark(record_id: str, label: Child = None) -> Markup:
    """Mark a record with its id, or with a label that has it; empty where that is made of words."""
    if not short_id(record_id):
        return Markup()
    return element("span", label or record_id, class_="mc-id")


def id_link(atlas: Atlas, record_id: str, lang: str) -> Markup:
    """Lead to an event, a question, a note or a source by its id; the id alone for any other."""
    way, name = _ways(atlas).get(record_id, ({}, ""))
    if not way:
        return together(record_id)
    return view_link(record_id, hint=name, **way, lang=lang)


@once_for_each
def _ways(atlas: Atlas) -> Mapping[str, tuple[Mapping[str, str], str]]:
    """List where each id leads, with what stands there; an event before a source of its name."""
    ways: dict[str, tuple[Mapping[str, str], str]] = {}
    for source in atlas.sources.values():
        ways[source.id] = ({"at": source.id, "tab": "sources"}, str(source.csl.get("title", "")))
    for note in atlas.notes.values():
        ways[note.id] = ({"at": note.id, "tab": "method"}, note.text)
    for point in atlas.points.values():
        ways[point.id] = ({"at": point.id, "tab": "questions"}, point.question)
    for event in atlas.events:
        ways[event.id] = ({"event": event.id, "tab": "map"}, event.title)
    return MappingProxyType(ways)
