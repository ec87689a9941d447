"""The short table after an optimization: in colour on a terminal, in plain lines elsewhere."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["print_summary"]

_BAR_WIDTH = 24
_REASONS = {
    "scripts_may_read": "a script may read them",
    "in_template": "inside a template",
    "means_something": "meant for a server, cache or licence",
    "between_texts": "they keep two texts apart",
    "cannot_tell": "styles or noscript elements are beyond what is understood",
    "white_space_shows": "white space may show there",
    "form_feed": "they hold a form feed",
    "in_svg_or_math": "text in SVG or MathML",
    "wide_inside": "their words stand wide apart, and styles or scripts are not read",
    "misnested": "the page's tags are misnested around a place where white space shows",
    "cut_in_a_run": "too long for one token, cut inside white space",
}


def print_summary(told: dict[str, Any]) -> None:
    """Writes a report's figures to standard error."""
    if sys.stderr.isatty():
        # Only here: importing it costs as much time as optimizing a page.
        from rich.console import Console
        from rich.text import Text

        console = Console(stderr=True, highlight=False)
        for line, style in _lines(told):
            console.print(Text(line, style=style), soft_wrap=True)
        return
    for line, _ in _lines(told):
        print(line, file=sys.stderr)


def _lines(told: dict[str, Any]) -> list[tuple[str, str]]:
    raw, gzip, percent = told["sizes"]["raw"], told["sizes"]["gzip"], told["saved"]["percent"]
    filled = round(_BAR_WIDTH * raw["after"] / raw["before"]) if raw["before"] else 0
    lines = [
        (told["input"]["name"], "bold"),
        (f"  {'█' * filled}{'░' * (_BAR_WIDTH - filled)}  {percent:.1f} % lighter ({told['level']})", "green"),
        (f"  raw   {_change(raw)}", ""),
        (f"  gzip  {_change(gzip)}", ""),
    ]
    if render := told.get("render"):
        lines.append(_render(render))
    for each in told["passes"]:
        saved = f"{each['savedBytes']:>9,} bytes  {each['tokens']:>6,} tokens"
        lines.append((f"  {each['name']:<21} {each['standing']}  {saved}", ""))
        lines += [
            (f"    kept {kept['tokens']:,}: {_REASONS.get(kept['reason'], kept['reason'])}", "dim")
            for kept in each["kept"]
        ]
    lines += [(f"  note: {note['text']}", "yellow") for note in told["notes"]]
    return lines


def _render(render: dict[str, Any]) -> tuple[str, str]:
    """What the render check found, in one line."""
    if render["status"] in ("off", "unavailable"):
        return f"  render check: {render['status']} ({render['reason']})", "yellow"
    out = f"; {len(render['takenOut'])} changes left out that showed" if render["takenOut"] else ""
    if render["status"] == "unjudged":
        return f"  renders the same in {len(render['states'])} states; {render['reason']}{out}", "yellow"
    return f"  renders the same in all {len(render['states'])} states{out}", "green"


def _change(size: dict[str, int]) -> str:
    return f"{size['before']:>10,} -> {size['after']:>10,} bytes"
