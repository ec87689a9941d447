"""A verifier's signed word on whether a host shows its owner's token."""

from __future__ import annotations

from collections.abc import Sequence

from eth_account.signers.local import LocalAccount

from core_ext import keccak256
from services.chain import Chain
from services.chain.typed_data import sign_typed
from services.domains.request import Request

_FIELDS = {
    "domainId": "bytes32",
    "owner": "address",
    "biome": "uint8",
    "nonce": "uint64",
    "isSeen": "bool",
    "observedAt": "uint64",
}


def token_of(chain: Chain, host: str, owner: str) -> str:
    """What the owner has to publish, 0x and 64 hex digits."""
    return "0x" + bytes(chain.view(chain["DomainControl"].functions.tokenOf(host, owner), "tokenOf")).hex()


def cast_domain(chain: Chain, request: Request, keys: Sequence[LocalAccount], is_seen: bool) -> None:
    """Votes with every key in one transaction of the first. Raises TransactionRefused."""
    observed_at = chain.time()
    message = {
        "domainId": keccak256(request.host.encode()),
        "owner": request.owner,
        "biome": int(request.biome),
        "nonce": request.nonce,
        "isSeen": is_seen,
        "observedAt": observed_at,
    }
    votes = [
        (key.address, is_seen, observed_at, sign_typed(chain, key, "DomainControl", "DomainSeen", _FIELDS, message))
        for key in keys
    ]
    call = chain["DomainControl"].functions.vote(request.host, request.owner, int(request.biome), votes)
    chain.send(keys[0], call, "vote")
