"""Statements, claims and accounts for the map document, each once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from maps.atlas.model import Account, Atlas, Boundary, Citation, Date, Status
from maps.cache import once_for_each
from maps.day.contested import accounts_of, points_of
from maps.day.law import Law, days_of_law, law_of
from maps.day.reading import Reading
from maps.words.cite import reference_text
from maps.words.i18n import Texts
from maps.words.sentences import from_to


class Citations:
    """Citations and sources in use, each once."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.list: list[dict[str, str]] = []
        self.sources: dict[str, dict[str, str]] = {}
        self._places: dict[tuple[str, ...], int] = {}

    def ids(self, citations: Iterable[Citation]) -> list[int]:
        """Give the places of some citations in the list, adding what is new."""
        return [self._id(citation) for citation in citations]

    def _id(self, citation: Citation) -> int:
        source = citation.source
        key = (source.id, citation.locator, citation.as_printed, citation.evidence)
        if key not in self._places:
            self._places[key] = len(self.list)
            names = ("s", "l", "p", "e")
            self.list.append({n: part for n, part in zip(names, key, strict=True) if part})
            self.sources.setdefault(
                source.id,
                {"text": reference_text(source, self.lang), "url": source.address},
            )
        return self._places[key]


def disputes(atlas: Atlas, cites: Citations, spoken: Texts) -> dict[str, Any]:
    """Gather the statements, what each teller makes of them, and the accounts.

    ``law`` says for each boundary of a mode that asks for claims, from which day
    to which, which of them count: places in ``statuses``, the teller, the stance,
    and the place in ``accounts`` where the teller says more.
    """
    places = {status.id: place for place, status in enumerate(atlas.statuses)}
    of_region: dict[str, list[int]] = {}
    for status in atlas.statuses:
        of_region.setdefault(status.region_id, []).append(places[status.id])
    asking = [mode for mode in atlas.settings.modes if Reading(mode).by_teller]
    layers = {layer for mode in asking for layer in mode.layers}
    return {
        "statuses": [_status(atlas, status, cites, spoken) for status in atlas.statuses],
        "statusesOf": of_region,
        "sides": [side.name for side in atlas.settings.sides],
        "points": {point.id: point.question for point in atlas.points.values()},
        "accounts": [_account(atlas, account, cites) for account in atlas.accounts],
        "law": [
            _claims(atlas, boundary, places) if boundary.layer in layers else 0
            for boundary in atlas.boundaries
        ],
    }


def event_accounts(atlas: Atlas, event_id: str) -> list[list[Any]]:
    """List the accounts of an event and of the points about it: [point id or "", places]."""
    points = points_of(atlas, event_id=event_id)
    groups = [(point.id, accounts_of(atlas, point_id=point.id)) for point in points]
    groups.append(("", accounts_of(atlas, event_id=event_id)))
    places = _account_places(atlas)
    return [[id, [places[account.id] for account in found]] for id, found in groups if found]


@once_for_each
def _account_places(atlas: Atlas) -> dict[str, int]:
    return {account.id: place for place, account in enumerate(atlas.accounts)}


def _claims(atlas: Atlas, boundary: Boundary, places: dict[str, int]) -> list[list[Any]]:
    span = boundary.span
    turns = [day for day in days_of_law(atlas, boundary.region_id) if day in span]
    days = sorted({span.start, *turns})
    ends: list[Date | None] = [*days[1:], span.end]
    spans = [
        [
            start.toordinal(),
            end.toordinal() if end else None,
            _told(atlas, law_of(atlas, boundary.region_id, start), places),
        ]
        for start, end in zip(days, ends, strict=True)
    ]
    return [span for span in spans if span[2]]


def _told(atlas: Atlas, law: Law, places: dict[str, int]) -> list[list[Any]]:
    accounts = _account_places(atlas)
    return [
        [
            places[claim.status.id],
            claim.perspective_id,
            claim.stance,
            accounts[claim.account.id] if claim.account else None,
        ]
        for claim in law.claims
    ]


def _account(atlas: Atlas, account: Account, cites: Citations) -> dict[str, Any]:
    perspective = atlas.perspectives[account.perspective_id]
    sides = [side.id for side in atlas.settings.sides]
    return {
        "t": account.perspective_id,
        "side": sides.index(perspective.side_id) if perspective.side_id in sides else -1,
        "s": account.stance,
        "x": account.text,
        "e": account.evidence,
        "c": cites.ids(account.citations),
    }


def _status(atlas: Atlas, status: Status, cites: Citations, spoken: Texts) -> dict[str, Any]:
    polity = atlas.polities.get(status.polity_id)
    return {
        "y": polity.name if polity else "",
        "r": status.region_id,
        "a": status.span.start.toordinal(),
        "b": status.span.end.toordinal() if status.span.end else None,
        "when": from_to(status.start, status.end, spoken),
        "d": status.dimension,
        "t": status.perspective_id,
        "q": status.certainty,
        "e": status.evidence,
        "x": status.text,
        "n": status.note,
        "c": cites.ids(status.citations),
    }
