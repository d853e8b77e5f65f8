"""Checked tables to the frozen records of `maps.atlas.model`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from maps.atlas import model
from maps.atlas.load import AtlasTables, Item
from maps.atlas.validate import disputes, records
from maps.atlas.validate.forms import SUBJECTS
from maps.atlas.validate.spans import as_day
from maps.atlas.validate.texts import Texts, texts_in


def build_atlas(tables: AtlasTables, lang: str = "en") -> model.Atlas:
    """Assemble the records of an atlas, its texts in one language.

    Texts missing in ``lang`` are taken from the English ones, then from the
    first language of the atlas. Call it only with tables in which
    `check_tables` or `find_faults` found nothing: no check is repeated here.
    """
    shared = _shared(tables, texts_in(tables, lang))
    texts = shared.texts
    languages = (lang, "en", *tables.settings.values["languages"])
    return model.Atlas(
        settings=_settings(tables.settings.values, texts),
        regions=_by_id([records.region_of(row, shared) for row in tables["regions"]]),
        polities=_by_id([records.polity_of(row, texts) for row in tables["polities"]]),
        perspectives=_by_id(
            [
                model.Perspective(
                    entry["id"], texts[f"perspective.{entry['id']}"], entry.get("side", "")
                )
                for entry in tables.settings.values.get("perspectives", [])
            ]
        ),
        places=shared.places,
        periods=tuple(records.period_of(row, texts) for row in tables["periods"]),
        boundaries=tuple(records.boundary_of(feature, shared) for feature in tables.features),
        statuses=tuple(records.status_of(row, shared) for row in tables["statuses"]),
        events=records.events_of(shared),
        sources=shared.sources,
        figures=tuple(records.figure_of(row, shared) for row in tables["figures"]),
        notes=shared.notes,
        origins=_by_id([records.origin_of(item) for item in tables.origins]),
        basemap=_basemap(tables),
        kind_names=texts.under("kind."),
        digest=tables.digest,
        points=_by_id([disputes.point_of(row, shared) for row in tables["points"]]),
        accounts=tuple(disputes.account_of(row, shared) for row in tables["accounts"]),
        chains=disputes.chains_of(shared),
        event_dates=tuple(disputes.event_date_of(row, shared) for row in tables["event_dates"]),
        stories=_by_id([disputes.story_of(item, languages) for item in tables.stories]),
    )


def _by_id(found: list[Any]) -> Mapping[str, Any]:
    return MappingProxyType({record.id: record for record in found})


def _shared(tables: AtlasTables, texts: Texts) -> records.Shared:
    sources = _by_id([_source(item) for item in tables.sources])
    found: dict[tuple[str, str], list[model.Citation]] = defaultdict(list)
    for row in tables["citations"]:
        for subject in SUBJECTS:
            if row[subject]:
                found[subject, row[subject]].append(records.citation_of(row, sources))
    citations = {key: tuple(cited) for key, cited in found.items()}
    about_sources: dict[str, tuple[str, ...]] = {}
    for row in tables["note_subjects"]:
        if row["source_id"]:
            held = about_sources.get(row["note_id"], ())
            about_sources[row["note_id"]] = (*held, row["source_id"])
    notes = [
        model.Note(
            row["id"],
            texts[f"note.{row['id']}"],
            row["category"],
            row["confidence"],
            citations.get(("note_id", row["id"]), ()),
            about_sources.get(row["id"], ()),
        )
        for row in tables["notes"]
    ]
    places = [records.place_of(row, texts) for row in tables["places"]]
    return records.Shared(tables, texts, sources, citations, _by_id(notes), _by_id(places))


def _source(item: Item) -> model.Source:
    csl = {key: value for key, value in item.values.items() if key != "custom"}
    own: Mapping[str, Any] = item.values.get("custom", {})
    numbers = {str(name): str(number) for name, number in own.get("list_numbers", {}).items()}
    return model.Source(
        id=csl["id"],
        csl=MappingProxyType(csl),
        perspective_id=own["perspective"],
        number_in_text=str(own.get("number_in_text") or ""),
        list_numbers=MappingProxyType(numbers),
        confidence=str(own.get("confidence") or ""),
        confidence_reason=str(own.get("confidence_reason") or ""),
        note=str(own.get("note") or ""),
    )


def _settings(values: Mapping[str, Any], texts: Texts) -> model.Settings:
    west, south, east, north = (float(edge) for edge in values["extent"])
    layers = [
        model.Layer(
            entry["id"],
            texts[f"layer.{entry['id']}"],
            None if entry["hue"] < 0 else float(entry["hue"]),
            entry["order"],
        )
        for entry in values["layers"]
    ]
    return model.Settings(
        title=texts["atlas.title"],
        subtitle=texts["atlas.subtitle"],
        disclaimer=texts["atlas.disclaimer"],
        cutoff=texts["atlas.cutoff"],
        version=str(values["version"]),
        licence=str(values["licence"]),
        first_day=as_day(values["first_day"]),
        last_day=as_day(values["last_day"]),
        opening_day=as_day(values["opening_day"]),
        extent=(west, south, east, north),
        languages=tuple(values["languages"]),
        name_languages=tuple(values["name_languages"]),
        modes=tuple(
            model.Mode(entry["id"], tuple(entry["layers"]), entry["colour_by"])
            for entry in values["modes"]
        ),
        layers=tuple(layers),
        attribution=_lines(values.get("attribution", [])),
        sides=tuple(
            model.Side(entry["id"], texts[f"side.{entry['id']}"], entry["required"])
            for entry in values.get("sides", [])
        ),
        line_offset_km=MappingProxyType(dict(values.get("line_offset_km", {}))),
    )


def _lines(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(line) for line in value)  # type: ignore[attr-defined]


def _basemap(tables: AtlasTables) -> model.Basemap:
    values = tables.basemap.values
    relief = values.get("relief", "")
    west, south, east, north = values.get("relief_extent", (0, 0, 0, 0))
    return model.Basemap(
        relief=str(tables.folder / "basemap" / relief) if relief else "",
        relief_extent=(float(west), float(south), float(east), float(north)),
        **tables.ground,
    )
