"""Make many printed figures into a folder, to be looked at, and say what is wrong with them.

Change days of each mode in each name language, zooms and comparisons; a contact
sheet of all of them. Reports letters without a glyph, overlapping lines of text
and the time. Run: ``python benchmarks/figures.py DIR [DPI]`` or ``make figures``.
"""

import io
import sys
import time
import warnings
from pathlib import Path

from PIL import Image

from export_boxes import faults
from maps.atlas.assemble import open_atlas
from maps.atlas.load import default_atlas_folder
from maps.atlas.model import Date
from maps.day.timeline import timeline
from maps.day.view import shown_on
from maps.sheet.figure import composed
from maps.sheet.layout import paper

DAYS = 12  # of each mode, evenly over its change days
SIZES = ("a4", "a4-portrait", "16:9", "square", "420x297")
HEART = (46.2, 39.3, 47.2, 40.3)
COMPARISONS = {
    "units": ("1921-07-05", "1923-07-07", "1930-08-08", "1991-09-02"),
    "control": ("1991-09-02", "1994-05-12", "2020-11-10", "2023-09-21"),
    "legal": ("1921-07-05", "1923-07-07", "1994-05-12", "2022-10-06"),
}
THUMB = 360


def spread(days, count):
    step = (len(days) - 1) / (count - 1)
    return [days[round(at * step)] for at in range(count)]


def wishes(atlas):
    """Name every figure: days, mode, language, size, box."""
    sizes = 0
    for mode in (mode.id for mode in atlas.settings.modes):
        days = timeline(atlas, mode, "all" if mode == "legal" else "").change_days
        for day in spread(days, DAYS):
            for lang in atlas.settings.name_languages:
                sizes += 1
                yield (day,), mode, lang, SIZES[sizes % len(SIZES)], None
        yield (days[-1],), mode, "en", "a4", HEART
        four = tuple(map(Date.fromisoformat, COMPARISONS[mode]))
        for count in (2, 3, 4):
            for size in ("a4", "a4-portrait", "16:9", "square"):
                yield four[:count], mode, "en", size, None


def drawn(atlas, days, mode, *, lang, size, bbox):
    shown = [shown_on(atlas, day, mode=mode, lang=lang, bbox=bbox) for day in days]
    return composed(shown, *paper(size))[0]


def main(folder, dpi):
    folder.mkdir(parents=True, exist_ok=True)
    atlas = open_atlas(default_atlas_folder())
    thumbs, found, taken = [], 0, []
    for days, mode, lang, size, bbox in wishes(atlas):
        name = "-".join(
            [mode, *map(str, days), lang, size.replace(":", "x"), *("nk" for _ in [bbox] if bbox)]
        )
        start = time.perf_counter()
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            sheet = drawn(atlas, days, mode, lang=lang, size=size, bbox=bbox)
            png = sheet.save("png", dpi, {})
        taken.append(time.perf_counter() - start)
        (folder / f"{name}.png").write_bytes(png)
        wrong = [*faults(sheet), *(str(each.message) for each in warned)]
        found += len(wrong)
        for line in wrong:
            print(f"{name}: {line}")
        thumb = Image.open(io.BytesIO(png)).convert("RGB")
        thumb.thumbnail((THUMB, THUMB))
        thumbs.append(thumb)
    contact_sheets(folder, thumbs)
    total = sum(taken)
    print(f"{len(thumbs)} figures, {found} faults, {total:.0f} s, slowest {max(taken):.2f} s")
    return 1 if found else 0


def contact_sheets(folder, thumbs, across=6, down=6):
    each = across * down
    for number in range(0, len(thumbs), each):
        page = Image.new("RGB", (across * THUMB, down * THUMB), "white")
        for at, thumb in enumerate(thumbs[number : number + each]):
            row, column = divmod(at, across)
            page.paste(thumb, (column * THUMB, row * THUMB))
        page.save(folder / f"index-{number // each + 1:02}.png")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 110))
