"""Events and accounts in the words of schema.org, for search engines and reference managers."""

from __future__ import annotations

import re

from maps.atlas.longitudes import box_written, lon_written
from maps.atlas.model import UNSOURCED_STANCES, DateText, Event, Source, Story
from maps.data.plain import Plain
from maps.day.contested import accounts_about
from maps.publish.edition import Edition, upwards
from maps.words.cite import located_text, reference_text
from maps.words.i18n import texts

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
    return {
        "@context": _CONTEXT,
        **_atlas(edition),
        "inLanguage": edition.lang,
        "temporalCoverage": f"{settings.first_day.isoformat()}/{settings.last_day.isoformat()}",
        "spatialCoverage": _thing("Place", geo=_thing("GeoShape", box=box)),
        "image": _whole(edition, edition.views.opening.path),
        "distribution": [
            _thing("DataDownload", contentUrl=_whole(edition, path), encodingFormat=kind)
            for path, kind in MEDIA_TYPES.items()
        ],
    }


def story_data(edition: Edition, story: Story, path: str) -> Plain:
    """Describe a story as an article, with the source it tells."""
    source, here = edition.atlas.sources.get(story.source_id), edition.absolute(path)
    article = _thing(
        "Article",
        here or "#page",
        url=here,
        headline=story.title,
        abstract=story.lead,
        inLanguage=edition.lang,
        isBasedOn=_work(source, reference_text(source, edition.lang)) if source else None,
        isPartOf=_atlas(edition),
    )
    return {"@context": _CONTEXT, **article}


def event_data(edition: Edition, event: Event, path: str) -> Plain:
    """Describe an event, the page about it, and each account of it as a claim of its teller."""
    atlas, lang = edition.atlas, edition.lang
    here, place = edition.absolute(path), event.place
    start, end = _days(event.date)
    view = edition.views.pictured.get(event.id) or edition.views.opening
    image = _whole(edition, view.path, upwards(path))
    page = _thing(
        "WebPage",
        here or "#page",
        url=here,
        name=event.title,
        inLanguage=lang,
        primaryImageOfPage=_thing("ImageObject", contentUrl=image),
        mainEntity={"@id": f"{here}#event"},
        citation=[located_text(cited, lang) for cited in event.citations],
        isPartOf=_atlas(edition),
    )
    where = place and _thing(
        "Place",
        name=place.name,
        geo=_thing("GeoCoordinates", latitude=place.lat, longitude=lon_written(place.lon)),
    )
    happened = _thing(
        "Event",
        f"{here}#event",
        identifier=event.id,
        name=event.title,
        description=event.description,
        image=image,
        startDate=start,
        endDate=end,
        location=where,
    )
    claims = []
    # Each claim has an identity of its own: an account may speak of several points of an
    # event. A silence is no claim.
    for account in {account.id: account for account in accounts_about(atlas, event.id)}.values():
        if account.stance in UNSOURCED_STANCES:
            continue
        teller = atlas.perspectives[account.perspective_id].name
        claim = _thing(
            "Claim",
            f"{here}#account-{account.id}",
            text=account.text,
            creditText=f"{teller} ({texts(lang).t(f'map.stance.{account.stance}')})",
            about={"@id": f"{here}#event"},
            appearance=[_work(each.source, located_text(each, lang)) for each in account.citations],
        )
        claims.append(claim)
    return {"@context": _CONTEXT, "@graph": [page, happened, *claims]}


def _thing(kind: str, identity: str = "", **properties: object) -> Plain:
    """Describe a thing by what is known of it: properties that are empty are left out."""
    described = {"@type": kind, "@id": identity, **properties}
    return {name: value for name, value in described.items() if value not in ("", None, [])}


def _work(source: Source, name: str) -> Plain:
    return _thing("CreativeWork", name=name, url=source.address)


def _atlas(edition: Edition) -> Plain:
    settings, front = edition.atlas.settings, edition.absolute("index.html")
    return _thing(
        "Dataset",
        f"{front}#atlas" if front else "",
        name=settings.title,
        description=" ".join(filter(None, (settings.subtitle, settings.disclaimer))),
        version=settings.version,
        license=_licence(settings.licence),
        url=front,
    )


def _licence(name: str) -> str | Plain:
    """Give a licence as an address, which is what readers of this ask for; else by its name."""
    if name.startswith(("https://", "http://")):
        return name
    if _SPDX.fullmatch(name):
        return f"https://spdx.org/licenses/{name}.html"
    return _thing("CreativeWork", name=name) if name else ""


def _whole(edition: Edition, path: str, up: str = "") -> str:
    """Give a file's whole address; without one, how it is reached from the page."""
    return edition.absolute(path) or up + path


def _days(date: DateText) -> tuple[str, str]:
    """Give start and end; several days of which one is meant are no stretch of time."""
    if _PLAIN_DATE.fullmatch(date.edtf):
        return date.edtf, date.edtf
    first, last = (date.earliest, date.latest) if "/" in date.edtf else (date.used, date.used)
    return first.isoformat() if first else "", last.isoformat() if last else ""
