"""The form of every table: which columns it has and what may stand in them.

This is docs/data-model.md as data. An atlas's own ``datapackage.json`` may say
more (patterns, largest values); `maps.atlas.validate.package` holds it to that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from maps.atlas import model

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Ids of the editors' file: A01, X38b, N3. No dot: text keys are split at dots.
EDITORS = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
LONGEST_ID = 100  # pages and pictures are called after ids
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
WHOLE = re.compile(r"-?\d{1,9}")

# What a reference points into, as a message names it.
TARGETS: Mapping[str, str] = {
    "regions": "regions.csv",
    "polities": "polities.csv",
    "places": "places.csv",
    "periods": "periods.csv",
    "statuses": "statuses.csv",
    "events": "events.csv",
    "figures": "figures.csv",
    "notes": "notes.csv",
    "points": "points.csv",
    "accounts": "accounts.csv",
    "event_dates": "event_dates.csv",
    "sources": "sources.json",
    "boundaries": "boundaries/*.geojson",
    "origins": "raw/*.origin.toml",
    "layers": "the [[layers]] of atlas.toml",
    "perspectives": "the [[perspectives]] of atlas.toml",
    "sides": "the [[sides]] of atlas.toml",
}

# The columns of citations.csv of which exactly one says what is cited for.
SUBJECTS = (
    "event_id", "status_id", "boundary_id", "region_id", "figure_id", "note_id", "account_id",
    "event_date_id",
)  # fmt: skip
# Of which of these exactly one is filled, in accounts.csv and in point_subjects.csv.
ACCOUNT_SUBJECTS = ("point_id", "event_id", "status_id")
POINT_SUBJECTS = ("event_id", "status_id", "region_id")
EVENT_LAYERS = ("article", "context", "publication")
PLACE_ROLES = ("act", "seat", "subject")


@dataclass(frozen=True)
class Column:
    """What may stand in one column; an empty cell is only refused where required.

    A column that came ``later`` than its table may be missing from the header, so
    that an atlas of the former form still opens.
    """

    name: str
    required: bool = False
    refers: str = ""  # a key of TARGETS
    is_list: bool = False
    choices: tuple[str, ...] = ()
    kind: Literal["text", "id", "number", "whole", "flag", "hue"] = "text"
    id_form: re.Pattern[str] = EDITORS
    later: bool = False


def _id(form: re.Pattern[str] = EDITORS) -> Column:
    return Column("id", required=True, kind="id", id_form=form)


def _must(name: str, refers: str = "") -> Column:
    return Column(name, required=True, refers=refers)


def _may(name: str, refers: str = "") -> Column:
    return Column(name, refers=refers)


def _some(name: str, refers: str = "", *, required: bool = False) -> Column:
    return Column(name, required=required, refers=refers, is_list=True)


def _one_of(name: str, choices: tuple[str, ...], *, required: bool = True) -> Column:
    return Column(name, required=required, choices=choices)


def _number(name: str, *, required: bool = True) -> Column:
    return Column(name, required=required, kind="number")


def _flag(name: str) -> Column:
    return Column(name, required=True, kind="flag")


def _texts(names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names.split())


_SPAN = (_must("start"), *_texts("end start_day end_day"))

FORMS: Mapping[str, tuple[Column, ...]] = {
    "regions": (
        _id(KEBAB),
        _must("kind"),
        _may("part_of", "regions"),
        _some("predecessors", "regions"),
        _number("anchor_lat", required=False),
        _number("anchor_lon", required=False),
        *_texts("anchor_note geonames_id iso_3166_2 wikidata id_confidence"),
        *_texts("article_says administration note"),
        Column("shown_on", refers="regions", is_list=True, later=True),
    ),
    "names": (
        _must("region_id", "regions"),
        _must("lang"),
        _must("form"),
        *_texts("used_by span"),
        _flag("main"),
    ),
    "polities": (_id(KEBAB), Column("hue", required=True, kind="hue"), _may("note")),
    "places": (
        _id(KEBAB),
        _number("lat"),
        _number("lon"),
        *_texts("precision geonames_id"),
        _may("region_id", "regions"),
    ),
    "periods": (
        _id(KEBAB),
        *_SPAN,
        Column("lane", kind="whole"),
        _some("event_ids", "events"),
    ),
    "statuses": (
        _id(KEBAB),
        _must("region_id", "regions"),
        *_SPAN,
        _one_of("dimension", model.DIMENSIONS),
        _may("polity_id", "polities"),
        _must("perspective_id", "perspectives"),
        _one_of("certainty", model.CERTAINTIES),
        _one_of("evidence", model.EVIDENCE_LEVELS),
        _may("start_event_id", "events"),
        _may("end_event_id", "events"),
        _may("note"),
    ),
    "events": (
        _id(),
        _one_of("layer", EVENT_LAYERS),
        _must("edtf"),
        _may("start_day"),
        _some("kinds", required=True),
        _may("place_id", "places"),
        _one_of("place_role", PLACE_ROLES, required=False),
        *_texts("place_as_printed actors date_status"),
        _flag("contested"),
        _may("corroboration"),
        _one_of("evidence", model.EVIDENCE_LEVELS),
        *_texts("cited_as_printed note"),
    ),
    "event_regions": (_must("event_id", "events"), _must("region_id", "regions")),
    "citations": (
        _id(),
        _may("event_id", "events"),
        _may("status_id", "statuses"),
        _may("boundary_id", "boundaries"),
        _may("region_id", "regions"),
        _may("figure_id", "figures"),
        _may("note_id", "notes"),
        Column("account_id", refers="accounts", later=True),
        Column("event_date_id", refers="event_dates", later=True),
        _must("source_id", "sources"),
        _one_of("role", model.CITATION_ROLES),
        *_texts("as_printed locator locator_confidence quote quote_lang quote_translation"),
        _one_of("evidence", model.EVIDENCE_LEVELS, required=False),
        _may("note"),
    ),
    "figures": (
        _id(),
        _must("region_id", "regions"),
        _must("measure"),
        _number("value"),
        _must("unit"),
        *_texts("base date_text note"),
        Column("numerator", kind="number", later=True),
        Column("denominator", kind="number", later=True),
    ),
    "notes": (_id(), _must("category"), _may("confidence")),
    "note_subjects": (
        _must("note_id", "notes"),
        _may("event_id", "events"),
        _may("region_id", "regions"),
        _may("source_id", "sources"),
    ),
    "points": (_id(), _may("note")),
    "point_subjects": (
        _must("point_id", "points"),
        _may("event_id", "events"),
        _may("status_id", "statuses"),
        _may("region_id", "regions"),
    ),
    "accounts": (
        _id(KEBAB),
        _may("point_id", "points"),
        _may("event_id", "events"),
        _may("status_id", "statuses"),
        _must("perspective_id", "perspectives"),
        _one_of("stance", model.STANCES),
        *_texts("start end"),
        _one_of("evidence", model.EVIDENCE_LEVELS, required=False),
        _may("note"),
    ),
    "chains": (
        Column("chain_id", required=True, kind="id", id_form=KEBAB),
        Column("step", required=True, kind="whole"),
        _must("event_id", "events"),
        _one_of("role", model.CHAIN_ROLES),
    ),
    "event_dates": (
        _id(KEBAB),
        _must("event_id", "events"),
        _must("edtf"),
        _must("perspective_id", "perspectives"),
        _may("note"),
    ),
}

TEXT_COLUMNS = (_must("key"), _may("text"))
