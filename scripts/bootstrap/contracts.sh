#!/bin/sh
# Compiles the contracts with ape, so that `ape run deploy` need not.
set -eu
. scripts/env.sh

# ape keeps what it made in three places. Where they disagree, because one was removed or a compilation failed half way,
# it does not find its way back: it misses sources that are there, or calls a contract compiled that is not.
forget() {
  rm -rf .build contracts/.cache "$APE_DATA_FOLDER/packages"
}

if [ "$(.venv/bin/python -I scripts/bootstrap/libraries.py)" = changed ]; then forget; fi
if .venv/bin/ape compile; then exit 0; fi
echo "Once more, from nothing:"
forget
if .venv/bin/ape compile; then exit 0; fi
forget
exit 1
