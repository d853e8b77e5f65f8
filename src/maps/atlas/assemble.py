"""Checked tables to the frozen records of `maps.atlas.model`.

What a column or a text fills is declared beside the field it fills
(`maps.atlas.model.columns`); here is what a row does not say alone: what it points
at, and what is read of several cells. Nothing is judged here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import starmap
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from shapely import Polygon

from maps.atlas import model
from maps.atlas.check import find_faults
from maps.atlas.check.inventory import atlas_days, by_key
from maps.atlas.check.settings import HIGHEST
from maps.atlas.dates import as_day, dated, parse_date_text, parse_day, shown_span
from maps.atlas.load import (
    AtlasTables,
    Feature,
    Item,
    Row,
    default_atlas_folder,
    load_tables,
    parts,
)
from maps.atlas.longitudes import (
    box_near,
    box_read,
    features_near,
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
_DAYS = ("span", "start", "end")
# How the cells of a kind are read; others are text as it stands.
_READ: Mapping[str, Callable[[str], object]] = {
    "flag": lambda text: text == "true",
    "whole": lambda text: int(text or 0),
    "number": lambda text: float(text) if text else None,
    "hue": lambda text: float(text) if text else None,
}


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


def _values(column: Column, rows: Sequence[Row | Feature], texts: Speech) -> list[Any]:
    """Give what a column says in each row; each text that stands in it is read once."""
    cells = (
        [_cell(column, row) for row in rows]
        if column.formerly
        else list(map(itemgetter(column.name), rows))
    )
    parse = parts if column.is_list else _READ.get(column.kind or "")
    if not rows or not (parse or column.prose):
        return cells
    read: dict[str, Any] = {cell: parse(cell) if parse else cell for cell in set(cells)}
    if column.prose:
        place = place_of(rows[0], column.name)
        read |= {cell: texts.of(place, cell) for cell in read if cell not in column.words}
    return [read[cell] for cell in cells]


def _by_id(found: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({record.id: record for record in found})


class _Assembly:
    """The tables of an atlas on the way to its records."""

    def __init__(self, tables: AtlasTables, texts: Speech) -> None:
        self.tables, self.texts, self.values = tables, texts, tables.settings.values
        west, south, east, north = (float(edge) for edge in self.values["extent"])
        self.extent = box_read((west, max(south, -HIGHEST), east, min(north, HIGHEST)))
        self.sources = _by_id(map(self._source, tables.sources))
        self.cited = self._citations()
        lons = [lon_near(float(row["lon"]), self.extent) for row in tables["places"]]
        self.places = _by_id(self.rows_of("places", lon=lons))
        self.notes = _by_id(
            self.rows_of("notes", source_ids=self._links("notes", "note_subjects", "source_id"))
        )

    def atlas(self) -> model.Atlas:
        tables, texts = self.tables, self.texts
        events = self._events()
        chains = by_key((link.chain_id, link) for link in self.rows_of("chains"))
        accounts = tables["accounts"]
        days = {
            end: [parse_date_text(row[end]).used if row[end] else None for row in accounts]
            for end in ("start", "end")
        }
        words = {row["kind"]: texts.of(*name_of_kind(row)) for row in tables["regions"]}
        return model.Atlas(
            settings=self._settings(events),
            regions=self._regions(),
            polities=_by_id(self.rows_of("polities")),
            perspectives=_by_id(
                model.Perspective(each["id"], name, each.get("side", ""), each.get("work", ""))
                for each, name in self._named("perspective")
            ),
            places=self.places,
            periods=tuple(self.rows_of("periods")),
            boundaries=self._boundaries(),
            statuses=tuple(self.rows_of("statuses")),
            events=events,
            sources=self.sources,
            figures=tuple(self.rows_of("figures")),
            notes=self.notes,
            origins=_by_id(map(self._origin, tables.origins)),
            basemap=self._basemap(),
            # A text of the atlas comes before its own word for the kind of a region.
            kind_names=MappingProxyType({**words, **texts.under("kind.")}),
            digest=tables.digest,
            points=_by_id(
                self.rows_of(
                    "points",
                    **{
                        f"{column}s": self._links("points", "point_subjects", column)
                        for column in ("event_id", "status_id", "region_id")
                    },
                )
            ),
            accounts=tuple(self.rows_of("accounts", **days)),
            chains=tuple(
                model.Chain(id, texts.text(f"chain.{id}"), tuple(sorted(of, key=lambda x: x.step)))
                for id, of in chains.items()
            ),
            event_dates=tuple(
                self.rows_of(
                    "event_dates", day=[parse_day(row["edtf"]) for row in tables["event_dates"]]
                )
            ),
            stories=_by_id(map(self._story, tables.stories)),
            source_texts=MappingProxyType(texts.under("source.")),
            coverage=texts.coverage,
            untranslated=texts.untranslated,
        )

    def rows_of(self, name: str, **given: Iterable[Any]) -> list[Any]:
        """Make the records of a table, with their days and, in file order, what is cited for each.

        What no column says alone is given, a value for each row.
        """
        record, rows = TABLES.get(name, model.Boundary), self._rows(name)
        fields = {field.name for field in dataclasses.fields(record)}
        if "span" in fields_of(record):
            days = [dated(row) for row in rows]
            given |= {key: [day[at] for day in days] for at, key in enumerate(_DAYS)}
        if "citations" in fields:
            given["citations"] = [self.cited.get((name, row["id"]), ()) for row in rows]
        if "notes" in fields:
            noted = self._links(name, "note_subjects", "note_id")
            given["notes"] = [tuple(self.notes[id] for id in ids) for ids in noted]
        return records_of(record, rows, self.texts, **given)

    def _rows(self, name: str) -> Sequence[Row | Feature]:
        return self.tables.features if name == "boundaries" else self.tables[name].rows

    def _links(self, name: str, links: str, to: str) -> list[tuple[str, ...]]:
        """Give for each row of a table the ids that another puts beside its own, in file order."""
        own = f"{name.removesuffix('s')}_id"
        found = by_key((row[own], row[to]) for row in self.tables[links] if row[to])
        return [tuple(found[row["id"]]) for row in self._rows(name)]

    def _citations(self) -> Mapping[tuple[str, str], tuple[model.Citation, ...]]:
        """Make the citations, by the table and the id of what they are for."""
        rows, quote = self.tables["citations"].rows, "citations.quote"
        made = self.rows_of(
            "citations",
            source=[self.sources[row["source_id"]] for row in rows],
            quote_translation=[
                self.texts.of_quote(
                    quote, row["quote"], row["quote_lang"], row["quote_translation"]
                )
                for row in rows
            ],
        )
        found = by_key(
            ((table, row[column]), citation)
            for table, column in subjects_of(model.Citation).items()
            for row, citation in zip(rows, made, strict=True)
            if row[column]
        )
        return {key: tuple(cited) for key, cited in found.items()}

    def _regions(self) -> Mapping[str, model.Region]:
        names = by_key((name.region_id, name) for name in self.rows_of("names"))
        rows = self.tables["regions"].rows
        anchors = [
            (lon_near(float(row["anchor_lon"]), self.extent), float(row["anchor_lat"]))
            if row["anchor_lat"]
            else None
            for row in rows
        ]
        named = [tuple(names[row["id"]]) for row in rows]
        return _by_id(self.rows_of("regions", names=named, anchor=anchors))

    def _boundaries(self) -> tuple[model.Boundary, ...]:
        """Make the boundaries; the layer of each is the file it stands in."""
        features = self.tables.features
        return tuple(
            self.rows_of(
                "boundaries",
                layer=[feature.layer for feature in features],
                geometry=[  # none is empty, once checked
                    shape_near(feature.geometry or Polygon(), self.extent) for feature in features
                ],
                origin_ids=[tuple(feature.properties.get("origins") or ()) for feature in features],
                contested=[bool(feature.properties.get("contested")) for feature in features],
            )
        )

    def _events(self) -> tuple[model.Event, ...]:
        """Make all events, in order of their first day, then of their id."""
        rows = self.tables["events"].rows
        dates = [parse_date_text(row["edtf"], row["start_day"]) for row in rows]
        events = self.rows_of(
            "events",
            date=dates,
            span=map(shown_span, dates),
            region_ids=self._links("events", "event_regions", "region_id"),
            place=[self.places.get(row["place_id"]) for row in rows],
        )
        return tuple(sorted(events, key=lambda event: (event.span.start, event.id)))

    def _spoken(
        self, place: str, values: Mapping[str, Any], names: Iterable[str]
    ) -> dict[str, Any]:
        """Choose texts of a story by language: that of the reader, English, those of the atlas."""
        languages = (self.texts.lang, "en", *self.values["languages"])
        spoken = {}
        for name in names:
            said = values.get(name) or {}
            text = next((said[lang] for lang in languages if said.get(lang)), "")
            spoken[name] = self.texts.of(f"{place}.{name}", text)
        return spoken

    def _story(self, item: Item) -> model.Story:
        steps = []
        for step in item.values["steps"]:
            place, bbox = place_in_story(item, step), step.get("bbox")
            quote, quote_lang = step.get("quote", ""), step.get("quote_lang", "")
            lists = ("beside_points", "beside_events", "beside_notes")
            rest: dict[str, Any] = {
                **{name: step.get(name, "") for name in ("perspective", "event", "region")},
                **{name: tuple(step.get(name, ())) for name in lists},
                **self._spoken(place, step, OF_STEPS),
            }
            steps.append(
                model.Step(
                    id=step["id"],
                    day=as_day(step["day"]),
                    mode=step["mode"],
                    bbox=box_near(box_read(tuple(bbox)), self.extent) if bbox else None,
                    quote=quote,
                    quote_lang=quote_lang,
                    quote_translation=self.texts.of_quote(f"{place}.quote", quote, quote_lang),
                    locator=self.texts.of(f"{place}.locator", step.get("locator", "")),
                    **rest,
                )
            )
        return model.Story(
            id=item.values["id"],
            source_id=item.values.get("source", ""),
            steps=tuple(steps),
            **self._spoken(place_in_story(item), item.values, OF_STORIES),
        )

    def _named(self, kind: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Give the entries of a kind in atlas.toml, each with its name among the texts."""
        for entry in self.values.get(f"{kind}s", []):
            yield entry, self.texts.text(f"{kind}.{entry['id']}")

    def _settings(self, events: Sequence[model.Event]) -> model.Settings:
        values, texts = self.values, self.texts
        first, last = atlas_days(self.tables)
        # Without a day it names, an atlas opens on that of its first event.
        opening = min(max(events[0].span.start, first), last) if events else first
        lines = values.get("attribution", [])
        errors = values.get("line_error_km", {})
        return model.Settings(
            title=texts.text("atlas.title"),
            subtitle=texts.text("atlas.subtitle"),
            disclaimer=texts.text("atlas.disclaimer"),
            cutoff=texts.text("atlas.cutoff"),
            version=str(values["version"]),
            licence=str(values["licence"]),
            first_day=first,
            last_day=last,
            opening_day=as_day(values.get("opening_day", opening)),
            extent=self.extent,
            languages=tuple(values["languages"]),
            name_languages=tuple(values["name_languages"]),
            modes=tuple(
                model.Mode(entry["id"], tuple(entry["layers"]), entry["colour_by"])
                for entry in values["modes"]
            ),
            layers=tuple(
                model.Layer(
                    each["id"], name, None if each["hue"] < 0 else float(each["hue"]), each["order"]
                )
                for each, name in self._named("layer")
            ),
            attribution=tuple(
                texts.of("atlas.attribution", str(line))
                for line in ([lines] if isinstance(lines, str) else lines)
            ),
            sides=tuple(
                model.Side(each["id"], name, each["required"], each.get("third_party", False))
                for each, name in self._named("side")
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
                part: self._named_on_ground(part, features_near(collection, self.extent))
                for part, collection in self.tables.ground.items()
            },
        )

    def _named_on_ground(self, part: str, collection: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give each feature of the ground its name in the language of the texts."""
        features = []
        for feature in collection["features"]:
            names = name_on_ground(part, feature, self.values["languages"])
            own = {f"name_{self.texts.lang}": self.texts.of(*name) for name in names}
            features.append(
                {**feature, "properties": {**own, **feature["properties"]}} if own else feature
            )
        return {**collection, "features": features}

    def _source(self, item: Item) -> model.Source:
        csl = {key: value for key, value in item.values.items() if key != "custom"}
        own: Mapping[str, Any] = item.values.get("custom", {})
        numbers = {str(name): str(number) for name, number in own.get("list_numbers", {}).items()}
        ours = self._ours(of_source(item))
        return model.Source(
            id=csl["id"],
            csl=MappingProxyType(csl | {name: ours[name] for name in OF_CSL if name in ours}),
            perspective_id=own["perspective"],
            number_in_text=str(own.get("number_in_text") or ""),
            list_numbers=MappingProxyType(numbers),
            confidence=str(own.get("confidence") or ""),
            confidence_reason=ours["confidence_reason"],
            note=ours["note"],
        )

    def _origin(self, item: Item) -> model.Origin:
        names = [field.name for field in dataclasses.fields(model.Origin)]
        values = {name: str(item.values.get(name, "")) for name in names}
        return model.Origin(**(values | self._ours(of_origin(item))))

    def _ours(self, said: Mapping[str, str]) -> dict[str, str]:
        """Translate what is ours in a source or an upstream file; the place ends in its name."""
        return {place.partition(".")[2]: self.texts.of(place, text) for place, text in said.items()}
