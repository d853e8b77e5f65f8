"""Accounts, points, chains and days that differ, on the invented atlas."""

from dataclasses import replace

from maps.day.contested import accounts_of, chains_of, dates_of, points_of, side_by_side


def test_a_point_is_found_from_the_event_it_is_about(islands_atlas):
    (point,) = islands_atlas.points.values()
    for event_id in point.event_ids:
        assert points_of(islands_atlas, event_id=event_id) == (point,)
    assert points_of(islands_atlas, event_id="X01") == ()
    assert points_of(islands_atlas) == ()


def test_accounts_belong_to_exactly_what_they_are_of(islands_atlas):
    def ids(**subject):
        return [account.id for account in accounts_of(islands_atlas, **subject)]

    assert ids(point_id="C1") == ["c1-chronicle", "c1-west", "c1-east"]
    assert ids(event_id="X01") == ["x01-chronicle", "x01-west", "x01-east"]
    assert ids(status_id="shire-claimed-by-west") == ["shire-claimed-by-west-east"]
    assert ids(event_id="A01") == []


def test_every_side_has_a_column_also_one_without_an_account(islands_atlas):
    accounts = accounts_of(islands_atlas, point_id="C1")
    columns = side_by_side(islands_atlas, accounts[:1])
    assert [column.side.id for column in columns] == [
        side.id for side in islands_atlas.settings.sides
    ]
    assert sum(len(column.accounts) for column in columns) == 1


def test_a_perspective_without_a_side_stands_in_a_column_of_its_own(islands_atlas):
    perspectives = {
        **islands_atlas.perspectives,
        "chronicle": replace(islands_atlas.perspectives["chronicle"], side_id=""),
    }
    atlas = replace(islands_atlas, perspectives=perspectives)
    columns = side_by_side(atlas, accounts_of(atlas, point_id="C1"))
    assert [account.id for account in columns[-1].accounts] == ["c1-chronicle"]


def test_chains_and_days_keep_their_order(islands_atlas):
    (chain,) = {chain.id: chain for chain in islands_atlas.chains}.values()
    for link in chain.links:
        assert chains_of(islands_atlas, link.event_id) == (chain,)
    days = [given.day for given in dates_of(islands_atlas, "A02")]
    assert days == sorted(days)
    assert len(days) == 2
