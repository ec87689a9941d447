"""An optimization: one claim that a page was made lighter, from its reveal to its end, and the votes on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import Row, select

from api.cid import digest_to_cid
from api.database import Reads
from api.lists import read_by_key, read_child_page
from api.pages import Window
from api.reads.optimizations import attestation_list
from api.scalars import Address, BigInt, DateTime, Hex
from api.types.enums import Biome, ClaimStatus, Fault
from indexer.tables import claim_attested, optimizations

if TYPE_CHECKING:
    from api.types.harvester import Harvester

_LAST_SECOND = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())
_EVERY_VOTE = Window(size=100)
"""A vote counts once a verifier, and the vote bitmap of the contract has room for fewer than 256."""


@strawberry.type(description="One verifier's signed word on a claim.")
class Attestation:
    verifier: Address
    is_served: bool = strawberry.field(description="The host serves the source page.")
    renders_equal: bool = strawberry.field(description="The lighter page renders the same.")
    is_available: bool = strawberry.field(description="The evidence is there and gives the three roots.")
    observed_at: DateTime | None
    attested_at: DateTime
    block_number: BigInt
    transaction_hash: Hex


@strawberry.type(description="One claim that a page was made lighter, and what became of it.")
class Optimization:
    claim_id: Hex
    status: ClaimStatus
    prover: Address
    page_key: Hex
    domain_id: Hex
    host: str | None = strawberry.field(description="Null where nobody registered the host.")
    biome: Biome
    source_root: Hex
    optimized_root: Hex
    trace_root: Hex
    source_bytes: BigInt
    optimized_bytes: BigInt
    claimed_bytes: BigInt = strawberry.field(description="sourceBytes - optimizedBytes; the prover's word until final.")
    attested_bytes: BigInt = strawberry.field(
        description="The part of claimedBytes that rests on votes, not on proofs."
    )
    saved_bytes: BigInt | None = strawberry.field(description="Bytes verified and paid; null until finalized.")
    source_tokens: BigInt
    optimized_tokens: BigInt
    ruleset: int
    evidence: Hex = strawberry.field(description="sha2-256 digest of the evidence bundle's root block.")
    votes: int
    bond_wei: BigInt
    reward_wei: BigInt | None = strawberry.field(description="DSH wei; null until finalized.")
    deadline: DateTime | None = strawberry.field(description="When the challenge window closes; null past year 9999.")
    revealed_block: BigInt
    revealed_at: DateTime
    transaction_hash: Hex = strawberry.field(description="The transaction of the reveal.")
    decided_block: BigInt | None
    decided_at: DateTime | None
    decided_transaction_hash: Hex | None
    challenger: Address | None
    fault: Fault | None
    bounty_wei: BigInt | None = strawberry.field(description="What the challenger got of the bond.")
    burnt_wei: BigInt | None = strawberry.field(description="What was burnt of the bond.")
    reads: strawberry.Private[Reads]

    @strawberry.field(description="CIDv1 of the evidence bundle: the page, the lighter page, the trace.")
    def evidence_cid(self) -> str:
        return digest_to_cid(self.evidence)

    @strawberry.field(description="Who made the claim, with what they have verified so far.")
    async def harvester(self) -> Annotated[Harvester, strawberry.lazy("api.types.harvester")] | None:
        from api.types.harvester import harvester_of  # the two types name each other

        return await harvester_of(self.reads, self.prover)

    @strawberry.field(description="The votes on this claim in the order of the chain; at most 100.")
    async def attestations(self) -> list[Attestation]:
        page = await read_child_page(
            self.reads, attestation_list(), claim_attested.c.claim_id, self.claim_id, _EVERY_VOTE
        )
        return [_attestation(row) for row in page.rows]


def optimization(row: Row[Any], reads: Reads) -> Optimization:
    """The optimization of one row of the view."""
    return Optimization(
        claim_id=Hex(row.claim_id),
        status=ClaimStatus(row.status),
        prover=Address(row.prover),
        page_key=Hex(row.page_key),
        domain_id=Hex(row.domain_id),
        host=row.host,
        biome=Biome(row.biome),
        source_root=Hex(row.src_root),
        optimized_root=Hex(row.opt_root),
        trace_root=Hex(row.trace_root),
        source_bytes=BigInt(row.src_bytes),
        optimized_bytes=BigInt(row.opt_bytes),
        claimed_bytes=BigInt(row.claimed_bytes),
        attested_bytes=BigInt(row.attested_bytes),
        saved_bytes=row.saved_bytes,
        source_tokens=BigInt(row.token_count),
        optimized_tokens=BigInt(row.opt_token_count),
        ruleset=row.ruleset,
        evidence=Hex(row.evidence),
        votes=row.votes,
        bond_wei=BigInt(row.bond_wei),
        reward_wei=row.reward_wei,
        deadline=row.deadline_at,
        revealed_block=BigInt(row.revealed_block),
        revealed_at=DateTime(row.revealed_at),
        transaction_hash=Hex(row.tx_hash),
        decided_block=row.decided_block,
        decided_at=row.decided_at,
        decided_transaction_hash=row.decided_tx_hash,
        challenger=row.challenger,
        fault=None if row.fault is None else Fault(row.fault),
        bounty_wei=row.bounty_wei,
        burnt_wei=row.burnt_wei,
        reads=reads,
    )


async def optimization_of(reads: Reads, claim_id: bytes) -> Optimization | None:
    """The optimization with that claim id, if it was revealed."""
    row = await read_by_key(reads, "optimization", select(optimizations), optimizations.c.claim_id, claim_id)
    return None if row is None else optimization(row, reads)


def _attestation(row: Row[Any]) -> Attestation:
    return Attestation(
        verifier=Address(row.verifier),
        is_served=bool(row.bits & 1),
        renders_equal=bool(row.bits & 2),
        is_available=bool(row.bits & 4),
        observed_at=DateTime(datetime.fromtimestamp(row.observed_at, UTC)) if row.observed_at <= _LAST_SECOND else None,
        attested_at=DateTime(row.block_time),
        block_number=BigInt(row.block_number),
        transaction_hash=Hex(row.tx_hash),
    )
