"""Several files together: those of a day in a ZIP archive that says what it holds, and an atlas."""

from __future__ import annotations

import hashlib
import io
import textwrap
import zipfile
from collections.abc import Callable, Iterable, Mapping

from maps.atlas.longitudes import box_written
from maps.atlas.model import Atlas
from maps.data import report
from maps.data.formats import ENDINGS
from maps.data.geojson import all_boundaries_bytes
from maps.data.statements import all_statements_csv, sources, statements
from maps.day.view import Shown
from maps.words.apparatus import credits_of, reservation
from maps.words.date_formats import format_day_of
from maps.words.i18n import format_number, texts, translation_note
from maps.words.names import mode_name, teller_name
from maps.words.sentences import dates_chosen_said

HELD = ("png", "pdf", "html", "geojson", "gpkg", "csv", "lpf", "csl", "bib")
# The first moment the format knows: an archive of equal files has equal bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16
_LEVEL = 9
README, SUMS = "README.txt", "SHA256SUMS"
_WIDTH = 88
_ITEM, _HANGING = "- ", "  "


def zip_bytes(shown: Shown, alone: Callable[[str], bytes]) -> bytes:
    """Give every file of a day in one archive, with ``README.txt`` and ``SHA256SUMS``.

    Parameters
    ----------
    shown : Shown
        What the files show.
    alone : callable
        Gives the file of a format as it is when exported alone.
    """
    # Day, mode, and whose statements where that is chosen.
    named = (shown.day.isoformat(), shown.mode.id, shown.perspective_id)
    names = {fmt: "-".join(filter(None, named)) + ENDINGS[fmt] for fmt in HELD}
    files = {name: alone(fmt) for fmt, name in names.items()}
    files[README] = _readme(shown, names).encode()
    # The lines that ``sha256sum -c`` reads.
    sums = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files[SUMS] = "".join(sums).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, _LEVEL)
    return buffer.getvalue()


def atlas_files(atlas: Atlas, lang: str) -> Mapping[str, bytes]:
    """Give all days of an atlas for other programs, by the name of their file.

    They are events, statements, boundaries and sources.
    """
    listed = atlas.sources.values()
    return {
        "data/events.json": _lines(report.events_json(atlas, atlas.events, lang)),
        "data/statuses.csv": all_statements_csv(atlas, lang),
        "data/boundaries.geojson": all_boundaries_bytes(atlas, lang),
        "data/sources.json": _lines(report.sources_json(listed)),
        "data/sources.bib": _lines(report.sources_bibtex(atlas, listed, lang)),
    }


def _lines(text: str) -> bytes:
    return f"{text}\n".encode()


def _readme(shown: Shown, names: Mapping[str, str]) -> str:
    """Say what the files are, and how far they can be trusted; names by format."""
    atlas, settings, spoken = shown.atlas, shown.atlas.settings, texts(shown.lang)
    used = dict.fromkeys(key for s in shown.in_extent for key in s.boundary.origin_ids)
    origins = [atlas.origins[key] for key in used if key in atlas.origins]
    edges = ("west", "south", "east", "north")
    degrees = (format_number(edge, shown.lang, 2) for edge in box_written(shown.bbox))
    periods = "; ".join(period.name for period in shown.snapshot.periods)
    facts = {
        "title": settings.title,
        "day": format_day_of(atlas, shown.day, shown.lang),
        "mode": mode_name(shown.mode.id, shown.lang),
        "teller": teller_name(shown),
        "periods": periods,
        **dict(zip(edges, degrees, strict=True)),
        "boundaries": len(shown.in_extent),
        "statements": len(statements(shown)),
        "events": len(shown.events),
        "sources": len(sources(shown)),
        "version": settings.version,
        "licence": settings.licence,
        "digest": atlas.digest,
        "link": shown.link,
    }

    def said(key: str, **more: object) -> str:
        return spoken.t(f"export.readme.{key}", **facts | more)

    listed = {name: fmt for fmt, name in names.items()} | {README: "readme", SUMS: "sums"}
    parts = {
        "shown": [
            said("mode"),
            said("told" if shown.perspective_id else "everyone"),
            said("extent"),
            said("periods") if periods else "",
            said("counted"),
            dates_chosen_said(atlas, spoken),
        ],
        "reservations": [
            translation_note(atlas, shown.lang),
            reservation(shown),
            settings.disclaimer,
            settings.cutoff,
        ],
        "files": [f"{_ITEM}{name}: {said(f'about.{fmt}')}" for name, fmt in listed.items()],
        "citing": [said("cite_sources"), said("cite_view")],
        "licences": [
            said("data_licence"),
            *(_ITEM + said("origin", title=o.title or o.id, licence=o.licence) for o in origins),
            spoken.t("export.credits", credits=credits_of(shown)),
        ],
        "data": [said("version"), said("digest"), said("link")],
        "checking": [said("check")],
    }
    below = [_part(said(key), lines) for key, lines in parts.items()]
    return "\n\n".join((_part(said("heading"), [settings.subtitle], mark="="), *below)) + "\n"


def _part(heading: str, lines: Iterable[str], mark: str = "-") -> str:
    """Set lines under a heading; an address or a sum is of no use in two pieces."""
    wrapped = [
        textwrap.fill(
            line,
            _WIDTH,
            subsequent_indent=_HANGING if line.startswith(_ITEM) else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in lines
        if line
    ]
    return "\n".join((heading, mark * min(len(heading), _WIDTH), *wrapped))
