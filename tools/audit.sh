#!/usr/bin/env bash
# Are there known vulnerabilities in what stridewise installs? `bash tools/audit.sh`, from anywhere; needs uv.
# Exit 0: none, or nobody could be asked (no network), which is said. Exit 1: some, listed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
not_asked() {
    echo "audit: nobody could be asked ($1); known vulnerabilities were NOT checked"
    exit 0
}

uv export --quiet --no-dev --no-emit-project --no-hashes --output-file "$work/requirements.txt" >/dev/null 2>"$work/log" ||
    not_asked "the dependencies could not be resolved"
uv tool run --quiet pip-audit --version >/dev/null 2>"$work/log" || not_asked "pip-audit could not be installed"
code=0
uv tool run --quiet pip-audit --requirement "$work/requirements.txt" --disable-pip --no-deps --progress-spinner off \
    --timeout 20 >"$work/found" 2>"$work/log" || code=$?
cat "$work/found"
if ((code == 0)); then
    echo "audit: no known vulnerability in $(grep -c '==' "$work/requirements.txt") packages"
elif grep -q '^Found [0-9]* known vulnerabilit' "$work/log"; then # pip-audit says this only where it found some
    cat "$work/log" >&2
    exit 1
else
    not_asked "$(tail -n 1 "$work/log")"
fi
