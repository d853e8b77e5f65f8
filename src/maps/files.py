"""Files written whole or not at all, one by one or several together.

What is written is first made under a name beside its own, ``.NAME.….PROCESS.part``. The
number says whose it is: the next run takes away what a process that is no more has left,
and leaves alone what another is still making.

Several files of a folder are changed by way of a journal: all of them are written beside the
folder's own first, then one rename decides, then they are put in their places. Killed before that
rename a change has not been, after it the next run carries it out; who only reads meanwhile finds
the new files through `pending`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from maps.errors import ExportFailed, FolderBusy

_SCRATCH = "maps-export"  # what the folders are called in which GDAL and ffmpeg write
_CHANGES = "maps-changes"
_JOURNAL = "journal.json"  # of a change: which file of the folder each of its files will be
_SUFFIX = ".part"
_making = threading.Lock()
_under_way: set[str] = set()


def unfinished_suffix() -> str:
    """Give the end of the name of something this process is making."""
    return f".{os.getpid()}{_SUFFIX}"


def clear_unfinished(folder: Path, name: str, under_way: frozenset[str] = frozenset()) -> None:
    """Take away the files and folders that runs which were killed have left for a name.

    ``under_way`` are the names this process itself is making; what else bears its
    number was left by an earlier one of the same number. What cannot be removed stays.
    """
    try:
        found = list(folder.iterdir())
    except OSError:
        return  # whoever writes there says what is wrong
    for left in found:
        if not left.name.startswith(f".{name}.") or left.name in under_way:
            continue
        number = left.name.removesuffix(_SUFFIX).rpartition(".")[2]
        if left.name.endswith(_SUFFIX) and number.isdecimal() and not _runs(int(number)):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
                continue
            with suppress(OSError):  # another run was faster, or it is not ours to remove
                left.unlink()


def _runs(process: int) -> bool:
    if os.name == "nt":
        return True  # there os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return process != os.getpid()


def folder_of_this_process(name: str) -> tempfile.TemporaryDirectory[str]:
    """Make a folder for temporary files that goes with its holder, at the latest with the process.

    What runs which were killed have left under the ``name`` is removed.
    """
    folder = Path(tempfile.gettempdir())
    with _making:
        clear_unfinished(folder, name, frozenset(_under_way))
        made = tempfile.TemporaryDirectory(
            dir=folder, prefix=f".{name}.", suffix=unfinished_suffix(), ignore_cleanup_errors=True
        )
        _under_way.add(Path(made.name).name)
    weakref.finalize(made, _under_way.discard, Path(made.name).name)
    return made


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder for a library that writes files only, and remove it afterwards.

    What runs which were killed have left is removed, too.
    """
    with folder_of_this_process(_SCRATCH) as folder:
        yield Path(folder)


def write_whole(path: Path, content: bytes) -> None:
    """Put bytes at a path so that a reader finds the old file or the new, never half of one.

    Files that runs which were killed have left there are removed.

    Raises
    ------
    ExportFailed
        If the folder is missing, cannot be written to or has no room; a file
        that was there before is then as it was.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            # The new file would stand in the place of a device or a pipe.
            raise ExportFailed(f"{path}: cannot be written (it is no file); name a file")
        with _making:  # no other thread may take the new file for one that was left
            clear_unfinished(path.parent, path.name, frozenset(_under_way))
            handle, name = tempfile.mkstemp(
                dir=path.parent, prefix=f".{path.name}.", suffix=unfinished_suffix()
            )
            temporary = Path(name)
            _under_way.add(temporary.name)
        try:
            _write_through(handle, content)
            # mkstemp lets nobody else read; the file is as public as any other.
            temporary.chmod(_public_mode())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        finally:
            _under_way.discard(temporary.name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportFailed(f"{path}: cannot be written ({reason})") from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for the one run that changes it, and carry out what a killed one had decided.

    The system lets go of it when the run ends, however that is. Windows knows no lock of
    a folder; there two runs at once are not kept apart.

    Raises
    ------
    FolderBusy
        Another run holds it.
    """
    if sys.platform == "win32":
        _carry_out(folder)
        yield
        return
    import fcntl  # noqa: PLC0415

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        clear_unfinished(folder, _CHANGES)
        _carry_out(folder)
        yield
    except BlockingIOError:
        message = f"{folder}: another run is changing it; try again when that has ended"
        raise FolderBusy(message) from None
    finally:
        os.close(handle)


def change_files(folder: Path, contents: Mapping[str, bytes], before: Mapping[str, str]) -> None:
    """Replace or add files of a folder that is `locked`, all or none.

    ``before`` holds the SHA-256 of each file as it was read, so that what somebody else
    has written since is not lost.

    Raises
    ------
    FolderBusy
        A file is no longer as it was read; nothing was changed.
    OSError
        There is no room, or no right to write; nothing was changed.
    """
    made = folder / f".{_CHANGES}{unfinished_suffix()}"
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir()
        names = {file: str(number) for number, file in enumerate(sorted(contents))}
        for file, name in names.items():
            _write_through(made / name, contents[file])
        _write_through(made / _JOURNAL, json.dumps(names).encode())
        _sync(made)
        for file in contents:
            if _digest(folder / file) != before.get(file):
                message = f"{folder / file}: was changed by another program meanwhile; try again"
                raise FolderBusy(message)
        made.rename(folder / f".{_CHANGES}")
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    _sync(folder)
    _carry_out(folder)


def pending(folder: Path) -> dict[str, Path]:
    """List files whose change is decided and not yet carried out, with where their content is."""
    decided, inside = folder / f".{_CHANGES}", folder.resolve()
    try:
        names = json.loads((decided / _JOURNAL).read_bytes())
        found = {str(file): decided / f"{int(name)}" for file, name in names.items()}
        # An atlas may come from anybody: nothing is written outside of it.
        if all((folder / file).resolve().is_relative_to(inside) for file in found):
            return found
    except (OSError, ValueError, TypeError, AttributeError, RuntimeError, RecursionError):
        pass
    return {}


def carry_out(folder: Path) -> None:
    """Carry out what a killed run had decided, if this one may write and no other is at it."""
    if pending(folder):
        with suppress(OSError, FolderBusy), locked(folder):
            pass


def _carry_out(folder: Path) -> None:
    for file, staged in pending(folder).items():
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        # Moved already by the run that was killed, if it is not there.
        with suppress(FileNotFoundError):
            mode = target.stat().st_mode & 0o777 if target.exists() else _public_mode()
            staged.chmod(mode)
            staged.replace(target.resolve())
        _sync(target.parent)
    shutil.rmtree(folder / f".{_CHANGES}", ignore_errors=True)


def _write_through(target: Path | int, content: bytes) -> None:
    """Write a new file, or an open one, to the disk."""
    with open(target, "wb") as file:  # noqa: PTH123  a Path opens no handle
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Have the names of a folder reach the disk, where the system knows how to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _public_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
