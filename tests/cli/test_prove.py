"""`prove` and `verify` of a claim file: offline, and a file that says anything false is found out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.main import VERBS, build
from services.harvest.claim_file import read_claim_file, write_claim_file

URL = "https://shop.example/boots?size=42"
PAGE = b"<!doctype html>\n<title>t</title>\n<p>some   words</p><!-- gone -->\n<p>  more\n words</p>\n" * 30


def _run(*words: str) -> Result:
    return CliRunner().invoke(build({verb: VERBS[verb] for verb in ("prove", "verify")}), list(words))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def file(page: Path) -> Path:
    path = page.with_name("claim.car")
    assert _run("prove", str(page), "--url", URL, "-o", str(path)).exit_code == 0
    return path


def _rewritten(file: Path, **claim: Any) -> Path:
    evidence = read_claim_file(file).evidence
    report = {**evidence.report, "claim": {**evidence.report["claim"], **claim}}
    write_claim_file(file, replace(evidence, report=report))
    return file


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["PAGE"], 10),
        (["absent.html", "--url", URL], 4),
        (["PAGE", "--url", "ftp://a.example/"], 10),
        (["PAGE", "--url", URL, "--optimized", "BIG"], 15),
    ],
)
def test_what_cannot_be_proven_is_refused_and_nothing_is_written(page: Path, words: list[str], exit_code: int) -> None:
    big = page.with_name("big.html")
    big.write_bytes(b"x" * 10 * len(PAGE))
    names = {"PAGE": str(page), "BIG": str(big)}

    told = _run("prove", *(names.get(word, word) for word in words), "-o", str(page.with_name("c.car")))

    assert told.exit_code == exit_code, told.output
    assert not page.with_name("c.car").exists()


@pytest.mark.parametrize(
    ("claim", "exit_code"),
    [({"optBytes": 7}, 21), ({"n": 10**9}, 21), ({"src": "0x" + "00" * 32}, 15), ({"m": "3"}, 15), ({"m": True}, 15)],
)
def test_a_file_whose_report_is_false_is_found_out(file: Path, claim: dict[str, Any], exit_code: int) -> None:
    assert _run("verify", str(_rewritten(file, **claim))).exit_code == exit_code


def test_a_file_that_is_cut_off_or_no_car_is_refused(file: Path) -> None:
    whole = file.read_bytes()
    for content in (b"", b"not a car", whole[:-1], whole[: len(whole) // 2]):
        file.write_bytes(content)

        assert _run("verify", str(file)).exit_code == 15


def test_another_page_than_the_claims_is_told_apart(file: Path, page: Path) -> None:
    other = page.with_name("other.html")
    other.write_bytes(PAGE + b" ")

    assert _run("verify", str(file), "--page", str(page)).exit_code == 0
    assert _run("verify", str(file), "--page", str(other)).exit_code == 21


def test_a_file_that_was_proven_is_honest_and_says_what_it_saves(file: Path) -> None:
    told = _run("verify", str(file), "--json")

    assert told.exit_code == 0, told.output
    verdict = json.loads(told.stdout)
    assert verdict["verdict"] == "honest"
    assert verdict["optimizedBytes"] < verdict["sourceBytes"] == len(PAGE)


def test_a_lighter_page_from_elsewhere_is_proven_where_it_can_be_and_attested_where_not(page: Path) -> None:
    lighter = page.with_name("lighter.html")
    lighter.write_bytes(PAGE.replace(b"<!-- gone -->", b"").replace(b"some   words", b"other words"))

    told = _run(
        "prove", str(page), "--url", URL, "--optimized", str(lighter), "-o", str(page.with_name("c.car")), "--json"
    )

    figures = json.loads(told.stdout)
    assert figures["ruleset"] == 2
    assert figures["provenBytes"] >= 30 * len(b"<!-- gone -->")
    assert figures["attestedBytes"] == 30 * (len(b"some   words") - len(b"other words"))
    assert _run("verify", str(page.with_name("c.car"))).exit_code == 0
