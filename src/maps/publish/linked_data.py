"""Events and accounts in the words of schema.org, for search engines and reference managers."""

from __future__ import annotations

import re
from typing import Any

from maps.atlas.longitudes import box_written, lon_written
from maps.atlas.model import UNSOURCED_STANCES, Account, DateText, Event, Source, Story
from maps.day.contested import accounts_about
from maps.publish.edition import Edition, upwards
from maps.words.cite import located_text, reference_text
from maps.words.i18n import texts

Plain = dict[str, Any]

MEDIA_TYPES = {
    "data/events.json": "application/json",
    "data/statuses.csv": "text/csv",
    "data/boundaries.geojson": "application/geo+json",
    "data/sources.json": "application/vnd.citationstyles.csl+json",
    "data/sources.bib": "application/x-bibtex",
}
_CONTEXT = "https://schema.org"
_PLAIN_DATE = re.compile(r"\d{4}(-\d\d){0,2}")  # a year, a month or a day
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*-[0-9][A-Za-z0-9.+-]*")  # CC-BY-4.0


def atlas_data(edition: Edition) -> Plain:
    """Describe the atlas as a set of data, with its files."""
    settings = edition.atlas.settings
    west, south, east, north = box_written(settings.extent)
    box = f"{south:g} {west:g} {north:g} {east:g}"  # lower corner, upper corner; latitude first
    files = [
        {"@type": "DataDownload", "contentUrl": _whole(edition, path), "encodingFormat": kind}
        for path, kind in MEDIA_TYPES.items()
    ]
    return {
        "@context": _CONTEXT,
        **_atlas(edition),
        "inLanguage": edition.lang,
        "temporalCoverage": f"{settings.first_day.isoformat()}/{settings.last_day.isoformat()}",
        "spatialCoverage": {"@type": "Place", "geo": {"@type": "GeoShape", "box": box}},
        "image": _whole(edition, edition.views.opening.path),
        "distribution": files,
    }


def story_data(edition: Edition, story: Story, path: str) -> Plain:
    """Describe a story as an article, with the source it tells."""
    source = edition.atlas.sources.get(story.source_id)
    article = _filled(
        {
            "@type": "Article",
            "@id": edition.absolute(path) or "#page",
            "url": edition.absolute(path),
            "headline": story.title,
            "abstract": story.lead,
            "inLanguage": edition.lang,
            "isBasedOn": _work(source, reference_text(source, edition.lang)) if source else None,
            "isPartOf": _atlas(edition),
        }
    )
    return {"@context": _CONTEXT, **article}


def event_data(edition: Edition, event: Event, path: str) -> Plain:
    """Describe an event, the page about it, and each account of it as a claim of its teller."""
    here, place = edition.absolute(path), event.place
    start, end = _days(event.date)
    view = edition.views.pictured.get(event.id) or edition.views.opening
    image = _whole(edition, view.path, upwards(path))
    page = {
        "@type": "WebPage",
        "@id": here or "#page",
        "url": here,
        "name": event.title,
        "inLanguage": edition.lang,
        "primaryImageOfPage": {"@type": "ImageObject", "contentUrl": image},
        "mainEntity": {"@id": f"{here}#event"},
        "citation": [located_text(cited, edition.lang) for cited in event.citations],
        "isPartOf": _atlas(edition),
    }
    happened = {
        "@type": "Event",
        "@id": f"{here}#event",
        "identifier": event.id,
        "name": event.title,
        "description": event.description,
        "image": image,
        "startDate": start,
        "endDate": end,
        "location": {
            "@type": "Place",
            "name": place.name,
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": place.lat,
                "longitude": lon_written(place.lon),
            },
        }
        if place
        else None,
    }
    # Each claim has an identity of its own: an account may speak of several points of an
    # event. A silence is no claim.
    accounts = {account.id: account for account in accounts_about(edition.atlas, event.id)}
    claims = [
        _claim(edition, account, here)
        for account in accounts.values()
        if account.stance not in UNSOURCED_STANCES
    ]
    return {"@context": _CONTEXT, "@graph": [_filled(page), _filled(happened), *claims]}


def _claim(edition: Edition, account: Account, here: str) -> Plain:
    lang = edition.lang
    teller = edition.atlas.perspectives[account.perspective_id].name
    stance = texts(lang).t(f"map.stance.{account.stance}")
    return _filled(
        {
            "@type": "Claim",
            "@id": f"{here}#account-{account.id}",
            "text": account.text,
            "creditText": f"{teller} ({stance})",
            "about": {"@id": f"{here}#event"},
            "appearance": [
                _work(cited.source, located_text(cited, lang)) for cited in account.citations
            ],
        }
    )


def _work(source: Source, name: str) -> Plain:
    return _filled({"@type": "CreativeWork", "name": name, "url": source.address})


def _atlas(edition: Edition) -> Plain:
    settings = edition.atlas.settings
    described = " ".join(filter(None, (settings.subtitle, settings.disclaimer)))
    front = edition.absolute("index.html")
    return _filled(
        {
            "@type": "Dataset",
            "@id": f"{front}#atlas" if front else "",
            "name": settings.title,
            "description": described,
            "version": settings.version,
            "license": _licence(settings.licence),
            "url": front,
        }
    )


def _licence(name: str) -> str | Plain:
    """Give a licence as an address, which is what readers of this ask for; else by its name."""
    if name.startswith(("https://", "http://")):
        return name
    if _SPDX.fullmatch(name):
        return f"https://spdx.org/licenses/{name}.html"
    return {"@type": "CreativeWork", "name": name} if name else ""


def _whole(edition: Edition, path: str, up: str = "") -> str:
    """Give a file's whole address; without one, how it is reached from the page."""
    return edition.absolute(path) or up + path


def _days(date: DateText) -> tuple[str, str]:
    """Give start and end; several days of which one is meant are no stretch of time."""
    if _PLAIN_DATE.fullmatch(date.edtf):
        return date.edtf, date.edtf
    if "/" not in date.edtf:
        day = date.used.isoformat() if date.used else ""
        return day, day
    first, last = date.earliest, date.latest
    return first.isoformat() if first else "", last.isoformat() if last else ""


def _filled(plain: Plain) -> Plain:
    return {name: value for name, value in plain.items() if value not in ("", None, [])}
