"""Runs the demonstration on whatever chain and blob store the settings name, through the same services as any user.

It may be run again: what is on chain already is found there and shown, never claimed twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from eth_account.signers.local import LocalAccount

import core_ext
import optimizer
from services.blobs import BlobStore, open_store
from services.chain import Chain, Status, connect, open_account
from services.demo.lie import steal_text
from services.demo.pages import LIE_URL, PAGES, DemoPage, lie_page
from services.errors import ServiceError
from services.harvest import find_claim, prepare, submit
from services.harvest.build import commit_evidence, split_url
from services.harvest.look import ClaimUnknown, ClaimView, look
from services.settings import Settings

POLL_SECONDS = 0.5


class DemoTimedOut(ServiceError):
    """The workers did not decide every claim in time."""

    code = "DEMO_TIMED_OUT"


@dataclass(frozen=True, slots=True)
class Shown:
    """One claim of the demonstration and what became of it."""

    name: str
    url: str
    view: ClaimView
    is_lie: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """A claim of the demonstration on its way."""

    name: str
    url: str
    claim_id: bytes
    is_lie: bool
    is_new: bool


def run_demo(settings: Settings, tell: Callable[[str], None], wait_seconds: float = 180.0) -> list[Shown]:
    """Claims the three pages and plants the lie, then waits until each is paid or slashed.

    `tell` gets one line for each thing that happens. Raises DemoTimedOut, naming the claims that were not decided.
    """
    chain = connect(settings)
    store = open_store(settings.ipfs_url)
    harvester = open_account("harvester", chain.chain_id, settings)
    liar = open_account("liar", chain.chain_id, settings)
    acts: list[Callable[[], _Made]] = [partial(_claim_page, chain, store, harvester, page, tell) for page in PAGES]
    acts.append(partial(_plant_lie, chain, store, liar, tell))
    return _wait(chain, [(act, act()) for act in acts], tell, wait_seconds)


def _claim_page(
    chain: Chain, store: BlobStore, account: LocalAccount, demo_page: DemoPage, tell: Callable[[str], None]
) -> _Made:
    page, url = demo_page.read(), demo_page.url
    known = find_claim(chain, src=_source_root(page))
    if known is not None and look(chain, known.claim_id).status is not Status.EXPIRED:
        return _Made(demo_page.name, url, known.claim_id, is_lie=False, is_new=False)
    # What is shown is proven on chain, whatever a browser says.
    replaces = known.claim_id if known else None
    prepared = prepare(page, url, account.address, store, replaces=replaces, recipe=optimizer.PROVEN)
    claim = prepared.claim
    tell(f"optimized {url}: {claim.src_bytes} -> {claim.opt_bytes} bytes, evidence ipfs://{prepared.cid}")
    submitted = submit(chain, account, claim)
    tell(f"claimed   {url}: 0x{submitted.claim_id.hex()} with a bond of {submitted.bond_wei} wei")
    return _Made(demo_page.name, url, submitted.claim_id, is_lie=False, is_new=True)


def _plant_lie(chain: Chain, store: BlobStore, liar: LocalAccount, tell: Callable[[str], None]) -> _Made:
    page = lie_page()
    known = find_claim(chain, src=_source_root(page))
    if known is not None:
        return _Made("lie", LIE_URL, known.claim_id, is_lie=True, is_new=False)
    evidence, victim = steal_text(page, {"url": LIE_URL, "level": "max"})
    host, path = split_url(LIE_URL)
    claim, _, _ = commit_evidence(evidence, host, path, liar.address, store)
    submitted = submit(chain, liar, claim)
    tell(f"lied      {LIE_URL}: says token {victim}, a whole text, was only white-space")
    return _Made("lie", LIE_URL, submitted.claim_id, is_lie=True, is_new=True)


def _source_root(page: bytes) -> bytes:
    tokens = core_ext.lex(page)
    return bytes(core_ext.SumTree.from_tokens(tokens.kinds, tokens.starts, page).root)


def _wait(
    chain: Chain, acts: list[tuple[Callable[[], _Made], _Made]], tell: Callable[[str], None], seconds: float
) -> list[Shown]:
    deadline = time.monotonic() + seconds
    shown: dict[bytes, Shown] = {}
    made = [item for _, item in acts]
    while True:
        for act, item in acts:
            if item.claim_id in shown:
                continue
            try:
                view = look(chain, item.claim_id)
            except ClaimUnknown:
                tell(f"reorg     {item.url}: the chain took the claim back, claiming it again")
                act()
                continue
            if view.is_paid or view.status in (Status.SLASHED, Status.EXPIRED):
                shown[item.claim_id] = Shown(item.name, item.url, view, item.is_lie, item.is_new)
                if item.is_new:
                    tell(f"{view.status.name.lower():<9} {item.url}: {view.votes} votes{', paid' * view.is_paid}")
        left = [item.url for item in made if item.claim_id not in shown]
        if not left:
            return [shown[item.claim_id] for item in made]
        if time.monotonic() > deadline:
            raise DemoTimedOut(
                f"not decided after {seconds:.0f} s: {', '.join(left)}", "Look at the verifier's and settler's logs."
            )
        time.sleep(POLL_SECONDS)
