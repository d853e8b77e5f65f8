"""The card of an event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from markupsafe import Markup

from maps.atlas.model import Atlas, Event
from maps.cards.accounts import chains_part, dates_part, event_accounts
from maps.cards.citing import chip, citations, contested_badge, notes, said
from maps.cards.markup import Child, element, facts, together
from maps.words.i18n import Texts, format_edtf, texts, words_for
from maps.words.names import region_name
from maps.words.search import Named
from maps.words.sentences import when


def event_card(
    atlas: Atlas,
    event: Event,
    lang: str,
    *,
    heading: str = "h3",
    told: Collection[str] = (),
    kept: Mapping[str, str] = MappingProxyType({}),
    figure: Markup | None = None,
) -> str:
    """Show all the atlas says of an event, with its sources as printed and resolved.

    ``told`` are contested points that stand above the card already; ``kept`` are
    the parts of the address that its links keep, such as the story under way.
    ``heading`` is the element of its title: ``h1`` where the event is the whole page;
    ``figure`` then shows the map of its day beside the text.
    """
    spoken = words_for(atlas, lang)
    cited = citations(atlas, event.citations, lang)
    card = element(
        "article",
        _kicker(atlas, event, spoken),
        element(heading, event.title),
        figure,
        element("p", event.description, class_="mc-body") if event.description else None,
        facts(_facts(atlas, event, lang)),
        event_accounts(atlas, event, lang, told),
        dates_part(atlas, event, lang),
        chains_part(atlas, event, lang, kept),
        element("h4", spoken.t("ui.card.sources")),
        _cited_line(atlas, event, spoken),
        cited,
        notes(atlas, event.notes, lang),
        class_="mc-card",
        data_event=event.id,
    )
    return str(card)


def kinds_text(atlas: Atlas, event: Event) -> str:
    """Name the kinds of an event."""
    return ", ".join(atlas.kind_names.get(kind, kind) for kind in event.kinds)


def event_meta(atlas: Atlas, event: Event, lang: str, found_by: Iterable[Named] = ()) -> str:
    """Describe an event under its title in a list: kinds, regions, names it was found by, marks."""
    named = [region_name(atlas, region_id, lang) for region_id in event.region_ids]
    shown = ", ".join(named[:4]) + (" …" if len(named) > 4 else "")
    recorded = "" if event.date.is_exact else _recorded(event, lang)
    names = (texts(lang).t("ui.events.found_by", form=n.form, name=n.shown) for n in found_by)
    line = element(
        "p",
        element("span", event.id, class_="mc-id"),
        " ",
        " · ".join(part for part in (kinds_text(atlas, event), shown, recorded, *names) if part),
        " ",
        contested_badge(lang) if event.contested else None,
        chip(atlas, event.evidence, lang),
        class_="mc-meta",
    )
    return str(line)


def _recorded(event: Event, lang: str) -> str:
    return texts(lang).t("ui.events.recorded", recorded=format_edtf(event.date.edtf, lang))


def _kicker(atlas: Atlas, event: Event, spoken: Texts) -> Markup:
    return element(
        "p",
        element("time", when(event.date, spoken), title=event.date.edtf),
        f" · {kinds_text(atlas, event)}" if event.kinds else None,
        " ",
        contested_badge(spoken.lang) if event.contested else None,
        class_="mc-kicker",
    )


def _facts(atlas: Atlas, event: Event, lang: str) -> Iterator[tuple[str, Child]]:
    spoken = words_for(atlas, lang)
    yield spoken.t("ui.card.place"), _place(event, spoken)
    named = (region_name(atlas, region_id, lang) for region_id in event.region_ids)
    yield spoken.t("ui.card.regions"), ", ".join(named)
    yield spoken.t("ui.card.actors"), event.actors
    certain = event.date_status in ("", "certain")
    yield (
        spoken.t("ui.card.date"),
        (None if certain else said(spoken, "ui.date_status", event.date_status)),
    )
    yield spoken.t("ui.card.corroboration"), event.corroboration
    mark = chip(atlas, event.evidence, lang)
    layer = said(spoken, "ui.layer", event.layer)
    yield spoken.t("ui.card.evidence"), together(mark, " " if mark else None, layer)
    yield spoken.t("ui.card.remark"), event.note


def _place(event: Event, spoken: Texts) -> str:
    name = event.place.name if event.place else ""
    printed = event.place_as_printed
    place = name or printed
    if name and printed and printed != name:
        place = spoken.t("ui.card.place_printed", name=name, printed=printed)
    if place and event.place_role:
        role = said(spoken, "ui.place_role", event.place_role)
        return spoken.t("ui.card.place_role", place=place, role=role)
    return place


def _cited_line(atlas: Atlas, event: Event, spoken: Texts) -> Markup | None:
    """Show what the main source prints for the whole event, or that it prints nothing."""
    if event.cited_as_printed:
        printed = element("span", event.cited_as_printed, class_="mc-printed")
        return element("p", spoken.t("ui.card.cited_as"), " ", printed, class_="mc-quiet")
    if event.layer == atlas.settings.main_source:
        return element("p", spoken.t("ui.card.no_citation"), class_="mc-quiet")
    return None
