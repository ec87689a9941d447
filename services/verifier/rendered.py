"""Whether the two pages of a claim render equal, asked of the optimizer's render check in a browser of this machine."""

from __future__ import annotations

from services.harvest.evidence import Evidence
from services.verifier.check import RENDERS_EQUAL, Check

NAME = "renders equal"
MOST_DIFFERENCES = 3
# The render check gives up on a version of a page after 120 s.
RENDER_SECONDS = 240.0


def too_late(seconds_left: float) -> Check:
    """What is told instead of a check that could outlast the claim's window, as on a development chain."""
    words = f"the window leaves {max(seconds_left, 0):.0f} s, rendering may take {RENDER_SECONDS:.0f} s"
    return Check(NAME, RENDERS_EQUAL, None, words)


def check_rendered(evidence: Evidence) -> Check:
    """Unknown where there is no browser, or where the page does not even render equal to itself."""
    if evidence.page == evidence.optimized:
        return Check(NAME, RENDERS_EQUAL, True, "both pages are the same bytes")
    from optimizer.render import Browser, browser_absent

    absent = browser_absent()
    if absent:
        return Check(NAME, RENDERS_EQUAL, None, absent)
    with Browser() as browser:
        comparison = browser.compare(evidence.page, evidence.optimized, url=str(evidence.report.get("url", "")))
    if not comparison.judged:
        return Check(NAME, RENDERS_EQUAL, None, "the page is not stable against itself, so it cannot be judged")
    if not comparison.same:
        shown = comparison.differences[:MOST_DIFFERENCES]
        told = "; ".join(f"{each.state}: {each.kind}: {each.detail}" for each in shown)
        return Check(NAME, RENDERS_EQUAL, False, told)
    return Check(NAME, RENDERS_EQUAL, True, "equal at every width and state that is judged")
