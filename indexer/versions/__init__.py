"""State by block: what the events add up to, kept in versions, so that any block of the past can be asked."""

from indexer.versions.comparing import compare_versions
from indexer.versions.keeper import DERIVATIONS, Keeper, rebuild, rebuild_outdated

__all__ = ["DERIVATIONS", "Keeper", "compare_versions", "rebuild", "rebuild_outdated"]
