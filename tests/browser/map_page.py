"""The map inside the page, as a test sees it."""

from dataclasses import dataclass

from playwright.sync_api import Frame, Locator, Page, Position, expect

from maps.atlas.model import Date

FRAME = 'iframe[title^="streamlit_folium"]'
LOADED_WITHIN_MS = 30_000
STATE = "window.MapsAtlas.state"
Point = tuple[float, float]


@dataclass(frozen=True)
class MapFrame:
    """The frame of st_folium, ready to be used."""

    page: Page
    frame: Frame

    @property
    def day(self) -> Date:
        return Date.fromordinal(self.frame.evaluate(f"{STATE}.control.state.day"))

    @property
    def mode(self) -> str:
        return self.frame.evaluate(f"{STATE}.selection.mode")

    @property
    def view(self) -> list[float]:
        """Zoom, then latitude and longitude of the centre, rounded to a metre or so."""
        return self.frame.evaluate(
            f"(() => {{ const m = {STATE}.map, c = m.getCenter();"
            " return [m.getZoom(), +c.lat.toFixed(5), +c.lng.toFixed(5)]; })()"
        )

    @property
    def slider(self) -> Locator:
        return self.frame.locator(".ma-slider")

    @property
    def card(self) -> Locator:
        return self.frame.locator(".leaflet-popup .ma-card")

    def shown(self) -> set[str]:
        """Ids of the boundaries that are painted."""
        return set(
            self.frame.evaluate(
                "[...document.querySelectorAll('path[data-boundary]')]"
                ".filter(p => p.style.visibility !== 'hidden').map(p => p.dataset.boundary)"
            )
        )

    def fill(self, boundary: str) -> str:
        return self.frame.locator(f'path[data-boundary="{boundary}"]').get_attribute("fill") or ""

    def go(self, day: str) -> None:
        """Rest at a day, without the pointer; ISO."""
        ordinal = Date.fromisoformat(day).toordinal()
        self.frame.evaluate(f"{STATE}.control.set({ordinal})")

    def wait_day(self, day: str) -> None:
        ordinal = Date.fromisoformat(day).toordinal()
        self.frame.wait_for_function(f"{STATE}.control.state.day === {ordinal}", timeout=10_000)

    def place_of(self, day: str) -> Position:
        """Where a day is on the slider, below the row of events; in page pixels."""
        box = self.slider.bounding_box()
        first, beyond = self.frame.evaluate(f"{STATE}.control.state.view")
        share = (Date.fromisoformat(day).toordinal() - first) / (beyond - first)
        return {"x": box["x"] + share * box["width"], "y": box["y"] + box["height"] - 6}

    def click_boundary(self, boundary: str) -> None:
        """Click where the boundary's label would be, as a reader would."""
        at = self.frame.evaluate(
            f"""(id => {{
                const item = {STATE}.painter.items.find(i => i.boundary.id === id);
                const p = {STATE}.map.latLngToContainerPoint(item.boundary.at);
                const box = {STATE}.map.getContainer().getBoundingClientRect();
                return [p.x + box.x, p.y + box.y];
            }})({boundary!r})"""
        )
        frame_box = self.page.locator(FRAME).bounding_box()
        self.page.mouse.click(frame_box["x"] + at[0], frame_box["y"] + at[1])

    def wait_whole(self) -> None:
        """Wait until the atlas is in sight and fills most of the frame one way."""
        self.frame.wait_for_function(
            f"""() => {{
                const m = {STATE}.map, whole = {STATE}.data.whole, size = m.getSize();
                const a = m.latLngToContainerPoint(whole.getNorthWest());
                const b = m.latLngToContainerPoint(whole.getSouthEast());
                const share = Math.max((b.x - a.x) / size.x, (b.y - a.y) / size.y);
                return m.getBounds().contains(whole) && share > 0.55;
            }}""",
            timeout=10_000,
        )

    def mark(self) -> None:
        """Leave a sign that is gone if the frame is loaded again."""
        self.frame.evaluate("window.stillTheSame = true")

    def is_marked(self) -> bool:
        return self.frame.evaluate("window.stillTheSame === true")


class Fingers:
    """Fingers on a touched screen, as the browser's own protocol moves them."""

    STEPS = 8

    def __init__(self, page: Page) -> None:
        self._page = page
        self._client = page.context.new_cdp_session(page)

    def swipe(self, *ways: tuple[Point, Point] | Point) -> None:
        """Move one finger from a point to another, or several at once, a pair of points each."""
        pairs = [ways] if isinstance(ways[0][0], int | float) else list(ways)
        for step in range(self.STEPS + 1):
            share = step / self.STEPS
            at = [
                {"x": a[0] + (b[0] - a[0]) * share, "y": a[1] + (b[1] - a[1]) * share, "id": n}
                for n, (a, b) in enumerate(pairs)
            ]
            self._tell("touchMove" if step else "touchStart", at)
            self._page.evaluate("() => new Promise(requestAnimationFrame)")
        self._tell("touchEnd", [])

    def _tell(self, kind: str, at: list[dict[str, float]]) -> None:
        self._client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})


def map_frame(page: Page, within: str = "") -> MapFrame:
    """Wait until the map is ready and has told the page so.

    ``within`` selects what holds the frame, where a page has several maps.
    """
    holder = page.locator(f"{within} {FRAME}")
    expect(holder).to_be_visible(timeout=LOADED_WITHIN_MS)
    frame = holder.element_handle().content_frame()
    ready = 'html[data-maps-ready="true"][data-maps-told]'
    frame.wait_for_selector(ready, state="attached", timeout=LOADED_WITHIN_MS)
    return MapFrame(page, frame)


def two_maps(page: Page) -> tuple[MapFrame, MapFrame]:
    """Give the maps of the comparison: that of the first day, that of the second."""
    first, second = (map_frame(page, f".st-key-frame-of-map-{side}") for side in ("left", "right"))
    return first, second


def settled(page: Page) -> None:
    """Wait until the server has nothing more to say to the page."""
    # A report of the map may be on its way to the server: idle for some frames, not for one.
    # (What an async function promises would be taken for true.)
    page.evaluate("window.idleFrames = 0")
    page.wait_for_function(
        """() => {
            const app = document.querySelector('[data-testid="stApp"]');
            const idle = app && app.dataset.testScriptState === 'notRunning';
            window.idleFrames = idle ? window.idleFrames + 1 : 0;
            return window.idleFrames > 3;
        }""",
        timeout=LOADED_WITHIN_MS,
    )
