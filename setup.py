"""The compiled modules; everything else is in pyproject.toml. LIGHTDOM_SANITIZE=1 builds with ASan and UBSan.

LIGHTDOM_BUILT=1 says that `setup.py build_ext --inplace` was run: an editable install would compile all of it again.
"""

import os
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

SANITIZE = ["-fsanitize=address,undefined", "-fno-omit-frame-pointer"] if os.environ.get("LIGHTDOM_SANITIZE") else []
FLAGS = [*(["-O1", "-g"] if SANITIZE else ["-O3"]), *SANITIZE]
STYLES = (
    *("analysis", "asked", "declarations", "edits", "matching", "minify", "page_index", "parts", "selector", "sheet"),
    *("styled", "values", "words"),
)
NAMES = (
    *(
        f"core_ext.{name}"
        for name in ("elements", "hashing", "keccak", "lexer", "piece", "roots", "rules", "tags", "trace", "tree")
    ),
    *(f"optimizer.native.{name}" for name in ("attributes", "page_tree", "places", "skeleton", "spaces")),
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
        ],
        build_dir="build",
        language_level=3,
    )
)
