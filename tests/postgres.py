"""A PostgreSQL with PostGIS for the tests.

It runs in a folder of its own, on a socket in it, and under a user that is not root, as
PostgreSQL refuses to be root's.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

MISSING = (
    "No PostgreSQL with PostGIS was found and none could be installed; install one "
    "(Debian: apt-get install postgresql postgis postgresql-postgis)"
)
USER = "nobody"


def programs() -> Path | None:
    """Give the folder of the newest server that has PostGIS, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
    )
    on_path = shutil.which("initdb")
    for initdb in (*reversed(found), *([Path(on_path).resolve()] if on_path else ())):
        asked = subprocess.run(
            [initdb.with_name("pg_config"), "--sharedir"],
            capture_output=True,
            check=False,
            text=True,
        )
        share = asked.stdout.strip() or f"/usr/share/postgresql/{initdb.parts[-3]}"
        if Path(share, "extension", "postgis.control").is_file():
            return initdb.parent
    return None


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server; gives the part of its addresses after ``/database``, with its socket."""
    bin_folder = programs()
    if bin_folder is None:
        raise RuntimeError(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: the path of a socket has 107 bytes
    root = os.geteuid() == 0
    if root:
        os.chown(folder, pwd.getpwnam(USER).pw_uid, -1)

    def run(program: str, *words: str) -> None:
        done = subprocess.run(
            [bin_folder / program, *words],
            check=False,
            user=USER if root else None,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=(folder / "said").open("ab"),
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {(folder / 'said').read_text()} {log(folder)}")

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "editor", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"?host={quote(str(folder), safe='')}"
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def log(folder: Path) -> str:
    return (folder / "log").read_text() if (folder / "log").is_file() else ""
