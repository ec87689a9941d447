"""EIP-4361 messages are read as the grammar writes them, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.auth.errors import SignInRefused
from services.auth.sign_in_message import read_message
from tests.services.auth.wallets import message, wallet

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADDRESS = wallet().address
GOOD = message(ADDRESS, "abcdefgh12345678", NOW)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (GOOD + "\n", "message"),
        (" " + GOOD, "message"),
        (GOOD.replace("\n", "\r\n"), "message"),
        (GOOD.replace("Nonce: abcdefgh12345678", "Nonce: abc"), "message"),
        (GOOD.replace("Nonce: abcdefgh12345678", "Nonce: abcdefgh-2345678"), "message"),
        (GOOD.replace("Chain ID: 31337", "Chain ID: 031337"), "message"),
        (GOOD.replace("Chain ID: 31337", "Chain ID: ３１３３７"), "message"),
        (GOOD.replace("Sign in to LightDom.", "Sign in\nURI: https://lightdom.example/"), "message"),
        (GOOD.replace("Sign in to LightDom.", "Sign in to Ligh\u0442Dom."), "message"),
        (GOOD.replace("URI: https://lightdom.example/", "URI: lightdom.example"), "message"),
        (GOOD.replace("URI: https://lightdom.example/", "URI: https://lightdom.example/%zz"), "message"),
        (GOOD + "\nRequest ID: 1\nNot Before: 2026-03-01T12:00:00Z", "message"),
        (GOOD.replace("Version: 1", "Version: 2"), "version"),
        (GOOD.replace(ADDRESS, ADDRESS.lower()), "address"),
        (GOOD.replace("2026-03-01T12:00:00Z", "2026-13-01T12:00:00Z"), "issuedAt"),
        (GOOD.replace("2026-03-01T12:00:00Z", "2026-03-01 12:00:00Z"), "message"),
        ("x" * 5_000, "message"),
    ],
)
def test_what_is_not_exactly_the_grammar_is_refused_by_the_name_of_the_field(text: str, field: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        read_message(text)

    assert refused.value.field == field


def test_every_field_is_read() -> None:
    text = "https://" + message(
        ADDRESS, "abcdefgh12345678", NOW, issued_at="2026-03-01T13:00:00.123456789+01:00", statement=None
    )
    read = read_message(text + "\nRequest ID: a-1\nResources:\n- ipfs://b\n- https://c.example/d?e#f")

    assert (read.scheme, read.domain, read.uri) == ("https", "lightdom.example", "https://lightdom.example/")
    assert read.address == bytes.fromhex(ADDRESS[2:])
    assert (read.chain_id, read.nonce) == (31_337, "abcdefgh12345678")
    assert read.issued_at == datetime(2026, 3, 1, 12, 0, 0, 123_456, tzinfo=UTC)
    assert read.expires_at is not None
    assert read.not_before is None


@given(st.integers(0, len(GOOD) - 1), st.characters())
def test_a_changed_character_is_refused_or_changes_what_is_read(place: int, character: str) -> None:
    text = GOOD[:place] + character + GOOD[place + 1 :]

    try:
        read = read_message(text)
    except SignInRefused:
        return
    assert read.text == text
    assert text.isascii()
