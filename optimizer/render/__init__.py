"""The render check: two pages in the system's browser, network blocked, time frozen, compared in many states.

Start at optimizer.render.browser; docs/optimizer.md, "Render check", says what counts as the same.
"""

from __future__ import annotations

from optimizer.render.browser import PAGE_URL, Browser, Rendered
from optimizer.render.compare import Comparison, Difference
from optimizer.render.facts import Element, Facts, Shown
from optimizer.render.locate import browser_absent, find_browser
from optimizer.render.observe import Observed, observe

__all__ = [
    "PAGE_URL",
    "Browser",
    "Comparison",
    "Difference",
    "Element",
    "Facts",
    "Observed",
    "Rendered",
    "Shown",
    "browser_absent",
    "find_browser",
    "observe",
]
