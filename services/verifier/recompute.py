"""Recomputes a claim from its evidence and finds what is wrong with it, if anything.

The honest claim of a page is unique given the rules applied, so one comparison settles the honest case; only a claim
that differs is searched for faults. Each search looks at the committed data alone, as the contracts' proofs do.
"""

from __future__ import annotations

from collections.abc import Iterator

import core_ext
from optimizer.encoding import detect
from optimizer.errors import OptimizerError
from services.chain.claim import Claim
from services.harvest.evidence import Evidence
from services.verifier.faults.rules import rule_faults
from services.verifier.faults.steps import step_faults
from services.verifier.faults.sums import sum_faults
from services.verifier.faults.surroundings import neighbour_faults, selector_faults
from services.verifier.faults.tokens import token_faults
from services.verifier.finding import Fault, Finding

# Encodings (WHATWG names) that reuse ASCII bytes for other characters; docs/PROTOCOL.md, section 8.
NOT_ASCII = frozenset({"utf-16le", "utf-16be", "iso-2022-jp", "replacement"})


def recompute(claim: Claim, evidence: Evidence) -> Finding | None:
    """The first fault of a claim, or None if every root and figure is what the page and its rules give."""
    return next(findings(claim, evidence), None)


def findings(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """Every fault of a claim: of sums, tokens, rules, then steps. None at all if the claim is honest."""
    if _is_honest(claim, evidence):
        yield from _encoding_fault(evidence.page)
        return
    foreign = list(_foreign_roots(claim, evidence))
    if foreign:
        # Nothing that the bundle shows can be opened under the claim's roots.
        yield from foreign
        return
    is_located = False
    for search in (
        sum_faults(claim, evidence),
        token_faults(evidence),
        rule_faults(claim, evidence),
        neighbour_faults(claim, evidence),
        selector_faults(claim, evidence),
        step_faults(claim, evidence),
    ):
        for finding in search:
            is_located = True
            yield finding
    if not is_located:
        words = "the claim differs from what its page and rules give, in a way this version cannot locate"
        yield Finding(Fault.EVIDENCE, -1, words)


def _encoding_fault(page: bytes) -> Iterator[Finding]:
    """The rules speak of bytes: they say nothing of a page whose ASCII bytes may stand for other characters."""
    try:
        encoding = detect(page).name
    except OptimizerError:
        return
    if encoding in NOT_ASCII:
        yield Finding(Fault.EVIDENCE, -1, f"the page is in {encoding}, where the rules are not proven")


def _is_honest(claim: Claim, evidence: Evidence) -> bool:
    try:
        proof = core_ext.prove(evidence.page, evidence.rules, claim.ruleset, evidence.replacements)
    except (core_ext.RuleViolation, ValueError):
        return False
    return (
        (proof.src, proof.opt, proof.trace) == (claim.src, claim.opt, claim.trace)
        and (proof.src_bytes, proof.opt_bytes) == (claim.src_bytes, claim.opt_bytes)
        and proof.attested_bytes == claim.attested_bytes
        and (proof.n, proof.m) == (claim.n, claim.m)
        and (proof.depth_s, proof.depth_o) == (claim.depth_s, claim.depth_o)
        and proof.optimized == evidence.optimized
    )


def _foreign_roots(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """A bundle that does not hash to the claim proves nothing: not an honest claim, and not a proof against it."""
    for name, tree, claimed, depth in (
        ("source tree S", evidence.source_tree(), claim.src, claim.depth_s),
        ("optimized tree O", evidence.output_tree(), claim.opt, claim.depth_o),
        ("step tree T", evidence.step_tree(), claim.trace, claim.depth_s),
    ):
        if tree.root != claimed:
            words = f"the {name} of the bundle has root 0x{tree.root.hex()}, not the claimed one"
            yield Finding(Fault.EVIDENCE, -1, words, "0x" + claimed.hex(), "0x" + tree.root.hex())
        elif tree.depth != depth:
            words = f"the {name} of the bundle has {tree.depth} levels, the claim says {depth}"
            yield Finding(Fault.EVIDENCE, -1, words, str(depth), str(tree.depth))
