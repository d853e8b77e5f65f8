"""The sentences that say what a change day changed."""

from datetime import date

from maps.i18n import texts
from maps.render.words import change_lines
from maps.timeline import timeline


def test_ground_that_lies_in_two_layers_is_counted_once(shipped_atlas):
    line = timeline(shipped_atlas, "units")
    at = line.change_days.index(date(1923, 7, 7))
    said = [one["t"] for one in change_lines(shipped_atlas, line, texts("en"), "en")[at]]
    begun = [text for text in said if text.startswith("Begins:")]
    # The oblast has 4,282 km², and so have its five districts together.
    assert len(begun) == 2
    assert all("(4,282 km²)" in text for text in begun)
