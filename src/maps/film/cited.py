"""Who says so, short enough for a picture that is seen for some seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from maps.atlas.model import Atlas, Citation, Source
from maps.words.i18n import texts

_MOST = 6
_LETTERS = 38  # of a name


@dataclass(frozen=True)
class Cited:
    """Tellers with their sources as one text, tellers alone, and the sources named."""

    text: str = ""
    tellers: str = ""
    sources: tuple[Source, ...] = ()


def said_by(atlas: Atlas, citations: Iterable[Citation], lang: str) -> Cited:
    """Name tellers and their sources; of many each teller has one before any has two.

    What is left out is counted.
    """
    sources = {citation.source.id: citation.source for citation in citations}
    by_teller: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources.values():
        by_teller[source.perspective_id].append(source)
    rounds = zip_longest(*by_teller.values())
    named = [source for each in rounds for source in each if source is not None][:_MOST]
    spoken = texts(lang)
    parts = [
        spoken.t("film.told", teller=_teller(atlas, teller), sources=", ".join(kept))
        for teller, found in by_teller.items()
        if (kept := [named_short(source) for source in found if source in named])
    ]
    text = "; ".join(parts)
    left = len(sources) - len(named)
    if left:
        text = spoken.t("film.more_sources", named=text, count=left)
    return Cited(text, ", ".join(_teller(atlas, teller) for teller in by_teller), tuple(named))


def _teller(atlas: Atlas, perspective_id: str) -> str:
    teller = atlas.perspectives.get(perspective_id)
    return teller.name if teller else perspective_id


def named_short(source: Source) -> str:
    """Name a source as a footnote called again does: author or place, year, id."""
    csl = source.csl
    names = [*_families(csl.get("author") or csl.get("editor") or ())]
    name = f"{names[0]} …" if len(names) > 2 else ", ".join(names)
    name = name or str(csl.get("container-title") or csl.get("publisher") or csl.get("title") or "")
    year = _year(csl)
    return " ".join(filter(None, (_clipped(name), year, f"[{source.id}]")))


def _families(people: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in people:
        name = one.get("family") or one.get("literal")
        if name:
            yield str(name)


def _year(csl: Mapping[str, Any]) -> str:
    parts = (csl.get("issued") or {}).get("date-parts") or [[]]
    return str(parts[0][0]) if parts[0] else ""


def _clipped(text: str) -> str:
    if len(text) <= _LETTERS:
        return text
    return text[:_LETTERS].rsplit(" ", 1)[0].rstrip(",;:") + " …"
