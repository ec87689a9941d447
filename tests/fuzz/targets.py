"""What must hold for any bytes at all; libFuzzer looks for bytes for which it does not.

The first byte of an input chooses what is tried, so that one corpus serves all.
"""

from __future__ import annotations

import os
from array import array
from pathlib import Path

import core_ext
from core_ext.keccak import lanes, use_lanes
from core_ext.roots import roots_of
from services.blobs import read_car
from services.errors import BlobCorrupt, CarMalformed, EvidenceTooLarge

LIMITS = {"page.html": 1 << 20, "report.json": 1 << 12}
RULES = sorted(core_ext.RULESETS[2])


def fuzz_one(data: bytes) -> None:
    """Tries one input; raises where something does not hold."""
    if not data:
        return
    targets = (
        *(pieces_are_tokens, rules_are_pure, proofs_are_those_of_the_trees, files_are_read_or_refused),
        *(what_is_allowed_is_no_fault, lies_are_read_safely, selectors_are_pure),
    )
    targets[data[0] % len(targets)](data[1:])


def pieces_are_tokens(page: bytes) -> None:
    """The slices are the page, and each is a legal token in the state that the lexer gives it."""
    tokens = core_ext.lex(page)
    slices = [tokens.slice(i) for i in range(tokens.count)]
    assert b"".join(slices) == page
    for kind, flags, piece in zip(tokens.kinds, tokens.flags, slices, strict=True):
        assert core_ext.is_token(kind, flags, piece), (kind, flags, piece)
    assert all(parent < i or parent == core_ext.lex(b"x").parents[0] for i, parent in enumerate(tokens.parents))


def rules_are_pure(data: bytes) -> None:
    """Any rule on any token in any state gives the same answer twice, and never more than it was given."""
    if len(data) < 4:
        return
    rule, kind, flags, piece = data[0], data[1] % 10, data[2] << 8 | data[3], data[4:1028]
    core_ext.is_token(kind, flags, piece)
    answer = core_ext.apply_rule(rule, kind, flags, piece)
    assert answer == core_ext.apply_rule(rule, kind, flags, bytes(bytearray(piece)))
    if answer is not None:
        emits, out = answer
        assert emits in (0, 1)
        assert bool(out) == bool(emits)
        assert rule in core_ext.ATTESTED or len(out) <= len(piece)


def proofs_are_those_of_the_trees(data: bytes) -> None:
    """A page with rules that may be applied has the roots of its trees, with any width of keccak."""
    rule, page = RULES[data[0] % len(RULES)] if data else 0, data[1:]
    tokens = core_ext.lex(page)
    chosen = core_ext.allowed(page, tokens, rule)
    rules = bytes(rule if may else core_ext.KEEP for may in chosen)
    try:
        traced = core_ext.trace(page, tokens, rules)
    except core_ext.RuleViolation:
        # `allowed` speaks of one token at a time where a rule needs its neighbours too.
        rules = bytes(tokens.count)
        traced = core_ext.trace(page, tokens, rules)
    if not traced.out_kinds:
        return
    roots = roots_of(page, tokens, traced)
    source = core_ext.SumTree.from_tokens(tokens.kinds, tokens.starts, page)
    output = core_ext.SumTree.from_tokens(traced.out_kinds, traced.out_starts, traced.optimized)
    assert (roots.src, roots.src_bytes, roots.depth_s) == (source.root, source.total, source.depth)
    assert (roots.opt, roots.opt_bytes, roots.depth_o) == (output.root, output.total, output.depth)
    assert roots.trace == core_ext.StepTree.from_steps(traced.steps).root
    widest = lanes()
    use_lanes(1)
    try:
        narrow = roots_of(page, tokens, traced)
    finally:
        use_lanes(widest)
    assert (narrow.src, narrow.opt, narrow.trace) == (roots.src, roots.opt, roots.trace)


def what_is_allowed_is_no_fault(page: bytes) -> None:
    """Rules on neighbours and selectors, wherever they are allowed at once, are a trace in which nothing is found."""
    tokens = core_ext.lex(page)
    texts = core_ext.allowed(page, tokens, core_ext.DROP_WS_TEXT)
    ends = core_ext.allowed(page, tokens, core_ext.DROP_OPTIONAL_END, texts)
    styles = core_ext.allowed(page, tokens, core_ext.DROP_UNUSED_RULE)
    rules = bytes(3 * text or 5 * end or 7 * style for text, end, style in zip(texts, ends, styles, strict=True))
    traced = core_ext.trace(page, tokens, rules)
    columns = page, tokens.kinds, tokens.starts, traced.steps
    assert not core_ext.misplaced(*columns, traced.optimized, traced.out_starts)
    assert not core_ext.matched(*columns)


def lies_are_read_safely(data: bytes) -> None:
    """Whatever the columns of a claim say, looking for faults reads nothing beyond them."""
    count = data[0] % 40 if data else 0
    if len(data) < 1 + 20 * count:
        return
    sizes = [size * 8 if size > 200 else size for size in data[1 : 1 + count]]
    kinds = bytes(kind % 10 for kind in data[1 + count : 1 + 2 * count])
    steps, page = data[1 + 2 * count : 1 + 20 * count], data[1 + 20 * count :]
    starts = array("I", [0])
    for size in sizes:
        starts.append(min(starts[-1] + size, len(page)))
    for index, first, last, shown, _ in core_ext.misplaced(page, kinds, starts, steps, page, starts):
        assert first <= index <= last < count
        assert all(place < count for place in shown)
    for index, path in core_ext.matched(page, kinds, starts, steps):
        assert path
        rule = page[starts[index] : starts[index + 1]]
        assert core_ext.selects(rule, [page[starts[place] : starts[place + 1]] for place in path])


def selectors_are_pure(data: bytes) -> None:
    """A style rule says the same of the same tags twice."""
    rule, *tags = data.split(b"\0")
    if not rule or len(rule) > 1024 or not all(2 <= len(tag) <= 1024 for tag in tags):
        return
    assert core_ext.selects(rule, tags) == core_ext.selects(bytes(bytearray(rule)), tags)


def files_are_read_or_refused(data: bytes) -> None:
    """A CAR file is a folder or is refused, with an error that says why."""
    descriptor = os.memfd_create("car")
    try:
        os.write(descriptor, data)
        read_car(Path(f"/proc/self/fd/{descriptor}"), LIMITS)
    except (CarMalformed, EvidenceTooLarge, BlobCorrupt):
        pass
    finally:
        os.close(descriptor)
