"""Whether optimized pages look the same: `python bench/render.py [PAGES] [--only a,b] [--level max] [--settle]`.

PAGES is a folder of HTML files; without it ../shared/pages/public, else the examples. Every page is rendered as it is
and optimized, scripts off in eight states and on at two widths. Without --settle the passes are judged as they are:
what they got wrong is listed. With it, what shows is left out first, as `lightdom optimize` does, and the price told.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import optimizer  # noqa: E402 (the project need not be installed)
from optimizer.checked import optimize_checked  # noqa: E402
from optimizer.render import Browser, Comparison, Rendered, browser_absent  # noqa: E402

CORPUS = ROOT.parent / "shared" / "pages" / "public"


def main() -> int:
    """Prints a line a page and a table; 1 if any page that was judged is not the same."""
    asked = arguments()
    if absent := browser_absent():
        print(absent, file=sys.stderr)
        return 2
    folder = asked.pages or (CORPUS if CORPUS.is_dir() else ROOT / "examples" / "pages")
    paths = [path for path in sorted(folder.glob("*.html")) if not asked.only or path.stem in asked.only.split(",")]
    counted: Counter[tuple[str, str]] = Counter()
    began = time.monotonic()
    with Browser() as browser:
        for path in paths:
            known = Rendered(path.read_bytes())
            for level in asked.level.split(","):
                for name, count in judge(browser, known, level, path.stem, is_settled=asked.settle).items():
                    counted[level, name] += count
    print(f"\n{len(paths)} pages, {browser.renders} states rendered in {time.monotonic() - began:.0f} s")
    print("level  scripts  judged  same  raw left %")
    wrong = 0
    for level in asked.level.split(","):
        left = 100 * counted[level, "after"] / max(1, counted[level, "before"])
        for scripts in ("off", "on"):
            judged, same = counted[level, f"judged {scripts}"], counted[level, f"same {scripts}"]
            wrong += judged - same
            print(f"{level:<6} {scripts:<8} {judged:>6} {same:>5}  {left:.1f}")
    return 1 if wrong else 0


def judge(browser: Browser, known: Rendered, level: str, name: str, *, is_settled: bool) -> Counter[str]:
    """What to count of one page at one level; its line is printed."""
    counted: Counter[str] = Counter()
    told = []
    if is_settled:
        checked = optimize_checked(known.page, browser, level=level)
        lighter = checked.result.optimized
        if checked.taken_out:
            told.append(f"{len(checked.taken_out)} left out in {checked.trials} trials: {checked.taken_out[:4]}")
    else:
        lighter = optimizer.optimize(known.page, level=level).optimized
    for scripts, word in ((False, "off"), (True, "on")):
        comparison = browser.compare(known, lighter, scripts=scripts)
        counted[f"judged {word}"] += (
            comparison.judged or not comparison.same
        )  # a difference counts, whatever is unstable
        counted[f"same {word}"] += comparison.judged and comparison.same
        told += lines(comparison, word)
    counted["before"] += len(known.page)
    counted["after"] += len(lighter)
    left = 100 * len(lighter) / max(1, len(known.page))
    print(f"{name:<32} {level:<5} {left:5.1f} %  {'same' if not told else ''}", *told, sep="\n    ", flush=True)
    return counted


def lines(comparison: Comparison, scripts: str) -> list[str]:
    """What differs, one line a state."""
    first = {each.state: each for each in reversed(comparison.differences)}
    unstable = {each.state: each for each in reversed(comparison.unstable)}
    return [f"DIFFERS ({scripts}) {each.state} {each.kind}: {each.detail}" for each in first.values()] + [
        f"unjudged ({scripts}) {each.state} {each.kind}: {each.detail[:120]}" for each in unstable.values()
    ]


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="?", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--level", default="safe,max")
    parser.add_argument("--settle", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
