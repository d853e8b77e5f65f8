"""Everything of a day in one ZIP archive that says what it holds and can be checked."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping

from maps.data.formats import ENDINGS
from maps.data.readme import README, SUMS, readme_text
from maps.day.view import Shown

HELD = ("png", "pdf", "html", "geojson", "gpkg", "csv", "lpf", "csl", "bib")
# The first moment the format knows: an archive of equal files has equal bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16
_LEVEL = 9


def zip_bytes(shown: Shown, alone: Callable[[str], bytes]) -> bytes:
    """Give every file of a day in one archive, with ``README.txt`` and ``SHA256SUMS``.

    Parameters
    ----------
    shown : Shown
        What the files show.
    alone : callable
        Gives the file of a format as it is when exported alone.
    """
    names = {fmt: f"{file_stem(shown)}{ENDINGS[fmt]}" for fmt in HELD}
    files = {name: alone(fmt) for fmt, name in names.items()}
    files[README] = readme_text(shown, names).encode()
    files[SUMS] = _sums(files)
    return _zipped(files)


def file_stem(shown: Shown) -> str:
    """Name day, mode, and whose statements where that is chosen."""
    told = (shown.perspective_id,) if shown.perspective_id else ()
    return "-".join((shown.day.isoformat(), shown.mode.id, *told))


def _sums(files: Mapping[str, bytes]) -> bytes:
    """Write the lines that ``sha256sum -c`` reads."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, _LEVEL)
    return buffer.getvalue()
