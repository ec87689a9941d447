"""`make symbolic`: halmos proves contracts/test/symbolic for every input, and says how long each proof took."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from scripts.analysis.copy import ROOT, put_copy, tool

# Loops run to a fixed end: the longest has 89 turns, of the emission's eras.
LOOP = 96
SOLVER_SECONDS = 120


def main() -> int:
    folder = put_copy("symbolic", tests=False)
    shutil.copytree(ROOT / "contracts" / "test" / "symbolic", folder / "contracts" / "test" / "symbolic")
    # Only what is proven is compiled, with the syntax trees that halmos reads.
    environment = {**os.environ, "FOUNDRY_OUT": "out", "FOUNDRY_CACHE_PATH": "cache"}
    environment["FOUNDRY_SRC"] = environment["FOUNDRY_TEST"] = "contracts/test/symbolic"
    build = ["forge", "build", "--ast", "--quiet", "contracts/test/symbolic/Symbolic.t.sol"]
    if subprocess.run(build, cwd=folder, env=environment, check=False).returncode:
        return 2
    halmos = tool("halmos")
    # Its wheel brings yices and z3; others would be downloaded.
    environment["PATH"] = f"{halmos.parent}{os.pathsep}{environment['PATH']}"
    words = [str(halmos), "--solver", "yices", "--forge-build-out", "out", "--loop", str(LOOP), "--statistics"]
    words += ["--contract", sys.argv[1]] if len(sys.argv) > 1 else ["--match-contract", "^Symbolic"]
    words += ["--solver-timeout-assertion", f"{SOLVER_SECONDS}s"]
    return subprocess.run(words, cwd=folder, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
