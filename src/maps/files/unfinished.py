"""What a process that was killed has left beside the file or folder it was making.

Whatever is written whole or not at all is first made under a name beside its own,
``.NAME.….PROCESS.part``. The number says whose it is: the next run takes away what
a process that is no more has left, and leaves alone what another is still making.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_SUFFIX = ".part"


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
            _remove(left)


def _remove(left: Path) -> None:
    if left.is_dir() and not left.is_symlink():
        shutil.rmtree(left, ignore_errors=True)
        return
    try:
        left.unlink()
    except OSError:
        return  # another run was faster, or it is not ours to remove


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
