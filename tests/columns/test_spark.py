"""The script of docs/columns.md on a local Spark gives every runner the plan that a single run gives."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip(
    "pyspark", reason="no pyspark: uv run --with-requirements tests/columns/spark-requirements.txt pytest tests/columns"
)
pa = pytest.importorskip("pyarrow", reason="no pyarrow: pip install 'stridewise[arrow]'")

from pyarrow import parquet  # noqa: E402

from columns_kit import alone, documents  # noqa: E402
from plans import DAY, ROOT  # noqa: E402
from stridewise.columns.decisions import decided  # noqa: E402
from stridewise.plan.seal import to_values  # noqa: E402

RUNNERS = int(os.environ.get("STRIDEWISE_SPARK_RUNNERS", "5000"))
OLDEST_JAVA = 17


def java() -> int:
    """The version of the Java that Spark would start, 0 where there is none."""
    home = os.environ.get("JAVA_HOME")
    command = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    told = subprocess.run([command, "-version"], capture_output=True, text=True, check=False).stderr if command else ""
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def script() -> str:
    """The program that the page shows."""
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / "docs" / "columns.md").read_text(encoding="utf-8"), re.M | re.S)
    (found,) = (block for block in blocks if "mapInArrow" in block)
    return str(found)


def in_spark(folder: Path, table: Any) -> subprocess.Popen[str]:
    """The script at work in a folder, on two local cores."""
    (folder / "plans_in_spark.py").write_text(script(), encoding="utf-8")
    parquet.write_table(table, folder / "athletes.parquet")
    return subprocess.Popen(
        [sys.executable, "plans_in_spark.py", "athletes.parquet", "decisions.parquet", str(DAY)],
        cwd=folder,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "STRIDEWISE_LOAD_PLUGINS": "", "MASTER": "local[2]", "PYSPARK_PYTHON": sys.executable},
    )


@pytest.mark.slow
@pytest.mark.skipif(java() < OLDEST_JAVA, reason=f"no Java of {OLDEST_JAVA} or later, which Spark needs")
def test_spark_gives_every_runner_the_plan_of_a_single_run(tmp_path: Path) -> None:
    """Row for row, one that cannot be read among them, whose error names the place and stops no other."""
    texts = documents(RUNNERS)
    bad = texts[0].replace('"R-0"', '"R-bad"').replace('"schema": 1', '"schema": 1, "colour": "red"')
    running = in_spark(tmp_path, pa.table({"profile": [*texts, bad]}))
    expected = {f"R-{seed}": decided(to_values(alone(text, "both"))) for seed, text in enumerate(texts)}
    _, said = running.communicate(timeout=3600)
    assert running.returncode == 0, said[-3000:]
    rows = {row["ref"]: row for row in parquet.read_table(tmp_path / "decisions.parquet").to_pylist()}
    failed = rows.pop("R-bad")
    assert rows == {ref: {**row, "error": None} for ref, row in expected.items()}
    assert failed["error"].startswith('profile.json:1: unknown key "colour"')
    assert failed["status"] is None
