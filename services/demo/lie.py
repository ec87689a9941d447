"""A planted lie: well-formed in everything but one rule, so that only a proof can tell it from an honest claim."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

import core_ext
import optimizer
from services.harvest.build import build_evidence
from services.harvest.evidence import Evidence, TokenList


def steal_text(page: bytes, report: dict[str, Any]) -> tuple[Evidence, int]:
    """Evidence that pretends the page's longest text was only white-space; gives also the token that lies.

    The trees of this evidence agree with it in every place: sizes, sums, positions and states are right, and the
    optimized page really lacks the text. What is false is that COLLAPSE_WS would have emitted this token.
    """
    honest = build_evidence(page, optimizer.optimize(page, level="max", recipe=optimizer.PROVEN).rules, report)
    texts = (i for i, kind in enumerate(honest.source.kinds) if kind == core_ext.TEXT and honest.step(i).emits)
    victim = max(texts, key=lambda i: len(honest.source.slice(page, i).strip()))
    out = honest.step(victim).out
    pieces = [honest.optimized[start:end] for start, end in pairwise(honest.output.starts)]
    pieces[out] = b" "
    starts = tuple(accumulate((len(piece) for piece in pieces), initial=0))
    steps = bytearray(honest.steps)
    steps[victim * core_ext.STEP_BYTES] = core_ext.COLLAPSE_WS
    lie = replace(honest, optimized=b"".join(pieces), output=TokenList(honest.output.kinds, starts), steps=bytes(steps))
    return lie, victim
