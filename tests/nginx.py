"""An nginx for the test of docs/deploy.md; run as a script, install one where there is none.

As with the browser, the test is never skipped for want of it: the script ends with 1
and one line that says what to install.
"""

import os
import shutil
import subprocess
import sys

MISSING = (
    "No nginx was found and none could be installed; install one (Debian: apt-get install nginx)"
)


def program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def install() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    # The package starts a server of its own, which nobody asked for.
    quiet = {**os.environ, "RUNLEVEL": "1"}
    for words in (("update",), ("install", "--yes", "--no-install-recommends", "nginx-light")):
        subprocess.run(("apt-get", *words), check=False, stdout=sys.stderr, env=quiet)


def main() -> int:
    if program() is None:
        install()
    path = program()
    print(path or MISSING, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
