"""Which texts of an atlas are translated, and how they are said in a language.

``text/<lang>.csv`` holds the texts of the atlas by key, in its first language and in any
that is written beside it. ``text/<lang>.po`` translates those, and all that is written in
the first language elsewhere: in tables, sources and stories, on the ground of the map.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from maps.atlas.load import AtlasTables, Feature, Item, Row
from maps.atlas.model.tables import COLUMNS
from maps.catalogue import Catalogue, Coverage, Text, coverage, read_catalogue

# Ours where it is in brackets, as libraries have it: what nobody has given a title.
OF_CSL = ("title", "container-title", "genre", "archive")
OF_ORIGINS = ("title", "licence", "credit", "note")
OF_SOURCES = ("note", "confidence_reason")
OF_STORIES, OF_STEPS = ("title", "lead"), ("title", "text", "beside")
# A number or a day needs no translation, nor one of which EDTF leaves a digit open.
_LETTERS = re.compile(r"[^\W\d_X]")


@dataclass(frozen=True)
class Speech:
    """The texts of an atlas in one language; what is not translated is as it was written.

    ``first`` is the language they are written in, ``untranslated`` are those of them that
    the catalogue of the language lacks.
    """

    lang: str
    first: str = ""
    by_key: Mapping[str, str] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=Catalogue)
    coverage: Coverage = field(default_factory=Coverage)
    untranslated: frozenset[str] = frozenset()

    def text(self, key: str) -> str:
        """Give a text of the atlas by its key, empty where it has none."""
        return self.by_key.get(key, "")

    def of(self, place: str, text: str) -> str:
        """Give what is written in a place, as ``statuses.note``."""
        return self.catalogue.texts.get((place, text), text)

    def under(self, prefix: str) -> dict[str, str]:
        """Select the texts whose keys start with a prefix, by the rest of the key."""
        return {
            key.removeprefix(prefix): text
            for key, text in self.by_key.items()
            if key.startswith(prefix)
        }

    def of_quote(self, place: str, quote: str, quote_lang: str, ours: str = "") -> str:
        """Translate a quote, but not to a reader of its language; ``ours`` is an English one."""
        if not quote or quote_lang.partition("-")[0] == self.lang:
            return ""
        said = self.of(place, quote)
        return said if said != quote else self.of("citations.quote_translation", ours)


def speech(tables: AtlasTables, lang: str) -> Speech:
    """Give the texts of an atlas in a language, over English, over its first language."""
    first = tables.written_languages[0]
    written = _by_key(tables, first, "en", lang)
    content = tables.catalogues.get(lang)
    if content is None and lang in tables.written_languages:
        return Speech(lang, first, written)
    catalogue = Catalogue() if content is None else read_catalogue(content)
    wanted = set(translatable(tables))
    own = _by_key(tables, lang)  # a file of texts needs no catalogue
    wanted -= {(key, written[key]) for key in own}
    said = {key: catalogue.texts.get((key, text), text) for key, text in written.items()}
    return Speech(
        lang,
        first,
        said,
        catalogue,
        coverage(catalogue, wanted),
        frozenset(text for _, text in wanted - catalogue.texts.keys()),
    )


def _by_key(tables: AtlasTables, *languages: str) -> dict[str, str]:
    return {
        row["key"]: row["text"]
        for lang in languages
        for row in tables.texts.get(lang, ())
        if row["text"]
    }


def translatable(tables: AtlasTables) -> Iterator[Text]:
    """List what a catalogue of an atlas translates: the place of each text, and the text."""
    return ((place, text) for place, text in _written(tables) if text and _LETTERS.search(text))


def _written(tables: AtlasTables) -> Iterator[Text]:
    listed = tables.settings.values.get("languages", [])
    yield from _by_key(tables, *listed[:1]).items()
    for name, columns in COLUMNS.items():
        header = tables[name].columns
        prose = [(c.name_in(header), f"{name}.{c.name}", c.words) for c in columns if c.prose]
        yield from (
            (place, row[column])
            for row in tables[name]
            for column, place, words in prose
            if row[column] not in words
        )
    yield from map(name_of_kind, tables["regions"])
    for feature in tables.features:
        yield place_of(feature, "note"), feature["note"]
    yield from (("citations.quote", row["quote"]) for row in tables["citations"])
    for source in tables.sources:
        yield from of_source(source).items()
    for origin in tables.origins:
        yield from of_origin(origin).items()
    for story in tables.stories:
        yield from of_story(story, listed[0] if listed else "en")
    lines = tables.settings.values.get("attribution", [])
    yield from (
        ("atlas.attribution", line) for line in ([lines] if isinstance(lines, str) else lines)
    )
    for part, collection in tables.ground.items():
        for feature in collection["features"]:
            yield from name_on_ground(part, feature, listed)


def place_of(row: Row | Feature, column: str) -> str:
    """Name the place of what is written in a table: ``statuses.note``."""
    table = "boundaries" if isinstance(row, Feature) else row.file.removesuffix(".csv")
    return f"{table}.{column}"


def name_of_kind(region: Row) -> Text:
    """Give the word for the kind of a region, by place."""
    return "regions.kind", region["kind"].replace("-", " ")


def of_source(source: Item) -> dict[str, str]:
    """Give by its place what is ours in a source: remarks, and a title we had to give it."""
    custom = source.values.get("custom")
    own = custom if isinstance(custom, dict) else {}
    said = {f"sources.{name}": str(own.get(name) or "").strip() for name in OF_SOURCES}
    csl = {name: str(source.values.get(name) or "") for name in OF_CSL}
    given = {name: text for name, text in csl.items() if name in OF_CSL[2:] or text.startswith("[")}
    return said | {f"sources.{name}": text for name, text in given.items() if text}


def of_origin(origin: Item) -> dict[str, str]:
    """Give by its place what is said of an upstream file; a word alone is a name of it."""
    said = {name: str(origin.values.get(name, "")) for name in OF_ORIGINS}
    return {f"origins.{name}": text for name, text in said.items() if " " in text}


def of_story(story: Item, first: str) -> Iterator[Text]:
    """List what is ours in a story, and what its steps quote, by place."""
    for step in (None, *story.values.get("steps", ())):
        if step is not None and not isinstance(step, dict):
            continue
        place, values = place_in_story(story, step), story.values if step is None else step
        for name in OF_STORIES if step is None else OF_STEPS:
            said = values.get(name)
            if isinstance(said, dict):
                yield f"{place}.{name}", str(said.get(first, ""))
        for name in () if step is None else ("locator", "quote"):
            yield f"{place}.{name}", str(values.get(name, ""))


def place_in_story(story: Item, step: Mapping[str, object] | None = None) -> str:
    """Name the place of a story, or of one of its steps: ``story.article.introduction``."""
    parts = ("story", story.values.get("id", ""), step.get("id", "") if step else "")
    return ".".join(str(part) for part in parts if part)


def name_on_ground(
    part: str, feature: Mapping[str, object], languages: Iterable[str]
) -> Iterator[Text]:
    """Give the name of what is named on the ground, by place, if it lacks one in a language."""
    said = feature.get("properties")
    if not isinstance(said, dict) or "name_en" not in said or not {"label", "rank"} & said.keys():
        return
    if part != "rivers" and any(f"name_{lang}" not in said for lang in languages):
        yield f"ground.{part}", str(said["name_en"])
