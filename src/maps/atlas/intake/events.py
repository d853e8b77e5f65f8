"""Rows of a spreadsheet to events, with their regions, places, texts and citations."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path

from maps.atlas.intake.days import date_fault
from maps.atlas.intake.draft import Draft, Outcome
from maps.atlas.intake.mapping import Fields, Wishes, mapped
from maps.atlas.intake.names import RegionFinder, fresh, kebab, parts
from maps.atlas.intake.table import Entry, read_sheet
from maps.atlas.load import AtlasTables, Row
from maps.atlas.model import Citation, Event, in_words_of
from maps.atlas.model.columns import NUMBER, columns_of
from maps.files import locked

_COLUMNS = {column.name: column for column in columns_of(Event)}
_OWN = tuple(_COLUMNS)
# What an event has of its own is not asked for its citation again.
_CITED = tuple(
    column.name
    for column in columns_of(Citation)
    if not (column.required or column.refers or column.name in _COLUMNS)
)
_TEXTS = ("title", "description")
_BESIDE = ("regions", "lat", "lon", "source_id", *_CITED)
_FLAGS = {"yes": "true", "y": "true", "1": "true", "x": "true", "no": "false", "n": "false",
          "0": "false", "": "false"}  # fmt: skip


def import_events(
    file: Path,
    atlas: Path,
    wishes: Wishes = Wishes(),  # noqa: B008 - frozen
    *,
    create_regions: bool = False,
    skip_known: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Add each row of a CSV or xlsx file to an atlas as an event.

    Raises
    ------
    ImportRefused
        Something does not fit, or is there already; every reason is told and nothing was changed.
    FolderBusy
        Another run is changing the atlas.
    """
    sheet = read_sheet(file)
    with locked(atlas):
        draft = Draft(atlas, sheet, skip_known)
        languages = draft.tables.settings.values["languages"]
        texts = [f"{name}_{lang}" for lang in languages for name in _TEXTS]
        fields = mapped(sheet, (*_OWN, *_TEXTS, *_BESIDE, *texts), wishes, "an event")
        draft.column_of = fields.column_of
        writer = _Writer(draft, fields, RegionFinder(draft, create=create_regions))
        draft.remarks += writer.remarks()
        for entry in sheet.entries:
            writer.write(entry)
        return draft.finish(dry_run=dry_run)


class _Writer:
    """Turns one row after the other into rows of the draft."""

    def __init__(self, draft: Draft, fields: Fields, regions: RegionFinder) -> None:
        self.draft = draft
        self.fields = fields
        self.regions = regions
        tables = draft.tables
        self.languages: list[str] = tables.settings.values["languages"]
        self.ids = {row["id"] for row in tables["events"]}
        self.sources = {str(item.values["id"]) for item in tables.sources}
        self.told: set[str] = set()  # fields that were said to be in no column
        self.citation_ids = {row["id"] for row in tables["citations"]}
        self.kinds = {part for row in tables["events"] for part in row.parts("kinds")}
        self.places = {row["id"] for row in tables["places"]}
        self.known = {key: f"{id} of events.csv" for key, id in _contents(tables).items()}
        self.place_named = {
            row["text"].casefold(): row["key"].removeprefix("place.")
            for lang in reversed(self.languages)
            for row in tables.texts[lang]
            if row["key"].startswith("place.")
        }

    def remarks(self) -> Iterator[str]:
        """Say what of the file is left aside, and what stands in for what is missing."""
        for column in self.fields.unused:
            yield f"column '{column}' is not used; --map \"{column}=FIELD\" says what it is"
        if not any(self._has("description", lang) for lang in self.languages):
            yield "no column for the description; the title stands there"

    def write(self, entry: Entry) -> None:
        """Add one event; what does not fit becomes a problem of the draft."""
        own = {name: self.fields.get(entry, name) for name in _OWN}
        own["id"] = own["id"] or self._next_id()
        own["layer"] = own["layer"] or "context"
        flag = own["contested"].lower()
        own["contested"] = _FLAGS.get(flag, flag)
        own["kinds"] = ";".join(self._kind(kind, entry) for kind in parts(own["kinds"]))
        own["place_id"] = self._place(own["place_id"], entry)
        if own["edtf"] and (fault := date_fault(own["edtf"])):
            self._problem(entry, "edtf", "date-unreadable", fault)
        self._require(entry, own)
        regions = self._regions(entry)
        texts = [self._both(lang, entry) for lang in self.languages]
        key = _content(own, texts, regions, parts(self.fields.get(entry, "source_id")))
        if key in self.known:
            self.draft.known(entry.line, self.known[key])
            return
        self.known[key] = f"row {entry.line} of the sheet"
        self.ids.add(own["id"])
        self.draft.append("events.csv", own, entry.line)
        for id in regions:
            row = {"event_id": own["id"], "region_id": id}
            self.draft.append("event_regions.csv", row, entry.line)
        self._texts(own["id"], entry)
        self._citations(own["id"], entry)

    def _problem(self, entry: Entry, name: str, rule: str, message: str) -> None:
        self.draft.problems.append(self.fields.problem(entry, name, rule, message))

    def _require(self, entry: Entry, own: dict[str, str]) -> None:
        """Name what is missing by what would do in this file, not in that of the atlas."""
        wanted = [name for name, c in _COLUMNS.items() if c.required and not own[name]]
        if not self.fields.get(entry, "source_id"):
            wanted.append("source_id")
        for name in wanted:
            allowed = _COLUMNS[name].choices if name in _COLUMNS else ()
            allowed = in_words_of(self.draft.tables.main_source, allowed)
            choices = f" ({', '.join(allowed)})" if allowed else ""
            if name in self.fields.column_of:
                self._problem(entry, name, "cell-empty", f"is empty; fill the cell{choices}")
            elif name not in self.told:
                self.told.add(name)
                message = f'is in no column; --map "COLUMN={name}" or --set {name}=VALUE says it'
                fault = self.fields.sheet.problem(None, name, "field-missing", message + choices)
                self.draft.problems.append(fault)

    def _next_id(self) -> str:
        number = len(self.ids) + 1
        while f"E{number:02}" in self.ids:
            number += 1
        return f"E{number:02}"

    def _kind(self, said: str, entry: Entry) -> str:
        id = said if said in self.kinds else kebab(said)
        if id and id not in self.kinds:
            self.kinds.add(id)
            self._text(f"kind.{id}", said[:1].upper() + said[1:], entry)
        return id

    def _place(self, said: str, entry: Entry) -> str:
        """Find a place by id or name; one with coordinates is made where there is none."""
        known = said if said in self.places else self.place_named.get(said.casefold(), "")
        if not said or known:
            return known
        where = {name: self.fields.get(entry, name) for name in ("lat", "lon")}
        id = fresh(kebab(said), self.places)
        if not id or not all(map(NUMBER.fullmatch, where.values())):
            message = f"'{said}' is no place of the atlas; give lat and lon in degrees to make it"
            self._problem(entry, "place_id", "reference-unknown", message)
            return ""
        self.places.add(id)
        self.place_named[said.casefold()] = id
        self.draft.append("places.csv", {"id": id, **where}, entry.line)
        self._text(f"place.{id}", said, entry)
        return id

    def _regions(self, entry: Entry) -> list[str]:
        found: dict[str, None] = {}
        for said in parts(self.fields.get(entry, "regions")):
            id, fault = self.regions.find(said, entry.line)
            if fault:
                self._problem(entry, "regions", "reference-unknown", fault)
            else:
                found[id] = None
        return list(found)

    def _has(self, name: str, lang: str) -> bool:
        return f"{name}_{lang}" in self.fields or (
            lang == self.languages[0] and name in self.fields
        )

    def _said(self, name: str, lang: str, entry: Entry) -> str:
        said = self.fields.get(entry, f"{name}_{lang}")
        return said or (self.fields.get(entry, name) if lang == self.languages[0] else "")

    def _both(self, lang: str, entry: Entry) -> tuple[str, str]:
        title = self._said("title", lang, entry)
        return title, self._said("description", lang, entry) or title

    def _texts(self, event: str, entry: Entry) -> None:
        for lang in self.languages:
            title, description = self._both(lang, entry)
            if not title:
                place = "title" if lang == self.languages[0] else f"title_{lang}"
                message = f"is empty; each event needs a title in '{lang}'"
                self._problem(entry, place, "text-empty", message)
            for name, text in (("title", title), ("description", description)):
                row = {"key": f"event.{event}.{name}", "text": text}
                self.draft.append(f"text/{lang}.csv", row, entry.line)

    def _text(self, key: str, text: str, entry: Entry) -> None:
        for lang in self.languages:
            self.draft.append(f"text/{lang}.csv", {"key": key, "text": text}, entry.line)

    def _citations(self, event: str, entry: Entry) -> None:
        for source in parts(self.fields.get(entry, "source_id")):
            if source not in self.sources:
                message = f"'{source}' is not in sources.json; add it there or use an id it has"
                self._problem(entry, "source_id", "reference-unknown", message)
            id = fresh(f"{event}-{source}", self.citation_ids)
            self.citation_ids.add(id)
            row = {"id": id, "event_id": event, "source_id": source, "role": "evidence"}
            row |= {name: self.fields.get(entry, name) for name in _CITED}
            self.draft.append("citations.csv", row, entry.line)


def _content(
    own: Mapping[str, str] | Row,
    texts: Iterable[tuple[str, str]],
    regions: Iterable[str],
    sources: Iterable[str],
) -> Hashable:
    """Give what makes one event the same as another, whatever their ids."""
    cells = tuple(own[name] for name in _OWN if name != "id")
    return cells, tuple(texts), frozenset(regions), frozenset(sources)


def _contents(tables: AtlasTables) -> dict[Hashable, str]:
    languages = tables.settings.values["languages"]
    said = {(lang, row["key"]): row["text"] for lang in languages for row in tables.texts[lang]}
    beside: dict[str, dict[str, set[str]]] = {"region_id": {}, "source_id": {}}
    for table, column in (("event_regions", "region_id"), ("citations", "source_id")):
        for row in tables[table]:
            beside[column].setdefault(row["event_id"], set()).add(row[column])
    found: dict[Hashable, str] = {}
    for row in tables["events"]:
        id = row["id"]
        keys = [f"event.{id}.{name}" for name in _TEXTS]
        texts = [(said.get((n, keys[0]), ""), said.get((n, keys[1]), "")) for n in languages]
        of_event = (beside[column].get(id, ()) for column in beside)
        found.setdefault(_content(row, texts, *of_event), id)
    return found
