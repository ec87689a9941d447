"""`make mutation`: plants small faults in a contract, one at a time, and counts those that its tests notice.

The tests deploy contracts by name, so a mutant is compiled alone, without the optimizer, and its code put in the place
of the contract's: no test is ever compiled again. The sample is drawn with a fixed seed: the same command, the same
mutants. Survivors that change nothing that can be seen are listed with their reasons in contracts/test/equivalent.txt.
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
from pathlib import Path

from scripts.mutation.compiler import Code, Compiler
from scripts.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
COPY = ROOT / "build" / "mutation"
EQUIVALENT = ROOT / "contracts" / "test" / "equivalent.txt"
# What a contract is made of, faults planted in all of it, and the tests that are about it.
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
        "contracts/test/{claims,invariant}/*",
    ),
    "DOMSpaceToken": (("DOMSpaceToken.sol", "libraries/Emission.sol"), "contracts/test/DOMSpaceToken.t.sol"),
}
MINIMUM_SCORE = 0.9
# A mutant that makes a loop endless is found by the time it takes.
SECONDS = 300
# Few runs: what a fault does shows in most of them, and what needs luck is no good test.
ENVIRONMENT = {
    "FOUNDRY_CODE_SIZE_LIMIT": "200000",
    "FOUNDRY_FUZZ_RUNS": "24",
    "FOUNDRY_INVARIANT_RUNS": "8",
    "FOUNDRY_INVARIANT_DEPTH": "64",
}


def _put_copy() -> None:
    """The tests as they are built, in a place where an artifact may be changed."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    shutil.copytree(ROOT / "build" / "forge", COPY / "build" / "forge")
    shutil.copytree(ROOT / "contracts", COPY / "contracts", ignore=shutil.ignore_patterns(".cache"))
    for name in ("foundry.toml", "node_modules", "scripts", "tests"):
        (COPY / name).symlink_to(ROOT / name)


def _put_code(contract: str, code: Code) -> None:
    path = COPY / "build" / "forge" / "out" / f"{contract}.sol" / f"{contract}.json"
    artifact = json.loads(path.read_text())
    artifact["bytecode"]["object"], artifact["deployedBytecode"]["object"] = code.creation, code.deployed
    path.write_text(json.dumps(artifact))


def _do_tests_fail(path: str) -> bool:
    words = ["forge", "test", "--fail-fast", "--match-path", path, "--no-match-contract", "AnyLie"]
    try:
        done = subprocess.run(
            words, cwd=COPY, env=os.environ | ENVIRONMENT, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__)
    parser.add_argument("contract", choices=sorted(PARTS))
    parser.add_argument("--sample", type=int, default=100, help="mutants to try; 0 tries all")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    contract: str = arguments.contract
    parts, tests = PARTS[contract]

    subprocess.run(["forge", "build", "--quiet"], cwd=ROOT, check=True)
    _put_copy()
    compiler = Compiler(ROOT, contract)
    original = compiler.code()
    assert original is not None
    _put_code(contract, original)
    if _do_tests_fail(tests):
        print("The tests fail before anything was changed; mend that first.", file=sys.stderr)
        return 2
    known = {line.split(" # ")[0] for line in EQUIVALENT.read_text().splitlines()} if EQUIVALENT.exists() else set()
    files = [f"contracts/{part}" for part in parts]
    mutants = [each for file in files for each in mutants_of(file, compiler.source(file).encode(), compiler.tree(file))]
    total = len(mutants)
    if arguments.sample and arguments.sample < total:
        mutants = random.Random(arguments.seed).sample(mutants, arguments.sample)  # noqa: S311
    found = invalid = equivalent = 0
    survivors: list[Mutant] = []
    began = time.monotonic()
    for place, mutant in enumerate(mutants, 1):
        if mutant.name in known:
            equivalent += 1
            continue
        code = compiler.code(mutant.file, mutant.apply(compiler.source(mutant.file).encode()))
        if code is None:
            invalid += 1
        elif code == original:
            equivalent += 1
        else:
            _put_code(contract, code)
            if _do_tests_fail(tests):
                found += 1
            else:
                survivors.append(mutant)
                print(f"survived  line {mutant.line}  {mutant.name}", flush=True)
        print(f"{place} of {len(mutants)}, {found} found, {len(survivors)} survived", file=sys.stderr, flush=True)
    tried = found + len(survivors)
    score = found / tried if tried else 0.0
    print(
        f"{contract}: {tried} of {total} mutants tried ({invalid} more do not compile, {equivalent} change nothing), "
        f"{found} found, score {score:.1%}, {time.monotonic() - began:.0f} s"
    )
    return 0 if score >= MINIMUM_SCORE else 1


if __name__ == "__main__":
    sys.exit(main())
