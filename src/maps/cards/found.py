"""What a search has found, as ways to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from maps.atlas.model import Atlas
from maps.cards.citing import filled
from maps.cards.markup import element
from maps.words.date_formats import format_edtf
from maps.words.i18n import texts
from maps.words.search import Found, Named

_SHOWN = 6  # of each kind


def found_card(atlas: Atlas, found: Found, query: Mapping[str, str], lang: str) -> str:
    """List what was found, kind by kind; links keep the rest of the view in ``query``."""
    if not found:
        none = element("p", texts(lang).t("ui.search.none"), class_="mc-quiet")
        return str(element("div", none, class_="mc-found", role="status"))
    return str(
        filled(
            "found",
            atlas,
            lang,
            found=found,
            days=[day for day in (found.day, found.other) if day],
            shown=_SHOWN,
            query=query,
            name_of=partial(_name, atlas, lang=lang),
        )
    )


def _name(atlas: Atlas, named: Named, lang: str) -> str:
    """Give the name that was found, with the days it was used, and the one shown now."""
    if not named.is_told:
        return named.shown
    names = atlas.regions[named.region_id].names
    name = next((name for name in names if name.form == named.form), None)
    used = format_edtf(name.span_text, lang) if name and name.span_text else ""
    form = f"{named.form} ({used})" if used else named.form
    return f"{form} {texts(lang).arrow} {named.shown}"
