"""How claims and the system's state are shown: a short list for people, one JSON object for programs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from services.blobs import digest_to_cid, open_store
from services.chain import connect
from services.errors import ServiceError
from services.harvest.look import ClaimView
from services.settings import Settings

ETHER = Decimal(10) ** 18


def claim_to_json(view: ClaimView) -> dict[str, Any]:
    """A claim with hashes as 0x hex and amounts in wei as strings."""
    claim = view.claim
    return {
        "claimId": "0x" + view.claim_id.hex(),
        "status": view.status.name.lower(),
        "prover": claim.prover,
        "sourceRoot": "0x" + claim.src.hex(),
        "optimizedRoot": "0x" + claim.opt.hex(),
        "traceRoot": "0x" + claim.trace.hex(),
        "sourceBytes": claim.src_bytes,
        "optimizedBytes": claim.opt_bytes,
        "evidence": digest_to_cid(claim.evidence),
        "votes": view.votes,
        "bondWei": str(view.bond_wei),
        "deadline": view.deadline,
        "revealedBlock": view.revealed_block,
        "savedBytes": view.saved_bytes,
        "rewardWei": None if view.reward_wei is None else str(view.reward_wei),
        "isPaid": view.is_paid,
        "challenger": view.challenger,
        "bountyWei": None if view.bounty_wei is None else str(view.bounty_wei),
    }


def print_claim(view: ClaimView, *, as_json: bool, is_new: bool = False) -> None:
    """One claim; `is_new` says that this command put it there."""
    if as_json:
        print(json.dumps(claim_to_json(view), indent=2))
        return
    claim = view.claim
    saved = claim.src_bytes - claim.opt_bytes
    rows = [
        ("claim", "0x" + view.claim_id.hex() + ("  (new)" if is_new else "")),
        ("status", view.status.name.lower()),
        ("page", f"{claim.src_bytes} -> {claim.opt_bytes} bytes ({saved} saved, {saved / claim.src_bytes:.1%})"),
        ("evidence", f"ipfs://{digest_to_cid(claim.evidence)}"),
        ("votes", str(view.votes)),
        ("bond", f"{view.bond_wei / ETHER:f} WETH"),
    ]
    if view.reward_wei is not None:
        rows.append(("reward", f"{view.reward_wei / ETHER:f} DSH, {'paid' if view.is_paid else 'waiting in line'}"))
    if view.challenger is not None and view.bounty_wei is not None:
        rows.append(("slashed by", f"{view.challenger} (bounty {view.bounty_wei / ETHER:f} WETH)"))
    for name, value in rows:
        print(f"{name:>11}  {value}")
    if view.status.name == "PENDING":
        print(f"\nOpen to challenge until {view.deadline} (chain time).")
        print(f"Look again: lightdom status 0x{view.claim_id.hex()}")


def print_system(settings: Settings, *, as_json: bool) -> int:
    """Chain, blob store and API, each asked now. Gives 0 if all answer, else 1."""
    parts = {"chain": _chain(settings), "blobs": _blobs(settings), "api": _api(settings)}
    if as_json:
        print(json.dumps({name: {"available": ok, "detail": detail} for name, (ok, detail) in parts.items()}, indent=2))
    else:
        for name, (ok, detail) in parts.items():
            print(f"{name:>6}  {'ok' if ok else 'unavailable':<11}  {detail}")
    return 0 if all(ok for ok, _ in parts.values()) else 1


def _chain(settings: Settings) -> tuple[bool, str]:
    try:
        chain = connect(settings)
        return True, f"chain {chain.chain_id} at {settings.rpc_url}, block {chain.block_number()}"
    except ServiceError as error:
        return False, f"{error}. {error.next_step}"


def _blobs(settings: Settings) -> tuple[bool, str]:
    try:
        return True, open_store(settings.ipfs_url).check()
    except ServiceError as error:
        return False, f"{error}. {error.next_step}"


def _api(settings: Settings) -> tuple[bool, str]:
    import httpx

    try:
        answer = httpx.get(f"{settings.api_url}/ready", timeout=5)
    except httpx.HTTPError:
        return False, f"no API answers at {settings.api_url}. Start it with `make up`."
    return answer.status_code == 200, f"{settings.api_url} answers {answer.status_code} to /ready"
