"""The atlas on one day, and what differs between two days: why, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maps.atlas.model import Atlas, Boundary, Citation, Date, Event, Period, Status
from maps.day.areas import area_km2
from maps.day.control import CONTROL_LAYER, NOTHING_SAID, Control, Holding, control_of, upwards
from maps.day.index import index_of
from maps.day.law import Law
from maps.day.reading import Answer, Reading, reading_of
from maps.day.timeline import periods_on, turning

LINE_KINDS = ("appears", "disappears", "redrawn")
KINDS = (*LINE_KINDS, "control", "legal")


@dataclass(frozen=True)
class BoundaryOnDay:
    """A boundary in force; ``control`` is None outside the control layer."""

    boundary: Boundary
    control: Control | None


@dataclass(frozen=True)
class Snapshot:
    """Everything the atlas says of one day.

    Boundaries are in the order their layers are drawn in, then, as the
    statuses, in that of the files; events by their day.
    """

    atlas: Atlas
    day: Date
    boundaries: tuple[BoundaryOnDay, ...]
    statuses: tuple[Status, ...]
    events: tuple[Event, ...]
    periods: tuple[Period, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that what is in force on this day is based on."""
        lines = (shown.boundary for shown in self.boundaries)
        records: tuple[Boundary | Status | Event, ...] = (*lines, *self.statuses, *self.events)
        return tuple(citation for record in records for citation in record.citations)


@dataclass(frozen=True)
class Change:
    """One difference between two days.

    ``kind`` is one of `KINDS`: a boundary ``appears`` or ``disappears``, its
    region is ``redrawn`` (``boundary_id`` and ``km2`` are of the new boundary,
    ``km2_before`` of the old one), a piece comes under other polities
    (``control``) or other things are said of its legal status (``legal``).
    What was held before and after is empty where the mode does not ask; in control it
    is ``unknown_before`` or ``unknown_after`` where the statements name nobody.
    ``event_ids`` say why, as far as the atlas knows; ``status_ids`` are the
    statements that hold after the change and did not before.
    """

    region_id: str
    boundary_id: str
    kind: str
    before: tuple[Holding, ...]
    after: tuple[Holding, ...]
    km2: float
    event_ids: tuple[str, ...]
    km2_before: float
    status_ids: tuple[str, ...] = ()
    unknown_before: bool = False
    unknown_after: bool = False


@dataclass(frozen=True)
class Statement:
    """One statement in the mouth of one teller; ``id`` is that of the status it is about."""

    id: str
    perspective_id: str
    stance: str
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Difference:
    """A change with the records behind it.

    ``ended`` are the statements that counted on the first day and do not on the
    second, ``begun`` those that count on the second only.
    """

    change: Change
    line: Boundary
    events: tuple[Event, ...]
    ended: tuple[Statement, ...]
    begun: tuple[Statement, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All it rests on, each source and place in it once: events, statements, the line."""
        of_events = (cited for event in self.events for cited in event.citations)
        of_said = (cited for said in (*self.ended, *self.begun) for cited in said.citations)
        return each_once((*of_events, *of_said, *self.of_line))

    @property
    def of_line(self) -> tuple[Citation, ...]:
        """What the line itself rests on, where it is the line that begins, ends or moves."""
        return self.line.citations if self.change.kind in LINE_KINDS else ()


@dataclass(frozen=True)
class Comparison:
    """What a reading shows differently on ``to_day`` than on ``from_day``, in file order."""

    atlas: Atlas
    from_day: Date
    to_day: Date
    reading: Reading
    differences: tuple[Difference, ...]


def snapshot(atlas: Atlas, day: Date) -> Snapshot:
    """Join boundaries, statuses and events on one day.

    A day outside the atlas's first and last day gives what the spans say all
    the same; callers that take days from people check them.
    """
    layers = sorted(atlas.settings.layers, key=lambda layer: layer.order)
    rank = {layer.id: place for place, layer in enumerate(layers)}
    in_force = [boundary for boundary in atlas.boundaries if day in boundary.span]
    return Snapshot(
        atlas=atlas,
        day=day,
        boundaries=tuple(
            BoundaryOnDay(
                each,
                control_of(atlas, each.region_id, day) if each.layer == CONTROL_LAYER else None,
            )
            for each in sorted(in_force, key=lambda each: rank.get(each.layer, 0))
        ),
        statuses=tuple(status for status in atlas.statuses if day in status.span),
        events=tuple(event for event in atlas.events if day in event.span),
        periods=periods_on(atlas, day),
    )


def changes_on(atlas: Atlas, day: Date, mode: str, perspective: str = "") -> tuple[Change, ...]:
    """List what a mode shows differently on this day than on the day before."""
    return differences(atlas, day - 1, day, mode, perspective)


def differences(
    atlas: Atlas, day_a: Date, day_b: Date, mode: str, perspective: str = ""
) -> tuple[Change, ...]:
    """List what a mode shows differently on day b than on day a, in file order.

    Only the two days are compared: what changed in between and changed back is
    not in the list. Day b may be the earlier one.

    Raises
    ------
    UnknownId
        The atlas has no such mode or perspective.
    """
    reading = reading_of(atlas, mode, perspective)
    found = []
    for shown, old, new in _pairs(atlas, day_a, day_b, reading):
        before = reading.answer(atlas, old, day_a) if old else NOTHING_SAID
        after = reading.answer(atlas, new, day_b) if new else NOTHING_SAID
        if old is not new:
            kind = "appears" if old is None else "disappears" if new is None else "redrawn"
        elif before.holdings != after.holdings:
            kind = "legal" if reading.by_teller else "control"
        else:
            continue
        # A statement that counts again because a nearer one has ended explains nothing:
        # its own beginning is long past.
        ended = (each.end_event_id for each in before.statuses if day_b not in each.span)
        begun = (each.start_event_id for each in after.statuses if day_a not in each.span)
        why = filter(None, (*_line_events(atlas, old, new), *ended, *begun))
        said_before = {status.id for status in before.statuses}
        change = Change(
            region_id=shown.region_id,
            boundary_id=shown.id,
            kind=kind,
            before=before.holdings,
            after=after.holdings,
            km2=area_km2(shown),
            event_ids=tuple(dict.fromkeys(why)),
            km2_before=area_km2(old) if old else 0.0,
            status_ids=tuple(each.id for each in after.statuses if each.id not in said_before),
            unknown_before=_is_unknown(before),
            unknown_after=_is_unknown(after),
        )
        found.append(change)
    return tuple(found)


def compare(
    atlas: Atlas, from_day: Date, to_day: Date, mode: str, perspective: str = ""
) -> Comparison:
    """Give `differences` with the records behind each; equal days give an empty list.

    Raises
    ------
    UnknownId
        The atlas has no such mode or perspective.
    """
    reading = reading_of(atlas, mode, perspective)
    index = index_of(atlas)
    found = []
    for change in differences(atlas, from_day, to_day, mode, perspective):
        line = index.boundaries[change.boundary_id]
        before = tuple(_said(atlas, line, from_day, reading))
        after = tuple(_said(atlas, line, to_day, reading))
        found.append(
            Difference(
                change,
                line,
                tuple(index.events_in_order(change.event_ids)),
                tuple(each for each in before if each not in after),
                tuple(each for each in after if each not in before),
            )
        )
    return Comparison(atlas, from_day, to_day, reading, tuple(found))


def each_once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Keep each place in a source once; a whole source only where no place in it is cited."""
    found = tuple(citations)
    once = {(cited.source.id, cited.locator, cited.as_printed): cited for cited in found}
    placed = {cited.source.id for cited in found if cited.locator}
    return tuple(c for c in once.values() if c.locator or c.source.id not in placed)


def _said(atlas: Atlas, line: Boundary, day: Date, reading: Reading) -> Iterator[Statement]:
    """Give the statements that colour a boundary's land on a day, each with its teller."""
    answer = reading.answer(atlas, line, day)
    if isinstance(answer, Law):
        for claim in answer.claims:
            told = claim.told
            yield Statement(
                claim.status.id, claim.perspective_id, claim.stance, told.text, told.citations
            )
        return
    for status in answer.statuses:
        yield Statement(status.id, status.perspective_id, "says", status.text, status.citations)


def _pairs(
    atlas: Atlas, day_a: Date, day_b: Date, reading: Reading
) -> Iterator[tuple[Boundary, Boundary | None, Boundary | None]]:
    """Pair the old and the new boundary of each region that may differ on two days.

    A region has one boundary in a layer on a day, and may change its layer; what is shown
    of it, the new one if there is one, comes first. In the order of the file.
    """
    first, last = sorted((day_a, day_b))
    turns = turning(atlas, reading)
    if last - first == 1:
        turned = turns.get(last, [])
    else:
        between = (turned for day, turned in turns.items() if first < day <= last)
        ids = {boundary.id for turned in between for boundary in turned}
        turned = [boundary for boundary in atlas.boundaries if boundary.id in ids]
    before, after = (
        {(each.region_id, each.layer): each for each in turned if day in each.span}
        for day in (day_a, day_b)
    )
    gone = {place[0]: old for place, old in before.items() if place not in after}
    come = {region_id for region_id, _ in after.keys() - before}
    for place in dict.fromkeys((*before, *after)):
        old, new = before.get(place) or gone.get(place[0]), after.get(place)
        if new:
            yield new, old, new
        elif old and place[0] not in come:  # else told with the boundary that takes its place
            yield old, old, None


def _is_unknown(answer: Answer) -> bool:
    return isinstance(answer, Control) and bool(answer.statuses) and not answer.holdings


def _line_events(atlas: Atlas, old: Boundary | None, new: Boundary | None) -> tuple[str, ...]:
    """Find the events that explain why an old line ends or a new one begins.

    They are of that day and concern the region, or a statement on the region
    names them as its beginning or end. Where there is none, those of the region
    it is part of count, and so on upwards: the decree on an oblast explains the
    districts of the oblast too.
    """
    shown = new or old
    if old is new or shown is None:
        return ()
    edges = (old.span.end if old else None, new.span.start if new else None)
    days = {day for day in edges if day is not None}
    index = index_of(atlas)
    begun = [event for day in sorted(days) for event in index.events_from.get(day, ())]
    for region_id in upwards(atlas, shown.region_id):
        told = index.statuses_of.get(region_id, ())
        found = [event.id for event in begun if region_id in event.region_ids]
        found += [status.end_event_id for status in told if status.span.end in days]
        found += [status.start_event_id for status in told if status.span.start in days]
        if any(found):
            return tuple(event_id for event_id in found if event_id)
    return ()
