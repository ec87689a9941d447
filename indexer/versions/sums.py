"""Sums over everything, and over each hour and day."""

from indexer.tables import rollup_versions, total_versions
from indexer.versions.claims import CLAIM_BEFORE, CLAIM_NOW
from indexer.versions.patch import Derivation, Patch

_STARTS = "date_trunc(i.interval, e.block_time, 'UTC')"
_INTERVALS = "CROSS JOIN (VALUES ('hour'), ('day')) i (interval)"


def _happened(table: str, **says: str) -> Patch:
    return Patch(f"{table} e {_INTERVALS}", ("i.interval", _STARTS), says)


rollups = Derivation(
    rollup_versions,
    (
        _happened("claim_revealed", claims_revealed="1"),
        _happened("claim_finalized", claims_finalized="1", saved_bytes="e.saved_bytes", reward_wei="e.reward_wei"),
        _happened("claim_slashed", claims_slashed="1"),
        _happened("claim_expired", claims_expired="1"),
        _happened("claim_attested", attestations="1"),
        _happened("reward_paid", paid_wei="e.amount_wei"),
    ),
)


def _claims(rows: str, version: str, sign: str) -> Patch:
    """What the claims of these rows add to the totals, or take from them."""
    says = {f"claims_{name}": f"CASE WHEN {version}.status = '{name}' THEN {sign}1 ELSE 0 END" for name in _STATUSES}
    figures = {
        "saved_bytes": f"{version}.saved_bytes",
        "source_bytes": "r.src_bytes",
        "optimized_bytes": "r.opt_bytes",
        "attested_bytes": "r.attested_bytes",
    }
    says |= {
        name: f"CASE WHEN {version}.status = 'finalized' THEN {sign}{figure} ELSE 0 END"
        for name, figure in figures.items()
    }
    return Patch(rows, ("true",), says | {"claims": f"{sign}1"}, block="e.from_block", log="0")


_STATUSES = ("pending", "finalized", "slashed", "expired")


def _counted(table: str, key: str, condition: str, says: dict[str, str]) -> tuple[Patch, Patch]:
    """What the keys of a table of versions add to the totals while they meet a condition, in which {v} is a version."""
    before = f"{table} e JOIN {table} b ON b.{key} = e.{key} AND b.until_block = e.from_block"
    return (
        Patch(
            f"{table} e",
            ("true",),
            {name: said.format(v="e") for name, said in says.items()},
            where=condition.format(v="e"),
            block="e.from_block",
            log="0",
        ),
        Patch(
            before,
            ("true",),
            {name: f"-{said.format(v='b')}" for name, said in says.items()},
            where=condition.format(v="b"),
            block="e.from_block",
            log="0",
        ),
    )


totals = Derivation(
    total_versions,
    (
        _claims(CLAIM_NOW, "e", ""),
        _claims(CLAIM_BEFORE, "b", "-"),
        *_counted("page_versions", "page_key", "{v}.claims_finalized > 0", {"pages": "1"}),
        *_counted("host_versions", "domain_id", "{v}.claims_finalized > 0", {"hosts": "1"}),
        *_counted("harvester_versions", "address", "{v}.first_seen_block IS NOT NULL", {"harvesters": "1"}),
        *_counted(
            "land_versions", "token_id", "{v}.minted_block IS NOT NULL", {"parcels": "1", "area_m2": "{v}.area_m2"}
        ),
        Patch("reward_queued e", ("true",), {"reward_wei": "e.amount_wei"}),
        Patch("reward_paid e", ("true",), {"paid_wei": "e.amount_wei"}),
    ),
)
