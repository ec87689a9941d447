"""Settling: the calls that anyone may make once time or votes allow them, so that no claimant has to watch a clock."""

from services.settler.node import SettlerNode

__all__ = ["SettlerNode"]
