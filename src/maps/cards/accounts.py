"""Accounts side by side, each side in equal space; chains of acts; days that differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup

from maps.atlas.model import Account, AlternativeDate, Atlas, Chain, Date, Event, Point, Region
from maps.cards.citing import chip, citations, said
from maps.cards.glossary import explained
from maps.cards.links import id_link, id_mark, linked, remark, short_id
from maps.cards.markup import (
    Child,
    element,
    folded,
    share_link,
    together,
    unfolding,
    view_link,
)
from maps.day.contested import accounts_of, chains_of, dates_of, points_of, side_by_side
from maps.day.index import index_of
from maps.day.law import ALL, Claim, law_of
from maps.words.date_formats import format_day, format_day_of
from maps.words.i18n import texts
from maps.words.names import named_again, region_name
from maps.words.sentences import dates_chosen, from_to, holding_name


def event_accounts(
    atlas: Atlas, event: Event, lang: str, told: Collection[str] = (), *, heading: str = "h4"
) -> Markup | None:
    """Show who says what of an event: the points about it, then of the event itself.

    The first point stands open, others show their question. Of points ``told`` above
    only that is repeated. What can be said of the points stands apart, in `findings`.
    """
    spoken = texts(lang)
    found = points_of(atlas, event_id=event.id)
    first = next((point for point in found if point.id not in told), None)
    parts = [
        _told(atlas, point, lang)
        if point.id in told
        else point_part(atlas, point, lang, finding=False)
        if point is first
        else folded(f"{short_id(point.id)} {point.question}".strip(),
                    point_part(atlas, point, lang, heading="", finding=False))
        for point in found
    ]  # fmt: skip
    own = accounts_of(atlas, event_id=event.id)
    if own:
        parts.append(sides(atlas, own, lang))
    if not parts:
        return None
    return together(element(heading, spoken.t("ui.accounts.heading"), class_="mc-sub"), *parts)


def findings(atlas: Atlas, event: Event, lang: str, told: Collection[str] = ()) -> Markup | None:
    """Show what can be said of each point about an event, but for those ``told`` above."""
    found = [point for point in points_of(atlas, event_id=event.id) if point.id not in told]
    parts = [_finding(atlas, point, lang, named=len(found) > 1) for point in found]
    return together(*parts) or None


def _told(atlas: Atlas, point: Point, lang: str) -> Markup:
    said = texts(lang).t("ui.accounts.told", question=point.question)
    return element("p", _id_of(atlas, point, lang), " ", said, class_="mc-quiet")


def _id_of(atlas: Atlas, point: Point, lang: str) -> Markup | None:
    return id_mark(point.id, id_link(atlas, point.id, lang))


def _finding(atlas: Atlas, point: Point, lang: str, *, named: bool = False) -> Markup:
    return element(
        "p",
        together(_id_of(atlas, point, lang), " ") if named else None,
        element("b", texts(lang).t("ui.accounts.finding")),
        " ",
        linked(atlas, point.finding, lang),
        class_="mc-finding",
    )


def point_part(
    atlas: Atlas, point: Point, lang: str, *, heading: str = "p", finding: bool = True
) -> Markup:
    """Show one contested point: the question, each side, and what can be said.

    ``heading`` is the element of the question: ``h2`` where the points are the page,
    "" where the question stands above already.
    """
    asked = together(_id_of(atlas, point, lang), " ", point.question)
    return element(
        "section",
        element(heading, asked, class_="mc-question") if heading else None,
        sides(atlas, accounts_of(atlas, point_id=point.id), lang),
        _finding(atlas, point, lang) if finding else None,
        class_="mc-point",
        data_point=point.id,
    )


def sides(atlas: Atlas, accounts: Iterable[Account], lang: str) -> Markup:
    """Show accounts in the columns of their sides; a side without one says so."""
    none = texts(lang).t("ui.accounts.none")
    shown = [
        _side(each.side.name, [_account(atlas, a, lang) for a in each.accounts], none, each.side.id)
        for each in side_by_side(atlas, accounts)
    ]
    return element("div", *shown, class_="mc-sides")


def law_part(atlas: Atlas, region: Region, day: Date, lang: str, perspective: str = ALL) -> Markup:
    """Show what each side says of the legal status of a region on a day; silence as silence."""
    claims = law_of(atlas, region.id, day, perspective).claims
    tellers = [p for p in atlas.perspectives.values() if perspective in (ALL, p.id)]
    rest = [c for c in claims if not atlas.perspectives[c.perspective_id].side_id]
    silent = texts(lang).t("ui.accounts.silent_today")
    shown = []
    for side in atlas.settings.sides:
        own = {p.id for p in tellers if p.side_id == side.id}
        if own:
            told = [_claim(atlas, region, c, lang) for c in claims if c.perspective_id in own]
            shown.append(_side(side.name, told, silent))
    if rest:
        shown.append(_side("", [_claim(atlas, region, claim, lang) for claim in rest], silent))
    return element("div", *shown, class_="mc-sides")


def chains_part(
    atlas: Atlas, event: Event, lang: str, kept: Mapping[str, str] = MappingProxyType({})
) -> Markup | None:
    """Show the chains an event is part of: act, text, publication and effect apart.

    ``kept`` goes along in the address of each link.
    """
    found = (_chain(atlas, chain, event, lang, kept) for chain in chains_of(atlas, event.id))
    return together(*found) or None


def dates_part(atlas: Atlas, event: Event, lang: str, *, heading: str = "h4") -> Markup | None:
    """Show every day a source gives for an event, and which one the map uses."""
    given = dates_of(atlas, event.id)
    if not given:
        return None
    spoken = texts(lang)
    items = [element("li", *_date(atlas, each, event, lang)) for each in given]
    return together(
        element(heading, spoken.t("ui.accounts.dates"), class_="mc-sub"),
        element("ul", *items, class_="mc-dates"),
    )


def chosen_dates(atlas: Atlas, lang: str) -> str:
    """Say which days of the map a reader has chosen; empty where all are the atlas's own."""
    said = dates_chosen(atlas, texts(lang))
    if not said:
        return ""
    lead = element("b", texts(lang).t("chosen.lead"))
    return str(element("p", lead, " ", "; ".join(said), class_="mc-chosen"))


def _side(name: str, told: Sequence[Markup], silent: str, side: str | None = None) -> Markup:
    """Show what stands in the column of a side; ``silent`` is said where nothing does."""
    return element(
        "section",
        element("p", name, class_="mc-side-name") if name else None,
        *(told or [element("p", silent, class_="mc-silent")]),
        class_="mc-side",
        data_side=side,
    )


def _account(atlas: Atlas, account: Account, lang: str) -> Markup:
    spoken = texts(lang)
    return _opens(
        (
            element("span", named_again(atlas, account.perspective_id), class_="mc-teller"),
            " ",
            explained(spoken.t(f"map.stance.{account.stance}"), "stance", class_="mc-stance"),
            " ",
            chip(atlas, account.evidence, lang),
        ),
        linked(atlas, account.text, lang),
        (
            remark(atlas, account.note, lang),
            citations(atlas, account.citations, lang),
            share_link(spoken.t("ui.share.this"), account.id, lang=lang),
        ),
        lang,
        data_account=account.id,
        data_at=account.id,
        data_stance=account.stance,
    )


def _claim(atlas: Atlas, region: Region, claim: Claim, lang: str) -> Markup:
    spoken = texts(lang)
    status, told, held = claim.status, claim.told, claim.holding
    span = from_to(status.start, status.end, spoken)
    place = spoken.t("ui.card.said_of", region=region_name(atlas, status.region_id, lang))
    # A position of its own needs no more words than how sure it is.
    sure = said(spoken, "ui.certainty", status.certainty) if claim.stance == "says" else ""
    stance = sure or spoken.t(f"map.stance.{claim.stance}")
    return _opens(
        (
            element("span", named_again(atlas, claim.perspective_id), class_="mc-teller"),
            " ",
            element("span", stance, class_="mc-stance"),
            " ",
            chip(atlas, told.evidence, lang),
            element("b", holding_name(atlas, held, spoken), class_="mc-line") if held else None,
        ),
        linked(atlas, told.text, lang),
        (
            element("p", span, f" · {place}" if status.region_id != region.id else None,
                    class_="mc-quiet"),
            remark(atlas, status.note, lang),
            citations(atlas, told.citations, lang),
        ),
        lang,
        data_status=status.id,
        data_stance=claim.stance,
    )  # fmt: skip


def _opens(
    teller: Iterable[Child], text: Child, more: Iterable[Child], lang: str, **attributes: str | None
) -> Markup:
    """Show who says what in two lines; all of it, with its sources, when it is chosen."""
    return element(
        "div",
        element("p", *teller, class_="mc-told-by"),
        element("p", text, class_="mc-said"),
        unfolding(*more, lang=lang),
        class_="mc-account",
        **attributes,
    )


def _chain(atlas: Atlas, chain: Chain, event: Event, lang: str, kept: Mapping[str, str]) -> Markup:
    spoken = texts(lang)
    steps = []
    for link in chain.links:
        told = index_of(atlas).events[link.event_id]
        words: Child = element("b", told.title)
        if told.id != event.id:
            words = view_link(told.title, **{**kept, "event": told.id, "lang": lang, "tab": "map"})
        role = element("span", spoken.t(f"ui.chain_role.{link.role}"), class_="mc-dimension")
        when = element("span", format_day_of(atlas, told.span.start, lang), class_="mc-quiet")
        current = "step" if told.id == event.id else None
        steps.append(element("li", role, " ", when, " ", words, aria_current=current))
    return together(
        element("p", chain.name, class_="mc-question"),
        element("ol", *steps, class_="mc-chain"),
    )


def _date(atlas: Atlas, given: AlternativeDate, event: Event, lang: str) -> tuple[Child, ...]:
    spoken = texts(lang)
    used = given.day == event.date.used
    own = given.day == atlas.own_days.get(event.id)
    cited = citations(atlas, given.citations, lang)
    return (
        element("b", format_day(given.day, lang)),
        " · ",
        element("span", named_again(atlas, given.perspective_id), class_="mc-teller"),
        element("span", spoken.t("ui.accounts.date_used"), class_="mc-used") if used else None,
        element("span", spoken.t("ui.accounts.date_own"), class_="mc-used") if own else None,
        remark(atlas, given.note, lang),
        folded(spoken.t("ui.card.sources"), cited) if cited else None,
    )
