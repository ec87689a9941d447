"""A step of the installation, and the stamp that says it was done with exactly these inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

# What steps make themselves, wherever it lies.
_NOT_INPUTS = {"node_modules", "dist", "__pycache__", ".vite"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to install or build.

    It is done anew when the content of its inputs or of its argv changed, when a step before it was done anew, or when
    one of its outputs is gone.
    """

    name: str
    argvs: tuple[tuple[str, ...], ...]
    inputs: tuple[Path, ...] = ()
    outputs: Callable[[], bool] = field(default=lambda: True)
    after: tuple[str, ...] = ()
    folder: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)
    is_optional: bool = False
    if_it_fails: str = ""


def fingerprint(step: Step, before: Iterable[str], project: Path) -> str:
    """SHA-256 over all that decides what the step makes; `before` are the fingerprints of the steps it follows."""
    # Not flags: the environment is cleared or not by what is there, not by what is wanted.
    wanted = [[word for word in argv if not word.startswith("--clear")] for argv in step.argvs]
    digest = hashlib.sha256(repr((wanted, sorted(step.environment.items()))).encode())
    for other in before:
        digest.update(other.encode())
    for path in step.inputs:
        for file in _files(path):
            digest.update(f"{file.relative_to(project)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found: list[Path] = []
    for entry in sorted(path.iterdir()) if path.is_dir() else ():
        if entry.name not in _NOT_INPUTS and not entry.name.startswith("."):
            found += _files(entry)
    return found
