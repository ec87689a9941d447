"""Speed of the lexer and the proof, beside what bounds them: copying the page, hashing it, and a tree-building parser.

Prints MB/s, the median of five runs each, on the pages of `examples/` and, where present, of ../shared/pages/public.
All rows come from one process on one machine at one time: compare them with each other, not with other days.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

import core_ext

ROOT = Path(__file__).parents[1]
RUNS = 5


def pages() -> list[bytes]:
    """Real pages first; the examples alone elsewhere."""
    folders = (ROOT.parent / "shared" / "pages" / "public", ROOT / "examples" / "pages")
    return [path.read_bytes() for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.html"))]


def seconds(work: Callable[[bytes], object], corpus: list[bytes]) -> float:
    """CPU seconds of this process for one pass over the corpus."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        for page in corpus:
            work(page)
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def keep_all(page: bytes) -> object:
    return core_ext.prove(page, bytes(core_ext.lex(page).count))


def permutations(page: bytes) -> int:
    """Keccak-f calls that the three trees of an unchanged page need, at 136 bytes a call and 24 rounds each."""
    tokens = core_ext.lex(page)
    starts = tokens.starts
    data = sum((starts[i + 1] - starts[i]) // 136 + 1 for i in range(tokens.count))
    # S and O: data, leaf and one inner node a token; T: leaf and one inner node.
    return 2 * (data + 2 * tokens.count) + 2 * tokens.count


def main() -> int:
    corpus = pages()
    size = sum(map(len, corpus)) / 1e6
    print(f"{len(corpus)} pages, {size:.1f} MB, {sum(core_ext.lex(page).count for page in corpus):,} tokens")
    for name, work in (
        ("memcpy", bytearray),
        ("keccak256 of the page", core_ext.keccak256),
        ("lexbor parse", LexborHTMLParser),
        ("lex", core_ext.lex),
        ("lex, trace, three roots", keep_all),
    ):
        print(f"  {name:<26}{size / seconds(work, corpus):>10.1f} MB/s")
    calls = sum(map(permutations, corpus))
    block = bytes(135)
    start = time.process_time()
    for _ in range(100_000):
        core_ext.keccak256(block)
    bare = (time.process_time() - start) / 100_000 * calls
    print(f"  the proof takes {seconds(keep_all, corpus) / bare:.2f} times its {calls:,} bare keccak-f calls")
    return 0


if __name__ == "__main__":
    sys.exit(main())
