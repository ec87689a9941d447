"""`make slither`: what slither finds in our contracts, against what was looked at and is as it should be.

Fails on every finding of high or medium impact that the baseline does not name, and on every entry of the baseline that
slither no longer finds: the list stays as long as the truth.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.analysis.copy import put_copy, tool

BASELINE = Path(__file__).parent / "slither-baseline.json"
IMPACTS = ("High", "Medium")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A detector and the function it speaks of: neither moves when a line is added above."""

    check: str
    where: str
    impact: str


def _function_of(element: dict[str, Any] | None) -> str | None:
    """`Contract.function` of a function, or of what stands in one."""
    while element is not None and element["type"] != "contract":
        parent = element.get("type_specific_fields", {}).get("parent")
        if element["type"] == "function" and parent is not None:
            return f"{parent['name']}.{element['name']}"
        element = parent
    return None


def findings_of(report: dict[str, Any]) -> set[Finding]:
    """Findings of high and medium impact in our own sources."""
    found = set()
    for each in report["results"].get("detectors", []):
        sources = {element["source_mapping"]["filename_relative"] for element in each["elements"]}
        if each["impact"] not in IMPACTS or not any(source.startswith("contracts/") for source in sources):
            continue
        functions = (_function_of(element) for element in each["elements"])
        where = next((name for name in functions if name), each["elements"][0]["name"])
        found.add(Finding(each["check"], where, each["impact"]))
    return found


def main() -> int:
    folder = put_copy("slither", tests=False)
    told = folder / "slither.json"
    told.unlink(missing_ok=True)
    words = [str(tool("slither")), ".", "--json", str(told), "--filter-paths", "node_modules", "--exclude-low"]
    environment = {**os.environ, "FOUNDRY_CACHE_PATH": "cache", "FOUNDRY_TEST": "none"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if not told.exists():
        print(done.stderr[-4000:], file=sys.stderr)
        return 2
    found = findings_of(json.loads(told.read_text()))
    known = {Finding(entry["check"], entry["where"], entry["impact"]) for entry in json.loads(BASELINE.read_text())}
    for finding in sorted(found - known):
        print(f"new    {finding.impact:<6}  {finding.check}  {finding.where}")
    for finding in sorted(known - found):
        print(f"gone   {finding.impact:<6}  {finding.check}  {finding.where}: take it out of {BASELINE.name}")
    print(f"{len(found)} findings of high or medium impact, {len(found & known)} of them reviewed")
    return 1 if found != known else 0


if __name__ == "__main__":
    sys.exit(main())
