"""Claim files: what was written is read back, and its report says what docs/claim.schema.json allows."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import core_ext
from services.blobs import cid_to_digest, write_car
from services.errors import CarMalformed, TraceMalformed
from services.harvest import committed_figures, read_claim_file, write_claim_file
from services.harvest.build import build_evidence
from services.harvest.evidence import files_of

ROOT = Path(__file__).parents[2]
PAGE = b"<!doctype html><title>t</title><body>\n\n  <p>one   two</p><!-- gone --><p>three</p>\n"
SCHEMA = json.loads((ROOT / "docs" / "claim.schema.json").read_text())


def _rules() -> bytes:
    tokens = core_ext.lex(PAGE)
    return bytes(core_ext.allowed(PAGE, tokens, core_ext.DROP_COMMENT))


def test_a_page_is_no_claim_file(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)

    with pytest.raises(CarMalformed):
        read_claim_file(tmp_path / "page.html")


def test_a_claim_file_without_a_trace_is_refused(tmp_path: Path) -> None:
    write_car({**files_of(build_evidence(PAGE, _rules(), {})), "trace.bin": b""}, tmp_path / "x.car")

    with pytest.raises(TraceMalformed):
        read_claim_file(tmp_path / "x.car")


def test_a_claim_file_with_a_file_more_is_refused(tmp_path: Path) -> None:
    write_car({**files_of(build_evidence(PAGE, _rules(), {})), "more": b""}, tmp_path / "x.car")

    with pytest.raises(CarMalformed, match="more"):
        read_claim_file(tmp_path / "x.car")


def test_a_claim_file_comes_back_as_it_was(tmp_path: Path) -> None:
    evidence = build_evidence(PAGE, _rules(), {"url": "https://a.example/", "level": "max"})
    written = write_claim_file(tmp_path / "x.car", evidence)

    assert read_claim_file(tmp_path / "x.car") == written
    assert len(cid_to_digest(written.cid)) == 32


def test_the_committed_figures_are_those_of_the_proof_and_fit_the_schema() -> None:
    evidence = build_evidence(PAGE, _rules(), {})
    proof = core_ext.prove(PAGE, _rules())
    figures = committed_figures(evidence, 1)

    jsonschema.validate({"url": "https://a.example/", "claim": figures}, SCHEMA)
    assert (figures["src"], figures["opt"]) == ("0x" + proof.src.hex(), "0x" + proof.opt.hex())
    assert (figures["trace"], figures["optBytes"]) == ("0x" + proof.trace.hex(), proof.opt_bytes)


@pytest.mark.parametrize("change", [{"src": "0x12"}, {"n": 0}, {"optBytes": -1}, {"more": 1}, {"depthS": 33}])
def test_figures_that_no_claim_can_have_do_not_fit_the_schema(change: dict[str, object]) -> None:
    figures = committed_figures(build_evidence(PAGE, _rules(), {}), 1)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"claim": figures | change}, SCHEMA)
