"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maps.errors import ExportFailed
from maps.unfinished import clear_unfinished, unfinished_suffix

_SCRATCH = "maps-export"  # what the folders are called in which GDAL and ffmpeg write
_making = threading.Lock()
_under_way: set[str] = set()


def write_whole(path: Path, content: bytes) -> None:
    """Put bytes at a path so that a reader finds the old file or the new, never half of one.

    The bytes go to a temporary file in the same folder, to the disk, and only
    then to their name. Files that runs which were killed have left there are removed.

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
        _write(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportFailed(f"{path}: cannot be written ({reason})") from error


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder for a library that writes files only, and remove it afterwards.

    What runs which were killed have left is removed, too.
    """
    outer = Path(tempfile.gettempdir())
    with _making:
        clear_unfinished(outer, _SCRATCH, frozenset(_under_way))
        made = tempfile.TemporaryDirectory(prefix=f".{_SCRATCH}.", suffix=unfinished_suffix())
        name = Path(made.name).name
        _under_way.add(name)
    try:
        with made as folder:
            yield Path(folder)
    finally:
        _under_way.discard(name)


def _write(path: Path, content: bytes) -> None:
    with _making:  # no other thread may take the new file for one that was left
        clear_unfinished(path.parent, path.name, frozenset(_under_way))
        handle, temporary = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=unfinished_suffix()
        )
        _under_way.add(Path(temporary).name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp lets nobody else read; the file is as public as any other.
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    finally:
        _under_way.discard(Path(temporary).name)
