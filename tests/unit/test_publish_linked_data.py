"""What a published site says in the words of schema.org."""

import json
import re
from collections.abc import Iterator

import pytest

from kit import SITE

# Of the vocabulary, release 29: what each type used here may say besides what any thing
# may, and of which kind it is. "text" stands for text, addresses, dates and numbers.
THING = {"name": "text", "url": "text", "description": "text", "image": "text",
         "identifier": "text"}  # fmt: skip
WORK = {"abstract": "text", "about": "Thing", "citation": "text", "creditText": "text",
        "headline": "text", "inLanguage": "text", "isBasedOn": "CreativeWork",
        "isPartOf": "Dataset", "license": "text", "mainEntity": "Thing",
        "spatialCoverage": "Place", "temporalCoverage": "text", "text": "text",
        "version": "text"}  # fmt: skip
MAY_SAY = {
    "Event": {"startDate": "text", "endDate": "text", "location": "Place"},
    "Place": {"geo": "GeoCoordinates GeoShape"},
    "GeoCoordinates": {"latitude": "text", "longitude": "text"},
    "GeoShape": {"box": "text"},
    "CreativeWork": WORK,
    "WebPage": {**WORK, "primaryImageOfPage": "ImageObject"},
    "Article": WORK,
    "Dataset": {**WORK, "distribution": "DataDownload"},
    "Claim": {**WORK, "appearance": "CreativeWork"},
    "ImageObject": {**WORK, "contentUrl": "text"},
    "DataDownload": {**WORK, "contentUrl": "text", "encodingFormat": "text"},
}


def linked(files: dict[str, bytes], path: str):
    held = re.search(r'<script type="application/ld\+json">(.*?)</script>', files[path].decode())
    return json.loads(held[1]) if held else None


def graph(files: dict[str, bytes], event: str) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for item in linked(files, f"events/{event}.html")["@graph"]:
        found.setdefault(item["@type"], []).append(item)
    return found


def test_the_event_is_named_and_each_account_that_says_something(islands_site):
    held = graph(islands_site, "A02")
    assert held["Event"][0]["name"] == "Landing at the narrows"
    # C1 is about A02: the chronicle says, the west says in part, the east says.
    credits_ = [claim["creditText"].split(" (")[0] for claim in held["Claim"]]
    assert credits_ == ["The chronicle", "West side", "East side"]
    # Of X01 the chronicle is silent and of the west nothing was found: one claim is left.
    assert len(graph(islands_site, "X01")["Claim"]) == 1


@pytest.mark.parametrize(
    ("event", "start", "end"),
    [
        ("A01", "1950-06-01", "1950-06-01"),
        ("A02", "1960-03-15", "1960-03-15"),  # one of two days, not six days
        ("X01", "1972-05-01", "1974-02-10"),  # from a month to a day
        ("X02", "1980-07-01", "1980-07-01"),  # about 1980, on the map from July
    ],
)
def test_several_days_of_which_one_is_meant_are_no_stretch_of_time(islands_site, event, start, end):
    held = graph(islands_site, event)["Event"][0]
    assert (held["startDate"], held["endDate"]) == (start, end)


def test_with_an_address_everything_is_named_by_its_whole_address(addressed_site):
    held = graph(addressed_site, "A02")
    assert held["Event"][0]["image"] == f"{SITE}/pictures/maps/control-1960-03-15.png"
    atlas = linked(addressed_site, "index.html")
    assert (atlas["@type"], atlas["@id"]) == ("Dataset", f"{SITE}/#atlas")
    assert held["WebPage"][0]["isPartOf"]["@id"] == f"{SITE}/#atlas"
    assert atlas["license"] == "https://spdx.org/licenses/CC0-1.0.html"
    assert atlas["spatialCoverage"]["geo"]["box"] == "-0.5 19.5 1.5 24.5"  # latitude first
    offered = [file["contentUrl"].removeprefix(f"{SITE}/") for file in atlas["distribution"]]
    assert sorted(offered) == sorted(name for name in addressed_site if name.startswith("data/"))


def test_without_one_pictures_are_named_from_the_page(islands_site):
    assert (
        graph(islands_site, "A02")["Event"][0]["image"] == "../pictures/maps/control-1960-03-15.png"
    )
    assert linked(islands_site, "index.html")["image"] in islands_site


def said(held) -> Iterator[tuple[str, str, str]]:
    """Give type, property and kind of value for all that is said."""
    if isinstance(held, list):
        for each in held:
            yield from said(each)
    elif isinstance(held, dict):
        for name, value in held.items():
            yield from said(value)
            if name.startswith("@") or "@type" not in held:
                continue
            for each in value if isinstance(value, list) else [value]:
                is_thing = isinstance(each, dict)
                yield held["@type"], name, each.get("@type", "Thing") if is_thing else "text"


@pytest.mark.parametrize("site", ["islands_site", "addressed_site"])
def test_nothing_is_said_that_the_vocabulary_does_not_know(site, request):
    made = request.getfixturevalue(site)
    pages = [linked(made, name) for name in made if name.endswith(".html")]
    unknown = {
        (kind, name, value)
        for kind, name, value in said(pages)
        if value not in {**THING, **MAY_SAY[kind]}.get(name, "").split()
    }
    assert unknown == set()
