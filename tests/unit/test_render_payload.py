"""What the map document carries, against the engine it is made from."""

import json

import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon

from maps.atlas.model import Date
from maps.day.control import control_of
from maps.map.document import script_json
from maps.map.payload import map_payload
from maps.map.tiles import encoded, label_point
from maps.words.names import short_name


def decoded(polygons):
    """The inverse of `encoded`, as the browser does it."""
    out = []
    for rings in polygons:
        done = []
        for steps in rings:
            x = y = 0
            ring = []
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + dx, y + dy
                ring.append((x / 1e5, y / 1e5))
            done.append(ring)
        out.append(Polygon(done[0], done[1:]))
    return MultiPolygon(out)


@pytest.fixture(scope="module")
def payload(islands_atlas):
    return map_payload(islands_atlas)


def span_on(spans, day):
    found = [s for s in spans or [] if s[0] <= day and (s[1] is None or day < s[1])]
    assert len(found) <= 1, "two fills on one day"
    return found[0] if found else None


def test_encoding_loses_nothing_of_a_hole_or_a_second_part():
    ring = [(44.00001, 39.0), (45.0, 39.0), (45.0, 40.12345), (44.0, 40.0)]
    hole = [(44.4, 39.4), (44.6, 39.4), (44.5, 39.6)]
    shape = MultiPolygon([Polygon(ring, [hole]), Polygon([(1, 1), (2, 1), (2, 2)])])
    assert shapely.equals_exact(decoded(encoded(shape)), shape, tolerance=1e-9)


def test_negative_coordinates_survive_encoding():
    shape = Polygon([(-1.5, -0.25), (-0.5, -0.25), (-0.5, 0.25)])
    assert shapely.equals_exact(decoded(encoded(shape)), MultiPolygon([shape]), tolerance=1e-9)


def test_label_stands_inside_a_bent_shape():
    # The centroid of an L lies outside it.
    bent = Polygon([(0, 0), (10, 0), (10, 1), (1, 1), (1, 10), (0, 10)])
    lat, lon = label_point(bent)
    assert bent.contains(shapely.Point(lon, lat))


def test_label_drops_what_stands_in_brackets():
    assert short_name("Fuzuli, western part (held 1993–2020)") == "Fuzuli, western part"
    assert short_name("(unnamed)") == "(unnamed)"


def test_every_boundary_is_painted_on_exactly_its_days(payload, islands_atlas):
    layers = {mode.id: mode.layers for mode in islands_atlas.settings.modes}
    for mode, lists in payload["paint"].items():
        for boundary, spans in zip(islands_atlas.boundaries, lists, strict=True):
            start = boundary.span.start
            shown = boundary.layer in layers[mode.partition(":")[0]]
            assert (span_on(spans, start.toordinal()) is not None) == shown
            assert span_on(spans, start.toordinal() - 1) is None
            if boundary.span.end:
                assert span_on(spans, boundary.span.end.toordinal()) is None


def test_control_is_painted_as_the_engine_answers_on_every_turn(payload, islands_atlas):
    days = payload["changeDays"]["control"]
    assert days, "the fixture has a change of control"
    for ordinal in {day + shift for day in days for shift in (-1, 0, 1)}:
        day = Date.fromordinal(ordinal)
        for boundary, spans in zip(
            islands_atlas.boundaries, payload["paint"]["control"], strict=True
        ):
            if boundary.layer != "control" or day not in boundary.span:
                continue
            held = control_of(islands_atlas, boundary.region_id, day).polity_ids
            assert span_on(spans, ordinal)[2] == "+".join(f"de-facto:{id}" for id in held)


def test_what_is_said_in_several_ways_is_filled_in_the_colour_of_each(payload):
    shared = {key: fill for key, fill in payload["fills"].items() if "+" in key}
    assert shared, "the fixture has a piece of which tellers say different things"
    for key, fill in shared.items():
        parts = key.split("+")
        about = [payload["legend"][place]["about"] for place in fill["legend"]]
        assert about == [*(f"said:{part}" for part in parts), "striped:striped"]
        said = [payload["legend"][place] for place in fill["legend"][:-1]]
        assert [colour for colour, _ in fill["bands"]] == [
            entry.get("colour") or entry["bands"][0][0] for entry in said
        ]


def test_every_change_day_says_what_changed(payload):
    for mode, days in payload["changeDays"].items():
        assert len(days) == len(payload["changes"][mode])
        for lines in payload["changes"][mode]:
            assert lines
            assert all("km²" in line["t"] and line["r"] in payload["regions"] for line in lines)


def test_the_calendar_is_sent_as_the_days_it_runs_from_and_to(payload, islands_atlas):
    settings = islands_atlas.settings
    assert payload["calendar"]["first"] == settings.first_day.toordinal()
    assert payload["calendar"]["last"] == settings.last_day.toordinal()


def test_every_citation_leads_to_a_source(payload):
    assert payload["citations"]
    assert {cite["s"] for cite in payload["citations"]} <= set(payload["sources"])


def test_citation_as_printed_travels_with_its_resolved_source(payload):
    printed = {cite["p"]: cite["s"] for cite in payload["citations"] if "p" in cite}
    assert printed["[1, p. 4]"] == "S01"


def test_script_json_cannot_end_its_script_element():
    hostile = "</script><script>alert(1)</script><!-- \u2028"
    written = script_json({"x": hostile})
    assert "<" not in written
    assert ">" not in written
    assert "\u2028" not in written
    assert json.loads(written)["x"] == hostile


def test_equal_atlases_give_equal_payloads(payload, islands_atlas):
    assert json.dumps(map_payload(islands_atlas)) == json.dumps(payload)


def test_an_event_carries_the_other_days_its_sources_give(payload):
    landing = next(event for event in payload["events"] if event["id"] == "A02")
    used, other = Date(1960, 3, 15).toordinal(), Date(1960, 3, 20).toordinal()
    assert (landing["early"], landing["a"], landing["late"]) == (used, used, other)
    assert landing["days"] == [other]
    assert landing["given"] == "days in the sources: 15 March 1960, 20 March 1960"
    founding = next(event for event in payload["events"] if event["id"] == "A01")
    assert (founding["days"], founding["given"]) == ([], "")


def test_a_period_says_between_which_days_it_began_and_ended(payload):
    ferry = next(p for p in payload["periods"] if p["when"].startswith("1972 "))
    first, last = Date(1972, 1, 1), Date(1972, 12, 31)
    assert ferry["began"] == [first.toordinal(), last.toordinal()]
    assert ferry["ended"] == [Date(1974, 1, 1).toordinal(), Date(1974, 12, 31).toordinal()]
    certain = next(p for p in payload["periods"] if p["a"] == Date(1950, 6, 1).toordinal())
    assert (certain["began"], certain["ended"]) == (None, None)
