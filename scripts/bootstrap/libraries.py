"""Puts the Solidity libraries that our contracts import, and no file more, where ape finds them.

ape looks at 500 files of a folder at most, in the order that the file system happens to give. OpenZeppelin's package
has more, and ape copies it beside our contracts: on one machine it then misses library files, on another our own.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

PREFIX = "@openzeppelin/"
_IMPORT = re.compile(r"""^\s*import\s+(?:[^"';]*\sfrom\s+)?["']([^"']+)["']\s*;""", re.MULTILINE)


def put_libraries(contracts: Path, node_modules: Path, target: Path) -> bool:
    """Makes `target` hold exactly the library files that sources in `contracts` import, and those they import in turn.

    True if that changed it. Raises FileNotFoundError for an import that is not installed.
    """
    wanted = {path: (node_modules / PREFIX / path).read_bytes() for path in _closure(contracts, node_modules)}
    there = {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*.sol")}
    if wanted == there:
        return False
    shutil.rmtree(target, ignore_errors=True)
    for path, content in wanted.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
    return True


def _closure(contracts: Path, node_modules: Path) -> set[str]:
    found: set[str] = set()
    own = [path for path in contracts.rglob("*.sol") if not {".cache", "test"} & set(path.relative_to(contracts).parts)]
    waiting = [path for source in own for path in _library_imports(source.read_text(), "")]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _library_imports((node_modules / PREFIX / path).read_text(), path)
    return found


def _library_imports(source: str, importer: str) -> list[str]:
    """Paths below the prefix; `importer` is that of the file the text is from, if it is a library's itself."""
    paths: list[str] = []
    for named in _IMPORT.findall(source):
        if named.startswith(PREFIX):
            paths.append(named.removeprefix(PREFIX))
        elif importer and named.startswith("."):
            paths.append(_resolve(importer, named))
    return paths


def _resolve(importer: str, relative: str) -> str:
    parts = importer.split("/")[:-1]
    for part in relative.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


if __name__ == "__main__":
    project = Path(__file__).resolve().parents[2]
    has_changed = put_libraries(project / "contracts", project / "node_modules", project / "build/openzeppelin")
    sys.stdout.write("changed\n" if has_changed else "same\n")
