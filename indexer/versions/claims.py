# ruff: noqa: S608 - every name and expression in these statements is written in this package
"""Claims, and the pages and hosts that they are about."""

from indexer.tables import claim_versions, host_versions, page_versions
from indexer.versions.patch import Derivation, Patch

_EARLIER = "(o.block_number, o.log_index) < (e.block_number, e.log_index)"

# Until the deployment is recorded, a vote counts as on any public chain: with all three bits.
_REQUIRED = "(SELECT coalesce(min(required_bits), 7::smallint) FROM contracts WHERE name = 'ProofOfOptimization')"

_UNDECIDED = dict.fromkeys(
    (
        *("counted_votes", "saved_bytes", "reward_wei", "challenger", "fault", "bounty_wei", "burnt_wei"),
        *("decided_block", "decided_log_index", "decided_at", "decided_tx_hash"),
    ),
    "NULL",
)
_DECIDED = _UNDECIDED | {
    "decided_block": "e.block_number",
    "decided_log_index": "e.log_index",
    "decided_at": "e.block_time",
    "decided_tx_hash": "e.tx_hash",
}

claims = Derivation(
    claim_versions,
    (
        Patch(
            "claim_revealed e",
            ("e.claim_id",),
            # A claim that is revealed again, after it expired, is pending again.
            {
                "revealed_block": "e.block_number",
                "revealed_log_index": "e.log_index",
                "status": "'pending'",
                "claimed_bytes": "e.src_bytes - e.opt_bytes",
            }
            | _UNDECIDED,
        ),
        Patch(
            "claim_attested e",
            ("e.claim_id",),
            {"votes": "1"},
            where=f"e.bits & {_REQUIRED} = {_REQUIRED} AND NOT EXISTS ("
            " SELECT 1 FROM claim_attested o WHERE o.claim_id = e.claim_id AND o.verifier = e.verifier"
            f" AND o.bits & {_REQUIRED} = {_REQUIRED} AND {_EARLIER})",
        ),
        Patch(
            "claim_finalized e",
            ("e.claim_id",),
            _DECIDED
            | {
                "status": "'finalized'",
                "counted_votes": "e.votes",
                "saved_bytes": "e.saved_bytes",
                "reward_wei": "e.reward_wei",
            },
        ),
        Patch(
            "claim_slashed e",
            ("e.claim_id",),
            _DECIDED
            | {
                "status": "'slashed'",
                "challenger": "e.challenger",
                "fault": "e.fault",
                "bounty_wei": "e.bounty_wei",
                "burnt_wei": "e.burnt_wei",
            },
        ),
        Patch("claim_expired e", ("e.claim_id",), _DECIDED | {"status": "'expired'"}),
    ),
)

_REVEAL = "JOIN claim_revealed r ON r.block_number = {v}.revealed_block AND r.log_index = {v}.revealed_log_index"

CLAIM_NOW = f"claim_versions e {_REVEAL.format(v='e')}"
"""New versions of claims, with the reveal `r` of each."""

CLAIM_BEFORE = (
    "claim_versions e JOIN claim_versions b ON b.claim_id = e.claim_id AND b.until_block = e.from_block "
    + _REVEAL.format(v="b")
)
"""The version `b` that a new one followed, with its reveal `r`: the same key may have been revealed with other figures.

What is counted over claims gains by each new version and loses by the one before it.
"""


def _of_finalized(key: str) -> tuple[Patch, Patch]:
    """The finalized claims of something, and what they saved."""
    return (
        Patch(
            CLAIM_NOW,
            (key,),
            {"claims_finalized": "1", "saved_bytes": "e.saved_bytes"},
            where="e.status = 'finalized'",
            block="e.from_block",
            log="0",
        ),
        Patch(
            CLAIM_BEFORE,
            (key,),
            {"claims_finalized": "-1", "saved_bytes": "-b.saved_bytes"},
            where="b.status = 'finalized'",
            block="e.from_block",
            log="0",
        ),
    )


pages = Derivation(
    page_versions,
    (
        Patch("claim_revealed e", ("e.page_key",), {"domain_id": "e.domain_id"}),
        *_of_finalized("r.page_key"),
    ),
)

hosts = Derivation(
    host_versions,
    (
        Patch(
            "host_registered e",
            ("e.domain_id",),
            {
                "host": "e.host",
                "owner": "e.owner",
                "biome": "e.biome",
                "registered_block": "e.block_number",
                "registered_at": "e.block_time",
            },
        ),
        *_of_finalized("r.domain_id"),
    ),
)
