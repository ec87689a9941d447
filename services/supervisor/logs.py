"""One log file a service, in one folder, bounded in size.

Children write to the files themselves: a pipe through the supervisor would break under them when it is killed.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROTATE_BYTES = 10 * 2**20


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, indented for showing below an error; empty if there is no log."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, os.fstat(stream.fileno()).st_size - 16384))
            text = stream.read().decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


def rotate(log: Path, limit_bytes: int = ROTATE_BYTES) -> bool:
    """Moves a log's content to `<log>.1` once it is over the limit; true if it did.

    The file stays in place, because its writer holds it open for appending; what is written between the copy and
    the cut is lost, which a log bears.
    """
    try:
        if log.stat().st_size <= limit_bytes:
            return False
        shutil.copyfile(log, log.with_name(f"{log.name}.1"))
        os.truncate(log, 0)
    except OSError:
        return False  # a full disk must not stop the services for the sake of their logs
    return True


def follow(folder: Path, names: tuple[str, ...], should_go_on: Callable[[], bool]) -> None:
    """Writes what is appended to the logs to standard output, each line after its service's name."""
    positions: dict[Path, int] = {}
    width = 0
    while True:
        for log in sorted(folder.glob("*.log")):
            if names and log.stem not in names:
                continue
            width = max(width, len(log.stem))
            size = log.stat().st_size
            position = positions.setdefault(log, max(0, size - 2000))
            if size < position:
                position = 0
            if size > position:
                positions[log] = position + _copy_lines(log, position, width)
        sys.stdout.flush()
        if not should_go_on():
            return
        time.sleep(0.3)


def _copy_lines(log: Path, position: int, width: int) -> int:
    with log.open("rb") as stream:
        stream.seek(position)
        content = stream.read(1 << 20)
    whole = content[: content.rfind(b"\n") + 1] or content
    for line in whole.decode(errors="replace").splitlines():
        sys.stdout.write(f"{log.stem:<{width}} | {line}\n")
    return len(whole)
