"""Published numbers with numerator, base, date and source; percentages worked out beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from maps.atlas.model import Atlas, Figure
from maps.cards.citing import citations, filled, said
from maps.cards.markup import element, rendered, together
from maps.day.contested import points_of
from maps.day.figures import is_share, worked_shares
from maps.words.i18n import Texts, format_number, texts

_SHARES = ("region", "measure", "value", "numerator", "base", "calculated", "date", "source")
_AREAS = ("region", "measure", "value", "date", "source")


def figures_part(atlas: Atlas, figures: Sequence[Figure], lang: str) -> Markup:
    """Show figures: percentages with what they are shares of, then the others folded away."""
    spoken = texts(lang)
    columns = {name: spoken.t(f"ui.figures.column_{name}") for name in _SHARES}
    return filled(
        "figures",
        atlas,
        lang,
        shares=[figure for figure in figures if is_share(figure)],
        others=[figure for figure in figures if not is_share(figure)],
        share_columns=columns,
        area_columns={name: columns[name] for name in _AREAS},
        number=partial(number, lang=lang),
        measure_text=partial(measure_text, spoken=spoken),
        division=partial(_division, spoken=spoken),
        behind=partial(behind, atlas, lang=lang),
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

    def sum_of(parts: Sequence[float]) -> str:
        return spoken.t("ui.figures.sum", parts=" + ".join(number(part, lang) for part in parts))

    headings = [
        spoken.t("ui.figures.column_value"),
        spoken.t("ui.figures.column_numerator"),
        *(spoken.t("ui.figures.on_base", base=number(base, lang, "km2")) for base in worked.bases),
    ]
    return filled(
        "worked",
        atlas,
        lang,
        worked=worked,
        points=points_of(atlas, region_id=region_id) if with_points else (),
        headings=headings,
        number=partial(number, lang=lang),
        division=partial(_division, spoken=spoken),
        sum_of=sum_of,
    )


def people_part(figures: Sequence[Figure], lang: str) -> Markup | None:
    """Set counts of people side by side, a row a date and a column a measure, each with a bar.

    Bars are on one scale and of one tone, so that no group has a colour of its own. None
    where fewer than two dates have a count, which is no course of time.
    """
    spoken = texts(lang)
    counted = {(f.date_text, f.measure): f for f in figures if f.unit == "people"}
    counts = Counter(date for date, _ in counted)
    dates = [date for date, count in counts.items() if count > 1]
    if len(dates) < 2:
        return None
    measures = list(dict.fromkeys(measure for date, measure in counted if date in dates))
    facts = {
        "t": spoken.t,
        "counted": counted,
        "dates": dates,
        "measures": measures,
        "most": max(counted[key].value for key in counted if key[0] in dates) or 1,
        "headings": [
            spoken.t("ui.figures.column_date"),
            *(measure_text(measure, spoken) for measure in measures),
        ],
        "number": partial(number, lang=lang),
    }
    return rendered("people", facts)


def number(value: float, lang: str, unit: str = "", digits: int | None = None) -> str:
    """Write a number as exactly as it is given, or with as many digits as asked for."""
    if digits is None:
        _, _, fraction = f"{value:.6f}".rstrip("0").partition(".")
        digits = len(fraction)
    written = format_number(value, lang, digits)
    return f"{written} {said(texts(lang), 'ui.unit', unit)}" if unit else written


def measure_text(measure: str, spoken: Texts) -> str:
    """Say what a figure measures."""
    key = f"ui.measure.{measure}"
    return spoken.t(key) if key in spoken else measure.replace("-", ", ")


def behind(atlas: Atlas, figure: Figure, lang: str, date_text: str = "") -> Markup:
    """Give what a figure rests on: its date, the editor's remark, the sources folded away."""
    remark = ". ".join(part.rstrip(".") for part in (date_text, figure.note) if part)
    shown = element("span", remark) if remark else None
    return together(shown, citations(atlas, figure.citations, lang, folds=True))


def _division(numerator: float, base: float, spoken: Texts) -> str:
    return spoken.t(
        "ui.figures.division",
        numerator=number(numerator, spoken.lang),
        base=number(base, spoken.lang),
        share=number(100 * numerator / base, spoken.lang, digits=2),
    )
