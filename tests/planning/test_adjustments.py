"""Running is adjusted once: changes of one measure are never multiplied, and the outcome is one of the proposals."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans import ASKED, WEAK, clinic, plan, when_weak


def adjusting(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Rules that each adjust a metric."""
    return [when_weak(f"adjust-{number}", {"text": f"Change {number}.", **change}) for number, change in enumerate(changes)]


RUNS = f"{ASKED}training: {{weekly_distance_km: [80, 90], longest_run_km: 20}}\n{WEAK}"
CAUTIOUS = [
    (({"adjust": "weekly_distance", "by": "-50%"}, {"adjust": "weekly_distance", "by": "-50%"}), 45),
    (({"adjust": "weekly_distance", "by": "-50%"}, {"adjust": "weekly_distance", "by": "-20%"}), 45),
    (({"adjust": "weekly_distance", "by": "-10%"}, {"adjust": "weekly_distance", "at_most": "50 km"}), 50),
    (({"adjust": "weekly_distance", "at_most": "50% of mean_weekly_distance"}, {"adjust": "weekly_distance", "by": "-50%"}), 40),
    (({"adjust": "weekly_distance", "to": "20 mi"}, {"adjust": "weekly_distance", "by": "-10%"}), 32.2),
    (({"adjust": "weekly_distance", "at_most": "95 km"}, {"adjust": "weekly_distance", "by": "10%"}), 95),
    (({"adjust": "weekly_distance", "by": "-10 km"}, {"adjust": "weekly_distance", "by": "-5 km"}), 80),
    (({"adjust": "weekly_distance", "by": "-100 km"},), 0),
    (({"adjust": "longest_run", "at_most": "110% of longest_run"},), 22),
]


@pytest.mark.parametrize(("changes", "to"), CAUTIOUS)
def test_several_changes_are_never_multiplied(tmp_path: Path, changes: tuple[dict[str, Any], ...], to: float) -> None:
    """The most cautious single one holds; order does not matter, and losing ones are shown as settled."""
    for number, order in enumerate(permutations(changes)):
        made = plan(RUNS, clinic(tmp_path / str(number), *adjusting(*order)))
        (one,) = made.load_adjustments
        assert one.to is not None
        assert float(one.to) == to
        losers = [change for change in changes if change != changes[0]] if len(changes) > 1 else []
        assert len(made.conflicts) == (1 if losers else 0)


def test_a_cap_that_nothing_reaches_changes_nothing(tmp_path: Path) -> None:
    """At most 300 km, for a runner at 90, is no adjustment, and does not speak against ten percent more."""
    cap = {"adjust": "weekly_distance", "at_most": "300 km"}
    assert plan(RUNS, clinic(tmp_path / "alone", *adjusting(cap))).load_adjustments == ()
    (one,) = plan(RUNS, clinic(tmp_path / "both", *adjusting(cap, {"adjust": "weekly_distance", "by": "10%"}))).load_adjustments
    assert one.to == 99


@given(st.lists(st.integers(-100, 50), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_outcome_is_always_one_of_the_proposals(tmp_path_factory: pytest.TempPathFactory, percents: list[int]) -> None:
    """Any number of percentages gives the smallest of them."""
    rules = adjusting(*({"adjust": "weekly_distance", "by": f"{percent}%"} for percent in percents))
    (one,) = plan(RUNS, clinic(tmp_path_factory.mktemp("c"), *rules)).load_adjustments
    assert one.from_ == 90
    assert float(one.to or 0) == pytest.approx(max(0, 90 * (1 + min(percents) / 100)), abs=0.05)


@pytest.mark.parametrize(
    ("change", "said"), [({"by": "-50%"}, "-50%"), ({"at_most": "75% of longest_run"}, "75%"), ({"to": "80%"}, "80%")]
)
def test_an_unknown_base_leaves_the_percentage(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """Without a recorded distance there is no made-up number: from and to are null, the change is said."""
    (one,) = plan(ASKED + WEAK, clinic(tmp_path, *adjusting({"adjust": "longest_run", **change}))).load_adjustments
    assert (one.from_, one.to) == (None, None)
    assert said in one.change


def test_metrics_are_adjusted_one_by_one(tmp_path: Path) -> None:
    """Two metrics are two adjustments."""
    made = plan(
        RUNS, clinic(tmp_path, *adjusting({"adjust": "weekly_distance", "by": "-50%"}, {"adjust": "longest_run", "by": "-20%"}))
    )
    assert [(one.metric, one.to) for one in made.load_adjustments] == [("longest_run", 16), ("weekly_distance", 45)]


@pytest.mark.parametrize("change", [{"to": "5 weeks"}, {"by": "-3 kg"}, {"at_most": "10 s"}])
def test_an_adjustment_in_a_foreign_unit_is_refused_with_the_pack(tmp_path: Path, change: dict[str, Any]) -> None:
    """A distance in weeks is the pack's mistake and is told when the packs are loaded, not in front of a runner."""
    from stridewise.errors import PackError

    with pytest.raises(PackError):
        clinic(tmp_path, *adjusting({"adjust": "weekly_distance", **change}))


@pytest.mark.parametrize("change", [{"to": 20}, {"by": "-10"}, {"at_most": "50"}])
def test_a_distance_says_its_unit(tmp_path: Path, change: dict[str, Any]) -> None:
    """Whoever writes -10 may mean kilometres or percent; it was read as kilometres."""
    from stridewise.errors import PackError

    with pytest.raises(PackError, match=r'expected an amount with its unit, as "-?\d+ km", or "-?\d+%", found neither'):
        clinic(tmp_path, *adjusting({"adjust": "weekly_distance", **change}))
    assert plan(RUNS, clinic(tmp_path / "fits", *adjusting({"adjust": "hard_sessions", "to": 1}))).load_adjustments[0].to == 1


@pytest.mark.parametrize("metric", ["plyometric_contacts", "strength_load"])
def test_a_unit_where_the_load_has_none_is_refused_with_the_pack_too(tmp_path: Path, metric: str) -> None:
    """It was read, and ended every plan in which the rule fired; a change by an amount in it changed nothing, in silence."""
    from stridewise.errors import PackError

    for change in ({"to": "3 kg"}, {"at_most": "2 count"}, {"by": "-1 km"}):
        with pytest.raises(PackError, match="expected a percentage or a number without a unit, found"):
            clinic(tmp_path, *adjusting({"adjust": metric, **change}))
    assert plan(RUNS, clinic(tmp_path / "fits", *adjusting({"adjust": metric, "to": "3"}))).load_adjustments[0].to == 3


@pytest.mark.parametrize("change", [{"to": "50%"}, {"at_most": "50%"}, {"by": "-1"}, {"to": "2"}, {"at_most": "2 count"}])
def test_sets_are_taken_by_a_share_alone(tmp_path: Path, change: dict[str, Any]) -> None:
    """ "At most 50% of the strength sets" stood in a plan whose doses kept all of them."""
    from stridewise.errors import PackError

    with pytest.raises(PackError, match='strength_sets: expected a share that is taken away, as by: "-50%"'):
        clinic(tmp_path, *adjusting({"adjust": "strength_sets", **change}))
