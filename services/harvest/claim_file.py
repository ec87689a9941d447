"""The claim file: an evidence bundle as one CAR file, to be sent, kept and checked without any store.

Its root is the CID whose digest the claim carries, so the file proves by itself that it is the claim's evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.blobs import read_car, write_car
from services.harvest.evidence import LIMITS, Evidence, evidence_of, files_of


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """What a claim file holds, and the CID that it has."""

    cid: str
    evidence: Evidence


def write_claim_file(path: Path, evidence: Evidence) -> ClaimFile:
    """Writes a bundle, in place of what was at `path`; a reader never sees half of it."""
    return ClaimFile(write_car(files_of(evidence), path), evidence)


def read_claim_file(path: Path) -> ClaimFile:
    """Reads a bundle. Every byte is hostile until the roots agree with a claim's.

    Raises CarMalformed, BlobCorrupt, EvidenceTooLarge or TraceMalformed.
    """
    cid, files = read_car(path, LIMITS)
    return ClaimFile(cid, evidence_of(files))


def committed_figures(evidence: Evidence, ruleset: int) -> dict[str, Any]:
    """What a claim commits to besides its prover, page and CID, by the names of docs/claim.schema.json."""
    source, output, steps = evidence.source_tree(), evidence.output_tree(), evidence.step_tree()
    return {
        "ruleset": ruleset,
        "src": "0x" + source.root.hex(),
        "opt": "0x" + output.root.hex(),
        "trace": "0x" + steps.root.hex(),
        "srcBytes": source.total,
        "optBytes": output.total,
        "attestedBytes": evidence.attested_bytes,
        "n": source.count,
        "m": output.count,
        "depthS": source.depth,
        "depthO": output.depth,
    }
