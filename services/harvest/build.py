"""From a page and its URL to a claim that is ready to be committed: optimize, trace, prove, bundle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import core_ext
import optimizer
from services.blobs import BlobStore, cid_to_digest
from services.chain.claim import Claim, domain_id_of, page_key_of
from services.errors import ServiceError
from services.harvest.evidence import Evidence, TokenList, store_evidence

RULESET = 1


class PageUrlInvalid(ServiceError):
    """A claim names the page's public URL."""

    code = "PAGE_URL_INVALID"

    def __init__(self, url: str) -> None:
        super().__init__(f"{url!r} is not the page's public http(s) URL", "Pass --url https://host/path.")


class PageNotUtf8(ServiceError):
    """A claim is about the very bytes that are served, and the rules are proven for UTF-8 alone."""

    code = "PAGE_NOT_UTF8"

    def __init__(self, encoding: str) -> None:
        super().__init__(f"the page is in {encoding}", "Serve it as UTF-8; `lightdom optimize` works on it as it is.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A claim with the bundle that backs it, stored under `cid`."""

    claim: Claim
    evidence: Evidence
    cid: str
    url: str


def prepare(
    page: bytes,
    url: str,
    prover: str,
    store: BlobStore,
    level: str = "max",
    replaces: bytes | None = None,
    recipe: optimizer.Recipe | None = None,
) -> Prepared:
    """Optimizes a page by a recipe, or the level's own, builds its three trees and stores the evidence.

    The claim names the smallest rule set that has the rules which were used. `replaces` names an expired claim: an
    expired claim is over, and its successor needs other evidence.
    """
    host, path = split_url(url)
    result = optimizer.optimize(page, level=level, recipe=recipe)
    report = {"url": url, "level": level, "optimizer": optimizer.__name__}
    if replaces is not None:
        report["replaces"] = "0x" + replaces.hex()
    evidence = build_evidence(page, result.rules, report, result.replacements)
    ruleset = ruleset_of(result.rules)
    return Prepared(*commit_evidence(evidence, host, path, prover, store, ruleset), url=url)


def build_evidence(
    page: bytes, rules: bytes, report: dict[str, Any], replacements: Mapping[int, bytes] | None = None
) -> Evidence:
    """The honest evidence of applying these rules, one a token, to a page; `replacements` as for core_ext.trace()."""
    tokens = core_ext.lex(page)
    trace = core_ext.trace(page, tokens, rules, replacements)
    return Evidence(
        page=page,
        optimized=bytes(trace.optimized),
        source=TokenList(bytes(tokens.kinds), tuple(tokens.starts)),
        steps=bytes(trace.steps),
        output=TokenList(bytes(trace.out_kinds), tuple(trace.out_starts)),
        report=report,
    )


def ruleset_of(rules: bytes) -> int:
    """The smallest rule set that has all of these rules, by number."""
    return next(number for number, known in sorted(core_ext.RULESETS.items()) if set(rules) <= known)


def commit_evidence(
    evidence: Evidence, host: str, path: str, prover: str, store: BlobStore, ruleset: int = RULESET
) -> tuple[Claim, Evidence, str]:
    """The claim that the trees of this evidence, honest or not, amount to; the evidence is stored first."""
    cid = store_evidence(store, evidence)
    return claim_of(evidence, host, path, prover, cid, ruleset), evidence, cid


def claim_of(evidence: Evidence, host: str, path: str, prover: str, cid: str, ruleset: int) -> Claim:
    """The claim that the trees of this evidence, honest or not, amount to."""
    source, output, steps = evidence.source_tree(), evidence.output_tree(), evidence.step_tree()
    domain_id = domain_id_of(host)
    return Claim(
        prover=prover,
        page_key=page_key_of(domain_id, path),
        domain_id=domain_id,
        src=source.root,
        opt=output.root,
        trace=steps.root,
        src_bytes=source.total,
        opt_bytes=output.total,
        attested_bytes=evidence.attested_bytes,
        n=source.count,
        m=output.count,
        depth_s=source.depth,
        depth_o=output.depth,
        ruleset=ruleset,
        evidence=cid_to_digest(cid),
    )


def split_url(url: str) -> tuple[str, str]:
    """Host and path (with query) of a public URL; raises PageUrlInvalid."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise PageUrlInvalid(url) from error
    if parts.scheme not in ("http", "https") or not host:
        raise PageUrlInvalid(url)
    return host.lower(), (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
