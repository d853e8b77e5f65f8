"""The chart of areas over time, as a Vega-Lite specification of plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from maps.atlas.model import NOT_KNOWN, Atlas, Date
from maps.cards.bars import Frame
from maps.day.areas import AreaRow
from maps.day.figures import PublishedArea
from maps.day.timeline import round_years
from maps.looks import style
from maps.words.date_formats import format_day_of, format_year
from maps.words.i18n import Texts, format_number, texts
from maps.words.names import holder_name, region_name

Spec = dict[str, Any]
_FONT = "Source Sans, Source Sans Pro, sans-serif"
_NAMED, _ROOM_PX = 0.04, 560  # shares of the chart from which a line is named, and its width
# What only draws is not read out: the boxes over the steps say it in words.
_SILENT: Spec = {"tooltip": None, "aria": False}
_HALO: Spec = {
    "stroke": style.HALO, "strokeWidth": 4, "strokeJoin": "round", "strokeOpacity": 0.85,
}  # fmt: skip
_AXIS = {"labelColor": style.MUTED_INK, "titleColor": style.MUTED_INK, "domainColor": style.INK,
         "tickColor": "#b8ad98", "gridColor": "#ddd3c0", "labelFont": _FONT, "titleFont": _FONT,
         "labelFontSize": 12.5, "titleFontSize": 12.5, "titleFontWeight": "normal"}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Days on which a polity's area stays the same; ``run`` counts its spells of holding any."""

    row: AreaRow
    end: Date
    run: int


def steps_of(rows: Sequence[AreaRow], last_day: Date) -> tuple[Step, ...]:
    """Give each row of one dimension the day it holds until; rows of zeros are left out."""
    days = sorted({row.day for row in rows})
    ends = dict(zip(days, [*days[1:], last_day + 1], strict=True))
    before: dict[str, Step] = {}
    steps = []
    for row in rows:
        if row.km2_high <= 0:
            continue
        held = before.get(row.polity_id)
        run = 0 if held is None else held.run + (held.end != row.day)
        before[row.polity_id] = Step(row, ends[row.day], run)
        steps.append(before[row.polity_id])
    return tuple(steps)


def area_chart(
    atlas: Atlas,
    rows: Sequence[AreaRow],
    published: Iterable[PublishedArea],
    frame: Frame,
    *,
    day: Date,
    lang: str,
) -> Spec:
    """Draw the areas of one dimension as steps, a colour a polity.

    The line is the area as drawn, or two where statements differ, with the area
    between them filled; the paler band is the likely range. Published areas
    are dashed lines with their numbers. The day is a rule.
    """
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415

    spoken = texts(lang)
    dimension = spoken.t(f"map.dimension.{rows[0].dimension}") if rows else ""
    steps = steps_of(rows, atlas.settings.last_day)
    points = [point for step in steps for point in _points(atlas, step)]
    ranged = all(row.km2_likely_low is not None for row in rows)
    day_rule = {"type": "rule", "color": "#7a3b2e", "strokeWidth": 1.5, "clip": True, **_SILENT}
    layers = [
        *([_band(points, "likely_low", "likely_high", 0.3)] if ranged else []),
        _band(points, "low", "high", 0.5),
        _line(points, "low", width=1.2),
        _line(points, "high", width=2.2),
        *_published(atlas, published, frame, spoken),
        *_named(atlas, steps, frame, lang),
        _layer([{"day": _moment(day)}], day_rule, x="day", y={"value": 0}, y2={"value": "height"}),
        _hover([_span(atlas, step, spoken) for step in steps], spoken),
    ]
    # Vega writes numbers as the language does.
    number = {
        "decimal": get_decimal_symbol(spoken.lang),
        "thousands": get_group_symbol(spoken.lang),
        "grouping": [3],
        "currency": ["", ""],
    }
    return {
        "description": spoken.t("ui.areas.chart", dimension=dimension),
        "usermeta": {"embedOptions": {"renderer": "svg", "actions": False}},
        "height": 360,
        "background": "transparent",
        "padding": {"left": 0, "right": 8, "top": 6, "bottom": 0},
        "config": {"view": {"stroke": None}, "axis": _AXIS, "font": _FONT,
                   "locale": {"number": number}},
        "encoding": {
            "x": _axis_of_days(frame, lang),
            "y": {
                "type": "quantitative",
                "axis": {"title": spoken.t("ui.areas.km2"), "format": ",d", "tickCount": 6,
                         "titleAngle": 0, "titleAlign": "left", "titleY": -12, "titleX": 0,
                         "domain": False},
            },
        },
        "layer": layers,
    }  # fmt: skip


def _axis_of_days(frame: Frame, lang: str) -> Spec:
    domain = [_moment(frame.first), _moment(frame.last + 1)]
    axis: Spec = {"title": None, "format": "%Y", "grid": False, "tickCount": 10,
                  "labelOverlap": True, "labelFlush": True}  # fmt: skip
    if frame.first.year < 1:
        year = "utcyear(datum.value)"
        before = format_year(-2344, lang).replace("2345", f"' + (1 - {year}) + '")
        axis["values"] = [_moment(day) for day in round_years(frame.first, frame.last, 12)]
        axis["labelExpr"] = f"{year} > 0 ? '' + {year} : '{before}'"
    scale = {"type": "utc", "domain": domain, "nice": False}
    return {"type": "temporal", "scale": scale, "axis": axis}


def area_colours(atlas: Atlas, polity_id: str, dimension: str) -> tuple[str, str]:
    """Give the colours of an area and of its line: the tone of the map, without its texture."""
    if polity_id == NOT_KNOWN:
        return style.NEUTRAL.fill, style.NEUTRAL.stroke
    hue = atlas.polities[polity_id].hue
    return style.dimension_colour(hue, dimension), style.dimension_stroke(hue, dimension)


def _points(atlas: Atlas, step: Step) -> Iterator[Spec]:
    row = step.row
    fill, stroke = area_colours(atlas, row.polity_id, row.dimension)
    # A step holds to its end also where nothing of the polity follows.
    for day in (row.day, step.end):
        yield {
            "polity": row.polity_id,
            "run": f"{row.polity_id} {step.run}",
            "low": row.km2_low,
            "high": row.km2_high,
            "likely_low": row.km2_likely_low,
            "likely_high": row.km2_likely_high,
            "fill": fill,
            "stroke": stroke,
            "day": _moment(day),
        }


def _span(atlas: Atlas, step: Step, spoken: Texts) -> Spec:
    row, last = step.row, min(step.end, atlas.settings.last_day)
    start, end = (format_day_of(atlas, day, spoken.lang) for day in (row.day, last))
    days = spoken.t("map.from_to", start=start, end=end)
    polity = holder_name(atlas, row.polity_id, spoken.lang)
    drawn = range_text(row.km2_low, row.km2_high, spoken)
    return {
        "from": _moment(row.day),
        "to": _moment(step.end),
        "told": f"{polity}, {days}: {drawn}",
        "bottom": row.km2_low if row.km2_likely_low is None else row.km2_likely_low,
        "top": row.km2_high if row.km2_likely_high is None else row.km2_likely_high,
        "polity": polity,
        "days": days,
        "drawn": drawn,
        "likely": between_text(row.km2_likely_low, row.km2_likely_high, spoken),
    }


def range_text(low: float, high: float, spoken: Texts) -> str:
    """Write an area, or the two it lies between, in whole km²."""
    ends = dict.fromkeys(format_number(km2, spoken.lang) for km2 in (low, high))
    return spoken.t("ui.areas.square_km", km2="–".join(ends))


def between_text(low: float | None, high: float | None, spoken: Texts) -> str:
    """Write the edges of a range; that there are none where the atlas gives no offsets."""
    if low is None or high is None:
        return spoken.t("ui.areas.no_bounds")
    return range_text(low, high, spoken)


def _layer(values: list[Spec], mark: Spec, **channels: str | Spec | list[Spec]) -> Spec:
    """Draw values with a mark; a channel is the name of their field, or said in full."""
    encoding = {
        channel: {"field": of} if isinstance(of, str) else of for channel, of in channels.items()
    }
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _nominal(field: str, **more: object) -> Spec:
    return {"field": field, "type": "nominal", **more}


def _band(points: list[Spec], low: str, high: str, opacity: float) -> Spec:
    mark = {"type": "area", "interpolate": "step-after", "opacity": opacity, "clip": True}
    return _layer(points, {**mark, **_SILENT}, x="day", y=low, y2=high,
                  color=_nominal("fill", scale=None), detail=_nominal("run"))  # fmt: skip


def _line(points: list[Spec], field: str, width: float) -> Spec:
    mark = {"type": "line", "interpolate": "step-after", "strokeWidth": width, "clip": True,
            "strokeJoin": "round"}  # fmt: skip
    return _layer(points, {**mark, **_SILENT}, x="day", y=field,
                  color=_nominal("stroke", scale=None), detail=_nominal("run"))  # fmt: skip


def _named(atlas: Atlas, steps: Iterable[Step], frame: Frame, lang: str) -> Iterator[Spec]:
    """Name each polity once, over the longest of its steps in sight, where it is long enough.

    A narrow chart has no room for names; the legend below it has them all.
    """
    longest: dict[str, tuple[Date, Date, Step]] = {}
    for step in steps:
        part = (max(step.row.day, frame.first), min(step.end, frame.last), step)
        held = longest.get(step.row.polity_id)
        if part[1] > part[0] and (held is None or part[1] - part[0] > held[1] - held[0]):
            longest[step.row.polity_id] = part
    labels = [
        {
            "day": _moment(start + (end - start) // 2),
            "km2": step.row.km2_high,
            "text": holder_name(atlas, polity_id, lang),
            "stroke": area_colours(atlas, polity_id, step.row.dimension)[1],
        }
        for polity_id, (start, end, step) in longest.items()
        if (end - start) >= (frame.last - frame.first) * _NAMED
    ]
    where_wide = {"expr": f"width > {_ROOM_PX} ? 1 : 0"}
    mark = {"type": "text", "baseline": "bottom", "dy": -5, "fontSize": 12.5,
            "fontWeight": "bold", "clip": True, "opacity": where_wide}  # fmt: skip
    return _labels(labels, "day", mark, color=_nominal("stroke", scale=None))


def _labels(labels: list[Spec], x: str, mark: Spec, **colour: Spec) -> Iterator[Spec]:
    """Write texts with an edge around their letters, which Vega draws over their faces."""
    for extra in (_HALO, {}):
        whole = {**mark, **_SILENT, **extra}
        yield _layer(labels, whole, x=x, y="km2", text=_nominal("text"), **colour)


def _published(
    atlas: Atlas, published: Iterable[PublishedArea], frame: Frame, spoken: Texts
) -> Iterator[Spec]:
    """Draw the published areas that are in the frame; nothing where there are none."""
    lines, labels = [], []
    for area in published:
        start, end = area.span.start, area.span.end
        if start > frame.last or (end is not None and end <= frame.first):
            continue
        until = _moment(end or atlas.settings.last_day)
        least, most = area.figures[0].value, area.figures[-1].value
        lines += [
            {"from": _moment(start), "to": until, "km2": figure.value} for figure in area.figures
        ]
        said = spoken.t("ui.areas.published", km2=range_text(least, most, spoken))
        region = region_name(atlas, area.region_id, spoken.lang)
        labels.append({"to": until, "km2": most, "text": said, "region": region})
    if not labels:
        return
    rule = {"type": "rule", "strokeDash": [5, 3], "color": style.INK, "clip": True}
    yield _layer(lines, {**rule, **_SILENT}, x="from", x2="to", y="km2")
    mark = {"type": "text", "align": "right", "baseline": "top", "dy": 4, "fontSize": 12.5,
            "color": style.INK}  # fmt: skip
    yield from _labels(labels, "to", mark)


def _hover(spans: list[Spec], spoken: Texts) -> Spec:
    """Lay an unseen box over each step, which tells what it is."""
    box = {"type": "rect", "opacity": 0, "clip": True}
    told = [
        _nominal(name, title=spoken.t(f"ui.areas.column_{name}"))
        for name in ("polity", "days", "drawn", "likely")
    ]
    return _layer(spans, box, x="from", x2="to", y="bottom", y2="top",
                  description=_nominal("told"), tooltip=told)  # fmt: skip


def _moment(day: Date) -> str:
    # ECMAScript writes years before 0 with six digits.
    return f"{day.isoformat().replace('-', '-00', 1) if day.year < 0 else day}T00:00:00Z"
