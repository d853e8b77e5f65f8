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
from maps.day.index import index_of
from maps.looks.paint import holding_look
from maps.words.date_formats import format_day_of
from maps.words.i18n import Texts, format_number, texts, words_for
from maps.words.names import kind_text, named_again, region_name
from maps.words.sentences import from_to, speaks_of_later

_STATED = ("certain", "")


def region_card(atlas: Atlas, region: Region, day: Date, lang: str, perspective: str = "") -> str:
    """Show a region: names side by side, its lines and its status on a day, each with a teller.

    With a perspective the legal status stands first: what that teller, or all of
    them, say of it.
    """
    spoken = texts(lang)
    written = format_day_of(atlas, day, lang)
    heading = spoken.t("ui.card.status_on", day=written)
    stated = together(
        *(_status(atlas, region, status, lang) for status in statuses_on(atlas, region, day))
    ) or element("p", spoken.t("ui.card.no_status"), class_="mc-quiet")
    lines = together(
        *(
            _line(atlas, boundary, lang)
            for boundary in atlas.boundaries
            if boundary.region_id == region.id and day in boundary.span
        )
    ) or element("p", spoken.t("ui.card.no_line"), class_="mc-quiet")
    law: tuple[Markup, ...] = ()
    if perspective:
        said_on = element("h4", spoken.t("ui.accounts.law", day=written))
        law = (said_on, law_part(atlas, region, day, lang, perspective))
    card = element(
        "article",
        element("p", kind_text(atlas, region), class_="mc-kicker"),
        element("h3", region.name(lang)),
        _names(atlas, region, spoken),
        facts(_facts(atlas, region, lang)),
        *law,
        folded(heading, stated) if perspective else together(element("h4", heading), stated),
        folded(spoken.t("ui.card.line"), lines),
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
    inside = _background(atlas, by_then, lang)
    return folded(texts(lang).t("ui.regions.background"), inside) if inside else None


def region_background(atlas: Atlas, region: Region, lang: str) -> str:
    """Show what is said of a region on no day in particular: by the main source, in notes."""
    card = element(
        "article",
        element("p", kind_text(atlas, region), class_="mc-kicker"),
        facts(_facts(atlas, region, lang)),
        _background(atlas, region, lang),
        class_="mc-card",
        data_region=region.id,
    )
    return str(card)


def statuses_on(atlas: Atlas, region: Region, day: Date) -> tuple[Status, ...]:
    """Select the statements that count for a region on a day, by dimension.

    Control is said of the region or of what it is part of (docs/data-model.md);
    the other dimensions of the region itself.
    """
    own = index_of(atlas).statuses_of.get(region.id, ())
    other = (status for status in own if day in status.span and status.dimension != CONTROL)
    counting = (*control_of(atlas, region.id, day).statuses, *other)
    return tuple(sorted(counting, key=lambda status: DIMENSIONS.index(status.dimension)))


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


def _status(atlas: Atlas, region: Region, status: Status, lang: str) -> Markup:
    spoken = texts(lang)
    teller, polity = named_again(atlas, status.perspective_id), atlas.polities.get(status.polity_id)
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
            together(swatch(holding_look(atlas, Holding(status.dimension, polity.id))),
                     element("b", polity.name))
            if polity
            else element("span", spoken.t("ui.card.no_polity"), class_="mc-quiet"),
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


def _background(atlas: Atlas, region: Region, lang: str) -> Markup:
    """Show what the main source says of a region, our remarks and notes, and the sources."""
    spoken = words_for(atlas, lang)
    told = (
        (spoken.t("ui.card.source_says"), linked(atlas, region.source_says, lang)),
        (spoken.t("ui.card.administration"), linked(atlas, region.administration, lang)),
        (spoken.t("ui.card.remark"), linked(atlas, region.note, lang)),
    )
    sources = sources_fold(atlas, region.citations, lang)
    return together(facts(told), notes(atlas, region.notes, lang), sources)
