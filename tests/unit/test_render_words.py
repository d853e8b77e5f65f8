"""The sentences that say what a change day changed."""

from maps.atlas.model import Date
from maps.day.timeline import timeline
from maps.words.i18n import texts
from maps.words.sentences import change_lines, change_summaries


def test_ground_that_lies_in_two_layers_is_counted_once(shipped_atlas):
    line = timeline(shipped_atlas, "units")
    at = line.change_days.index(Date(1923, 7, 7))
    said = [one.text(texts("en")) for one in change_lines(shipped_atlas, line, "en")[at]]
    begun = [text for text in said if text.startswith("Begins:")]
    # The oblast has 4,282 km², and so have its five districts together.
    assert len(begun) == 2
    assert all("(4,282 km²)" in text for text in begun)


def summary(atlas, mode: str, day: Date) -> str:
    line = timeline(atlas, mode)
    at = line.change_days.index(day)
    return change_summaries(atlas, line, "en")[at]


def test_one_line_counts_the_areas_and_says_from_whom_to_whom_and_why(shipped_atlas):
    said = summary(shipped_atlas, "control", Date(2023, 9, 20))
    assert said == (
        "4 areas: Artsakh / Nagorno-Karabakh Republic and Armenian forces → Azerbaijan"
        " (3,066 km²) · Fighting of 19–20 September 2023; ceasefire · and 1 other change"
    )


def test_one_line_names_what_is_alone_and_is_empty_of_what_is_not_there(shipped_atlas):
    said = summary(shipped_atlas, "control", Date(1993, 8, 31))
    assert said.startswith("Kashunik / Qubadli: ")
    assert "other change" not in said


def test_every_change_day_has_its_line(islands_atlas):
    for mode in ("units", "control"):
        line = timeline(islands_atlas, mode)
        assert all(change_summaries(islands_atlas, line, "en"))
