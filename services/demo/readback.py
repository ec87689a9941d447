"""Reads the demonstration's claims back through GraphQL and holds every figure against the chain's own."""

from __future__ import annotations

import time
from typing import Any

import httpx

from services.chain import Chain, Status
from services.demo.run import Shown
from services.errors import ServiceError
from services.settings import Settings

QUERY = """
query Demo($claimId: Hex!, $prover: Address!) {
  _meta { block { number } }
  optimization(claimId: $claimId) {
    status prover sourceRoot optimizedRoot traceRoot sourceBytes optimizedBytes savedBytes votes bondWei rewardWei
    evidence challenger bountyWei
  }
  harvester(address: $prover) { verifiedBytes reputation landCount paidWei }
}
"""
_STATUS = {
    Status.PENDING: "PENDING",
    Status.FINAL: "FINALIZED",
    Status.SLASHED: "SLASHED",
    Status.EXPIRED: "EXPIRED",
}


class ApiUnreachable(ServiceError):
    """No API answers, or it cannot read its database."""

    code = "API_UNREACHABLE"


class ReadBackDiffers(ServiceError):
    """GraphQL and the chain tell different figures."""

    code = "READ_BACK_DIFFERS"


def read_back(settings: Settings, chain: Chain, shown: list[Shown], wait_seconds: float = 60.0) -> int:
    """Number of figures compared, all of them equal.

    Waits until the indexer has the chain's present block. Raises ReadBackDiffers, naming claim, figure and both
    values, or ApiUnreachable.
    """
    _wait_for_block(settings, chain.block_number(), wait_seconds)
    compared = 0
    for each in shown:
        answer = _ask(settings, {"claimId": "0x" + each.view.claim_id.hex(), "prover": each.view.claim.prover})
        for name, told in _expected(chain, each).items():
            part, field = name.split(".")
            got = answer[part][field] if answer[part] is not None else None
            if got != told:
                raise ReadBackDiffers(f"{each.url}: {name} is {told!r} on chain, {got!r} in GraphQL")
            compared += 1
    return compared


def _expected(chain: Chain, shown: Shown) -> dict[str, Any]:
    view, claim = shown.view, shown.view.claim
    registry, land = chain["OptimizationRegistry"].functions, chain["VirtualLandNFT"].functions

    def text(number: int | None) -> str | None:
        return None if number is None else str(number)

    return {
        "optimization.status": _STATUS[view.status],
        "optimization.prover": claim.prover,
        "optimization.sourceRoot": "0x" + claim.src.hex(),
        "optimization.optimizedRoot": "0x" + claim.opt.hex(),
        "optimization.traceRoot": "0x" + claim.trace.hex(),
        "optimization.evidence": "0x" + claim.evidence.hex(),
        "optimization.sourceBytes": str(claim.src_bytes),
        "optimization.optimizedBytes": str(claim.opt_bytes),
        "optimization.savedBytes": text(view.saved_bytes),
        "optimization.votes": view.votes,
        "optimization.bondWei": str(view.bond_wei),
        "optimization.rewardWei": text(view.reward_wei),
        "optimization.challenger": view.challenger,
        "optimization.bountyWei": text(view.bounty_wei),
        "harvester.verifiedBytes": str(chain.view(registry.verifiedBytesOf(claim.prover), "verifiedBytes")),
        "harvester.reputation": str(chain.view(registry.reputationOf(claim.prover), "reputation")),
        "harvester.landCount": chain.view(land.mintedOf(claim.prover), "mintedOf"),
    }


def _wait_for_block(settings: Settings, block: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        meta = _post(settings, "{ _meta { block { number } } }", {})["_meta"]
        if meta is not None and int(meta["block"]["number"]) >= block:
            return
        if time.monotonic() > deadline:
            reached = "nothing" if meta is None else f"block {meta['block']['number']}"
            raise ApiUnreachable(
                f"the indexer has {reached} after {seconds:.0f} s, the chain has {block}", "Look at the indexer's log."
            )
        time.sleep(0.3)


def _ask(settings: Settings, variables: dict[str, str]) -> dict[str, Any]:
    return _post(settings, QUERY, variables)


def _post(settings: Settings, query: str, variables: dict[str, str]) -> dict[str, Any]:
    try:
        answer = httpx.post(
            f"{settings.api_url}/graphql", json={"query": query, "variables": variables}, timeout=20
        ).json()
    except (httpx.HTTPError, ValueError) as error:
        raise ApiUnreachable(f"no GraphQL answers at {settings.api_url}", "Start it with `make up`.") from error
    if answer.get("data") is None or answer.get("errors"):
        raise ApiUnreachable(f"GraphQL answers {answer.get('errors')}", "Look at the API's log.")
    data: dict[str, Any] = answer["data"]
    return data
