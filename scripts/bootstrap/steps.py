"""Which steps there are, and in which order they must come."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from scripts.bootstrap.browser import find_browser, install_browser_argvs
from scripts.bootstrap.step import Step

_IPFS = "services/blobs/ipfs_node"


def steps_for(project: Path, purpose: str) -> list[Step]:
    """The steps for `make up` or `make test`."""
    python, npm = _python_steps(project), _npm_steps(project)
    steps = [*python, *npm, _contracts(project)]
    if purpose == "test":
        steps.append(_forge(project))
    browser = install_browser_argvs()
    if find_browser() is None and browser:
        steps.append(
            Step(
                "Chromium",
                browser,
                outputs=lambda: True,
                is_optional=True,
                environment={"DEBIAN_FRONTEND": "noninteractive"},
                if_it_fails="Pages will not be rendered. Install it yourself: apt-get install chromium fonts-dejavu",
            )
        )
    return steps


def caches(project: Path) -> dict[str, str]:
    """Package clients keep what they download inside the project: nothing is left elsewhere, and hard links work."""
    cache = project / "build/cache"
    return {
        "UV_CACHE_DIR": str(cache / "uv"),
        "PIP_CACHE_DIR": str(cache / "pip"),
        "npm_config_cache": str(cache / "npm"),
        "UV_PYTHON_DOWNLOADS": "never",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def _python_steps(project: Path) -> list[Step]:
    python = project / ".venv/bin/python"
    uv = project / ".venv/bin/uv"
    installer = project / "scripts/bootstrap/uv.lock.txt"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    # Where the user works inside of the very environment that is to be made, the Python that it was made from.
    maker = str(getattr(sys, "_base_executable", sys.executable))

    def is_usable() -> bool:
        # An upgraded system Python leaves an environment that does not start.
        return uv.exists() and os.access(python, os.X_OK) and _venv_version(project) == version

    clear = () if is_usable() else ("--clear",)
    return [
        Step(
            "Python environment",
            (
                (maker, "-m", "venv", *clear, str(project / ".venv")),
                (str(python), "-m", "pip", "install", "--require-hashes", "-r", str(installer)),
            ),
            inputs=(installer,),
            outputs=is_usable,
        ),
        Step(
            "Python packages",
            ((str(uv), "pip", "sync", "--python", str(python), "requirements.lock"),),
            inputs=(project / "requirements.lock",),
            outputs=lambda: (project / ".venv/bin/ape").exists(),
            after=("Python environment",),
        ),
        Step(
            "compiled modules",
            ((str(python), "setup.py", "-q", "build_ext", "--inplace", "--parallel", str(os.cpu_count() or 1)),),
            inputs=(project / "setup.py", *_cython(project)),
            outputs=lambda: _are_compiled(project),
            after=("Python packages",),
        ),
        Step(
            "lightdom command",
            ((str(uv), "pip", "install", "--python", str(python), "--no-deps", "--no-build-isolation", "-e", "."),),
            inputs=(project / "pyproject.toml", project / "setup.py"),
            outputs=lambda: (project / ".venv/bin/lightdom").exists(),
            after=("Python packages",),
            environment={"LIGHTDOM_BUILT": "1"},
        ),
    ]


def _npm_steps(project: Path) -> list[Step]:
    ipfs = project / _IPFS
    locked = (project / "package.json", project / "package-lock.json", project / "dashboards/package.json")
    return [
        Step(
            "npm packages",
            # No package may run its own code while it is installed.
            (("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),),
            inputs=locked,
            outputs=lambda: (project / "node_modules/.package-lock.json").exists(),
        ),
        Step(
            "IPFS node",
            (("npm", "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"),),
            inputs=(ipfs / "package.json", ipfs / "package-lock.json"),
            outputs=lambda: (ipfs / "node_modules/.package-lock.json").exists(),
            folder=ipfs,
        ),
        Step(
            "dashboards",
            (("npm", "run", "build", "-w", "dashboards"),),
            inputs=(project / "dashboards", project / "graphql/schema.graphql", project / "graphql/queries"),
            outputs=lambda: (project / "dashboards/dist/index.html").exists(),
            after=("npm packages",),
        ),
    ]


def _contracts(project: Path) -> Step:
    home = Path(os.environ.get("LIGHTDOM_HOME") or project / ".lightdom")
    libraries = project / "contracts/.cache/openzeppelin/local/contracts/access"
    return Step(
        "contracts",
        (("scripts/bootstrap/contracts.sh",),),
        inputs=(*_solidity(project), project / "ape-config.yaml", project / "scripts/env.sh", project / "scripts/solc"),
        outputs=lambda: (home / "ape/packages").is_dir() and libraries.is_dir(),
        after=("Python packages", "npm packages"),
    )


def _forge(project: Path) -> Step:
    return Step(
        "contract tests",
        (("sh", "-c", ". scripts/env.sh && exec forge build --quiet"),),
        inputs=(project / "contracts", project / "foundry.toml"),
        outputs=lambda: (project / "build/forge/out").is_dir(),
        after=("npm packages",),
    )


def _solidity(project: Path) -> list[Path]:
    return [path for path in sorted((project / "contracts").iterdir()) if path.name != "test" and path.name[0] != "."]


def _cython(project: Path) -> list[Path]:
    folders = (project / "core_ext", project / "optimizer")
    found = (path for folder in folders for path in folder.rglob("*"))
    return sorted(path for path in found if path.suffix in {".pyx", ".pxd", ".pxi", ".h"})


def _venv_version(project: Path) -> str:
    try:
        lines = (project / ".venv/pyvenv.cfg").read_text().splitlines()
    except OSError:
        return ""
    values = dict(line.replace(" ", "").split("=", 1) for line in lines if "=" in line)
    return ".".join(values.get("version", "").split(".")[:2])


def _are_compiled(project: Path) -> bool:
    sources = (path for path in _cython(project) if path.suffix == ".pyx")
    return all(any(source.parent.glob(f"{source.stem}.*.so")) for source in sources)
