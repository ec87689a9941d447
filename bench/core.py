"""Speed of the lexer and the proof, beside what bounds them: copying, bare Keccak-f calls, another parser, other trees.

Works on the pages of `examples/` and, where present, of ../shared/pages/public. All rows come from one process on one
machine at one time, in turns; each is the median of its turns, in seconds of CPU. Compare rows, not days.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

import core_ext
from core_ext.keccak import lanes, permute, use_lanes
from core_ext.roots import roots_of

ROOT = Path(__file__).parents[1]
TURNS = 7
BARE_CALLS = 20_000
# What one call of Keccak-f takes in.
BLOCK_BYTES = 136
PYTHON_LEAVES = 300
JAVASCRIPT = ROOT / "bench" / "merkle_tree"


def pages() -> list[bytes]:
    """Real pages first; the examples alone elsewhere."""
    folders = (ROOT.parent / "shared" / "pages" / "public", ROOT / "examples" / "pages")
    return [path.read_bytes() for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.html"))]


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def medians(rows: dict[str, Callable[[], object]]) -> dict[str, float]:
    """CPU seconds of each row; the rows take turns, so that a busy moment meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(TURNS):
        for name, work in rows.items():
            taken[name].append(cpu_seconds(work))
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def calls_alone(starts: Sequence[int]) -> int:
    """Calls of Keccak-f for the leaves of a page's tokens if each is hashed by itself, and for the nodes above."""
    leaves = sum((end - start) // BLOCK_BYTES + 2 for start, end in pairwise(starts))
    return leaves + nodes_above(len(starts) - 1)


def nodes_above(count: int) -> int:
    nodes = 0
    while count > 1:
        count = (count + 1) // 2
        nodes += count
    return nodes


def with_lanes(width: int, work: Callable[[], object]) -> None:
    before = lanes()
    use_lanes(width)
    try:
        work()
    finally:
        use_lanes(before)


def python_tree_seconds() -> float:
    """The slow oracle's tree of steps."""
    path = ROOT / "tests" / "core_ext" / "reference.py"
    spec = importlib.util.spec_from_file_location("reference", path)
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    sys.modules["reference"] = reference
    spec.loader.exec_module(reference)
    return cpu_seconds(lambda: reference.StepTree(bytes(core_ext.STEP_BYTES * PYTHON_LEAVES)))


def javascript_tree_seconds(leaves: int) -> float | None:
    """@openzeppelin/merkle-tree over as many leaves; None where npm cannot bring it."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return None
    if not (JAVASCRIPT / "node_modules").is_dir():
        installed = subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=JAVASCRIPT, check=False)
        if installed.returncode:
            return None
    answer = subprocess.run(["node", "tree.mjs", str(leaves)], cwd=JAVASCRIPT, capture_output=True, check=True)
    return float(json.loads(answer.stdout)["seconds"])


def main() -> int:
    corpus = pages()
    tokens = [core_ext.lex(page) for page in corpus]
    rules = [bytes(each.count) for each in tokens]
    traces = [core_ext.trace(*each) for each in zip(corpus, tokens, rules, strict=True)]
    roots = [roots_of(*each) for each in zip(corpus, tokens, traces, strict=True)]
    megabytes, count = sum(map(len, corpus)) / 1e6, sum(each.count for each in tokens)
    calls = sum(each.permutations for each in roots)
    widest = lanes()

    def over(work: Callable[..., object], *columns: list[object]) -> Callable[[], object]:
        return lambda: [work(*each) for each in zip(corpus, *columns, strict=True)]

    prove = over(core_ext.prove, rules)
    rows: dict[str, Callable[[], object]] = {
        "memcpy": over(bytearray),
        "lexbor parses (selectolax)": over(LexborHTMLParser),
        "lex": over(core_ext.lex),
        "trace, every token kept": over(core_ext.trace, tokens, rules),
        "three roots": over(roots_of, tokens, traces),
        "the whole proof: lex, trace, roots": prove,
        "the whole proof, one lane": partial(with_lanes, 1, prove),
        "keccak256 of the pages": over(core_ext.keccak256),
    }
    bare = {width: partial(with_lanes, width, lambda: permute(BARE_CALLS)) for width in sorted({1, widest})}
    taken = medians(rows | {f"{width} lanes": work for width, work in bare.items()})
    copying = taken["memcpy"]
    print(f"{len(corpus)} pages, {megabytes:.1f} MB, {count:,} tokens; CPU time, medians of {TURNS} turns")
    print(f"  {'':<36}{'MB/s':>10}{'ns a token':>12}{'x memcpy':>10}")
    for name in rows:
        seconds = taken[name]
        print(f"  {name:<36}{megabytes / seconds:>10.0f}{seconds / count * 1e9:>12.0f}{seconds / copying:>10.1f}")
    proof, lexing = taken["the whole proof: lex, trace, roots"], taken["lex"]
    print(f"  lexing takes {lexing / taken['lexbor parses (selectolax)']:.2f} times as long as lexbor's parsing")
    print("bare Keccak-f")
    for width in bare:
        print(f"  {f'{width} at once':<36}{taken[f'{width} lanes'] / BARE_CALLS / width * 1e9:>10.0f} ns a call")
    best = taken[f"{widest} lanes"] / BARE_CALLS / widest * calls
    every = sum(
        calls_alone(each.starts) + calls_alone(made.out_starts) + each.count + nodes_above(each.count)
        for each, made in zip(tokens, traces, strict=True)
    )
    print(f"the whole proof, and the three roots, in times of their {widest}-lane calls alone")
    for name, counted in (("every leaf and node of the trees", every), ("those made: repeats are known", calls)):
        alone = best * counted / calls
        roots_take = taken["three roots"] / alone
        print(f"  {name:<36}{counted:>10,} calls{proof / alone:>8.2f}{roots_take:>8.2f}")
    print("other trees, for each call of Keccak-f")
    print(f"  {'core_ext, three roots':<36}{taken['three roots'] / calls * 1e6:>10.2f} us")
    javascript = javascript_tree_seconds(count)
    said = "not to be had here" if javascript is None else f"{javascript / (count - 1) * 1e6:>10.2f} us"
    print(f"  {'@openzeppelin/merkle-tree':<36}{said}")
    print(f"  {'pure Python':<36}{python_tree_seconds() / (3 * PYTHON_LEAVES) * 1e6:>10.2f} us")
    return 0


if __name__ == "__main__":
    sys.exit(main())
