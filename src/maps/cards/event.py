"""The card of an event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from types import MappingProxyType

from markupsafe import Markup

from maps.atlas.model import Atlas, Event
from maps.cards.accounts import chains_part, dates_part, event_accounts, findings
from maps.cards.citing import chip, contested_badge, filled, said
from maps.cards.links import id_mark
from maps.cards.markup import element
from maps.words.i18n import texts, words_for
from maps.words.names import region_name
from maps.words.search import Named


def event_card(
    atlas: Atlas,
    event: Event,
    lang: str,
    *,
    heading: str = "h3",
    told: Collection[str] = (),
    kept: Mapping[str, str] = MappingProxyType({}),
    figure: Markup | None = None,
    folded_away: bool = False,
) -> str:
    """Show all the atlas says of an event, with its sources as printed and resolved.

    First what happened, then who says what, the days that sources give, what can be
    said of it, and the rest. ``told`` are contested points that stand above the card
    already; ``kept`` are the parts of the address that its links keep, such as the
    story under way. ``heading`` is the element of its title: ``h1`` where the event is
    the whole page; ``figure`` then shows the map of its day beside the text.
    ``folded_away`` shows day and title, and the rest when they are chosen.
    """
    part = "folded" if folded_away else "whole"
    return _card(atlas, event, lang, part, told, heading=heading, kept=kept, figure=figure)


def event_told(atlas: Atlas, event: Event, lang: str, told: Collection[str] = ()) -> str:
    """Show the first part of the card: what happened, and who says what."""
    return _card(atlas, event, lang, "told", told)


def event_facts(
    atlas: Atlas,
    event: Event,
    lang: str,
    told: Collection[str] = (),
    kept: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Show what stands in the card below the days: what can be said, facts, sources, notes."""
    return _card(atlas, event, lang, "facts", told, kept=kept)


def _card(
    atlas: Atlas,
    event: Event,
    lang: str,
    part: str,
    told: Collection[str],
    *,
    heading: str = "h3",
    kept: Mapping[str, str] = MappingProxyType({}),
    figure: Markup | None = None,
) -> str:
    card = filled(
        "event",
        atlas,
        lang,
        event=event,
        part=part,
        told=told,
        heading=heading,
        below="h2" if heading == "h1" else "h4",
        kept=kept,
        figure=figure or "",
        kinds=kinds_text(atlas, event),
        place=_place(atlas, event, lang),
        regions=", ".join(region_name(atlas, each, lang) for each in event.region_ids),
        accounts=partial(event_accounts, atlas, event, lang),
        dates=partial(dates_part, atlas, event, lang),
        findings=partial(findings, atlas, event, lang),
        chains=partial(chains_part, atlas, event, lang),
    )
    return str(card)


def kinds_text(atlas: Atlas, event: Event) -> str:
    """Name the kinds of an event."""
    return ", ".join(atlas.kind_names.get(kind, kind) for kind in event.kinds)


def event_meta(atlas: Atlas, event: Event, lang: str, found_by: Iterable[Named] = ()) -> str:
    """Describe an event under its title in a list: kinds, regions, names it was found by, marks."""
    named = [region_name(atlas, region_id, lang) for region_id in event.region_ids]
    shown = ", ".join(named[:4]) + (" …" if len(named) > 4 else "")
    names = (texts(lang).t("ui.events.found_by", form=n.form, name=n.shown) for n in found_by)
    line = element(
        "p",
        id_mark(event.id),
        " ",
        " · ".join(part for part in (kinds_text(atlas, event), shown, *names) if part),
        " ",
        contested_badge(lang) if event.contested else None,
        chip(atlas, event.evidence, lang),
        class_="mc-meta",
    )
    return str(line)


def _place(atlas: Atlas, event: Event, lang: str) -> str:
    """Name the place as it is resolved and as it is printed, with its part in the event."""
    spoken = words_for(atlas, lang)
    name = event.place.name if event.place else ""
    printed = event.place_as_printed
    place = name or printed
    if name and printed and printed != name:
        place = spoken.t("ui.card.place_printed", name=name, printed=printed)
    if place and event.place_role:
        role = said(spoken, "ui.place_role", event.place_role)
        return spoken.t("ui.card.place_role", place=place, role=role)
    return place
