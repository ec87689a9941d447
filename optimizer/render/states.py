"""The states in which two pages are compared: widths, media, colour schemes, pointer, time."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SCRIPTED", "STATES", "State"]


@dataclass(frozen=True, slots=True)
class State:
    """One way to look at a page."""

    name: str
    width: int
    pixels: bool = False
    """Compared pixel by pixel, else by lines of text and by painted boxes with their styles."""
    media: str = "screen"
    dark: bool = False
    hover: bool = False
    animation_ms: int = 0
    """Where animations stand still."""


STATES = (
    State("1280", 1280, pixels=True),
    State("390", 390, pixels=True),
    State("768", 768),
    State("1920", 1920),
    State("print", 794, media="print"),
    State("dark", 1280, dark=True),
    State("moving", 1280, animation_ms=10_000),
    State("hover", 1280, hover=True),  # last: what is pointed at stays so
)
"""Scripts off: one load, one state after the other."""

SCRIPTED = (State("1280 scripts", 1280, pixels=True), State("390 scripts", 390, pixels=True))
"""Scripts on: each loaded anew, since scripts remember the width that they started with."""
