"""Checked tables to the frozen records of `maps.atlas.model`.

What a column or a text fills is declared beside the field it fills
(`maps.atlas.model.columns`); here is what a row does not say alone: what it points
at, and what is read of several cells. Nothing is judged here.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import starmap
from operator import itemgetter
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
from maps.atlas.longitudes import (
    Box,
    box_near,
    box_read,
    features_near,
    is_across,
    lon_near,
    shape_near,
)
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
_READ = ("flag", "whole", "number", "hue")  # kinds whose cells are more than text
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
    places = _by_id(_places(tables, extent, texts))
    languages = (lang, "en", *values["languages"])
    return model.Atlas(
        settings=_settings(tables, texts),
        regions=_regions(tables, notes, cited, texts),
        polities=_by_id(records_of(model.Polity, tables["polities"].rows, texts)),
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
            records_of(model.Period, tables["periods"].rows, texts, **_dated(tables["periods"]))
        ),
        boundaries=_boundaries(tables.features, cited, extent, texts),
        statuses=tuple(
            records_of(
                model.Status,
                tables["statuses"].rows,
                texts,
                **_dated(tables["statuses"]),
                citations=_for(cited, tables["statuses"]),
            )
        ),
        events=_events(tables, texts, places, notes, cited),
        sources=sources,
        figures=tuple(
            records_of(
                model.Figure,
                tables["figures"].rows,
                texts,
                citations=_for(cited, tables["figures"]),
            )
        ),
        notes=notes,
        origins=_by_id(_origin(item, texts) for item in tables.origins),
        basemap=_basemap(tables, texts),
        kind_names=_kind_names(tables, texts),
        digest=tables.digest,
        points=_points(tables, texts),
        accounts=_accounts(tables["accounts"], texts, cited),
        chains=_chains(tables["chains"], texts),
        event_dates=tuple(
            records_of(
                model.AlternativeDate,
                tables["event_dates"].rows,
                texts,
                day=[parse_day(row["edtf"]) for row in tables["event_dates"]],
                citations=_for(cited, tables["event_dates"]),
            )
        ),
        stories=_by_id(_story(item, languages, extent, texts) for item in tables.stories),
        source_texts=MappingProxyType(texts.under("source.")),
        coverage=texts.coverage,
        untranslated=texts.untranslated,
    )


def records_of(
    record: type[Record],
    rows: Sequence[Row | Feature],
    texts: Speech,
    **given: Iterable[Any],
) -> list[Record]:
    """Make the records of the checked rows of a table: what is declared, and the rest given.

    A field of one column holds what is in the cell; one of several that is not given
    is a mapping of those that are filled, by the names of the columns. What is given
    is a value for each row. Columns are read one by one, which is quicker than rows.
    """
    columns = dict(given)
    for field, source in fields_of(record).items():  # type: ignore[arg-type]  # mypy 11469
        if field in given:
            continue
        if isinstance(source, Text):
            columns[field] = [texts.text(source.key.format(row["id"])) for row in rows]
        elif len(source) == 1:
            columns[field] = _values(source[0], rows, texts)
        else:
            filled = [{c.name: text for c in source if (text := _cell(c, row))} for row in rows]
            columns[field] = map(MappingProxyType, filled)
    order = [field.name for field in dataclasses.fields(record)]  # type: ignore[arg-type]
    return list(starmap(record, zip(*(columns[name] for name in order), strict=True)))


def _cell(column: Column, row: Row | Feature) -> str:
    return row[column.name] or (row[column.formerly] if column.formerly else "")


def _cells(column: Column, rows: Sequence[Row | Feature]) -> list[str]:
    if column.formerly:
        return [_cell(column, row) for row in rows]
    return list(map(itemgetter(column.name), rows))


def _values(column: Column, rows: Sequence[Row | Feature], texts: Speech) -> list[Any]:
    """Give what a column says in each row; each text that stands in it is read once."""
    cells = _cells(column, rows)
    if not rows or not (column.prose or column.is_list or column.kind in _READ):
        return cells
    read: dict[str, Any] = {cell: _value(column, cell) for cell in set(cells)}
    if column.prose:
        place = place_of(rows[0], column.name)
        read |= {cell: texts.of(place, cell) for cell in read if cell not in column.words}
    return [read[cell] for cell in cells]


def _value(column: Column, text: str) -> object:
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


def _dated(rows: Iterable[Row | Feature]) -> dict[str, Iterable[Any]]:
    days = [dated(row) for row in rows]
    return {name: [day[at] for day in days] for at, name in enumerate(("span", "start", "end"))}


def _citations(tables: AtlasTables, sources: Mapping[str, model.Source], texts: Speech) -> _Cited:
    rows = tables["citations"].rows
    made = records_of(
        model.Citation,
        rows,
        texts,
        source=[sources[row["source_id"]] for row in rows],
        quote_translation=[
            texts.of_quote(
                "citations.quote", row["quote"], row["quote_lang"], row["quote_translation"]
            )
            for row in rows
        ],
    )
    found: dict[tuple[str, str], list[model.Citation]] = defaultdict(list)
    for table, column in subjects_of(model.Citation).items():
        for id, citation in zip(map(itemgetter(column), rows), made, strict=True):
            if id:
                found[table, id].append(citation)
    return {key: tuple(cited) for key, cited in found.items()}


def _for(cited: _Cited, table: Table) -> list[tuple[model.Citation, ...]]:
    """Give the citations for each row of a table, in the order of their file."""
    name = table.file.removesuffix(".csv")
    return [cited.get((name, row["id"]), ()) for row in table]


def _notes(tables: AtlasTables, texts: Speech, cited: _Cited) -> Mapping[str, model.Note]:
    sources: dict[str, list[str]] = defaultdict(list)
    for subject in records_of(NoteSubject, tables["note_subjects"].rows, _NO_TEXTS):
        sources[subject.note_id] += [subject.source_id] if subject.source_id else []
    table = tables["notes"]
    return _by_id(
        records_of(
            model.Note,
            table.rows,
            texts,
            citations=_for(cited, table),
            source_ids=[tuple(sources[row["id"]]) for row in table],
        )
    )


def _regions(
    tables: AtlasTables, notes: Mapping[str, model.Note], cited: _Cited, texts: Speech
) -> Mapping[str, model.Region]:
    extent = _extent(tables)
    names: dict[str, list[model.Name]] = defaultdict(list)
    forms = records_of(model.Name, tables["names"].rows, _NO_TEXTS)
    for row, name in zip(tables["names"], forms, strict=True):
        names[row["region_id"]].append(name)
    noted = _noted(tables, notes, "region_id")
    table = tables["regions"]
    anchors = [
        (lon_near(float(row["anchor_lon"]), extent), float(row["anchor_lat"]))
        if row["anchor_lat"]
        else None
        for row in table
    ]
    return _by_id(
        records_of(
            model.Region,
            table.rows,
            texts,
            names=[tuple(names[row["id"]]) for row in table],
            anchor=anchors,
            notes=[noted.get(row["id"], ()) for row in table],
            citations=_for(cited, table),
        )
    )


def _noted(
    tables: AtlasTables, notes: Mapping[str, model.Note], subject: str
) -> Mapping[str, tuple[model.Note, ...]]:
    """Map events or regions to the notes on them, in the order of the file."""
    found: dict[str, tuple[model.Note, ...]] = defaultdict(tuple)
    for row in tables["note_subjects"]:
        if row[subject]:
            found[row[subject]] += (notes[row["note_id"]],)
    return found


def _boundaries(
    features: Sequence[Feature], cited: _Cited, extent: Box, texts: Speech
) -> tuple[model.Boundary, ...]:
    """Make the boundaries; the layer of each is the file it stands in."""
    return tuple(
        records_of(
            model.Boundary,
            features,
            texts,
            **_dated(features),
            layer=[feature.layer for feature in features],
            geometry=[  # none is empty, once checked
                shape_near(feature.geometry or Polygon(), extent) for feature in features
            ],
            origin_ids=[tuple(feature.properties.get("origins") or ()) for feature in features],
            contested=[bool(feature.properties.get("contested")) for feature in features],
            citations=[cited.get(("boundaries", feature["id"]), ()) for feature in features],
        )
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
    for link in records_of(EventRegion, tables["event_regions"].rows, _NO_TEXTS):
        regions[link.event_id].append(link.region_id)
    noted = _noted(tables, notes, "event_id")
    table = tables["events"]
    dates = [parse_date_text(row["edtf"], row["start_day"]) for row in table]
    events = records_of(
        model.Event,
        table.rows,
        texts,
        date=dates,
        span=map(shown_span, dates),
        region_ids=[tuple(regions[row["id"]]) for row in table],
        place=[places[row["place_id"]] if row["place_id"] else None for row in table],
        citations=_for(cited, table),
        notes=[noted.get(row["id"], ()) for row in table],
    )
    return tuple(sorted(events, key=lambda event: (event.span.start, event.id)))


def _points(tables: AtlasTables, texts: Speech) -> Mapping[str, model.Point]:
    about: dict[str, list[PointSubject]] = defaultdict(list)
    for subject in records_of(PointSubject, tables["point_subjects"].rows, _NO_TEXTS):
        about[subject.point_id].append(subject)
    table = tables["points"]
    of_each = [about[row["id"]] for row in table]
    return _by_id(
        records_of(
            model.Point,
            table.rows,
            texts,
            event_ids=[tuple(s.event_id for s in of if s.event_id) for of in of_each],
            status_ids=[tuple(s.status_id for s in of if s.status_id) for of in of_each],
            region_ids=[tuple(s.region_id for s in of if s.region_id) for of in of_each],
        )
    )


def _accounts(table: Table, texts: Speech, cited: _Cited) -> tuple[model.Account, ...]:
    days = {
        name: [parse_date_text(row[name]).used if row[name] else None for row in table]
        for name in ("start", "end")
    }
    return tuple(records_of(model.Account, table.rows, texts, **days, citations=_for(cited, table)))


def _chains(table: Table, texts: Speech) -> tuple[model.Chain, ...]:
    """Make the chains, each with its links in order, in the order of the file."""
    links: dict[str, list[model.ChainLink]] = defaultdict(list)
    for link in records_of(model.ChainLink, table.rows, _NO_TEXTS):
        links[link.chain_id].append(link)
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


def _places(tables: AtlasTables, extent: Box, texts: Speech) -> Iterable[model.Place]:
    places = records_of(model.Place, tables["places"].rows, texts)
    if not is_across(extent):
        return places
    return (replace(place, lon=lon_near(place.lon, extent)) for place in places)


def _basemap(tables: AtlasTables, texts: Speech) -> model.Basemap:
    values = tables.basemap.values
    relief = values.get("relief", "")
    west, south, east, north = values.get("relief_extent", (0, 0, 0, 0))
    extent = _extent(tables)
    covered = box_near(box_read((float(west), float(south), float(east), float(north))), extent)
    return model.Basemap(
        relief=(tables.folder / "basemap" / relief).read_bytes() if relief else b"",
        relief_ending=Path(relief).suffix,
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
