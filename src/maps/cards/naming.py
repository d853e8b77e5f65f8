"""Who called a region what, and when: languages side by side, every name in one size."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from maps.atlas.dates import parse_date_text
from maps.atlas.model import Atlas, Date, Name, Region
from maps.cards.citing import said
from maps.cards.markup import Child, element, row, table
from maps.errors import DateUnreadable
from maps.words.date_formats import format_edtf
from maps.words.i18n import Texts, texts

_LAST = Date(9999, 12, 31)


def names_table(atlas: Atlas, region: Region, lang: str) -> str:
    """Tabulate the names of a region: a row for who used them when, a column a language.

    The main names come first, then the others by their first day; those without
    a date keep the order of the file and come last.
    """
    spoken = texts(lang)
    used = (name.lang for name in region.names)
    languages = list(dict.fromkeys((*atlas.settings.name_languages, *used)))
    headings = [spoken.t("ui.regions.names_who"), spoken.t("ui.regions.names_when"), *languages]
    groups: dict[tuple[bool, str, str], list[Name]] = {}
    for name in region.names:
        groups.setdefault((name.is_main, name.used_by, name.span_text), []).append(name)
    in_order = sorted(groups.items(), key=lambda item: (not item[0][0], _first_day(item[0][2])))
    rows = [
        row(headings, (_who(atlas, found[0], spoken), _when(found[0], spoken),
                       *(_forms(found, code) for code in languages)))
        for _, found in in_order
    ]  # fmt: skip
    return str(table(headings, rows, label=spoken.t("ui.regions.names"), stacked=True))


def _who(atlas: Atlas, name: Name, spoken: Texts) -> str:
    perspective = atlas.perspectives.get(name.used_by)
    if perspective is not None:
        teller = perspective.name
    else:
        teller = said(spoken, "ui.used_by", name.used_by) if name.used_by else ""
    if not name.is_main:
        return teller or spoken.t("ui.regions.names_nobody")
    main = spoken.t("ui.regions.names_main")
    return f"{main} · {teller}" if teller else main


def _when(name: Name, spoken: Texts) -> str:
    if not name.span_text:
        return spoken.t("ui.regions.names_undated")
    return format_edtf(name.span_text, spoken.lang)


def _forms(names: Sequence[Name], code: str) -> Child:
    forms = [
        element("span", name.form, lang=name.lang, class_="mc-form")
        for name in names
        if name.lang == code
    ]
    return Markup().join(forms) if forms else None


def _first_day(span_text: str) -> Date:
    try:
        return parse_date_text(span_text).earliest or _LAST if span_text else _LAST
    except DateUnreadable:
        return _LAST
