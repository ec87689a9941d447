"""The evidence bundle: all that anyone needs to recompute a claim's three roots, and to prove it wrong.

A folder of four files whose CID the claim carries: the page, the optimized page, trace.bin and report.json.
trace.bin is big-endian:
"LDT2" | n u32 | m u32 | n x (kind u8, size u32) | n x step (18 bytes) | m x (kind u8, size u32).
It spells out what was committed, not what should have been: a lie must be in it to be provable.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import orjson

import core_ext
from core_ext import ATTESTED, STEP_BYTES
from services.blobs import BlobStore
from services.errors import TraceMalformed

TOKEN_BYTES = 5
# As much as the contract lets a claim be about (ClaimShape.MAXIMUM_SRC_BYTES).
MAX_PAGE_BYTES = 64 * 1024 * 1024
# 23 bytes a source token, 5 an optimized one: a page of one-byte tokens stays below this.
LIMITS = {
    "page.html": MAX_PAGE_BYTES,
    "optimized.html": MAX_PAGE_BYTES,
    "trace.bin": 29 * MAX_PAGE_BYTES,
    "report.json": 4 * 1024 * 1024,
}
_HEADER = struct.Struct(">4sII")
_TOKEN = struct.Struct(">BI")
_STEP = struct.Struct(">BBHHIII")


@dataclass(frozen=True, slots=True)
class TokenList:
    """Tokens of one page: a kind each, and where each starts (one more entry: the page's end)."""

    kinds: bytes
    starts: tuple[int, ...]

    def slice(self, page: bytes, index: int) -> bytes:
        return page[self.starts[index] : self.starts[index + 1]]

    def __len__(self) -> int:
        return len(self.kinds)


@dataclass(frozen=True, slots=True)
class Step:
    """One step record of T, as committed."""

    rule: int
    emits: int
    flags: int
    depth: int
    parent: int
    out: int
    attested: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A parsed bundle. `steps` is the packed form that the step tree hashes."""

    page: bytes
    optimized: bytes
    source: TokenList
    steps: bytes
    output: TokenList
    report: dict[str, Any]

    def step(self, index: int) -> Step:
        return unpack_step(self.steps, index)

    @property
    def rules(self) -> bytes:
        """The rule applied to each source token."""
        return self.steps[::STEP_BYTES]

    @property
    def replacements(self) -> dict[int, bytes]:
        """What attested rules put in place of source tokens, as far as the steps point into the optimized page."""
        steps = ((index, self.step(index)) for index, rule in enumerate(self.rules) if rule in ATTESTED)
        return {
            index: self.output.slice(self.optimized, step.out)
            for index, step in steps
            if step.emits and step.out < len(self.output)
        }

    @property
    def attested_bytes(self) -> int:
        """What attested rules have saved, by the last step."""
        last = len(self.source) - 1
        step = self.step(last)
        if step.rule not in ATTESTED:
            return step.attested
        saved = len(self.source.slice(self.page, last)) - len(self.replacements.get(last, b""))
        return (step.attested + saved) % 2**32

    def source_tree(self) -> core_ext.SumTree:
        return core_ext.SumTree.from_tokens(self.source.kinds, self.source.starts, self.page)

    def output_tree(self) -> core_ext.SumTree:
        return core_ext.SumTree.from_tokens(self.output.kinds, self.output.starts, self.optimized)

    def step_tree(self) -> core_ext.StepTree:
        return core_ext.StepTree.from_steps(self.steps)


def unpack_step(steps: bytes, index: int) -> Step:
    """One record of packed steps."""
    return Step(*_STEP.unpack_from(steps, index * STEP_BYTES))


def pack_step(step: Step) -> bytes:
    """The 18 bytes that a leaf of T hashes after its tag."""
    return _STEP.pack(step.rule, step.emits, step.flags, step.depth, step.parent, step.out, step.attested)


def encode_trace(evidence: Evidence) -> bytes:
    """trace.bin of a bundle."""
    parts = [_HEADER.pack(b"LDT2", len(evidence.source), len(evidence.output)), _encode_tokens(evidence.source)]
    parts += [evidence.steps, _encode_tokens(evidence.output)]
    return b"".join(parts)


def files_of(evidence: Evidence) -> dict[str, bytes]:
    """The four files of a bundle, by name."""
    return {
        "page.html": evidence.page,
        "optimized.html": evidence.optimized,
        "trace.bin": encode_trace(evidence),
        "report.json": json.dumps(evidence.report, indent=2, sort_keys=True).encode(),
    }


def evidence_of(files: Mapping[str, bytes]) -> Evidence:
    """The bundle that four files are. Raises TraceMalformed."""
    return parse_evidence(files["page.html"], files["optimized.html"], files["trace.bin"], files["report.json"])


def store_evidence(store: BlobStore, evidence: Evidence) -> str:
    """Stores a bundle and gives its CID."""
    return store.put(files_of(evidence))


def fetch_evidence(store: BlobStore, cid: str) -> Evidence:
    """Fetches a bundle by its CID and parses it. Every byte is hostile until the roots agree.

    Raises the store's errors, or TraceMalformed.
    """
    return evidence_of(store.get(cid, LIMITS))


def parse_evidence(page: bytes, optimized: bytes, trace: bytes, report: bytes) -> Evidence:
    """A bundle from its four files. Raises TraceMalformed, naming what does not add up."""
    if len(trace) < _HEADER.size or trace[:4] != b"LDT2":
        raise TraceMalformed("trace.bin does not begin with LDT2")
    _, n, m = _HEADER.unpack_from(trace)
    expected = _HEADER.size + n * (TOKEN_BYTES + STEP_BYTES) + m * TOKEN_BYTES
    if len(trace) != expected:
        raise TraceMalformed(f"trace.bin has {len(trace)} bytes; {n} source and {m} optimized tokens need {expected}")
    if n == 0:
        raise TraceMalformed("trace.bin has no source tokens")
    steps_from = _HEADER.size + n * TOKEN_BYTES
    output_from = steps_from + n * STEP_BYTES
    source = _decode_tokens(trace[_HEADER.size : steps_from], len(page), "source")
    output = _decode_tokens(trace[output_from:], len(optimized), "optimized")
    try:
        # orjson, not json: it bounds nesting itself, whatever the interpreter's recursion limit was raised to.
        parsed = orjson.loads(report)
    except orjson.JSONDecodeError as error:
        raise TraceMalformed("report.json is not JSON") from error
    if not isinstance(parsed, dict):
        raise TraceMalformed("report.json is not an object")
    return Evidence(page, optimized, source, trace[steps_from:output_from], output, parsed)


def _encode_tokens(tokens: TokenList) -> bytes:
    return b"".join(
        _TOKEN.pack(kind, end - start) for kind, (start, end) in zip(tokens.kinds, pairwise(tokens.starts), strict=True)
    )


def _decode_tokens(data: bytes, page_bytes: int, which: str) -> TokenList:
    rows = list(_TOKEN.iter_unpack(data))
    starts = tuple(accumulate((size for _, size in rows), initial=0))
    if starts[-1] != page_bytes:
        raise TraceMalformed(f"the {which} tokens have {starts[-1]} bytes, the {which} page has {page_bytes}")
    return TokenList(bytes(kind for kind, _ in rows), starts)
