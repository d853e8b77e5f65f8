"""What one picture, page or data file shows: the snapshot seen in one mode."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import shapely

from maps.atlas.check.settings import LAST_PARALLEL
from maps.atlas.known import day_inside, known_id
from maps.atlas.longitudes import TURN, box_near, box_read, width
from maps.atlas.model import Atlas, Date, Event, Layer, Mode, Status
from maps.day.control import CONTROL_LAYER, upwards
from maps.day.law import ALL, Claim, Law, tellers
from maps.day.reading import Reading, reading_of
from maps.day.snapshot import BoundaryOnDay, Snapshot, snapshot
from maps.errors import ExportFailed

Bbox = tuple[float, float, float, float]  # west, south, east, north in degrees


@dataclass(frozen=True)
class Shown:
    """One day in one mode, and the part of the ground that is asked for.

    ``boundaries`` are those of the mode in drawing order. ``painted`` are the
    statements on control the colours stand for, each once; ``beside`` the other
    statements in force on the day, those about regions on the map first. In legal
    status the colours stand for the claims, see `claims_in`.

    ``perspective_id`` says whose claims these are, ``all`` for everyone's; in other
    modes whose statements are listed, empty for everyone's.
    """

    snapshot: Snapshot
    reading: Reading
    lang: str
    perspective_id: str
    bbox: Bbox
    boundaries: tuple[BoundaryOnDay, ...]
    painted: tuple[Status, ...]
    beside: tuple[Status, ...]

    @property
    def atlas(self) -> Atlas:
        """The atlas all of it is of."""
        return self.snapshot.atlas

    @property
    def mode(self) -> Mode:
        """The mode."""
        return self.reading.mode

    @property
    def day(self) -> Date:
        """The day."""
        return self.snapshot.day

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of the day."""
        return self.snapshot.events

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers some boundary of which is shown, in drawing order."""
        present = {shown.boundary.layer for shown in self.boundaries}
        layers = sorted(self.atlas.settings.layers, key=lambda layer: layer.order)
        return tuple(layer for layer in layers if layer.id in present)

    @cached_property
    def in_extent(self) -> tuple[BoundaryOnDay, ...]:
        """The boundaries that touch the extent, in drawing order."""
        extent = shapely.box(*self.bbox)
        return tuple(s for s in self.boundaries if extent.intersects(s.boundary.geometry))

    @property
    def colours_by_control(self) -> bool:
        """Whether pieces are coloured by who held them."""
        return self.reading.by_holder

    @property
    def colours_by_law(self) -> bool:
        """Whether pieces are coloured by claims on their legal status."""
        return self.reading.by_teller

    @property
    def has_many_tellers(self) -> bool:
        """Whether the claims of several tellers stand side by side."""
        return self.colours_by_law and self.perspective_id == ALL

    @property
    def asked(self) -> tuple[str, ...]:
        """Whose claims are asked for: one teller, or all who say anything of legal status."""
        return tellers(self.atlas) if self.perspective_id == ALL else (self.perspective_id,)

    @property
    def link(self) -> str:
        """The part of a link after the address that opens this view."""
        wanted = {"day": self.day.isoformat(), "mode": self.mode.id}
        if self.perspective_id:
            wanted["perspective"] = self.perspective_id
        moved = {e.id: e.span.start for e in self.atlas.events if e.id in self.atlas.own_days}
        if moved:
            wanted["dates"] = ",".join(f"{id}:{day}" for id, day in sorted(moved.items()))
        return "?" + urlencode({**wanted, "lang": self.lang})

    def asks_of_layer(self, layer_id: str) -> bool:
        """Tell whether boundaries of a layer are coloured by what is said of them."""
        return self.reading.asks and layer_id == CONTROL_LAYER

    def claims_of(self, shown: BoundaryOnDay) -> tuple[Claim, ...]:
        """List the claims that count for a boundary's land; none in other modes."""
        answer = self.reading.answer(self.atlas, shown.boundary, self.day)
        return answer.claims if isinstance(answer, Law) else ()

    def claims_in(self, extent: Bbox | None = None) -> tuple[Claim, ...]:
        """List the claims the colours of an extent stand for, by teller, each once."""
        seen = shapely.box(*extent) if extent else None
        found = {
            (claim.perspective_id, claim.stance, claim.status.id): claim
            for shown in self.boundaries
            if seen is None or seen.intersects(shown.boundary.geometry)
            for claim in self.claims_of(shown)
        }
        tellers = list(self.atlas.perspectives)
        return tuple(sorted(found.values(), key=lambda each: tellers.index(each.perspective_id)))


def shown_on(
    atlas: Atlas,
    day: Date,
    *,
    mode: str,
    lang: str,
    perspective: str | None = None,
    bbox: Bbox | None = None,
) -> Shown:
    """Select what a mode shows on a day.

    Raises
    ------
    UnknownId
        The atlas has no such mode or perspective.
    DayOutsideAtlas
        The day is before the atlas's first or after its last.
    ExportFailed
        The box is not west, south, east, north.
    """
    reading = reading_of(atlas, mode, perspective or "")
    listed = reading.perspective
    if not listed and perspective and perspective != ALL:  # it changes no colour
        listed = known_id("perspective", perspective, atlas.perspectives)
    taken = snapshot(atlas, day_inside(atlas, day))
    boundaries = tuple(s for s in taken.boundaries if s.boundary.layer in reading.mode.layers)
    painted = {
        status.id: status
        for shown in boundaries
        if reading.by_holder
        for status in reading.answer(atlas, shown.boundary, taken.day).statuses
    }
    above = {id for shown in boundaries for id in upwards(atlas, shown.boundary.region_id)}
    beside = [status for status in taken.statuses if status.id not in painted]
    beside.sort(key=lambda status: status.region_id not in above)
    return Shown(
        snapshot=taken,
        reading=reading,
        lang=lang,
        perspective_id=listed,
        bbox=_checked(bbox, atlas.settings.extent) if bbox else atlas.settings.extent,
        boundaries=boundaries,
        painted=tuple(s for s in painted.values() if listed in ("", ALL, s.perspective_id)),
        beside=tuple(s for s in beside if listed in ("", ALL, s.perspective_id)),
    )


def _checked(bbox: Bbox, extent: Bbox) -> Bbox:
    """Turn a box, as files or as the program has it, to where the atlas has that ground."""
    west, south, east, north = box_near(box_read(bbox), extent)
    given = f"bbox {bbox[0]:g},{south:g},{bbox[2]:g},{north:g}"
    # One of the program, as an atlas's extent, may go on past 180 degrees.
    is_wide = 0 < bbox[2] - bbox[0] <= TURN or width(bbox)
    if not (is_wide and -90 <= south < north <= 90):
        raise ExportFailed(f"{given} is not a box; write west,south,east,north in degrees")
    if south < -LAST_PARALLEL or north > LAST_PARALLEL:
        raise ExportFailed(
            f"{given} goes beyond latitude {LAST_PARALLEL:g}, where Web Mercator maps end; "
            "write south and north from -85 to 85"
        )
    return (west, south, east, north)
