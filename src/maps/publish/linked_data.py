"""Events and accounts in the words of schema.org, for search engines and reference managers."""

from __future__ import annotations

from typing import Any

from maps.cite import located_text
from maps.contested import accounts_of, points_of
from maps.i18n import texts
from maps.model import UNSOURCED_STANCES, Account, Citation, Event
from maps.publish.edition import Edition

Plain = dict[str, Any]


def event_data(edition: Edition, event: Event, path: str) -> Plain:
    """Describe an event, the page about it, and each account of it as a claim of its teller."""
    here = edition.absolute(path)
    told = list(accounts_of(edition.atlas, event_id=event.id))
    for point in points_of(edition.atlas, event_id=event.id):
        told += accounts_of(edition.atlas, point_id=point.id)
    # A silence is no claim.
    claims = [account for account in told if account.stance not in UNSOURCED_STANCES]
    graph = [
        _page(edition, event, here),
        _event(event, here),
        *(_claim(edition, account, here) for account in claims),
    ]
    return {"@context": "https://schema.org", "@graph": graph}


def _page(edition: Edition, event: Event, here: str) -> Plain:
    settings = edition.atlas.settings
    return _filled(
        {
            "@type": "WebPage",
            "@id": here or "#page",
            "url": here,
            "name": event.title,
            "inLanguage": edition.lang,
            "mainEntity": {"@id": f"{here}#event"},
            "citation": [located_text(cited, edition.lang) for cited in event.citations],
            "isPartOf": _filled(
                {
                    "@type": "Dataset",
                    "name": settings.title,
                    "description": settings.disclaimer or settings.subtitle,
                    "version": settings.version,
                    "license": settings.licence,
                    "url": edition.absolute("index.html"),
                }
            ),
        }
    )


def _event(event: Event, here: str) -> Plain:
    first, last = event.date.earliest, event.date.latest
    place = event.place
    return _filled(
        {
            "@type": "Event",
            "@id": f"{here}#event",
            "identifier": event.id,
            "name": event.title,
            "description": event.description,
            "startDate": first.isoformat() if first else "",
            "endDate": last.isoformat() if last else "",
            "location": {
                "@type": "Place",
                "name": place.name,
                "geo": {
                    "@type": "GeoCoordinates",
                    "latitude": place.lat,
                    "longitude": place.lon,
                },
            }
            if place
            else None,
        }
    )


def _claim(edition: Edition, account: Account, here: str) -> Plain:
    teller = edition.atlas.perspectives[account.perspective_id].name
    stance = texts(edition.lang).t(f"map.stance.{account.stance}")
    return _filled(
        {
            "@type": "Claim",
            "@id": f"{here}#account-{account.id}",
            "text": account.text,
            "creditText": f"{teller} ({stance})",
            "about": {"@id": f"{here}#event"},
            "appearance": [_work(edition, cited) for cited in account.citations],
        }
    )


def _work(edition: Edition, cited: Citation) -> Plain:
    url = str(cited.source.csl.get("URL") or "")
    return _filled(
        {
            "@type": "CreativeWork",
            "name": located_text(cited, edition.lang),
            "url": url if url.startswith(("https://", "http://")) else "",
        }
    )


def _filled(plain: Plain) -> Plain:
    return {name: value for name, value in plain.items() if value not in ("", None, [])}
