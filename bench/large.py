"""How time and memory grow with a page: `python bench/large.py`. No browser; each size in a process of its own.

A tree of 17 000 elements 20 levels deep, a page of 10 MB, a page with 2 MB of style rules, and half of each.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "optimizer"))
sys.path.insert(0, str(ROOT))

SIZES = {"tree": 17_000, "text": 10_000_000, "styles": 2_000_000}


def main() -> None:
    """Prints a line a size."""
    if len(sys.argv) > 1:
        measure(sys.argv[1], int(sys.argv[2]), sys.argv[3])
        return
    print("shape       size  level  page MB  left %   CPU s  ms/MB  peak MB above start")
    for shape, size in SIZES.items():
        for level in ("safe", "max"):
            for part in (size // 2, size):
                subprocess.run([sys.executable, __file__, shape, str(part), level], check=True)


def measure(shape: str, size: int, level: str) -> None:
    """One line; memory is the process's peak less what it held before."""
    import large

    import optimizer

    page = large.a_large_page(shape, size)
    optimizer.optimize(b"<!doctype html><style>a{color:red}</style><a>warm</a><script>let a = 1;</script>", level=level)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    result = optimizer.optimize(page, level=level)
    took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    left = 100 * len(result.optimized) / len(page)
    print(
        f"{shape:<6} {size:>10,}  {level:<5} {len(page) / 1e6:>7.2f} {left:>7.1f} {took:>7.2f}"
        f" {1e9 * took / len(page):>6.0f} {peak / 1024:>8.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
