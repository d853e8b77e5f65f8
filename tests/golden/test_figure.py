"""The printed sheet of the invented atlas, compared with what was looked at.

To accept a change of the look: delete the picture, run this test once (it
writes the picture anew and fails), look at it, commit it.
"""

from pathlib import Path

import numpy as np
import pytest

from kit import pixels
from maps.atlas.model import Date
from maps.export import comparison_bytes, export_bytes

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent / "figures"
DPI = 100
SEEN = 40  # of 255: a difference in a pixel that an eye may see
SHARE = 0.004  # of all pixels may differ: another FreeType draws its letters a little otherwise
WEST_ISLE = (20.4, 0.4, 20.6, 0.6)
VIEWS = {
    "units": ("1960-03-15", "units", "a4", None),
    "control": ("1960-03-16", "control", "a4", None),
    "legal": ("1960-03-16", "legal", "a4", None),
    "portrait": ("1940-01-01", "units", "a4-portrait", None),
    "inset": ("1960-03-16", "units", "a4", WEST_ISLE),
    "two-days": ("1940-01-01 1960-03-15", "units", "a4", None),
    "four-days": ("1940-01-01 1950-06-01 1960-03-15 1960-03-16", "control", "a4", None),
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_sheet_looks_as_it_did(islands_atlas, name):
    written, mode, size, bbox = VIEWS[name]
    days = [Date.fromisoformat(day) for day in written.split()]
    wish = {"mode": mode, "size": size, "bbox": bbox, "dpi": DPI}
    if len(days) > 1:
        drawn = comparison_bytes(islands_atlas, days, "png", **wish)
    else:
        drawn = export_bytes(islands_atlas, days[0], "png", **wish)
    golden = HERE / f"{name}.png"
    if not golden.exists():
        golden.write_bytes(drawn)
        pytest.fail(f"{golden.name} was missing and is written now; look at it and commit it")
    was, now = pixels(golden.read_bytes()), pixels(drawn)
    assert was.shape == now.shape
    differing = float((np.abs(was - now).max(axis=2) > SEEN).mean())
    if differing > SHARE:
        (golden.parent / f"{name}-now.png").write_bytes(drawn)
    assert differing <= SHARE, f"{differing:.2%} of the pixels differ; see {name}-now.png"


def test_a_changed_line_is_noticed(islands_atlas):
    before, after = Date(1950, 5, 31), Date(1950, 6, 1)  # the shire is set apart
    one, other = (
        pixels(export_bytes(islands_atlas, day, "png", dpi=DPI)) for day in (before, after)
    )
    assert float((np.abs(one - other).max(axis=2) > SEEN).mean()) > 2 * SHARE
