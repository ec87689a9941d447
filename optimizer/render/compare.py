"""Whether two captures of one state show the same, and if not, what differs first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from optimizer.render.capture import Box, Capture, Row

__all__ = ["Comparison", "Counted", "Difference", "Pixels", "differences"]

PIXEL_SHARE = 0.001
"""Where every line and box is in place: joining two runs of text moves some of the smoothing of their edges."""
STRONG_PIXELS = 16
"""More than these and it is another letter, not a letter's smoothing."""
EDGE_PX = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """How two pictures differ."""

    differing: int
    strong: int
    """Those of them that differ by more than half the range in some colour."""
    size: int
    box: tuple[int, int, int, int]
    """What holds them all: x, y, width, height."""


Pixels = Callable[[str, str], Counted]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same."""

    state: str
    kind: str
    """height, mode, text, lines, replaced, painted, pixels, or failed."""
    detail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of comparing a page with its lighter version in all states."""

    judged: bool
    """False where some state of the page differs from itself, or could not be rendered."""
    same: bool
    """In every state that was judged; of no meaning where none was."""
    differences: tuple[Difference, ...] = ()
    unstable: tuple[Difference, ...] = ()
    """How the page differs from itself."""
    states: tuple[str, ...] = ()
    """Those that were compared."""
    renders: int = 0
    """States that were rendered for it, of both pages."""


def differences(state: str, page: Capture, lighter: Capture, pixels: Pixels) -> tuple[Difference, ...]:
    """Empty where the two show the same."""
    found: list[Difference] = []
    if page.mode != lighter.mode:
        found.append(Difference(state, "mode", f"{page.mode}, then {lighter.mode}"))
    if page.height != lighter.height:
        found.append(Difference(state, "height", f"{page.height} px, then {lighter.height} px"))
    if page.text != lighter.text:
        found.append(Difference(state, "text", _first_apart(page.text, lighter.text)))
    if detail := _rows_apart(page.rows, lighter.rows):
        found.append(Difference(state, "lines", detail))
    if detail := _boxes_apart(page.replaced, lighter.replaced):
        found.append(Difference(state, "replaced", detail))
    if detail := _boxes_apart(page.painted, lighter.painted):
        found.append(Difference(state, "painted", detail))
    # Pictures last: counting pixels costs most, and says nothing new where the layout differs.
    if not found and page.tiles != lighter.tiles:
        differing = strong = size = 0
        boxes = []
        for top, (one, other) in enumerate(zip(page.tiles, lighter.tiles, strict=True)):
            if one != other:
                counted = pixels(one, other)
                differing, strong = differing + counted.differing, strong + counted.strong
                size += counted.size
                x, y, width, height = counted.box
                boxes.append(f"{width}x{height} at {x},{y} of tile {top}")
            else:
                size += 1  # its true size does not matter: the share only becomes larger
        if differing > PIXEL_SHARE * size or strong > STRONG_PIXELS:
            found.append(Difference(state, "pixels", f"{differing} pixels in {'; '.join(boxes)}"))
    return tuple(found)


def _first_apart(one: str, other: str) -> str:
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"letter {place}: {one[place : place + 40]!r}, then {other[place : place + 40]!r}"


def _rows_apart(page: Sequence[Row], lighter: Sequence[Row]) -> str:
    for one, other in zip(page, lighter, strict=False):
        if one[1] != other[1] or any(_apart(one[place], other[place]) for place in (0, 2, 3)):
            return f"{_place(one)}, then {_place(other)}"
        if one[4] != other[4]:
            apart = next((a, b) for a, b in zip(one[4], other[4], strict=False) if a != b)
            return f"{one[1][:40]!r} at {one[0]}: {apart[0]}, then {apart[1]}"
    if len(page) != len(lighter):
        return f"{len(page)} lines, then {len(lighter)}"
    return ""


def _place(row: Row) -> str:
    return f"{row[1][:40]!r} at {row[0]},{row[2]}-{row[3]}"


def _apart(one: object, other: object) -> bool:
    return isinstance(one, int) and isinstance(other, int) and abs(one - other) > EDGE_PX


def _boxes_apart(page: Sequence[Box], lighter: Sequence[Box]) -> str:
    """The first box without a partner at most a pixel away."""
    if page == lighter:
        return ""
    gone, new = Counter(page), Counter(lighter)
    common = gone & new
    left = list((new - common).elements())
    for box in (gone - common).elements():
        partner = next((each for each in left if each[0] == box[0] and _is_near(each, box)), None)
        if partner is None:
            return f"{box[0][:120]} at {box[1]},{box[2]} {box[3]}x{box[4]} is gone"
        left.remove(partner)
    if left:
        return f"{left[0][0][:120]} at {left[0][1]},{left[0][2]} {left[0][3]}x{left[0][4]} is new"
    return ""


def _is_near(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= EDGE_PX for a, b in zip(one[1:], other[1:], strict=True))
