"""A node signs one source a page and span of time, whatever happens in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.verifier.journal import Journal

PAGE, OTHER_PAGE = b"\1" * 32, b"\2" * 32
ONE, OTHER = b"\3" * 32, b"\4" * 32


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "votes" / "31337.txt", span_seconds=600)


def test_a_second_source_of_a_page_in_one_span_is_refused(journal: Journal) -> None:
    assert journal.enter(PAGE, ONE, 1_200)
    assert not journal.enter(PAGE, OTHER, 1_799)


def test_another_process_and_a_restart_refuse_it_too(journal: Journal) -> None:
    assert journal.enter(PAGE, ONE, 1_200)
    assert not Journal(journal.path, 600).enter(PAGE, OTHER, 1_200)


def test_a_torn_line_is_passed_over(journal: Journal) -> None:
    assert journal.enter(PAGE, ONE, 1_200)
    with journal.path.open("a") as stream:
        stream.write("01 x\n\nabc")

    assert not journal.enter(PAGE, OTHER, 1_200)


def test_the_same_source_another_page_and_another_span_may_be_signed(journal: Journal) -> None:
    assert journal.enter(PAGE, ONE, 1_200)
    assert journal.enter(PAGE, ONE, 1_300)
    assert journal.enter(OTHER_PAGE, OTHER, 1_200)
    assert journal.enter(PAGE, OTHER, 1_800)
