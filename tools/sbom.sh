#!/usr/bin/env bash
# What is in an environment that a user made: `bash tools/sbom.sh ENVIRONMENT FILE` writes it as a CycloneDX list, checked against the
# schema of CycloneDX. It is made where it is needed and kept beside a release, never in the repository.
set -euo pipefail
environment=$(realpath "${1:?the folder of an environment in which stridewise is installed}")
file=$(realpath -m "${2:?the file to write}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv tool run --quiet --from cyclonedx-bom==7.5.0 cyclonedx-py environment "$environment/bin/python" \
    --spec-version 1.6 --output-reproducible --validate --output-file "$file"
listed=$(grep -c '"bom-ref":' "$file")
installed=$(find "$environment"/lib/python*/site-packages -maxdepth 1 -name '*.dist-info' | wc -l)
((listed == installed)) || { echo "sbom: $installed packages are installed, $listed are listed" >&2; exit 1; }
echo "sbom: $listed packages, $(wc -c <"$file") bytes, valid CycloneDX 1.6"
