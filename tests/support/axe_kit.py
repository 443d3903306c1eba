"""axe-core over a page in a real Chromium. axe is no part of the project: the environment variable STRIDEWISE_AXE names its
axe.min.js, as `npm install --no-save axe-core` puts it into node_modules/axe-core."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path

AXE = Path(os.environ.get("STRIDEWISE_AXE") or "node_modules/axe-core/axe.min.js")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = "no Chromium on this machine" if CHROMIUM is None else "" if AXE.is_file() else "STRIDEWISE_AXE names no axe.min.js"
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=60000",
    "--dump-dom",
)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
RUN = """axe.run().then(found => {
  const told = document.createElement("pre");
  told.id = "axe-found";
  told.textContent = JSON.stringify(found.violations.map(one => one.id + ": " + one.help + " " + one.nodes[0].html));
  document.body.append(told);
});"""


def violations(page: Path) -> list[str]:
    """What axe finds wrong with an HTML file, one line each. The page's own policy forbids scripts, so a copy without it is
    asked. Raises ValueError where axe did not answer."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "page.html"
        asking = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{RUN}</script></body>"
        written = POLICY.sub("", page.read_text(encoding="utf-8"))
        copy.write_text(asking.join(written.rsplit("</body>", 1)), encoding="utf-8")
        command = [str(CHROMIUM), *QUIET, f"--user-data-dir={folder}/user", copy.as_uri()]
        shown = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False).stdout
    answered = re.search(r'<pre id="axe-found">(.*?)</pre>', shown, re.DOTALL)
    if answered is None:
        raise ValueError(f"axe gave no answer for {page.name}")
    return list(json.loads(unescape(answered[1])))
