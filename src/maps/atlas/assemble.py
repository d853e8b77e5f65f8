"""Checked tables to the frozen records of `maps.atlas.model`.

What a column or a text fills is declared beside the field it fills
(`maps.atlas.model.columns`); here is what a row does not say alone: what it points
at, and what is read of several cells. Nothing is judged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from shapely import Polygon

from maps.atlas import model
from maps.atlas.check import find_faults
from maps.atlas.check.settings import HIGHEST
from maps.atlas.dates import as_day, dated, parse_date_text, parse_day, shown_span
from maps.atlas.load import (
    AtlasTables,
    Feature,
    Item,
    Row,
    Table,
    default_atlas_folder,
    load_tables,
)
from maps.atlas.longitudes import Box, box_near, box_read, features_near, lon_near, shape_near
from maps.atlas.model.columns import Column, Text, fields_of
from maps.atlas.model.tables import EventRegion, NoteSubject, PointSubject, subjects_of
from maps.atlas.translations import (
    OF_CSL,
    OF_STEPS,
    OF_STORIES,
    Speech,
    name_of_kind,
    name_on_ground,
    of_origin,
    of_source,
    place_in_story,
    place_of,
    speech,
)
from maps.cache import nothing_collected
from maps.errors import AtlasInvalid

Record = TypeVar("Record")
_NO_TEXTS = Speech("en")  # for rows of which nothing is said
_Cited = Mapping[tuple[str, str], tuple[model.Citation, ...]]  # by table and id


def open_atlas(folder: Path | str | None = None, lang: str = "en") -> model.Atlas:
    """Read, check and assemble an atlas; without a folder, the shipped one.

    Raises
    ------
    AtlasInvalid
        If anything keeps it from being built; carries every problem found.
    """
    tables = load_tables(default_atlas_folder() if folder is None else folder)
    problems = find_faults(tables)
    if problems:
        raise AtlasInvalid(problems)
    return build_atlas(tables, lang)


@nothing_collected()
def build_atlas(tables: AtlasTables, lang: str = "en") -> model.Atlas:
    """Assemble the records of an atlas, its texts in one language.

    Texts missing in ``lang`` are taken from the English ones, then from the
    first language of the atlas. Call it only with tables in which
    `check_tables` or `find_faults` found nothing: no check is repeated here.
    """
    texts = speech(tables, lang)
    values = tables.settings.values
    sources = _by_id(_source(item, texts) for item in tables.sources)
    cited = _citations(tables, sources, texts)
    notes = _notes(tables, texts, cited)
    extent = _extent(tables)
    places = _by_id(_place(row, extent, texts) for row in tables["places"])
    languages = (lang, "en", *values["languages"])
    return model.Atlas(
        settings=_settings(tables, texts),
        regions=_regions(tables, notes, cited, texts),
        polities=_by_id(record_of(model.Polity, row, texts) for row in tables["polities"]),
        perspectives=_by_id(
            model.Perspective(
                entry["id"],
                texts.text(f"perspective.{entry['id']}"),
                entry.get("side", ""),
                entry.get("work", ""),
            )
            for entry in values.get("perspectives", [])
        ),
        places=places,
        periods=tuple(
            record_of(model.Period, row, texts, **_dated(row)) for row in tables["periods"]
        ),
        boundaries=tuple(_boundary(feature, cited, extent, texts) for feature in tables.features),
        statuses=tuple(
            record_of(model.Status, row, texts, **_dated(row), citations=_for(cited, row))
            for row in tables["statuses"]
        ),
        events=_events(tables, texts, places, notes, cited),
        sources=sources,
        figures=tuple(
            record_of(model.Figure, row, texts, citations=_for(cited, row))
            for row in tables["figures"]
        ),
        notes=notes,
        origins=_by_id(_origin(item, texts) for item in tables.origins),
        basemap=_basemap(tables, texts),
        kind_names=_kind_names(tables, texts),
        digest=tables.digest,
        points=_points(tables, texts),
        accounts=tuple(_account(row, texts, cited) for row in tables["accounts"]),
        chains=_chains(tables["chains"], texts),
        event_dates=tuple(
            record_of(
                model.AlternativeDate,
                row,
                texts,
                day=parse_day(row["edtf"]),
                citations=_for(cited, row),
            )
            for row in tables["event_dates"]
        ),
        stories=_by_id(_story(item, languages, extent, texts) for item in tables.stories),
        source_texts=MappingProxyType(texts.under("source.")),
        coverage=texts.coverage,
        untranslated=texts.untranslated,
    )


def record_of(
    record: type[Record],
    row: Row | Feature,
    texts: Speech,
    **given: Any,  # noqa: ANN401 - as many types as records have fields
) -> Record:
    """Make the record of a checked row: what is declared from its cells and texts, the rest given.

    A field of one column holds what is in the cell; one of several that is not given
    is a mapping of those that are filled, by the names of the columns.
    """
    values = dict(given)
    for field, source in fields_of(record).items():  # type: ignore[arg-type]  # mypy 11469
        if field in given:
            continue
        if isinstance(source, Text):
            values[field] = texts.text(source.key.format(row["id"]))
        elif len(source) == 1:
            column, said = source[0], _value(source[0], row)
            prose = column.prose and said not in column.words
            values[field] = texts.of(place_of(row, column.name), str(said)) if prose else said
        else:
            filled = {c.name: text for c in source if (text := _cell(c, row))}
            values[field] = MappingProxyType(filled)
    return record(**values)


def _cell(column: Column, row: Row | Feature) -> str:
    return row[column.name] or (row[column.formerly] if column.formerly else "")


def _value(column: Column, row: Row | Feature) -> object:
    text = _cell(column, row)
    if column.is_list:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if column.kind == "flag":
        return text == "true"
    if column.kind == "whole":
        return int(text or 0)
    if column.kind in ("number", "hue"):
        return float(text) if text else None
    return text


def _by_id(found: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({record.id: record for record in found})


def _kind_names(tables: AtlasTables, texts: Speech) -> Mapping[str, str]:
    """Name the kinds of events and of regions; a text of the atlas comes before its own word."""
    words = {row["kind"]: texts.of(*name_of_kind(row)) for row in tables["regions"]}
    return MappingProxyType({**words, **texts.under("kind.")})


def _dated(row: Row | Feature) -> dict[str, Any]:
    span, start, end = dated(row)
    return {"span": span, "start": start, "end": end}


def _citations(tables: AtlasTables, sources: Mapping[str, model.Source], texts: Speech) -> _Cited:
    found: dict[tuple[str, str], list[model.Citation]] = defaultdict(list)
    for row in tables["citations"]:
        citation = record_of(
            model.Citation,
            row,
            texts,
            source=sources[row["source_id"]],
            quote_translation=texts.of_quote(
                "citations.quote", row["quote"], row["quote_lang"], row["quote_translation"]
            ),
        )
        for table, column in subjects_of(model.Citation).items():
            if row[column]:
                found[table, row[column]].append(citation)
    return {key: tuple(cited) for key, cited in found.items()}


def _for(cited: _Cited, row: Row) -> tuple[model.Citation, ...]:
    """Give the citations for one row, in the order of their file."""
    return cited.get((row.file.removesuffix(".csv"), row["id"]), ())


def _notes(tables: AtlasTables, texts: Speech, cited: _Cited) -> Mapping[str, model.Note]:
    about = [record_of(NoteSubject, row, _NO_TEXTS) for row in tables["note_subjects"]]
    return _by_id(
        record_of(
            model.Note,
            row,
            texts,
            citations=_for(cited, row),
            source_ids=tuple(s.source_id for s in about if s.note_id == row["id"] and s.source_id),
        )
        for row in tables["notes"]
    )


def _regions(
    tables: AtlasTables, notes: Mapping[str, model.Note], cited: _Cited, texts: Speech
) -> Mapping[str, model.Region]:
    extent = _extent(tables)
    names: dict[str, list[model.Name]] = defaultdict(list)
    for row in tables["names"]:
        names[row["region_id"]].append(record_of(model.Name, row, _NO_TEXTS))
    noted = _noted(tables, notes, "region_id")
    made = []
    for row in tables["regions"]:
        id, lon, lat = row["id"], row["anchor_lon"], row["anchor_lat"]
        made.append(
            record_of(
                model.Region,
                row,
                texts,
                names=tuple(names[id]),
                anchor=(lon_near(float(lon), extent), float(lat)) if lat else None,
                notes=noted.get(id, ()),
                citations=_for(cited, row),
            )
        )
    return _by_id(made)


def _noted(
    tables: AtlasTables, notes: Mapping[str, model.Note], subject: str
) -> Mapping[str, tuple[model.Note, ...]]:
    """Map events or regions to the notes on them, in the order of the file."""
    found: dict[str, tuple[model.Note, ...]] = defaultdict(tuple)
    for row in tables["note_subjects"]:
        if row[subject]:
            found[row[subject]] += (notes[row["note_id"]],)
    return found


def _boundary(feature: Feature, cited: _Cited, extent: Box, texts: Speech) -> model.Boundary:
    """Make a boundary; its layer is the file it stands in."""
    return record_of(
        model.Boundary,
        feature,
        texts,
        **_dated(feature),
        layer=feature.layer,
        geometry=shape_near(feature.geometry or Polygon(), extent),  # never empty once checked
        origin_ids=tuple(feature.properties.get("origins") or ()),
        contested=bool(feature.properties.get("contested")),
        citations=cited.get(("boundaries", feature["id"]), ()),
    )


def _events(
    tables: AtlasTables,
    texts: Speech,
    places: Mapping[str, model.Place],
    notes: Mapping[str, model.Note],
    cited: _Cited,
) -> tuple[model.Event, ...]:
    """Make all events, in order of their first day, then of their id."""
    regions: dict[str, list[str]] = defaultdict(list)
    for row in tables["event_regions"]:
        link = record_of(EventRegion, row, _NO_TEXTS)
        regions[link.event_id].append(link.region_id)
    noted = _noted(tables, notes, "event_id")
    events = []
    for row in tables["events"]:
        id, when = row["id"], parse_date_text(row["edtf"], row["start_day"])
        events.append(
            record_of(
                model.Event,
                row,
                texts,
                date=when,
                span=shown_span(when),
                region_ids=tuple(regions[id]),
                place=places[row["place_id"]] if row["place_id"] else None,
                citations=_for(cited, row),
                notes=noted.get(id, ()),
            )
        )
    return tuple(sorted(events, key=lambda event: (event.span.start, event.id)))


def _points(tables: AtlasTables, texts: Speech) -> Mapping[str, model.Point]:
    about: dict[str, list[PointSubject]] = defaultdict(list)
    for row in tables["point_subjects"]:
        about[row["point_id"]].append(record_of(PointSubject, row, _NO_TEXTS))
    return _by_id(
        record_of(
            model.Point,
            row,
            texts,
            event_ids=tuple(s.event_id for s in about[row["id"]] if s.event_id),
            status_ids=tuple(s.status_id for s in about[row["id"]] if s.status_id),
            region_ids=tuple(s.region_id for s in about[row["id"]] if s.region_id),
        )
        for row in tables["points"]
    )


def _account(row: Row, texts: Speech, cited: _Cited) -> model.Account:
    days = {
        name: parse_date_text(row[name]).used if row[name] else None for name in ("start", "end")
    }
    return record_of(model.Account, row, texts, **days, citations=_for(cited, row))


def _chains(table: Table, texts: Speech) -> tuple[model.Chain, ...]:
    """Make the chains, each with its links in order, in the order of the file."""
    links: dict[str, list[model.ChainLink]] = defaultdict(list)
    for row in table:
        links[row["chain_id"]].append(record_of(model.ChainLink, row, _NO_TEXTS))
    return tuple(
        model.Chain(id, texts.text(f"chain.{id}"), tuple(sorted(of, key=lambda x: x.step)))
        for id, of in links.items()
    )


def _story(item: Item, languages: tuple[str, ...], extent: Box, texts: Speech) -> model.Story:
    """Make a story; a text missing in the first language comes from the next that has it."""
    values, place = item.values, place_in_story(item)
    said = {
        name: texts.of(f"{place}.{name}", _said(values.get(name), languages)) for name in OF_STORIES
    }
    return model.Story(
        id=values["id"],
        source_id=values.get("source", ""),
        steps=tuple(
            _step(step, languages, place_in_story(item, step), extent, texts)
            for step in values["steps"]
        ),
        **said,
    )


def _step(
    values: dict[str, Any], languages: tuple[str, ...], place: str, extent: Box, texts: Speech
) -> model.Step:
    bbox = values.get("bbox")
    plain = ("id", "mode", "perspective", "event", "region", "quote", "quote_lang")
    said = {
        name: texts.of(f"{place}.{name}", _said(values.get(name), languages)) for name in OF_STEPS
    }
    return model.Step(
        locator=texts.of(f"{place}.locator", values.get("locator", "")),
        quote_translation=texts.of_quote(
            f"{place}.quote", values.get("quote", ""), values.get("quote_lang", "")
        ),
        **said,
        day=as_day(values["day"]),
        bbox=box_near(box_read(tuple(bbox)), extent) if bbox else None,
        beside_points=tuple(values.get("beside_points", ())),
        beside_events=tuple(values.get("beside_events", ())),
        beside_notes=tuple(values.get("beside_notes", ())),
        **{name: values.get(name, "") for name in plain},
    )


def _said(by_language: Mapping[str, str] | None, languages: tuple[str, ...]) -> str:
    spoken = by_language or {}
    return next((spoken[lang] for lang in languages if spoken.get(lang)), "")


def _source(item: Item, texts: Speech) -> model.Source:
    csl = {key: value for key, value in item.values.items() if key != "custom"}
    own: Mapping[str, Any] = item.values.get("custom", {})
    numbers = {str(name): str(number) for name, number in own.get("list_numbers", {}).items()}
    ours = {place: texts.of(place, text) for place, text in of_source(item).items()}
    csl |= {name: ours[f"sources.{name}"] for name in OF_CSL if f"sources.{name}" in ours}
    return model.Source(
        id=csl["id"],
        csl=MappingProxyType(csl),
        perspective_id=own["perspective"],
        number_in_text=str(own.get("number_in_text") or ""),
        list_numbers=MappingProxyType(numbers),
        confidence=str(own.get("confidence") or ""),
        confidence_reason=ours["sources.confidence_reason"],
        note=ours["sources.note"],
    )


def _origin(item: Item, texts: Speech) -> model.Origin:
    """Make the record of an upstream file."""
    wanted = ("id", "package", "version", "file", "sha256", "licence", "title", "credit", "note")
    values = {name: str(item.values.get(name, "")) for name in wanted}
    said = {place: texts.of(place, text) for place, text in of_origin(item).items()}
    ours = {place.removeprefix("origins."): text for place, text in said.items()}
    return model.Origin(**(values | ours))


def _settings(tables: AtlasTables, texts: Speech) -> model.Settings:
    values = tables.settings.values
    lines = values.get("attribution", [])
    errors = values.get("line_error_km", {})
    return model.Settings(
        title=texts.text("atlas.title"),
        subtitle=texts.text("atlas.subtitle"),
        disclaimer=texts.text("atlas.disclaimer"),
        cutoff=texts.text("atlas.cutoff"),
        version=str(values["version"]),
        licence=str(values["licence"]),
        first_day=as_day(values["first_day"]),
        last_day=as_day(values["last_day"]),
        opening_day=as_day(values["opening_day"]),
        extent=_extent(tables),
        languages=tuple(values["languages"]),
        name_languages=tuple(values["name_languages"]),
        modes=tuple(
            model.Mode(entry["id"], tuple(entry["layers"]), entry["colour_by"])
            for entry in values["modes"]
        ),
        layers=tuple(
            model.Layer(
                entry["id"],
                texts.text(f"layer.{entry['id']}"),
                None if entry["hue"] < 0 else float(entry["hue"]),
                entry["order"],
            )
            for entry in values["layers"]
        ),
        attribution=tuple(
            texts.of("atlas.attribution", str(line))
            for line in ([lines] if isinstance(lines, str) else lines)
        ),
        sides=tuple(
            model.Side(
                entry["id"],
                texts.text(f"side.{entry['id']}"),
                entry["required"],
                entry.get("third_party", False),
            )
            for entry in values.get("sides", [])
        ),
        line_offset_km=MappingProxyType(dict(values.get("line_offset_km", {}))),
        line_errors=MappingProxyType(
            {
                precision: model.LineError(float(error["mean"]), float(error["p95"]))
                for precision, error in errors.items()
                if precision in model.PRECISIONS
            }
        ),
        independent_km=float(errors.get("independent", 0)),
        main_source=tables.main_source,
        ruled=tuple(values.get("ruled", [])),
    )


def _extent(tables: AtlasTables) -> Box:
    west, south, east, north = (float(edge) for edge in tables.settings.values["extent"])
    return box_read((west, max(south, -HIGHEST), east, min(north, HIGHEST)))


def _place(row: Row, extent: Box, texts: Speech) -> model.Place:
    place = record_of(model.Place, row, texts)
    return replace(place, lon=lon_near(place.lon, extent))


def _basemap(tables: AtlasTables, texts: Speech) -> model.Basemap:
    values = tables.basemap.values
    relief = values.get("relief", "")
    west, south, east, north = values.get("relief_extent", (0, 0, 0, 0))
    extent = _extent(tables)
    covered = box_near(box_read((float(west), float(south), float(east), float(north))), extent)
    return model.Basemap(
        relief=str(tables.folder / "basemap" / relief) if relief else "",
        relief_extent=covered,
        **{
            part: _named(
                part, features_near(collection, extent), texts, tables.settings.values["languages"]
            )
            for part, collection in tables.ground.items()
        },
    )


def _named(
    part: str, collection: Mapping[str, Any], texts: Speech, listed: Iterable[str]
) -> Mapping[str, Any]:
    """Give each feature of the ground its name in the language of the texts."""
    features = []
    for feature in collection["features"]:
        names = [texts.of(*name) for name in name_on_ground(part, feature, listed)]
        own = {f"name_{texts.lang}": name for name in names}
        features.append(
            {**feature, "properties": {**own, **feature["properties"]}} if own else feature
        )
    return {**collection, "features": features}
