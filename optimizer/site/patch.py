"""A unified diff of two files, as `patch` applies it, in time that grows with their size."""

from __future__ import annotations

from difflib import SequenceMatcher

__all__ = ["unified"]

CONTEXT_LINES = 3
_MAX_MATCHED_LINES = 3000
_MAX_MATCHED_BYTES = 400_000


def unified(path: str, before: bytes, after: bytes) -> bytes:
    """The change from one to the other; empty where there is none. Lines are kept byte for byte."""
    if before == after:
        return b""
    old, new = _lines(before), _lines(after)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    blocks = _blocks(old[head : len(old) - tail], new[head : len(new) - tail])
    told = b"".join(
        _hunk(old, new, (head + start, head + stop, head + to_start, head + to_stop))
        for start, stop, to_start, to_stop in blocks
    )
    return f"--- a/{path}\n+++ b/{path}\n".encode() + told


def _lines(text: bytes) -> list[bytes]:
    """Split at line feeds only: `patch` knows no other end of a line."""
    lines = [line + b"\n" for line in text.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _blocks(old: list[bytes], new: list[bytes]) -> list[tuple[int, int, int, int]]:
    """Stretches that differ, far enough from each other for their context; one where matching would take too long."""
    size = sum(map(len, old)) + sum(map(len, new))
    if len(old) + len(new) > _MAX_MATCHED_LINES or size > _MAX_MATCHED_BYTES:
        return [(0, len(old), 0, len(new))]
    merged: list[tuple[int, int, int, int]] = []
    for tag, start, stop, to_start, to_stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if merged and start - merged[-1][1] <= 2 * CONTEXT_LINES:
            merged[-1] = (merged[-1][0], stop, merged[-1][2], to_stop)
        else:
            merged.append((start, stop, to_start, to_stop))
    return merged


def _hunk(old: list[bytes], new: list[bytes], block: tuple[int, int, int, int]) -> bytes:
    start, stop, to_start, to_stop = block
    before = min(CONTEXT_LINES, start, to_start)
    after = min(CONTEXT_LINES, len(old) - stop)
    lines = [_line(b" ", line) for line in old[start - before : start]]
    # Inside, a merged block may hold lines that stay; taken out and put back they are as right, and simpler.
    lines += [_line(b"-", line) for line in old[start:stop]]
    lines += [_line(b"+", line) for line in new[to_start:to_stop]]
    lines += [_line(b" ", line) for line in old[stop : stop + after]]
    counts = (stop - start + before + after, to_stop - to_start + before + after)
    begins = (start - before + bool(counts[0]), to_start - before + bool(counts[1]))
    return f"@@ -{begins[0]},{counts[0]} +{begins[1]},{counts[1]} @@\n".encode() + b"".join(lines)


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n\\ No newline at end of file\n"
