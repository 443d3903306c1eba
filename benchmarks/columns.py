"""What a plan costs in a table beside a single run, in processor time of one core, warm, with both matchers. A script:

python -m benchmarks.columns [--rounds N] [--runners N]

Single runs, tables of whole profiles and tables of columns take turns. Where pyspark and Java are, the same rows are planned in a
local Spark, whose one Python worker plans them once to warm up and then times itself."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import pyarrow as pa  # noqa: E402

from plans import DAY  # noqa: E402
from population import profile_of  # noqa: E402
from stridewise.columns import plans_of  # noqa: E402
from stridewise.library import load_program, make_plan, read_profile  # noqa: E402


def documents(runners: int) -> Any:
    """A table of whole profiles."""
    return pa.table({"profile": [json.dumps(profile_of(seed)) for seed in range(runners)]})


def in_columns(runners: int) -> Any:
    """The same with a column for each section."""
    found = [profile_of(seed) for seed in range(runners)]
    names = dict.fromkeys(name for one in found for name in one)
    return pa.Table.from_pylist([dict.fromkeys(names) | one for one in found])


def single_runs(table: Any, program: Any) -> float:
    """Seconds for all rows, each read and planned by itself."""
    start = process_time()
    for text in table.column("profile").to_pylist():
        make_plan(read_profile(text), program, DAY)
    return process_time() - start


def table_runs(batches: Iterable[Any]) -> float:
    """Seconds for all rows of a table."""
    start = process_time()
    for _ in plans_of(batches, day=DAY):
        pass
    return process_time() - start


def timed(batches: Iterator[Any]) -> Iterator[Any]:
    """In Spark's worker: once to warm up, then timed."""
    for batch in batches:
        table_runs([batch])
        yield pa.RecordBatch.from_pydict({"rows": [batch.num_rows], "seconds": [table_runs([batch])]})


def in_spark(table: Any) -> float:
    """Seconds for all rows in the Python worker of a local Spark."""
    from pyspark.sql import SparkSession  # noqa: PLC0415

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[1]").getOrCreate()
    frame = spark.createDataFrame([(text,) for text in table.column("profile").to_pylist()], "profile string")
    found = frame.coalesce(1).mapInArrow(timed, "rows long, seconds double").collect()
    spark.stop()
    return float(sum(row["seconds"] for row in found))


def main() -> None:
    """Measure in rounds, everything once a round, and print medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--runners", type=int, default=200)
    asked = parser.parse_args()
    program, whole, columns = load_program(), documents(asked.runners), in_columns(asked.runners)
    calls = {
        "single runs": lambda: single_runs(whole, program),
        "plans_of, whole profiles": lambda: table_runs(whole.to_batches()),
        "plans_of, columns": lambda: table_runs(columns.to_batches()),
    }
    for call in calls.values():
        call()
    rounds = [{name: call() for name, call in calls.items()} for _ in range(asked.rounds)]
    rows = {name: (median(r[name] for r in rounds), median(r[name] / r["single runs"] for r in rounds)) for name in calls}
    try:
        seconds = in_spark(whole)
        rows["Spark's worker, whole profiles"] = seconds, seconds / rows["single runs"][0]
    except ImportError:
        print("no pyspark: Spark is left out", file=sys.stderr)
    for name, (seconds, ratio) in rows.items():
        print(f"{name:<32}{seconds / asked.runners * 1000:>8.2f} ms a plan{ratio:>8.2f} times a single run")


if __name__ == "__main__":
    main()
