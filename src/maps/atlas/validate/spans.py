"""Reading days and spans from rows, features and settings."""

from __future__ import annotations

from datetime import date

from maps.atlas import model
from maps.atlas.dates import parse_date_text, parse_day, span_between
from maps.atlas.load import AtlasTables, Feature, Row


def dated(
    row: Row | Feature,
) -> tuple[model.Timespan, model.DateText, model.DateText | None]:
    """Read ``start``, ``end`` and their days from a row or a feature.

    Raises
    ------
    DateUnreadable
        As `maps.atlas.dates.span_between`.
    """
    start = parse_date_text(row["start"], row["start_day"])
    end = parse_date_text(row["end"], row["end_day"]) if row["end"] else None
    return span_between(start, end), start, end


def as_day(value: object) -> date:
    """Read a day of `atlas.toml`, written as a TOML date or as text.

    Raises
    ------
    DateUnreadable
        If it is neither.
    """
    return parse_day(str(value))


def atlas_days(tables: AtlasTables) -> tuple[date, date]:
    """Give the first and the last day of an atlas whose settings are whole."""
    values = tables.settings.values
    return as_day(values["first_day"]), as_day(values["last_day"])
