"""Heads reach the chain, once, and what the chain holds contradicts a log that was cut or made anew."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from eth_account.signers.local import LocalAccount
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from web3 import Web3

from services.audit import record
from services.audit.anchors import MARK, keep_anchor, newest_anchor, signed_anchor
from services.audit.checking import check
from services.audit.heads import newest_head, sign_head
from services.audit.node import ANCHORED_EACH, Auditor
from services.database import begin, open_engine
from services.errors import ChainUnreachable
from tests.indexer.anvil import Anvil
from tests.services.audit.conftest import NOW


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture(scope="module")
def anvil() -> Iterator[Anvil]:
    with Anvil() as chain:
        yield chain


@pytest.fixture
def chain(anvil: Anvil, auditor: LocalAccount) -> Iterator[Anvil]:
    """A chain that goes back to its beginning afterwards."""
    before = anvil.call("evm_snapshot")
    anvil.call("anvil_setBalance", auditor.address, hex(10**18))
    yield anvil
    anvil.call("anvil_dropAllTransactions")
    anvil.call("evm_revert", before)


def _play(
    database: str,
    chain: Anvil,
    auditor: LocalAccount,
    scenario: Callable[[AsyncEngine, Auditor, Clock], Awaitable[Any]],
) -> Any:
    async def run() -> Any:
        engine, clock = open_engine(database), Clock()
        web3 = Web3(Web3.HTTPProvider(chain.url))
        try:
            return await scenario(engine, Auditor(engine, web3, auditor, 31337, clock), clock)
        finally:
            await engine.dispose()

    return asyncio.run(run())


async def _log(engine: AsyncEngine, clock: Clock) -> None:
    async with begin(engine) as connection:
        await record(connection, actor="account:1", action="key.made", subject="key:1", now=clock())


async def _codes(engine: AsyncEngine, node: Auditor, clock: Clock) -> list[str]:
    signer = bytes.fromhex(node.account.address[2:])
    async with begin(engine) as connection:
        checked = await check(connection, now=clock(), signer=signer, web3=node.web3)
    return [each.code for each in checked.findings]


def test_a_head_is_anchored_at_first_and_then_once_an_hour(database: str, chain: Anvil, auditor: LocalAccount) -> None:
    async def scenario(engine: AsyncEngine, node: Auditor, clock: Clock) -> None:
        assert await node.step() is None
        sizes = []
        for minutes in (0, 1, 30, 61, 62):
            clock.moment = NOW + timedelta(minutes=minutes)
            await _log(engine, clock)
            head = await node.step()
            assert head is not None
            chain.mine(1)
            async with begin(engine) as connection:
                anchor = await newest_anchor(connection)
            assert anchor is not None
            sizes.append((head.size, anchor.size))
        assert sizes == [(1, 1), (2, 1), (3, 1), (4, 4), (5, 4)]
        assert await _codes(engine, node, clock) == []
        told = node.web3.eth.get_transaction(anchor.transaction_hash.hex())  # type: ignore[arg-type]
        async with begin(engine) as connection:
            root = (await connection.execute(text("SELECT root FROM app.audit_heads WHERE size = 4"))).scalar_one()
        assert bytes(told["input"]) == MARK + (4).to_bytes(8) + bytes(root)

    _play(database, chain, auditor, scenario)


def test_an_anchor_that_was_written_down_and_not_sent_is_sent_by_the_next_step(
    database: str, chain: Anvil, auditor: LocalAccount
) -> None:
    async def scenario(engine: AsyncEngine, node: Auditor, clock: Clock) -> None:
        await _log(engine, clock)
        async with begin(engine) as connection:
            head = await sign_head(connection, auditor, 31337, clock())
            assert head is not None
            await keep_anchor(connection, signed_anchor(node.web3, auditor, head, clock()))
        assert "ANCHOR_MISSING" in await _codes(engine, node, clock)

        await node.step()
        chain.mine(1)
        await node.step()

        assert await _codes(engine, node, clock) == []
        assert node.web3.eth.get_transaction_count(node.account.address) == 1

    _play(database, chain, auditor, scenario)


def test_an_anchor_that_a_reorg_took_back_is_sent_again(database: str, chain: Anvil, auditor: LocalAccount) -> None:
    async def scenario(engine: AsyncEngine, node: Auditor, clock: Clock) -> None:
        await _log(engine, clock)
        before = chain.call("evm_snapshot")
        await node.step()
        chain.mine(1)
        assert await _codes(engine, node, clock) == []
        chain.call("evm_revert", before)
        chain.call("anvil_setBalance", auditor.address, hex(10**18))
        assert await _codes(engine, node, clock) == ["ANCHOR_MISSING"]

        await node.step()
        chain.mine(1)

        assert await _codes(engine, node, clock) == []

    _play(database, chain, auditor, scenario)


def test_a_number_that_another_transaction_took_gets_a_new_anchor(
    database: str, chain: Anvil, auditor: LocalAccount
) -> None:
    async def scenario(engine: AsyncEngine, node: Auditor, clock: Clock) -> None:
        await _log(engine, clock)
        async with begin(engine) as connection:
            head = await sign_head(connection, auditor, 31337, clock())
            assert head is not None
            await keep_anchor(connection, signed_anchor(node.web3, auditor, head, clock()))
        other = auditor.sign_transaction(
            {"chainId": 31337, "nonce": 0, "to": auditor.address, "gas": 21_000, "gasPrice": 10**9, "value": 0}
        )
        node.web3.eth.send_raw_transaction(other.raw_transaction)
        chain.mine(1)

        await node.step()
        chain.mine(1)
        async with begin(engine) as connection:
            anchor = await newest_anchor(connection)

        assert anchor is not None
        assert anchor.nonce == 1

    _play(database, chain, auditor, scenario)


def test_the_chain_contradicts_a_log_that_was_cut_with_its_heads_and_anchors(
    database: str, chain: Anvil, auditor: LocalAccount
) -> None:
    async def scenario(engine: AsyncEngine, node: Auditor, clock: Clock) -> None:
        for minutes in (0, 61):
            clock.moment = NOW + timedelta(minutes=minutes)
            await _log(engine, clock)
            await node.step()
            chain.mine(1)
        async with begin(engine) as connection:
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in (
                "DELETE FROM app.audit_entries WHERE number = 2",
                "DELETE FROM app.audit_heads WHERE size = 2",
                "DELETE FROM app.audit_anchors WHERE size = 2",
            ):
                await connection.exec_driver_sql(statement)
            assert (await newest_head(connection)) is not None
        assert await _codes(engine, node, clock) == ["ANCHOR_UNKNOWN"]

    _play(database, chain, auditor, scenario)


def test_a_chain_that_is_away_stops_no_signing(database: str, chain: Anvil, auditor: LocalAccount) -> None:
    async def scenario(engine: AsyncEngine, node: Auditor, clock: Clock) -> None:
        away = Auditor(engine, Web3(Web3.HTTPProvider("http://127.0.0.1:9")), auditor, 31337, clock)
        await _log(engine, clock)
        with pytest.raises(ChainUnreachable):
            await away.step()
        async with begin(engine) as connection:
            head = await newest_head(connection)
        assert head is not None
        clock.moment += ANCHORED_EACH
        await node.step()
        chain.mine(1)
        assert await _codes(engine, node, clock) == []

    _play(database, chain, auditor, scenario)
