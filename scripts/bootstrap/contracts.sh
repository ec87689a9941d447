#!/bin/sh
# Compiles the contracts with ape, so that `ape run deploy` need not.
set -eu
. scripts/env.sh
if .venv/bin/ape compile; then exit 0; fi
# What ape keeps in three places must fit together; where one of them was removed, it does not find its way back by itself.
echo "Once more, from nothing:"
rm -rf .build contracts/.cache "$APE_DATA_FOLDER/packages"
exec .venv/bin/ape compile
