"""The proof of one page: the three roots and figures that a claim carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core_ext.constants import RULESETS
from core_ext.errors import RuleViolation
from core_ext.lexer import lex
from core_ext.roots import roots_of
from core_ext.trace import trace


@dataclass(frozen=True, slots=True)
class Proof:
    """Roots (32 bytes each), sizes in bytes, counts in tokens, depths in levels, and the optimized page."""

    src: bytes
    opt: bytes
    trace: bytes
    src_bytes: int
    opt_bytes: int
    attested_bytes: int
    n: int
    m: int
    depth_s: int
    depth_o: int
    optimized: bytes


def prove(page: bytes, rules: bytes, ruleset: int = 1, replacements: Mapping[int, bytes] | None = None) -> Proof:
    """The proof of applying these rules, one a source token, to a page; `replacements` as for trace().

    Raises RuleViolation where a rule is not in the rule set or may not be applied, ValueError for an empty page, an
    emptied one, or a wrong number of rules.
    """
    permitted = bytes(RULESETS.get(ruleset, frozenset()))
    for rule in rules.translate(None, permitted)[:1]:
        raise RuleViolation(rules.index(rule), rule, f"it is not in rule set {ruleset}")
    tokens = lex(page)
    traced = trace(page, tokens, rules, replacements)
    roots = roots_of(page, tokens, traced)
    return Proof(
        src=roots.src,
        opt=roots.opt,
        trace=roots.trace,
        src_bytes=roots.src_bytes,
        opt_bytes=roots.opt_bytes,
        attested_bytes=traced.attested_bytes,
        n=tokens.count,
        m=len(traced.out_kinds),
        depth_s=roots.depth_s,
        depth_o=roots.depth_o,
        optimized=traced.optimized,
    )
