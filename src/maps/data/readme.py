"""The text that goes with the files of a day: what they are, and how far they can be trusted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from maps.data.cited import sources, statements
from maps.day.view import Shown
from maps.words.apparatus import credits_of
from maps.words.i18n import Texts, format_day, format_number, texts
from maps.words.names import mode_name, teller_name
from maps.words.sentences import dates_chosen

README = "README.txt"
SUMS = "SHA256SUMS"
_WIDTH = 88
_ITEM, _HANGING = "- ", "  "


def readme_text(shown: Shown, names: Mapping[str, str]) -> str:
    """Write the text; ``names`` are those of the files, by format."""
    spoken = texts(shown.lang)
    settings = shown.atlas.settings
    day = format_day(shown.day, shown.lang)
    heading = spoken.t("export.readme.heading", title=settings.title, day=day)
    parts = [
        _part(heading, (settings.subtitle,) if settings.subtitle else (), mark="="),
        _part(spoken.t("export.readme.shown"), _shown(shown, spoken)),
        _part(spoken.t("export.readme.reservations"), _reservations(shown, spoken)),
        _part(spoken.t("export.readme.files"), _files(names, spoken)),
        _part(spoken.t("export.readme.citing"), _citing(shown, spoken)),
        _part(spoken.t("export.readme.licences"), _licences(shown, spoken)),
        _part(spoken.t("export.readme.data"), _data(shown, spoken)),
        _part(spoken.t("export.readme.checking"), (spoken.t("export.readme.check"),)),
    ]
    return "\n\n".join(parts) + "\n"


def _part(heading: str, lines: Iterable[str], mark: str = "-") -> str:
    wrapped = (_wrapped(line) for line in lines)
    return "\n".join((heading, mark * min(len(heading), _WIDTH), *wrapped))


def _wrapped(line: str) -> str:
    """Break a line between words; an address or a sum is of no use in two pieces."""
    later = _HANGING if line.startswith(_ITEM) else ""
    return textwrap.fill(
        line, _WIDTH, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )


def _shown(shown: Shown, spoken: Texts) -> Iterator[str]:
    day = format_day(shown.day, shown.lang)
    yield spoken.t("export.readme.mode", day=day, mode=mode_name(shown.mode.id, shown.lang))
    if shown.perspective_id:
        yield spoken.t("export.readme.told", teller=teller_name(shown))
    else:
        yield spoken.t("export.readme.everyone")
    edges = ("west", "south", "east", "north")
    extent = zip(edges, (format_number(e, shown.lang, 2) for e in shown.bbox), strict=True)
    yield spoken.t("export.readme.extent", **dict(extent))
    periods = [period.name for period in shown.snapshot.periods]
    if periods:
        yield spoken.t("export.readme.periods", periods="; ".join(periods))
    yield spoken.t(
        "export.readme.counted",
        boundaries=len(shown.in_extent),
        statements=len(statements(shown)),
        events=len(shown.events),
        sources=len(sources(shown)),
    )
    moved = "; ".join(dates_chosen(shown.atlas, spoken))
    if moved:
        yield f"{spoken.t('chosen.export')} {moved}."


def _reservations(shown: Shown, spoken: Texts) -> Iterator[str]:
    if shown.colours_by_law:
        yield spoken.t("export.legal")
    elif shown.perspective_id:
        yield spoken.t("export.only_teller", teller=teller_name(shown))
    settings = shown.atlas.settings
    yield from (text for text in (settings.disclaimer, settings.cutoff) if text)


def _files(names: Mapping[str, str], spoken: Texts) -> list[str]:
    about = {name: spoken.t(f"export.readme.about.{fmt}") for fmt, name in names.items()}
    about[README] = spoken.t("export.readme.about.readme")
    about[SUMS] = spoken.t("export.readme.about.sums")
    return [f"{_ITEM}{name}: {said}" for name, said in about.items()]


def _citing(shown: Shown, spoken: Texts) -> Iterator[str]:
    settings = shown.atlas.settings
    yield spoken.t("export.readme.cite_sources")
    yield spoken.t(
        "export.readme.cite_view",
        title=settings.title,
        version=settings.version,
        digest=shown.atlas.digest,
        mode=mode_name(shown.mode.id, shown.lang),
        day=format_day(shown.day, shown.lang),
        link=shown.link,
    )


def _licences(shown: Shown, spoken: Texts) -> Iterator[str]:
    yield spoken.t("export.readme.data_licence", licence=shown.atlas.settings.licence)
    origins = shown.atlas.origins
    used = dict.fromkeys(key for s in shown.in_extent for key in s.boundary.origin_ids)
    for origin in (origins[key] for key in used if key in origins):
        title = origin.title or origin.id
        said = spoken.t("export.readme.origin", title=title, licence=origin.licence)
        yield f"{_ITEM}{said}"
    yield spoken.t("export.credits", credits=credits_of(shown))


def _data(shown: Shown, spoken: Texts) -> Iterator[str]:
    yield spoken.t("export.readme.version", version=shown.atlas.settings.version)
    yield spoken.t("export.readme.digest", digest=shown.atlas.digest)
    yield spoken.t("export.readme.link", link=shown.link)
