"""A claim together with the evidence that it names: what verifying, challenging and attesting all begin with."""

from __future__ import annotations

from dataclasses import dataclass

from services.blobs import BlobStore, digest_to_cid
from services.chain import Chain
from services.harvest.evidence import Evidence, fetch_evidence
from services.harvest.look import ClaimUnknown
from services.harvest.submit import Submitted, find_claim


@dataclass(frozen=True, slots=True)
class Case:
    """A revealed claim and its bundle. The bundle is what its CID names; whether it is true is not known yet."""

    submitted: Submitted
    evidence: Evidence

    @property
    def cid(self) -> str:
        return digest_to_cid(self.submitted.claim.evidence)


def open_case(chain: Chain, store: BlobStore, claim_id: bytes) -> Case:
    """Reads a claim from the chain and fetches its bundle.

    Raises ClaimUnknown; BlobError where the bundle is not to be had; EvidenceError where it is malformed.
    """
    submitted = find_claim(chain, claim_id=claim_id)
    if submitted is None:
        raise ClaimUnknown(claim_id)
    return Case(submitted, fetch_evidence(store, digest_to_cid(submitted.claim.evidence)))
