"""Recomputing claims: every lie is found and named, an honest claim never is."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import core_ext
from services.blobs import folder_cid
from services.chain.claim import Claim
from services.demo.lie import steal_text
from services.harvest.build import build_evidence, commit_evidence
from services.harvest.evidence import Evidence, Step, TokenList, pack_step
from services.verifier import Fault, recompute

PAGE = (
    b"<!doctype html><html><head><title>A page</title><style>p { color: red }</style></head>\n<body class='a'>\n"
    b"  <!-- build 1234 -->\n  <p>Some   words\n   that matter</p>\n\n  <pre>  keep   me </pre>"
    b"<p>The end.</p></body></html>\n"
)
PROVER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"


class _NoStore:
    """Gives a folder its CID without keeping it: recomputing needs none."""

    def put(self, files: dict[str, bytes]) -> str:
        return folder_cid(files)


def _rules(page: bytes) -> bytes:
    tokens = core_ext.lex(page)
    drops = core_ext.allowed(page, tokens, core_ext.DROP_COMMENT)
    collapses = core_ext.allowed(page, tokens, core_ext.COLLAPSE_WS)
    return bytes(1 if drop else 2 if collapse else 0 for drop, collapse in zip(drops, collapses, strict=True))


def _claim(evidence: Evidence) -> Claim:
    claim, _, _ = commit_evidence(evidence, "a.example", "/", PROVER, _NoStore())  # type: ignore[arg-type]
    return claim


def _honest(page: bytes = PAGE) -> Evidence:
    return build_evidence(page, _rules(page), {})


def _with_step(evidence: Evidence, index: int, **changes: int) -> Evidence:
    step = evidence.step(index)
    fields = {
        name: getattr(step, name) for name in ("rule", "emits", "flags", "depth", "parent", "out", "attested")
    } | changes
    packed = pack_step(Step(**fields))
    before, after = evidence.steps[: index * 18], evidence.steps[index * 18 + 18 :]
    return replace(evidence, steps=before + packed + after)


def _with_output(evidence: Evidence, out: int, data: bytes) -> Evidence:
    pieces = [evidence.optimized[start:end] for start, end in pairwise(evidence.output.starts)]
    pieces[out] = data
    starts = tuple(accumulate((len(piece) for piece in pieces), initial=0))
    return replace(evidence, optimized=b"".join(pieces), output=TokenList(evidence.output.kinds, starts))


def test_a_stolen_text_is_a_fault_of_its_rule() -> None:
    evidence, victim = steal_text(PAGE, {})

    finding = recompute(_claim(evidence), evidence)

    assert finding is not None
    assert (finding.fault, finding.index) == (Fault.RULE, victim)


def test_a_total_that_is_not_the_trees_is_a_fault_of_the_sum() -> None:
    evidence = _honest()
    claim = _claim(evidence)

    for changed, is_optimized in (
        (replace(claim, src_bytes=claim.src_bytes + 1), False),
        (replace(claim, opt_bytes=1), True),
    ):
        finding = recompute(changed, evidence)

        assert finding is not None
        assert (finding.fault, finding.is_optimized_tree) == (Fault.SUM, is_optimized)


def test_a_bundle_that_is_not_what_was_committed_is_said_to_be_so() -> None:
    evidence = _honest()
    claim = replace(_claim(evidence), trace=bytes(32))

    finding = recompute(claim, evidence)

    assert finding is not None
    assert finding.fault is Fault.EVIDENCE


def test_a_text_called_a_comment_is_a_fault_of_the_token() -> None:
    evidence = _honest()
    victim = next(i for i, kind in enumerate(evidence.source.kinds) if kind == core_ext.TEXT)
    kinds = bytearray(evidence.source.kinds)
    kinds[victim] = core_ext.COMMENT
    lie = replace(evidence, source=TokenList(bytes(kinds), evidence.source.starts))

    finding = recompute(_claim(lie), lie)

    assert finding is not None
    assert (finding.fault, finding.index) == (Fault.TOKEN, victim)


@pytest.mark.parametrize("page", ["<p>a</p>".encode("utf-16"), b"<meta charset=iso-2022-jp><p>a</p>"])
def test_a_page_whose_bytes_are_not_ascii_gets_no_vote(page: bytes) -> None:
    evidence = build_evidence(page, bytes(core_ext.lex(page).count), {})

    finding = recompute(_claim(evidence), evidence)

    assert finding is not None
    assert finding.fault is Fault.EVIDENCE


@pytest.mark.parametrize("rule", [3, 7, 128, 255])
def test_a_rule_outside_the_set_is_a_fault_of_the_rule(rule: int) -> None:
    lie = _with_step(_honest(), 4, rule=rule)

    finding = recompute(_claim(lie), lie)

    assert finding is not None
    assert finding.fault is Fault.RULE


@given(
    index=st.integers(0, 10_000),
    field=st.sampled_from(["rule", "emits", "flags", "depth", "parent", "out"]),
    value=st.integers(0, 255),
)
@settings(deadline=None)
def test_any_single_lie_in_a_step_is_found(index: int, field: str, value: int) -> None:
    evidence = _honest()
    index %= len(evidence.source)
    assume(getattr(evidence.step(index), field) != value)
    lie = _with_step(evidence, index, **{field: value})
    # Another rule with the very same effect is another honest claim.
    assume(not (field == "rule" and _is_same_page(lie)))

    assert recompute(_claim(lie), lie) is not None


@given(out=st.integers(0, 10_000), data=st.binary(min_size=1, max_size=40))
@settings(deadline=None)
def test_any_other_byte_in_the_optimized_page_is_a_fault_of_a_rule(out: int, data: bytes) -> None:
    evidence = _honest()
    out %= len(evidence.output)
    assume(evidence.output.slice(evidence.optimized, out) != data)
    lie = _with_output(evidence, out, data)

    finding = recompute(_claim(lie), lie)

    assert finding is not None
    assert finding.fault is Fault.RULE


@given(
    st.lists(
        st.sampled_from([b"<p>", b"</p>", b" ", b"\n", b"a", b"<!-- c -->", b"<", b"&am", b"<pre>", b"</pre>", b"'"])
    )
)
@settings(deadline=None)
def test_an_honest_claim_is_never_found_wrong(parts: list[bytes]) -> None:
    page = b"<!doctype html>" + b"".join(parts)
    evidence = _honest(page)

    assert recompute(_claim(evidence), evidence) is None


def _is_same_page(lie: Evidence) -> bool:
    try:
        rebuilt = build_evidence(lie.page, lie.rules, {})
    except core_ext.RuleViolation:
        return False
    return rebuilt.steps == lie.steps and rebuilt.optimized == lie.optimized
