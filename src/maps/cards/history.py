"""The history of a region: a band a teller and dimension, a bar a statement, and a table of them.

Made of plain elements and not drawn by a script: each bar is a link to the row
of the table that cites it, with the textures of the map, and is read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from markupsafe import Markup

from maps.atlas.model import Atlas, Date, Region, Timespan
from maps.cards.bars import Frame, rows_in, year_marks
from maps.cards.citing import filled, said
from maps.cards.markup import element
from maps.day.history import Band, Stretch, claims_in, key_of
from maps.day.index import grouped
from maps.day.law import Claim
from maps.looks.paint import holding_entry, holding_look, in_order
from maps.looks.texture import OUTLINE, Look
from maps.words.cite import located_text
from maps.words.date_formats import format_day_of
from maps.words.i18n import Texts, texts
from maps.words.names import named_again, region_name
from maps.words.sentences import from_to

_LETTER, _LEADER = 0.62, 2.2  # percent of the width, at a desk
_COLUMNS = ("span", "dimension", "polity", "teller", "certainty", "text", "sources")
_LONGEST = 26  # letters of a name beside a bar


def history_chart(
    atlas: Atlas, region: Region, bands: Sequence[Band], frame: Frame, *, day: Date, lang: str
) -> Markup:
    """Draw what each teller says of a region over the days of a frame; the day is a rule."""
    spoken = texts(lang)

    def label_width(stretch: Stretch) -> float:
        return _LEADER + _LETTER * min(len(_polity(atlas, stretch.claim, spoken)), _LONGEST)

    rows = rows_in(bands, frame, label_width)
    if not rows:
        return element("p", spoken.t("ui.regions.nothing_in_years"), class_="mc-quiet")
    claims = claims_in(row.band for row in rows)
    held = dict.fromkeys(claim.holding for claim in claims if claim.holding)
    certainties = {claim.status.certainty for claim in claims}
    return filled(
        "history",
        atlas,
        lang,
        region=region,
        rows=rows,
        marks=year_marks(frame),
        day=day,
        today=frame.place(day) if frame.first <= day <= frame.last else None,
        lines_of=partial(_lines, atlas, region, lang),
        key_of=key_of,
        look=partial(_look, atlas),
        entries=in_order(holding_entry(atlas, each, lang) for each in held),
        uncoloured=OUTLINE if any(claim.holding is None for claim in claims) else None,
        edges=[each for each in ("contested", "approximate") if each in certainties],
    )


def history_table(atlas: Atlas, region: Region, bands: Iterable[Band], lang: str) -> Markup:
    """Give every statement of the chart with its full citations, folded.

    Each stands once, in order of their first day.
    """
    spoken = texts(lang)
    stretches = (stretch for band in bands for stretch in band.stretches)
    by_day = sorted(stretches, key=lambda stretch: stretch.span.start)
    return filled(
        "history_table",
        atlas,
        lang,
        columns={name: spoken.t(f"ui.regions.column_{name}") for name in _COLUMNS},
        of_claim=grouped(by_day, lambda stretch: key_of(stretch.claim)),
        look=partial(_look, atlas),
        polity=partial(_polity, atlas, spoken=spoken),
        place=partial(_place, atlas, region, lang=lang),
        counting=partial(_counting, atlas, lang=lang),
    )


def _lines(atlas: Atlas, region: Region, lang: str, band: Band, claim: Claim) -> list[str]:
    """Say what a bar stands for: polity, text, days, teller, certainty, sources."""
    spoken = texts(lang)
    status = claim.status
    own = [stretch for stretch in band.stretches if stretch.claim == claim]
    teller = spoken.t("ui.card.according_to", teller=named_again(atlas, claim.perspective_id))
    sources = "; ".join(dict.fromkeys(located_text(each, lang) for each in claim.told.citations))
    lines = (
        _polity(atlas, claim, spoken),
        claim.told.text,
        from_to(status.start, status.end, spoken),
        _counting(atlas, own, lang),
        f"{teller} · {said(spoken, 'ui.certainty', status.certainty)}",
        _place(atlas, region, claim, lang),
        spoken.t("ui.regions.sources", sources=sources),
    )
    return [line for line in lines if line]


def _polity(atlas: Atlas, claim: Claim, spoken: Texts) -> str:
    """Name whom a claim is about, and say where its teller says otherwise, or in part."""
    polity = atlas.polities.get(claim.status.polity_id)
    name = polity.name if polity else spoken.t("ui.card.no_polity")
    if claim.stance == "says":
        return name
    stance = spoken.t(f"map.stance.{claim.stance}")
    return spoken.t("ui.regions.with_stance", polity=name, stance=stance)


def _place(atlas: Atlas, region: Region, claim: Claim, lang: str) -> str:
    """Say of which region a claim is made; empty where it is the region itself."""
    if claim.status.region_id == region.id:
        return ""
    name = region_name(atlas, claim.status.region_id, lang)
    return texts(lang).t("ui.card.said_of", region=name)


def _counting(atlas: Atlas, stretches: Sequence[Stretch], lang: str) -> str:
    """Say on which days a claim counts, where they are not all of its statement's days."""
    spoken = texts(lang)

    def written(span: Timespan) -> str:
        start = format_day_of(atlas, span.start, lang)
        if span.end is None:
            return spoken.t("map.since", start=start)
        return spoken.t("map.from_to", start=start, end=format_day_of(atlas, span.end, lang))

    claim = stretches[0].claim
    spans = [stretch.span for stretch in stretches]
    parts = []
    if claim.span != claim.status.span:
        parts.append(spoken.t("ui.regions.speaks_of", days=written(claim.span)))
    if spans != [claim.span]:
        parts.append(spoken.t("ui.regions.counts", days="; ".join(map(written, spans))))
    return "; ".join(parts)


def _look(atlas: Atlas, claim: Claim) -> Look:
    """Give the look of a claim; no polity, or one said only in part, has no colour."""
    return holding_look(atlas, claim.holding) if claim.holding else OUTLINE
