"""Training load in numbers: exact, from the same weeks whoever counts them, and from a log up to the day of the plan only."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import DAY, intake, minimal, mistakes, values
from stridewise.profile.load_measures import longest_of_log, percent_above, weekly_measures, weeks_of_log
from stridewise.profile.log import Run

TENTHS = st.integers(0, 2000).map(lambda tenths: Decimal(tenths) / 10)
WEEKS = st.lists(TENTHS, min_size=1, max_size=8)


def run(days_ago: int, km: str | Decimal) -> Run:
    """A run so many days before the day of the plan."""
    return Run(1, DAY - timedelta(days_ago), Decimal(km))


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
@pytest.mark.parametrize(("key", "value"), [("", "20 mi"), ("", "20 miles"), ("_mi", "20"), ("_mi", "20.0"), ("_km", "32.18688"),
                                            ("", "32.18688"), ("", "32.18688 km"), ("", "32186.88 m")])  # fmt: skip
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


@pytest.mark.parametrize(("longest", "planned", "spike"), [("32", "36", "12.5"), ("30", "33", "10"), ("18", "19.8", "10"),
                                                           ("20", "10", "-50"), ("16", "32", "100")])  # fmt: skip
def test_a_planned_run_is_measured_against_the_longest(longest: str, planned: str, spike: str) -> None:
    """The spike is exact, and negative where the plan is shorter."""
    text = minimal(f"training: {{longest_run_km: {longest}, planned_longest_run_km: {planned}}}")
    assert values(text, "planned_run_spike") == [Decimal(spike)]


def test_without_a_longest_run_there_is_no_spike() -> None:
    """Nothing is measured against a run that is not known, nor against none."""
    assert values(minimal("training: {planned_longest_run_km: 30}"), "planned_run_spike") == []
    assert values(minimal("training: {longest_run_km: 0, planned_longest_run_km: 30}"), "planned_run_spike") == []


# --- the log ----------------------------------------------------------------------------------------------------------


def test_a_week_is_the_seven_days_up_to_the_day_of_the_plan() -> None:
    """A run six days ago counts, one seven days ago belongs to the week before."""
    assert weeks_of_log([run(0, "1"), run(6, "2"), run(7, "4"), run(13, "8")], DAY) == [12, 3]


def test_a_week_that_the_log_only_half_covers_is_left_out() -> None:
    """Half a week would look like a small one, and the next like a jump."""
    assert weeks_of_log([run(0, "5"), run(10, "7")], DAY) == [5]


def test_a_young_log_still_gives_its_one_week() -> None:
    """Three days of running are the latest week."""
    assert weeks_of_log([run(0, "5"), run(2, "7")], DAY) == [12]


def test_a_week_without_running_counts_as_none() -> None:
    """A pause inside the log is a week of 0 km, not a missing week."""
    assert weeks_of_log([run(0, "5"), run(20, "7")], DAY) == [7, 0, 5]


@given(st.lists(st.tuples(st.integers(-40, 80), TENTHS), max_size=30))
def test_only_runs_up_to_the_day_count(entries: list[tuple[int, Decimal]]) -> None:
    """What lies after the day of the plan changes nothing, and no kilometre of the covered weeks is lost."""
    runs = [run(ago, km) for ago, km in entries]
    past = [one for one in runs if one.day <= DAY]
    weeks = weeks_of_log(runs, DAY)
    assert weeks == weeks_of_log(past, DAY)
    assert len(weeks) <= 5
    covered = [one.distance_km for one in past if (DAY - one.day).days < 7 * len(weeks)]
    assert sum(weeks) == sum(covered)


@given(st.lists(st.tuples(st.integers(-40, 80), TENTHS), max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_a_log_does_not_matter(entries: list[tuple[int, Decimal]], random: object) -> None:
    """A log is a set of runs."""
    runs = [run(ago, km) for ago, km in entries]
    shuffled = list(runs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert weeks_of_log(runs, DAY) == weeks_of_log(shuffled, DAY)
    assert longest_of_log(runs, DAY) == longest_of_log(shuffled, DAY)


def test_the_longest_run_is_of_the_last_30_days() -> None:
    """Day 29 back counts, day 30 does not, and no future run does."""
    assert longest_of_log([run(29, "10"), run(30, "20"), run(-1, "30")], DAY) == 10
    assert longest_of_log([run(30, "20")], DAY) is None


# --- the log of a profile ---------------------------------------------------------------------------------------------


def with_log(folder: Path, text: str, training: str = "log: runs.csv") -> dict[str, object]:
    """A profile with this log beside it."""
    (folder / "runs.csv").write_bytes(text.encode())
    return {"text": minimal(f"training: {{{training}}}"), "folder": folder}


def test_a_log_gives_weeks_and_the_longest_run_with_their_lines(tmp_path: Path) -> None:
    """The measures come from the log, and point to its newest run."""
    log = "date,km,minutes,rpe\n2026-11-21,12,60,4\n2026-11-10,10,,\n2026-11-02,20,,\n2026-11-25,42,,\n"
    found = {fact.kind: fact for fact in intake(**with_log(tmp_path, log)).facts}  # type: ignore[arg-type]
    assert found["weekly_distance"].value == 12
    assert found["longest_run"].value == 20
    assert str(found["weekly_distance"].places[0]) == "runs.csv:2"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffdate,km\n2026-11-20,10\n",
        "date,km\r\n2026-11-20,10\r\n",
        "Date, KM \n 2026-11-20 , 10 \n",
        "km,date\n10,2026-11-20\n",
        "date,km,shoes\n2026-11-20,10,blue\n",
        "date,km\n\n2026-11-20,10\n\n",
        'date,km\n"2026-11-20","10"\n',
    ],
)
def test_a_log_may_come_from_any_spreadsheet(tmp_path: Path, text: str) -> None:
    """Byte order marks, line endings, spaces, quotes, other columns and their order do not matter."""
    assert values(kind="weekly_distance", **with_log(tmp_path, text)) == [10]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "runs.csv:1: the column date is missing"),
        ("date,miles\n2026-11-20,10\n", "runs.csv:1: the column km is missing"),
        ("date;km\n2026-11-20;10\n", "runs.csv:1: the column date is missing"),
        ("date,km\n20/11/2026,10\n", "runs.csv:2: date: expected a date"),
        ("date,km\n2026-11-20,ten\n", 'runs.csv:2: km: expected a distance in km, found "ten"'),
        ("date,km\n2026-11-20\n", 'runs.csv:2: km: expected a distance in km, found ""'),
        ("date,km\n2026-11-20,-1\n", "runs.csv:2: km: -1 km is outside 0 to 400 km"),
        ("date,km\n2026-11-20,1000\n", "runs.csv:2: km: 1000 km is outside 0 to 400 km"),
        ("date,km\n2026-11-20,inf\n", "runs.csv:2: km: "),
        ("date,km\n2026-11-20,nan\n", "runs.csv:2: km: "),
        ("date,km\n2026-11-20,sNaN\n", "runs.csv:2: km: "),
        ("date,km,km\n2026-11-20,10,20\n", "runs.csv:1: "),
        ("date,km\n2026-11-20," + "9" * 200_000 + "\n", "runs.csv"),
    ],
)
def test_a_bad_row_is_told_at_its_line(tmp_path: Path, text: str, told: str) -> None:
    """A log that cannot be read as runs is never read as something else."""
    problems = mistakes(**with_log(tmp_path, text))  # type: ignore[arg-type]
    assert any(told in problem for problem in problems)


def test_all_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    """Three bad rows are three problems."""
    assert len(mistakes(**with_log(tmp_path, "date,km\nx,1\n2026-11-20,y\n2026-11-20,5\nz,1\n"))) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["../runs.csv", "/etc/hostname", "none.csv", ".", '""', '"a\\0b"'])
def test_only_a_file_beside_the_profile_is_a_log(tmp_path: Path, name: str) -> None:
    """A profile reads nothing outside its folder, and a log that is not there is told."""
    (tmp_path / "here").mkdir()
    (tmp_path / "runs.csv").write_text("date,km\n2026-11-20,10\n")
    assert mistakes(minimal(f"training: {{log: {name}}}"), folder=tmp_path / "here")


def test_a_log_that_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    """A pipe in the place of a log would make the command wait forever."""
    import os

    os.mkfifo(tmp_path / "runs.csv")
    holder = os.open(tmp_path / "runs.csv", os.O_RDWR | os.O_NONBLOCK)  # so that a reader is not kept waiting for a writer
    os.write(holder, b"date,km\n2026-11-20,10\n")
    try:
        import signal

        signal.signal(signal.SIGALRM, _too_long)
        signal.alarm(5)
        assert mistakes(minimal("training: {log: runs.csv}"), folder=tmp_path)
    finally:
        signal.alarm(0)
        os.close(holder)


def _too_long(*_: object) -> None:
    raise AssertionError("the log is read although it is no file")


@pytest.mark.parametrize("other", ["weekly_distance_km: 40", "weekly_distance_km: [10, 20]", "weekly_distance: 20 mi"])
def test_the_log_and_written_weeks_exclude_each_other(tmp_path: Path, other: str) -> None:
    """What is given twice could disagree."""
    told = mistakes(**with_log(tmp_path, "date,km\n2026-11-20,10\n", f"log: runs.csv, {other}"))  # type: ignore[arg-type]
    assert any("the log gives it too" in one for one in told)


def test_a_log_that_ended_long_ago_is_said(tmp_path: Path) -> None:
    """An old log still counts, with a notice."""
    notices = intake(**with_log(tmp_path, "date,km\n2026-10-01,10\n")).notices  # type: ignore[arg-type]
    assert any("ends on 2026-10-01" in notice for notice in notices)


def test_a_log_of_the_future_says_nothing_about_today(tmp_path: Path) -> None:
    """Runs after the day of the plan are no training yet."""
    taken_in = intake(**with_log(tmp_path, "date,km\n2026-12-01,10\n"))  # type: ignore[arg-type]
    assert not any(fact.kind in ("weekly_distance", "longest_run") for fact in taken_in.facts)
    assert any("holds no run" in notice for notice in taken_in.notices)


def test_the_log_is_read_again_for_another_day(tmp_path: Path) -> None:
    """A plan for an earlier day sees the weeks of that day."""
    given = with_log(tmp_path, "date,km\n2026-11-20,10\n2026-11-08,30\n")
    assert values(kind="weekly_distance", as_of=date(2026, 11, 9), **given) == [30]  # type: ignore[arg-type]
    assert values(kind="weekly_distance", **given) == [10]  # type: ignore[arg-type]
