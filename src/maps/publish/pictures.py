"""All pictures of an edition: the map of each view, and one for each page that is shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from maps.atlas.model import Event
from maps.publish.edition import Edition, MapPicture, event_path, picture_path, story_path
from maps.publish.pages import sources_of
from maps.publish.painter import PX_PER_MM, Painter, in_few_colours, png, proportions
from maps.publish.sharing import HEIGHT, Said, composed, map_width, one_line
from maps.publish.views import MapView
from maps.tasks import Each, here
from maps.words.cite import reference_text
from maps.words.i18n import format_day_of, format_edtf
from maps.words.sentences import when

_WIDE = 1.35  # from here a map as high as a shared picture would be half neighbours
_STEP_MM = (66.0, 46.0)
_ROOM = 1.08  # around the ground of a wide atlas


@dataclass(frozen=True)
class _Part:
    """A view to be drawn, for a step of a story alone or for other pages too.

    ``events`` are the places of those whose shared pictures show it.
    """

    view: MapView
    of_step: bool = False
    events: tuple[int, ...] = ()


class Pictures:
    """Makes the pictures of an edition; what several of them show is drawn once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        wide = proportions(edition.atlas)
        self._width = map_width(wide)
        self._shared = self._painter(HEIGHT / PX_PER_MM)
        self._alone = self._shared
        if wide > _WIDE:
            self._alone = self._painter(round(self._width / wide * _ROOM) / PX_PER_MM)
        self._steps = Painter(edition.atlas, edition.lang, *_STEP_MM, adds=True)
        self._maps: dict[tuple[object, ...], Image.Image] = {}

    def made(self, each: Each = here) -> tuple[dict[str, MapPicture], dict[str, bytes]]:
        """Draw the map of every view that a page shows, and compose the pictures of shared links.

        Both by path. A link is shared by its whole address: without one there are no such
        pictures. A view is a part of the work.
        """
        parts = list(self._parts())
        maps, shared = dict[str, MapPicture](), dict[str, bytes]()
        for part, (alone, of_links) in zip(parts, each(_drawn, self, parts), strict=True):
            maps[part.view.path] = alone
            shared |= of_links
        return dict(sorted(maps.items())), shared

    def _parts(self) -> Iterator[_Part]:
        views, atlas = self.edition.views, self.edition.atlas
        first = {views.opening.path: views.opening}
        events = defaultdict[str, list[int]](list)
        for place, event in enumerate(atlas.events if views.pictured else ()):
            view = views.pictured[event.id]
            first.setdefault(view.path, view)
            events[view.path].append(place)
        for path, view in first.items():
            yield _Part(view, events=tuple(events[path]))
        steps = (step for story in atlas.stories.values() for step in story.steps)
        for view in {view.path: view for view in map(views.of_step, steps)}.values():
            if view.path not in first:
                yield _Part(view, of_step=True)

    def drawn(self, part: _Part) -> MapPicture:
        """Draw the map of a view for the pages that show it."""
        if part.of_step:
            return _alone(self._steps, part.view)
        # What stands in a shared picture, too, is drawn for both at once.
        map_part = self._map_of(part.view) if self._alone is self._shared else None
        return _alone(self._alone, part.view, map_part)

    def shared(self, part: _Part) -> Iterator[tuple[str, bytes]]:
        """Compose the pictures of shared links that show a view, each with its path."""
        edition = self.edition
        for place in part.events:
            event = edition.atlas.events[place]
            picture = composed(_event(edition, event), self._map_of(part.view, event))
            yield picture_path(event_path(event.id)), png(picture)
        if part.view == edition.views.opening:
            for path, said in _pages(edition).items():
                yield picture_path(path), png(composed(said, self._map_of(part.view)))

    def _map_of(self, view: MapView, event: Event | None = None) -> Image.Image:
        """Draw a map once for all events at one place."""
        place = self._shared.place_of(view, event) if event else None
        key = (view.path, place, bool(event and place and event.contested))
        if key not in self._maps:
            drawn = self._shared.map_of(view, event if place else None)
            self._maps[key] = in_few_colours(drawn)
        return self._maps[key]

    def _painter(self, height_mm: float) -> Painter:
        edition = self.edition
        return Painter(edition.atlas, edition.lang, self._width / PX_PER_MM, height_mm)


def _drawn(pictures: Pictures, part: _Part) -> tuple[MapPicture, dict[str, bytes]]:
    shared = pictures.shared(part) if pictures.edition.address else ()
    return pictures.drawn(part), dict(shared)


def _alone(painter: Painter, view: MapView, drawn: Image.Image | None = None) -> MapPicture:
    picture = drawn or in_few_colours(painter.map_of(view))
    return MapPicture(png(picture), picture.size, painter.key_of(view))


def _event(edition: Edition, event: Event) -> Said:
    spoken, atlas = edition.spoken, edition.atlas
    sources = sources_of(atlas, event)
    count = "site.card.source" if len(sources) == 1 else "site.card.sources"
    known = f"site.card.{event.evidence}"
    told = one_line(
        spoken.t(count, count=len(sources)) if sources else spoken.t("site.card.no_source"),
        spoken.t(known) if known in spoken else event.evidence,
        spoken.t("site.card.contested") if event.contested else "",
    )
    first = reference_text(atlas.sources[sources[0]], edition.lang) if sources else ""
    day, recorded = _day(edition, event)
    return Said(atlas.settings.title, day, event.title, told, first, recorded)


def _day(edition: Edition, event: Event) -> tuple[str, str]:
    """Give the day of an event, and how the sources give it where that is something else."""
    spoken, date = edition.spoken, event.date
    whole = when(date, spoken)
    if date.used is None:
        return whole, ""
    day, recorded = (
        format_day_of(edition.atlas, date.used, edition.lang),
        format_edtf(date.edtf, edition.lang),
    )
    if whole != spoken.t("map.recorded_as", day=day, recorded=recorded):
        return whole, ""
    return day, spoken.t("ui.events.recorded", recorded=recorded)


def _pages(edition: Edition) -> dict[str, Said]:
    """Say what stands on the pictures of all other pages, by the path of the page."""
    spoken, atlas, settings = edition.spoken, edition.atlas, edition.atlas.settings
    days = [
        format_day_of(edition.atlas, day, edition.lang)
        for day in (settings.first_day, settings.last_day)
    ]
    held = spoken.t("site.card.held", events=len(atlas.events), sources=len(atlas.sources))
    span = spoken.t("map.from_to", start=days[0], end=days[1])
    pages = {"index.html": Said("", span, settings.title, held, settings.subtitle)}
    if atlas.points:
        title, told = spoken.t("site.ways.points"), spoken.t("site.card.points")
        pages["points.html"] = Said(settings.title, "", title, told)
    for story in atlas.stories.values():
        source = atlas.sources.get(story.source_id)
        told = spoken.t("ui.story.source") if source else spoken.t("ui.story.no_source")
        further = reference_text(source, edition.lang) if source else ""
        steps = spoken.t("site.card.steps", count=len(story.steps))
        said = Said(settings.title, steps, story.title, told, further)
        pages[story_path(story.id)] = said
    return pages
