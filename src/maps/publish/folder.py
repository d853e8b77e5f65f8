"""A folder written whole or not at all.

The site is built in a hidden folder beside the wanted one; then the two change
places in one step of the file system. Killed at any moment, the old site or the
new one is there.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

from maps.errors import ExportFailed
from maps.unfinished import clear_unfinished, unfinished_suffix

MARKER = ".maps-site.json"  # says that a folder is a published site, and the digest of each file
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
        If it is no folder, no earlier site, or holds a file or an empty folder the
        site did not bring, or a file that was changed since.
    """
    if not target.parent.is_dir():
        raise ExportFailed(f"{target}: the folder it should be made in is not there")
    if not target.exists():
        return
    if not target.is_dir():
        raise ExportFailed(f"{target}: is a file; name a folder")
    if not any(target.iterdir()):
        return
    if target == Path.cwd():
        raise ExportFailed(f"{target}: is the folder this runs in; run it from another")
    marker = target / MARKER
    if marker.is_symlink() or not marker.is_file():
        raise ExportFailed(f"{target}: is not empty and no published site; name another folder")
    digests = _digests_in(marker)
    brought = {str(above) for name in digests for above in PurePosixPath(name).parents}
    strangers = sorted(
        path.relative_to(target).as_posix()
        for path in target.rglob("*")
        if path != marker and not _came_with_it(path, target, digests, brought)
    )
    if strangers:
        more = f" and {len(strangers) - 1} more" if len(strangers) > 1 else ""
        raise ExportFailed(
            f"{target}: {strangers[0]}{more} did not come with the published site, or was "
            "changed since, and would be lost; move it away first"
        )


def _came_with_it(
    path: Path, target: Path, digests: Mapping[str, str], folders: Iterable[str]
) -> bool:
    name = path.relative_to(target).as_posix()
    if path.is_symlink():
        return False
    if path.is_dir():
        return name in folders
    return path.is_file() and name in digests and _digest(path.read_bytes()) == digests[name]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _inside(name: str) -> bool:
    """Whether a name is a plain path that stays in the folder it is put in."""
    parts = name.split("/")
    return name != MARKER and not any(
        part in {"", ".", ".."} or any(sign in part for sign in "\\:\0") for part in parts
    )


def _digests_in(marker: Path) -> dict[str, str]:
    try:
        files = json.loads(marker.read_text(encoding="utf-8"))["files"]
        digests = {str(name): str(digest) for name, digest in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ExportFailed(f"{marker}: is no marker of a published site") from error
    if not all(map(_inside, digests)):
        raise ExportFailed(f"{marker}: is no marker of a published site")
    return digests


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    for name in files:
        if not _inside(name):
            raise ExportFailed(f"{name!r} would lie outside of the site; nothing was written")
    beside = target.parent / f".{target.name}{unfinished_suffix()}"
    beside.mkdir()
    try:
        for name in {str(Path(name).parent) for name in files}:
            (beside / name).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (beside / name).write_bytes(content)
        marker = {"made_by": "maps publish", "files": {n: _digest(files[n]) for n in sorted(files)}}
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
