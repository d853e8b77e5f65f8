"""Rows of a spreadsheet to events, statuses, accounts, periods, places, points or polities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from maps.atlas.check.inventory import by_key
from maps.atlas.intake.coordinates import degrees
from maps.atlas.intake.days import DateReader, date_fault, end_after
from maps.atlas.intake.draft import Cells, Draft
from maps.atlas.intake.mapping import PARTS, Wishes, flag_of
from maps.atlas.intake.names import (
    PlaceFinder,
    RegionFinder,
    fitting,
    fresh,
    id_of_date,
    kebab,
    numbered,
)
from maps.atlas.intake.sources import CITED, Sourcing, account_fields
from maps.atlas.intake.table import Entry
from maps.atlas.intake.text import alike
from maps.atlas.load import AtlasTables, Row, parts
from maps.atlas.model import Account, Citation, in_words_of
from maps.atlas.model.columns import Text, fields_of
from maps.atlas.model.tables import COLUMNS, TABLES, PointSubject, subjects_of

# The tables, beside events, a row of a spreadsheet becomes a row of; what its id is made of
# where it has none.
IDS: Mapping[str, tuple[str, ...]] = {
    "statuses": ("region_id", "dimension", "perspective_id", "start"),
    "accounts": ("event_id", "point_id", "status_id", "perspective_id"),
    "periods": ("name",),
    "places": ("name",),
    "points": ("question",),
    "polities": ("name",),
}
_OF_EVENTS = ("regions", "lat", "lon", "coordinates", "source_id", "start", "end", *PARTS, *CITED)
_EVENT_COLUMNS = {column.name: column for column in COLUMNS["events"]}
_HUE_STEP = 137.5  # degrees: the golden angle, so that each new hue is far from those before


def add_events(draft: Draft) -> None:
    """Add each row of the sheet as an event, with its regions, place, texts and citations."""
    described = ("description", *(f"description_{lang}" for lang in draft.languages))
    if not any(name in draft.fields for name in described):
        draft.remarks.append("no column for the description; the title stands there")
    events = _Events(draft)
    for entry in draft.sheet.entries:
        events.add(entry)
    draft.problems += events.dates.problems()
    draft.remarks += events.dates.remarks()


def add_rows(draft: Draft, table: str) -> None:
    """Add each row of the sheet to one of the tables in `IDS`.

    Its columns are those of the table and its texts (``text``, ``name``, ``question`` …, with
    a language behind for others than the first), ``source_id`` and what a citation says.
    What a column refers to may be written as an id or a name.
    """
    _Rows(draft, table).add_all()


def with_whole_names(wishes: Wishes, table: str) -> Wishes:
    """Let ``--map Controller=polity`` say what ``polity_id`` is, and ``--set`` too."""
    whole = _short_names(table)
    columns = {column: whole.get(name, name) for column, name in wishes.columns.items()}
    values = {whole.get(name, name): value for name, value in wishes.values.items()}
    return replace(wishes, columns=columns, values=values)


def row_fields(table: str, tables: AtlasTables) -> tuple[str, ...]:
    """List what a column of a spreadsheet of events, or of rows of another table, may be."""
    columns, texts = [column.name for column in COLUMNS[table]], texts_of(table)
    tellers = [entry["id"] for entry in tables.settings.values["perspectives"]]
    languages = tables.written_languages
    if table == "events":
        spoken = [f"{name}_{lang}" for lang in languages for name in texts]
        return (*columns, *texts, *_OF_EVENTS, *spoken, *account_fields(tellers))
    spoken = [f"{name}_{lang}" for name in texts for lang in languages]
    cited = ("source_id", *CITED) if table in subjects_of(Citation) else ()
    told = ("evidence", *account_fields(tellers)) if table in subjects_of(Account) else ()
    about = subjects_of(PointSubject) if table == "points" else ()
    beside = (*texts, *spoken, *PARTS, *_short_names(table), *cited, *told, *about)
    return tuple(dict.fromkeys((*columns, *beside)))


def texts_of(table: str) -> Mapping[str, str]:
    """Give the texts each row of a table has: their names, and their keys with {} for its id."""
    fields = fields_of(TABLES[table])
    return {name: said.key for name, said in fields.items() if isinstance(said, Text)}


def _short_names(table: str) -> Mapping[str, str]:
    """Give the columns of ids by what they are called without ``_id``."""
    names = (column.name for column in COLUMNS[table] if column.name.endswith("_id"))
    return {name.removesuffix("_id"): name for name in names}


def hue_of(number: int) -> str:
    """Choose a hue of OKLCH, in degrees, for the polity after so many others."""
    return f"{number * _HUE_STEP % 360:.0f}"


def _texts(draft: Draft, entry: Entry, table: str) -> dict[str, list[str]]:
    """Give each text in each language of the atlas; the column without one is in the first."""
    fields, texts = draft.fields, {}
    for name in texts_of(table):
        said = [fields.get(entry, f"{name}_{lang}") for lang in draft.languages]
        texts[name] = [said[0] or fields.get(entry, name), *said[1:]]
    return texts


def _there(draft: Draft, table: str) -> Iterator[tuple[Row, list[tuple[str, ...]]]]:
    """Give the rows that the atlas has, each with its texts in each language."""
    tables = draft.tables
    said = {(n, row["key"]): row["text"] for n in draft.languages for row in tables.texts[n]}
    for row in tables[table]:
        keys = [key.format(row["id"]) for key in texts_of(table).values()]
        yield row, [tuple(said.get((lang, key), "") for key in keys) for lang in draft.languages]


class _Events:
    """Turns one row after the other into an event of the draft."""

    def __init__(self, draft: Draft) -> None:
        tables = draft.tables
        self.draft, self.fields = draft, draft.fields
        self.regions = RegionFinder(draft)
        self.places = PlaceFinder(draft)
        self.sourcing = Sourcing(draft)
        self.dates = DateReader(draft.fields, draft.dates)
        self.ids = {row["id"]: f"row {row.line} of events.csv" for row in tables["events"]}
        self.kinds = {part for row in tables["events"] for part in row.parts("kinds")}
        self.kind_named = {
            alike(row["text"]): row["key"].removeprefix("kind.")
            for lang in reversed(draft.languages)
            for row in tables.texts[lang]
            if row["key"].startswith("kind.")
        }
        beside = [
            by_key((row["event_id"], row[column]) for row in tables[table])
            for table, column in (("event_regions", "region_id"), ("citations", "source_id"))
        ]
        for row, texts in _there(draft, "events"):
            of_event = (found[row["id"]] for found in beside)
            draft.known.setdefault(_content(row, texts, *of_event), f"{row['id']} of events.csv")

    def add(self, entry: Entry) -> None:
        """Add one event; what does not fit becomes a problem of the draft."""
        draft, fields = self.draft, self.fields
        own = {name: fields.get(entry, name) for name in _EVENT_COLUMNS}
        own |= {name: fitting(own[name], _EVENT_COLUMNS[name]) for name in ("id", "evidence")}
        id = own["id"] or numbered("E", self.ids)
        if id in self.ids:
            message = f"'{id}' is already the id of {self.ids[id]}; each stands once"
            draft.fault(entry, "id", "id-twice", message)
            return
        said = own["edtf"] or fields.date(entry, "start") or fields.date(entry, "end")
        own |= {"id": id, "layer": own["layer"] or "context"}
        own["contested"] = flag_of(own["contested"])
        own["kinds"] = ";".join(self._kind(kind, entry) for kind in parts(own["kinds"]))
        own["edtf"] = self._date(said, entry)
        own["start_day"] = self.dates.read(entry, "start_day", own["start_day"])
        own["note"] = self.dates.noted(entry, own["note"])
        own["place_id"] = self.places.find(entry)
        texts = _texts(draft, entry, "events")
        pairs = zip(texts["title"], texts["description"], strict=True)
        texts["description"] = [description or title for title, description in pairs]
        sources = parts(fields.get(entry, "source_id"))
        self._require(entry, own | {"edtf": said, "title": texts["title"][0]}, sources)
        named = parts(fields.get(entry, "regions"))
        found = [self.regions.find(entry, "regions", name) for name in named]
        regions = list(dict.fromkeys(filter(None, found)))
        spoken = zip(*texts.values(), strict=True)
        key = _content(own | {"edtf": own["edtf"] or said}, spoken, regions, sources)
        if draft.is_known(key, entry.line):
            return
        draft.known[key] = f"row {entry.line} of the sheet"
        self.ids[id] = f"row {entry.line} of this file"
        silent = self.sourcing.accounts(entry, "event_id", id, own["evidence"])
        if own["contested"] == "true" and silent:
            own["contested"] = "false"
            draft.remarks.append(
                f"row {entry.line}: {id} has no account of {', '.join(silent)}, so it "
                "stands there as not contested; add them, then write contested = true in events.csv"
            )
        draft.append("events.csv", own, entry.line)
        for region in regions:
            row = {"event_id": id, "region_id": region}
            draft.append("event_regions.csv", row, entry.line)
        for lang, title in zip(draft.languages[1:], texts["title"][1:], strict=True):
            if not title:  # that it is there in the first language is asked above
                message = f"is empty; each event needs a title in '{lang}'"
                draft.fault(entry, f"title_{lang}", "text-empty", message)
        for name, pattern in texts_of("events").items():
            draft.append_text(pattern.format(id), texts[name], entry.line)
        self.sourcing.cite(entry, "event_id", id)

    def _require(self, entry: Entry, said: Cells, sources: Sequence[str]) -> None:
        """Name what is missing by what would do in this file, not in that of the atlas."""
        wanted = [name for name, c in _EVENT_COLUMNS.items() if c.required and not said[name]]
        wanted += [] if said["title"] else ["title"]
        wanted += [] if sources else ["source_id"]
        for name in wanted:
            allowed = _EVENT_COLUMNS[name].choices if name in _EVENT_COLUMNS else ()
            columns = ("edtf", "start", "start.year") if name == "edtf" else (name,)
            column = next((c for c in columns if c in self.fields.column_of), name)
            self.draft.missing(entry, column, in_words_of(self.draft.tables.main_source, allowed))

    def _kind(self, said: str, entry: Entry) -> str:
        if said in self.kinds:
            return said
        id = self.kind_named.get(alike(said)) or kebab(said) or fresh("kind", self.kinds)
        self.kind_named[alike(said)] = id
        if id not in self.kinds:
            self.kinds.add(id)
            texts = self.draft.tables.texts[self.draft.languages[0]]
            if not any(row["key"] == f"kind.{id}" for row in texts):
                name = said[:1].upper() + said[1:]
                self.draft.append_text(f"kind.{id}", name, entry.line)
        return id

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


def _content(
    own: Cells, texts: Iterable[tuple[str, ...]], regions: Iterable[str], sources: Iterable[str]
) -> Hashable:
    """Give what makes one event the same as another, whatever their ids."""
    # Whether it is contested depends on accounts, which may have come later.
    cells = tuple(own[name] for name in _EVENT_COLUMNS if name not in ("id", "contested"))
    return cells, tuple(texts), frozenset(regions), frozenset(sources)


class _Rows:
    """Turns the rows of a sheet into rows of one of the tables in `IDS`."""

    def __init__(self, draft: Draft, table: str) -> None:
        tables = draft.tables
        self.draft, self.fields, self.table = draft, draft.fields, table
        self.regions = RegionFinder(draft)
        self.sourcing = Sourcing(draft)
        self.columns = {column.name: column for column in COLUMNS[table]}
        self.dates = DateReader(draft.fields, draft.dates, keeps_notes="note" in self.columns)
        self.named = _named(draft)
        self.ids = {row["id"] for row in tables[table]}
        draft.known |= {
            self._content(row, texts[0]): f"{row['id']} of {table}.csv"
            for row, texts in _there(draft, table)
        }

    def add_all(self) -> None:
        """Add all rows; what does not fit becomes a problem of the draft."""
        rows = [(entry, self._cells(entry)) for entry in self.fields.sheet.entries]
        about = ("region_id", "dimension", "perspective_id", "lane")
        held = [
            (entry, "|".join(row.get(name, "") for name in about), row["start"], row["end"])
            for entry, row in rows
            if "end" in row
        ]
        inclusive = self.dates.settled_end(held, self.draft.wishes.end_inclusive)
        self.draft.problems += self.dates.problems()
        self.draft.remarks += self.dates.remarks()
        for entry, row in rows:
            if "end" in row:
                row["end"] = end_after(row["end"], inclusive=inclusive)
            self._append(entry, row)

    def _cells(self, entry: Entry) -> dict[str, str]:
        """Read the cells of a row as its table has them."""
        row: dict[str, str] = {}
        for name, column in self.columns.items():
            where, said = name, self.fields.get(entry, name)
            said = said or self.fields.get(entry, name.removesuffix("_id"))
            if name in ("start", "end"):
                where, said = self.fields.column(name), self.fields.date(entry, name)
            if column.kind in ("edtf", "day"):
                row[name] = self.dates.read(entry, where, said)
            elif column.kind == "flag":
                row[name] = flag_of(said)
            elif column.limit and said:
                row[name] = degrees(said, "lat" if column.limit == 90 else "lon") or said
            elif column.refers and said:
                wanted = parts(said) if column.is_list else [said]
                found = (self._referred(entry, name, column.refers, each) for each in wanted)
                row[name] = ";".join(filter(None, found))
            else:
                row[name] = fitting(said, column) if name == "id" or column.choices else said
            if column.required and not said and name not in ("id", "hue"):
                self.draft.missing(entry, name, column.choices)
        if "note" in row:
            row["note"] = self.dates.noted(entry, row["note"])
        return row

    def _referred(self, entry: Entry, name: str, table: str, said: str) -> str:
        """Give the id of what a cell refers to by id or name."""
        if table == "regions":
            return self.regions.find(entry, name, said)
        there = {id for found in self.named[table].values() for id in found}
        ids = [said] if said in there else self.named[table].get(alike(said), [])
        if len(ids) == 1:
            return ids[0]
        if table == "polities" and not ids:
            id = fresh(kebab(said, "polity"), there)
            self.named[table][alike(said)].append(id)
            row = {"id": id, "hue": hue_of(len(there))}
            self.draft.append("polities.csv", row, entry.line)
            self.draft.append_text(f"polity.{id}", said, entry.line)
            self.draft.remarks.append(f"row {entry.line}: '{said}' is a new polity, {id}")
            return id
        known = ", ".join(sorted(there)[:8]) or "nothing yet"
        told = f"is not there; {table} has {known}"
        if ids:
            told = f"is the name of {', '.join(ids)}; write the id of one"
        self.draft.fault(entry, name, "reference-unknown", f"'{said}' {told}")
        return ""

    def _append(self, entry: Entry, row: dict[str, str]) -> None:
        draft, table = self.draft, self.table
        texts = _texts(draft, entry, table)
        key = self._content(row, [said[0] for said in texts.values()])
        if not row["id"] and draft.is_known(key, entry.line):
            return
        if row["id"] in self.ids:
            message = f"'{row['id']}' is an id already; each id stands once"
            draft.fault(entry, "id", "id-twice", message)
            return
        words = [id_of_date(row.get(name, "") or texts.get(name, [""])[0]) for name in IDS[table]]
        id = row["id"] or fresh(kebab("-".join(filter(None, words)), table), self.ids)
        row |= {"id": id} | ({"hue": row["hue"] or hue_of(len(self.ids))} if "hue" in row else {})
        self.ids.add(id)
        draft.known[key] = f"{id} of {table}.csv"
        draft.append(f"{table}.csv", row, entry.line)
        for name, pattern in texts_of(table).items():
            draft.append_text(pattern.format(id), texts[name], entry.line)
            for lang, text in zip(draft.languages, texts[name], strict=True):
                if not text:
                    draft.missing(entry, name if lang == draft.languages[0] else f"{name}_{lang}")
        for name, column in subjects_of(PointSubject).items() if table == "points" else ():
            for each in parts(self.fields.get(entry, name)):
                about = {"point_id": id, column: self._referred(entry, name, name, each)}
                draft.append("point_subjects.csv", about, entry.line)
        if subject := subjects_of(Citation).get(table):
            self.sourcing.cite(entry, subject, id)
        if subject := subjects_of(Account).get(table):
            self.sourcing.accounts(entry, subject, id, self.fields.get(entry, "evidence"))

    def _content(self, row: Cells, texts: Iterable[str]) -> Hashable:
        """Give what makes one row the same as another, whatever their ids and hues."""
        leaving = ("id", "hue", "evidence")
        cells = tuple((n, row[n]) for n in self.columns if n not in leaving and row.get(n))
        return cells, tuple(texts)


def _named(draft: Draft) -> Mapping[str, dict[str, list[str]]]:
    """List ids by what is written for them: themselves, and their name or title in any language."""
    tables = draft.tables
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    keys = {f"perspective.{id}": ("perspectives", id) for id in draft.ids_in("perspectives")}
    for table in ("polities", "places", "events", "points", "periods", "statuses"):
        key = next(iter(texts_of(table).values()))
        keys |= {key.format(row["id"]): (table, row["id"]) for row in tables[table]}
    for table, id in keys.values():
        found[table][alike(id)].append(id)
    for lang in draft.languages:
        for row in tables.texts[lang]:
            table, id = keys.get(row["key"], ("", ""))
            if id and id not in found[table][alike(row["text"])]:
                found[table][alike(row["text"])].append(id)
    return found
