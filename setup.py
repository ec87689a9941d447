"""The compiled modules; everything else is in pyproject.toml.

LIGHTDOM_SANITIZE=1 builds core_ext alone with ASan and UBSan, LIGHTDOM_SANITIZE=fuzz with clang's fuzzer as well.

LIGHTDOM_BUILT=1 says that `setup.py build_ext --inplace` was run: an editable install would compile all of it again.
"""

import os
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

SANITIZERS = {"": "", "1": "address,undefined", "fuzz": "address,undefined,fuzzer-no-link"}[
    os.environ.get("LIGHTDOM_SANITIZE", "")
]
SANITIZE = (
    [f"-fsanitize={SANITIZERS}", "-fno-sanitize-recover=undefined", "-fno-omit-frame-pointer"] if SANITIZERS else []
)
FLAGS = [*(["-O1", "-g"] if SANITIZE else ["-O3"]), *SANITIZE]
STYLES = (
    *("analysis", "asked", "declarations", "edits", "matching", "minify", "page_index", "parts", "selector", "sheet"),
    *("styled", "values", "words"),
)
NATIVE = ("attributes", "ledger", "named", "outcome", "page_tree", "paths", "places", "runs", "skeleton", "spaces")
NAMES = (
    *(
        f"core_ext.{name}"
        for name in (
            "allowed",
            "columns",
            "elements",
            "families",
            "hashing",
            "keccak",
            "lexer",
            "log_plan",
            "logs",
            "neighbours",
            "open_tag",
            "piece",
            "roots",
            "rules",
            "selector",
            "start_tags",
            "stream",
            "tags",
            "trace",
            "tree",
            "unused",
        )
    ),
    *(f"optimizer.native.{name}" for name in NATIVE),
    *(f"optimizer.css.{name}" for name in STYLES),
)
HEADERS = sorted(str(header) for header in Path("core_ext").glob("*.h"))

setup(
    ext_modules=[]
    if os.environ.get("LIGHTDOM_BUILT")
    else cythonize(
        [
            Extension(
                name,
                [name.replace(".", "/") + ".pyx"],
                depends=HEADERS,
                extra_compile_args=FLAGS,
                extra_link_args=SANITIZE,
            )
            for name in NAMES
            if not SANITIZE or name.startswith("core_ext.")
        ],
        build_dir="build",
        language_level=3,
    )
)
