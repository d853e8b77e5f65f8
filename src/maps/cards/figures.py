"""Published numbers with numerator, base, date and source; percentages worked out beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from maps.atlas.model import Atlas, Figure
from maps.cards.citing import sources_fold
from maps.cards.links import id_mark
from maps.cards.markup import Child, element, folded, row, table, together
from maps.day.contested import points_of
from maps.day.figures import (
    WorkedShare,
    WorkedShares,
    calculated_share,
    is_share,
    worked_shares,
)
from maps.words.i18n import Texts, format_number, texts
from maps.words.names import region_name

_SHARES = ("region", "measure", "value", "numerator", "base", "calculated", "date", "source")
_AREAS = ("region", "measure", "value", "date", "source")


def figures_part(atlas: Atlas, figures: Sequence[Figure], lang: str) -> Markup:
    """Show figures: percentages with what they are shares of, then the others folded away."""
    spoken = texts(lang)
    shares = [figure for figure in figures if is_share(figure)]
    others = [figure for figure in figures if not is_share(figure)]
    label = spoken.t("ui.figures.others", count=len(others))
    listed = _table(atlas, others, _AREAS, spoken.t("ui.figures.others_label"), lang)
    return together(
        _table(atlas, shares, _SHARES, spoken.t("ui.figures.shares"), lang) if shares else None,
        (folded(label, listed) if shares else listed) if others else None,
    )


def worked_part(
    atlas: Atlas, region_id: str, lang: str, *, with_points: bool = True
) -> Markup | None:
    """Work the shares of one region out on each base.

    With the contested points of the region: what is asked above, what can be said
    below. None where the atlas holds no calculation.
    """
    worked = worked_shares(atlas, region_id)
    if worked is None:
        return None
    spoken = texts(lang)
    bases = [
        spoken.t("ui.figures.on_base", base=number(base, lang, "km2")) for base in worked.bases
    ]
    headings = [spoken.t("ui.figures.column_value"), spoken.t("ui.figures.column_numerator"),
                *bases]  # fmt: skip
    rows = [row(headings, _worked(worked, line, spoken)) for line in worked.rows]
    points = points_of(atlas, region_id=region_id) if with_points else ()
    found = [
        element("p", id_mark(point.id), " ",
                element("b", spoken.t("ui.accounts.finding")), " ", point.finding,
                class_="mc-finding")
        for point in points
    ]  # fmt: skip
    asked = [element("p", point.question, class_="mc-question") for point in points]
    named = (element("li", name) for name in worked.base_names if name)
    return element(
        "div",
        *asked,
        table(headings, rows, label=region_name(atlas, region_id, lang), stacked=True),
        element("ul", *named, class_="mc-legend"),
        *found,
        class_="mc-worked",
        data_region=region_id,
    )


def people_part(figures: Sequence[Figure], lang: str) -> Markup | None:
    """Set counts of people side by side, a row a date and a column a measure, each with a bar.

    Bars are on one scale and of one tone, so that no group has a colour of its own. None
    where fewer than two dates have a count, which is no course of time.
    """
    spoken = texts(lang)
    counted = {(f.date_text, f.measure): f for f in figures if f.unit == "people"}
    dates = [
        date
        for date in dict.fromkeys(date for date, _ in counted)
        if sum(each == date for each, _ in counted) > 1
    ]
    if len(dates) < 2:
        return None
    measures = list(dict.fromkeys(measure for date, measure in counted if date in dates))
    most = max(counted[key].value for key in counted if key[0] in dates) or 1
    headings = [spoken.t("ui.figures.column_date")]
    headings += [
        measure_text(next(f for f in figures if f.measure == measure), spoken)
        for measure in measures
    ]
    rows = [
        row(headings, [date, *(_bar(counted.get((date, m)), most, spoken) for m in measures)])
        for date in dates
    ]
    return table(headings, rows, label=spoken.t("ui.figures.people"), stacked=True)


def number(value: float, lang: str, unit: str = "", digits: int | None = None) -> str:
    """Write a number as exactly as it is given, or with as many digits as asked for."""
    if digits is None:
        _, _, fraction = f"{value:.6f}".rstrip("0").partition(".")
        digits = len(fraction)
    written = format_number(value, lang, digits)
    key, spoken = f"ui.unit.{unit}", texts(lang)
    named = spoken.t(key) if key in spoken else unit
    return f"{written} {named}" if unit else written


def measure_text(figure: Figure, spoken: Texts) -> str:
    """Say what a figure measures."""
    known = f"ui.measure.{figure.measure}" in spoken
    return spoken.t(f"ui.measure.{figure.measure}") if known else figure.measure.replace("-", ", ")


def behind(atlas: Atlas, figure: Figure, lang: str, date_text: str = "") -> Markup:
    """Give what a figure rests on: its date, the editor's remark, the sources folded away."""
    remark = ". ".join(part.rstrip(".") for part in (date_text, figure.note) if part)
    shown = element("span", remark) if remark else None
    return together(shown, sources_fold(atlas, figure.citations, lang))


def in_figures(written: str) -> Markup:
    """Set a number so that it does not break and its digits have one width."""
    return element("span", written, class_="mc-figure")


def _table(
    atlas: Atlas, figures: Iterable[Figure], columns: Sequence[str], label: str, lang: str
) -> Markup:
    headings = [texts(lang).t(f"ui.figures.column_{name}") for name in columns]
    rows = []
    for figure in figures:
        cells = _cells(atlas, figure, lang)
        made = row(headings, [cells[name] for name in columns], data_figure=figure.id)
        rows.append(made)
    return table(headings, rows, label=label, stacked=True)


def _cells(atlas: Atlas, figure: Figure, lang: str) -> dict[str, Child]:
    spoken = texts(lang)
    share = calculated_share(figure)
    top = figure.numerator
    return {
        "region": element("b", region_name(atlas, figure.region_id, lang)),
        "measure": measure_text(figure, spoken),
        "value": in_figures(number(figure.value, lang, figure.unit)),
        "numerator": in_figures(number(top, lang)) if top is not None else _none(spoken),
        "base": _base(figure, spoken),
        "calculated": _calculation(figure, share, spoken),
        "date": element("span", figure.date_text, class_="mc-date"),
        "source": behind(atlas, figure, lang),
    }


def _base(figure: Figure, spoken: Texts) -> Markup:
    if figure.denominator is not None:
        written: Child = in_figures(number(figure.denominator, spoken.lang))
    else:
        key = "no_number" if figure.base else "no_base"
        written = element("span", spoken.t(f"ui.figures.{key}"), class_="mc-none")
    about = element("p", figure.base, class_="mc-quiet") if figure.base else None
    return together(written, about)


def _calculation(figure: Figure, share: float | None, spoken: Texts) -> Markup:
    if share is None or figure.numerator is None or figure.denominator is None:
        return _none(spoken)
    return in_figures(_division(figure.numerator, figure.denominator, spoken))


def _division(numerator: float, base: float, spoken: Texts) -> str:
    lang = spoken.lang
    return spoken.t(
        "ui.figures.division",
        numerator=number(numerator, lang),
        base=number(base, lang),
        share=number(100 * numerator / base, lang, digits=2),
    )


def _bar(figure: Figure | None, most: float, spoken: Texts) -> Markup:
    if figure is None:
        return _none(spoken)
    # Not a share of the cell: columns are of different widths, and the scale is one.
    width = f"width:{10 * figure.value / most:.2f}em"
    bar = element("span", class_="mc-count", style=width, aria_hidden="true")
    return together(in_figures(number(figure.value, spoken.lang)), bar)


def _none(spoken: Texts) -> Markup:
    return element("span", spoken.t("ui.figures.not_given"), class_="mc-none")


def _worked(worked: WorkedShares, line: WorkedShare, spoken: Texts) -> Sequence[Child]:
    lang = spoken.lang
    printed = line.printed
    total = spoken.t("ui.figures.sum", parts=" + ".join(number(part, lang) for part in line.parts))
    shares = (
        in_figures(_division(line.numerator, base, spoken)) if figure else _none(spoken)
        for base, figure in zip(worked.bases, line.calculated, strict=True)
    )
    return (
        in_figures(number(printed.value, lang, printed.unit)) if printed else _none(spoken),
        together(
            in_figures(number(line.numerator, lang, "km2")),
            element("p", total, class_="mc-quiet") if line.parts else None,
        ),
        *shares,
    )
