"""Rules for sourcing: who says it, where it stands, what a figure is a share of."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from maps.atlas.check.inventory import Inventory
from maps.atlas.load import Row
from maps.atlas.model import UNSOURCED_STANCES, Citation
from maps.atlas.model.tables import NoteSubject, subjects_of
from maps.errors import Problem

_SUBJECTS = subjects_of(Citation)
_CITED = ("events", "statuses", "accounts", "event_dates")
_PERCENT = ("%", "percent")
# Sources round to whole percents, and sometimes the parts too.
_ROUNDING = 0.6


def check_subjects(inventory: Inventory) -> Iterator[Problem]:
    """Check that a citation is for one thing, and a note about one at most."""
    subjects = itemgetter(*_SUBJECTS.values())
    for row in inventory.tables["citations"]:
        if sum(map(bool, subjects(row))) == 1:
            continue
        filled = [name for name in _SUBJECTS.values() if row[name]]
        if not filled:
            message = f"is for nothing; fill exactly one of {', '.join(_SUBJECTS.values())}"
            yield row.problem(_SUBJECTS["events"], "citation-subject", message)
        else:
            message = f"is filled beside {', '.join(filled[:-1])}; fill one, cite twice for two"
            yield row.problem(filled[-1], "citation-subject", message)
    for row in inventory.tables["note_subjects"]:
        filled = [name for name in subjects_of(NoteSubject).values() if row[name]]
        if len(filled) > 1:
            message = f"is filled beside {', '.join(filled[:-1])}; use a row for each"
            yield row.problem(filled[-1], "note-subject", message)


def check_cited(inventory: Inventory) -> Iterator[Problem]:
    """Check that whatever is said is cited, an event of the main source from its teller.

    An account that is silent, or for which no source was found, has nothing to cite.
    """
    citations = inventory.tables["citations"]
    from_tellers = [row for row in citations if row["role"] == "teller"]
    main = inventory.tables.main_source
    for name in _CITED:
        if name not in inventory.whole:
            continue
        subject = _SUBJECTS[name]
        cited = set(map(itemgetter(subject), citations))
        told = set(map(itemgetter(subject), from_tellers))
        for row in inventory.tables[name]:
            if row["id"] not in cited and row["stance"] not in UNSOURCED_STANCES:
                message = f"has no citation; add a row with this {subject} to {citations.file}"
                yield row.problem("id", "uncited", message)
            elif row["layer"] == main and row["id"] not in told:
                message = (
                    f"is not cited from its teller; add a row with role teller to {citations.file}"
                )
                yield row.problem("id", "untold", message)


def check_quotes(inventory: Inventory) -> Iterator[Problem]:
    """Check that a quote says its language, without which it cannot be read out or set."""
    for row in inventory.tables["citations"]:
        if bool(row["quote"]) != bool(row["quote_lang"]):
            missing, given = ("quote_lang", "quote") if row["quote"] else ("quote", "quote_lang")
            message = f"is empty, as {given} is given; fill both or none"
            yield row.problem(missing, "quote-language", message)


def check_figures(inventory: Inventory) -> Iterator[Problem]:
    """Check that each percentage says what it is a share of, and is that share."""
    for row in inventory.tables["figures"]:
        if row["unit"] in _PERCENT:
            if not row["base"]:
                message = f"{row['value']} {row['unit']} of what? name the whole it is a share of"
                yield row.problem("base", "base-missing", message)
            value = _number(row["value"])
            if value is not None and not 0 <= value <= 100:
                message = f"{row['value']} {row['unit']} is no share; it runs from 0 to 100"
                yield row.problem("value", "share-range", message)
                continue  # whatever its parts make of it
            yield from _share_faults(row)
        elif part := next((name for name in ("numerator", "denominator") if row[name]), ""):
            message = f"is given for a figure in {row['unit']}; only a percentage has one"
            yield row.problem(part, "share-unit", message)


def _share_faults(row: Row) -> Iterator[Problem]:
    part, whole, value = map(_number, (row["numerator"], row["denominator"], row["value"]))
    if whole == 0:
        message = "is 0; give the whole of which this is a share, or leave the cell empty"
        yield row.problem("denominator", "share-of-nothing", message)
    elif part is not None and whole is not None and value is not None:
        share = part / whole * 100
        if not abs(share - value) < _ROUNDING:
            message = (
                f"{row['value']} is not {row['numerator']} of {row['denominator']}, which is "
                f"{share:.1f} %; correct one of the three"
            )
            yield row.problem("value", "share-mismatch", message)


def _number(cell: str) -> float | None:
    """Read a cell; None where it is empty or no number, which is reported with the columns."""
    try:
        return float(cell)
    except ValueError:
        return None
