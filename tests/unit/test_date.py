"""A day as a number: the calendar of `datetime.date`, without its first year."""

from __future__ import annotations

import copy
import datetime
import json
import pickle

import numpy as np
import pytest

from maps.atlas.model import Date


def test_from_the_year_1_on_days_are_those_of_datetime():
    days = range(1, datetime.date.max.toordinal(), 97)
    for number in days:
        day, other = Date.fromordinal(number), datetime.date.fromordinal(number)
        assert (day.year, day.month, day.day) == (other.year, other.month, other.day)
        assert day.isoformat() == other.isoformat() == str(day) == f"{day}"
        assert Date(other.year, other.month, other.day) == number == day


def test_before_the_year_1_days_are_those_of_numpy():
    for text in ("0000-01-01", "0000-02-29", "-0001-12-31", "-0004-02-29", "-0043-03-15"):
        as_numpy = int(np.datetime64(text, "D").astype(int)) + datetime.date(1970, 1, 1).toordinal()
        assert Date.fromisoformat(text) == as_numpy
        assert Date.fromordinal(as_numpy).isoformat() == text


@pytest.mark.parametrize("text", ["-0001-02-29", "1923-02-30", "1923-13-01", "23-01-01", "-43-3-1"])
def test_a_day_that_the_calendar_does_not_have_is_refused(text):
    with pytest.raises(ValueError, match=r"must be in|out of range|write it as"):
        Date.fromisoformat(text)


def test_days_are_counted_with():
    ides = Date(-43, 3, 15)
    assert ides + 1 == Date(-43, 3, 16)
    assert ides - 15 == Date(-43, 2, 28)
    assert Date(1, 1, 1) - Date(0, 1, 1) == 366
    assert type(ides + 1) is type(ides - 1) is Date
    assert type(ides - Date(-43, 1, 1)) is int
    assert sorted([Date(1, 1, 1), ides]) == [ides, Date(1, 1, 1)]


def test_every_day_is_true_and_the_year_of_its_era_is_told():
    assert Date(0, 12, 31)  # number 0
    assert [Date(year, 1, 1).year_of_era for year in (-43, 0, 1, 1921)] == [44, 1, 1, 1921]


def test_a_day_is_copied_stored_and_sent():
    ides = Date(-43, 3, 15)
    for again in (copy.deepcopy(ides), pickle.loads(pickle.dumps(ides))):
        assert (type(again), again) == (Date, ides)
    assert json.dumps([ides]) == f"[{ides.toordinal()}]"
    assert repr(ides) == "Date(-43, 3, 15)"
