"""The static site, on the invented atlas."""

import base64
import hashlib
import json
import os
import re
from pathlib import PurePosixPath
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from kit import SITE, Elements
from maps.atlas.assemble import open_atlas
from maps.cards.links import id_mark, short_id
from maps.cards.markup import view_link
from maps.cards.story import step_card
from maps.errors import ExportFailed
from maps.publish import site_files
from maps.publish.edition import checked_address
from maps.words.cite import reference_text

EVENTS = ("A01", "A02", "X01", "X02")
PAGES = {
    "index.html", "embed.html", "404.html", "events/index.html", "points.html",
    "stories/isles.html", "sources.html", "about.html", *(f"events/{id}.html" for id in EVENTS),
}  # fmt: skip
DATA = {"events.json", "statuses.csv", "boundaries.geojson", "sources.json", "sources.bib"}
LOADING = {"src", "srcset", "data", "poster", "action", "formaction", "background"}


def read(files: dict[str, bytes]) -> dict[str, Elements]:
    return {name: Elements(held.decode()) for name, held in files.items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def pages(islands_site):
    return read(islands_site)


def test_site_holds_a_page_for_each_thing_that_can_be_cited(islands_site):
    assert {name for name in islands_site if name.endswith(".html")} == PAGES
    assert {name for name in islands_site if name.startswith("data/")} == {
        f"data/{n}" for n in DATA
    }
    rest = set(islands_site) - PAGES - {f"data/{name}" for name in DATA}
    assert {PurePosixPath(name).parent.as_posix() for name in rest} == {"assets", "pictures/maps"}


@pytest.mark.slow
def test_equal_atlases_give_equal_bytes(two_islands, addressed_site):
    again = {lang: open_atlas(two_islands, lang) for lang in ("en", "fr")}
    assert site_files(again, SITE) == addressed_site


@pytest.mark.parametrize("site", ["islands_site", "addressed_site"])
def test_every_link_inside_the_site_leads_to_a_page_and_its_anchor(site, request):
    made = request.getfixturevalue(site)
    shown = read(made)
    broken = []
    for name, page in shown.items():
        for tag, held in page.found:
            link = held.get("href") if tag in ("a", "link") else held.get("src")
            if not link or link.startswith(("http://", "https://")):
                continue
            parts = urlsplit(link)
            if parts.path.startswith("/isles/"):  # of 404.html, which is shown anywhere
                target = parts.path.removeprefix("/isles/")
            else:
                target = str(
                    PurePosixPath(os.path.normpath(PurePosixPath(name).parent / parts.path))
                )
            target = name if not parts.path else target
            fragment_fits = not parts.fragment or parts.fragment in shown[target].ids
            if target not in made or not fragment_fits:
                broken.append((name, link))
    assert broken == []


def test_no_page_asks_for_anything_from_outside(addressed_site):
    for name, page in read(addressed_site).items():
        for tag, held in page.found:
            asked = [held[key] for key in LOADING & set(held)]
            asked += [held["href"]] if tag == "link" and "stylesheet" in held["rel"] else []
            assert not [link for link in asked if "//" in link], name
    for name, held in addressed_site.items():
        if name.endswith(".css"):
            assert not re.search(rb"url\((?!#)", held)  # Leaflet names a behaviour of old browsers
            assert b"@import" not in held


def test_policy_allows_no_inline_script_and_no_other_host(pages):
    for name, page in pages.items():
        policy = next(m["content"] for m in page.all("meta") if "http-equiv" in m)
        assert policy.startswith("default-src 'none'; "), name
        assert "unsafe-inline" not in policy
        assert "http" not in policy
        scripts = [s for s in page.all("script") if s.get("type") != "application/ld+json"]
        assert all("src" in script for script in scripts) or name == "404.html"
        assert bool(scripts) == (name in ("index.html", "embed.html", "404.html"))
        assert not [h for _, held in page.found for h in held if h.startswith("on")]


@pytest.mark.parametrize("event_id", EVENTS)
def test_every_event_has_a_page_with_its_title_and_citations(pages, islands_atlas, event_id):
    event = next(event for event in islands_atlas.events if event.id == event_id)
    page = pages[f"events/{event_id}.html"]
    assert [tag for tag, _ in page.found].count("h1") == 1
    assert event.title in page.text
    for cited in event.citations:
        assert reference_text(cited.source) in page.text
        assert cited.as_printed in page.text
    assert "How to cite this page" in page.text
    assert all("open" in fold for fold in page.all("details"))


def test_event_pages_lead_to_their_neighbours_and_to_the_map_on_their_day(pages):
    links = pages["events/A02.html"].all("a")
    near = {link["rel"]: link["href"] for link in links if link.get("rel") in ("prev", "next")}
    assert near == {"prev": "A01.html", "next": "X01.html"}
    view = next(link["href"] for link in links if "index.html?" in link["href"])
    assert parse_qs(urlsplit(view).query) == {
        "day": ["1960-03-15"], "mode": ["control"], "event": ["A02"],
    }  # fmt: skip


def test_cards_lead_to_pages_of_the_site_and_in_the_dashboard_to_its_views(pages):
    # Sources name the events that cite them; in the dashboard the same card opens a view.
    assert "events/A01.html" in {a["href"] for a in pages["sources.html"].all("a")}
    assert not [a for p in pages.values() for a in p.all("a") if "tab=" in a["href"]]
    assert 'href="?event=A01&amp;tab=map"' in view_link("A01", event="A01", tab="map")


def test_points_and_story_steps_stand_side_by_side_with_ways_to_the_map(pages):
    assert {"C1"} <= pages["points.html"].ids
    story = pages["stories/isles.html"]
    assert "The shire shall stand apart." in story.text
    views = [a["href"] for a in story.all("a") if a["href"].startswith("../index.html?")]
    assert parse_qs(urlsplit(views[0]).query) == {
        "day": ["1950-06-01"], "mode": ["units"], "event": ["A01"], "region": ["strait-shire"],
        "bbox": ["21.5,-0.5,24.5,1.5"],
    }  # fmt: skip


def test_a_story_is_the_card_of_the_dashboard_with_a_heading_for_each_step(pages, islands_atlas):
    story = islands_atlas.stories["isles"]
    told = step_card(islands_atlas, story, story.steps[0], "en", {})
    page = pages["stories/isles.html"]
    assert Elements(told).ids <= page.ids
    assert [tag for tag, _ in page.found if tag in ("h1", "h2")] == ["h1", "h2", "h2"]
    # The source that the text names only by its id is written out.
    assert "Papers of the East League" in page.text


def test_an_address_brings_canonical_links_pictures_and_a_site_map(addressed_site):
    page = read(addressed_site)["events/A02.html"]
    rel = {link["rel"]: link for link in page.all("link") if link["rel"] != "alternate"}
    assert rel["canonical"]["href"] == f"{SITE}/events/A02.html"
    told = {m["property"]: m["content"] for m in page.all("meta") if "property" in m}
    assert told["og:image"] == f"{SITE}/pictures/events/A02.png"
    assert "pictures/events/A02.png" in addressed_site
    listed = [node.text for node in ElementTree.fromstring(addressed_site["sitemap.xml"]).iter()]
    assert f"{SITE}/fr/events/A02.html" in listed
    assert f"{SITE}/" in listed
    assert f"Sitemap: {SITE}/sitemap.xml".encode() in addressed_site["robots.txt"]


def test_page_for_wrong_addresses_leads_to_the_top_from_any_depth(addressed_site, islands_site):
    whole = read(addressed_site)["404.html"]
    assert {a["href"] for a in whole.all("a")} >= {"/isles/index.html", "/isles/sources.html"}
    assert whole.all("link")[-1]["href"].startswith("/isles/assets/")
    # Without an address it loads nothing, whose place it could not know.
    held = islands_site["404.html"].decode()
    page = Elements(held)
    assert page.all("link") == []
    policy = next(m["content"] for m in page.all("meta") if "http-equiv" in m)
    for tag in ("script", "style"):
        inside = re.search(f"<{tag}>(.*?)</{tag}>", held, re.DOTALL)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_without_an_address_nothing_claims_one(islands_site, pages):
    assert not {"sitemap.xml", "robots.txt"} & set(islands_site)
    assert not [
        link for p in pages.values() for link in p.all("link") if link["rel"] == "canonical"
    ]


def test_each_language_is_whole_and_leads_to_the_others(addressed_site):
    french = {name for name in addressed_site if name.startswith("fr/") and name.endswith(".html")}
    assert french == {f"fr/{name}" for name in PAGES - {"404.html"}}
    page = read(addressed_site)["fr/stories/isles.html"]
    assert "La chronique, pas à pas" in page.text
    other = next(a["href"] for a in page.all("a") if a.get("hreflang") == "en")
    assert other == "../../stories/isles.html"


def test_boundaries_of_all_days_say_from_when_to_when(islands_site, islands_atlas):
    held = json.loads(islands_site["data/boundaries.geojson"])
    assert [f["id"] for f in held["features"]] == [b.id for b in islands_atlas.boundaries]
    assert {"start", "end"} <= set(held["features"][0]["properties"])


def test_about_page_has_a_frame_to_copy(addressed_site):
    about = read(addressed_site)["about.html"]
    assert f'<iframe src="{SITE}/embed.html?day=' in about.text
    assert about.all("iframe") == []


def test_names_of_assets_hold_their_content(islands_site):
    names = [name for name in islands_site if name.startswith("assets/")]
    assert all(re.fullmatch(r"assets/[\w-]+\.[0-9a-f]{12}\.\w+", name) for name in names)


@pytest.mark.parametrize(
    "address",
    ["isles", "ftp://a.example", "https://", "https://a.example/?x=1", 'https://a".b/',
     "https://a.example/#", "https://a.example/\x1b[2J", "https://a.example/\u202e",
     "https://a.example/\n", "https://a:b@a.example/", "https://[::1"],
)  # fmt: skip
def test_an_address_that_will_not_do_is_refused(address):
    with pytest.raises(ExportFailed, match=r"https://example\.org"):
        checked_address(address)


@pytest.mark.parametrize(
    ("record_id", "shown"), [("C1", "C1"), ("E1000", "E1000"), ("doe-1930", ""), ("who-built", "")]
)
def test_an_id_made_of_words_is_no_head_of_a_card(record_id, shown):
    assert short_id(record_id) == shown
    assert bool(id_mark(record_id)) == bool(shown)
