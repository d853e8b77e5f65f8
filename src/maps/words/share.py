"""What a reader shares or cites: a view, an event, a question, an account; its words and item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maps.atlas.model import Account, Atlas, Citation, Date, Source
from maps.day.contested import accounts_of
from maps.words.cite import reference_text
from maps.words.date_formats import format_day, format_day_of
from maps.words.i18n import Texts, texts
from maps.words.names import mode_name, region_name
from maps.words.sentences import when

_DIGEST = 12  # letters that tell one state of the data from another


@dataclass(frozen=True)
class Shared:
    """One thing to share: what it is called, the query of its link, the sources it rests on."""

    id: str
    title: str
    query: Mapping[str, str]
    sources: tuple[Source, ...] = ()


def shared(atlas: Atlas, record_id: str, view: Mapping[str, str], day: Date, lang: str) -> Shared:
    """Describe what an id names; for any other, the view whose query is given."""
    spoken = texts(lang)
    other = {"lang": view["lang"]} if "lang" in view else {}
    event = next((event for event in atlas.events if event.id == record_id), None)
    account = next((account for account in atlas.accounts if account.id == record_id), None)
    if event:
        told = accounts_of(atlas, event_id=event.id)
        title = spoken.t("ui.share.event", title=event.title, date=when(event.date, spoken),
                         id=event.id)  # fmt: skip
        cited = (*event.citations, *(c for each in told for c in each.citations))
        return Shared(event.id, title, {"event": event.id, **other}, _sources(cited))
    if record_id in atlas.points:
        point = atlas.points[record_id]
        told = accounts_of(atlas, point_id=point.id)
        title = spoken.t("ui.share.question", title=point.question, id=point.id)
        cited = tuple(c for each in told for c in each.citations)
        return Shared(point.id, title, {"at": point.id, **other}, _sources(cited))
    if account:
        return _account(atlas, account, other, spoken)
    if record_id in atlas.regions:
        said = (status for status in atlas.statuses if status.region_id == record_id)
        cited = (*atlas.regions[record_id].citations, *(c for each in said for c in each.citations))
        query = {"region": record_id, "tab": "regions", **other}
        return Shared(record_id, region_name(atlas, record_id, lang), query, _sources(cited))
    mode = mode_name(view.get("mode", atlas.settings.modes[0].id), lang)
    title = spoken.t("ui.share.view", day=format_day_of(atlas, day, lang), mode=mode)
    if view.get("region") in atlas.regions:
        title = f"{region_name(atlas, view['region'], lang)}. {title}"
    return Shared("view", title, {"day": day.isoformat(), **view})


def citation_line(atlas: Atlas, held: Shared, link: str, read: Date, lang: str) -> str:
    """Write the line that cites it: title, atlas, version, link, the day it was read."""
    return texts(lang).t(
        "ui.share.citation",
        title=held.title,
        atlas=atlas.settings.title,
        version=atlas.settings.version,
        digest=atlas.digest[:_DIGEST],
        link=link,
        read=format_day(read, lang),
    )


def own_item(atlas: Atlas, held: Shared, link: str, read: Date) -> Source:
    """Give it as an item of a bibliography, for reference managers."""
    csl = {
        "id": f"atlas-{held.id}",
        "type": "webpage",
        "title": held.title,
        "container-title": atlas.settings.title,
        "version": f"{atlas.settings.version} (data {atlas.digest[:_DIGEST]})",
        "URL": link,
        "accessed": {"date-parts": [[read.year, read.month, read.day]]},
    }
    return Source(f"atlas-{held.id}", csl, perspective_id="")


def sources_lines(held: Shared, lang: str) -> str:
    """Write out the sources it rests on, a line each; empty without any."""
    return "\n".join(reference_text(source, lang) + "." for source in held.sources)


def _account(atlas: Atlas, account: Account, other: Mapping[str, str], spoken: Texts) -> Shared:
    teller = atlas.perspectives[account.perspective_id].name
    about = account.point_id or account.event_id
    title = spoken.t("ui.share.account", teller=teller, id=account.id, about=about)
    where = {"event": account.event_id, "tab": "map"} if account.event_id else {}
    query = {**where, "at": account.id, **other}
    return Shared(account.id, title, query, _sources(account.citations))


def _sources(cited: Iterable[Citation]) -> tuple[Source, ...]:
    return tuple({citation.source.id: citation.source for citation in cited}.values())
