"""A folder written whole or not at all.

The site is built in a hidden folder beside the wanted one; then the two change
places in one step of the file system. Killed at any moment, the old site or the
new one is there.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from maps.errors import ExportFailed
from maps.unfinished import clear_unfinished, unfinished_suffix

MARKER = ".maps-site.json"  # says that a folder is a published site, and of which files
_AT_CWD, _EXCHANGE = -100, 2  # of renameat2(2)
_SWAP = 2  # of renamex_np(2)


def write_site(folder: Path, made: Callable[[], Mapping[str, bytes]]) -> list[str]:
    """Put the files that ``made`` gives into a folder, in place of an earlier site.

    Raises
    ------
    ExportFailed
        If the folder holds what no earlier site left there, or cannot be written.
    """
    try:
        target = folder.resolve()
        require_free(target)
        clear_unfinished(target.parent, target.name)
        files = made()
        _write(target, files)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportFailed(f"{folder}: cannot be written ({reason})") from error
    return sorted(files)


def require_free(target: Path) -> None:
    """Make sure that a folder can be replaced without the loss of anything else.

    Raises
    ------
    ExportFailed
        If it is no folder, no earlier site, or holds a file the site did not bring.
    """
    if not target.parent.is_dir():
        raise ExportFailed(f"{target}: the folder it should be made in is not there")
    if not target.exists():
        return
    if not target.is_dir():
        raise ExportFailed(f"{target}: is a file; name a folder")
    found = [path for path in target.rglob("*") if not path.is_dir() or path.is_symlink()]
    if not found and not any(target.iterdir()):
        return
    marker = target / MARKER
    if not marker.is_file():
        raise ExportFailed(f"{target}: is not empty and no published site; name another folder")
    brought = {MARKER, *_files_named(marker)}
    strangers = sorted({str(path.relative_to(target).as_posix()) for path in found} - brought)
    if strangers:
        more = f" and {len(strangers) - 1} more" if len(strangers) > 1 else ""
        raise ExportFailed(
            f"{target}: {strangers[0]}{more} did not come with the published site "
            "and would be lost; move it away first"
        )


def _files_named(marker: Path) -> list[str]:
    try:
        files = json.loads(marker.read_text(encoding="utf-8"))["files"]
        return [str(name) for name in files]
    except (ValueError, KeyError, TypeError) as error:
        raise ExportFailed(f"{marker}: is no marker of a published site") from error


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    beside = target.parent / f".{target.name}{unfinished_suffix()}"
    beside.mkdir()
    try:
        for name in {str(Path(name).parent) for name in files}:
            (beside / name).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (beside / name).write_bytes(content)
        marker = {"made_by": "maps publish", "files": sorted(files)}
        (beside / MARKER).write_text(json.dumps(marker, indent=1) + "\n", encoding="utf-8")
        require_free(target)  # the building took a while
        _put_in_place(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)  # by now the old site, or one half made


def _put_in_place(beside: Path, target: Path) -> None:
    if not target.exists() or not any(target.iterdir()):
        if target.exists() and os.name == "nt":
            target.rmdir()
        beside.replace(target)
    elif not _exchanged(beside, target):
        # Without an exchange there is a moment with neither; a failure undoes it.
        aside = beside.with_suffix(".old")
        target.rename(aside)
        try:
            beside.rename(target)
        except OSError:
            aside.rename(target)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; false where the system knows no such step."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = system.renamex_np(*names, _SWAP)
        else:
            failed = system.renameat2(_AT_CWD, names[0], _AT_CWD, names[1], _EXCHANGE)
    except (OSError, AttributeError, TypeError):
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number))
