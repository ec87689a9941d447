"""`make coverage`: lines and branches of our contracts that no forge test reaches, against the list of explained ones.

The list is in docs/contracts.md, "Coverage"; a gap that is not there fails, and so does an entry that is none any more.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from scripts.analysis.copy import ROOT

COURT = ROOT / "build" / "analysis" / "court"
REPORT = ROOT / "build" / "coverage.lcov"
DOCUMENT = ROOT / "docs" / "contracts.md"


def gaps_of(lcov: str) -> dict[str, tuple[set[int], set[int]]]:
    """Lines, and lines with a branch, of each contract that were never taken."""
    gaps: dict[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    source = ""
    for line in lcov.splitlines():
        kind, _, rest = line.partition(":")
        if kind == "SF":
            source = rest
        elif source.startswith("contracts/test/"):
            continue
        elif kind == "DA" and rest.split(",")[1] == "0":
            gaps[source][0].add(int(rest.split(",")[0]))
        elif kind == "BRDA" and rest.split(",")[3] in ("0", "-"):
            gaps[source][1].add(int(rest.split(",")[0]))
    return dict(gaps)


def functions_of(source: Path) -> list[tuple[int, str]]:
    """Where each function of a source begins."""
    lines = source.read_text().splitlines()
    names = re.compile(r"^\s*function (\w+)|^\s*(constructor)")
    return [(number, found[1] or found[2]) for number, line in enumerate(lines, 1) if (found := names.match(line))]


def named(gaps: dict[str, tuple[set[int], set[int]]]) -> set[str]:
    """`Contract.function` of every gap: a name stays while lines move."""
    told = set()
    for source, (lines, branches) in gaps.items():
        functions = functions_of(ROOT / source)
        for line in lines | branches:
            inside = [name for number, name in functions if number <= line]
            told.add(f"{Path(source).stem}.{inside[-1] if inside else 'top'}")
    return told


def explained() -> set[str]:
    """What docs/contracts.md explains: the first cell of each row under "Coverage"."""
    section = DOCUMENT.read_text().partition("\n## Coverage\n")[2].partition("\n## ")[0]
    return {name for row in re.findall(r"^\| ([^|]+) \|", section, re.M) for name in re.findall(r"`([\w.]+)`", row)}


def main() -> int:
    REPORT.parent.mkdir(exist_ok=True)
    words = ["forge", "coverage", "--report", "lcov", "--report", "summary", "--report-file", str(REPORT)]
    words += ["--no-match-path", "contracts/test/{invariant,gas,logs}/*"]
    # Proofs about steps and nesting are built by the services: forge tries them from files.
    subprocess.run([sys.executable, "-m", "scripts.analysis.replay", str(COURT)], cwd=ROOT, check=True)
    if subprocess.run(words, cwd=ROOT, check=False).returncode:
        return 2
    gaps = gaps_of(REPORT.read_text())
    found, known = named(gaps), explained()
    for source, (lines, branches) in sorted(gaps.items()):
        print(f"{source}: lines {sorted(lines)}, branches at {sorted(branches)}")
    for name in sorted(found - known):
        print(f"not explained: {name}")
    for name in sorted(known - found):
        print(f"explained, and no gap: {name}")
    print(f"{len(found)} functions with a gap, {len(found & known)} of them explained in {DOCUMENT.name}")
    return 1 if found != known else 0


if __name__ == "__main__":
    sys.exit(main())
