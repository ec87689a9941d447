"""Harvesting: from a page to its evidence bundle, its claim, and the claim on chain."""

from services.harvest.build import PageNotUtf8, Prepared, prepare
from services.harvest.claim_file import ClaimFile, committed_figures, read_claim_file, write_claim_file
from services.harvest.evidence import Evidence, fetch_evidence, store_evidence
from services.harvest.submit import Submitted, find_claim, submit

__all__ = [
    "ClaimFile",
    "Evidence",
    "PageNotUtf8",
    "Prepared",
    "Submitted",
    "committed_figures",
    "fetch_evidence",
    "find_claim",
    "prepare",
    "read_claim_file",
    "store_evidence",
    "submit",
    "write_claim_file",
]
