"""A folder written whole or not at all.

The site is built in a hidden folder beside the wanted one; then the two change
places in one step of the file system. Killed at any moment, the old site or the
new one is there. Where nothing can change places with the folder (a mount point, a
folder in one that is not ours) the files are replaced one by one, and the marker names
both sites meanwhile: the next run replaces what a kill has left.
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
from contextlib import suppress
from pathlib import Path, PurePosixPath

from maps.errors import ExportFailed
from maps.files import clear_unfinished, unfinished_suffix

MARKER = ".maps-site.json"  # says that a folder is a published site, and the digest of each file
_MARKER_BYTES = 64_000_000  # no site names so many files
_STAGE = MARKER.removeprefix(".").removesuffix(".json")  # in the folder itself
_KEEPS_ITS_PLACE = {
    errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG
}  # fmt: skip
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
        target = Path(os.path.realpath(folder))
        clear_unfinished(target.parent, target.name)
        clear_unfinished(target, _STAGE)
        require_free(target)
        files = made()
        _write(target, files)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportFailed(f"{folder}: cannot be written ({reason})") from error
    return sorted(files)


def require_free(target: Path, stage: Path | None = None) -> dict[str, set[str]]:
    """Make sure that a folder can be replaced without the loss of anything else.

    Gives the digests of what an earlier site left there; ``stage`` is the run's own.

    Raises
    ------
    ExportFailed
        If it is no folder, no earlier site, or holds a file or an empty folder the
        site did not bring, or a file that was changed since.
    """
    home = Path(os.path.expanduser("~")).resolve()  # noqa: PTH111 - raises nothing without a home
    for place, words in ((Path.cwd(), "this runs in"), (home, "of your home")):
        if target in (place, *place.parents):
            raise ExportFailed(f"{target}: is or holds the folder {words}; name another folder")
    if not target.parent.is_dir():
        raise ExportFailed(f"{target}: the folder it should be made in is not there")
    if not target.exists():
        return {}
    if not target.is_dir():
        raise ExportFailed(f"{target}: is a file; name a folder")
    if not any(path != stage for path in target.iterdir()):
        return {}
    if any(path != stage and path.match(f".{_STAGE}.*.part") for path in target.iterdir()):
        raise ExportFailed(f"{target}: another run is publishing there; wait for its end")
    marker = target / MARKER
    if marker.is_symlink() or not marker.is_file():
        raise ExportFailed(f"{target}: is not empty and no published site; name another folder")
    digests = _digests_in(marker)
    folders = _folders(digests)
    mine = {marker, stage}
    found = {
        path.relative_to(target).as_posix(): path
        for path in target.rglob("*")
        if path not in mine and stage not in path.parents
    }
    # By name first: a folder full of other files is refused before anything is read.
    lost = [
        name
        for name, path in found.items()
        if path.is_symlink()
        or not ((path.is_dir() and name in folders) or (path.is_file() and name in digests))
    ]
    lost = lost or [
        name
        for name, path in found.items()
        if path.is_file() and _digest(path.read_bytes()) not in digests[name]
    ]
    if lost:
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        raise ExportFailed(
            f"{target}: {min(lost)}{more} did not come with the published site, or was "
            "changed since, and would be lost; move it away first"
        )
    return digests


def _folders(names: Iterable[str]) -> set[str]:
    return {str(above) for name in names for above in PurePosixPath(name).parents}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _inside(name: str) -> bool:
    """Whether a name is a plain path that stays in the folder it is put in."""
    parts = name.split("/")
    return name != MARKER and not any(
        part in {"", ".", ".."} or any(sign in part for sign in "\\:\0") for part in parts
    )


def _digests_in(marker: Path) -> dict[str, set[str]]:
    try:
        if marker.stat().st_size > _MARKER_BYTES:
            raise ValueError
        files = json.loads(marker.read_text(encoding="utf-8"))["files"]
        if isinstance(files, list):
            raise ExportFailed(
                f"{marker.parent}: an earlier version published this and noted no digests, so "
                "changes of yours cannot be told; move it away or delete it"
            )
        digests = {str(n): {d} if isinstance(d, str) else set(d) for n, d in files.items()}
        if not all(map(_inside, digests)):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ExportFailed(f"{marker}: is no marker of a published site") from error
    return digests


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    folded: dict[str, str] = {}
    for name in files:
        if not _inside(name):
            raise ExportFailed(f"{name!r} would lie outside of the site; nothing was written")
        other = folded.setdefault(name.casefold(), name)
        if other != name:
            raise ExportFailed(f"{other!r} and {name!r} differ in case only; nothing was written")
    beside = target.parent / f".{target.name}{unfinished_suffix()}"
    try:
        _stage(beside, files)
        require_free(target)  # the building took a while
        if target.exists() and any(target.iterdir()):
            placed = _exchanged(beside, target)
        else:
            if target.exists() and os.name == "nt":
                target.rmdir()
            beside.replace(target)
            placed = True
    except OSError as error:
        if error.errno not in _KEEPS_ITS_PLACE or not target.is_dir():
            raise
        placed = False
    finally:
        shutil.rmtree(beside, ignore_errors=True)  # by now the old site, or one half made
    if not placed:
        _write_within(target, files)


def _stage(stage: Path, files: Mapping[str, bytes]) -> None:
    """Write a site and its marker into a new folder, and have the disk hold them."""
    stage.mkdir()
    for name in _folders(files):
        (stage / name).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (stage / name).write_bytes(content)
    _mark(stage, {name: _digest(content) for name, content in files.items()})
    for name in (*files, MARKER):
        with (stage / name).open("rb+") as file:
            os.fsync(file.fileno())


def _mark(folder: Path, digests: Mapping[str, str | list[str]]) -> None:
    marker = {"made_by": "maps publish", "files": dict(sorted(digests.items()))}
    (folder / MARKER).write_text(json.dumps(marker, indent=1) + "\n", encoding="utf-8")


def _write_within(target: Path, files: Mapping[str, bytes]) -> None:
    """Replace a site file by file, its first page and its marker last."""
    stage = target / f".{_STAGE}{unfinished_suffix()}"
    try:
        _stage(stage, files)
        old = require_free(target, stage)
        both = {n: sorted(old.get(n, set()) | ({_digest(files[n])} if n in files else set()))
                for n in {*old, *files}}  # fmt: skip
        meanwhile = stage / ".both"
        meanwhile.mkdir()
        _mark(meanwhile, both)
        (meanwhile / MARKER).replace(target / MARKER)
        stale = old.keys() - files.keys()
        folders = _folders(files)
        in_the_way = {n for n in stale if n in folders or not _folders([n]).isdisjoint(files)}
        _take_away(target, in_the_way)
        for name in sorted(files, key=lambda name: (name == "index.html", name)):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / name).replace(target / name)
        _take_away(target, stale - in_the_way)
        (stage / MARKER).replace(target / MARKER)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _take_away(target: Path, names: Iterable[str]) -> None:
    for name in names:
        if (target / name).is_file():  # else gone, or by now a folder of the other site
            (target / name).unlink()
    for folder in sorted(_folders(names) - {"."}, reverse=True):
        with suppress(OSError):  # not empty, or gone
            (target / folder).rmdir()


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
