"""A claim file that is written stretch by stretch is the one that is written at once, in memory that does not grow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import core_ext
import optimizer
from services.demo.pages import PAGES
from services.errors import NothingSaved
from services.harvest import committed_figures, write_claim_file
from services.harvest.build import build_evidence, ruleset_of
from services.harvest.streamed import stream_claim_file

WS = core_ext.DROP_WS_TEXT
MAPPED_PROOF = Path(__file__).with_name("mapped_proof.py")


@pytest.mark.parametrize(
    ("page", "rules"),
    [
        (b"<p>a</p> <b>b</b>", [0, 0, 0, WS, 0, 0, 0]),
        (b"<style>p{a:b}</style><p>x", [0, core_ext.DROP_UNUSED_RULE, 0, 0, 0]),
        (b"<ul><li>a</li>b</ul>", [0, 0, 0, core_ext.DROP_OPTIONAL_END, 0, 0]),
    ],
)
def test_what_the_surroundings_forbid_is_refused_and_nothing_is_written(
    tmp_path: Path, page: bytes, rules: list[int]
) -> None:
    with pytest.raises(core_ext.RuleViolation) as refused:
        stream_claim_file(tmp_path / "c.car", page, bytes(rules), {}, {}, 2)

    assert refused.value.index == next(index for index, rule in enumerate(rules) if rule)
    assert not list(tmp_path.iterdir())


def test_changes_that_add_more_than_is_taken_out_are_refused_with_what_to_do(tmp_path: Path) -> None:
    page = b"<!-- a comment -->" * 3 + b"<p>a"
    attested = core_ext.ATTESTED_TEXT
    rules = bytes([1, 1, 1, 0, attested])
    with pytest.raises(NothingSaved, match="attested changes added 30") as refused:
        stream_claim_file(tmp_path / "c.car", page, rules, {4: b"a" * 31}, {}, 2)
    assert "--optimized" in refused.value.next_step
    with pytest.raises(NothingSaved, match="46 bytes were added"):
        stream_claim_file(tmp_path / "c.car", page, rules, {4: b"a" * 101}, {}, 2)
    with pytest.raises(NothingSaved, match="0 bytes were saved"):
        stream_claim_file(tmp_path / "c.car", page, bytes(5), {}, {}, 2)


@pytest.mark.parametrize("level", ["safe", "max"])
def test_the_file_is_the_one_that_is_written_at_once(tmp_path: Path, level: str) -> None:
    page = PAGES[2].read()
    made = optimizer.optimize(page, level=level)
    ruleset = ruleset_of(made.rules)
    evidence = build_evidence(page, made.rules, {"url": "https://a.example/"}, made.replacements)
    evidence.report["claim"] = committed_figures(evidence, ruleset)
    report = {"url": "https://a.example/"}

    cid = stream_claim_file(tmp_path / "streamed.car", page, made.rules, made.replacements, report, ruleset)

    assert cid == write_claim_file(tmp_path / "whole.car", evidence).cid
    assert (tmp_path / "streamed.car").read_bytes() == (tmp_path / "whole.car").read_bytes()
    assert report == evidence.report


@pytest.mark.deep
def test_a_page_of_32_megabytes_is_proven_in_8_of_our_own(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, str(MAPPED_PROOF), "32000000", str(tmp_path)], capture_output=True, text=True, check=True
    )
    proof_kib, file_kib = map(int, told.stdout.split()[:2])

    assert proof_kib < 8 * 1024
    # The parts of the file are written as they come; its blocks are hashed one by one.
    assert file_kib < 16 * 1024
