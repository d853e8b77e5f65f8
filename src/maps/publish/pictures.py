"""All pictures of an edition: the map of each view, and one for each page that is shared."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from maps.atlas.model import Event
from maps.publish.edition import Edition, MapPicture, event_path, picture_path, story_path
from maps.publish.pages import sources_of
from maps.publish.painter import PX_PER_MM, Painter, in_few_colours, png, proportions
from maps.publish.sharing import HEIGHT, Said, composed, map_width, one_line
from maps.publish.views import MapView
from maps.words.cite import reference_text
from maps.words.i18n import format_day_of, format_edtf
from maps.words.sentences import when

_WIDE = 1.35  # from here a map as high as a shared picture would be half neighbours
_STEP_MM = (66.0, 46.0)
_ROOM = 1.08  # around the ground of a wide atlas


class Pictures:
    """Makes the pictures of an edition; what several of them show is drawn once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        wide = proportions(edition.atlas)
        self._width = map_width(wide)
        self._shared = self._painter(HEIGHT / PX_PER_MM)
        self._alone = self._shared
        if wide > _WIDE:
            self._alone = self._painter(round(self._width / wide * _ROOM) / PX_PER_MM)
        self._steps = Painter(edition.atlas, edition.lang, *_STEP_MM, adds=True)
        self._maps: dict[tuple[object, ...], Image.Image] = {}

    def maps(self) -> dict[str, MapPicture]:
        """Draw the map of every view that a page shows, by its path."""
        views, made = self._edition.views, dict[str, MapPicture]()
        for view in (views.opening, *views.pictured.values()):
            if view.path not in made:
                # What stands in a shared picture, too, is drawn for both at once.
                drawn = self._map_of(view) if self._alone is self._shared else None
                made[view.path] = _alone(self._alone, view, drawn)
        for story in self._edition.atlas.stories.values():
            for step in story.steps:
                view = views.of_step(step)
                if view.path not in made:
                    made[view.path] = _alone(self._steps, view)
        return dict(sorted(made.items()))

    def shared(self) -> Iterator[tuple[str, bytes]]:
        """Compose the pictures of shared links, each with its path."""
        edition, views = self._edition, self._edition.views
        for event in edition.atlas.events if views.pictured else ():
            map_part = self._map_of(views.pictured[event.id], event)
            picture = composed(_event(edition, event), map_part)
            yield picture_path(event_path(event.id)), png(picture)
        for path, said in _pages(edition).items():
            yield picture_path(path), png(composed(said, self._map_of(views.opening)))

    def _map_of(self, view: MapView, event: Event | None = None) -> Image.Image:
        """Draw a map once for all events at one place."""
        place = self._shared.place_of(view, event) if event else None
        key = (view.path, place, bool(event and place and event.contested))
        if key not in self._maps:
            drawn = self._shared.map_of(view, event if place else None)
            self._maps[key] = in_few_colours(drawn)
        return self._maps[key]

    def _painter(self, height_mm: float) -> Painter:
        edition = self._edition
        return Painter(edition.atlas, edition.lang, self._width / PX_PER_MM, height_mm)


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
