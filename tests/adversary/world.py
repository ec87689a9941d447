"""A chain, a store and an environment for the verbs, and people who claim whatever they like."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from click.testing import Result
from typer.testing import CliRunner

from cli.main import VERBS, build
from services.blobs import open_store
from services.chain import Chain, Status, open_account
from services.harvest.build import build_evidence, commit_evidence
from services.harvest.evidence import Evidence, store_evidence
from services.harvest.submit import Submitted, submit
from services.settings import Settings
from tests.adversary.pages import PAGE, proven_rules

HOST = "liar.example"


@dataclass
class World:
    """What the verbs read from the environment, and the means to change it."""

    chain: Chain
    settings: Settings

    def run(self, *words: str) -> Result:
        """One verb, as typed."""
        result = CliRunner().invoke(build({words[0]: VERBS[words[0]]}), list(words))
        structlog.reset_defaults()
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def claim(
        self, evidence: Evidence, path: str, *, host: str = HOST, role: str = "liar", kept: bool = True
    ) -> Submitted:
        """Reveals whatever the evidence amounts to; not `kept`: nobody serves the evidence."""
        store = open_store(self.settings.ipfs_url if kept else f"{self.settings.ipfs_url}-lost")
        prover = open_account(role, self.chain.chain_id, self.settings)
        claim, _, _ = commit_evidence(evidence, host, path, prover.address, store)
        return submit(self.chain, prover, claim)

    def serve(self, evidence: Evidence) -> None:
        """Serves evidence that was withheld."""
        store_evidence(open_store(self.settings.ipfs_url), evidence)

    def wait(self, seconds: int) -> None:
        for method, words in (("evm_increaseTime", [seconds]), ("evm_mine", [])):
            self.chain.web3.provider.make_request(method, words)  # type: ignore[arg-type]

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """Claims made meanwhile have ten minutes: seconds pass by themselves where many tests share a processor."""
        proofs = self.chain["ProofOfOptimization"].functions
        names = ("windowSeconds", "quorum", "minimumBondWei", "dshPriceWei", "answerSeconds")
        usual = [proofs[name]().call() for name in names]
        governor = open_account("deployer", self.chain.chain_id, self.settings)
        self.chain.send(governor, proofs.setParameters(600, *usual[1:4], 200), "setParameters")
        try:
            yield
        finally:
            self.chain.send(governor, proofs.setParameters(*usual), "setParameters")

    def status(self, submitted: Submitted) -> Status:
        functions = self.chain["ProofOfOptimization"].functions
        return Status(functions.statusOf(submitted.claim_id).call())


def honest(name: str, url: str = "") -> Evidence:
    """An honest bundle of a page that is nobody else's, with more saved than a claim needs."""
    page = PAGE + b"<!-- %s -->\n" % (name.encode() * (600 // len(name))) * 3
    return build_evidence(page, proven_rules(page), {"url": url or f"https://{HOST}/{name}"})


def id_of(submitted: Submitted) -> str:
    return "0x" + submitted.claim_id.hex()
