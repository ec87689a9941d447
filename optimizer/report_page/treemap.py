"""A squarified tree-map (Bruls, Huizing, van Wijk 2000): areas true to the figures, shapes near to squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Tile", "squarify"]


@dataclass(frozen=True, slots=True)
class Tile:
    """One rectangle."""

    key: str
    x: float
    y: float
    width: float
    height: float


def squarify(figures: Sequence[tuple[str, int]], width: float, height: float) -> list[Tile]:
    """Tiles that fill a rectangle, the largest first; what is 0 has none."""
    items = sorted(((key, figure) for key, figure in figures if figure > 0), key=lambda item: -item[1])
    total = sum(figure for _, figure in items)
    if not total or width <= 0 or height <= 0:
        return []
    scale = width * height / total
    areas = [(key, figure * scale) for key, figure in items]
    tiles: list[Tile] = []
    x = y = 0.0
    while areas:
        side = min(width, height)
        row = 1
        while row < len(areas) and _worst(areas[: row + 1], side) <= _worst(areas[:row], side):
            row += 1
        depth = sum(area for _, area in areas[:row]) / side
        place = 0.0
        for key, area in areas[:row]:
            length = area / depth
            if width >= height:
                tiles.append(Tile(key, x, y + place, depth, length))
            else:
                tiles.append(Tile(key, x + place, y, length, depth))
            place += length
        if width >= height:
            x, width = x + depth, width - depth
        else:
            y, height = y + depth, height - depth
        areas = areas[row:]
    return tiles


def _worst(row: Sequence[tuple[str, float]], side: float) -> float:
    """The most stretched shape of a row."""
    total = sum(area for _, area in row)
    return max(max(side * side * area / (total * total), total * total / (side * side * area)) for _, area in row)
