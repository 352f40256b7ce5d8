#!/bin/sh
# Install Debian packages where that may be done: as root, quietly, with nothing asked.
set -eu
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "not root on a Debian: please install $* yourself" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
echo "installing $* (Debian)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
