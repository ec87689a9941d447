"""The report of one optimization, as the JSON that optimizer/report.schema.json describes.

It holds nothing that differs between two runs on the same page: no time, no machine.
"""

from __future__ import annotations

import json
import zlib
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from optimizer.native.page_tree import COMMENT, ELEMENT, TEXT, PageTree
from optimizer.pipeline import Result
from optimizer.source import Source
from optimizer.suggestions import suggestions

__all__ = ["SCHEMA", "report_of"]

SCHEMA = "lightdom.report/1"
_BROTLI_QUALITY = 5  # what servers use on the fly


def report_of(source: Source, result: Result, *, written_bytes: int) -> dict[str, Any]:
    """What became of a page; `written_bytes` is the size of the output in its own encoding."""
    return {
        "schema": SCHEMA,
        "input": {
            "name": source.name,
            "kind": source.kind,
            "receivedBytes": source.received_bytes,
            "writtenBytes": written_bytes,
            "encoding": source.encoding.name,
            "encodingFrom": source.encoding.origin,
        },
        "level": result.level.value,
        "recipe": {"id": result.recipe.id, **json.loads(result.recipe.to_json())},
        "sizes": {
            "raw": {"before": result.source_bytes, "after": len(result.optimized)},
            "gzip": {"before": _gzip_bytes(source.content), "after": _gzip_bytes(result.optimized)},
            "brotli": _brotli(source.content, result.optimized),
        },
        "saved": {
            "bytes": result.saved_bytes,
            "percent": round(100 * result.saved_bytes / result.source_bytes, 2) if result.source_bytes else 0.0,
            "provenBytes": result.proven_bytes,
            "attestedBytes": result.attested_bytes,
        },
        "nodes": {"before": _nodes(source.content), "after": _nodes(result.optimized)},
        "tokens": {"source": result.source_tokens, "optimized": result.optimized_tokens},
        "passes": [
            {
                "name": each.name,
                "rule": each.rule,
                "ruleName": each.rule_name,
                "standing": each.standing,
                "tokens": each.tokens,
                "savedBytes": each.saved_bytes,
                "kept": [{"reason": kept.reason, "tokens": kept.tokens} for kept in each.kept],
            }
            for each in result.passes
        ],
        "suggestions": [{"code": each.code, "text": each.text} for each in suggestions(result.optimized)],
        "notes": [{"code": code, "text": text} for code, text in source.notes],
    }


def _nodes(page: bytes) -> int:
    """Elements, texts and comments, as a parser sees the page."""
    types = PageTree(page).types
    return sum(types.count(each) for each in (ELEMENT, TEXT, COMMENT))


def _gzip_bytes(page: bytes) -> int:
    """Size as gzip -9 packs it: deflate with gzip's header and trailer."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return len(packer.compress(page)) + len(packer.flush())


def _brotli(before: bytes, after: bytes) -> dict[str, Any]:
    if find_spec("brotli") is None:
        return {"unavailable": "the package brotli is not installed (pip install brotli)"}
    compress = import_module("brotli").compress
    return {
        "before": len(compress(before, quality=_BROTLI_QUALITY)),
        "after": len(compress(after, quality=_BROTLI_QUALITY)),
    }
