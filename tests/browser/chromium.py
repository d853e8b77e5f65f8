"""Find the Chromium the tests drive; run as a script, get one where there is none.

The tests are never skipped for want of a browser: the script ends with 1 and one
line that says what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Debian's build without windows comes first: it takes a fifth less of the processor.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "No Chromium was found and none could be fetched; install one "
    "(Debian: apt-get install chromium; elsewhere: python -m playwright install chromium)"
)
LAUNCH_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def works(executable: str | Path) -> bool:
    """Tell whether it starts: Ubuntu's `chromium` may be a stub that asks for a snap."""
    try:
        asked = subprocess.run(
            [executable, "--version"], check=False, capture_output=True, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def on_system() -> str | None:
    """Give the path of the system's Chromium, or None: playwright's own is used then."""
    for name in NAMES:
        found = shutil.which(name)
        if found and works(found):
            return found
    return None


def of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() and works(path) else None


def ran(*words: str) -> bool:
    return subprocess.run(words, check=False, stdout=sys.stderr).returncode == 0


def fetch() -> None:
    """Install one: Debian's package as root, else playwright's own download."""
    is_root = os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        updated = ran("apt-get", "update")
        for package in (SHELL, "chromium"):
            if updated and ran("apt-get", "install", "--yes", package) and on_system():
                return
    own = (sys.executable, "-m", "playwright", "install", "chromium")
    if not (is_root and ran(*own, "--with-deps")):
        ran(*own)


def main() -> int:
    path = on_system() or of_playwright()
    if path is None:
        fetch()
        path = on_system() or of_playwright()
    print(path or MISSING, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
