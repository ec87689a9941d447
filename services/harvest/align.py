"""From two pages to how one came out of the other: a rule for each source token, proven ones wherever they explain it.

Whoever made the lighter page, and with what, need not have known our rules. Tokens that both pages share are kept;
between them each token is explained by a proven rule where one gives what stands there; the rest is attested.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from rapidfuzz.distance import LCSseq

import core_ext
from core_ext.constants import (
    AFTER_LF,
    AFTER_SPACE,
    ATTESTED_CSS,
    ATTESTED_SCRIPT,
    ATTESTED_STRUCTURE,
    ATTESTED_TEXT,
    PIECE_BYTES,
)
from services.errors import NotAligned

Token = tuple[int, bytes]
# What rules give for one token, and which one does.
Given = dict[bytes, int]
# Rules that may explain a changed token; KEEP is tried first, whatever it costs nothing to prove.
PROVEN = tuple(range(core_ext.KEEP, core_ext.DROP_UNUSED_RULE))
# An attested token may stand for several optimized ones, as long as they fit into it.
MOST_ABSORBED = 8
# Source times optimized tokens whose common tokens are sought exactly: one bit each, so half a gigabyte.
LARGEST_COMPARED = 2**32
# Source times optimized tokens of one changed span that are weighed against each other; a larger one is attested whole.
LARGEST_SPAN = 250_000
# A byte that an attested token emits costs more than all proven rules of a span, an attested token more than all bytes.
_BYTE_COSTS = 2**24
_ATTESTED_COSTS = 2**56
_ATTESTED_BY_KIND = {core_ext.CSS: ATTESTED_CSS, core_ext.RAW: ATTESTED_SCRIPT, core_ext.TEXT: ATTESTED_TEXT}


@dataclass(frozen=True, slots=True)
class Alignment:
    """A rule for each source token, and what attested rules put in the place of theirs."""

    rules: bytes
    replacements: dict[int, bytes]


def align(page: bytes, optimized: bytes) -> Alignment:
    """Rules that make `optimized`, byte for byte, out of `page`. Raises NotAligned."""
    source, output = _tokens(page), _tokens(optimized)
    explains = _proven_results(page)
    emitted: list[bytes] = []
    in_front, i, j = b"", 0, 0
    for i_anchor, j_anchor in [*_anchors(source, output), (len(source), len(output))]:
        if i < i_anchor:
            emitted += _spread(source[i:i_anchor], output[j:j_anchor], explains[i:i_anchor])
        elif j < j_anchor:
            added = b"".join(data for _, data in output[j:j_anchor])
            if emitted:
                _squeeze_in(emitted, added)
            else:
                in_front = added
        emitted += [data for _, data in source[i_anchor : i_anchor + 1]]
        i, j = i_anchor + 1, j_anchor + 1
    if in_front:
        if len(in_front) + len(emitted[0]) > PIECE_BYTES:
            raise NotAligned(f"{len(in_front)} bytes are added in front of the page")
        emitted[0] = in_front + emitted[0]
    return _explained(page, emitted)


def _anchors(source: list[Token], output: list[Token]) -> Iterator[tuple[int, int]]:
    """Pairs of tokens that are the same, in order. Not of texts: one piece of white-space is like any other."""
    for i, j, length in _common(source, output):
        yield from ((i + k, j + k) for k in range(length) if source[i + k][0] != core_ext.TEXT)


def _common(source: list[Token], output: list[Token]) -> Iterator[tuple[int, int, int]]:
    """Runs of a longest common subsequence: where each begins in both, and its length."""
    if len(source) * len(output) > LARGEST_COMPARED:
        # Not the longest: what a page repeats often is left out of the search.
        yield from SequenceMatcher(None, source, output).get_matching_blocks()
        return
    for step in LCSseq.opcodes(source, output):
        if step.tag == "equal":
            yield step.src_start, step.dest_start, step.src_end - step.src_start


def _tokens(page: bytes) -> list[Token]:
    tokens = core_ext.lex(page)
    starts = tokens.starts
    return [(kind, page[starts[i] : starts[i + 1]]) for i, kind in enumerate(bytes(tokens.kinds))]


def _proven_results(page: bytes) -> list[Given]:
    """What proven rules could give for each token, b"" for nothing, before it is known what is emitted."""
    tokens = core_ext.lex(page)
    steps = core_ext.trace(page, tokens, bytes(tokens.count)).steps
    return [
        _given(kind, data, {flags, flags | AFTER_LF, flags | AFTER_SPACE} if kind == core_ext.TEXT else {flags})
        for (kind, data), flags in zip(_tokens(page), _flags(steps), strict=True)
    ]


def _given(kind: int, data: bytes, states: set[int]) -> Given:
    """What proven rules give for one token in these states, and by which: KEEP first."""
    given = {data: core_ext.KEEP}
    for rule in PROVEN:
        for flags in states:
            applied = core_ext.apply_rule(rule, kind, flags, data)
            if applied is not None:
                emits, result = applied
                given.setdefault(result if emits else b"", rule)
    return given


def _flags(steps: bytes) -> list[int]:
    return [int.from_bytes(steps[at + 2 : at + 4], "big") for at in range(0, len(steps), core_ext.STEP_BYTES)]


def _squeeze_in(emitted: list[bytes], added: bytes) -> None:
    """Adds bytes behind the last source tokens, of as few of them as can carry the bytes."""
    for back in range(1, len(emitted) + 1):
        joined = b"".join(emitted[-back:]) + added
        if len(joined) <= back * PIECE_BYTES:
            emitted[-back:] = _cut(joined, back)
            return
    raise NotAligned(f"{len(added)} bytes are added behind source token {len(emitted) - 1}")


def _cut(data: bytes, count: int) -> list[bytes]:
    return [data[i * PIECE_BYTES : (i + 1) * PIECE_BYTES] for i in range(count)]


def _spread(source: list[Token], output: list[Token], explains: list[Given]) -> list[bytes]:
    """What each token of a changed span emits: of as few attested ones as can be, and these as little as can be."""
    if len(source) * (len(output) + 1) > LARGEST_SPAN:
        return _poured(source, output)
    joined = b"".join(data for _, data in output)
    ends = [0, *accumulate(len(data) for _, data in output)]
    # Per place in the output that the tokens so far can fill up to: the cheapest way's price, and where it came from.
    # A place may lie within an output token: texts that a dropped comment parted are one token there.
    reached: dict[int, tuple[int, int]] = {0: (0, 0)}
    via = []
    for given in explains:
        following: dict[int, tuple[int, int]] = {}
        for at, (cost, _) in reached.items():
            # Of proven rules the lower number is the cheaper to prove.
            ways = [(at + len(data), cost + rule) for data, rule in given.items() if joined.startswith(data, at)]
            after = bisect_right(ends, at)
            for end in (at, *ends[after : after + MOST_ABSORBED]):
                if end - at <= PIECE_BYTES:
                    ways.append((end, cost + _ATTESTED_COSTS + (end - at) * _BYTE_COSTS))
            for end, price in ways:
                if end not in following or price < following[end][0]:
                    following[end] = price, at
        reached = following
        via.append(following)
    if len(joined) not in reached:
        return _poured(source, output)
    emitted, end = [], len(joined)
    for following in reversed(via):
        at = following[end][1]
        emitted.append(joined[at:end])
        end = at
    return emitted[::-1]


def _poured(source: list[Token], output: list[Token]) -> list[bytes]:
    """A span's whole content, cut without regard to what it is."""
    joined = b"".join(data for _, data in output)
    if len(joined) > len(source) * PIECE_BYTES:
        raise NotAligned(f"{len(joined)} bytes stand where {len(source)} source tokens were")
    return _cut(joined, len(source))


def _explained(page: bytes, emitted: list[bytes]) -> Alignment:
    """Rules for what each token emits.

    A state depends on what was emitted before, not by which rule: attesting everything gives every state.
    """
    tokens, plain = core_ext.lex(page), _tokens(page)
    rules = bytearray(_attested(kind) for kind, _ in plain)
    traced = core_ext.trace(page, tokens, bytes(rules), {i: out for i, out in enumerate(emitted) if out})
    for i, flags in enumerate(_flags(traced.steps)):
        rules[i] = _given(*plain[i], {flags}).get(emitted[i], rules[i])
    while True:
        replacements = {i: emitted[i] for i, rule in enumerate(rules) if rule in core_ext.ATTESTED and emitted[i]}
        try:
            core_ext.trace(page, tokens, bytes(rules), replacements)
        except core_ext.RuleViolation as violation:
            # A rule that needs more than its own token, and does not find it here.
            rules[violation.index] = _attested(plain[violation.index][0])
            continue
        return Alignment(bytes(rules), replacements)


def _attested(kind: int) -> int:
    return _ATTESTED_BY_KIND.get(kind, ATTESTED_STRUCTURE)
