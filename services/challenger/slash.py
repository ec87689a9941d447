"""A proof's way onto the chain: committed unseen, sent a block later, revealed for a share of the bounty, settled.

Whoever orders transactions can copy a proof but not the share of one who committed to it before. Every step can be
repeated after a crash: the salt is derived from the key and the proof, so nothing has to be remembered.
"""

from __future__ import annotations

import hmac
import time
from typing import Any

from eth_abi.abi import encode
from eth_account.signers.local import LocalAccount

from core_ext import keccak256
from services.chain import Chain
from services.errors import TransactionRefused
from services.harvest import Submitted


def commit_proof(chain: Chain, key: LocalAccount, claim_id: bytes, call: Any) -> None:
    """Announces a proof, unless that was done before. The proof must not be sent before this is mined."""
    try:
        chain.send(
            key,
            chain["ProofOfOptimization"].functions.commitChallenge(_commitment(key, claim_id, data_of(call))),
            "commitChallenge",
        )
    except TransactionRefused as error:
        if not error.reason.startswith("ChallengeKnown"):
            raise


def slash(chain: Chain, key: LocalAccount, submitted: Submitted, call: Any) -> None:
    """Slashes a claim and takes part in the bounty. Raises TransactionRefused, also where somebody else was first."""
    commit_proof(chain, key, submitted.claim_id, call)
    chain.send(key, call, "proof")
    # At once: the window for it may be short, and whoever committed is paid only if it reveals.
    reveal_proof(chain, key, submitted, call)


def reveal_proof(chain: Chain, key: LocalAccount, submitted: Submitted, call: Any) -> bool:
    """Takes part in the bounty of a slashed claim; false if this proof was never committed, or it is too late."""
    data = data_of(call)
    salt = _salt(key, submitted.claim_id, data)
    reveal = chain["ProofOfOptimization"].functions.revealChallenge(submitted.claim.as_tuple(), data, salt)
    try:
        chain.send(key, reveal, "revealChallenge")
    except TransactionRefused as error:
        if error.reason.startswith("ChallengerKnown"):
            return True
        if error.reason.startswith(("ChallengeUnknown", "ChallengeTooYoung", "BountyOver", "ChallengersTooMany")):
            return False
        raise
    return True


def settle(chain: Chain, key: LocalAccount, submitted: Submitted) -> bool:
    """Shares out the bounty and withdraws what is this key's; false while others may still reveal."""
    proofs = chain["ProofOfOptimization"]
    opener, _, deadline = chain.view(proofs.functions.bountyOf(submitted.claim_id), "bountyOf")
    if int(opener, 16) != 0:
        # Our clock too: a development chain makes no block, so tells no time, until somebody sends a transaction.
        if max(chain.time(), time.time()) < deadline:
            return False
        try:
            chain.send(key, proofs.functions.settleBounty(submitted.claim.as_tuple()), "settleBounty")
        except TransactionRefused as error:
            if error.reason.startswith("BountyOpen"):
                return False
            if not error.reason.startswith("BountySettled"):
                raise
    withdraw(chain, key)
    return True


def withdraw(chain: Chain, key: LocalAccount) -> None:
    """Takes all that the contract owes to a key."""
    proofs, token = chain["ProofOfOptimization"], chain["WrappedEther"]
    if chain.view(proofs.functions.credits(token.address, key.address), "credits"):
        chain.send(key, proofs.functions.withdraw(token.address, key.address), "withdraw")


def data_of(call: Any) -> bytes:
    """Calldata of a bound contract call."""
    return bytes.fromhex(call._encode_transaction_data().removeprefix("0x"))


def _commitment(key: LocalAccount, claim_id: bytes, data: bytes) -> bytes:
    words = [claim_id, keccak256(data), _salt(key, claim_id, data), key.address]
    return keccak256(encode(["bytes32", "bytes32", "bytes32", "address"], words))


def _salt(key: LocalAccount, claim_id: bytes, data: bytes) -> bytes:
    """A salt that only the key's owner can know and can always find again."""
    return hmac.digest(bytes(key.key), b"LightDom challenge salt" + claim_id + keccak256(data), "sha256")
