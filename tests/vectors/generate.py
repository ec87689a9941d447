"""Writes the golden vectors that Solidity, Cython and the oracle's own tests read: `python tests/vectors/generate.py`.

Every figure comes from the slow oracle in tests/core_ext. `--check` writes nothing and fails if a file would change.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "core_ext")]

import claims  # noqa: E402
import trees  # noqa: E402

FILES = {"encodings.json": trees.encodings, "trees.json": trees.trees, "claims.json": claims.claims}


def main(arguments: list[str]) -> int:
    """0 if all files are as the oracle gives them (now)."""
    stale = []
    for name, build in FILES.items():
        text = json.dumps(build(), indent=1) + "\n"
        path = HERE / name
        if "--check" in arguments:
            if not path.exists() or path.read_text() != text:
                stale.append(name)
        else:
            path.write_text(text)
    if stale:
        print(f"stale: {', '.join(stale)}; run python tests/vectors/generate.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
