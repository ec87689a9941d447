"""`make mutation`: plants small faults in a contract, one at a time, and counts those that its tests notice.

It works in a copy of the contracts, built without the optimizer: what the tests see is the same, and a build takes a
third of the time. The sample is drawn with a fixed seed: the same command, the same mutants. Survivors that change
nothing that can be seen are listed with their reasons in contracts/test/equivalent.txt.
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

from scripts.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
COPY = ROOT / "build" / "mutation"
EQUIVALENT = ROOT / "contracts" / "test" / "equivalent.txt"
# What a contract is made of, faults planted in all of it, and the tests that are about it.
PARTS = {
    "ProofOfOptimization": (
        ("ProofOfOptimization.sol", "Bonds.sol", "Settings.sol"),
        "contracts/test/claims/*",
    ),
    "DOMSpaceToken": (("DOMSpaceToken.sol", "libraries/Emission.sol"), "contracts/test/{DOMSpaceToken,Emission}.t.sol"),
}
MINIMUM_SCORE = 0.9


def _forge(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "FOUNDRY_AST": "true",
        "FOUNDRY_OPTIMIZER": "false",
        "FOUNDRY_CODE_SIZE_LIMIT": "200000",
        "FOUNDRY_FUZZ_RUNS": "64",
    }
    return subprocess.run(["forge", *arguments], cwd=COPY, env=environment, capture_output=True, text=True, check=False)


def _copy() -> None:
    COPY.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(COPY / "contracts", ignore_errors=True)
    shutil.copytree(ROOT / "contracts", COPY / "contracts", ignore=shutil.ignore_patterns(".cache"))
    for name in ("foundry.toml", "node_modules", "scripts", "tests"):
        if not (COPY / name).exists():
            (COPY / name).symlink_to(ROOT / name)


def _test(path: str) -> tuple[bool, bool]:
    """Whether it compiles, and whether a test fails."""
    done = _forge("test", "--fail-fast", "--match-path", path)
    return "Compiler run failed" not in done.stdout + done.stderr, done.returncode != 0


def _all_mutants(contract: str) -> list[Mutant]:
    found: list[Mutant] = []
    for part in PARTS[contract][0]:
        name = Path(part).name
        built = COPY / "build" / "forge" / "out" / name / f"{Path(name).stem}.json"
        found += mutants_of(
            f"contracts/{part}", (COPY / "contracts" / part).read_bytes(), json.loads(built.read_text())["ast"]
        )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__)
    parser.add_argument("contract", choices=sorted(PARTS))
    parser.add_argument("--sample", type=int, default=100, help="mutants to try; 0 tries all")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    contract: str = arguments.contract
    tests = PARTS[contract][1]

    _copy()
    if _test(tests) != (True, False):
        print("The tests fail before anything was changed; mend that first.", file=sys.stderr)
        return 2
    known = {line.split(" # ")[0] for line in EQUIVALENT.read_text().splitlines()} if EQUIVALENT.exists() else set()
    mutants = _all_mutants(contract)
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
        original = (ROOT / mutant.file).read_bytes()
        (COPY / mutant.file).write_text(mutant.apply(original))
        compiles, is_found = _test(tests)
        (COPY / mutant.file).write_bytes(original)
        if not compiles:
            invalid += 1
        elif is_found:
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
