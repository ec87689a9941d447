"""What the three templates share: indentation as template engines leave it, blank lines for logic, icons, utility CSS.

The waste is meant: these pages stand for what real sites send. Everything is a pure function of its arguments.
"""

# ruff: noqa: E501 (text and markup stay on their lines)

from __future__ import annotations

import textwrap

__all__ = ["block", "icon", "stars", "utilities"]

_PATHS = {
    "star": "M12 2.6l2.9 5.9 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.4l6.5-.9z",
    "heart": "M12 20.4S3.6 15.6 3.6 9.5A4.5 4.5 0 0 1 12 7.2a4.5 4.5 0 0 1 8.4 2.3c0 6.1-8.4 10.9-8.4 10.9z",
    "bag": "M5 8h14l1 12H4L5 8zm3.5 0V6.5a3.5 3.5 0 0 1 7 0V8",
    "search": "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm4.8 11.3L20 20",
    "reply": "M10 6L4 11.5 10 17v-3.6c5 0 8 1.6 10 5.1-.5-6-4-9.5-10-9.9z",
    "flag": "M6 21V4m0 1h11l-2.5 4L17 13H6",
    "thumb": "M7 11v9H4v-9zm0 0l4-7.5c1.6 0 2.4 1.1 2 2.8L12.4 9H19a2 2 0 0 1 2 2.4l-1.4 7a2 2 0 0 1-2 1.6H7",
    "board": "M4 5h5v14H4zm6 0h5v9h-5zm6 0h4v11h-4z",
    "chart": "M4 20V10m6 10V4m6 16v-7m4 7H3",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6 9c0-3.6 2.6-6 6-6s6 2.4 6 6m1-9a3 3 0 1 0-1-5.8M21 20c0-3-1.7-5-4-5.7",
    "clock": "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7v5.4l3.4 2",
    "link": "M9.5 14.5l5-5M8 11l-2 2a3.6 3.6 0 0 0 5 5l2-2m3-3l2-2a3.6 3.6 0 0 0-5-5l-2 2",
    "check": "M4.5 12.5l5 5 10-11",
    "gear": "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zm0-5v3m0 10v3M4 12h3m10 0h3M6.3 6.3l2.2 2.2m7 7l2.2 2.2m0-11.4l-2.2 2.2m-7 7l-2.2 2.2",
    "truck": "M3 6h11v10H3zm11 4h4l3 3v3h-7M7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm10 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "leaf": "M5 19C4 9 10 4 20 4c0 10-5 16-15 15zm0 0l8-8",
}


def icon(name: str, size: int = 20) -> str:
    """An inline SVG, written out in full each time as component libraries do."""
    return block(f"""
        <svg class="icon icon--{name}" xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"
             viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6"
             stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d="{_PATHS[name]}"></path>
        </svg>""")


def stars(tenths: int) -> str:
    """Five stars, filled for a rating in tenths."""
    shape = (
        f'<svg width="14" height="14" viewBox="0 0 24 24" aria-hidden="true"><path d="{_PATHS["star"]}"></path></svg>'
    )
    full = [tenths >= 10 * place + 8 for place in range(5)]
    return "\n".join(f'<span class="star{" star--full" if is_full else ""}">{shape}</span>' for is_full in full)


def block(text: str) -> str:
    """A template's text without the indentation that it has in this source."""
    return textwrap.dedent(text).strip("\n")


def indent(text: str, spaces: int) -> str:
    """The text set `spaces` deeper, its first line where it is; blank lines keep their blanks, as engines leave them."""
    return text.replace("\n", "\n" + " " * spaces)


def utilities(prefix: str) -> str:
    """A utility framework's sheet: nearly all of it unused by any page."""
    lines = [
        "/* ==========================================================================",
        "   Utilities",
        "   ======= */",
    ]
    for name, width in (("", 0), ("sm-", 576), ("md-", 768), ("lg-", 1024), ("xl-", 1280)):
        lines.append(f"/* ---- {name.strip('-') or 'base'} ---- */")
        rules: list[str] = []
        for letter, property_name in (("m", "margin"), ("p", "padding")):
            for side_letter, side in (("t", "top"), ("r", "right"), ("b", "bottom"), ("l", "left")):
                for step, size in enumerate(("0", ".25rem", ".5rem", "1rem", "1.5rem", "3rem")):
                    rules.append(
                        f".{prefix}{name}{letter}{side_letter}-{step} {{\n    {property_name}-{side}: {size} !important;\n}}"
                    )
        for value in ("none", "block", "inline-block", "flex", "grid"):
            rules.append(f".{prefix}{name}d-{value} {{\n    display: {value} !important;\n}}")
        body = "\n\n".join(rules)
        lines.append(f"@media (min-width: {width}px) {{\n    {indent(body, 4)}\n}}" if width else body)
    return "\n".join(lines)
