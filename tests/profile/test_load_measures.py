"""Training load in numbers: exact, and from the same weeks whoever counts them. Logs have a room of their own."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import intake, minimal, mistakes, values
from stridewise.profile.load_measures import percent_above, weekly_measures

TENTHS = st.integers(0, 2000).map(lambda tenths: Decimal(tenths) / 10)
WEEKS = st.lists(TENTHS, min_size=1, max_size=8)


# --- weeks ------------------------------------------------------------------------------------------------------------


def test_ten_percent_is_ten_percent() -> None:
    """19.8 after 18 is 10% more exactly, where binary numbers say 10.000000000000002."""
    measures = dict(weekly_measures([Decimal(18), Decimal("19.8")]))
    assert measures["weekly_distance_change"] == 10
    assert measures["weekly_distance_versus_mean"] == 10


@given(st.lists(TENTHS.filter(bool), min_size=2, max_size=6))
def test_measures_are_the_rational_numbers(weeks: list[Decimal]) -> None:
    """Changes and means are what fractions say, to the last digit a decimal keeps."""
    measures = dict(weekly_measures(weeks))
    exact = [Fraction(week) for week in weeks]
    mean = sum(exact[:-1]) / len(exact[:-1])
    expected = {
        "weekly_distance": exact[-1],
        "mean_weekly_distance": mean,
        "weekly_distance_change": (exact[-1] - exact[-2]) * 100 / exact[-2],
        "weekly_distance_versus_mean": (exact[-1] - mean) * 100 / mean,
    }
    assert measures.keys() == expected.keys()
    for name, value in expected.items():
        assert abs(Fraction(measures[name]) - value) < Fraction(1, 10**20), name


@given(TENTHS.filter(bool), st.integers(-100, 400))
def test_a_change_of_whole_percents_is_found_exactly(base: Decimal, percent: int) -> None:
    """A boundary such as "more than 10%" is never crossed by rounding."""
    assert percent_above(base + base * percent / 100, base) == percent


@given(TENTHS)
def test_one_week_says_nothing_about_change(week: Decimal) -> None:
    """A single number gives the latest week alone."""
    assert dict(weekly_measures([week])) == {"weekly_distance": week}


def test_no_change_is_told_from_nothing() -> None:
    """Against a week of no running no percentage exists, and none is made up."""
    assert "weekly_distance_change" not in dict(weekly_measures([Decimal(0), Decimal(20)]))
    assert dict(weekly_measures([Decimal(30), Decimal(0), Decimal(20)]))["mean_weekly_distance"] == 15


@given(WEEKS)
def test_the_latest_week_is_the_last_one(weeks: list[Decimal]) -> None:
    """Weeks are written oldest first; `weekly_distance` is the last."""
    written = ", ".join(map(str, weeks))
    assert values(minimal(f"training: {{weekly_distance_km: [{written}]}}"), "weekly_distance") == [weeks[-1]]


@given(WEEKS)
def test_a_single_number_is_a_list_of_one(weeks: list[Decimal]) -> None:
    """`weekly_distance_km: 40` means `[40]`."""
    one, many = (intake(minimal(f"training: {{weekly_distance_km: {text}}}")) for text in (weeks[0], f"[{weeks[0]}]"))
    assert one.facts == many.facts


# --- units ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["weekly_distance", "longest_run", "planned_longest_run"])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("", "20 mi"),
        ("", "20 miles"),
        ("_mi", "20"),
        ("_mi", "20.0"),
        ("_km", "32.18688"),
        ("", "32.18688"),
        ("", "32.18688 km"),
        ("", "32186.88 m"),
    ],
)
def test_a_distance_takes_its_unit_as_suffix_or_in_the_value(path: str, key: str, value: str) -> None:
    """20 miles are 32.18688 km however they are written."""
    assert values(minimal(f"training: {{{path}{key}: {value}}}"), path) == [Decimal("32.18688")]


def test_every_week_may_carry_its_unit() -> None:
    """[55 mi, 58 mi] and weekly_distance_mi: [55, 58] are the same weeks."""
    texts = ("weekly_distance: [55 mi, 58 mi]", "weekly_distance_mi: [55, 58]", "weekly_distance: [88.51392, 58 mi]")
    found = [intake(minimal(f"training: {{{text}}}")).facts for text in texts]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("one", ["40 kg", "40 parsecs", "4 weeks", "forty", "true", "-1", "401", "[1]", "40 km 2"])
def test_what_is_no_distance_is_refused_at_its_line(one: str) -> None:
    """A wrong unit or an impossible distance is told, not converted."""
    told = mistakes(minimal(f"training:\n  weekly_distance:\n    - 40\n    - {one}\n"))
    assert len(told) == 1
    assert told[0].startswith("profile.yaml:6: training.weekly_distance[1]")


@pytest.mark.parametrize("path", ["weekly_distance", "longest_run", "planned_longest_run"])
def test_a_distance_given_twice_is_refused(path: str) -> None:
    """Two ways to write one distance could disagree."""
    assert any("given twice" in one for one in mistakes(minimal(f"training: {{{path}_km: 10, {path}_mi: 6}}")))


def test_a_suffix_that_contradicts_the_value_is_refused() -> None:
    """`weekly_distance_km: 55 mi` says two things."""
    assert mistakes(minimal("training: {weekly_distance_km: 55 mi}"))


# --- the planned run --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("longest", "planned", "spike"),
    [("32", "36", "12.5"), ("30", "33", "10"), ("18", "19.8", "10"), ("20", "10", "-50"), ("16", "32", "100")],
)
def test_a_planned_run_is_measured_against_the_longest(longest: str, planned: str, spike: str) -> None:
    """The spike is exact, and negative where the plan is shorter."""
    text = minimal(f"training: {{longest_run_km: {longest}, planned_longest_run_km: {planned}}}")
    assert values(text, "planned_run_spike") == [Decimal(spike)]


def test_without_a_longest_run_there_is_no_spike() -> None:
    """Nothing is measured against a run that is not known, nor against none."""
    assert values(minimal("training: {planned_longest_run_km: 30}"), "planned_run_spike") == []
    assert values(minimal("training: {longest_run_km: 0, planned_longest_run_km: 30}"), "planned_run_spike") == []
