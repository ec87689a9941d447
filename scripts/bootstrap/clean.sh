#!/bin/sh
# Removes the data of the local run, except keys that were put among ape's accounts: those cannot be made again.
set -eu
cd "$(dirname "$0")/../.."
home=${LIGHTDOM_HOME:-$PWD/.lightdom}
[ -d "$home" ] || exit 0
case $home in /*) ;; *) home=$PWD/$home ;; esac
if [ ! -e "$home/supervisor.lock" ] && [ ! -d "$home/ape" ] && [ ! -d "$home/deployments" ]; then
  echo "error: $home does not look like a folder of LightDom, nothing was removed" >&2
  exit 1
fi
find "$home" -mindepth 1 -maxdepth 1 ! -name ape -exec rm -rf {} +
if [ -d "$home/ape" ]; then find "$home/ape" -mindepth 1 -maxdepth 1 ! -name accounts -exec rm -rf {} +; fi
rmdir "$home/ape/accounts" "$home/ape" "$home" 2>/dev/null || true
if [ -d "$home/ape/accounts" ]; then echo "Kept your keys: $home/ape/accounts"; else rmdir "$home" 2>/dev/null || true; fi
echo "Removed the data in $home"
