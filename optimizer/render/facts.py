"""Where each element of a page is and how it is shown: what only a layout engine knows.

Elements come in document order, without the inside of templates: the order in which any parser that follows the
standard meets them with scripts off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.render.states import State
from optimizer.render.tab import Tab

__all__ = ["FACT_STATES", "FACT_STYLES", "Element", "Facts", "Shown", "facts_of"]

FACT_STATES = (
    State("1280", 1280),
    State("390", 390),
    State("768", 768),
    State("1920", 1920),
    State("print", 794, media="print"),
    State("dark", 1280, dark=True),
)
FACT_STYLES = (
    "display",
    "position",
    "float",
    "visibility",
    "white-space-collapse",
    "overflow-x",
    "overflow-y",
    "opacity",
    "transform",
    "filter",
    "clip-path",
    "z-index",
    "mix-blend-mode",
    "contain",
    "will-change",
    "isolation",
    "columns",
    "background-color",
    "background-image",
    "border-top-width",
    "border-right-width",
    "border-bottom-width",
    "border-left-width",
    "box-shadow",
    "outline-style",
    "margin-top",
    "margin-right",
    "margin-bottom",
    "margin-left",
    "padding-top",
    "padding-right",
    "padding-bottom",
    "padding-left",
    "list-style-type",
    "text-align",
    "vertical-align",
    "animation-name",
)
_ELEMENT = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """An element in one state."""

    box: tuple[float, float, float, float]
    """x, y, width, height in CSS px of the document."""
    style: Mapping[str, str]
    """Computed values by name: FACT_STYLES."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the tree."""

    tag: str
    parent: int
    """Place of the parent among the elements; -1 for the root."""
    shown: Mapping[str, Shown]
    """By state; a state in which the element has no box (display: none, or inside one) is not there."""

    @property
    def is_hidden(self) -> bool:
        """No box in any state."""
        return not self.shown


@dataclass(frozen=True, slots=True)
class Facts:
    """All elements of a page, in document order."""

    elements: tuple[Element, ...]
    states: tuple[str, ...]


def facts_of(tab: Tab) -> Facts:
    """The facts of an open page, one state after the other."""
    shown: list[dict[str, Shown]] = []
    tags: list[str] = []
    parents: list[int] = []
    for state in FACT_STATES:
        metrics = {"width": state.width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        tab.post("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if state.dark else "light"}
        tab.ask("Emulation.setEmulatedMedia", {"media": state.media, "features": [scheme]})
        told = tab.ask("DOMSnapshot.captureSnapshot", {"computedStyles": list(FACT_STYLES)})
        strings, document = told["strings"], told["documents"][0]
        places, tags, parents = _elements(strings, document["nodes"])
        shown = shown or [{} for _ in tags]
        layout = document["layout"]
        for node, bounds, styles in zip(layout["nodeIndex"], layout["bounds"], layout["styles"], strict=True):
            place = places.get(node)
            # An element has one box here, its pseudo elements have nodes of their own.
            if place is None or state.name in shown[place]:
                continue
            values = {name: strings[index] for name, index in zip(FACT_STYLES, styles, strict=False) if index >= 0}
            x, y, width, height = bounds
            shown[place][state.name] = Shown((x, y, width, height), values)
    return Facts(
        tuple(Element(tag, parent, states) for tag, parent, states in zip(tags, parents, shown, strict=True)),
        tuple(state.name for state in FACT_STATES),
    )


def _elements(strings: list[str], nodes: Any) -> tuple[dict[int, int], list[str], list[int]]:
    """Place of each element by its node, tags, and parents' places; no pseudo element, nothing inside templates."""
    pseudo = set(nodes.get("pseudoType", {}).get("index", ()))
    places: dict[int, int] = {}
    tags: list[str] = []
    parents: list[int] = []
    foreign: set[int] = set()
    for node, (kind, parent, name) in enumerate(
        zip(nodes["nodeType"], nodes["parentIndex"], nodes["nodeName"], strict=True)
    ):
        if parent in foreign or node in pseudo or (kind == 11 and parent >= 0):
            foreign.add(node)  # of a pseudo element, a template's content or a shadow tree
            continue
        if kind == _ELEMENT:
            places[node] = len(tags)
            tags.append(strings[name].lower())
            parents.append(places.get(parent, -1))
    return places, tags, parents
