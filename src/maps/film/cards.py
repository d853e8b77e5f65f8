"""The words of the cards around the days: the first one, the sources, the last one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from maps.atlas.model import Atlas, Source
from maps.day.view import Shown
from maps.film.captions import Caption, Para
from maps.sheet.projection import projection_of
from maps.words.apparatus import DIGEST_LETTERS, credits_of
from maps.words.cite import reference_text
from maps.words.i18n import texts
from maps.words.sentences import dates_chosen

_A_PAGE = 24  # sources on a card
_PAGES = 3
_ADDRESS = re.compile(r",? https?://\S+")


def opening(shown: Shown, under: str, lead: str, told: str) -> Caption:
    """Say what the film is of, how it is to be read, and what it does not claim."""
    spoken, settings = texts(shown.lang), shown.atlas.settings
    reading = [Para(spoken.t("film.how_to_read"), "note")]
    if shown.colours_by_law:
        reading.append(Para(spoken.t("export.legal"), "note"))
    chosen = [Para(line, "note") for line in _chosen(shown.atlas, shown.lang)]
    return Caption(
        settings.title,
        under,
        "",
        ((Para(lead), Para(told, "title")), (*chosen, *reading), (Para(settings.disclaimer),)),
    )


def source_pages(sources: Iterable[Source], lang: str) -> Iterator[Caption]:
    """List the sources named in the film in full, so many a card; what is over is counted."""
    spoken, listed = texts(lang), list(sources)
    shown = listed[: _A_PAGE * _PAGES]
    entries = [(Para(f"[{each.id}] {_reference(each, lang)}", "small"),) for each in shown]
    over = len(listed) - len(shown)
    pages = [entries[at : at + _A_PAGE] for at in range(0, len(entries), _A_PAGE)]
    for number, page in enumerate(pages, 1):
        last = number == len(pages)
        more = [(Para(spoken.t("film.more_listed", count=over), "note"),)] if over and last else []
        count = spoken.t("film.page", number=number, count=len(pages)) if len(pages) > 1 else ""
        yield Caption(spoken.t("film.sources"), "", count, (*page, *more))


def _reference(source: Source, lang: str) -> str:
    """Give a reference without its address, which nobody can follow in a film."""
    return _ADDRESS.sub("", reference_text(source, lang))


def colophon(atlas: Atlas, shown: Sequence[Shown], link: str, lang: str) -> Caption:
    """Say whose work the film is made of, from which data, and what it does not claim."""
    spoken, settings = texts(lang), atlas.settings
    data = spoken.t(
        "film.data",
        title=settings.title,
        version=settings.version,
        digest=atlas.digest[:DIGEST_LETTERS],
        licence=settings.licence,
        projection=projection_of(settings.extent, settings.extent).name,
    )
    credits_said = credits_of(*shown)
    legal = [Para(spoken.t("export.legal"))] if any(s.colours_by_law for s in shown) else []
    return Caption(
        spoken.t("film.about"),
        "",
        "",
        (
            (Para(spoken.t("film.claims"), "head"), Para(settings.disclaimer), *legal,
             Para(settings.cutoff)),
            (*(Para(line) for line in _chosen(atlas, lang)),),
            (Para(spoken.t("film.made_of"), "head"), Para(f"{credits_said}.")),
            (Para(spoken.t("film.from_data"), "head"), Para(data),
             Para(spoken.t("film.link", link=link))),
        ),
    )  # fmt: skip


def _chosen(atlas: Atlas, lang: str) -> Iterator[str]:
    spoken = texts(lang)
    moved = "; ".join(dates_chosen(atlas, spoken))
    if moved:
        yield f"{spoken.t('film.chosen')} {moved}."
