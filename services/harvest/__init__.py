"""Harvesting: from a page to its evidence bundle, its claim, and the claim on chain."""

from services.harvest.build import PageNotUtf8, Prepared, prepare
from services.harvest.evidence import Evidence, fetch_evidence, store_evidence
from services.harvest.submit import Submitted, find_claim, submit

__all__ = [
    "Evidence",
    "PageNotUtf8",
    "Prepared",
    "Submitted",
    "fetch_evidence",
    "find_claim",
    "prepare",
    "store_evidence",
    "submit",
]
