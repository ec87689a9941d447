"""Writes the golden vectors that Solidity, Cython and the oracle's own tests read: `python tests/vectors/generate.py`.

Every figure comes from the slow oracle in tests/core_ext, and so does the table of the contracts' lexer.
`--check` writes nothing and fails if a file would change.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent / "core_ext")]

import selectors  # noqa: E402

import claims  # noqa: E402
import element_table  # noqa: E402
import family_table  # noqa: E402
import lexer_table  # noqa: E402
import pages  # noqa: E402
import pieces  # noqa: E402
import rules  # noqa: E402
import trees  # noqa: E402

VECTORS: dict[str, Callable[[], Any]] = {
    "encodings.json": trees.encodings,
    "trees.json": trees.trees,
    "claims.json": claims.claims,
    "pages.json": pages.pages,
    "pieces.json": pieces.pieces,
    "rules.json": rules.rules,
    "selectors.json": selectors.vectors,
}


def main(arguments: list[str]) -> int:
    """0 if all files are as the oracle gives them (now)."""
    files = {HERE / name: json.dumps(build(), indent=1) + "\n" for name, build in VECTORS.items()}
    files[ROOT / "contracts" / "proof" / "LexerTable.sol"] = lexer_table.solidity()
    files[ROOT / "contracts" / "proof" / "ElementTable.sol"] = element_table.solidity()
    files[ROOT / "contracts" / "proof" / "FamilyTable.sol"] = family_table.solidity()
    if "--check" not in arguments:
        for path, text in files.items():
            path.write_text(text)
        return 0
    stale = [path.name for path, text in files.items() if not path.exists() or path.read_text() != text]
    if stale:
        print(f"stale: {', '.join(stale)}; run python tests/vectors/generate.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
