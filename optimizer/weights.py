"""What each pass is worth on the wire: by how much the packed page would grow without it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from optimizer.pipeline import Result, optimize

__all__ = ["brotli_bytes", "gzip_bytes", "packed_by_pass"]

_BROTLI_QUALITY = 5  # what servers use on the fly


def gzip_bytes(page: bytes) -> int:
    """Size as gzip -9 packs it: deflate with gzip's header and trailer."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return len(packer.compress(page)) + len(packer.flush())


def brotli_bytes(page: bytes) -> int | None:
    """Size as brotli packs it; nothing where that package is not installed."""
    if find_spec("brotli") is None:
        return None
    return len(import_module("brotli").compress(page, quality=_BROTLI_QUALITY))


def packed_by_pass(
    page: bytes,
    result: Result,
    without: frozenset[str],
    seen: frozenset[str],
    linked: Sequence[bytes] | None = None,
) -> dict[str, dict[str, int]]:
    """By pass, what the packed result would grow by if only that pass did nothing; it may shrink."""
    gzip, brotli = gzip_bytes(result.optimized), brotli_bytes(result.optimized)
    packed: dict[str, dict[str, int]] = {}
    for each in result.passes:
        its = frozenset(group for group in result.groups if group.partition(":")[0] == each.name)
        if not its:
            continue
        other = optimize(
            page, level=result.level, recipe=result.recipe, without=without | its, seen=seen, linked=linked
        ).optimized
        packed[each.name] = {"gzip": gzip_bytes(other) - gzip}
        if brotli is not None and (size := brotli_bytes(other)) is not None:
            packed[each.name]["brotli"] = size - brotli
    return packed
