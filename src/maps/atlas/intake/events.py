"""Rows of a spreadsheet to events, with their regions, places, texts, citations and accounts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path

from maps.atlas.intake.days import Dates, date_fault
from maps.atlas.intake.draft import Draft, Outcome
from maps.atlas.intake.linked import read_rows
from maps.atlas.intake.mapping import PARTS, Fields, Wishes
from maps.atlas.intake.names import RegionFinder, fitting, fresh, kebab, parts
from maps.atlas.intake.places import PlaceFinder
from maps.atlas.intake.sourcing import CITED, Sourcing, account_fields
from maps.atlas.intake.spans import DateReader
from maps.atlas.intake.table import Entry
from maps.atlas.intake.text import alike
from maps.atlas.load import AtlasTables, Row
from maps.atlas.model import Event, in_words_of
from maps.atlas.model.columns import columns_of
from maps.files import locked

_COLUMNS = {column.name: column for column in columns_of(Event)}
_OWN = tuple(_COLUMNS)
_TEXTS = ("title", "description")
_BESIDE = ("regions", "lat", "lon", "coordinates", "source_id", "start", "end", *PARTS, *CITED)
_SAID = {
    "true": "yes y 1 x ja oui sí да так evet bəli այո wahr vrai истина doğru",
    "false": "no n 0 nein non нет ні hayır xeyr ոչ falsch faux ложь yanlış",
}
FLAGS = {"": "false"} | {word: flag for flag, words in _SAID.items() for word in words.split()}


def import_events(
    file: Path,
    atlas: Path,
    wishes: Wishes = Wishes(),  # noqa: B008 - frozen
    *,
    encoding: str = "",
    sheet: str = "",
    dates: str = "",
    create_regions: bool = False,
    skip_known: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Add each row of a CSV or xlsx file, or point of a map file, to an atlas as an event.

    ``dates`` is one of `maps.atlas.intake.days.ORDERS`, or empty: EDTF alone.

    Raises
    ------
    ImportRefused
        Something does not fit, or is there already; every reason is told and nothing was changed.
    FolderBusy
        Another run is changing the atlas.
    """
    read = read_rows(file, "events", encoding, sheet)
    with locked(atlas):
        draft = Draft(atlas, read, skip_known)
        fields = draft.fields(event_fields(draft.tables), wishes, "an event")
        regions = RegionFinder(draft, create=create_regions)
        writer = _Writer(draft, fields, regions, Dates(dates, draft.years))
        draft.remarks += writer.remarks()
        for entry in read.entries:
            writer.write(entry)
        draft.problems += writer.dates.problems()
        draft.remarks += writer.dates.remarks()
        return draft.finish(dry_run=dry_run)


def event_fields(tables: AtlasTables) -> tuple[str, ...]:
    """List what a column of a spreadsheet of events may be."""
    languages = tables.written_languages
    texts = [f"{name}_{lang}" for lang in languages for name in _TEXTS]
    return (*_OWN, *_TEXTS, *_BESIDE, *texts, *account_fields(tables))


class _Writer:
    """Turns one row after the other into rows of the draft."""

    def __init__(self, draft: Draft, fields: Fields, regions: RegionFinder, dates: Dates) -> None:
        self.draft = draft
        self.fields = fields
        self.regions = regions
        self.dates = DateReader(fields, dates)
        self.places = PlaceFinder(draft, fields)
        self.sourcing = Sourcing(draft, fields)
        tables = draft.tables
        self.languages = self.draft.tables.written_languages
        self.ids = {row["id"]: f"row {row.line} of events.csv" for row in tables["events"]}
        self.kinds = {part for row in tables["events"] for part in row.parts("kinds")}
        self.known = {key: f"{id} of events.csv" for key, id in _contents(tables).items()}
        self.kind_named = {
            alike(row["text"]): row["key"].removeprefix("kind.")
            for lang in reversed(self.languages)
            for row in tables.texts[lang]
            if row["key"].startswith("kind.")
        }

    def remarks(self) -> Iterator[str]:
        """Say what stands in for what is missing."""
        if not any(self._has("description", lang) for lang in self.languages):
            yield "no column for the description; the title stands there"

    def write(self, entry: Entry) -> None:
        """Add one event; what does not fit becomes a problem of the draft."""
        own = {name: self.fields.get(entry, name) for name in _OWN}
        own |= {name: fitting(own[name], _COLUMNS[name]) for name in ("id", "evidence")}
        if own["id"] in self.ids:
            message = f"'{own['id']}' is already the id of {self.ids[own['id']]}; each stands once"
            self.draft.fault(entry, "id", "id-twice", message)
            return
        own["id"] = own["id"] or self._next_id()
        own["layer"] = own["layer"] or "context"
        flag = own["contested"].lower()
        own["contested"] = FLAGS.get(flag, flag)
        own["kinds"] = ";".join(self._kind(kind, entry) for kind in parts(own["kinds"]))
        said = self._date_said(own["edtf"], entry)
        own["edtf"] = self._date(said, entry)
        own["start_day"] = self.dates.read(entry, "start_day", own["start_day"])
        own["note"] = self.dates.noted(entry, own["note"])
        own["place_id"] = self.places.find(entry)
        texts = [self._both(lang, entry) for lang in self.languages]
        self._require(entry, own | {"edtf": said, "title": texts[0][0]})
        regions = self._regions(entry)
        dated = own if own["edtf"] else own | {"edtf": said}
        key = _content(dated, texts, regions, parts(self.fields.get(entry, "source_id")))
        if key in self.known:
            self.draft.known(entry.line, self.known[key])
            return
        self.known[key] = f"row {entry.line} of the sheet"
        self.ids[own["id"]] = f"row {entry.line} of this file"
        silent = self.sourcing.accounts(entry, "event_id", own["id"], own["evidence"])
        if own["contested"] == "true" and silent:
            own["contested"] = "false"
            self.draft.remarks.append(
                f"row {entry.line}: {own['id']} has no account of {', '.join(silent)}, so it "
                "stands there as not contested; add them, then write contested = true in events.csv"
            )
        self.draft.append("events.csv", own, entry.line)
        for id in regions:
            row = {"event_id": own["id"], "region_id": id}
            self.draft.append("event_regions.csv", row, entry.line)
        self._texts(own["id"], texts, entry)
        self.sourcing.cite(entry, "event_id", own["id"])

    def _require(self, entry: Entry, said: dict[str, str]) -> None:
        """Name what is missing by what would do in this file, not in that of the atlas."""
        wanted = [name for name, c in _COLUMNS.items() if c.required and not said[name]]
        wanted += [] if said["title"] else ["title"]
        wanted += [] if self.fields.get(entry, "source_id") else ["source_id"]
        for name in wanted:
            allowed = _COLUMNS[name].choices if name in _COLUMNS else ()
            columns = ("edtf", "start", "start.year") if name == "edtf" else (name,)
            column = next((c for c in columns if c in self.fields.column_of), name)
            self.draft.missing(entry, column, in_words_of(self.draft.tables.main_source, allowed))

    def _next_id(self) -> str:
        number = len(self.ids) + 1
        while f"E{number:02}" in self.ids:
            number += 1
        return f"E{number:02}"

    def _kind(self, said: str, entry: Entry) -> str:
        if said in self.kinds:
            return said
        id = self.kind_named.get(alike(said)) or kebab(said)
        id = id or fresh("kind", self.kinds)
        self.kind_named[alike(said)] = id
        if id not in self.kinds:
            self.kinds.add(id)
            if not self._has_text(f"kind.{id}"):
                self.sourcing.text(f"kind.{id}", said[:1].upper() + said[1:], entry)
        return id

    def _has_text(self, key: str) -> bool:
        table = self.draft.tables.texts[self.languages[0]]
        return any(row["key"] == key for row in table)

    def _date_said(self, whole: str, entry: Entry) -> str:
        return whole or self.fields.date(entry, "start") or self.fields.date(entry, "end")

    def _date(self, said: str, entry: Entry) -> str:
        """Read the date of a row, an interval where it has an end too."""
        name = "edtf" if "edtf" in self.fields else self.fields.column("start")
        start = self.dates.read(entry, name, said)
        end_said = self.fields.date(entry, "end")
        end = self.dates.read(entry, self.fields.column("end"), end_said)
        if not (start and end) or start == end or "/" in start or end_said == said:
            return start
        span = f"{start}/{end}"
        if fault := date_fault(span):
            self.draft.fault(entry, self.fields.column("end"), "end-before-start", fault)
        return span

    def _regions(self, entry: Entry) -> list[str]:
        found: dict[str, None] = {}
        for said in parts(self.fields.get(entry, "regions")):
            id, fault = self.regions.find(said, entry.line)
            if fault:
                self.draft.fault(entry, "regions", "reference-unknown", fault)
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

    def _texts(self, event: str, texts: Iterable[tuple[str, str]], entry: Entry) -> None:
        for lang, (title, description) in zip(self.languages, texts, strict=True):
            if not title and lang != self.languages[0]:  # the first one is required
                message = f"is empty; each event needs a title in '{lang}'"
                self.draft.fault(entry, f"title_{lang}", "text-empty", message)
            for name, text in (("title", title), ("description", description)):
                row = {"key": f"event.{event}.{name}", "text": text}
                self.draft.append(f"text/{lang}.csv", row, entry.line)


def _content(
    own: Mapping[str, str] | Row,
    texts: Iterable[tuple[str, str]],
    regions: Iterable[str],
    sources: Iterable[str],
) -> Hashable:
    """Give what makes one event the same as another, whatever their ids."""
    # Whether it is contested depends on accounts, which may have come later.
    cells = tuple(own[name] for name in _OWN if name not in ("id", "contested"))
    return cells, tuple(texts), frozenset(regions), frozenset(sources)


def _contents(tables: AtlasTables) -> dict[Hashable, str]:
    languages = tables.written_languages
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
