"""What a search has found, as ways to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from markupsafe import Markup

from maps.atlas.model import Atlas
from maps.cards.markup import element, view_link
from maps.words.cite import reference_text
from maps.words.date_formats import format_day_of, format_edtf
from maps.words.i18n import texts
from maps.words.names import kind_text
from maps.words.search import Found, Named
from maps.words.sentences import date_text

_SHOWN = 6  # of each kind


def found_card(atlas: Atlas, found: Found, query: Mapping[str, str], lang: str) -> str:
    """List what was found, kind by kind; links keep the rest of the view in ``query``."""
    spoken = texts(lang)
    if not found:
        none = element("p", spoken.t("ui.search.none"), class_="mc-quiet")
        return str(element("div", none, class_="mc-found", role="status"))
    days = (day for day in (found.day, found.other) if day)
    kinds = {
        "days": (
            (view_link(format_day_of(atlas, day, lang), **{**query, "day": day.isoformat()})
             for day in days),
            1 + bool(found.other),
        ),
        "places": (_regions(atlas, found.regions, query, lang), len(found.regions)),
        "questions": (
            (_way(each.question, each.id, {**query, "at": each.id, "tab": "questions"})
             for each in found.points),
            len(found.points),
        ),
        "events": (
            (_way(each.title, date_text(atlas, each, lang), {**query, "event": each.id, "day": ""})
             for each in found.events),
            len(found.events),
        ),
        "sources": (
            (_way(reference_text(each, lang), each.id, {**query, "at": each.id, "tab": "sources"})
             for each in found.sources),
            len(found.sources),
        ),
    }  # fmt: skip
    parts = (_part(spoken.t(f"ui.search.{kind}"), *held) for kind, held in kinds.items())
    return str(element("div", *parts, class_="mc-found", role="status"))


def _part(heading: str, links: Iterable[Markup], count: int) -> Markup | None:
    shown = [element("li", link) for link in islice(links, _SHOWN)]
    if not shown:
        return None
    left = count - len(shown)
    more = element("span", f"+ {left}", class_="mc-quiet") if left > 0 else None
    return element("section", element("h2", heading, " ", more), element("ul", *shown))


def _regions(
    atlas: Atlas, found: Iterable[Named], query: Mapping[str, str], lang: str
) -> Iterator[Markup]:
    for named in found:
        region = atlas.regions[named.region_id]
        name = next((name for name in region.names if name.form == named.form), None)
        used = (name.span_text and format_edtf(name.span_text, lang)) if name else ""
        form = f"{named.form} ({used})" if used else named.form
        label = f"{form} {texts(lang).arrow} {named.shown}" if named.is_told else named.shown
        yield _way(label, kind_text(atlas, region), {**query, "region": named.region_id})


def _way(label: str, aside: str, query: Mapping[str, str]) -> Markup:
    link = view_link(label, **query)
    return element("span", link, " ", element("span", aside, class_="mc-quiet"))
