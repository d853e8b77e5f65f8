from maps.atlas.check import check_tables
from maps.atlas.load import default_atlas_folder, load_tables


def test_the_shipped_atlas_has_no_problem():
    problems = check_tables(load_tables(default_atlas_folder()))
    assert problems == [], "\n".join(map(str, problems))


def test_opening_the_shipped_atlas_gives_records(shipped_atlas):
    assert shipped_atlas.events
    assert shipped_atlas.boundaries
    assert shipped_atlas.statuses
