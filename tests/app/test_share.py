"""What a reader takes away to share: a link, a citation, a frame, each naming version and day."""

import pytest

from kit import Elements, assert_sound


@pytest.fixture
def texts_of():
    """Give what stands in the dialog with a button for copying, one text each."""

    def copied(page):
        return [code.value for code in page.code]

    return copied


def test_a_view_is_shared_with_its_day_its_version_and_its_credits(open_page, texts_of):
    page = open_page(day="1972-06-01", mode="control")
    assert texts_of(page) == []
    page.button(key="share").click().run()
    assert_sound(page)
    link, cited, frame, credit = texts_of(page)
    assert link.endswith("/?day=1972-06-01&mode=control")
    assert cited.startswith("Map on 1 June 1972: Control. In: ")
    assert "version " in cited
    assert link in cited
    held = Elements(frame).all("iframe")[0]
    assert held["src"].endswith("?day=1972-06-01&mode=control&embed=true")
    assert "1 June 1972" in credit


@pytest.mark.parametrize(
    ("wanted", "query"),
    [
        ("A02", "?event=A02"),
        ("C1", "?at=C1"),
        ("c1-chronicle", "?at=c1-chronicle"),
        ("strait-shire", "?region=strait-shire&tab=regions"),
    ],
)
def test_a_record_is_shared_by_its_own_link_with_the_sources_it_rests_on(
    open_page, texts_of, wanted, query
):
    page = open_page(share=wanted)
    assert_sound(page)
    link, _, sources, _ = texts_of(page)
    assert link.endswith(query)
    assert sources
    assert "share" not in page.query_params


def test_a_frame_shows_the_published_site_where_there_is_one(open_page, texts_of, monkeypatch):
    monkeypatch.setenv("MAPS_SITE", "https://maps.example/isles/")
    page = open_page(day="1972-06-01", mode="control", share="view")
    frames = [text for text in texts_of(page) if text.startswith("<iframe")]
    source = Elements(frames[0]).all("iframe")[0]["src"]
    assert source == "https://maps.example/isles/embed.html?day=1972-06-01&mode=control"
    frame = next(t for t in texts_of(open_page(share="C1")) if t.startswith("<iframe"))
    assert Elements(frame).all("iframe")[0]["src"] == "https://maps.example/isles/points.html#C1"
