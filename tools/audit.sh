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
all=$(grep -c '==' "$work/requirements.txt")
left_out=$(grep -c 'could not be audited' "$work/found" || true) # a registry without advisories knows of no package: not "none found"
if ((code == 0 && left_out >= all)); then
    not_asked "no advisories are known for any of the $all packages here"
elif ((code == 0)); then
    echo "audit: no known vulnerability in $((all - left_out)) of $all packages; $left_out could not be checked"
elif grep -q '^Found [0-9]* known vulnerabilit' "$work/log"; then # pip-audit says this only where it found some
    cat "$work/log" >&2
    exit 1
else
    not_asked "$(tail -n 1 "$work/log")"
fi
