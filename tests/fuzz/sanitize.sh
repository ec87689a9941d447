#!/bin/sh
# Runs the suite of core_ext on a build with AddressSanitizer and UBSan, apart from the usual build; needs gcc.
set -eu
cd "$(dirname "$0")/../.."
python=$PWD/.venv/bin/python
place=$PWD/build/sanitize
mkdir -p "$place/package/core_ext"
LIGHTDOM_SANITIZE=1 CC=gcc $python setup.py -q build_ext --build-lib "$place/package" --build-temp "$place/objects" \
    >"$place/build.log" 2>&1 || { cat "$place/build.log" >&2; exit 1; }
cp core_ext/*.py "$place/package/core_ext/"
# malloc for every object, so that a read past the end of one is seen; what the interpreter keeps is no leak.
export LD_PRELOAD="$(gcc -print-file-name=libasan.so) $(gcc -print-file-name=libubsan.so)" PYTHONMALLOC=malloc
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
export PYTHONPATH="$place/package" PYTHONSAFEPATH=1
$python -c "import core_ext.lexer as m, sys; sys.exit('build/sanitize/' not in m.__file__)"
exec $python -m pytest ${1:-tests/core_ext} -q --timeout 3000 -o pythonpath= --deselect tests/core_ext/test_solidity_agrees.py
