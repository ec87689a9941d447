"""Faults of sums and counts: totals, token counts and leaves that S or O cannot have."""

from __future__ import annotations

from collections.abc import Iterator

import core_ext
from core_ext.constants import PIECE_BYTES
from services.chain.claim import Claim
from services.harvest.evidence import Evidence, TokenList
from services.verifier.finding import Fault, Finding

LAST_KIND = core_ext.CSS


def sum_faults(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """What proveSum accepts, in both trees: the whole first, then leaves from the left."""
    source, output = evidence.source_tree(), evidence.output_tree()
    yield from _tree("source", source, evidence.source, claim.src_bytes, claim.n, is_optimized=False)
    yield from _tree("optimized", output, evidence.output, claim.opt_bytes, claim.m, is_optimized=True)


def _tree(
    name: str, tree: core_ext.SumTree, tokens: TokenList, claimed_bytes: int, claimed_count: int, *, is_optimized: bool
) -> Iterator[Finding]:
    if tree.total != claimed_bytes:
        yield Finding(
            Fault.SUM,
            -1,
            f"the {name} page has {tree.total} bytes by its own sum tree, the claim says {claimed_bytes}",
            str(claimed_bytes),
            str(tree.total),
            is_optimized_tree=is_optimized,
            height=tree.depth,
        )
        # Every other opening of this tree would be refused: its sums do not come to the claim's.
        return
    count = len(tokens)
    if claimed_count != count:
        index = min(claimed_count, count)
        what = "is padding" if claimed_count > count else "is a token"
        yield Finding(
            Fault.SUM,
            index,
            f"the claim counts {claimed_count} {name} tokens, leaf {index} {what}: there are {count}",
            str(claimed_count),
            str(count),
            tokens.starts[index] if index < count else None,
            is_optimized,
        )
    for index, kind in enumerate(tokens.kinds):
        size = tokens.starts[index + 1] - tokens.starts[index]
        if not (0 < kind <= LAST_KIND and 0 < size <= PIECE_BYTES):
            yield Finding(
                Fault.SUM,
                index,
                f"{name} token {index} has kind {kind} and {size} bytes, which no token has",
                f"kind {kind}, {size} bytes",
                f"kind 1 to {LAST_KIND}, 1 to {PIECE_BYTES} bytes",
                tokens.starts[index],
                is_optimized,
            )
