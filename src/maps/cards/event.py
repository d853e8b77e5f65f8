"""The card of an event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from markupsafe import Markup

from maps.atlas.model import Atlas, Event
from maps.cards.accounts import chains_part, dates_part, event_accounts, findings
from maps.cards.citing import chip, citations, contested_badge, notes, said
from maps.cards.glossary import explained
from maps.cards.links import brief, id_mark, linked
from maps.cards.markup import Child, element, facts, folded, share_link, together
from maps.words.i18n import Texts, texts, words_for
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
    head = _head(atlas, event, lang, heading, links=not folded_away)
    below = "h2" if heading == "h1" else "h4"
    rest = (
        *_told(atlas, event, lang, told, figure=figure, below=below),
        dates_part(atlas, event, lang, heading=below),
        *_facts_of(atlas, event, lang, told, kept),
    )
    if folded_away:
        card = element("details", element("summary", *head), *rest, class_="mc-card mc-short",
                       data_event=event.id)  # fmt: skip
    else:
        card = element("article", *head, *rest, class_="mc-card", data_event=event.id)
    return str(card)


def event_told(atlas: Atlas, event: Event, lang: str, told: Collection[str] = ()) -> str:
    """Show the first part of the card: what happened, and who says what."""
    parts = (*_head(atlas, event, lang, "h3"), *_told(atlas, event, lang, told))
    return str(element("article", *parts, class_="mc-card", data_event=event.id))


def event_facts(
    atlas: Atlas,
    event: Event,
    lang: str,
    told: Collection[str] = (),
    kept: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Show what stands in the card below the days: what can be said, facts, sources, notes."""
    parts = _facts_of(atlas, event, lang, told, kept)
    return str(element("section", *parts, class_="mc-card mc-rest"))


def _head(
    atlas: Atlas, event: Event, lang: str, heading: str, *, links: bool = True
) -> tuple[Child, ...]:
    kicker = element(
        "p",
        element("time", when(event.date, words_for(atlas, lang)), title=event.date.edtf),
        f" · {kinds_text(atlas, event)}" if event.kinds else None,
        " ",
        contested_badge(lang, links=links) if event.contested else None,
        class_="mc-kicker",
    )
    return (kicker, element(heading, event.title))


def _told(
    atlas: Atlas,
    event: Event,
    lang: str,
    told: Collection[str],
    *,
    figure: Markup | None = None,
    below: str = "h4",
) -> tuple[Child, ...]:
    happened = brief(atlas, event.description, lang) if event.description else None
    return (figure, happened, event_accounts(atlas, event, lang, told, heading=below))


def _facts_of(
    atlas: Atlas, event: Event, lang: str, told: Collection[str], kept: Mapping[str, str]
) -> tuple[Child, ...]:
    spoken = words_for(atlas, lang)
    cited = together(_cited_line(atlas, event, spoken), citations(atlas, event.citations, lang))
    chains = chains_part(atlas, event, lang, kept)
    own = notes(atlas, event.notes, lang, titled=False)
    return (
        findings(atlas, event, lang, told),
        facts(_facts(atlas, event, lang)),
        folded(spoken.t("ui.accounts.chain"), chains) if chains else None,
        folded(f"{spoken.t('ui.card.sources')} ({len(event.citations)})", cited) if cited else None,
        folded(f"{spoken.t('ui.card.notes')} ({len(event.notes)})", own) if own else None,
        share_link(spoken.t("ui.share.this"), event.id, event=event.id, lang=lang),
    )


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


def _facts(atlas: Atlas, event: Event, lang: str) -> Iterator[tuple[str, Child]]:
    spoken = words_for(atlas, lang)
    yield spoken.t("ui.card.place"), _place(event, spoken)
    named = (region_name(atlas, region_id, lang) for region_id in event.region_ids)
    yield spoken.t("ui.card.regions"), ", ".join(named)
    yield spoken.t("ui.card.actors"), linked(atlas, event.actors, lang)
    certain = event.date_status in ("", "certain")
    yield (
        spoken.t("ui.card.date"),
        (None if certain else said(spoken, "ui.date_status", event.date_status)),
    )
    agree = said(spoken, "ui.corroboration", event.corroboration)
    yield spoken.t("ui.card.corroboration"), linked(atlas, agree, lang)
    mark = chip(atlas, event.evidence, lang)
    layer = said(spoken, "ui.layer", event.layer)
    yield spoken.t("ui.card.evidence"), together(mark, " " if mark else None, layer)
    yield spoken.t("ui.card.remark"), linked(atlas, event.note, lang)


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
        return element(
            "p", explained(spoken.t("ui.card.cited_as"), "printed"), " ", printed, class_="mc-quiet"
        )
    if event.layer == atlas.settings.main_source:
        return element("p", spoken.t("ui.card.no_citation"), class_="mc-quiet")
    return None
