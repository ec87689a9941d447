"""A made-up chain, written as the event rows that the indexer would have written for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import psycopg
from eth_utils.crypto import keccak
from sqlalchemy import Engine, Table, insert

from indexer.tables import (
    blocks,
    checkpoint,
    claim_attested,
    claim_expired,
    claim_finalized,
    claim_revealed,
    claim_slashed,
    host_registered,
    land_minted,
    land_transfer,
    parameters_set,
    reputation_slashed,
    reward_paid,
    reward_queued,
    saving_recorded,
    verifier_set,
)
from indexer.versions import Keeper

GENESIS_TIME = datetime(2026, 1, 1, tzinfo=UTC)
BLOCK_SECONDS = 3600
WEI = 10**18
VERIFIERS = tuple(bytes([0x50 + number]) * 20 for number in range(3))
CHALLENGER = bytes([0x70]) * 20


def digest(*parts: object) -> bytes:
    """32 bytes that stand for a hash; the same for the same parts."""
    return sha256(repr(parts).encode()).digest()


def account(number: int) -> bytes:
    """The address of the harvester with that number."""
    return digest("account", number)[:20]


class ChainRows:
    """Event rows block by block: `next_block()`, then the events in it, at last `write()`."""

    def __init__(self, genesis_time: datetime = GENESIS_TIME, block_seconds: int = BLOCK_SECONDS) -> None:
        self.genesis_time = genesis_time
        self.block_seconds = block_seconds
        self.number = 0
        self._log_index = 0
        self._rows: list[tuple[Table, dict[str, Any]]] = []
        self._verified: dict[bytes, int] = {}
        self._tickets = 0
        self._queued_wei = 0
        self._parcels = 0

    def next_block(self) -> int:
        """Begins a block, by default an hour after the last."""
        self.number += 1
        self._log_index = 0
        return self.number

    def time(self) -> datetime:
        return self.genesis_time + timedelta(seconds=self.number * self.block_seconds)

    def add(self, table: Table, **fields: Any) -> None:
        """One log of the current block."""
        place = {
            "block_number": self.number,
            "block_time": self.time(),
            "log_index": self._log_index,
            "block_hash": digest("block", self.number),
            "tx_hash": digest("transaction", self.number, self._log_index),
        }
        self._log_index += 1
        self._rows.append((table, place | fields))

    def host(self, name: str, biome: int = 0) -> bytes:
        domain_id = keccak(text=name)
        self.add(
            host_registered, domain_id=domain_id, owner=account(99), biome=biome, host_bytes=name.encode(), host=name
        )
        return domain_id

    def parameters(self, quorum: int) -> None:
        self.add(
            parameters_set, window_seconds=604_800, quorum=quorum, minimum_bond_wei=10 * WEI, dsh_price_wei=WEI // 1000
        )

    def verifiers(self) -> None:
        for verifier in VERIFIERS:
            self.add(verifier_set, verifier=verifier, is_verifier=True)

    def reveal(
        self, name: object, prover: bytes, domain_id: bytes, src_bytes: int = 200_000, opt_bytes: int = 80_000
    ) -> bytes:
        claim_id = digest("claim", name)
        self.add(
            claim_revealed,
            claim_id=claim_id,
            prover=prover,
            domain_id=domain_id,
            page_key=digest("page", name),
            src_root=digest("src", name),
            opt_root=digest("opt", name),
            trace_root=digest("trace", name),
            src_bytes=src_bytes,
            opt_bytes=opt_bytes,
            attested_bytes=0,
            token_count=2_602,
            opt_token_count=1_904,
            depth_s=12,
            depth_o=11,
            ruleset=1,
            evidence=digest("evidence", name),
            bond_wei=40 * WEI,
            deadline=int(self.time().timestamp()) + 7 * 86_400,
        )
        return claim_id

    def attest(self, claim_id: bytes, votes: int = 3, bits: int = 7) -> None:
        for verifier in VERIFIERS[:votes]:
            observed_at = int(self.time().timestamp()) - 60
            self.add(claim_attested, claim_id=claim_id, verifier=verifier, bits=bits, observed_at=observed_at)

    def finalize(self, claim_id: bytes, prover: bytes, domain_id: bytes, saved_bytes: int, paid: bool = True) -> None:
        reward_wei = saved_bytes * WEI // 10_240
        verified = self._verified[prover] = self._verified.get(prover, 0) + saved_bytes
        self.add(
            saving_recorded,
            harvester=prover,
            domain_id=domain_id,
            claim_id=claim_id,
            saved_bytes=saved_bytes,
            verified_bytes=verified,
            reputation=verified // 1024,
        )
        self._tickets += 1
        self._queued_wei += reward_wei
        self.add(
            reward_queued,
            ticket=self._tickets,
            account=prover,
            reason=claim_id,
            amount_wei=reward_wei,
            queued_end_wei=self._queued_wei,
        )
        self.add(
            claim_finalized,
            claim_id=claim_id,
            prover=prover,
            domain_id=domain_id,
            saved_bytes=saved_bytes,
            reward_wei=reward_wei,
            votes=3,
        )
        if paid:
            self.add(reward_paid, ticket=self._tickets, account=prover, amount_wei=reward_wei)

    def slash(self, claim_id: bytes, prover: bytes, fault: int = 4) -> None:
        self.add(
            claim_slashed,
            claim_id=claim_id,
            challenger=CHALLENGER,
            fault=fault,
            bounty_wei=20 * WEI,
            burnt_wei=20 * WEI,
        )
        self.add(reputation_slashed, harvester=prover, claim_id=claim_id, claimed_bytes=120_000, reputation=-1_170)

    def expire(self, claim_id: bytes, prover: bytes) -> None:
        self.add(claim_expired, claim_id=claim_id, prover=prover, bond_wei=40 * WEI)

    def parcel(self, harvester: bytes, biome: int = 0, owner: bytes | None = None) -> int:
        self._parcels += 1
        self.add(land_minted, token_id=self._parcels, harvester=harvester, biome=biome, level=1, area_m2=100)
        if owner is not None:
            self.add(land_transfer, sender=harvester, recipient=owner, token_id=self._parcels)
        return self._parcels

    def write(self, engine: Engine, head_number: int | None = None) -> None:
        """Writes the rows and the checkpoint in one transaction, and tells the listeners."""
        with engine.begin() as connection:
            for table, rows in _by_table(self._rows):
                connection.execute(insert(table), rows)
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            if self._rows:
                first = min(row["block_number"] for _, row in self._rows)
                Keeper().appended(driver.cursor(), first, self.number)
            self._rows = []
            connection.execute(blocks.delete())
            connection.execute(checkpoint.delete())
            here = digest("block", self.number)
            connection.execute(
                insert(blocks).values(
                    number=self.number, hash=here, parent_hash=digest("block", self.number - 1), time=self.time()
                )
            )
            connection.execute(
                insert(checkpoint).values(
                    chain_id=31337,
                    genesis_hash=digest("block", 0),
                    number=self.number,
                    hash=here,
                    time=self.time(),
                    head_number=self.number if head_number is None else head_number,
                )
            )
            connection.exec_driver_sql(
                "SELECT pg_notify('lightdom_blocks', %s)", (f'{{"number": {self.number}, "hash": "0x{here.hex()}"}}',)
            )


def _by_table(rows: Iterable[tuple[Table, dict[str, Any]]]) -> list[tuple[Table, list[dict[str, Any]]]]:
    grouped: dict[Table, list[dict[str, Any]]] = {}
    for table, row in rows:
        grouped.setdefault(table, []).append(row)
    return list(grouped.items())


def town(claims: int = 12, provers: int = 3) -> ChainRows:
    """A chain with every state of a claim: of each ten, seven finalized, one slashed, one expired, one pending."""
    chain = ChainRows()
    chain.next_block()
    chain.parameters(quorum=2)
    chain.parameters(quorum=3)
    chain.verifiers()
    shop = chain.host("shop.example", biome=5)
    unregistered = keccak(text="blog.example")
    for number in range(claims):
        chain.next_block()
        prover = account(number % provers)
        domain_id = shop if number % 2 else unregistered
        claim_id = chain.reveal(number, prover, domain_id, src_bytes=200_000 + number, opt_bytes=80_000)
        chain.next_block()
        match number % 10:
            case 3:
                chain.slash(claim_id, prover)
            case 6:
                chain.expire(claim_id, prover)
            case 9:
                chain.attest(claim_id, votes=2)
            case _:
                chain.attest(claim_id)
                chain.finalize(claim_id, prover, domain_id, saved_bytes=120_000 + number, paid=number % 4 != 0)
                chain.parcel(prover, biome=number % 8, owner=account(50) if number % 5 == 0 else None)
    chain.next_block()
    return chain
