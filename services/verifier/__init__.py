"""What a verifier node does: fetch evidence, recompute the roots, say in words what is wrong, sign what is right."""

from services.verifier.attest import Vote, sign_vote
from services.verifier.finding import Fault, Finding, Witness
from services.verifier.recompute import findings, recompute

__all__ = ["Fault", "Finding", "Vote", "Witness", "findings", "recompute", "sign_vote"]
