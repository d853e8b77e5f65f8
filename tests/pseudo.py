"""A language made from the English, to see what is not translated: ⟦Ŕéǵíóń of ths~~~⟧.

Every vowel has an accent, so a word with a plain one was never in a catalogue. It stands
in for a language the program has no texts in, whose letters are none of those.
"""

import csv
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from maps.atlas.load import load_tables
from maps.atlas.model.tables import COLUMNS
from maps.atlas.translations import translatable
from maps.catalogue import refreshed
from maps.words import date_formats, i18n

LANG = "ka"  # Georgian: Babel writes its days, and none of its letters is Latin
RIGHT_TO_LEFT = "he"
_MADE = datetime(2026, 11, 29)
_ACCENTED = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
_KEPT = re.compile(r"(\{\w*\}|</?[a-z][^>]*>|https?://\S+)")
_CODE = re.compile(
    r"\b[0-9a-f]{12,}\b|\{\w*\}|https?://\S+|\?(?:\w+=[^&\s]*&?(?:amp;)?)+|\S+\.(?:json|csv|bib|geojson|html)\b"
)
_PLAIN_WORD = re.compile(r"[A-Za-z]*[aeiou][A-Za-z]*")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3  # letters: what is shorter is a unit, a sign or the beginning of a name


def spoken(english: str) -> str:
    """Say an English text in the language: accents, brackets, 40 % longer."""
    parts = _KEPT.split(english)
    parts[::2] = [part.translate(_ACCENTED) for part in parts[::2]]
    return f"⟦{''.join(parts)}{'~' * (len(english) * 2 // 5)}⟧"


def untranslated(text: str, data: frozenset[str] = frozenset()) -> list[str]:
    """List the words of a text that are in no catalogue and are no data of the atlas."""
    found = (word for word in _WORD.findall(_CODE.sub(" ", text)) if _PLAIN_WORD.fullmatch(word))
    words = (word for word in found if len(word) >= _SHORTEST)
    return [word for word in dict.fromkeys(words) if word.casefold() not in data]


def words_of_data(folder: Path) -> frozenset[str]:
    """List the words that stay as they are in every language: ids, names, quotes, sources."""
    tables = load_tables(folder)
    cells = [
        row[column.name]
        for name, columns in COLUMNS.items()
        for row in tables[name]
        for column in columns
        if not column.prose
    ]
    ours = {text for _, text in translatable(tables)} - {
        row["quote"] for row in tables["citations"]
    }
    whole = json.dumps([item.values for item in (*tables.sources, *tables.origins)])
    said = [text for text in _texts_in(json.loads(whole, strict=False)) if text not in ours]
    steps = [step for story in tables.stories for step in story.values["steps"]]
    quoted = [str(step.get(key, "")) for step in steps for key in ("id", "quote")]
    settings = [*_texts_in(tables.settings.values), *tables.settings.values["licence"].split()]
    mine = [text for text in settings if text not in ours]
    return frozenset(
        word.casefold() for text in (*cells, *said, *quoted, *mine) for word in _WORD.findall(text)
    )


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner)
    elif isinstance(value, str):
        yield value


def _catalogue(lang: str, wanted: list[tuple[str, str]]) -> str:
    made = read_po(StringIO(refreshed("", lang, wanted, _MADE)))
    for entry in made:
        if entry.id:
            pattern = entry.context in ("dates.day", "dates.month", "dates.year")
            entry.string = str(entry.id) if pattern else spoken(str(entry.id))
    written = BytesIO()
    write_po(written, made)
    return written.getvalue().decode()


@contextmanager
def told_in(lang: str, atlas: Path, folder: Path) -> Iterator[Path]:
    """Have the program and a copy of an atlas speak a language made from the English."""
    copy = shutil.copytree(atlas, folder / "atlas")
    settings = copy / "atlas.toml"
    languages = tomllib.loads(settings.read_text("utf-8"))["languages"]
    text = settings.read_text("utf-8")
    listed = f"languages = {json.dumps([*languages, lang])}"
    text = re.sub(r"(?m)^languages = .*$", listed, text)
    text = text.replace("[loaded_words]", f'[loaded_words]\n{lang} = ["zzz"]')
    settings.write_text(text, "utf-8")
    wanted = list(translatable(load_tables(copy)))
    (copy / "text" / f"{lang}.po").write_text(_catalogue(lang, wanted), "utf-8")
    locales = folder / "locale"
    shutil.copytree(i18n.LOCALES, locales)
    (locales / f"{lang}.po").write_text(_catalogue(lang, i18n.interface_texts(lang)), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "LOCALES", locales)
        _forget()
        yield copy
    _forget()


def _forget() -> None:
    for known in (
        i18n.available_languages,
        i18n.texts,
        i18n._strings,
        date_formats.month_names,
        date_formats.day_pattern,
        i18n._of_interface,
    ):
        known.cache_clear()


def csv_words(content: bytes) -> str:
    """Give the cells of a CSV file without its header, whose words are those of the columns."""
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    return "\n".join(cell for row in rows[1:] for cell in row)
