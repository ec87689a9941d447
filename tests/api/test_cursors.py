"""Cursors and scalars over everything they could hold: what was written is read back, and nothing else is taken."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from eth_utils.address import to_checksum_address
from hypothesis import given, settings
from hypothesis import strategies as st

from api import cursors, scalars
from api.errors import BadCursor, BadInput

KEYS = st.lists(
    st.one_of(
        st.integers(-(2**255), 2**256 - 1),
        st.binary(max_size=64),
        st.text(max_size=64),
        st.integers(-(10**15), 10**15).map(lambda us: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)),
    ),
    max_size=4,
)
ADDRESSES = st.binary(min_size=20, max_size=20)


@settings(deadline=None)
@given(KEYS, st.data())
def test_an_edited_cursor_is_refused(keys: list[cursors.Key], data: st.DataObject) -> None:
    cursor = cursors.encode("list.desc", keys)
    place = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.sampled_from("ABab01-_=%~"))
    edited = cursor[:place] + letter + cursor[place + 1 :]
    if edited != cursor:
        with pytest.raises(BadCursor):
            cursors.decode("list.desc", edited, "after")


@settings(deadline=None)
@given(KEYS)
def test_a_cursor_of_another_order_is_refused(keys: list[cursors.Key]) -> None:
    with pytest.raises(BadCursor):
        cursors.decode("list.asc", cursors.encode("list.desc", keys), "after")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_text_that_nobody_gave_out_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        cursors.decode("list.desc", text, "after")


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_a_forged_cursor_is_refused_or_reads_as_written(body: bytes) -> None:
    # Whoever reads the source can make the check code: the worst must be a refusal.
    forged = base64.urlsafe_b64encode(cursors._check("list.desc", body) + body).rstrip(b"=").decode()
    try:
        keys = cursors.decode("list.desc", forged, "after")
    except BadCursor:
        return
    assert cursors.encode("list.desc", keys) == forged


@settings(deadline=None)
@given(KEYS)
def test_a_cursor_reads_as_it_was_written(keys: list[cursors.Key]) -> None:
    assert cursors.decode("list.desc", cursors.encode("list.desc", keys), "after") == tuple(keys)


@settings(deadline=None)
@given(ADDRESSES)
def test_an_address_is_read_in_any_plain_case_and_in_its_checksum(address: bytes) -> None:
    text = scalars.address_to_text(address)

    assert text == to_checksum_address("0x" + address.hex())
    for form in (text, text.lower(), "0x" + text[2:].upper()):
        assert scalars.text_to_address(form) == address


@settings(deadline=None)
@given(ADDRESSES)
def test_an_address_with_one_letter_in_the_wrong_case_is_refused(address: bytes) -> None:
    text = scalars.address_to_text(address)
    for place, letter in enumerate(text):
        wrong = text[:place] + letter.swapcase() + text[place + 1 :]
        if place > 1 and wrong != text and wrong[2:] not in (wrong[2:].lower(), wrong[2:].upper()):
            with pytest.raises(BadInput):
                scalars.text_to_address(wrong)


@settings(deadline=None)
@given(st.integers(-(10**78) + 1, 10**78 - 1))
def test_an_integer_keeps_every_digit(value: int) -> None:
    assert scalars.text_to_big_int(str(value)) == value


@pytest.mark.parametrize("text", ["", "-", "01", "+1", "1.0", "1e3", " 1", "1 ", "١", "0x1", "9" * 79, True, 1.0, None])
def test_what_is_no_integer_is_refused(text: object) -> None:
    with pytest.raises(BadInput):
        scalars.text_to_big_int(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-02-30T12:00:00Z",
        "2026-01-31 12:00:00Z",
        "0001-01-01T00:00:00+23:59",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        scalars.text_to_time(text)


def test_a_moment_is_told_in_utc() -> None:
    moment = scalars.text_to_time("2026-01-31T12:00:00+02:00")

    assert scalars.time_to_text(moment) == "2026-01-31T10:00:00Z"
