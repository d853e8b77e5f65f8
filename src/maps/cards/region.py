"""The card of a region on one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from maps.atlas.model import (
    CONTROL,
    DIMENSIONS,
    Atlas,
    Boundary,
    Date,
    Name,
    Region,
    Status,
)
from maps.cards.accounts import law_part
from maps.cards.citing import chip, contested_badge, notes, said, sources_fold
from maps.cards.glossary import explained
from maps.cards.links import brief, linked, remark
from maps.cards.markup import Child, element, facts, folded, swatch, together
from maps.day.areas import area_km2
from maps.day.control import Holding, control_of
from maps.looks.paint import holding_look
from maps.words.i18n import Texts, format_day_of, format_number, texts, words_for
from maps.words.names import kind_text, named_again, region_name
from maps.words.sentences import from_to, speaks_of_later

_STATED = ("certain", "")


def region_card(atlas: Atlas, region: Region, day: Date, lang: str, perspective: str = "") -> str:
    """Show a region: names side by side, its lines and its status on a day, each with a teller.

    With a perspective the legal status stands first: what that teller, or all of
    them, say of it.
    """
    spoken = texts(lang)
    heading = spoken.t("ui.card.status_on", day=format_day_of(atlas, day, lang))
    stated = together(*_statuses(atlas, region, day, lang))
    card = element(
        "article",
        element("p", kind_text(atlas, region), class_="mc-kicker"),
        element("h3", region.name(lang)),
        _names(atlas, region, spoken),
        facts(_facts(atlas, region, lang)),
        _law(atlas, region, day, lang, perspective),
        folded(heading, stated) if perspective else together(element("h4", heading), stated),
        folded(spoken.t("ui.card.line"), _lines(atlas, region, day, lang)),
        _later(atlas, region, day, lang),
        class_="mc-card",
        data_region=region.id,
    )
    return str(card)


def _later(atlas: Atlas, region: Region, day: Date, lang: str) -> Markup | None:
    """Show remarks and notes, folded; those that speak of later years only stand in "Regions"."""
    remarks = (region.source_says, region.administration, region.note)
    says, administration, note = ("" if speaks_of_later(t, day) else t for t in remarks)
    by_then = replace(
        region,
        source_says=says,
        administration=administration,
        note=note,
        notes=tuple(note for note in region.notes if not speaks_of_later(note.text, day)),
    )
    told = (
        _own_words(atlas, by_then, lang),
        notes(atlas, by_then.notes, lang),
        sources_fold(atlas, region.citations, lang),
    )
    inside = together(*told)
    return folded(texts(lang).t("ui.regions.background"), inside) if inside else None


def region_background(atlas: Atlas, region: Region, lang: str) -> str:
    """Show what is said of a region on no day in particular: by the main source, in notes."""
    card = element(
        "article",
        element("p", kind_text(atlas, region), class_="mc-kicker"),
        facts(_facts(atlas, region, lang)),
        _own_words(atlas, region, lang),
        notes(atlas, region.notes, lang),
        sources_fold(atlas, region.citations, lang),
        class_="mc-card",
        data_region=region.id,
    )
    return str(card)


def statuses_on(atlas: Atlas, region: Region, day: Date) -> tuple[Status, ...]:
    """Select the statements that count for a region on a day, by dimension.

    Control is said of the region or of what it is part of (docs/data-model.md);
    the other dimensions of the region itself.
    """
    own = [status for status in atlas.statuses if status.region_id == region.id]
    other = [s for s in own if day in s.span and s.dimension != CONTROL]
    counting = (*control_of(atlas, region.id, day).statuses, *other)
    return tuple(sorted(counting, key=lambda status: DIMENSIONS.index(status.dimension)))


def _law(atlas: Atlas, region: Region, day: Date, lang: str, perspective: str) -> Markup | None:
    if not perspective:
        return None
    heading = texts(lang).t("ui.accounts.law", day=format_day_of(atlas, day, lang))
    return together(element("h4", heading), law_part(atlas, region, day, lang, perspective))


def _names(atlas: Atlas, region: Region, spoken: Texts) -> Markup:
    """Give the main name in every name language, all in one size, and the other forms below."""
    main = {code: region.name(code) for code in atlas.settings.name_languages}
    rows = [
        element("div", element("dt", code), element("dd", name, lang=code))
        for code, name in main.items()
    ]
    tellers = {perspective.id: perspective.name for perspective in atlas.perspectives.values()}
    others = [
        _other_name(name, tellers.get(name.used_by) or said(spoken, "ui.used_by", name.used_by))
        for name in region.names
        if not name.is_main
    ]
    return together(
        element("dl", *rows, class_="mc-names"),
        element("ul", *others, class_="mc-other-names") if others else None,
    )


def _other_name(name: Name, used_by: str) -> Markup:
    about = ", ".join(part for part in (name.lang, used_by, name.span_text) if part)
    return element("li", element("span", name.form, lang=name.lang), f" ({about})")


def _facts(atlas: Atlas, region: Region, lang: str) -> Iterator[tuple[str, Child]]:
    spoken = texts(lang)
    if region.part_of:
        whole = region_name(atlas, region.part_of, lang)
        yield spoken.t("ui.card.part_of"), whole
    earlier = ", ".join(region_name(atlas, other, lang) for other in region.predecessors)
    yield spoken.t("ui.card.before"), earlier


def _lines(atlas: Atlas, region: Region, day: Date, lang: str) -> Markup:
    spoken = texts(lang)
    shown = [b for b in atlas.boundaries if b.region_id == region.id and day in b.span]
    if not shown:
        return element("p", spoken.t("ui.card.no_line"), class_="mc-quiet")
    return together(*(_line(atlas, boundary, lang) for boundary in shown))


def _line(atlas: Atlas, boundary: Boundary, lang: str) -> Markup:
    spoken = texts(lang)
    layer = {layer.id: layer.name for layer in atlas.settings.layers}.get(boundary.layer, "")
    area = spoken.t("ui.card.square_km", km2=format_number(area_km2(boundary), lang))
    parts = (layer, area, spoken.t(f"map.precision.{boundary.precision}"))
    origins = [
        atlas.origins[origin].title or origin
        for origin in boundary.origin_ids
        if origin in atlas.origins
    ]
    return element(
        "div",
        element("p", " · ".join(part for part in parts if part), " ",
                contested_badge(lang) if boundary.contested else None),
        element("p", from_to(boundary.start, boundary.end, spoken), class_="mc-quiet"),
        remark(atlas, boundary.note, lang),
        element("p", spoken.t("ui.card.line_origin", origin="; ".join(origins)), class_="mc-quiet")
        if origins
        else None,
        sources_fold(atlas, boundary.citations, lang),
        class_="mc-line-of-map",
    )  # fmt: skip


def _statuses(atlas: Atlas, region: Region, day: Date, lang: str) -> Iterator[Markup]:
    found = statuses_on(atlas, region, day)
    if not found:
        yield element("p", texts(lang).t("ui.card.no_status"), class_="mc-quiet")
    for status in found:
        yield _status(atlas, region, status, lang)


def _status(atlas: Atlas, region: Region, status: Status, lang: str) -> Markup:
    spoken = texts(lang)
    teller = named_again(atlas, status.perspective_id)
    sure = None if status.certainty in _STATED else said(spoken, "ui.certainty", status.certainty)
    span = from_to(status.start, status.end, spoken)
    place = spoken.t("ui.card.said_of", region=region_name(atlas, status.region_id, lang))
    return element(
        "div",
        element(
            "p",
            explained(spoken.t(f"dimension.{status.dimension}"), "dimension",
                      class_="mc-dimension"),
            " ",
            _polity(atlas, status, spoken),
            class_="mc-status-head",
        ),
        brief(atlas, status.text, lang),
        element(
            "p",
            spoken.t("ui.card.according_to", teller=teller),
            f" · {sure}" if sure else None,
            " ",
            chip(atlas, status.evidence, lang),
            class_="mc-teller",
        ),
        element("p", span, f" · {place}" if status.region_id != region.id else None,
                class_="mc-quiet"),
        remark(atlas, status.note, lang),
        sources_fold(atlas, status.citations, lang),
        class_="mc-status",
        data_dimension=status.dimension,
    )  # fmt: skip


def _polity(atlas: Atlas, status: Status, spoken: Texts) -> Markup:
    polity = atlas.polities.get(status.polity_id)
    if polity is None:
        return element("span", spoken.t("ui.card.no_polity"), class_="mc-quiet")
    look = holding_look(atlas, Holding(status.dimension, polity.id))
    return together(swatch(look), element("b", polity.name))


def _own_words(atlas: Atlas, region: Region, lang: str) -> Markup | None:
    spoken = words_for(atlas, lang)
    return facts(
        (
            (spoken.t("ui.card.source_says"), linked(atlas, region.source_says, lang)),
            (spoken.t("ui.card.administration"), linked(atlas, region.administration, lang)),
            (spoken.t("ui.card.remark"), linked(atlas, region.note, lang)),
        )
    )
