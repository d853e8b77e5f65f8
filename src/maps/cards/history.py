"""The history of a region: a band a teller and dimension, a bar a statement, and a table of them.

Made of plain elements and not drawn by a script: each bar is a link to the row
of the table that cites it, with the textures of the map, and is read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from maps.atlas.model import Atlas, Date, Region, Timespan
from maps.cards.bars import Bar, Frame, Row, rows_in, year_marks
from maps.cards.citing import chip, citations, said
from maps.cards.glossary import explained
from maps.cards.links import linked, remark
from maps.cards.markup import Child, element, folded, row, swatch, table, together
from maps.day.history import Band, Stretch, claims_in, key_of
from maps.day.law import Claim
from maps.looks.paint import holding_entry, holding_look, in_order
from maps.looks.texture import OUTLINE, Look
from maps.words.cite import located_text
from maps.words.date_formats import format_day_of, format_year
from maps.words.i18n import Texts, texts
from maps.words.names import named_again, region_name
from maps.words.sentences import from_to

_LANE_PX = 28
_LETTER, _LEADER = 0.62, 2.2  # percent of the width, at a desk
_LONGEST = 26  # letters of a name beside a bar
_COLUMNS = ("span", "dimension", "polity", "teller", "certainty", "text", "sources")


def history_chart(
    atlas: Atlas, region: Region, bands: Sequence[Band], frame: Frame, *, day: Date, lang: str
) -> str:
    """Draw what each teller says of a region over the days of a frame; the day is a rule."""
    spoken = texts(lang)

    def label_width(stretch: Stretch) -> float:
        return _LEADER + _LETTER * min(len(_polity(atlas, stretch.claim, spoken)), _LONGEST)

    rows = rows_in(bands, frame, label_width)
    if not rows:
        return str(element("p", spoken.t("ui.regions.nothing_in_years"), class_="mc-quiet"))
    chart = element(
        "div",
        element("div", *_rules(atlas, frame, day, lang), class_="mc-grid"),
        _years(frame, lang),
        *(_row(atlas, region, row, lang) for row in rows),
        _years(frame, lang),
        class_="mc-history",
        role="group",
        aria_label=spoken.t("ui.regions.chart", region=region.name(lang)),
        data_region=region.id,
    )
    return str(together(chart, _legend(atlas, rows, spoken)))


def history_table(atlas: Atlas, region: Region, bands: Iterable[Band], lang: str) -> str:
    """Give every statement of the chart with its full citations, folded.

    Each stands once, in order of their first day.
    """
    spoken = texts(lang)
    headings = [spoken.t(f"ui.regions.column_{name}") for name in _COLUMNS]
    of_claim: dict[str, list[Stretch]] = {}
    stretches = (stretch for band in bands for stretch in band.stretches)
    for stretch in sorted(stretches, key=lambda stretch: stretch.span.start):
        of_claim.setdefault(_anchor(stretch.claim), []).append(stretch)
    rows = [
        row(headings, _cells(atlas, region, found, lang), id=anchor, class_="mc-statement",
            data_status=found[0].claim.status.id, data_stance=found[0].claim.stance)
        for anchor, found in of_claim.items()
    ]  # fmt: skip
    label = spoken.t("ui.regions.all_statements", count=len(of_claim))
    shown = table(headings, rows, label=spoken.t("ui.regions.table"), stacked=True)
    return str(folded(label, shown))


def _rules(atlas: Atlas, frame: Frame, day: Date, lang: str) -> Iterable[Markup]:
    for _, left in year_marks(frame):
        yield element("span", class_="mc-tick", style=_at(left), aria_hidden="true")
    if frame.first <= day <= frame.last:
        place = frame.place(day)
        side = "mc-today mc-leftwards" if place > 50 else "mc-today"
        written = element("span", format_day_of(atlas, day, lang))
        yield element("span", written, class_=side, style=_at(place))


def _years(frame: Frame, lang: str) -> Markup:
    marks = (
        element("span", format_year(year, lang), style=_at(left))
        for year, left in year_marks(frame)
        if left < 98
    )
    return element("div", *marks, class_="mc-years", aria_hidden="true")


def _at(left: float) -> str:
    return f"left:{left:.3f}%"


def _row(atlas: Atlas, region: Region, row: Row, lang: str) -> Markup:
    teller = named_again(atlas, row.band.perspective_id)
    dimension = texts(lang).t(f"map.dimension.{row.band.dimension}")
    bars = (
        element(
            "li",
            _bar(atlas, region, row, bar, lang),
            style=f"{_at(bar.left)};width:{bar.width:.3f}%;top:{bar.lane * _LANE_PX}px",
            class_="mc-leftwards" if bar.left > 50 else "",
        )
        for bar in row.bars
    )
    return element(
        "section",
        element(
            "h3",
            element("span", teller, class_="mc-teller"),
            " ",
            explained(dimension, "dimension", class_="mc-dimension"),
        ),
        element("ul", *bars, class_="mc-lanes", style=f"height:{row.lanes * _LANE_PX}px"),
        class_="mc-band",
        data_perspective=row.band.perspective_id,
        data_dimension=row.band.dimension,
    )


def _bar(atlas: Atlas, region: Region, row: Row, bar: Bar, lang: str) -> Markup:
    claim = bar.stretch.claim
    name = _polity(atlas, claim, texts(lang))
    lines = _told(atlas, region, row, claim, lang)
    beside = f" mc-beside-{bar.beside}" if bar.beside else ""
    more = (element("span", line) for line in lines)
    return element(
        "a",
        element("span", name, class_=f"mc-bar-name{beside}"),
        element("span", element("b", name), *more, class_="mc-tip", aria_hidden="true"),
        href=f"#{_anchor(claim)}",
        target="_self",
        class_="mc-bar",
        aria_label=". ".join((name, *(line.rstrip(".") for line in lines))),
        data_status=claim.status.id,
        data_stance=claim.stance,
        data_certainty=claim.status.certainty,
        data_begins=None if bar.begins else "before",
        data_ends=None if bar.ends else "after",
        style=f"background:{_look(atlas, claim).css}",
    )


def _told(atlas: Atlas, region: Region, row: Row, claim: Claim, lang: str) -> list[str]:
    """Say what a bar stands for, line by line: text, days, teller, certainty, sources."""
    spoken = texts(lang)
    status = claim.status
    own = [stretch for stretch in row.band.stretches if stretch.claim == claim]
    teller = spoken.t("ui.card.according_to", teller=named_again(atlas, claim.perspective_id))
    cited = (located_text(each, lang) for each in claim.told.citations)
    sources = "; ".join(dict.fromkeys(cited))
    lines = (
        claim.told.text,
        from_to(status.start, status.end, spoken),
        _counting(atlas, own, spoken, lang),
        f"{teller} · {said(spoken, 'ui.certainty', status.certainty)}",
        _place(atlas, claim, region, lang),
        spoken.t("ui.regions.sources", sources=sources),
    )
    return [line for line in lines if line]


def _legend(atlas: Atlas, rows: Sequence[Row], spoken: Texts) -> Markup:
    """Explain the looks in use, then what the edge of a bar says."""
    claims = claims_in([row.band for row in rows])
    held = dict.fromkeys(claim.holding for claim in claims if claim.holding)
    entries = in_order(holding_entry(atlas, each, spoken.lang) for each in held)
    items = [element("li", swatch(entry.look), entry.label) for entry in entries]
    if any(claim.holding is None for claim in claims):
        items.append(element("li", swatch(OUTLINE), spoken.t("ui.regions.no_colour")))
    for certainty in ("contested", "approximate"):
        if any(claim.status.certainty == certainty for claim in claims):
            edge = element("span", class_="mc-edge", aria_hidden="true", data_certainty=certainty)
            items.append(element("li", edge, spoken.t(f"ui.regions.edge_{certainty}")))
    return element("ul", *items, class_="mc-paints")


def _cells(
    atlas: Atlas, region: Region, stretches: Sequence[Stretch], lang: str
) -> tuple[Child, ...]:
    spoken = texts(lang)
    claim = stretches[0].claim
    status, told = claim.status, claim.told
    about = (
        _place(atlas, claim, region, lang),
        _counting(atlas, stretches, spoken, lang),
        told.note or status.note,
    )
    shut = element("a", "×", href="#mc-none", target="_self", class_="mc-shut",
                   aria_label=spoken.t("ui.close"))  # fmt: skip
    text = element("p", linked(atlas, told.text, lang), " ", chip(atlas, told.evidence, lang))
    return (
        together(shut, from_to(status.start, status.end, spoken)),
        spoken.t(f"map.dimension.{status.dimension}"),
        together(swatch(_look(atlas, claim)), _polity(atlas, claim, spoken)),
        named_again(atlas, claim.perspective_id),
        said(spoken, "ui.certainty", status.certainty),
        together(text, *(remark(atlas, line, lang) for line in about)),
        citations(atlas, told.citations, lang),
    )


def _anchor(claim: Claim) -> str:
    """Give the id of a claim's row in the table."""
    return f"statement-{key_of(claim)}"


def _polity(atlas: Atlas, claim: Claim, spoken: Texts) -> str:
    """Name whom a claim is about, and say where its teller says otherwise, or in part."""
    polity = atlas.polities.get(claim.status.polity_id)
    name = polity.name if polity else spoken.t("ui.card.no_polity")
    if claim.stance == "says":
        return name
    stance = spoken.t(f"map.stance.{claim.stance}")
    return spoken.t("ui.regions.with_stance", polity=name, stance=stance)


def _place(atlas: Atlas, claim: Claim, region: Region, lang: str) -> str:
    """Say of which region a claim is made; empty where it is the region itself."""
    if claim.status.region_id == region.id:
        return ""
    name = region_name(atlas, claim.status.region_id, lang)
    return texts(lang).t("ui.card.said_of", region=name)


def _counting(atlas: Atlas, stretches: Sequence[Stretch], spoken: Texts, lang: str) -> str:
    """Say on which days a claim counts, where they are not all of its statement's days."""

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
