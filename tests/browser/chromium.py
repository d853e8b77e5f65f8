"""The Chromium the tests drive."""

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


def path() -> str | None:
    return on_system() or of_playwright()


def fetch() -> None:
    """Let playwright download its own, with the libraries it needs where that is allowed."""
    own = (sys.executable, "-m", "playwright", "install", "chromium")
    if os.geteuid() != 0 or subprocess.run((*own, "--with-deps"), check=False).returncode:
        subprocess.run(own, check=False)
