"""Checked rows to the records of what is contested: points, accounts, chains, dates, stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from maps.atlas import model
from maps.atlas.dates import parse_date_text, parse_day
from maps.atlas.load import Item, Row
from maps.atlas.validate.records import Shared
from maps.atlas.validate.spans import as_day


def point_of(row: Row, shared: Shared) -> model.Point:
    """Make a contested point with what it is about."""
    id = row["id"]
    about = [r for r in shared.tables["point_subjects"] if r["point_id"] == id]
    return model.Point(
        id=id,
        question=shared.texts[f"point.{id}.question"],
        finding=shared.texts[f"point.{id}.finding"],
        event_ids=tuple(r["event_id"] for r in about if r["event_id"]),
        status_ids=tuple(r["status_id"] for r in about if r["status_id"]),
        region_ids=tuple(r["region_id"] for r in about if r["region_id"]),
        note=row["note"],
    )


def account_of(row: Row, shared: Shared) -> model.Account:
    """Make an account."""
    return model.Account(
        id=row["id"],
        perspective_id=row["perspective_id"],
        stance=row["stance"],
        text=shared.texts[f"account.{row['id']}"],
        point_id=row["point_id"],
        event_id=row["event_id"],
        status_id=row["status_id"],
        evidence=row["evidence"],
        note=row["note"],
        citations=shared.cited("account_id", row["id"]),
        start=parse_date_text(row["start"]).used if row["start"] else None,
        end=parse_date_text(row["end"]).used if row["end"] else None,
    )


def chains_of(shared: Shared) -> tuple[model.Chain, ...]:
    """Make the chains, each with its links in order, in the order of the file."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in shared.tables["chains"]:
        rows[row["chain_id"]].append(row)
    return tuple(
        model.Chain(
            id=id,
            name=shared.texts[f"chain.{id}"],
            links=tuple(
                model.ChainLink(row["event_id"], row["role"])
                for row in sorted(links, key=lambda row: int(row["step"]))
            ),
        )
        for id, links in rows.items()
    )


def event_date_of(row: Row, shared: Shared) -> model.AlternativeDate:
    """Make a day that a source gives for an event."""
    return model.AlternativeDate(
        id=row["id"],
        event_id=row["event_id"],
        edtf=row["edtf"],
        day=parse_day(row["edtf"]),
        perspective_id=row["perspective_id"],
        note=row["note"],
        citations=shared.cited("event_date_id", row["id"]),
    )


def story_of(item: Item, languages: tuple[str, ...]) -> model.Story:
    """Make a story; a text missing in the first language comes from the next that has it."""
    values = item.values
    return model.Story(
        id=values["id"],
        title=_said(values.get("title"), languages),
        lead=_said(values.get("lead"), languages),
        source_id=values.get("source", ""),
        steps=tuple(_step(step, languages) for step in values["steps"]),
    )


def _step(values: dict[str, Any], languages: tuple[str, ...]) -> model.Step:
    bbox = values.get("bbox")
    plain = ("id", "mode", "perspective", "event", "region", "quote", "quote_lang", "locator")
    return model.Step(
        title=_said(values.get("title"), languages),
        text=_said(values.get("text"), languages),
        beside=_said(values.get("beside"), languages),
        day=as_day(values["day"]),
        bbox=(bbox[0], bbox[1], bbox[2], bbox[3]) if bbox else None,
        beside_points=tuple(values.get("beside_points", ())),
        beside_events=tuple(values.get("beside_events", ())),
        beside_notes=tuple(values.get("beside_notes", ())),
        **{name: values.get(name, "") for name in plain},
    )


def _said(by_language: Mapping[str, str] | None, languages: tuple[str, ...]) -> str:
    spoken = by_language or {}
    return next((spoken[lang] for lang in languages if spoken.get(lang)), "")
