"""`python -m scripts.analysis.replay FOLDER`: proofs about honest pages and lies, for forge to try without a chain.

Two files for each rule set, a call's data in hexadecimal a line: `honest-N.txt`, of which every one has to be refused,
and `lies-N.txt`, in which an empty line ends a lie, and of whose calls one has to succeed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from web3 import Web3

from indexer import abi
from services.chain import Claim
from services.challenger.proof import proof_calls
from services.harvest.build import build_evidence
from services.harvest.evidence import Evidence
from services.harvest.openings import Openings
from services.verifier import Fault, Finding, findings, recompute

# The tests' own liars. By their folder: `tests` alone is the name of some library's package too.
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
claim_of = import_module("adversary.court").claim_of
IN_BUNDLE = import_module("adversary.lies").IN_BUNDLE
pages = import_module("adversary.pages")
PAGE, mixed_rules, proven_rules = pages.PAGE, pages.mixed_rules, pages.proven_rules

TRIALS = 8
# What one lie may be tried by: the first findings are the ones that name it.
FINDINGS = 6


def _functions() -> Any:
    return Web3().eth.contract(abi=abi.load("ProofOfOptimization")).functions


def _honest(ruleset: int) -> Evidence:
    if ruleset == 1:
        return build_evidence(PAGE, proven_rules(PAGE), {})
    rules, replacements = mixed_rules(PAGE)
    return build_evidence(PAGE, rules, {}, replacements)


def _data(call: Any) -> str:
    return str(call._encode_transaction_data())


def honest_calls(functions: Any, claim: Claim, evidence: Evidence) -> Iterator[str]:
    """Every proof of tokens, rules, steps and nesting, at every place."""
    openings = Openings(evidence)
    for index in range(len(evidence.source)):
        for fault in (Fault.TOKEN, Fault.RULE, Fault.STEP, Fault.NEST):
            finding = Finding(fault, index, "")
            yield from map(_data, proof_calls(functions, claim, openings, finding))


def lies(random: Random, honest: Evidence, ruleset: int) -> Iterator[tuple[Claim, Evidence]]:
    """Single lies of every kind, and double ones."""
    kinds = list(IN_BUNDLE.values())
    for lie in kinds:
        for _ in range(TRIALS):
            told = lie(random, honest)
            if random.randrange(4) == 0:
                told = random.choice(kinds)(random, told)
            claim = claim_of(told, ruleset)
            if recompute(claim, told) is not None:
                yield claim, told


def main(folder: Path) -> None:
    functions = _functions()
    folder.mkdir(parents=True, exist_ok=True)
    for ruleset in (1, 2):
        honest = _honest(ruleset)
        refused = honest_calls(functions, claim_of(honest, ruleset), honest)
        (folder / f"honest-{ruleset}.txt").write_text("\n".join(refused) + "\n")
        with (folder / f"lies-{ruleset}.txt").open("w") as stream:
            for claim, told in lies(Random(ruleset), honest, ruleset):  # noqa: S311
                openings = Openings(told)
                calls: dict[str, None] = {}
                for finding, _ in zip(findings(claim, told), range(FINDINGS), strict=False):
                    calls |= dict.fromkeys(map(_data, proof_calls(functions, claim, openings, finding)))
                stream.write("".join(f"{call}\n" for call in calls) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
