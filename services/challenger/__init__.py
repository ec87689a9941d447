"""Challenging: the cheapest proof that a claim is wrong, built from its own evidence, and sent."""

from services.challenger.node import ChallengerNode
from services.challenger.proof import proof_calls

__all__ = ["ChallengerNode", "proof_calls"]
