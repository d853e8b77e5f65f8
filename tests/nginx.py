"""The nginx for the test of docs/deploy.md."""

import shutil

MISSING = (
    "No nginx was found and none could be installed; install one (Debian: apt-get install nginx)"
)


def program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
