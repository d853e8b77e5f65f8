"""The atlas on one day, and what differs between two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from maps.atlas.model import Atlas, Boundary, Citation, Date, Event, Period, Status
from maps.day.areas import area_km2
from maps.day.control import CONTROL_LAYER, NOTHING_SAID, Control, Holding, control_of, upwards
from maps.day.index import index_of
from maps.day.reading import Answer, Reading, reading_of
from maps.day.timeline import periods_on, turning

Place = tuple[str, str]  # region and layer
KINDS = ("appears", "disappears", "redrawn", "control", "legal")


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
        return tuple(
            citation
            for group in (
                (shown.boundary for shown in self.boundaries),
                self.statuses,
                self.events,
            )
            for record in group
            for citation in record.citations
        )


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


def snapshot(atlas: Atlas, day: Date) -> Snapshot:
    """Join boundaries, statuses and events on one day.

    A day outside the atlas's first and last day gives what the spans say all
    the same; callers that take days from people check them.
    """
    order = {layer.id: layer.order for layer in atlas.settings.layers}
    return Snapshot(
        atlas=atlas,
        day=day,
        boundaries=tuple(
            BoundaryOnDay(
                each,
                control_of(atlas, each.region_id, day) if each.layer == CONTROL_LAYER else None,
            )
            for each in sorted(atlas.boundaries, key=lambda each: order.get(each.layer, 0))
            if day in each.span
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
    return tuple(_differences(atlas, day_a, day_b, reading_of(atlas, mode, perspective)))


def _differences(atlas: Atlas, day_a: Date, day_b: Date, reading: Reading) -> Iterator[Change]:
    turned = _turned_between(atlas, reading, day_a, day_b)
    for old, new in _pairs(_in_force(turned, day_a), _in_force(turned, day_b)):
        before = reading.answer(atlas, old, day_a) if old else NOTHING_SAID
        after = reading.answer(atlas, new, day_b) if new else NOTHING_SAID
        shown = new or old
        if shown is None or (old is new and before.holdings == after.holdings):
            continue
        said_before = {status.id for status in before.statuses}
        why = (*_line_events(atlas, old, new), *_status_events(before, after, day_a, day_b))
        yield Change(
            shown.region_id,
            shown.id,
            _kind(old, new, reading),
            before.holdings,
            after.holdings,
            area_km2(shown),
            tuple(dict.fromkeys(why)),
            area_km2(old) if old else 0.0,
            tuple(status.id for status in after.statuses if status.id not in said_before),
            _is_unknown(before),
            _is_unknown(after),
        )


def _turned_between(atlas: Atlas, reading: Reading, day_a: Date, day_b: Date) -> list[Boundary]:
    """List the boundaries that may differ on two days, in the order of the file."""
    first, last = sorted((day_a, day_b))
    turns = turning(atlas, reading)
    if last - first == 1:
        return turns.get(last, [])
    between = (turned for day, turned in turns.items() if first < day <= last)
    ids = {boundary.id for turned in between for boundary in turned}
    return [boundary for boundary in atlas.boundaries if boundary.id in ids]


def _in_force(boundaries: Iterable[Boundary], day: Date) -> dict[Place, Boundary]:
    """Key boundaries of a day by region and layer: each has one boundary at most."""
    return {
        (boundary.region_id, boundary.layer): boundary
        for boundary in boundaries
        if day in boundary.span
    }


def _pairs(
    before: Mapping[Place, Boundary], after: Mapping[Place, Boundary]
) -> Iterator[tuple[Boundary | None, Boundary | None]]:
    """Pair the old and the new boundary of each region, also where it changed its layer."""
    gone = {region_id: before[region_id, layer] for region_id, layer in before.keys() - after}
    come = {region_id for region_id, _ in after.keys() - before}
    for place in dict.fromkeys((*before, *after)):
        old, new = before.get(place), after.get(place)
        if new is None and place[0] in come:
            continue  # told with the boundary that takes its place
        yield old or gone.get(place[0]), new


def _is_unknown(answer: Answer) -> bool:
    return isinstance(answer, Control) and bool(answer.statuses) and not answer.holdings


def _kind(old: Boundary | None, new: Boundary | None, reading: Reading) -> str:
    if old is None:
        return "appears"
    if new is None:
        return "disappears"
    if old is not new:
        return "redrawn"
    return "legal" if reading.by_teller else "control"


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


def _status_events(before: Answer, after: Answer, day_a: Date, day_b: Date) -> Iterator[str]:
    """Give the events that ended what was said on day a and began what is said on day b.

    A statement that counts again because a nearer one has ended explains
    nothing: its own beginning is long past.
    """
    for status in before.statuses:
        if status.end_event_id and day_b not in status.span:
            yield status.end_event_id
    for status in after.statuses:
        if status.start_event_id and day_a not in status.span:
            yield status.start_event_id
