"""The package from Python and notebooks: an atlas, a day of it, and what they hold.

>>> import maps
>>> atlas = maps.open()
>>> day = atlas.on("12 May 1994")
>>> day
<Day 1994-05-12 of Nagorno-Karabakh and its neighbours, 1918–2024>
>>> day.boundaries.crs.to_epsg()
4326

Whatever is asked for in vain raises a `MapsError` of one clear line. Tables have a
row a record, in the order of the files, and its id as the index; days are
`datetime.date`, before the year 1 ISO texts as ``-0043-03-15``; lists in a cell are
joined by ``;``.
"""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.known import day_inside, known_id
from maps.atlas.load import default_atlas_folder, is_address, load_tables
from maps.atlas.longitudes import lon_written, shape_written
from maps.atlas.model import Atlas, Citation, Date
from maps.data.plain import boundary_plain, fields_of
from maps.data.statements import told
from maps.day.areas import AreaRow, all_area_rows
from maps.day.law import ALL
from maps.day.reading import mode_of
from maps.day.snapshot import Change, Snapshot, changes_on, differences, snapshot
from maps.day.timeline import timeline
from maps.errors import Problem
from maps.words.asked import atlas_languages, first_day_inside, read_date
from maps.words.cite import located_text
from maps.words.names import mode_name, region_name

if TYPE_CHECKING:  # what is asked for is imported then: each of these takes half a second
    import geopandas as gpd
    from matplotlib.axes import Axes

    from maps.export import Options
    from maps.film.plan import Wishes

_CHANGES = "day region region_name kind before after km2 events"
_BOUNDARIES = (
    "region region_name layer start end precision contested km2 held_by origins citations note "
    "geometry"
)
_STATUSES = (
    "region region_name dimension polity perspective text start end certainty evidence citations "
    "note"
)
_EVENTS = "title description edtf kinds regions place lat lon contested evidence citations"


def open(folder: Path | str | None = None, lang: str = "en") -> OpenedAtlas:
    """Open an atlas: a folder of the form of `docs/data-model.md`, or the shipped one.

    Parameters
    ----------
    folder : path, optional
        The shipped atlas if not given; ``"postgresql://…"`` for one in a database.
    lang : str
        Language of texts, names and references, where the atlas has it.

    Raises
    ------
    AtlasInvalid
        It has problems; the error carries every one of them.
    DatabaseUnusable
        The database cannot be reached or holds no atlas.
    UnknownId
        The language is none that the atlas or the interface has.
    """
    place = folder or default_atlas_folder()
    atlas = open_atlas(place, lang)
    known_id("language", lang, atlas_languages(atlas))
    return OpenedAtlas(place if is_address(place) else Path(place), atlas, lang)


AnyDay = datetime.date | Date | str


@dataclass(frozen=True, repr=False)
class OpenedAtlas:
    """An atlas in one language; ``record`` is all it holds, as `maps.atlas.model.Atlas`."""

    folder: Path | str
    record: Atlas
    lang: str

    def __repr__(self) -> str:
        settings = self.record.settings
        return f"<Atlas {settings.title}, {settings.first_day} to {settings.last_day}>"

    def _repr_html_(self) -> str:
        settings = self.record.settings
        said = (settings.subtitle, settings.disclaimer, settings.cutoff)
        told = "".join(f"<p>{html.escape(text)}</p>" for text in said if text)
        return f"<h3>{html.escape(settings.title)}</h3>{told}"

    @property
    def modes(self) -> dict[str, str]:
        """What the map can be coloured by: names by id, the first is the default."""
        return {mode.id: mode_name(mode.id, self.lang) for mode in self.record.settings.modes}

    @property
    def perspectives(self) -> dict[str, str]:
        """Who tells: names by id."""
        return {teller.id: teller.name for teller in self.record.perspectives.values()}

    def on(self, day: AnyDay) -> Day:
        """Give a day: a `datetime.date`, ``"1994-05-12"``, ``"12 May 1994"`` or ``"44 BCE"``.

        A month or a year is its first day in the atlas.

        Raises
        ------
        DateUnreadable
            The text is no date.
        DayOutsideAtlas
            The day is before the first or after the last of the atlas.
        """
        return Day(self, day_inside(self.record, self._day(day)))

    def changes(self, mode: str = "", perspective: str = ALL) -> pd.DataFrame:
        """Tabulate what changes on each day of change, in a mode.

        Columns: ``day region region_name kind before after km2 events``; ``kind`` as
        ``appears``, ``disappears``, ``redrawn``, ``control`` or ``legal``; ``before`` and
        ``after`` are ids of polities, ``km2`` is of the ground concerned.
        """
        return self._changes(
            (day, change)
            for day in timeline(self.record, mode, perspective).change_days
            for change in changes_on(self.record, day, mode, perspective)
        )

    def diff(
        self, first: AnyDay, second: AnyDay, mode: str = "", perspective: str = ALL
    ) -> pd.DataFrame:
        """Tabulate what a mode shows differently on two days; columns as in `changes`."""
        start, end = (day_inside(self.record, self._day(day)) for day in (first, second))
        return self._changes(
            (end, change) for change in differences(self.record, start, end, mode, perspective)
        )

    def areas(self, perspective: str = ALL) -> pd.DataFrame:
        """Tabulate km² by polity from change day to change day, with their range and bounds.

        Columns: ``day dimension polity km2_low km2_high km2_likely_low km2_likely_high
        km2_least km2_most perspective``; ground whose holder is not known has the polity
        ``not-known``; what they count: `docs/data-model.md`.
        """
        rows = map(asdict, all_area_rows(self.record, perspective))
        table = pd.DataFrame(rows, columns=[field.name for field in fields(AreaRow)])
        return table.rename(columns={"polity_id": "polity"})

    def check(self) -> list[Problem]:
        """List the problems of the folder as it is now, as `maps check` does."""
        return check_tables(load_tables(self.folder))

    def film(self, path: Path | str, **wishes: Unpack[Wishes]) -> Path:
        """Make a film, mp4 or gif; keywords as in `maps.film.film_plan`."""
        from maps.film import film_file  # noqa: PLC0415

        return film_file(self.record, path, **({"lang": self.lang} | wishes))

    def publish(self, folder: Path | str, address: str = "", *, tiles: bool = False) -> list[str]:
        """Write a static site into a folder, in this language; gives the files' names.

        With ``tiles`` its map loads what is looked at, for an atlas too large to load whole.
        """
        from maps.publish import publish_site, require_apart  # noqa: PLC0415

        if isinstance(self.folder, Path):
            require_apart(Path(folder), self.folder)
        return publish_site({self.lang: self.record}, folder, address, tiles=tiles)

    def _day(self, day: AnyDay) -> Date:
        if isinstance(day, Date):
            return day
        if isinstance(day, datetime.date):
            return Date.fromordinal(day.toordinal())
        return first_day_inside(self.record, read_date(day, atlas_languages(self.record)))

    def _changes(self, found: Iterable[tuple[Date, Change]]) -> pd.DataFrame:
        rows = [
            (
                _cell(day),
                change.region_id,
                region_name(self.record, change.region_id, self.lang),
                change.kind,
                _joined(held.polity_id for held in change.before),
                _joined(held.polity_id for held in change.after),
                round(change.km2, 1),
                _joined(change.event_ids),
            )
            for day, change in found
        ]
        return pd.DataFrame(rows, columns=_CHANGES.split())


@dataclass(frozen=True, repr=False)
class Day:
    """One day of an atlas: what was in force, what was said, what happened."""

    atlas: OpenedAtlas
    date: Date

    def __repr__(self) -> str:
        return f"<Day {self.date} of {self.atlas.record.settings.title}>"

    def _repr_html_(self) -> str:
        boundaries = self.boundaries.drop(columns="geometry")
        tables = {"boundaries": boundaries, "statuses": self.statuses, "events": self.events}
        parts = "".join(f"<h4>{name}</h4>{table.to_html()}" for name, table in tables.items())
        return f"<h3>{self.date}</h3>{parts}"

    @cached_property
    def _snapshot(self) -> Snapshot:
        return snapshot(self.atlas.record, self.date)

    @cached_property
    def boundaries(self) -> gpd.GeoDataFrame:
        """The boundaries in force, EPSG:4326.

        Columns: ``region region_name layer start end precision contested km2 held_by
        origins citations note geometry``; ``km2`` on the ellipsoid, ``held_by`` ids of
        the polities that held a piece of the control layer, ``origins`` ids of the
        data a line was made of.
        """
        import geopandas as gpd  # noqa: PLC0415

        rows = [
            {
                **boundary_plain(boundary, self.atlas.record, self.atlas.lang),
                "start": _cell(boundary.span.start),
                "end": _cell(boundary.span.end),
                "held_by": _joined(control.polity_ids if control else ()),
                "origins": _joined(boundary.origin_ids),
                "citations": self._cited(boundary.citations),
                "geometry": shape_written(boundary.geometry),
            }
            for boundary, control in ((s.boundary, s.control) for s in self._snapshot.boundaries)
        ]
        return gpd.GeoDataFrame(_table(rows, _BOUNDARIES), geometry="geometry", crs="EPSG:4326")

    @cached_property
    def statuses(self) -> pd.DataFrame:
        """The statements in force: who says that what was whose, in which dimension.

        Columns: ``region region_name dimension polity perspective text start end
        certainty evidence citations note``.
        """
        rows = [
            {
                **told(self.atlas.record, status, self.atlas.lang),
                "perspective": status.perspective_id,
                "start": _cell(status.span.start),
                "end": _cell(status.span.end),
                "citations": self._cited(status.citations),
            }
            for status in self._snapshot.statuses
        ]
        return _table(rows, _STATUSES)

    @cached_property
    def events(self) -> pd.DataFrame:
        """The events of the day.

        Columns: ``title description edtf kinds regions place lat lon contested evidence
        citations``; ``edtf`` is the date as recorded.
        """
        rows = [
            {
                **fields_of(event, "id", "title", "description", "contested", "evidence"),
                "edtf": event.date.edtf,
                "kinds": _joined(event.kinds),
                "regions": _joined(event.region_ids),
                "place": event.place.name if event.place else "",
                "lat": event.place.lat if event.place else None,
                "lon": lon_written(event.place.lon) if event.place else None,
                "citations": self._cited(event.citations),
            }
            for event in self._snapshot.events
        ]
        return _table(rows, _EVENTS)

    def explore(self, mode: str = "", perspective: str = ALL, height: int = 640) -> MapPage:
        """Give the whole map, opened on this day: a notebook shows it, also without a network."""
        from maps.map.document import page_html  # noqa: PLC0415

        atlas, lang = self.atlas.record, self.atlas.lang
        asked = mode_of(atlas, mode).id
        page = page_html(atlas, self.date, mode=asked, lang=lang, perspective=perspective)
        return MapPage(page, height)

    def plot(self, ax: Axes | None = None, mode: str = "", perspective: str = ALL) -> Axes:
        """Draw what a mode shows on axes in degrees, in its colours; bands as hatches."""
        import geopandas as gpd  # noqa: PLC0415
        import matplotlib.pyplot as plt  # noqa: PLC0415

        from maps.day.view import shown_on  # noqa: PLC0415
        from maps.looks.paint import looks_of  # noqa: PLC0415

        atlas = self.atlas.record
        shown = shown_on(atlas, self.date, mode=mode, lang=self.atlas.lang, perspective=perspective)
        looks = looks_of(shown)
        drawn = ax or plt.subplots()[1]
        for listed in shown.boundaries:
            bands = looks.fill_on(listed.boundary, self.date).look.bands
            inks = [band.colour for band in bands if band.colour]  # one of a hatch may be empty
            gpd.GeoSeries([listed.boundary.geometry], crs="EPSG:4326").plot(
                ax=drawn,
                facecolor=inks[0] if inks else "none",
                edgecolor=inks[1] if len(inks) > 1 else "#6b665c",
                hatch="//" if len(bands) > 1 else None,
                linewidth=0.6,
            )
        west, south, east, north = atlas.settings.extent
        drawn.set(xlim=(west, east), ylim=(south, north))
        drawn.set_title(f"{self.date} · {self.atlas.modes[shown.mode.id]}")
        return drawn

    def export(self, path: Path | str, **options: Unpack[Options]) -> Path:
        """Write the day to a file; its ending says the format (`maps.data.formats.FORMATS`).

        Keywords are those of `maps.export.Options`: ``mode perspective bbox size dpi``.
        """
        from maps.export import export_file  # noqa: PLC0415

        usual: Options = {"lang": self.atlas.lang}
        usual.update(options)
        return export_file(self.atlas.record, self.date, path, **usual)

    def _cited(self, citations: Iterable[Citation]) -> str:
        return _joined(located_text(citation, self.atlas.lang) for citation in citations)


@dataclass(frozen=True, repr=False)
class MapPage:
    """The map as one HTML page that asks the network for nothing."""

    html: str
    height: int

    def __repr__(self) -> str:
        return f"<MapPage of {len(self.html) // 1000} kB>"

    def _repr_html_(self) -> str:
        style = f"width:100%;height:{self.height}px;border:0"
        return f'<iframe srcdoc="{html.escape(self.html)}" style="{style}"></iframe>'

    def save(self, path: Path | str) -> Path:
        """Write the page to a file, whole or not at all."""
        from maps.files import write_whole  # noqa: PLC0415

        write_whole(Path(path), self.html.encode())
        return Path(path)


def _cell(day: Date | None) -> datetime.date | str | None:
    if day is None:
        return None
    in_range = day.year >= datetime.MINYEAR
    return datetime.date.fromordinal(day) if in_range else day.isoformat()


def _table(rows: list[dict[str, Any]], columns: str) -> pd.DataFrame:
    """Make a table of rows by id; one without rows has its columns all the same."""
    return pd.DataFrame(rows, columns=["id", *columns.split()]).set_index("id")


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(parts))
