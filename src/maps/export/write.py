"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from maps.errors import ExportFailed


def write_whole(path: Path, content: bytes) -> None:
    """Put bytes at a path so that a reader finds the old file or the new, never half of one.

    The bytes go to a temporary file in the same folder, to the disk, and only
    then to their name.

    Raises
    ------
    ExportFailed
        If the folder is missing, cannot be written to or has no room; a file
        that was there before is then as it was.
    """
    try:
        _write(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportFailed(f"{path}: cannot be written ({reason})") from error


def _write(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
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
