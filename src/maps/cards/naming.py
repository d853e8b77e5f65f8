"""Who called a region what, and when: languages side by side, every name in one size."""

from __future__ import annotations

from maps.atlas.dates import parse_date_text
from maps.atlas.model import Atlas, Date, Name, Region
from maps.cards.citing import filled, said
from maps.errors import DateUnreadable
from maps.words.date_formats import format_edtf
from maps.words.i18n import texts

_LAST = Date(9999, 12, 31)


def names_table(atlas: Atlas, region: Region, lang: str) -> str:
    """Tabulate the names of a region: a row for who used them when, a column a language.

    The main names come first, then the others by their first day; those without
    a date keep the order of the file and come last.
    """
    used = (name.lang for name in region.names)
    languages = list(dict.fromkeys((*atlas.settings.name_languages, *used)))
    groups: dict[tuple[bool, str, str], list[Name]] = {}
    for name in region.names:
        groups.setdefault((not name.is_main, name.used_by, name.span_text), []).append(name)
    rows = [
        (_who(atlas, names[0], lang), days and format_edtf(days, lang), names)
        for (_, _, days), names in sorted(
            groups.items(), key=lambda group: (group[0][0], _first_day(group[0][2]))
        )
    ]
    return str(filled("names", atlas, lang, languages=languages, rows=rows))


def _who(atlas: Atlas, name: Name, lang: str) -> str:
    spoken = texts(lang)
    perspective = atlas.perspectives.get(name.used_by)
    teller = perspective.name if perspective else said(spoken, "ui.used_by", name.used_by)
    if not name.is_main:
        return teller or spoken.t("ui.regions.names_nobody")
    main = spoken.t("ui.regions.names_main")
    return f"{main} · {teller}" if teller else main


def _first_day(span_text: str) -> Date:
    try:
        return parse_date_text(span_text).earliest or _LAST if span_text else _LAST
    except DateUnreadable:
        return _LAST
