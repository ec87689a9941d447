"""Our rows in the table of the peers: `python bench/peers.py [--out FOLDER] [--ours] [--scripts]`.

Runs ../shared/bench/dom, where it is, over ../shared/pages/public: other optimizers and ours, sizes, nodes, CPU, and
whether a browser shows each page as before. The first run installs the peers under .lightdom/bench; one run takes about
half an hour on two cores. --ours runs and renders ours alone and puts them into the table of an earlier run; --scripts
judges with scripts on as well.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PEERS = SHARED / "bench" / "dom"
PAGES = SHARED / "pages" / "public"
HERE = ROOT / ".lightdom" / "bench"
OURS = {"lightdom-safe": "safe", "lightdom-max": "strongest"}


def safe(page: bytes) -> bytes:
    """What `lightdom optimize --no-render` makes of a page."""
    return _lighter(page, "safe")


def strongest(page: bytes) -> bytes:
    """The same at level max."""
    return _lighter(page, "max")


def _lighter(page: bytes, level: str) -> bytes:
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    import optimizer  # the project need not be installed

    return optimizer.optimize(page, level=level).optimized


def main() -> int:
    """Prints the table; 0 also where there is nothing to run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE / "out")
    parser.add_argument("--ours", action="store_true")
    parser.add_argument("--scripts", action="store_true")
    asked = parser.parse_args()
    if not PEERS.is_dir() or not PAGES.is_dir():
        print("Nothing to compare with: ../shared/bench/dom and ../shared/pages/public are not there.")
        return 0
    if not (shutil.which("npm") and (shutil.which("chromium") or os.environ.get("CHROMIUM"))):
        print("npm and Chromium are needed to compare with the peers; at least one of them is not here.")
        return 0
    folder = installed()
    python = folder / "venv" / "bin" / "python"
    path = f"{folder / 'node_modules' / '.bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PAGES": str(PAGES), "PATH": path, "ENGINE_PYTHON": sys.executable}
    added = [word for name, function in OURS.items() for word in ("--add-bytes", f"{name}=bench.peers:{function}")]
    out = asked.out.resolve()
    out.mkdir(parents=True, exist_ok=True)

    def run(*words: str | Path) -> None:
        subprocess.run([str(word) for word in words], check=True, cwd=ROOT, env=environment)

    if not asked.ours:
        environment["JS"] = "1" if asked.scripts else ""
        run("bash", folder / "run_all.sh", out, *added)
        return 0
    run(sys.executable, folder / "run_py.py", out, *added)
    run(python, folder / "measure.py", out)
    for scripts in ([], ["--js"]) if asked.scripts else ([],):
        run("node", folder / "render.mjs", out, "--only", ",".join(OURS), *scripts)
        run(python, folder / "report.py", out, *scripts)
    return 0


def installed() -> Path:
    """A copy of the peers' folder with what they need."""
    folder = HERE / "dom"
    if not (folder / "installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for each in PEERS.iterdir():
            shutil.copyfile(each, folder / each.name)
        venv.create(folder / "venv", with_pip=True)
        pip = [folder / "venv" / "bin" / "python", "-m", "pip", "install", "-q", "-r", "requirements.txt"]
        for words in (pip, ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"]):
            subprocess.run([str(word) for word in words], check=True, cwd=folder)
        (folder / "installed").touch()
    return folder


if __name__ == "__main__":
    sys.exit(main())
