"""The claims on a sheet in words: who says what of legal status, and who is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from maps.atlas.model import DOUBTFUL
from maps.day.law import Claim
from maps.day.view import Shown
from maps.words.i18n import texts
from maps.words.names import short_name
from maps.words.notes import Entry, Footnotes
from maps.words.sentences import holding_name

Item = TypeVar("Item")


def claim_entries(shown: Shown, claims: Iterable[Claim], notes: Footnotes) -> tuple[Entry, ...]:
    """Put claims into words, teller by teller, then name the tellers who are silent.

    Claims that differ only in their region are one entry. Footnotes are numbered
    in turns, first those of the first entry of each teller and so on: where room
    for notes ends, it ends for all tellers alike.
    """
    alike: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        alike[_key(claim)].append(claim)
    by_teller: defaultdict[str, list[list[Claim]]] = defaultdict(list)
    for group in alike.values():
        by_teller[group[0].perspective_id].append(group)
    written = {
        id(group): _entry(shown, group, notes) for group in in_turns(list(by_teller.values()))
    }
    said = (written[id(group)] for groups in by_teller.values() for group in groups)
    return (*said, *_silent(shown, by_teller))


def in_turns(groups: Sequence[Sequence[Item]]) -> list[Item]:
    """Take the first of each group, then the second of each, and so on."""
    turns = range(max(map(len, groups), default=0))
    return [group[turn] for turn in turns for group in groups if turn < len(group)]


def _key(claim: Claim) -> tuple[str, ...]:
    status = claim.status
    what = (status.dimension, status.polity_id, claim.stance, status.certainty)
    return (claim.perspective_id, *what, claim.told.text)


def _entry(shown: Shown, alike: Sequence[Claim], notes: Footnotes) -> Entry:
    spoken, first = texts(shown.lang), alike[0]
    regions = shown.atlas.regions
    named = dict.fromkeys(
        short_name(regions[claim.status.region_id].name(shown.lang)) for claim in alike
    )
    said = spoken.t(
        "export.claim",
        what=_what(shown, first),
        regions="; ".join(named),
        text=first.told.text.rstrip("."),
    )
    if first.status.certainty in DOUBTFUL and first.stance == "says":
        said += " · " + spoken.t(f"export.certainty.{first.status.certainty}")
    cited = (citation for claim in alike for citation in claim.told.citations)
    teller = shown.atlas.perspectives[first.perspective_id].name
    return Entry("", said, notes.of(cited), head=teller)


def _what(shown: Shown, claim: Claim) -> str:
    """Name polity, dimension and stance as the legend does."""
    spoken, status = texts(shown.lang), claim.status
    if claim.holding:
        return holding_name(shown.atlas, claim.holding, spoken)
    dimension = spoken.t(f"map.dimension.{status.dimension}")
    stance = () if claim.stance == "says" else (spoken.t(f"map.stance.{claim.stance}"),)
    polity = shown.atlas.polities.get(status.polity_id)
    named = polity.name if polity else spoken.t("export.no_polity")
    return spoken.t("map.holding", polity=named, dimension=", ".join((dimension, *stance)))


def _silent(shown: Shown, heard: Iterable[str]) -> tuple[Entry, ...]:
    """Say who was asked and says nothing here: silence is no denial."""
    known, told = shown.atlas.perspectives, set(heard)
    silent = [known[teller].name for teller in shown.asked if teller not in told]
    if not silent:
        return ()
    said = texts(shown.lang).t("map.silent_tellers", tellers=", ".join(silent))
    return (Entry("", said),)
