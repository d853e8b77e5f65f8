"""Rules for sourcing: who says it, where it stands, what a figure is a share of."""

from __future__ import annotations

from collections.abc import Iterator

from maps.errors import Problem
from maps.validate.forms import SUBJECTS
from maps.validate.inventory import Inventory

_NOTE_SUBJECTS = ("event_id", "region_id", "source_id")


def check_subjects(inventory: Inventory) -> Iterator[Problem]:
    """Check that a citation is for one thing, and a note about one at most."""
    for row in inventory.tables["citations"]:
        filled = [name for name in SUBJECTS if row[name]]
        if not filled:
            message = f"is for nothing; fill exactly one of {', '.join(SUBJECTS)}"
            yield row.problem(SUBJECTS[0], "citation-subject", message)
        elif len(filled) > 1:
            message = f"is filled beside {', '.join(filled[:-1])}; fill one, cite twice for two"
            yield row.problem(filled[-1], "citation-subject", message)
    for row in inventory.tables["note_subjects"]:
        filled = [name for name in _NOTE_SUBJECTS if row[name]]
        if len(filled) > 1:
            message = f"is filled beside {', '.join(filled[:-1])}; use a row for each"
            yield row.problem(filled[-1], "note-subject", message)


def check_cited(inventory: Inventory) -> Iterator[Problem]:
    """Check that each event and status is cited, an article event from its teller."""
    citations = inventory.tables["citations"]
    for name, subject in (("events", "event_id"), ("statuses", "status_id")):
        if name not in inventory.whole:
            continue
        cited = {row[subject] for row in citations}
        told = {row[subject] for row in citations if row["role"] == "teller"}
        for row in inventory.tables[name]:
            if row["id"] not in cited:
                message = f"has no citation; add a row with this {subject} to {citations.file}"
                yield row.problem("id", "uncited", message)
            elif row["layer"] == "article" and row["id"] not in told:
                message = (
                    f"is not cited from its teller; add a row with role teller to {citations.file}"
                )
                yield row.problem("id", "untold", message)


def check_figures(inventory: Inventory) -> Iterator[Problem]:
    """Check that each percentage says what it is a share of."""
    for row in inventory.tables["figures"]:
        if row["unit"] in ("%", "percent") and not row["base"]:
            message = f"{row['value']} {row['unit']} of what? name the whole it is a share of"
            yield row.problem("base", "base-missing", message)
