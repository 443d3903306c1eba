#!/usr/bin/env bash
# The documents as a site: `bash tools/site.sh FOLDER`, from anywhere; needs uv. Open FOLDER/index.html, no server is needed.
# It fails for a link that leads nowhere, a page that no menu names, and whatever a browser would fetch from elsewhere.
set -euo pipefail
site=$(realpath -m "${1:?the folder to write the site into}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/pages"
# All of the checkout, since the pages link to files too; the first page is the site's own.
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --target-directory "$work/pages"
mv "$work/pages/docs/site/index.md" "$work/pages/"
uv run --quiet --isolated --no-project --with-requirements docs/site/requirements.txt \
    sphinx-build --quiet --fail-on-warning --keep-going -d "$work/doctrees" "$work/pages" "$site" -c docs/site
fetched='<(script|link|img|iframe|object|source)[^>]* (src|href)="?(https?:)?//|@import|url\(["'\'']?(https?:)?//'
if grep -rnoE --include='*.html' --include='*.css' "$fetched" "$site"; then
    echo "a page fetches something from elsewhere" >&2
    exit 1
fi
echo "site: $(find "$site" -name '*.html' | wc -l) pages"
