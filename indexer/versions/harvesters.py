# ruff: noqa: S608 - every name and expression in these statements is written in this package
"""Harvesters and their parcels, and the verifiers who vote on their claims."""

from indexer.tables import harvester_versions, land_versions, verifier_versions
from indexer.versions.patch import Derivation, Patch

_SEEN = {"first_seen_block": "e.block_number", "first_seen_at": "e.block_time"}


def _first_of_claim(table: str, who: str) -> str:
    """A claim that is revealed, expires and is revealed again is one claim of its harvester."""
    return (
        f"NOT EXISTS (SELECT 1 FROM {table} o WHERE o.claim_id = e.claim_id AND o.{who} = e.{who}"
        " AND (o.block_number, o.log_index) < (e.block_number, e.log_index))"
    )


def _claims(table: str, who: str, column: str) -> Patch:
    return Patch(f"{table} e", (f"e.{who}",), {column: "1"}, where=_first_of_claim(table, who))


harvesters = Derivation(
    harvester_versions,
    (
        Patch("claim_revealed e", ("e.prover",), _SEEN),
        _claims("claim_revealed", "prover", "claims_revealed"),
        _claims("claim_finalized", "prover", "claims_finalized"),
        _claims("reputation_slashed", "harvester", "claims_slashed"),
        _claims("claim_expired", "prover", "claims_expired"),
        Patch(
            "saving_recorded e",
            ("e.harvester",),
            _SEEN | {"verified_bytes": "e.verified_bytes", "reputation": "e.reputation"},
        ),
        Patch("reputation_slashed e", ("e.harvester",), _SEEN | {"reputation": "e.reputation"}),
        Patch("reward_queued e", ("e.account",), {"reward_wei": "e.amount_wei"}),
        Patch("reward_paid e", ("e.account",), {"paid_wei": "e.amount_wei"}),
        Patch("land_minted e", ("e.harvester",), _SEEN | {"land_count": "1"}),
    ),
)

land = Derivation(
    land_versions,
    (
        Patch(
            "land_minted e",
            ("e.token_id",),
            {
                "harvester": "e.harvester",
                "biome": "e.biome",
                "level": "e.level",
                "area_m2": "e.area_m2",
                "minted_block": "e.block_number",
                "minted_log_index": "e.log_index",
                "minted_at": "e.block_time",
                "tx_hash": "e.tx_hash",
            },
        ),
        Patch("land_transfer e", ("e.token_id",), {"owner": "e.recipient"}),
    ),
)

verifiers = Derivation(
    verifier_versions,
    (
        Patch(
            "verifier_set e",
            ("e.verifier",),
            {"is_verifier": "e.is_verifier", "set_block": "e.block_number", "set_at": "e.block_time"},
        ),
        Patch("claim_attested e", ("e.verifier",), {"attestations": "1", "last_attested_at": "e.block_time"}),
        Patch("staked e", ("e.verifier",), {"stake_wei": "e.amount_wei"}),
        Patch("stake_released e", ("e.verifier",), {"stake_wei": "-e.amount_wei"}),
        # A slash takes the whole stake: a part as the reporter's bounty, the rest burnt.
        Patch("verifier_slashed e", ("e.verifier",), {"stake_wei": "-(e.bounty_wei + e.burnt_wei)"}),
    ),
)
