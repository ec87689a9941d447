"""A verifier's stake: what it holds, and adding to it, which seats the verifier once it is enough and admitted."""

from __future__ import annotations

from dataclasses import dataclass

from eth_account.signers.local import LocalAccount

from services.chain import Chain


@dataclass(frozen=True, slots=True)
class Standing:
    """How a verifier stands. Amounts in wei of the bond token; `free_at` in chain seconds, zero while it stays."""

    verifier: str
    stake_wei: int
    minimum_wei: int
    free_at: int
    is_seated: bool

    @property
    def missing_wei(self) -> int:
        return max(0, self.minimum_wei - self.stake_wei)


def standing_of(chain: Chain, verifier: str) -> Standing:
    """Reads it from the chain."""
    stakes, proofs = chain["VerifierStakes"].functions, chain["ProofOfOptimization"].functions
    stake_wei, free_at = chain.view(stakes.stakeOf(verifier), "stakeOf")
    minimum_wei = chain.view(stakes.minimumStakeWei(), "minimumStakeWei")
    is_seated = bool(chain.view(proofs.isVerifier(verifier), "isVerifier"))
    return Standing(verifier, stake_wei, minimum_wei, free_at, is_seated)


def stake_for(chain: Chain, payer: LocalAccount, verifier: str, amount_wei: int) -> None:
    """Adds to a verifier's stake, of the payer's money; wraps ether where it lacks bond tokens.

    Raises TransactionRefused.
    """
    stakes, token = chain["VerifierStakes"], chain["WrappedEther"]
    balance = chain.view(token.functions.balanceOf(payer.address), "balance")
    if balance < amount_wei:
        chain.send(payer, token.functions.deposit(), "deposit", value_wei=amount_wei - balance)
    if chain.view(token.functions.allowance(payer.address, stakes.address), "allowance") < amount_wei:
        chain.send(payer, token.functions.approve(stakes.address, amount_wei), "approve")
    chain.send(payer, stakes.functions.stakeFor(verifier, amount_wei), "stakeFor")


def join(chain: Chain, payer: LocalAccount, verifier: str) -> None:
    """Seats a verifier that was admitted after it had staked. Raises TransactionRefused."""
    chain.send(payer, chain["VerifierStakes"].functions.join(verifier), "join")
