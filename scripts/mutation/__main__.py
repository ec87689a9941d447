"""`make mutation`: plants small faults in a contract, one at a time, and counts those that its tests notice.

The tests deploy contracts by name, so a mutant is compiled alone, without the optimizer, and its code put in the place
of the contract's: no test is ever compiled again, and a mutant costs seconds. The sample is drawn with a fixed seed:
the same command, the same mutants. Survivors that change nothing that can be seen are listed with their reasons in
contracts/test/equivalent.txt.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.mutation.compiler import Code, Compiler
from scripts.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
COPIES = ROOT / "build" / "mutation"
EQUIVALENT = ROOT / "contracts" / "test" / "equivalent.txt"
# What a contract is made of, faults planted in all of it, and the tests that are about it: the quick ones first.
PARTS = {
    "ProofOfOptimization": (
        (
            "ProofOfOptimization.sol",
            "Bonds.sol",
            "Challenges.sol",
            "Claims.sol",
            "Demands.sol",
            "Settings.sol",
            "libraries/ClaimShape.sol",
            "libraries/Seats.sol",
            "libraries/Standings.sol",
        ),
        (
            "contracts/test/claims/{Attest,Commit,Demand,Expire,Finalize,Reveal,Settings,Slash,Views,Withdraw}.t.sol",
            "contracts/test/claims/{Challenge,HostileBonds,Pause,Prove*}.t.sol",
            "contracts/test/{invariant,logs}/*",
        ),
    ),
    "DOMSpaceToken": (("DOMSpaceToken.sol", "libraries/Emission.sol"), ("contracts/test/DOMSpaceToken.t.sol",)),
}
LIBRARIES = ("@openzeppelin", "@uniswap/v4-core/lib/forge-std")
MINIMUM_SCORE = 0.9
# A mutant that makes a loop endless is found by the time it takes.
SECONDS = 300
# Few runs: what a fault does shows in most of them, and what needs luck is no good test.
ENVIRONMENT = {
    "FOUNDRY_CODE_SIZE_LIMIT": "200000",
    "FOUNDRY_FUZZ_RUNS": "12",
    "FOUNDRY_INVARIANT_RUNS": "8",
    "FOUNDRY_INVARIANT_DEPTH": "64",
}


def _put_copy(contract: str) -> Path:
    """The tests as they are built, in a place where an artifact may be changed."""
    copy = COPIES / contract
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    shutil.copytree(ROOT / "build" / "forge", copy / "build" / "forge")
    shutil.copytree(ROOT / "contracts", copy / "contracts", ignore=shutil.ignore_patterns(".cache"))
    # No link to these: forge would see other paths than those that were built, and build everything anew.
    for library in LIBRARIES:
        shutil.copytree(ROOT / "node_modules" / library, copy / "node_modules" / library)
    for name in ("foundry.toml", "scripts", "tests"):
        (copy / name).symlink_to(ROOT / name)
    return copy


def _put_code(copy: Path, contract: str, code: Code) -> None:
    path = copy / "build" / "forge" / "out" / f"{contract}.sol" / f"{contract}.json"
    artifact = json.loads(path.read_text())
    artifact["bytecode"]["object"], artifact["deployedBytecode"]["object"] = code.creation, code.deployed
    path.write_text(json.dumps(artifact))


def _do_tests_fail(copy: Path, paths: Sequence[str]) -> bool:
    return any(_does_one_fail(copy, path) for path in paths)


def _does_one_fail(copy: Path, path: str) -> bool:
    words = ["forge", "test", "--fail-fast", "--match-path", path]
    try:
        done = subprocess.run(
            words, cwd=copy, env=os.environ | ENVIRONMENT, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


@dataclass(slots=True)
class Tally:
    """What became of the mutants so far."""

    found: int = 0
    invalid: int = 0
    equivalent: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def tried(self) -> int:
        return self.found + len(self.survivors)

    @property
    def score(self) -> float:
        return self.found / self.tried if self.tried else 0.0


def _known() -> set[str]:
    """Mutants that change nothing that can be seen: the lines of the list, less their reasons."""
    if not EQUIVALENT.exists():
        return set()
    return {line.split(" # ")[0] for line in EQUIVALENT.read_text().splitlines() if line and not line.startswith("#")}


def _try_all(copy: Path, contract: str, compiler: Compiler, original: Code, mutants: Sequence[Mutant]) -> Tally:
    tests = PARTS[contract][1]
    known, tally = _known(), Tally()
    for place, mutant in enumerate(mutants, 1):
        code = compiler.code(mutant.file, mutant.apply(compiler.source(mutant.file).encode()))
        if code is None:
            tally.invalid += 1
        elif code == original or mutant.name in known:
            tally.equivalent += 1
        else:
            _put_code(copy, contract, code)
            if _do_tests_fail(copy, tests):
                tally.found += 1
            else:
                tally.survivors.append(mutant)
                print(f"survived  line {mutant.line}  {mutant.name}", flush=True)
        told = f"{place} of {len(mutants)}, {tally.found} found, {len(tally.survivors)} survived"
        print(told, file=sys.stderr, flush=True)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__)
    parser.add_argument("contract", choices=sorted(PARTS))
    parser.add_argument("--sample", type=int, default=100, help="mutants to try; 0 tries all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="those alone whose names hold this")
    arguments = parser.parse_args()
    contract: str = arguments.contract
    parts, tests = PARTS[contract]

    subprocess.run(["forge", "build", "--quiet"], cwd=ROOT, check=True)
    copy = _put_copy(contract)
    with Compiler(ROOT, contract) as compiler:
        original = compiler.code()
        assert original is not None
        _put_code(copy, contract, original)
        if _do_tests_fail(copy, tests):
            print("The tests fail before anything was changed; mend that first.", file=sys.stderr)
            return 2
        files = [f"contracts/{part}" for part in parts]
        mutants = [
            each for file in files for each in mutants_of(file, compiler.source(file).encode(), compiler.tree(file))
        ]
        total = len(mutants)
        mutants = [each for each in mutants if arguments.only in each.name]
        if arguments.sample and arguments.sample < len(mutants):
            mutants = random.Random(arguments.seed).sample(mutants, arguments.sample)  # noqa: S311
        began = time.monotonic()
        tally = _try_all(copy, contract, compiler, original, mutants)
    print(
        f"{contract}: {tally.tried} of {total} mutants tried ({tally.invalid} more do not compile, {tally.equivalent} "
        f"change nothing), {tally.found} found, score {tally.score:.1%}, {time.monotonic() - began:.0f} s"
    )
    return 0 if tally.score >= MINIMUM_SCORE else 1


if __name__ == "__main__":
    sys.exit(main())
