"""Whether a paid page is still served light, and a verifier's signed word on it (docs/PROTOCOL.md, "Rewards")."""

from __future__ import annotations

from dataclasses import dataclass

from eth_account.signers.local import LocalAccount

from optimizer.errors import OptimizerError
from optimizer.fetch import FetchLimits, fetch
from services.chain import Chain, Claim
from services.chain.typed_data import sign_typed
from services.harvest.evidence import Evidence
from services.verifier.served import is_of

_FIELDS = {"claimId": "bytes32", "servedBytes": "uint64", "observedAt": "uint64"}


@dataclass(frozen=True, slots=True)
class Sight:
    """What the claim's URL serves now. `served_bytes` is None where that could not be found out."""

    served_bytes: int | None
    words: str


@dataclass(frozen=True, slots=True)
class ServedVote:
    """A signed word that a claim's URL served this many bytes at a chain time."""

    claim_id: bytes
    verifier: str
    served_bytes: int
    observed_at: int
    signature: bytes


def see_served(claim: Claim, evidence: Evidence, limits: FetchLimits) -> Sight:
    """Fetches the bundle's URL, if it is the claim's, and measures what comes.

    A redirect to another page, or an answer without a page, is no sight of it: nothing is signed then.
    """
    url = evidence.report.get("url")
    if not isinstance(url, str) or not is_of(url, claim):
        return Sight(None, "the bundle names no URL that the claim's page key is of")
    try:
        fetched = fetch(url, limits)
    except OptimizerError as error:
        return Sight(None, f"{url} could not be fetched: {error}")
    if not is_of(fetched.url, claim):
        return Sight(None, f"{url} leads to {fetched.url}, which is another page")
    if not fetched.body:
        return Sight(None, f"{url} serves nothing")
    return Sight(len(fetched.body), f"{url} serves {len(fetched.body)} bytes, {claim.opt_bytes} were claimed")


def sign_served(
    chain: Chain, account: LocalAccount, claim_id: bytes, served_bytes: int, observed_at: int
) -> ServedVote:
    """Signs what was seen, for RewardStreams on this chain."""
    message = {"claimId": claim_id, "servedBytes": served_bytes, "observedAt": observed_at}
    signature = sign_typed(chain, account, "RewardStreams", "Served", _FIELDS, message)
    return ServedVote(claim_id, account.address, served_bytes, observed_at, signature)
