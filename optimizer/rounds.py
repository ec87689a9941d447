"""Round after round until nothing more changes, told as one: rules of the source's own tokens.

What one round takes away may make room for the next. A later round works on the page that the one before made; here its
changes are carried back to the tokens that the page was made of, so that one trace tells it all. A token has one rule:
where two rounds changed it, the later proven rule if that alone makes the same of it, else an attested one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

import core_ext
from core_ext.constants import (
    ATTESTED_ATTRIBUTE,
    ATTESTED_CSS,
    ATTESTED_STRUCTURE,
    ATTESTED_TEXT,
    COLLAPSE_WS,
    DROP_COMMENT,
    DROP_EMPTY_ATTR,
    DROP_OPTIONAL_END,
    DROP_UNUSED_RULE,
    DROP_WS_TEXT,
    NORMALIZE_TAG,
    STEP_BYTES,
)
from optimizer.document import set_bytes

__all__ = ["MOST_ROUNDS", "Made", "both", "in_round", "of_round"]

MOST_ROUNDS = 4
"""A page that changes still is left as it is then."""

_FIRST_ATTESTED = 128
# What a proven rule is called where it has to be attested.
_ATTESTED_AS = {
    DROP_COMMENT: ATTESTED_TEXT,
    COLLAPSE_WS: ATTESTED_TEXT,
    DROP_WS_TEXT: ATTESTED_TEXT,
    NORMALIZE_TAG: ATTESTED_ATTRIBUTE,
    DROP_EMPTY_ATTR: ATTESTED_ATTRIBUTE,
    DROP_OPTIONAL_END: ATTESTED_STRUCTURE,
    DROP_UNUSED_RULE: ATTESTED_CSS,
}
_OUT = slice(10, 14)  # of a step record, docs/PROTOCOL.md


@dataclass(frozen=True, slots=True)
class Made:
    """A page's tokens, what is done to them, and what comes out."""

    tokens: core_ext.Tokens
    rules: bytes
    replacements: Mapping[int, bytes]
    trace: core_ext.Trace

    def left_of(self, index: int) -> bytes:
        """What came out of a token."""
        step = self.trace.steps[STEP_BYTES * index : STEP_BYTES * (index + 1)]
        out = int.from_bytes(step[_OUT])
        starts = self.trace.out_starts
        return self.trace.optimized[starts[out] : starts[out + step[1]]]


def both(page: bytes, first: Made, second: Made, permitted: frozenset[int]) -> Made | None:
    """Two rounds as one; None where no rules that are permitted make the same of the page."""
    rules = bytearray(first.rules)
    replacements = dict(first.replacements)
    attested: dict[int, tuple[int, bytes]] = {}
    for token, left, rule in _carried_back(first, second):
        before = first.rules[token]
        named = max(each for each in (rule, before) if each >= _FIRST_ATTESTED) if max(rule, before) >= 128 else 0
        attested[token] = (named or _ATTESTED_AS[rule], left)
        replacements.pop(token, None)
        if named or not _makes(first, page, token, rule, left):
            _attest(rules, replacements, token, attested[token])
        else:
            rules[token] = rule
    while True:
        try:
            trace = core_ext.trace(page, first.tokens, bytes(rules), replacements)
        except core_ext.RuleViolation as refusal:
            if refusal.index not in attested or rules[refusal.index] >= _FIRST_ATTESTED:
                return None
            _attest(rules, replacements, refusal.index, attested[refusal.index])
            continue
        made = Made(first.tokens, bytes(rules), replacements, trace)
        if trace.optimized == second.trace.optimized:
            return made if permitted.issuperset(rules) else None
        # What a proven rule makes of its token hangs on what stands before it, which the later round has changed.
        amiss = [token for token in set_bytes(rules) if rules[token] < _FIRST_ATTESTED]
        amiss = [token for token in amiss if made.left_of(token) != _wanted(first, attested, token)]
        if not amiss:
            return None
        for token in amiss:
            left = _wanted(first, attested, token)
            _attest(rules, replacements, token, attested.setdefault(token, (_ATTESTED_AS[rules[token]], left)))


def _wanted(first: Made, attested: Mapping[int, tuple[int, bytes]], token: int) -> bytes:
    return attested[token][1] if token in attested else first.left_of(token)


def _makes(first: Made, page: bytes, token: int, rule: int, left: bytes) -> bool:
    """Whether a proven rule makes this of the source's token, as far as the token alone tells."""
    tokens = first.tokens
    whole = page[tokens.starts[token] : tokens.starts[token + 1]]
    told = core_ext.apply_rule(rule, tokens.kinds[token], tokens.flags[token], whole)
    return told is not None and told[1] == left


def _attest(rules: bytearray, replacements: dict[int, bytes], token: int, told: tuple[int, bytes]) -> None:
    rules[token] = told[0]
    if told[1]:
        replacements[token] = told[1]


def _carried_back(first: Made, second: Made) -> list[tuple[int, bytes, int]]:
    """The source's tokens that the second round changed, what is left of each, and by which rule."""
    sources = set_bytes(first.trace.steps[1::STEP_BYTES])
    made, cut = first.trace.out_starts, second.tokens.starts
    found: list[tuple[int, bytes, int]] = []
    done_until = 0
    for index in set_bytes(second.rules):
        if index < done_until:
            continue
        # Both rounds cut the page between them into tokens, at places that need not be the same: a comment between two
        # texts is gone, a long text is cut elsewhere. From here to where both cut, the tokens change together.
        at, begin = bisect_right(made, cut[index]) - 1, index
        while made[at] != cut[begin]:
            if made[at] > cut[begin]:
                at -= 1
            else:
                begin -= 1
        to, end = at + 1, begin + 1
        while made[to] != cut[end] or end <= index:
            if made[to] <= cut[end]:
                to += 1
            else:
                end += 1
        done_until = end
        left = b"".join(second.left_of(each) for each in range(begin, end))
        rule = next(second.rules[each] for each in range(index, end) if second.rules[each])
        for place in range(at, to):
            size = made[place + 1] - made[place]
            part, left = left[:size], left[size:]
            if part != first.trace.optimized[made[place] : made[place + 1]]:
                found.append((sources[place], part, rule))
    return found


def of_round(group: str, number: int) -> str:
    """The name of a group of changes that a later round makes."""
    name, _, rest = group.partition(":")
    return group if number == 1 else f"{name}:{number}~{rest}"


def in_round(groups: frozenset[str], number: int) -> tuple[frozenset[str], frozenset[str]]:
    """Those of the groups that are of this round, as it names them, and the passes with a group of an earlier one.

    What was to be left out of an earlier round must not be made in this one, and goes by another name in it: such a
    pass does nothing more.
    """
    ours: set[str] = set()
    passes: set[str] = set()
    for group in groups:
        name, _, rest = group.partition(":")
        told, mark, inner = rest.partition("~")
        its_round = int(told) if mark else 1
        if its_round == number:
            ours.add(f"{name}:{inner}" if mark else group)
        elif its_round < number:
            passes.add(name)
    return frozenset(ours), frozenset(passes)
