"""What tests of several folders read by: markup, pages of the interface, files, commands."""

import csv
import io
import json
import pstats
from collections.abc import Callable
from cProfile import Profile
from html.parser import HTMLParser

import numpy as np
from PIL import Image

from maps.export import export_bytes

SITE = "https://maps.example/isles"  # where a published site is said to lie


class Elements(HTMLParser):
    """What a browser finds in markup: each element with its attributes, and the text.

    The text of JSON-LD, which nobody sees, is kept apart as ``data``.
    """

    def __init__(self, markup):
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = self.data = ""
        self._in_data = False
        self.feed(str(markup))

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        self.found.append((tag, attributes))
        self._in_data = attributes.get("type") == "application/ld+json"

    def handle_endtag(self, tag):  # noqa: ARG002  the parser's own form
        self._in_data = False

    def handle_data(self, data):
        if self._in_data:
            self.data += data
        else:
            self.text += data

    @property
    def ids(self) -> set[str]:
        return {held["id"] for _, held in self.found if "id" in held}

    def all(self, tag: str) -> list[dict[str, str]]:
        return [held for name, held in self.found if name == tag]

    def of_class(self, name: str) -> list[dict[str, str]]:
        return [held for _, held in self.found if name in held.get("class", "").split()]


def address(page):
    """Give the query of a page's address; AppTest gives what it has read as lists."""
    return {
        name: value[-1] if isinstance(value, list) else value
        for name, value in page.query_params.items()
    }


def assert_sound(page, warnings=0):
    """Hold a run of the page to have neither failed nor warned of more than it should."""
    assert not page.exception
    assert not page.error
    assert len(page.warning) == warnings


def geojson(atlas, day, **wish):
    return json.loads(export_bytes(atlas, day, "geojson", **wish))


def csv_rows(atlas, day, **wish):
    text = export_bytes(atlas, day, "csv", **wish).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def pixels(picture: bytes):
    """Give the picture of a file as numbers: rows, columns, red, green and blue."""
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=int)


def calls(act: Callable[[], object]) -> int:
    """Count the calls that are made while something is done.

    The same on a machine at rest and on a busy one, unlike seconds.
    """
    profile = Profile()
    profile.runcall(act)
    return int(pstats.Stats(profile).total_calls)
