"""Lies about a page, one function a kind: each takes an honest bundle and gives another, well-formed, that is false.

What a liar commits to is in its bundle, so whoever fetches the bundle can prove the lie. Lies that no bundle can hold
(inner sums, padding, withheld leaves) are in `trees.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from random import Random

import core_ext
from services.chain.claim import Claim
from services.harvest.evidence import Evidence, Step, TokenList, pack_step

BundleLie = Callable[[Random, Evidence], Evidence]
ClaimLie = Callable[[Random, Claim], Claim]

# Fields of a step and their widths in bits.
STEP_FIELDS = {"rule": 8, "emits": 8, "flags": 16, "depth": 16, "parent": 32, "out": 32, "attested": 32}


def lie_in_step(field: str) -> BundleLie:
    """Another value in one field of one step: a flipped bit, a small change, or anything."""

    def lie(random: Random, honest: Evidence) -> Evidence:
        index, bits = random.randrange(len(honest.source)), STEP_FIELDS[field]
        step = honest.step(index)
        value = getattr(step, field)
        near = [value ^ 1 << random.randrange(bits), value + 1, value - 1, random.getrandbits(bits), 0, 2**bits - 1]
        wrong = random.choice([each % 2**bits for each in near if each % 2**bits != value])
        return with_step(honest, index, replace(step, **{field: wrong}))

    return lie


def lie_in_source_kind(random: Random, honest: Evidence) -> Evidence:
    index = random.randrange(len(honest.source))
    return replace(honest, source=with_kind(random, honest.source, index))


def lie_in_output_kind(random: Random, honest: Evidence) -> Evidence:
    index = random.randrange(len(honest.output))
    return replace(honest, output=with_kind(random, honest.output, index))


def move_a_cut(random: Random, honest: Evidence) -> Evidence:
    """The boundary of two neighbouring source tokens, some bytes to the left or right."""
    index = random.randrange(1, len(honest.source))
    starts = list(honest.source.starts)
    choices = [at for at in range(starts[index - 1], starts[index + 1] + 1) if at != starts[index]]
    starts[index] = random.choice(choices)
    return replace(honest, source=TokenList(honest.source.kinds, tuple(starts)))


def merge_two_tokens(random: Random, honest: Evidence) -> Evidence:
    """Two source tokens told as one, with the first one's step."""
    index = random.randrange(1, len(honest.source))
    kinds, starts = bytearray(honest.source.kinds), list(honest.source.starts)
    del kinds[index], starts[index]
    size = len(honest.steps) // len(honest.source)
    steps = honest.steps[: index * size] + honest.steps[(index + 1) * size :]
    return replace(honest, source=TokenList(bytes(kinds), tuple(starts)), steps=steps)


def split_a_token(random: Random, honest: Evidence) -> Evidence:
    """One source token told as two of its kind, the second with the first one's step again."""
    long = [i for i in range(len(honest.source)) if honest.source.starts[i + 1] - honest.source.starts[i] > 1]
    index = random.choice(long)
    kinds, starts = bytearray(honest.source.kinds), list(honest.source.starts)
    kinds.insert(index, kinds[index])
    starts.insert(index + 1, random.randrange(starts[index] + 1, starts[index + 1]))
    size = len(honest.steps) // len(honest.source)
    record = honest.steps[index * size : (index + 1) * size]
    steps = honest.steps[: index * size] + record + honest.steps[index * size :]
    return replace(honest, source=TokenList(bytes(kinds), tuple(starts)), steps=steps)


def change_an_output(random: Random, honest: Evidence) -> Evidence:
    """Other bytes in one optimized token: the page that is served does not say what the source said."""
    index = random.randrange(len(honest.output))
    pieces = pieces_of(honest)
    wrong = random.choice(
        [pieces[index][1:] or b"x", pieces[index] + b" ", b"", b"<p>", pieces[index].swapcase() + b"!"]
    )
    pieces[index] = wrong if wrong != pieces[index] else wrong + b"x"
    return with_outputs(honest, bytes(honest.output.kinds), pieces)


def drop_an_output(random: Random, honest: Evidence) -> Evidence:
    index = random.randrange(len(honest.output))
    pieces, kinds = pieces_of(honest), bytearray(honest.output.kinds)
    del pieces[index], kinds[index]
    return with_outputs(honest, bytes(kinds), pieces)


def add_an_output(random: Random, honest: Evidence) -> Evidence:
    index = random.randrange(len(honest.output) + 1)
    pieces, kinds = pieces_of(honest), bytearray(honest.output.kinds)
    pieces.insert(index, b"<script>mine()</script>")
    kinds.insert(index, random.randrange(1, 9))
    return with_outputs(honest, bytes(kinds), pieces)


def swap_two_outputs(random: Random, honest: Evidence) -> Evidence:
    pieces, kinds = pieces_of(honest), bytearray(honest.output.kinds)
    different = [i for i in range(len(pieces) - 1) if (pieces[i], kinds[i]) != (pieces[i + 1], kinds[i + 1])]
    at = random.choice(different)
    pieces[at], pieces[at + 1] = pieces[at + 1], pieces[at]
    kinds[at], kinds[at + 1] = kinds[at + 1], kinds[at]
    return with_outputs(honest, bytes(kinds), pieces)


def drop_by(rule: int, kind: int) -> BundleLie:
    """A token dropped by a rule that it would allow and what stands around it does not; all else put right."""

    def lie(random: Random, honest: Evidence) -> Evidence:
        kept = [i for i in range(len(honest.source)) if _may_drop(honest, i, rule, kind)]
        random.shuffle(kept)
        lies = (_without(honest, index, rule) for index in kept)
        return next(lie for lie in lies if not _is_trace(lie))

    return lie


def _may_drop(evidence: Evidence, index: int, rule: int, kind: int) -> bool:
    step, data = evidence.step(index), evidence.source.slice(evidence.page, index)
    is_kept = step.emits == 1 and step.rule not in core_ext.ATTESTED and evidence.source.kinds[index] == kind
    return is_kept and core_ext.apply_rule(rule, kind, step.flags, data) is not None


def _is_trace(evidence: Evidence) -> bool:
    try:
        core_ext.prove(evidence.page, evidence.rules, 2, evidence.replacements)
    except (core_ext.RuleViolation, ValueError):  # the latter: an earlier lie left more steps than tokens, or fewer
        return False
    return True


def _without(evidence: Evidence, index: int, rule: int) -> Evidence:
    """What the step emitted is gone, and the steps behind it count on from there."""
    gone = evidence.step(index).out
    pieces, kinds = pieces_of(evidence), bytearray(evidence.output.kinds)
    del pieces[gone], kinds[gone]
    steps = [evidence.step(i) for i in range(len(evidence.source))]
    steps[index] = replace(steps[index], rule=rule, emits=0)
    steps[index + 1 :] = [replace(step, out=step.out - 1) for step in steps[index + 1 :]]
    changed = replace(evidence, steps=b"".join(map(pack_step, steps)))
    return with_outputs(changed, bytes(kinds), pieces)


IN_BUNDLE: dict[str, BundleLie] = {
    "white-space that shows": drop_by(core_ext.DROP_WS_TEXT, core_ext.TEXT),
    "end tag that is needed": drop_by(core_ext.DROP_OPTIONAL_END, core_ext.END),
    "style rule that matches": drop_by(core_ext.DROP_UNUSED_RULE, core_ext.CSS),
    **{f"step {name}": lie_in_step(name) for name in STEP_FIELDS},
    "source kind": lie_in_source_kind,
    "optimized kind": lie_in_output_kind,
    "moved cut": move_a_cut,
    "merged tokens": merge_two_tokens,
    "split token": split_a_token,
    "changed output": change_an_output,
    "dropped output": drop_an_output,
    "added output": add_an_output,
    "swapped outputs": swap_two_outputs,
}


def lie_in_total(field: str) -> ClaimLie:
    """A figure of the claim that its trees do not have."""

    def lie(random: Random, honest: Claim) -> Claim:
        value = getattr(honest, field)
        wrong = random.choice([value + 1, abs(value - 1), value * 2, 1, value + random.randrange(2, 10_000)])
        return replace(honest, **{field: wrong if wrong != value else value + 1})

    return lie


def lie_in_count(field: str, depth: str) -> ClaimLie:
    """A token count that a tree of the same depth could have, so that it passes the reveal."""

    def lie(random: Random, honest: Claim) -> Claim:
        count, levels = getattr(honest, field), getattr(honest, depth)
        possible = [each for each in range(2**levels // 2 + 1, 2**levels + 1) if each != count]
        return replace(honest, **{field: random.choice(possible)})

    return lie


IN_CLAIM: dict[str, ClaimLie] = {
    "source bytes": lie_in_total("src_bytes"),
    "optimized bytes": lie_in_total("opt_bytes"),
    "source tokens": lie_in_count("n", "depth_s"),
    "optimized tokens": lie_in_count("m", "depth_o"),
    "attested bytes": lie_in_total("attested_bytes"),
}


def with_step(evidence: Evidence, index: int, step: Step) -> Evidence:
    size = len(evidence.steps) // len(evidence.source)
    steps = evidence.steps[: index * size] + pack_step(step) + evidence.steps[(index + 1) * size :]
    return replace(evidence, steps=steps)


def with_kind(random: Random, tokens: TokenList, index: int) -> TokenList:
    kinds = bytearray(tokens.kinds)
    kinds[index] = random.choice([kind for kind in (*range(10), 255) if kind != kinds[index]])
    return TokenList(bytes(kinds), tokens.starts)


def pieces_of(evidence: Evidence) -> list[bytes]:
    return [evidence.output.slice(evidence.optimized, i) for i in range(len(evidence.output))]


def with_outputs(evidence: Evidence, kinds: bytes, pieces: list[bytes]) -> Evidence:
    starts = tuple(accumulate((len(piece) for piece in pieces), initial=0))
    return replace(evidence, optimized=b"".join(pieces), output=TokenList(kinds, starts))
