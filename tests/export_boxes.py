"""The texts of a sheet, and what is wrong with them: as they are drawn, without a picture."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
TOUCH_MM = (0.3, 0.6)  # boxes hold the parts below the line; those of one list just touch


def lines_of(sheet):
    return [text.get_text() for text in sheet.texts]


def boxes_mm(sheet):
    """Measure every line of text as it is drawn: left, bottom, right, top."""
    drawn = [text for text in sheet.texts if text.get_text()]
    figure = drawn[0].figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    scale = figure.dpi / 25.4
    return [(text, np.array(text.get_window_extent(renderer).extents) / scale) for text in drawn]


def faults(sheet):
    """Say which lines run off the sheet, into each other, over a frame, or lack a letter."""
    found = boxes_mm(sheet)
    boxes = np.array([box for _, box in found])
    said = [text.get_text() for text, _ in found]
    yield from (f"no letter for {text!r}" for text in said if UNKNOWN in text)
    outside = (boxes[:, :2] < 0).any(1) | (boxes[:, 2] > sheet.width) | (boxes[:, 3] > sheet.height)
    yield from (f"{said[at]!r} is outside the paper" for at in np.flatnonzero(outside))
    for one, other in overlapping(boxes):
        yield f"{said[one]!r} lies over {said[other]!r}"
    names = sheet.names
    for rect in sheet.maps:
        for at in crossing(boxes, rect):
            if found[at][0] in names:  # not a degree beside the map
                yield f"{said[at]!r} crosses the frame of its map"


def overlapping(boxes):
    """Give the pairs of boxes of which one lies over another."""
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    common = high - low
    meet = (common[..., 0] >= TOUCH_MM[0]) & (common[..., 1] >= TOUCH_MM[1])
    return [(int(a), int(b)) for a, b in zip(*np.nonzero(np.triu(meet, 1)), strict=True)]


def crossing(boxes, rect):
    """Give the boxes that lie partly inside and partly outside a rectangle."""
    inside = (boxes[:, 0] >= rect.x) & (boxes[:, 2] <= rect.right)
    inside &= (boxes[:, 1] >= rect.y) & (boxes[:, 3] <= rect.top)
    apart = (boxes[:, 2] <= rect.x) | (boxes[:, 0] >= rect.right)
    apart |= (boxes[:, 3] <= rect.y) | (boxes[:, 1] >= rect.top)
    return np.flatnonzero(~inside & ~apart)
