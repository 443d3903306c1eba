"""Record batches in, decisions out: a row for a row, each as the single run decides, whatever the others are."""

import json
import re
from datetime import date, datetime
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="no pyarrow: pip install 'stridewise[arrow]'")

from columns_kit import alone, decisions, documents, one  # noqa: E402
from plans import DAY, ROOT  # noqa: E402
from population import profile_of  # noqa: E402
from stridewise.columns import plans_of, schema  # noqa: E402
from stridewise.columns.decisions import decided  # noqa: E402
from stridewise.errors import PackError, ProfileError  # noqa: E402
from stridewise.plan.seal import to_values  # noqa: E402

MANY = 12


def in_columns(number: int) -> Any:
    """So many runners with a struct or list for each section, null where a runner has none."""
    runners = [profile_of(seed) for seed in range(number)]
    names = dict.fromkeys(name for runner in runners for name in runner)
    return pa.Table.from_pylist([dict.fromkeys(names) | runner for runner in runners])


@pytest.mark.slow
def test_a_row_is_decided_as_a_single_run_decides() -> None:
    """Also in columns, where the place of a fact is all that differs."""
    texts = documents(MANY)
    expected = [{**decided(to_values(alone(text))), "error": None} for text in texts]
    assert decisions(pa.table({"profile": texts})) == expected
    assert decisions(in_columns(MANY)) == expected


@pytest.mark.slow
def test_a_whole_plan_is_the_plan_of_the_library() -> None:
    """Byte for byte, lines and receipt too."""
    (text,) = documents(1)
    (row,) = decisions(pa.table({"profile": [text]}), whole=True)
    plan, expected = json.loads(row["plan"]), json.loads(json.dumps(to_values(alone(text))))
    assert plan["receipt"].pop("plugins") == expected["receipt"].pop("plugins") == []
    receipts = plan.pop("receipt"), expected.pop("receipt")
    assert plan == expected
    assert receipts[0]["plan_sha256"] == receipts[1]["plan_sha256"] == row["digest"]
    assert receipts[0]["profile_sha256"] == receipts[1]["profile_sha256"]


BAD = "schema: 1\nrunner: {ref: R-2}\nfindings: [weak gluts]\ncolour: red\n"
GOOD = "schema: 1\nrunner: {ref: R-1}\nfindings: [weak glutes]\n"


def test_a_bad_row_stops_no_other() -> None:
    """Its error tells all mistakes with their lines in the profile; who it is is known wherever anybody says."""
    table = pa.table({"runner.ref": ["R-1", "R-2", "R-3", None, "R-5"], "profile": [GOOD, BAD, "a: [", None, GOOD]})
    first, bad, broken, empty, other = decisions(table)
    assert (first["ref"], first["status"], first["error"]) == ("R-1", "ready", None)
    assert (bad["ref"], bad["status"], bad["exercises"]) == ("R-2", None, None)
    assert [line.split(": ")[0] for line in bad["error"].splitlines()] == ["profile.yaml:3", "profile.yaml:4"]
    assert 'Did you mean "weak glutes"?' in bad["error"]
    assert (broken["ref"], broken["error"].split(":")[0]) == ("R-3", "profile.yaml")
    assert (empty["ref"], empty["error"].split(",")[0]) == (None, "profile.yaml:1: expected a profile")
    assert 'the row is of "R-5", its profile of "R-1"' in other["error"]


def test_a_bug_is_the_failure_of_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("stridewise.columns.plans.recommend", broken)
    (row,) = decisions(pa.table({"profile": [GOOD]}))
    assert (row["ref"], row["error"]) == ("R-1", "Internal error: KeyError: 'x'. No plan was made")


# --- what is not said ---------------------------------------------------------------------------------------------


def test_null_is_not_asked_and_empty_is_none() -> None:
    """The difference that decides whether a red flag was looked for."""
    kind = pa.list_(pa.string())
    table = {"runner.ref": ["R-1"] * 3, "findings": [["weak glutes"]] * 3, "safety.screened": [DAY] * 3}
    not_asked, none, flagged = decisions(pa.table({**table, "safety.red_flags": pa.array([None, [], ["fever"]], kind)}))
    asked = {"schema": 1, "runner": {"ref": "R-1"}, "findings": ["weak glutes"], "safety": {"screened": str(DAY)}}
    assert not_asked["digest"] == alone(json.dumps(asked)).receipt.plan_sha256 != none["digest"]
    asked["safety"] = {"screened": str(DAY), "red_flags": []}
    assert none["digest"] == alone(json.dumps(asked)).receipt.plan_sha256
    assert (none["referrals"], none["urgency"], none["stops"]) == ([], None, [])
    assert flagged["urgency"] == flagged["referrals"][0]["urgency"]
    assert flagged["stops"]


def test_a_null_in_a_list_is_no_entry() -> None:
    assert "findings[1]: expected a fact or a phrase, found nothing" in one("findings", [["weak glutes", None]])["error"]


# --- how it is written --------------------------------------------------------------------------------------------

SPELT: dict[str, tuple[str, Any, Any, Any]] = {
    "texts as in a CSV": ("training.weekly_distance_km", ["78; 82;85"], None, [78, 82, 85]),
    "numbers": ("training.weekly_distance_km", [[78, 82, 85]], pa.list_(pa.float32()), [78, 82, 85]),
    "one number": ("training.weekly_distance_km", [85], pa.int64(), 85),
    "a list of texts": ("training.weekly_distance", [["78 km", "85 km"]], None, ["78 km", "85 km"]),
    "facts": ("findings", [[{"weakness": "soleus", "side": "left"}]], None, [{"weakness": "soleus", "side": "left"}]),
    "one fact": ("findings", [{"weakness": "soleus"}], None, [{"weakness": "soleus"}]),
    "facts in text": ("findings", ["{weakness: soleus}; weak glutes"], None, [{"weakness": "soleus"}, "weak glutes"]),
    "facts in texts": ("findings", [["{weakness: soleus}", "weak glutes"]], None, [{"weakness": "soleus"}, "weak glutes"]),
    "a day": ("race.date", [date(2026, 12, 12)], None, "2026-12-12"),
    "days": ("constraints.blackout", [date(2026, 12, 12)], None, ["2026-12-12"]),
    "a section": ("race", [{"in_weeks": 3, "distance": "marathon"}], None, {"in_weeks": 3, "distance": "marathon"}),
    "sections": ("training", [{"strength": {"sessions_per_week": 2}}], None, {"strength": {"sessions_per_week": 2}}),
    "an age of pandas": ("runner.age", [34.0], pa.float64(), 34),
}


@pytest.mark.parametrize(("column", "cell", "kind", "written"), SPELT.values(), ids=SPELT)
def test_a_column_says_what_the_profile_would(column: str, cell: Any, kind: Any, written: Any) -> None:
    """The same plan as from the profile that is written out."""
    profile: dict[str, Any] = {"schema": 1, "runner": {"ref": "R-1"}, "findings": ["weak glutes"]}
    *sections, last = column.split(".")
    place = profile
    for section in sections:
        place = place.setdefault(section, {})
    place[last] = written
    row = one(column, cell, kind)
    assert row["error"] is None
    assert row["digest"] == alone(json.dumps(profile)).receipt.plan_sha256


def test_a_code_in_digits_is_text() -> None:
    table = {"findings": ["weak glutes"]}
    assert decisions(pa.table({"runner.ref": [1042], **table}))[0]["ref"] == "1042"
    assert decisions(pa.table({"runner.ref": ["007"], **table}))[0]["ref"] == "007"


def test_all_that_is_wrong_in_a_row_is_told_at_once() -> None:
    columns = {"runner.ref": ["R-1"], "runner.age": [-3], "race.date": ["soon"], "findings": [["weak gluts"]]}
    moment = pa.array([datetime(2026, 11, 20, 22)], pa.timestamp("us", "UTC"))
    error = decisions(pa.table({**columns, "safety.screened": moment}))[0]["error"]
    assert all(place in error for place in ("row: runner.age", "row: race.date", "row: findings[0]", "row: safety.screened"))


# --- the table as a whole -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"runner.ref": ["R-1"], "runner.agee": [3]}, 'unknown column "runner.agee"; .* Did you mean "runner.age"'),
        ({"runner": [{"ref": "R-1", "agee": 3}]}, 'unknown column "runner.agee"; .* Did you mean "runner.age"'),
        ({"runner.ref": ["R-1"], "runner": [{"ref": "R-1"}]}, "stands twice"),
        ({"runner.age": [3]}, '"runner.ref" is missing'),
        ({"profile": [GOOD], "club": ["A"]}, '"club": beside "profile"'),
        ({"runner.ref": ["R-1"], "race.date": pa.array([1], pa.duration("s"))}, '"race.date": duration.s. is read nowhere'),
    ],
)
def test_a_wrong_column_is_told_before_the_first_row(columns: dict[str, Any], said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        next(plans_of(pa.table(columns).to_batches()))


def test_a_table_without_rows_gives_one_without_rows() -> None:
    (made,) = plans_of([pa.RecordBatch.from_pylist([], pa.schema([("profile", pa.string())]))])
    assert (made.num_rows, made.schema) == (0, schema())
    assert list(plans_of([])) == []


def test_batches_are_worked_through_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out is never longer than a piece, and comes before the rest is looked at."""
    monkeypatch.setattr("stridewise.columns.plans.AT_ONCE", 2)
    table = pa.table({"profile": [GOOD, BAD, GOOD]})
    made = plans_of(iter(table.to_batches()), day=DAY)
    assert [batch.num_rows for batch in made] == [2, 1]


def test_the_day_is_given_or_recorded() -> None:
    """No clock is read: a row with neither has no plan."""
    table = pa.table({"profile": [GOOD, f"{GOOD}recorded: 2026-11-20\n"]})
    without, recorded = decisions(table, day=None)
    assert "recorded: is missing, and no day is given" in without["error"]
    assert recorded["as_of"] == date(2026, 11, 20)
    assert [row["as_of"] for row in decisions(table)] == [DAY, DAY]
    with pytest.raises(TypeError, match="expected a datetime"):
        decisions(table, day=datetime(2026, 11, 21))


def test_packs_that_cannot_be_used_stop_the_table(tmp_path: Any) -> None:
    with pytest.raises(PackError):
        decisions(pa.table({"profile": [GOOD]}), packs=[tmp_path])


def test_the_example_of_the_page_says_what_the_page_says() -> None:
    """A plan, a slip of the pen with its nearest phrase, and somebody to be seen now."""
    (example,) = (block for block in blocks("python") if "athletes = " in block)
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102  # the page's own
    first, slip, flagged = names["decisions"].to_pylist()
    assert (first["status"], flagged["urgency"], slip["status"]) == ("ready", "emergency", None)
    assert 'Did you mean "weak glutes"?' in slip["error"]


def test_the_page_names_every_column() -> None:
    """With its type in Spark's words too."""
    page = (ROOT / "docs" / "columns.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == schema().names
    (script,) = (block for block in blocks("python") if "mapInArrow" in block)
    told = script.split('"""')[3]
    assert re.findall(r"(?:^ *|, )(\w+) (?:string|date|array)", told, re.MULTILINE) == schema().names


def blocks(language: str) -> list[str]:
    """The programs that the page shows."""
    page = (ROOT / "docs" / "columns.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
