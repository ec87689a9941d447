"""Faults of steps: a recorded state that does not follow from the page and the steps before it."""

from __future__ import annotations

from collections.abc import Iterator

import core_ext
from core_ext import STEP_BYTES
from services.chain.claim import Claim
from services.harvest.evidence import Evidence
from services.verifier.finding import Fault, Finding


def step_faults(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """Where the page is cut otherwise than the lexer cuts it, or a step records another state."""
    tokens = core_ext.lex(evidence.page)
    if bytes(tokens.kinds) != evidence.source.kinds or tuple(tokens.starts) != evidence.source.starts:
        index = next(
            (
                i
                for i, pair in enumerate(zip(tokens.starts, evidence.source.starts, strict=False))
                if pair[0] != pair[1]
            ),
            min(len(tokens.kinds), len(evidence.source)),
        )
        yield Finding(Fault.STEP, index, f"the source page is cut into tokens otherwise from token {index} on")
        return
    try:
        honest = bytes(core_ext.trace(evidence.page, tokens, evidence.rules, evidence.replacements).steps)
    except core_ext.RuleViolation as violation:
        yield Finding(Fault.STEP, -1, f"the trace cannot be rebuilt: {violation}")
        return
    size = STEP_BYTES
    for index in range(len(evidence.source)):
        if honest[index * size : index * size + size] != evidence.steps[index * size : index * size + size]:
            words = f"step {index} records another state than the page gives"
            yield Finding(Fault.STEP, index, words, offset=evidence.source.starts[index])
