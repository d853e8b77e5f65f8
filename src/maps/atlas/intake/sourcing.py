"""What a row says beside itself: the documents it rests on, and what each teller says."""

from __future__ import annotations

from collections.abc import Mapping

from maps.atlas.intake.draft import Draft
from maps.atlas.intake.mapping import Fields
from maps.atlas.intake.names import fitting, fresh, kebab, parts
from maps.atlas.intake.sources import id_of_source
from maps.atlas.intake.table import Entry
from maps.atlas.load import AtlasTables
from maps.atlas.model import UNSOURCED_STANCES, Account, Citation, Event
from maps.atlas.model.columns import columns_of

# What an event has of its own is not asked for its citation again.
_OF_EVENTS = {column.name for column in columns_of(Event)}
CITED = tuple(
    column.name
    for column in columns_of(Citation)
    if not (column.required or column.refers or column.name in _OF_EVENTS)
)
_STANCE = next(column for column in columns_of(Account) if column.name == "stance")
_OF_ACCOUNTS = ("account", "stance", "account_source")


def account_fields(tables: AtlasTables) -> list[str]:
    """List the columns a sheet may have for the accounts of what a row is about, by teller."""
    tellers = [entry["id"] for entry in tables.settings.values["perspectives"]]
    return [f"{name}_{teller}" for teller in tellers for name in _OF_ACCOUNTS]


class Sourcing:
    """Adds the citations, texts and accounts of rows to a draft."""

    def __init__(self, draft: Draft, fields: Fields) -> None:
        self._draft = draft
        self._fields = fields
        tables = draft.tables
        settings = tables.settings.values
        self._languages = tables.written_languages
        self._sources = _named(tables)
        self._citations = {row["id"] for row in tables["citations"]}
        self._accounts = {row["id"] for row in tables["accounts"]}
        self._side_of = {entry["id"]: entry.get("side", "") for entry in settings["perspectives"]}
        self._required = [side["id"] for side in settings.get("sides", []) if side["required"]]

    def text(self, key: str, text: str, entry: Entry) -> None:
        """Add a text that is the same in each language of the atlas."""
        for lang in self._languages:
            self._draft.append(f"text/{lang}.csv", {"key": key, "text": text}, entry.line)

    def cite(self, entry: Entry, subject: str, of: str) -> None:
        """Add a citation for each source of a row; ``subject`` is the column for ``of``."""
        cited = {name: self._fields.get(entry, name) for name in CITED}
        for said in parts(self._fields.get(entry, "source_id")):
            self._add(entry, said, {subject: of, **cited}, of, "source_id")

    def accounts(self, entry: Entry, subject: str, of: str, evidence: str) -> list[str]:
        """Add what each teller says of a thing; give the required sides that say nothing."""
        heard: set[str] = set()
        for teller, side in self._side_of.items():
            text, stance, sources = (
                self._fields.get(entry, f"{name}_{teller}") for name in _OF_ACCOUNTS
            )
            if not (text or stance):
                continue
            stance = fitting(stance, _STANCE)
            for name, said in (("account", text), ("stance", stance)):
                if not said:
                    message = "is empty; an account has a stance and says in a sentence what it is"
                    self._draft.fault(entry, f"{name}_{teller}", "cell-empty", message)
            id = fresh(kebab(f"{of}-{teller}"), self._accounts)
            self._accounts.add(id)
            row = {"id": id, subject: of, "perspective_id": teller, "stance": stance}
            rests_on = "" if stance in UNSOURCED_STANCES else evidence
            self._draft.append("accounts.csv", row | {"evidence": rests_on}, entry.line)
            self.text(f"account.{id}", text, entry)
            for source in parts(sources):
                name = f"account_source_{teller}"
                self._add(entry, source, {"account_id": id}, id, name)
            heard.add(side)
        return [side for side in self._required if side not in heard]

    def _add(self, entry: Entry, said: str, cells: Mapping[str, str], of: str, name: str) -> None:
        source = self._sources.get(said) or self._sources.get(_form(said), "")
        if not source:
            message = (
                f"'{said}' is not in sources.json; use an id it has, or add it there "
                "(maps import sources)"
            )
            self._draft.fault(entry, name, "reference-unknown", message)
        id = fresh(f"{of}-{source}", self._citations)
        self._citations.add(id)
        row = {"id": id, "source_id": source, "role": "evidence", **cells}
        self._draft.append("citations.csv", row, entry.line)


def _named(tables: AtlasTables) -> dict[str, str]:
    """List sources by what may be written for one: its id, as it was before too, or its title."""
    ids = [str(item.values["id"]) for item in tables.sources]
    titles = [_form(str(item.values.get("title", ""))) for item in tables.sources]
    named = {form: id for form, id in zip(titles, ids, strict=True) if titles.count(form) == 1}
    return named | {_form(id): id for id in reversed(ids)} | {id: id for id in ids}


def _form(said: str) -> str:
    return kebab(id_of_source({"id": said}))
