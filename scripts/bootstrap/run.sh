#!/bin/sh
# Finds a Python that can run LightDom and lets it install the rest: `scripts/bootstrap/run.sh up|test`.
set -eu
cd "$(dirname "$0")/../.."

# Variables of another environment would have its packages imported here.
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV

found=
for python in ${LIGHTDOM_PYTHON:-} python3.11 python3.12 python3 python; do
  if command -v "$python" >/dev/null 2>&1; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    case $version in
      3.11 | 3.12) exec "$python" -m scripts.bootstrap "$@" ;;
    esac
    found="$found  $python is $version"
  fi
done

echo "error: LightDom needs Python 3.11 or 3.12, found none.$found" >&2
echo "  Install it (Debian, Ubuntu: apt-get install python3.11 python3.11-venv python3.11-dev; macOS: brew install" >&2
echo "  python@3.11; anywhere: https://www.python.org/downloads/), or name it: make LIGHTDOM_PYTHON=/path/to/python3.11" >&2
exit 1
