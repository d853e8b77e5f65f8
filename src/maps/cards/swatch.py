"""The box in which a card shows how the map paints a thing."""

from __future__ import annotations

from markupsafe import Markup

from maps.cards.markup import element
from maps.looks.texture import Look


def swatch(look: Look, *, edge: str = "") -> Markup:
    """Show a look in its tone and texture; ``edge`` is the colour of a heavier frame."""
    frame = f";border:2px solid {edge}" if edge else ""
    return element(
        "span", class_="mc-swatch", style=f"background:{look.css}{frame}", aria_hidden="true"
    )
