#!/bin/sh
# Coverage-guided fuzzing of core_ext, and of the CAR reader, with libFuzzer, AddressSanitizer and UBSan.
# Usage: tests/fuzz/run.sh [SECONDS]. Needs clang with its runtime (Debian: clang libclang-rt-dev); says so without.
# What is found is left in build/fuzz/found; what is learnt stays in build/fuzz/corpus for the next run.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
python=.venv/bin/python
place=build/fuzz
if ! command -v clang >/dev/null; then
    echo "Fuzzing needs clang and its runtime (Debian: apt-get install clang libclang-rt-dev). Nothing was run." >&2
    exit 77
fi
mkdir -p "$place/corpus" "$place/found" "$place/package/core_ext"
LIGHTDOM_SANITIZE=fuzz CC=clang LDSHARED="clang -shared" $python setup.py -q build_ext \
    --build-lib "$place/package" --build-temp "$place/objects" >"$place/build.log" 2>&1 ||
    { cat "$place/build.log" >&2; exit 1; }
cp core_ext/*.py "$place/package/core_ext/"
includes=$($python -c "import sysconfig; print(sysconfig.get_path('include'))")
libraries=$($python -c "import sysconfig; print(sysconfig.get_config_var('LIBDIR'))")
packages=$($python -c "import sysconfig; print(sysconfig.get_path('purelib'))")
version=$($python -c "import sysconfig; print(sysconfig.get_config_var('LDVERSION'))")
clang -g -O1 -fsanitize=fuzzer,address,undefined -I"$includes" tests/fuzz/driver.c \
    -L"$libraries" -Wl,-rpath,"$libraries" "-lpython$version" -o "$place/fuzz"
PYTHONPATH=. $python tests/fuzz/seeds.py "$place/corpus"
# malloc for every object, so that a read past the end of one is seen; what the interpreter keeps is no leak.
exec env PYTHONPATH="$place/package:tests/fuzz:$packages:." PYTHONMALLOC=malloc PYTHONDONTWRITEBYTECODE=1 \
    ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1 \
    "$place/fuzz" "$place/corpus" -dict="$place/words.dict" -artifact_prefix="$place/found/" -max_len=8192 \
    -timeout=20 -rss_limit_mb=1500 -print_final_stats=1 -max_total_time="$seconds"
