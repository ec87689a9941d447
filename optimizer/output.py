"""Writes results so that there is never half of one: all files are completed beside their places, then moved there.

What was at a place before stays until the new file is whole; a failure leaves everything as it was.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from optimizer.errors import OutputUnwritableError

__all__ = ["write_all"]


def write_all(files: Sequence[tuple[str, bytes]]) -> None:
    """Writes each of the files, or none of them. Raises OutputUnwritableError."""
    staged: list[tuple[Path, Path, str]] = []
    try:
        for path, data in files:
            # A link is followed: its target gets the result, the link stays a link.
            place = Path(os.path.realpath(path))
            if place.exists() and not place.is_file():
                _write_through(place, path, data)
                continue
            try:
                staged.append((_stage(place, data), place, path))
            except OSError as error:
                raise OutputUnwritableError(path, error.strerror or str(error)) from error
        while staged:
            ready, place, path = staged[0]
            try:
                ready.replace(place)
            except OSError as error:
                raise OutputUnwritableError(path, error.strerror or str(error)) from error
            staged.pop(0)
    finally:
        for ready, _, _ in staged:
            with suppress(OSError):
                ready.unlink()


def _stage(place: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".partial", dir=place.parent)
    ready = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # As the file that it replaces was, else as any new file of this user.
        ready.chmod(stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o666 & ~_umask())
    except BaseException:
        with suppress(OSError):
            ready.unlink()
        raise
    return ready


def _write_through(place: Path, path: str, data: bytes) -> None:
    """Devices and pipes take bytes and cannot be replaced; folders take none."""
    try:
        with place.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise OutputUnwritableError(path, error.strerror or str(error)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
