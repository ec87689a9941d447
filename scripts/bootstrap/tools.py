"""What the machine itself must have. Checked only when something is to be installed, before anything is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from scripts.bootstrap.failure import BootstrapFailed

OLDEST_NODE = 20
# Python environment 1.5 GB, node_modules 0.7 GB, package caches (hard links share most of it), builds, Chromium.
NEEDED_BYTES = 4 * 10**9


def check_tools(project: Path) -> None:
    """Raises BootstrapFailed for the first thing that is missing."""
    _check_disk(project)
    _check_python()
    _check_compiler()
    _check_node()


def _check_disk(project: Path) -> None:
    free_bytes = shutil.disk_usage(project).free
    if free_bytes < NEEDED_BYTES:
        raise BootstrapFailed(
            f"{free_bytes / 1e9:.1f} GB are free at {project}, the installation needs {NEEDED_BYTES / 1e9:.0f} GB",
            "Free some space, or clone the project to another disk.",
        )


def _check_python() -> None:
    # Debian and Ubuntu split Python into several packages.
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        raise BootstrapFailed("this Python cannot make virtual environments", "apt-get install python3-venv")
    headers = Path(sysconfig.get_path("include")) / "Python.h"
    if not headers.exists():
        raise BootstrapFailed(f"Python's C headers are missing ({headers})", "apt-get install python3-dev")


def _check_compiler() -> None:
    configured = str(sysconfig.get_config_var("CC") or "cc").split()[0]
    if not any(shutil.which(name) for name in (configured, "cc", "gcc", "clang")):
        raise BootstrapFailed(
            "no C compiler is installed, and the page lexer is compiled",
            "Debian, Ubuntu: apt-get install gcc libc6-dev; Fedora: dnf install gcc; macOS: xcode-select --install",
        )


def _check_node() -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    fix = f"Install Node {OLDEST_NODE} or later with npm: https://nodejs.org/en/download"
    if node is None:
        raise BootstrapFailed("Node is not installed", fix)
    answered = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = re.match(r"v(\d+)\.", answered)
    if major is None or int(major[1]) < OLDEST_NODE:
        raise BootstrapFailed(f"{node} is {answered or 'not Node'}, LightDom needs Node {OLDEST_NODE} or later", fix)
    if npm is None:
        raise BootstrapFailed("Node is there, but npm is not", "Debian, Ubuntu: apt-get install npm. Else: " + fix)
