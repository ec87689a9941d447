"""What the ledger takes, and what it makes of tokens."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.document import Document
from optimizer.edits import Edit, Ledger
from optimizer.native.skeleton import GONE

PAGE = b"<!doctype html><p class='a  b'>one <b>two</b>  three<!-- four --></p>" + b"x " * 900 + b"<i id=c>y</i>"
places = st.integers(0, len(PAGE))
edits = st.builds(
    lambda start, stop, replacement, rule, group, fate: Edit(start, stop, replacement, rule, f"p:{group}", 0, fate),
    places,
    places,
    st.binary(max_size=9),
    st.integers(128, 134),
    st.integers(0, 5),
    st.sampled_from([0, 0, 0, GONE]),
)


def test_an_edit_beyond_the_page_is_refused() -> None:
    assert Ledger(Document(b"<p>")).add([Edit(0, 4, b"", 134, "a:1"), Edit(-1, 2, b"", 134, "a:2")]) == []


def test_of_neighbours_in_a_group_all_are_taken_or_none() -> None:
    ledger = Ledger(Document(b"<p>abc</p>"))

    assert ledger.add([Edit(3, 4, b"", 134, "a:1"), Edit(4, 5, b"xy", 134, "a:1")]) == []


def test_what_goes_as_a_whole_takes_what_was_shortened_inside() -> None:
    ledger = Ledger(Document(b"<p>a<b>c</b></p>"))
    ledger.add([Edit(7, 8, b"", 134, "a:1")])

    assert ledger.add([Edit(7, 7, b"", 132, "b:1", 5, GONE)]) == []
    assert len(ledger.add([Edit(4, 12, b"", 132, "b:2", 5, GONE)])) == 1
    assert [edit.group for edit in ledger.edits] == ["b:2"]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(edits, max_size=8), max_size=4))
def test_the_emissions_are_the_page_with_its_edits(passes: list[list[Edit]]) -> None:
    document = Document(PAGE)
    ledger = Ledger(document)
    for each in passes:
        ledger.add(each)
    expected = PAGE
    for edit in sorted(ledger.edits, key=lambda edit: -edit.start):
        expected = expected[: edit.start] + edit.replacement + expected[edit.stop :]
    emissions = ledger.emissions()
    told = [emissions[index][1] if index in emissions else document.token(index) for index in range(document.count)]

    assert expected == b"".join(told) == ledger.text(0, len(PAGE))
    assert all(len(left) <= len(document.token(index)) for index, (_, left) in emissions.items())
    assert len(PAGE) - len(expected) == sum(lost for _, lost in ledger.saved().values())
