"""The texts of an atlas in one language, with a fallback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maps.atlas.load import AtlasTables


@dataclass(frozen=True)
class Texts:
    """Texts by key; a key that is nowhere gives an empty text."""

    by_key: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.by_key.get(key, "")

    def under(self, prefix: str) -> Mapping[str, str]:
        """Select the texts whose keys start with a prefix, by the rest of the key."""
        found = {
            key.removeprefix(prefix): text
            for key, text in self.by_key.items()
            if key.startswith(prefix)
        }
        return MappingProxyType(found)


def texts_in(tables: AtlasTables, lang: str) -> Texts:
    """Collect the texts of a language over English over the atlas's first language."""
    listed = tables.settings.values.get("languages", [])
    by_key: dict[str, str] = {}
    for code in (*listed[:1], "en", lang):
        for row in tables.texts.get(code, ()):
            if row["text"]:
                by_key[row["key"]] = row["text"]
    return Texts(MappingProxyType(by_key))
