"""The printed sheet of the invented atlas, compared with what was looked at.

To accept a change of the look: delete the picture, run this test once (it
writes the picture anew and fails), look at it, commit it.
"""

import io
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maps.export import export_bytes

HERE = Path(__file__).parent / "figures"
DPI = 100
SEEN = 40  # of 255: a difference in a pixel that an eye may see
SHARE = 0.004  # of all pixels may differ: another FreeType draws its letters a little otherwise
VIEWS = {
    "units": ("1960-03-15", "units", "a4"),
    "control": ("1960-03-16", "control", "a4"),
    "legal": ("1960-03-16", "legal", "a4"),
    "portrait": ("1940-01-01", "units", "a4-portrait"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_sheet_looks_as_it_did(islands_atlas, name):
    day, mode, size = VIEWS[name]
    drawn = export_bytes(
        islands_atlas, date.fromisoformat(day), "png", mode=mode, size=size, dpi=DPI
    )
    golden = HERE / f"{name}.png"
    if not golden.exists():
        golden.write_bytes(drawn)
        pytest.fail(f"{golden.name} was missing and is written now; look at it and commit it")
    was, now = _pixels(golden.read_bytes()), _pixels(drawn)
    assert was.shape == now.shape
    differing = float((np.abs(was - now).max(axis=2) > SEEN).mean())
    if differing > SHARE:
        (golden.parent / f"{name}-now.png").write_bytes(drawn)
    assert differing <= SHARE, f"{differing:.2%} of the pixels differ; see {name}-now.png"


def test_a_changed_line_is_noticed(islands_atlas):
    before, after = date(1950, 5, 31), date(1950, 6, 1)  # the shire is set apart
    one, other = (
        _pixels(export_bytes(islands_atlas, day, "png", dpi=DPI)) for day in (before, after)
    )
    assert float((np.abs(one - other).max(axis=2) > SEEN).mean()) > 2 * SHARE


def _pixels(png: bytes):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=int)
