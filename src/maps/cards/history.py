"""The history of a region as a chart: a band a teller and dimension, a bar a statement.

Made of plain elements and not drawn by a script: each bar is a link to the row
of the table that cites it, with the textures of the map, and is read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from maps.atlas.model import Atlas, Date, Region
from maps.cards.bars import Bar, Frame, Row, rows_in, year_marks
from maps.cards.glossary import explained
from maps.cards.markup import element, folded, together
from maps.cards.statements import (
    anchor_of,
    certainty_text,
    claim_text,
    counting_text,
    look_of,
    place_text,
    polity_text,
    sources_text,
    statements_table,
)
from maps.cards.swatch import swatch
from maps.day.history import Band, claims_in
from maps.day.law import Claim
from maps.looks.legend import in_order
from maps.looks.paint import holding_entry
from maps.looks.texture import OUTLINE
from maps.words.i18n import Texts, format_day, format_year, texts
from maps.words.names import named_again
from maps.words.sentences import from_to

_LANE_PX = 28
_LETTER, _LEADER = 0.62, 2.2  # percent of the width, at a desk
_LONGEST = 26  # letters of a name beside a bar


def history_chart(
    atlas: Atlas, region: Region, bands: Sequence[Band], frame: Frame, *, day: Date, lang: str
) -> str:
    """Draw what each teller says of a region over the days of a frame; the day is a rule."""
    spoken = texts(lang)
    rows = rows_in(bands, frame, lambda s: _label_width(polity_text(atlas, s.claim, spoken)))
    if not rows:
        return str(element("p", spoken.t("ui.regions.nothing_in_years"), class_="mc-quiet"))
    chart = element(
        "div",
        element("div", *_rules(frame, day, lang), class_="mc-grid"),
        _years(frame, lang),
        *(_row(atlas, region, row, lang) for row in rows),
        _years(frame, lang),
        class_="mc-history",
        role="group",
        aria_label=spoken.t("ui.regions.chart", region=region.name(lang)),
        data_region=region.id,
    )
    return str(together(chart, _legend(atlas, rows, spoken)))


def _label_width(name: str) -> float:
    return _LEADER + _LETTER * min(len(name), _LONGEST)


def history_table(atlas: Atlas, region: Region, bands: Iterable[Band], lang: str) -> str:
    """Give every statement of the chart with its full citations, folded."""
    stretches = [stretch for band in bands for stretch in band.stretches]
    count = len({anchor_of(stretch.claim) for stretch in stretches})
    label = texts(lang).t("ui.regions.all_statements", count=count)
    return str(folded(label, statements_table(atlas, region, stretches, lang)))


def _rules(frame: Frame, day: Date, lang: str) -> Iterable[Markup]:
    for _, left in year_marks(frame):
        yield element("span", class_="mc-tick", style=_at(left), aria_hidden="true")
    if frame.first <= day <= frame.last:
        place = frame.place(day)
        side = "mc-today mc-leftwards" if place > 50 else "mc-today"
        written = element("span", format_day(day, lang))
        yield element("span", written, class_=side, style=_at(place))


def _years(frame: Frame, lang: str) -> Markup:
    marks = (
        element("span", format_year(year, lang), style=_at(left))
        for year, left in year_marks(frame)
        if left < 98
    )
    return element("div", *marks, class_="mc-years", aria_hidden="true")


def _row(atlas: Atlas, region: Region, row: Row, lang: str) -> Markup:
    spoken = texts(lang)
    teller = named_again(atlas, row.band.perspective_id)
    dimension = spoken.t(f"map.dimension.{row.band.dimension}")
    bars = (element("li", _bar(atlas, region, row, bar, lang), **_place(bar)) for bar in row.bars)
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
    spoken = texts(lang)
    claim = bar.stretch.claim
    name = polity_text(atlas, claim, spoken)
    lines = _told(atlas, region, row, claim, lang)
    beside = f" mc-beside-{bar.beside}" if bar.beside else ""
    shown = element("span", name, class_=f"mc-bar-name{beside}")
    more = (element("span", line) for line in lines)
    return element(
        "a",
        shown,
        element("span", element("b", name), *more, class_="mc-tip", aria_hidden="true"),
        href=f"#{anchor_of(claim)}",
        target="_self",
        class_="mc-bar",
        aria_label=". ".join((name, *(line.rstrip(".") for line in lines))),
        data_status=claim.status.id,
        data_stance=claim.stance,
        data_certainty=claim.status.certainty,
        data_begins=None if bar.begins else "before",
        data_ends=None if bar.ends else "after",
        style=f"background:{look_of(atlas, claim).css}",
    )


def _told(atlas: Atlas, region: Region, row: Row, claim: Claim, lang: str) -> list[str]:
    """Say what a bar stands for, line by line: text, days, teller, certainty, sources."""
    spoken = texts(lang)
    status = claim.status
    own = [stretch for stretch in row.band.stretches if stretch.claim == claim]
    teller = spoken.t("ui.card.according_to", teller=named_again(atlas, claim.perspective_id))
    lines = (
        claim_text(claim),
        from_to(status.start, status.end, spoken),
        counting_text(own, lang),
        f"{teller} · {certainty_text(claim, spoken)}",
        place_text(atlas, claim, region, lang),
        spoken.t("ui.regions.sources", sources=sources_text(claim, lang)),
    )
    return [line for line in lines if line]


def _place(bar: Bar) -> dict[str, str]:
    at = f"left:{bar.left:.3f}%;width:{bar.width:.3f}%;top:{bar.lane * _LANE_PX}px"
    return {"style": at, "class_": "mc-leftwards" if bar.left > 50 else ""}


def _at(left: float) -> str:
    return f"left:{left:.3f}%"


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
