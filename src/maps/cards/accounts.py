"""Questions and accounts, each side in equal space; chains of acts; days that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from types import MappingProxyType

from markupsafe import Markup

from maps.atlas.model import Account, Atlas, Date, Event, Point, Region
from maps.cards.citing import filled
from maps.cards.markup import element
from maps.day.contested import accounts_of, chains_of, dates_of, points_of, side_by_side
from maps.day.index import index_of
from maps.day.law import ALL, Claim, law_of
from maps.words.date_formats import format_day_of, format_year
from maps.words.i18n import texts
from maps.words.sentences import dates_chosen


def event_accounts(
    atlas: Atlas, event: Event, lang: str, told: Collection[str] = (), *, heading: str = "h4"
) -> Markup:
    """Show who says what of an event: the points about it, then of the event itself.

    The first point stands open, others show their question. Of points ``told`` above
    only that is repeated. What can be said of the points stands apart, in `findings`.
    """
    points, own = points_of(atlas, event_id=event.id), accounts_of(atlas, event_id=event.id)
    if not (points or own):
        return Markup()
    return filled(
        "accounts",
        atlas,
        lang,
        points=points,
        first_id=next((point.id for point in points if point.id not in told), ""),
        told=told,
        own=own,
        heading=heading,
        point_part=partial(point_part, atlas, lang=lang),
        sides=partial(sides, atlas, lang=lang),
    )


def findings(atlas: Atlas, event: Event, lang: str, told: Collection[str] = ()) -> Markup:
    """Show what can be said of each point about an event, but for those ``told`` above."""
    points = [point for point in points_of(atlas, event_id=event.id) if point.id not in told]
    return filled("findings", atlas, lang, points=points)


def point_part(
    atlas: Atlas, point: Point, lang: str, *, heading: str = "p", finding: bool = True
) -> Markup:
    """Show one contested point: the question, each side, and what can be said.

    ``heading`` is the element of the question: ``h2`` where the points are the page,
    "" where the question stands above already.
    """
    return filled(
        "point",
        atlas,
        lang,
        point=point,
        heading=heading,
        finding=finding,
        accounts=accounts_of(atlas, point_id=point.id),
        sides=partial(sides, atlas, lang=lang),
    )


def question_fold(atlas: Atlas, point: Point, lang: str, *, is_open: bool = False) -> str:
    """Show a question, of which days it is and how many tell of it; the rest when it is chosen."""
    spoken = texts(lang)
    told = accounts_of(atlas, point_id=point.id)
    about = spoken.n("ui.questions.accounts", len(told), str(len(told)))
    days = [event.span.start for event in atlas.events if event.id in point.event_ids]
    if days:
        first, last = min(days), max(days)
        start, end = (format_year(day.year, lang) for day in (first, last))
        when = start if start == end else spoken.t("map.from_to", start=start, end=end)
        if first == last:
            when = format_day_of(atlas, first, lang)
        about = f"{when} · {about}"
    return str(question_part(atlas, point, lang, heading="", about=about, is_open=is_open))


def question_part(
    atlas: Atlas,
    point: Point,
    lang: str,
    *,
    heading: str = "h2",
    about: str = "",
    is_open: bool = False,
) -> Markup:
    """Show a question with every account in full, and lead to its events and regions.

    With a line ``about`` it, the two stand above, and the rest unfolds.
    """
    return filled(
        "question",
        atlas,
        lang,
        point=point,
        heading=heading,
        about=about,
        is_open=is_open,
        events=[event for event in atlas.events if event.id in point.event_ids],
        regions=[region_id for region_id in point.region_ids if region_id in atlas.regions],
        point_part=partial(point_part, atlas, lang=lang),
    )


def sides(atlas: Atlas, accounts: Iterable[Account], lang: str) -> Markup:
    """Show accounts in the columns of their sides; a side without one says so."""
    columns = side_by_side(atlas, accounts)
    shown = [(column.side.name, column.side.id, column.accounts) for column in columns]
    return filled("sides", atlas, lang, sides=shown)


def law_part(atlas: Atlas, region: Region, day: Date, lang: str, perspective: str = ALL) -> Markup:
    """Show what each side says of the legal status of a region on a day; silence as silence."""
    asked = {p.side_id for p in atlas.perspectives.values() if perspective in (ALL, p.id)}
    claims = defaultdict[str, list[Claim]](list)
    for claim in law_of(atlas, region.id, day, perspective).claims:
        claims[atlas.perspectives[claim.perspective_id].side_id].append(claim)
    shown = [
        (side.name, None, claims[side.id]) for side in atlas.settings.sides if side.id in asked
    ]
    if claims[""]:
        shown.append(("", None, claims[""]))
    return filled("law", atlas, lang, region=region, sides=shown)


def chains_part(
    atlas: Atlas, event: Event, lang: str, kept: Mapping[str, str] = MappingProxyType({})
) -> Markup:
    """Show the chains an event is part of: act, text, publication and effect apart.

    ``kept`` goes along in the address of each link. Empty without any.
    """
    chains, events = chains_of(atlas, event.id), index_of(atlas).events
    return filled("chains", atlas, lang, chains=chains, event=event, events=events, kept=kept)


def dates_part(atlas: Atlas, event: Event, lang: str, *, heading: str = "h4") -> Markup:
    """Show every day a source gives for an event, and which one the map uses."""
    days = dates_of(atlas, event.id)
    if not days:
        return Markup()
    return filled("dates", atlas, lang, days=days, event=event, heading=heading)


def chosen_dates(atlas: Atlas, lang: str) -> str:
    """Say which days of the map a reader has chosen; empty where all are the atlas's own."""
    said = dates_chosen(atlas, texts(lang))
    if not said:
        return ""
    lead = element("b", texts(lang).t("chosen.lead"))
    return str(element("p", lead, " ", "; ".join(said), class_="mc-chosen"))
