"""A claim's evidence made without a chain, a key or a network, and kept in one file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import optimizer
from services.blobs import BlobStore
from services.chain.claim import Claim
from services.errors import ClaimFileFalse, ReportMalformed
from services.harvest.align import align
from services.harvest.build import Prepared, claim_of, commit_evidence, ruleset_of, split_url
from services.harvest.claim_file import ClaimFile, read_claim_file
from services.harvest.streamed import stream_claim_file
from services.verifier import recompute

NOBODY = "0x" + "00" * 20


@dataclass(frozen=True, slots=True)
class Proven:
    """What a claim file commits to: its CID, and the claim's figures as report.json tells them."""

    cid: str
    figures: dict[str, Any]

    @property
    def proven_bytes(self) -> int:
        """Bytes saved by rules that are proven on chain; the others rest on verifiers' votes."""
        return int(self.figures["srcBytes"] - self.figures["optBytes"] - self.figures["attestedBytes"])


def prove_page(page: bytes, url: str, path: Path, level: str = "max", optimized: bytes | None = None) -> Proven:
    """Builds the evidence of a page, and of a lighter one that was given or is made here, and writes the file.

    Raises PageUrlInvalid, NotAligned, NothingSaved, or the optimizer's errors.
    """
    split_url(url)
    report: dict[str, Any] = {"url": url, "optimizer": "given" if optimized is not None else optimizer.__name__}
    if optimized is not None:
        aligned = align(page, optimized)
        rules, replacements = aligned.rules, aligned.replacements
    else:
        result = optimizer.optimize(page, level=level)
        rules, replacements, report["level"] = result.rules, dict(result.replacements), level
    cid = stream_claim_file(path, page, rules, replacements, report, ruleset_of(rules))
    return Proven(cid, report["claim"])


def prepare_file(path: Path, url: str, prover: str, store: BlobStore, replaces: bytes | None = None) -> Prepared:
    """A claim file ready to be committed by a prover, stored; `url` and `replaces` change its report if given.

    Raises the file's errors, and ClaimFileFalse where its evidence does not give what its report says.
    """
    file = read_claim_file(path)
    claim = claimed_in(file)
    finding = recompute(claim, file.evidence)
    if finding is not None:
        raise ClaimFileFalse(str(path), finding.words)
    report = dict(file.evidence.report)
    if url:
        report["url"] = url
    if replaces is not None:
        report["replaces"] = "0x" + replaces.hex()
    host, place = split_url(str(report.get("url", "")))
    evidence = replace(file.evidence, report=report)
    return Prepared(*commit_evidence(evidence, host, place, prover, store, claim.ruleset), url=str(report["url"]))


def claimed_in(file: ClaimFile) -> Claim:
    """The claim that a file says it is evidence of, by its report; nobody's yet, as no file can name its prover.

    Raises ReportMalformed where the report does not say it.
    """
    told = file.evidence.report.get("claim")
    if not isinstance(told, dict):
        raise ReportMalformed("claim", "there is none")
    host, path = split_url(str(file.evidence.report.get("url", "")))
    ruleset = _whole(told, "ruleset", 16)
    made = claim_of(file.evidence, host, path, NOBODY, file.cid, ruleset)
    return replace(
        made,
        src=_hash(told, "src"),
        opt=_hash(told, "opt"),
        trace=_hash(told, "trace"),
        src_bytes=_whole(told, "srcBytes", 64),
        opt_bytes=_whole(told, "optBytes", 64),
        attested_bytes=_whole(told, "attestedBytes", 64),
        n=_whole(told, "n", 32),
        m=_whole(told, "m", 32),
        depth_s=_whole(told, "depthS", 8),
        depth_o=_whole(told, "depthO", 8),
    )


def _whole(told: dict[str, Any], name: str, bits: int) -> int:
    value = told.get(name)
    if type(value) is not int or not 0 <= value < 2**bits:
        raise ReportMalformed(f"claim.{name}", f"it is {value!r}, not a whole number below 2^{bits}")
    return value


def _hash(told: dict[str, Any], name: str) -> bytes:
    value = told.get(name)
    if not isinstance(value, str) or not re.fullmatch("0x[0-9a-f]{64}", value):
        raise ReportMalformed(f"claim.{name}", f"it is {value!r}, not 0x and 64 hex digits")
    return bytes.fromhex(value[2:])
