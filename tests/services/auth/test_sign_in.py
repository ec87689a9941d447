"""Signing in by a wallet, on a real chain and a real database: who is refused, and that a nonce lets in once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from eth_utils.crypto import keccak
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.auth.calls import Calls
from services.auth.errors import NonceUnknown, SessionUnknown, SignInRefused
from services.auth.sessions import FORMER_LIFE, IDLE_LIFE, LIFE, ROTATED_AFTER, NewSession, session_of, start_session
from services.auth.sign_in import NONCE_LIFE, account_of, issue_nonce, sign_in
from services.auth.signatures import ChainSignatures
from services.database import begin
from services.database.access import sessions
from tests.indexer.anvil import Anvil
from tests.services.auth.conftest import NOW
from tests.services.auth.wallets import SITE, message, signed, wallet

HALF = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


@pytest.fixture(scope="module")
def chain() -> Iterator[Anvil]:
    with Anvil() as running:
        yield running


async def _nonce(engine: AsyncEngine) -> str:
    async with begin(engine) as connection:
        return await issue_nonce(connection, NOW)


async def _attempt(engine: AsyncEngine, chain: Anvil, text: str, signature: bytes) -> NewSession:
    calls = Calls(chain.url)
    try:
        return await sign_in(engine, SITE, ChainSignatures(calls), text, signature, NOW)
    finally:
        await calls.close()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"domain": "evil.example"}, "domain"),
        ({"uri": "https://evil.example/"}, "uri"),
        ({"uri": "http://localhost:8420/"}, "uri"),
        ({"uri": "http://lightdom.example/"}, "uri"),
        ({"chain_id": "1"}, "chainId"),
        ({"issued_at": "2026-03-01T11:49:00Z"}, "issuedAt"),
        ({"issued_at": "2026-03-01T12:05:00Z"}, "issuedAt"),
        ({"expires_at": "2026-03-01T12:00:00Z"}, "expirationTime"),
        ({"not_before": "2026-03-01T13:00:00Z"}, "notBefore"),
    ],
)
def test_a_message_for_another_site_chain_or_time_is_refused(
    opened: Callable[[], Any], chain: Anvil, changed: dict[str, str], field: str
) -> None:
    async def scenario() -> None:
        async with opened() as engine:
            text = message(wallet().address, await _nonce(engine), NOW, **changed)
            with pytest.raises(SignInRefused) as refused:
                await _attempt(engine, chain, text, signed(wallet(), text))
            assert refused.value.field == field

    asyncio.run(scenario())


def test_a_signature_of_another_key_another_text_or_the_high_half_is_refused(
    opened: Callable[[], Any], chain: Anvil
) -> None:
    async def scenario() -> None:
        async with opened() as engine:
            text = message(wallet().address, await _nonce(engine), NOW)
            good = signed(wallet(), text)
            high = good[:32] + (ORDER - int.from_bytes(good[32:64], "big")).to_bytes(32, "big")
            for signature in (
                signed(wallet(2), text),
                signed(wallet(), text + "\nRequest ID: 1"),
                high + bytes([55 - good[64]]),
                good[:64],
                b"",
                b"\x64\x92" * 16,
                good + b"\x64\x92" * 16,
                bytes(100_000),
            ):
                with pytest.raises(SignInRefused) as refused:
                    await _attempt(engine, chain, text, signature)
                assert refused.value.field == "signature"
            # Nothing of this used the nonce up.
            assert (await _attempt(engine, chain, text, good)).session.address == bytes.fromhex(wallet().address[2:])

    asyncio.run(scenario())


def test_two_requests_with_one_message_at_once_give_one_session(opened: Callable[[], Any], chain: Anvil) -> None:
    async def scenario() -> None:
        async with opened() as engine:
            text = message(wallet().address, await _nonce(engine), NOW)
            attempts = [_attempt(engine, chain, text, signed(wallet(), text)) for _ in range(6)]
            outcomes = await asyncio.gather(*attempts, return_exceptions=True)
            assert sum(isinstance(outcome, NewSession) for outcome in outcomes) == 1
            assert sum(isinstance(outcome, NonceUnknown) for outcome in outcomes) == 5
            async with begin(engine) as connection:
                assert (await connection.execute(select(func.count()).select_from(sessions))).scalar_one() == 1

    asyncio.run(scenario())


def test_a_nonce_that_was_never_given_out_or_has_expired_is_refused(opened: Callable[[], Any], chain: Anvil) -> None:
    async def scenario() -> None:
        async with opened() as engine:
            async with begin(engine) as connection:
                late = await issue_nonce(connection, NOW - NONCE_LIFE)
            for nonce in ("neverGivenOut1", late):
                text = message(wallet().address, nonce, NOW)
                with pytest.raises(NonceUnknown):
                    await _attempt(engine, chain, text, signed(wallet(), text))

    asyncio.run(scenario())


def test_a_contract_signs_in_by_its_own_word_and_one_that_reverts_does_not(
    opened: Callable[[], Any], chain: Anvil
) -> None:
    """A wallet of ten bytes of code: it agrees with everything (ERC-1271), and another with nothing."""
    # PUSH4 magic, PUSH1 224, SHL, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN
    agreeing, reverting = bytes.fromhex("631626ba7e60e01b5f5260205ff3"), bytes.fromhex("5f5ffd")

    async def scenario() -> None:
        async with opened() as engine:
            for number, (code, is_let_in) in enumerate(((agreeing, True), (reverting, False))):
                address = keccak(b"wallet" + bytes([number]))[-20:]
                chain.call("anvil_setCode", "0x" + address.hex(), "0x" + code.hex())
                text = message(_checksummed(address), await _nonce(engine), NOW)
                if is_let_in:
                    assert (await _attempt(engine, chain, text, b"\x01")).session.address == address
                else:
                    with pytest.raises(SignInRefused):
                        await _attempt(engine, chain, text, b"\x01")

    asyncio.run(scenario())


def _checksummed(address: bytes) -> str:
    from eth_utils.address import to_checksum_address

    return str(to_checksum_address(address))


def test_a_session_rotates_and_a_token_used_after_that_ends_it(opened: Callable[[], Any]) -> None:
    async def scenario() -> None:
        async with opened() as engine:
            async with begin(engine) as connection:
                first = await start_session(connection, await account_of(connection, bytes(20)), NOW)
            later = NOW + ROTATED_AFTER
            renewed = await session_of(engine, first.token, later)
            assert isinstance(renewed, NewSession)
            assert renewed.token != first.token
            # A browser asks for several things at once.
            assert not isinstance(await session_of(engine, first.token, later + FORMER_LIFE), NewSession)
            assert not isinstance(await session_of(engine, renewed.token, later), NewSession)
            stolen = later + FORMER_LIFE + timedelta(seconds=1)
            for token in (first.token, renewed.token):
                with pytest.raises(SessionUnknown):
                    await session_of(engine, token, stolen)

    asyncio.run(scenario())


@pytest.mark.parametrize("passed", [IDLE_LIFE, LIFE])
def test_a_session_ends_by_idleness_and_by_age(opened: Callable[[], Any], passed: timedelta) -> None:
    async def scenario() -> None:
        async with opened() as engine:
            async with begin(engine) as connection:
                token = (await start_session(connection, await account_of(connection, bytes(20)), NOW)).token
            now = NOW
            while now + IDLE_LIFE / 2 < NOW + passed:
                now += IDLE_LIFE / 2
                found = await session_of(engine, token, now)
                token = found.token if isinstance(found, NewSession) else token
            with pytest.raises(SessionUnknown):
                await session_of(engine, token, NOW + passed + (timedelta(0) if passed == LIFE else IDLE_LIFE / 2))

    asyncio.run(scenario())
