"""What the optimizer saves and costs: `python bench/optimize.py [PAGES]`.

PAGES is a folder of HTML files; without it the examples and, where they are, ../shared/pages/public. CPU is that of one
process, the best of three; the last block starts the command anew, as a user does.
"""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import optimizer  # noqa: E402 (the project need not be installed)
from optimizer.native.page_tree import PageTree  # noqa: E402

COMMAND_BYTES = 500_000


def main() -> None:
    """Prints one table a set of pages, then the command's own cost."""
    folders = [Path(word) for word in sys.argv[1:]] or [
        ROOT / "examples" / "pages",
        ROOT.parent / "shared" / "pages" / "public",
    ]
    for folder in folders:
        pages = {path.name: path.read_bytes() for path in sorted(folder.glob("*.html"))}
        if pages:
            print(f"\n{folder.name}: {len(pages)} pages, {sum(map(len, pages.values())):,} bytes")
            for level in optimizer.Level:
                measure(pages, level)
    command(list(pages.values()) if pages else [])


def measure(pages: dict[str, bytes], level: optimizer.Level) -> None:
    """One line: what is left, what it took."""
    before = after = packed_before = packed_after = again = 0
    seconds = parsing = 0.0
    for page in pages.values():
        result, took = timed(page, level)
        seconds += took
        began = time.process_time()
        PageTree(page)
        parsing += time.process_time() - began
        before, after = before + len(page), after + len(result.optimized)
        packed_before += len(gzip.compress(page, 9, mtime=0))
        packed_after += len(gzip.compress(result.optimized, 9, mtime=0))
        again += optimizer.optimize(result.optimized, level=level).saved_bytes
    print(
        f"  {level.value:<5} raw left {100 * after / before:6.2f} %"
        f"  gzip left {100 * packed_after / packed_before:6.2f} %"
        f"  saved {before - after:>9,} bytes  a second run saves {again}"
        f"  CPU {1e9 * seconds / before:.0f} ms/MB, {seconds / parsing:.0f} times a parse"
    )


def timed(page: bytes, level: optimizer.Level) -> tuple[optimizer.Result, float]:
    """The result, and the CPU seconds of the fastest of three runs."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        result = optimizer.optimize(page, level=level)
        best = min(best, time.process_time() - began)
    return result, best


def command(pages: list[bytes]) -> None:
    """CPU and memory of `lightdom optimize` on the page nearest to 500 kB, start-up included."""
    if not pages:
        return
    page = min(pages, key=lambda each: abs(len(each) - COMMAND_BYTES))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(page)
        words = [sys.executable, "-m", "cli.main", "optimize", str(path), "-q", "-o", str(path.with_suffix(".out"))]
        best = float("inf")
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(words, check=True, cwd=ROOT)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"\ncommand on {len(page):,} bytes, start-up included: {best:.2f} s CPU, {after.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
