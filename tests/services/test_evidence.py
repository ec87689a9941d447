"""Evidence bundles: what a stranger sends is parsed strictly; what we build comes back as it was."""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core_ext
from services.errors import TraceMalformed
from services.harvest.build import PageUrlInvalid, build_evidence, split_url
from services.harvest.evidence import encode_trace, pack_step, parse_evidence

PAGE = b"<!doctype html><title>t</title><body>\n\n  <p>one   two</p><!-- gone --><p>three</p>\n"


def _rules(page: bytes) -> bytes:
    tokens = core_ext.lex(page)
    drops = core_ext.allowed(page, tokens, core_ext.DROP_COMMENT)
    collapses = core_ext.allowed(page, tokens, core_ext.COLLAPSE_WS)
    return bytes(1 if drop else 2 if collapse else 0 for drop, collapse in zip(drops, collapses, strict=True))


@pytest.fixture
def raised_recursion_limit() -> Iterator[None]:
    """As some libraries leave it: a parser that relied on the limit overran the stack."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000_000)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.parametrize(
    ("trace", "said"),
    [
        (b"", "LDT2"),
        (b"LDT0" + bytes(8), "LDT2"),
        (b"LDT2" + struct.pack(">II", 0, 0), "no source tokens"),
        (b"LDT2" + struct.pack(">II", 2**32 - 1, 2**32 - 1), "need"),
        (b"LDT2" + struct.pack(">II", 1, 0) + bytes([4, 0, 0, 0, 2]) + bytes(18), "2 bytes, the source page has 1"),
        (b"LDT2" + struct.pack(">II", 1, 0) + bytes([4, 0, 0, 0, 1]) + bytes(18) + b"!", "need"),
    ],
)
def test_a_malformed_trace_is_refused_and_says_why(trace: bytes, said: str) -> None:
    with pytest.raises(TraceMalformed, match=said):
        parse_evidence(b"x", b"", trace, b"{}")


@pytest.mark.parametrize("report", [b"", b"[]", b"{", b"[" * 100_000, b"\xff"])
def test_a_report_that_is_no_json_object_is_refused(report: bytes, raised_recursion_limit: None) -> None:
    evidence = build_evidence(PAGE, _rules(PAGE), {})

    with pytest.raises(TraceMalformed, match=r"report\.json"):
        parse_evidence(evidence.page, evidence.optimized, encode_trace(evidence), report)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_parsed_or_refused_never_worse(trace: bytes) -> None:
    try:
        parse_evidence(b"page", b"opt", b"LDT2" + trace, b"{}")
    except TraceMalformed:
        return


@pytest.mark.parametrize("url", ["", "shop.example", "ftp://shop.example/", "https:///path", "http://[::1"])
def test_what_is_not_a_public_url_is_refused(url: str) -> None:
    with pytest.raises(PageUrlInvalid):
        split_url(url)


def test_a_url_gives_its_lower_case_host_and_its_path_with_query() -> None:
    assert split_url("https://Shop.Example/a/b?c=d#e") == ("shop.example", "/a/b?c=d")
    assert split_url("http://shop.example") == ("shop.example", "/")


def test_a_bundle_survives_its_files() -> None:
    evidence = build_evidence(PAGE, _rules(PAGE), {"url": "https://a.example/"})

    parsed = parse_evidence(evidence.page, evidence.optimized, encode_trace(evidence), b'{"url": "https://a.example/"}')

    assert parsed == evidence


def test_a_bundle_has_the_roots_of_its_proof() -> None:
    rules = _rules(PAGE)
    evidence = build_evidence(PAGE, rules, {})
    proof = core_ext.prove(PAGE, rules)

    roots = (evidence.source_tree().root, evidence.output_tree().root, evidence.step_tree().root)

    assert roots == (proof.src, proof.opt, proof.trace)
    assert evidence.rules == rules
    assert b"".join(pack_step(evidence.step(i)) for i in range(len(evidence.source))) == evidence.steps
