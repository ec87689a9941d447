"""What one state of a page looks like: pictures, lines of text, painted boxes, all as laid out by the browser."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Any

from optimizer.render.in_page import POINT, SETTLE, SHAPE
from optimizer.render.states import State
from optimizer.render.tab import Tab

__all__ = ["Box", "Capture", "Row", "capture", "enter", "photograph"]

TILE_ROWS = 5000
_TEXT_STYLE = (
    "color",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-decoration-line",
    "text-decoration-color",
    "text-shadow",
    "text-transform",
    "letter-spacing",
    "visibility",
)
_PAINT = (
    "background-color",
    "background-image",
    "border-top-width",
    "border-right-width",
    "border-bottom-width",
    "border-left-width",
    "border-top-color",
    "border-right-color",
    "border-bottom-color",
    "border-left-color",
    "border-top-style",
    "border-top-left-radius",
    "box-shadow",
    "outline-width",
    "outline-style",
    "outline-color",
    "object-fit",
)
_STYLES = (*_TEXT_STYLE, *_PAINT)
_REPLACED = frozenset(
    {"img", "svg", "video", "audio", "iframe", "frame", "input", "button", "textarea", "select", "canvas", "object"}
    | {"embed", "hr", "progress", "meter", "math"}
)
# A picture inside the page may be written shorter: what it paints is seen where pixels are compared.
_DATA = re.compile(r'data:([^;,"]*)(?:[^"\\]|\\.)*')
_SPACE = re.compile(r"[\s\u200b]+")

Row = tuple[int, str, int | None, int | None, tuple[tuple[str, str], ...]]
"""A line of text: y, letters without spaces, left and right edge where a letter ends it, runs of (style, letters)."""
Box = tuple[str, int, int, int, int]
"""What is painted there (a replaced element's name and value, or a style), x, y, width, height."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One state of one page."""

    height: int
    mode: str
    text: str
    """All letters that are laid out, in document order."""
    rows: tuple[Row, ...]
    replaced: tuple[Box, ...]
    painted: tuple[Box, ...]
    tiles: tuple[str, ...]
    """PNG pictures in base64, from the top down; none where pixels are not compared."""
    animations: int


def capture(tab: Tab, state: State, max_rows: int) -> Capture:
    """Puts an open page into a state and measures it; pictures reach down to `max_rows`."""
    enter(tab, state)
    if state.hover:
        tab.call(POINT)
    animations = int(tab.call(SETTLE, state.animation_ms))
    snapshot = tab.begin("DOMSnapshot.captureSnapshot", {"computedStyles": list(_STYLES), "includePaintOrder": False})
    shape = tab.call(SHAPE)
    told = tab.answer(snapshot)
    strings, document = told["strings"], told["documents"][0]
    styles = [[strings[index] if index >= 0 else "" for index in each] for each in document["layout"]["styles"]]
    text, rows = _text(strings, document, styles)
    replaced, painted = _boxes(strings, document, styles)
    tiles = _tiles(tab, state.width, min(shape["height"], max_rows)) if state.pixels else ()
    return Capture(shape["height"], shape["mode"], text, rows, replaced, painted, tiles, animations)


def enter(tab: Tab, state: State) -> None:
    """The width, medium and colours of a state, for the page that is there or the next one."""
    metrics = {"width": state.width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    tab.post("Emulation.setDeviceMetricsOverride", metrics)
    features = [
        {"name": "prefers-color-scheme", "value": "dark" if state.dark else "light"},
        {"name": "prefers-reduced-motion", "value": "no-preference" if state.animation_ms else "reduce"},
    ]
    tab.ask("Emulation.setEmulatedMedia", {"media": state.media, "features": features})


def _tiles(tab: Tab, width: int, height: int) -> tuple[str, ...]:
    tiles = []
    for top in range(0, max(height, 200), TILE_ROWS):
        rows = min(TILE_ROWS, max(height, 200) - top)
        clip = {"x": 0, "y": top, "width": width, "height": rows, "scale": 1}
        shot = {"format": "png", "optimizeForSpeed": True, "captureBeyondViewport": True, "clip": clip}
        tiles.append(tab.ask("Page.captureScreenshot", shot)["data"])
    return tuple(tiles)


def photograph(tab: Tab, state: State, rows: int) -> bytes:
    """A JPEG of the top of an open page, for people."""
    enter(tab, state)
    tab.call(SETTLE, state.animation_ms)
    height = max(200, min(rows, tab.call(SHAPE)["height"]))
    clip = {"x": 0, "y": 0, "width": state.width, "height": height, "scale": 1}
    shot = {"format": "jpeg", "quality": 60, "captureBeyondViewport": True, "clip": clip}
    return base64.b64decode(tab.ask("Page.captureScreenshot", shot)["data"])


def _text(strings: list[str], document: Any, styles: list[list[str]]) -> tuple[str, tuple[Row, ...]]:
    """The letters in document order, and the lines that they stand in."""
    layout, boxes = document["layout"], document["textBoxes"]
    letters: list[str] = []
    found: list[tuple[float, float, float, str, bool, bool, str]] = []
    for index, (x, y, width, _), start, length in zip(
        boxes["layoutIndex"], boxes["bounds"], boxes["start"], boxes["length"], strict=True
    ):
        whole = strings[layout["text"][index]] if layout["text"][index] >= 0 else ""
        piece = _units(whole, start, length)
        dense = _SPACE.sub("", piece)
        if not dense:
            continue
        letters.append(dense)
        style = "|".join(styles[index][: len(_TEXT_STYLE)])
        found.append((y, x, x + width, dense, piece[0].isspace(), piece[-1].isspace(), style))
    found.sort(key=lambda box: (box[0], box[1]))
    lines: list[list[tuple[float, float, float, str, bool, bool, str]]] = []
    for box in found:
        if not lines or box[0] - lines[-1][0][0] > 1.5:
            lines.append([])
        lines[-1].append(box)
    return "".join(letters), tuple(_row(sorted(line, key=lambda box: box[1])) for line in lines)


def _row(line: list[tuple[float, float, float, str, bool, bool, str]]) -> Row:
    runs: list[tuple[str, str]] = []
    for box in line:
        if runs and runs[-1][0] == box[6]:
            runs[-1] = (box[6], runs[-1][1] + box[3])
        else:
            runs.append((box[6], box[3]))
    first, last = line[0], line[-1]
    # An edge that is a space is as wide as the neighbour leaves it: not compared.
    left, right = None if first[4] else round(first[1]), None if last[5] else round(last[2])
    return round(min(box[0] for box in line)), "".join(box[3] for box in line), left, right, tuple(runs)


def _units(text: str, start: int, length: int) -> str:
    """A slice by UTF-16 units, as the browser counts."""
    if text.isascii() or max(text) < "\U00010000":
        return text[start : start + length]
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * (start + length)].decode(
        "utf-16-le", "surrogatepass"
    )


def _boxes(strings: list[str], document: Any, styles: list[list[str]]) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The boxes of replaced elements, and of elements that paint a background, border, shadow or outline."""
    layout, nodes = document["layout"], document["nodes"]
    values = _values(strings, nodes)
    replaced: list[Box] = []
    painted: list[Box] = []
    for index, (node, bounds) in enumerate(zip(layout["nodeIndex"], layout["bounds"], strict=True)):
        if layout["text"][index] >= 0 and nodes["nodeType"][node] == 3:
            continue
        x, y, width, height = (round(each) for each in bounds)
        if not width or not height:
            continue
        name = strings[nodes["nodeName"][node]].lower()
        style = dict(zip(_STYLES, styles[index], strict=False))
        if name in _REPLACED:
            replaced.append((name + values.get(node, ""), x, y, width, height))
        if style.get("visibility") == "visible" and (paint := _paint(style)):
            painted.append((paint, x, y, width, height))
    return tuple(sorted(replaced)), tuple(sorted(painted))


def _values(strings: list[str], nodes: Any) -> dict[int, str]:
    """What form controls hold, by node."""
    values: dict[int, str] = {}
    for kind in ("inputValue", "textValue"):
        told = nodes.get(kind, {})
        for node, value in zip(told.get("index", ()), told.get("value", ()), strict=True):
            values[node] = f"={strings[value]}" if value >= 0 else ""
    for kind in ("inputChecked", "optionSelected"):
        for node in nodes.get(kind, {}).get("index", ()):
            values[node] = values.get(node, "") + "!"
    return values


def _paint(style: dict[str, str]) -> str:
    """What an element paints of its own, as one string; empty where nothing."""
    parts = []
    if not style.get("background-color", "").endswith(", 0)"):
        parts.append(style.get("background-color", ""))
    if style.get("background-image", "none") != "none":
        parts.append(_DATA.sub(r"data:\1", style["background-image"])[:2000])
    for side in ("top", "right", "bottom", "left"):
        if style.get(f"border-{side}-width", "0px") != "0px" and not style[f"border-{side}-color"].endswith(", 0)"):
            parts.append(f"{side} {style[f'border-{side}-width']} {style[f'border-{side}-color']}")
    if style.get("box-shadow", "none") != "none":
        parts.append(style["box-shadow"])
    if style.get("outline-style", "none") != "none" and style.get("outline-width", "0px") != "0px":
        parts.append(f"outline {style['outline-width']} {style['outline-style']} {style['outline-color']}")
    return "|".join(parts) + ("|" + style["border-top-left-radius"] if parts else "")
