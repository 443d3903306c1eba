"""What a plan decides, as one row of a table: whom to see, what is trained, or why there is no plan."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from stridewise.columns.arrow import arrow
from stridewise.planning.referrals import URGENCIES
from stridewise.planning.stops import STOPS
from stridewise.render.json import on_one_line

WHOLE = "plan"  # the column of whole plans, where they are asked for
OF_A_REFERRAL = ("id", "to", "urgency", "stops")
OF_A_WARNING = ("id", "level", "text")
NOTHING = STOPS[-1]


def schema(whole: bool = False) -> Any:
    """The Arrow schema of decisions: `ref` and `error` text or null; of a row without a plan all but these are null, its lists
    too. With `whole` the last column is the plan as JSON."""
    pa = arrow()
    text, texts = pa.string(), pa.list_(pa.string())
    referrals, warnings = (pa.list_(pa.struct([(name, text) for name in names])) for names in (OF_A_REFERRAL, OF_A_WARNING))
    columns = [
        ("ref", text),
        ("as_of", pa.date32()),
        ("status", text),
        ("referrals", referrals),
        ("urgency", text),
        ("stops", texts),
        ("warnings", warnings),
        ("exercises", texts),
        ("digest", text),
        ("error", text),
    ]
    return pa.schema([*columns, (WHOLE, text)] if whole else columns)


def decided(plan: Mapping[str, Any], whole: bool = False) -> dict[str, Any]:
    """The row of a plan, given as its JSON values. `urgency` is that of the referral that comes first, `stops` is all that waits
    for referrals, the widest first."""
    referrals, stopped = plan["referrals"], {one["stops"] for one in plan["referrals"]} - {NOTHING}
    row = {
        "ref": plan["runner"],
        "as_of": date.fromisoformat(plan["as_of"]),
        "status": plan["status"],
        "referrals": [{name: one[name] for name in OF_A_REFERRAL} for one in referrals],
        "urgency": min((one["urgency"] for one in referrals), key=URGENCIES.index, default=None),
        "stops": sorted(stopped, key=STOPS.index),
        "warnings": [{name: one[name] for name in OF_A_WARNING} for one in plan["warnings"]],
        "exercises": [one["exercise"] for one in plan["prescriptions"]],
        "digest": plan["receipt"]["plan_sha256"],
    }
    return row | {WHOLE: on_one_line(plan)} if whole else row


def undecided(ref: str | None, error: str) -> dict[str, Any]:
    """The row of an athlete without a plan: who it is, where that is known, and what is to be mended."""
    return {"ref": ref, "error": error}


def batch_of(rows: Iterable[Mapping[str, Any]], whole: bool = False) -> Any:
    """Rows as a record batch."""
    return arrow().RecordBatch.from_pylist(list(rows), schema(whole))
