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
    default_atlas_folder,
    load_tables,
)
from maps.atlas.longitudes import (
    box_near,
    box_read,
    features_near,
    is_across,
    lon_near,
    shape_near,
)
from maps.atlas.model.columns import Column, Text, fields_of
from maps.atlas.model.tables import TABLES, subjects_of
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
    return _Assembly(tables, speech(tables, lang)).atlas()


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


def _dated(rows: Iterable[Row | Feature]) -> dict[str, Iterable[Any]]:
    days = [dated(row) for row in rows]
    return {name: [day[at] for day in days] for at, name in enumerate(("span", "start", "end"))}


class _Assembly:
    """The tables of an atlas on the way to its records."""

    def __init__(self, tables: AtlasTables, texts: Speech) -> None:
        self.tables, self.texts, self.values = tables, texts, tables.settings.values
        west, south, east, north = (float(edge) for edge in self.values["extent"])
        self.extent = box_read((west, max(south, -HIGHEST), east, min(north, HIGHEST)))
        self.sources = _by_id(_source(item, texts) for item in tables.sources)
        self.cited = self._citations()
        self.notes = self._notes()
        self.places = self._places()

    def atlas(self) -> model.Atlas:
        tables, texts = self.tables, self.texts
        events, chains = self._events(), self._grouped("chains", "chain_id")
        days = [parse_day(row["edtf"]) for row in tables["event_dates"]]
        words = {row["kind"]: texts.of(*name_of_kind(row)) for row in tables["regions"]}
        return model.Atlas(
            settings=self._settings(events),
            regions=self._regions(),
            polities=_by_id(self.rows_of("polities")),
            perspectives=_by_id(
                model.Perspective(
                    entry["id"],
                    texts.text(f"perspective.{entry['id']}"),
                    entry.get("side", ""),
                    entry.get("work", ""),
                )
                for entry in self.values.get("perspectives", [])
            ),
            places=self.places,
            periods=tuple(self.rows_of("periods", **_dated(tables["periods"]))),
            boundaries=self._boundaries(),
            statuses=tuple(self.cited_rows("statuses", **_dated(tables["statuses"]))),
            events=events,
            sources=self.sources,
            figures=tuple(self.cited_rows("figures")),
            notes=self.notes,
            origins=_by_id(_origin(item, texts) for item in tables.origins),
            basemap=self._basemap(),
            # A text of the atlas comes before its own word for the kind of a region.
            kind_names=MappingProxyType({**words, **texts.under("kind.")}),
            digest=tables.digest,
            points=self._points(),
            accounts=self._accounts(),
            chains=tuple(
                model.Chain(id, texts.text(f"chain.{id}"), tuple(sorted(of, key=lambda x: x.step)))
                for id, of in chains.items()
            ),
            event_dates=tuple(self.cited_rows("event_dates", day=days)),
            stories=_by_id(self._story(item) for item in tables.stories),
            source_texts=MappingProxyType(texts.under("source.")),
            coverage=texts.coverage,
            untranslated=texts.untranslated,
        )

    def rows_of(self, name: str, **given: Iterable[Any]) -> list[Any]:
        """Make the records of a table; what no column says is given, a value for each row."""
        return records_of(TABLES[name], self.tables[name].rows, self.texts, **given)

    def cited_rows(self, name: str, **given: Iterable[Any]) -> list[Any]:
        """Make the records of a table with what is cited for each, in the order of that file."""
        cited = [self.cited.get((name, row["id"]), ()) for row in self.tables[name]]
        return self.rows_of(name, citations=cited, **given)

    def _grouped(self, name: str, by: str) -> dict[str, list[Any]]:
        """Make the records of a table, by what they belong to, in the order of the file."""
        found: dict[str, list[Any]] = defaultdict(list)
        for record in self.rows_of(name):
            found[getattr(record, by)].append(record)
        return found

    def _citations(self) -> Mapping[tuple[str, str], tuple[model.Citation, ...]]:
        """Make the citations, by the table and the id of what they are for."""
        rows, place = self.tables["citations"].rows, "citations.quote"
        made = self.rows_of(
            "citations",
            source=[self.sources[row["source_id"]] for row in rows],
            quote_translation=[
                self.texts.of_quote(
                    place, row["quote"], row["quote_lang"], row["quote_translation"]
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

    def _notes(self) -> Mapping[str, model.Note]:
        about = self._grouped("note_subjects", "note_id")
        of_each = [about[row["id"]] for row in self.tables["notes"]]
        sources = [tuple(each.source_id for each in of if each.source_id) for of in of_each]
        return _by_id(self.cited_rows("notes", source_ids=sources))

    def _noted(self, name: str, subject: str) -> list[tuple[model.Note, ...]]:
        """Give the notes on each row of a table, in the order of their file."""
        found: dict[str, tuple[model.Note, ...]] = defaultdict(tuple)
        for row in self.tables["note_subjects"]:
            if row[subject]:
                found[row[subject]] += (self.notes[row["note_id"]],)
        return [found[row["id"]] for row in self.tables[name]]

    def _places(self) -> Mapping[str, model.Place]:
        places = self.rows_of("places")
        if is_across(self.extent):
            places = [replace(each, lon=lon_near(each.lon, self.extent)) for each in places]
        return _by_id(places)

    def _regions(self) -> Mapping[str, model.Region]:
        table, names = self.tables["regions"], self._grouped("names", "region_id")
        anchors = [
            (lon_near(float(row["anchor_lon"]), self.extent), float(row["anchor_lat"]))
            if row["anchor_lat"]
            else None
            for row in table
        ]
        return _by_id(
            self.cited_rows(
                "regions",
                names=[tuple(names[row["id"]]) for row in table],
                anchor=anchors,
                notes=self._noted("regions", "region_id"),
            )
        )

    def _boundaries(self) -> tuple[model.Boundary, ...]:
        """Make the boundaries; the layer of each is the file it stands in."""
        features = self.tables.features
        return tuple(
            records_of(
                model.Boundary,
                features,
                self.texts,
                **_dated(features),
                layer=[feature.layer for feature in features],
                geometry=[  # none is empty, once checked
                    shape_near(feature.geometry or Polygon(), self.extent) for feature in features
                ],
                origin_ids=[tuple(feature.properties.get("origins") or ()) for feature in features],
                contested=[bool(feature.properties.get("contested")) for feature in features],
                citations=[self.cited.get(("boundaries", each["id"]), ()) for each in features],
            )
        )

    def _events(self) -> tuple[model.Event, ...]:
        """Make all events, in order of their first day, then of their id."""
        table, regions = self.tables["events"], self._grouped("event_regions", "event_id")
        dates = [parse_date_text(row["edtf"], row["start_day"]) for row in table]
        events = self.cited_rows(
            "events",
            date=dates,
            span=map(shown_span, dates),
            region_ids=[tuple(link.region_id for link in regions[row["id"]]) for row in table],
            place=[self.places.get(row["place_id"]) for row in table],
            notes=self._noted("events", "event_id"),
        )
        return tuple(sorted(events, key=lambda event: (event.span.start, event.id)))

    def _points(self) -> Mapping[str, model.Point]:
        about = self._grouped("point_subjects", "point_id")
        of_each = [about[row["id"]] for row in self.tables["points"]]
        return _by_id(
            self.rows_of(
                "points",
                event_ids=[tuple(each.event_id for each in of if each.event_id) for of in of_each],
                status_ids=[
                    tuple(each.status_id for each in of if each.status_id) for of in of_each
                ],
                region_ids=[
                    tuple(each.region_id for each in of if each.region_id) for of in of_each
                ],
            )
        )

    def _accounts(self) -> tuple[model.Account, ...]:
        days = {
            name: [
                parse_date_text(row[name]).used if row[name] else None
                for row in self.tables["accounts"]
            ]
            for name in ("start", "end")
        }
        return tuple(self.cited_rows("accounts", **days))

    def _in_order(self, by_language: Mapping[str, str] | None) -> str:
        """Choose among texts by language: that of the reader, English, those of the atlas."""
        spoken = by_language or {}
        languages = (self.texts.lang, "en", *self.values["languages"])
        return next((spoken[lang] for lang in languages if spoken.get(lang)), "")

    def _story(self, item: Item) -> model.Story:
        values, place = item.values, place_in_story(item)
        return model.Story(
            id=values["id"],
            source_id=values.get("source", ""),
            steps=tuple(self._step(step, place_in_story(item, step)) for step in values["steps"]),
            **self._spoken(place, values, OF_STORIES),
        )

    def _spoken(
        self, place: str, values: Mapping[str, Any], names: Iterable[str]
    ) -> dict[str, Any]:
        return {
            name: self.texts.of(f"{place}.{name}", self._in_order(values.get(name)))
            for name in names
        }

    def _step(self, values: Mapping[str, Any], place: str) -> model.Step:
        bbox = values.get("bbox")
        plain = ("id", "mode", "perspective", "event", "region", "quote", "quote_lang")
        return model.Step(
            locator=self.texts.of(f"{place}.locator", values.get("locator", "")),
            quote_translation=self.texts.of_quote(
                f"{place}.quote", values.get("quote", ""), values.get("quote_lang", "")
            ),
            day=as_day(values["day"]),
            bbox=box_near(box_read(tuple(bbox)), self.extent) if bbox else None,
            **self._spoken(place, values, OF_STEPS),
            beside_points=tuple(values.get("beside_points", ())),
            beside_events=tuple(values.get("beside_events", ())),
            beside_notes=tuple(values.get("beside_notes", ())),
            **{name: values.get(name, "") for name in plain},
        )

    def _opening_day(self, events: Sequence[model.Event]) -> model.Date:
        """Give the day the atlas opens on: the one it names, else that of its first event."""
        first, last = (as_day(self.values[f"{end}_day"]) for end in ("first", "last"))
        if "opening_day" in self.values:
            return as_day(self.values["opening_day"])
        return min(max(events[0].span.start, first), last) if events else first

    def _settings(self, events: Sequence[model.Event]) -> model.Settings:
        values, texts = self.values, self.texts
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
            opening_day=self._opening_day(events),
            extent=self.extent,
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
            main_source=self.tables.main_source,
            ruled=tuple(values.get("ruled", [])),
        )

    def _basemap(self) -> model.Basemap:
        values = self.tables.basemap.values
        west, south, east, north = map(float, values.get("relief_extent", (0, 0, 0, 0)))
        return model.Basemap(
            relief=self.tables.relief,
            relief_ending=Path(values.get("relief", "")).suffix,
            relief_extent=box_near(box_read((west, south, east, north)), self.extent),
            **{
                part: self._named(part, features_near(collection, self.extent))
                for part, collection in self.tables.ground.items()
            },
        )

    def _named(self, part: str, collection: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give each feature of the ground its name in the language of the texts."""
        features = []
        for feature in collection["features"]:
            names = name_on_ground(part, feature, self.values["languages"])
            own = {f"name_{self.texts.lang}": self.texts.of(*name) for name in names}
            features.append(
                {**feature, "properties": {**own, **feature["properties"]}} if own else feature
            )
        return {**collection, "features": features}


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
