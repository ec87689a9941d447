"""Chromium, which renders pages before and after: the system's, installed where the user may."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_PACKAGES = ("chromium", "fonts-dejavu", "fonts-liberation")


def find_browser() -> str | None:
    """Path of an installed Chromium or Chrome."""
    named = os.environ.get("LIGHTDOM_CHROMIUM")
    return next((path for path in map(shutil.which, (*([named] if named else []), *NAMES)) if path), None)


def install_browser_argvs() -> tuple[tuple[str, ...], ...]:
    """Commands that install it; empty where this user may not."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return ()
    # Another apt-get may be at work: wait for it rather than fail.
    apt = ("apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300", "-o", "APT::Update::Lock::Timeout=300")
    return ((*apt, "update"), (*apt, "install", "--no-install-recommends", *_PACKAGES))


def what_is_missing() -> str:
    """What to tell the user when there is no browser."""
    return (
        "Chromium is not installed: renders are not compared and no screenshot is made; all else works.\n"
        f"  To have it: apt-get install {' '.join(_PACKAGES)} (Debian, Ubuntu), or set LIGHTDOM_CHROMIUM to its path."
    )
