"""The mutants of a source: each one small change that a test should notice, found on the compiler's own syntax tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Mutant", "mutants_of"]

_SWAPS = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
    "+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("*",), "&": ("|",), "|": ("&",), "^": ("&",),
    "<<": (">>",), ">>": ("<<",), "&&": ("||",), "||": ("&&",),
}  # fmt: skip
_SIDE_EFFECTS = ("Assignment", "FunctionCall", "UnaryOperation")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the bytes [start, end) of a file become `text`."""

    file: str
    line: int
    kind: str
    start: int
    end: int
    text: str
    was: str
    before: str
    after: str

    @property
    def name(self) -> str:
        """Stays the same while the line's own text does: survivors are listed by it."""
        change = f"[{_short(self.was)} -> {_short(self.text)}]"
        return f"{self.file.removeprefix('contracts/')}: {(self.before + change + self.after).strip()}"

    def apply(self, source: bytes) -> str:
        return (source[: self.start] + self.text.encode() + source[self.end :]).decode()


def mutants_of(file: str, source: bytes, tree: dict[str, Any]) -> list[Mutant]:
    """All mutants of one file, in the order of the source."""
    found = [
        _mutant(file, source, kind, start, end, text)
        for node in _nodes(tree)
        for kind, start, end, text in _changes(node, source)
    ]
    return sorted(set(found), key=lambda each: (each.start, each.end, each.text))


def _mutant(file: str, source: bytes, kind: str, start: int, end: int, text: str) -> Mutant:
    before = source[:start].decode().rpartition("\n")[2]
    after = source[end:].decode().partition("\n")[0]
    line = source.count(b"\n", 0, start) + 1
    return Mutant(file, line, kind, start, end, text, source[start:end].decode(), before, after)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else f"{text[:60]}...{text[-7:]}"


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for each in node:
            yield from _nodes(each)
    elif isinstance(node, dict):
        if "nodeType" in node:
            yield node
        for value in node.values():
            yield from _nodes(value)


def _span(node: dict[str, Any]) -> tuple[int, int]:
    start, length, _ = node["src"].split(":")
    return int(start), int(start) + int(length)


def _changes(node: dict[str, Any], source: bytes) -> Iterator[tuple[str, int, int, str]]:
    start, end = _span(node)
    text = source[start:end].decode()
    match node["nodeType"]:
        case "BinaryOperation":
            left, right = _span(node["leftExpression"])[1], _span(node["rightExpression"])[0]
            between = source[left:right].decode()
            for swap in _SWAPS.get(node["operator"], ()):
                changed = between.replace(node["operator"], swap, 1)
                # The whole expression, so that the report can be read.
                yield "operator", start, end, source[start:left].decode() + changed + source[right:end].decode()
        case "UnaryOperation" if node["operator"] == "!":
            yield "negation", start, end, source[start + 1 : end].decode()
        case "Literal" if node["kind"] == "number" and text.isdigit():
            yield "number", start, end, str(int(text) + 1)
        case "Literal" if node["kind"] == "bool":
            yield "boolean", start, end, "false" if text == "true" else "true"
        case "Conditional":
            spans = [_span(node[part]) for part in ("condition", "trueExpression", "falseExpression")]
            condition, yes, no = (source[a:b].decode() for a, b in spans)
            yield "branches", start, end, f"({condition} ? {no} : {yes})"
        case "IfStatement":
            a, b = _span(node["condition"])
            yield "condition", a, b, "true"
            yield "condition", a, b, "false"
        case "ExpressionStatement" if node["expression"]["nodeType"] in _SIDE_EFFECTS:
            yield "statement", start, end + 1, "{}"  # the compiler leaves the semicolon out
        case "EmitStatement":
            yield "event", start, end + 1, "{}"
        case "ModifierInvocation" if node.get("kind") == "modifierInvocation":
            yield "modifier", start, end, ""
        case _:
            return
