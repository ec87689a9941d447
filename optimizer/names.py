"""Which names of a page's elements somebody looks for: its styles, its scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["Mentions", "UsedNames"]


class Mentions(Protocol):
    """What scripts may name."""

    def mentions(self, name: bytes) -> bool:
        """Whether scripts may look for, put on or take off a class, id or attribute of this name."""


@dataclass(frozen=True, slots=True)
class UsedNames:
    """What the remaining styles and the scripts name."""

    classes: frozenset[bytes]
    ids: frozenset[bytes]
    attributes: frozenset[bytes]
    """In lower case."""
    scripts: Mentions
    seen: frozenset[str]
    ignores_case: bool
    """Quirks mode: classes and ids of styles match in any case; `classes` and `ids` are then in lower case."""

    def class_is_used(self, name: bytes) -> bool:
        told = name.lower() if self.ignores_case else name
        return told in self.classes or self.is_mentioned(name)

    def id_is_used(self, name: bytes) -> bool:
        told = name.lower() if self.ignores_case else name
        return told in self.ids or self.is_mentioned(name)

    def attribute_is_used(self, name: bytes) -> bool:
        """Whether a style looks at this attribute's value as such: then every value counts."""
        return name in self.attributes

    def is_mentioned(self, name: bytes) -> bool:
        return self.scripts.mentions(name) or name.decode("utf-8", "replace") in self.seen
