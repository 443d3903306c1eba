"""Tables of athletes for tests, and single runs to set beside them."""

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from plans import DAY, built_in
from population import profile_of
from stridewise.columns import plans_of
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.plan.model import Plan
from stridewise.profile.profile import Profile, read_profile
from stridewise.session import recommend


def documents(number: int) -> list[str]:
    """The profiles of so many runners of the population, as text."""
    return [json.dumps(profile_of(seed)) for seed in range(number)]


def profile(text: str) -> Profile:
    return read_profile(parse_document(text.encode(), "profile.json", ProfileError))


def alone(text: str, engine: str = "reference") -> Plan:
    """The plan of one profile, made by itself."""
    return recommend(profile(text), built_in(), DAY, engine)


def decisions(table: Any, **given: Any) -> list[dict[str, Any]]:
    """What `plans_of` makes of a table, as plain rows."""
    batches = table.to_batches() or [pa.RecordBatch.from_pylist([], table.schema)]
    rows: list[dict[str, Any]] = pa.Table.from_batches(
        plans_of(batches, **{"day": DAY, "engine": "reference", **given})
    ).to_pylist()
    return rows


def one(column: str, values: Sequence[Any], kind: Any = None) -> dict[str, Any]:
    """The decision of one athlete with a column of this one value, beside `runner.ref` and a finding."""
    given = {"runner.ref": pa.array(["R-1"]), "findings": pa.array([["weak glutes"]])}
    (row,) = decisions(pa.table({**given, column: pa.array(values, kind)}))
    return row
