"""What a pass may change, and how changes become rules on tokens.

An edit puts bytes in place of a stretch of the page, never more bytes than it takes. Two edits never touch the same
byte: the first comes to stay. So the sum of all edits is one page, whatever their order, and each of them can be left
out without the others changing (`group` is the handle for that).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from optimizer.document import Document
from optimizer.native.skeleton import GONE

__all__ = ["Edit", "Ledger"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes of the page, and what stands there instead."""

    start: int
    stop: int
    replacement: bytes
    rule: int
    """The rule of docs/PROTOCOL.md that the tokens are marked with."""
    group: str
    """Which edits belong together: the pass's name, ":", and what in the page it is about."""
    row: int = -1
    """The row of the parser's tree whose fate it is."""
    fate: int = 0
    """What becomes of that row (optimizer.native.skeleton)."""

    @property
    def saved_bytes(self) -> int:
        return self.stop - self.start - len(self.replacement)


class Ledger:
    """The edits of a page, as they come."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._claimed = bytearray(len(document.page))
        self.edits: list[Edit] = []
        self._ordered: list[Edit] = []

    def is_free(self, start: int, stop: int) -> bool:
        """Whether no edit has touched these bytes."""
        return self._claimed.find(1, start, stop) < 0

    def claim(self, start: int, stop: int) -> None:
        """Keeps further edits out."""
        self._claimed[start:stop] = b"\1" * (stop - start)

    def add(self, edits: Iterable[Edit]) -> list[Edit]:
        """Takes what touches no byte of the edits before and does not grow the page; gives the edits taken.

        Neighbours of one group are taken together or not at all.
        """
        taken: list[Edit] = []
        claimed = self._claimed
        for _, members in groupby(edits, key=attrgetter("group")):
            unit = list(members)
            if all(self._fits(edit) for edit in unit):
                for edit in unit:
                    if edit.fate == GONE:
                        self._swallow(edit)
                for edit in unit:
                    claimed[edit.start : edit.stop] = b"\1" * (edit.stop - edit.start)
                taken += unit
        self.edits += taken
        return taken

    def _fits(self, edit: Edit) -> bool:
        start, stop = edit.start, edit.stop
        if start >= stop or stop - start < len(edit.replacement):
            return False
        if edit.fate == GONE:  # what goes as a whole takes with it what was shortened inside
            return all(each.stop <= start or each.start >= stop or _holds(edit, each) for each in self.edits)
        if self._claimed.find(1, start, stop) >= 0:
            return False
        return self._document.page[start:stop] != edit.replacement

    def _swallow(self, edit: Edit) -> None:
        if self._claimed.find(1, edit.start, edit.stop) >= 0:
            self.edits = [each for each in self.edits if not _holds(edit, each)]
            self._ordered = []

    def _in_order(self) -> list[Edit]:
        if len(self._ordered) != len(self.edits):
            self._ordered = sorted(self.edits, key=attrgetter("start"))
        return self._ordered

    def text(self, start: int, stop: int) -> bytes:
        """What stands there by now, where no edit reaches across either end."""
        page = self._document.page
        if self._claimed.find(1, start, stop) < 0:
            return page[start:stop]
        parts: list[bytes] = []
        place = start
        ordered = self._in_order()
        for edit in ordered[bisect_left(ordered, start, key=attrgetter("start")) :]:
            if edit.start >= stop:
                break
            parts += (page[place : edit.start], edit.replacement)
            place = edit.stop
        return b"".join(parts) + page[place:stop]

    def emissions(self) -> dict[int, tuple[int, bytes]]:
        """What becomes of each token that an edit touches: the rule, and the bytes that stay.

        No token's bytes grow: what an edit over several tokens puts there is spread over them.
        """
        document = self._document
        page, starts = document.page, document.starts
        parts: dict[int, list[bytes]] = {}
        ends: dict[int, int] = {}  # up to where a token's bytes are accounted for
        weights: dict[int, Counter[int]] = {}
        index = 0
        for edit in self._in_order():
            if edit.start >= starts[index + 1]:
                index = document.index_at(edit.start)
            rest, place = edit.replacement, edit.start
            while place < edit.stop:
                begin, end = starts[index], min(starts[index + 1], edit.stop)
                told = parts.setdefault(index, [])
                told.append(page[ends.get(index, begin) : place])
                told.append(rest[: end - place])
                rest = rest[end - place :]
                ends[index] = end
                weights.setdefault(index, Counter())[edit.rule] += end - place
                place = end
                if place < edit.stop:
                    index += 1
        done: dict[int, tuple[int, bytes]] = {}
        for token, told in parts.items():
            told.append(page[ends[token] : starts[token + 1]])
            left = b"".join(told)
            if left != page[starts[token] : starts[token + 1]]:
                done[token] = (max(weights[token].items(), key=lambda item: (item[1], -item[0]))[0], left)
        return done

    def saved(self) -> Counter[str]:
        """Bytes saved, by pass."""
        saved: Counter[str] = Counter()
        for edit in self.edits:
            saved[edit.group.partition(":")[0]] += edit.saved_bytes
        return saved


def _holds(outer: Edit, inner: Edit) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop
