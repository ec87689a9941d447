"""Where the system's browser is, and how it is started without a network."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

__all__ = ["browser_absent", "find_browser", "isolation"]

# The same names as scripts/bootstrap/browser.py, which installs it: a test keeps them equal.
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_UNSHARE = ("unshare", "--net", "--map-current-user")


def find_browser() -> str | None:
    """Path of an installed Chromium or Chrome; LIGHTDOM_CHROMIUM, then CHROMIUM, name another."""
    named = [os.environ[name] for name in ("LIGHTDOM_CHROMIUM", "CHROMIUM") if os.environ.get(name)]
    found = next((path for path in map(shutil.which, (*named, *NAMES)) if path), None)
    return found or next((path for path in _MACOS if Path(path).exists()), None)


def browser_absent() -> str | None:
    """Why nothing can be rendered here and what would enable it; nothing where a browser is."""
    if find_browser() is not None:
        return None
    return "no Chromium or Chrome was found: install the package chromium, or set LIGHTDOM_CHROMIUM to its path"


@functools.cache
def isolation() -> tuple[str, ...]:
    """The command that takes the network away from what it starts, where the system lets this user have it.

    Without it the browser still resolves no name and has only a proxy that is not there.
    """
    if shutil.which(_UNSHARE[0]) is None:
        return ()
    tried = subprocess.run([*_UNSHARE, "true"], capture_output=True, timeout=10, check=False)
    return _UNSHARE if tried.returncode == 0 else ()
