"""Whether the URL that a claim is about serves the very page that it is about."""

from __future__ import annotations

import core_ext
from optimizer.errors import OptimizerError
from optimizer.fetch import FetchLimits, fetch
from services.chain.claim import Claim, domain_id_of, page_key_of
from services.harvest.build import PageUrlInvalid, split_url
from services.harvest.evidence import Evidence
from services.verifier.check import SERVED, Check

NAME = "served"


def check_served(claim: Claim, evidence: Evidence, limits: FetchLimits) -> Check:
    """Fetches the bundle's URL, if it is the claim's, and compares the root of what comes.

    What only could not be fetched is unknown, not refuted: a host may be down, or known to its own network alone.
    """
    url = evidence.report.get("url")
    if not isinstance(url, str) or not is_of(url, claim):
        return Check(NAME, SERVED, None, "the bundle names no URL that the claim's page key is of")
    try:
        fetched = fetch(url, limits)
    except OptimizerError as error:
        return Check(NAME, SERVED, None, f"{url} could not be fetched: {error}")
    if not is_of(fetched.url, claim):
        return Check(NAME, SERVED, False, f"{url} leads to {fetched.url}, which is another page")
    if not fetched.body:
        return Check(NAME, SERVED, False, f"{url} serves nothing")
    tokens = core_ext.lex(fetched.body)
    root = core_ext.SumTree.from_tokens(tokens.kinds, tokens.starts, fetched.body).root
    if root != claim.src:
        return Check(NAME, SERVED, False, f"{url} serves another page now: its root is 0x{root.hex()}")
    return Check(NAME, SERVED, True, f"{url} serves the claim's page, {len(fetched.body)} bytes")


def is_of(url: str, claim: Claim) -> bool:
    """Whether a URL is of the page that a claim is about."""
    try:
        host, path = split_url(url)
    except PageUrlInvalid:
        return False
    domain_id = domain_id_of(host)
    return domain_id == claim.domain_id and page_key_of(domain_id, path) == claim.page_key
