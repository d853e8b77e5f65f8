"""Find what the tests run beside Python, and install what is missing; names choose among it.

No test is skipped for want of a browser or a server: the script ends with 1 and a line
for each that is missing, with what to install. Run: ``python tests/install.py [NAME …]``
with names of `NEEDED`; without any, all.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import nginx
import postgres
from browser import chromium


class Needed(NamedTuple):
    """How a program is found, packages of Debian that hold it, tried in turn, and another way."""

    path: Callable[[], object]
    packages: Sequence[str]  # as `apt-get install` has them, with spaces between several
    missing: str
    otherwise: Callable[[], object] = lambda: None


_BARE = "--no-install-recommends"  # a browser needs the fonts that its package recommends
NEEDED = {
    "chromium": Needed(
        chromium.path, (chromium.SHELL, "chromium"), chromium.MISSING, chromium.fetch
    ),
    "postgres": Needed(
        postgres.programs, (f"{_BARE} postgresql postgis postgresql-postgis",), postgres.MISSING
    ),
    "nginx": Needed(nginx.program, (f"{_BARE} nginx-light",), nginx.MISSING),
}


def apt_get(*words: str) -> bool:
    # Debian starts a server that is installed; the tests start their own.
    quiet = {**os.environ, "RUNLEVEL": "1"}
    ran = subprocess.run(("apt-get", *words), check=False, stdout=sys.stderr, env=quiet)
    return ran.returncode == 0


def main(names: Sequence[str]) -> int:
    wanted = {name: NEEDED[name] for name in names or NEEDED}
    missing = [needed for needed in wanted.values() if not needed.path()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get") and apt_get("update"):
        for needed in missing:
            for packages in needed.packages:
                if not needed.path():
                    apt_get("install", "--yes", *packages.split())
    for needed in missing:
        if not needed.path():
            needed.otherwise()
    found = [needed.path() for needed in wanted.values()]
    for needed, path in zip(wanted.values(), found, strict=True):
        print(path or needed.missing, file=sys.stdout if path else sys.stderr)
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
