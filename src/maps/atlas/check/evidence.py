"""Rules for sourcing: who says it, where it stands, what a figure is a share of.

A perspective that names a ``work`` in `atlas.toml` is the voice of that one source, and what
it says is quoted from it. An atlas whose perspectives name none is asked for no quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from maps.atlas.check.inventory import Inventory
from maps.atlas.model import UNSOURCED_STANCES, Account, Citation
from maps.atlas.model.tables import NoteSubject, PointSubject, subjects_of
from maps.errors import Problem

# Tables whose rows are about one of several things, with the rule, what a row is that is
# about none of them (which a note may be), and what to do with a row about two.
_ABOUT = {
    "citations": (Citation, "citation-subject", "for nothing", "fill one, cite twice for two"),
    "note_subjects": (NoteSubject, "note-subject", "", "use a row for each"),
    "point_subjects": (PointSubject, "point-subject", "about nothing", "use a row for each"),
    "accounts": (Account, "account-subject", "about nothing", "use a row for each"),
}
_SUBJECTS = subjects_of(Citation)
_CITED = ("events", "statuses", "accounts", "event_dates")
_OF_ONE_WORK = ("statuses", "accounts", "event_dates")
_PERCENT = ("%", "percent")
# Sources round to whole percents, and sometimes the parts too.
_ROUNDING = 0.6


def check_subjects(inventory: Inventory) -> Iterator[Problem]:
    """Check that a citation is for one thing, an account of one, and a note about one at most."""
    for name, (record, rule, empty, advice) in _ABOUT.items():
        if name not in inventory.whole:
            continue
        columns = tuple(subjects_of(record).values())
        for row in inventory.tables[name]:
            filled = [column for column in columns if row[column]]
            if empty and not filled:
                message = f"is {empty}; fill exactly one of {', '.join(columns)}"
                yield row.problem(columns[0], rule, message)
            elif len(filled) > 1:
                message = f"is filled beside {', '.join(filled[:-1])}; {advice}"
                yield row.problem(filled[-1], rule, message)


def check_cited(inventory: Inventory) -> Iterator[Problem]:
    """Check that whatever is said is cited, an event of the main source from its teller.

    An account that is silent, or for which no source was found, has nothing to cite.
    """
    citations = inventory.tables["citations"]
    from_tellers = [row for row in citations if row["role"] == "teller"]
    main = inventory.tables.main_source
    for name in filter(inventory.whole.__contains__, _CITED):
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


def check_main_works(inventory: Inventory) -> Iterator[Problem]:
    """Check that whatever a main work is made to say rests on words quoted from it."""
    tables = inventory.tables
    works: dict[str, str] = {}
    for number, entry in enumerate(tables.settings.values["perspectives"], start=1):
        if work := entry.get("work"):
            if message := inventory.unknown("sources", work):
                field = f"perspectives[{number}].work"
                yield tables.settings.problem(field, "reference-unknown", message)
            else:
                works[entry["id"]] = work
    for name in filter(inventory.whole.__contains__, _OF_ONE_WORK):
        subject = _SUBJECTS[name]
        quoted = {(row[subject], row["source_id"]) for row in tables["citations"] if row["quote"]}
        for row in tables[name]:
            work = works.get(row["perspective_id"])
            silent = row["stance"] in UNSOURCED_STANCES
            if work and not silent and (row["id"], work) not in quoted:
                message = (
                    f"is told by '{row['perspective_id']}' without the words it rests on; add them "
                    f"as quote to a citation of {work} with this {subject} in "
                    f"{tables['citations'].file}"
                )
                yield row.problem("id", "unquoted", message)


def check_figures(inventory: Inventory) -> Iterator[Problem]:
    """Check that each percentage says what it is a share of, and is that share."""
    for row in inventory.tables["figures"]:
        part, whole, value = map(_number, (row["numerator"], row["denominator"], row["value"]))
        if row["unit"] not in _PERCENT:
            if given := next((name for name in ("numerator", "denominator") if row[name]), ""):
                message = f"is given for a figure in {row['unit']}; only a percentage has one"
                yield row.problem(given, "share-unit", message)
            continue
        if not row["base"]:
            message = f"{row['value']} {row['unit']} of what? name the whole it is a share of"
            yield row.problem("base", "base-missing", message)
        if value is not None and not 0 <= value <= 100:  # whatever its parts make of it
            message = f"{row['value']} {row['unit']} is no share; it runs from 0 to 100"
            yield row.problem("value", "share-range", message)
        elif whole == 0:
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
