"""The ways of scrubbing and how a test hand moves each."""

from measure import PAUSE_MS, ROUNDS, STEP, Way
from playwright.sync_api import Frame

OURS = "MapsAtlas.state.map"
PEERS = "benchMap"
RANGE = "input[type=range]"
MAPLIBRE = "MapLibre GL, a filter by day"


def ours(first_day: int, name: str = "this dashboard") -> Way:
    """Give the map of the dashboard, from its first day on, a year a step."""
    control = "MapsAtlas.state.control"

    def prepare(frame: Frame) -> None:
        frame.evaluate(
            f"""() => {{
                window.benchPaints = 0;
                window.benchBack = () => {control}.set({first_day});
                {control}.on('input', () => window.benchPaints++);
                const slider = document.querySelector('.ma-slider');
                const key = {{key: 'ArrowRight', shiftKey: true, bubbles: true}};
                window.benchStep = () => slider.dispatchEvent(new KeyboardEvent('keydown', key));
            }}"""
        )

    def drag(frame: Frame) -> tuple[float, float, float]:
        box = frame.locator(".ma-slider").bounding_box()
        assert box is not None
        y = box["y"] + box["height"] - 6  # below the events, which would be clicked
        return box["x"] + 0.1 * box["width"], box["x"] + 0.85 * box["width"], y

    return Way(name, OURS, prepare, _steps_inside, ROUNDS, drag, _counted)


def plugin(name: str, years: int) -> Way:
    """Give a page with a range input, as folium's plugins have, a year a step."""

    def prepare(frame: Frame) -> None:
        frame.evaluate(
            f"""() => {{
                window.benchPaints = 0;
                const slider = document.querySelector('{RANGE}');
                // TimeSliderChoropleth's lies below the frame, where no pointer reaches it.
                if (slider.getBoundingClientRect().bottom > innerHeight)
                    slider.style.cssText = 'position: fixed; top: 0; width: 80%; z-index: 10000';
                slider.addEventListener('input', () => window.benchPaints++);
                window.benchBack = () => {{ slider.value = slider.min; }};
                window.benchStep = () => {{
                    slider.value = +slider.value + (slider.max - slider.min) / {years};
                    for (const kind of ['input', 'change'])
                        slider.dispatchEvent(new Event(kind, {{bubbles: true}}));
                }};
            }}"""
        )

    def drag(frame: Frame) -> tuple[float, float, float]:
        frame.evaluate(f"document.querySelector('{RANGE}').value = -1e15")
        box = frame.locator(RANGE).bounding_box()
        assert box is not None
        return box["x"] + 9, box["x"] + 0.85 * box["width"], box["y"] + box["height"] / 2

    return Way(name, PEERS, prepare, _steps_inside, ROUNDS, drag, _counted)


def rerun(first_year: int) -> Way:
    """Give `st.slider` with a new map on each rerun."""
    thumb = f'[data-testid="stSlider"] {RANGE}'

    def prepare(frame: Frame) -> None:
        frame.page.evaluate(
            "document.addEventListener('keydown', () => {"
            "window.pressed = performance.timeOrigin + performance.now(); }, true)"
        )

    def step(frame: Frame, steps: int) -> list[float]:
        found = []
        page = frame.page
        page.locator(thumb).focus()
        for year in range(first_year + 1, first_year + 1 + steps):
            page.keyboard.press("ArrowRight")
            painted = f"(window.painted || []).filter(p => p[0] === {year})[0]"
            page.wait_for_function(painted, timeout=15_000)
            found.append(page.evaluate(f"{painted}[1] - window.pressed"))
            page.wait_for_timeout(300)
        return found

    def drag(frame: Frame) -> tuple[float, float, float]:
        page = frame.page
        track = page.locator('[data-testid="stSlider"]').bounding_box()
        box = page.locator(thumb).locator("..").bounding_box()
        assert box is not None
        assert track is not None
        right = track["x"] + 0.85 * track["width"]
        return box["x"] + box["width"] / 2, right, box["y"] + box["height"] / 2

    return Way(
        "st.slider, new map each rerun",
        PEERS,
        prepare,
        step,
        1,
        drag,
        lambda frame: frame.page.evaluate("(window.painted || []).length"),
    )


def _steps_inside(frame: Frame, steps: int) -> list[float]:
    found: list[float] = frame.evaluate(STEP, [steps, PAUSE_MS])
    return found


def _counted(frame: Frame) -> int:
    found: int = frame.evaluate("window.benchPaints")
    return found
