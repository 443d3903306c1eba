"""What was asked long ago counts as not asked, and an old clearance opens nothing. The limits are written down once more."""

import pytest

from plans import intake, minimal, mistakes, plan, values

DAY = "2026-11-21"  # of the plans


def screened(day: str, rest: str = "red_flags: []") -> str:
    """A profile that was screened on a day."""
    return minimal(f"findings: []\nsafety: {{screened: {day}, {rest}}}")


@pytest.mark.parametrize(
    ("day", "counts", "told"),
    [
        (DAY, True, ""),
        ("2026-10-10", True, ""),  # 42 days
        ("2026-10-09", True, "6 weeks ago"),
        ("2026-05-22", True, "26 weeks ago"),  # 183 days
        ("2026-05-21", False, ""),
        ("1990-01-01", False, ""),
    ],
)
def test_a_screen_grows_old(day: str, counts: bool, told: str) -> None:
    """It is asked about again after six weeks, and counts as not done after six months."""
    taken = intake(screened(day))
    assert ("red_flag" in taken.answered, bool(values(screened(day), "safety_screen"))) == (counts, counts)
    assert [told in notice for notice in taken.notices] == ([True] if told else [])
    assert (
        any(f"The safety screen of {day} is more than six months old" in said for said in plan(screened(day)).notices)
        is not counts
    )


def test_a_flag_of_an_old_screen_stands() -> None:
    """What was found does not grow old."""
    text = screened("1990-01-01", "red_flags: [saddle_numbness]")
    assert plan(text).status == "refer_first"


@pytest.mark.parametrize(("day", "answered"), [("2025-11-21", True), ("2025-11-20", False), ("1990-01-01", False)])
def test_a_par_q_counts_for_a_year(day: str, answered: bool) -> None:
    """So the form says of itself."""
    no = minimal(f"findings: []\nsafety: {{screened: {DAY}, red_flags: [], par_q: {{any_yes: false, date: {day}}}}}")
    assert ("par_q" in intake(no).answered) is answered
    assert any("more than a year old" in notice for notice in plan(no).notices) is not answered
    cleared = f"par_q: {{any_yes: true, follow_up: cleared, by: Dr A, date: {day}}}"
    made = plan(minimal(f"findings: []\nsafety: {{screened: {DAY}, red_flags: [], {cleared}}}"))
    assert (made.status == "refer_first") is not answered


def test_a_par_q_without_a_date_is_of_the_record() -> None:
    """Nothing else says when."""
    text = minimal("findings: []\nrecorded: 2024-11-21\nsafety: {par_q: {any_yes: false}}")
    assert "par_q" not in intake(text).answered


FLAG = "focal_bone_pain"


def cleared(day: str, screen: str = f"screened: {DAY}, ", recorded: str = "", listed: bool = True) -> str:
    """A profile with a red flag, in the screen or among the findings, and its clearance."""
    flags, findings = (f"[{FLAG}]", "[]") if listed else ("[]", f"[{{red_flag: {FLAG}}}]")
    clear = f"clinician: {{clear: [{{flag: {FLAG}, by: Dr A, date: {day}, reason: MRI}}]}}"
    return minimal(f"findings: {findings}\n{recorded}safety: {{{screen}red_flags: {flags}}}\n{clear}")


@pytest.mark.parametrize(
    ("text", "stands", "why"),
    [
        (cleared(DAY), False, ""),
        (cleared("2026-11-20"), True, f"found on {DAY}, after that"),
        (cleared("1990-01-01"), True, f"found on {DAY}, after that"),
        (cleared("2026-11-02", "screened: 2026-11-01, ", "recorded: 2026-11-10\n"), False, ""),
        (cleared("2026-11-02", "screened: 2026-11-01, ", "recorded: 2026-11-10\n", listed=False), True, "found on 2026-11-10"),
        (cleared("2026-11-02", "", "recorded: 2026-11-10\n"), True, "found on 2026-11-10"),
        (cleared("2026-11-02", ""), False, ""),
        (cleared("2026-05-22", "screened: 2026-05-22, "), False, ""),
        (cleared("2026-05-21", "screened: 2026-05-21, "), True, "more than six months ago"),
    ],
)
def test_a_clearance_follows_what_it_clears(text: str, stands: bool, why: str) -> None:
    """The flag stands under an older clearance, and the plan says why; never in silence."""
    assert bool(values(text, "red_flag")) is stands
    assert bool(intake(text).clearances) is not stands
    told = [notice for notice in plan(text).notices if "does not count" in notice]
    assert [why in notice for notice in told] == ([True] if stands else [])


def test_a_renewed_clearance_is_enough() -> None:
    """The old one beside it says nothing any more."""
    entries = ", ".join(f"{{flag: {FLAG}, by: Dr A, date: {day}, reason: MRI}}" for day in ("1990-01-01", DAY))
    text = minimal(f"findings: []\nsafety: {{screened: {DAY}, red_flags: [{FLAG}]}}\nclinician: {{clear: [{entries}]}}")
    assert values(text, "red_flag") == []
    assert not [notice for notice in plan(text).notices if "does not count" in notice]


@pytest.mark.parametrize("name", ['""', "none", "TBD", '"?"'])
@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("safety: {{par_q: {{any_yes: true, follow_up: cleared, by: {name}, date: 2026-11-21}}}}", "needs by (a name) and date"),
        (
            "diagnosis: [{{condition: bone_stress_injury, released: {{by: {name}, date: 2026-11-21}}}}]",
            "expected the physician's",
        ),
    ],
)
def test_nobody_clears_nobody(entry: str, name: str, told: str) -> None:
    """A blank, or a word for nobody yet, is no name."""
    assert any(told in one for one in mistakes(minimal("findings: []\n" + entry.format(name=name))))


@pytest.mark.parametrize("entry", ["{red_flag: unknown}", "unknown"])
def test_unknown_is_not_asked(entry: str) -> None:
    """One flag that nobody asked about leaves the list unanswered."""
    assert "red_flag" not in intake(screened(DAY, f"red_flags: [{entry}]")).answered
