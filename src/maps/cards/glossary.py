"""Words of the page that have an exact meaning: each leads to where it is explained."""

from __future__ import annotations

from markupsafe import Markup

from maps.cards.markup import Child, element, view_address

# In the order in which they are explained; each is a table below `ui.glossary.words`.
GLOSSARY = (
    "teller", "evidence", "stance", "contested", "dimension", "certainty", "polity", "printed",
    "locator", "precision", "units", "ground",
)  # fmt: skip


def word_id(key: str) -> str:
    """Give the id of the place where a word is explained."""
    return f"word-{key}"


def explained(label: Child, key: str, hint: str | None = None, **attributes: str | None) -> Markup:
    """Lead from a word to its explanation."""
    address = view_address(at=word_id(key), tab="method")
    return element("a", label, href=address, target="_self", title=hint, **attributes)
