"""What a reader shares or cites: a view, an event, a question, an account; its words and item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maps.atlas.model import Atlas, Citation, Date, Source
from maps.day.contested import accounts_of
from maps.day.view import Shown
from maps.words.apparatus import credits_of, data_facts
from maps.words.cite import reference_text
from maps.words.date_formats import format_day, format_day_of
from maps.words.i18n import texts
from maps.words.names import mode_name
from maps.words.sentences import when


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
    event = next((event for event in atlas.events if event.id == record_id), None)
    account = next((account for account in atlas.accounts if account.id == record_id), None)
    cited: Iterable[Citation] = ()
    if event:
        told = accounts_of(atlas, event_id=event.id)
        facts = {"title": event.title, "date": when(event.date, spoken), "id": event.id}
        title, query = spoken.t("ui.share.event", **facts), {"event": event.id}
        cited = (*event.citations, *(c for each in told for c in each.citations))
    elif point := atlas.points.get(record_id):
        told = accounts_of(atlas, point_id=point.id)
        title = spoken.t("ui.share.question", title=point.question, id=point.id)
        query, cited = {"at": point.id}, (c for each in told for c in each.citations)
    elif account:
        teller = atlas.perspectives[account.perspective_id].name
        about = account.point_id or account.event_id
        title = spoken.t("ui.share.account", teller=teller, id=account.id, about=about)
        where = {"event": account.event_id, "tab": "map"} if account.event_id else {}
        query, cited = {**where, "at": account.id}, account.citations
    elif region := atlas.regions.get(record_id):
        said = (status for status in atlas.statuses if status.region_id == region.id)
        title, query = region.name(lang), {"region": region.id, "tab": "regions"}
        cited = (*region.citations, *(c for each in said for c in each.citations))
    else:
        mode = mode_name(view.get("mode", atlas.settings.modes[0].id), lang)
        title = spoken.t("ui.share.view", day=format_day_of(atlas, day, lang), mode=mode)
        if region := atlas.regions.get(view.get("region", "")):
            title = f"{region.name(lang)}. {title}"
        return Shared("view", title, {"day": day.isoformat(), **view})
    other = {"lang": view["lang"]} if "lang" in view else {}
    sources = {citation.source.id: citation.source for citation in cited}
    return Shared(record_id, title, {**query, **other}, tuple(sources.values()))


def citation_line(atlas: Atlas, held: Shared, link: str, read: Date, lang: str) -> str:
    """Write the line that cites it: title, atlas, version, link, the day it was read."""
    facts = {**data_facts(atlas), "atlas": atlas.settings.title, "title": held.title}
    return texts(lang).t("ui.share.citation", **facts, link=link, read=format_day(read, lang))


def own_item(atlas: Atlas, held: Shared, link: str, read: Date) -> Source:
    """Give it as an item of a bibliography, for reference managers."""
    facts = data_facts(atlas)
    csl = {
        "id": f"atlas-{held.id}",
        "type": "webpage",
        "title": held.title,
        "container-title": facts["title"],
        "version": f"{facts['version']} (data {facts['digest']})",
        "URL": link,
        "accessed": {"date-parts": [[read.year, read.month, read.day]]},
    }
    return Source(f"atlas-{held.id}", csl, perspective_id="")


def sources_lines(held: Shared, lang: str) -> str:
    """Write out the sources it rests on, a line each; empty without any."""
    return "\n".join(reference_text(source, lang) + "." for source in held.sources)


def credit_line(shown: Shown, link: str = "") -> str:
    """Write the line that goes with a picture: what it shows, whose data, whose ground."""
    said = texts(shown.lang).t(
        "ui.share.credit_line",
        **data_facts(shown.atlas),
        atlas=shown.atlas.settings.title,
        day=format_day_of(shown.atlas, shown.day, shown.lang),
        mode=mode_name(shown.mode.id, shown.lang),
        credits=credits_of(shown),
    )
    return f"{said} {link}".strip()
