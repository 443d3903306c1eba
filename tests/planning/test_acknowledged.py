"""A named clinician's acknowledgement moves a warning or a contradiction apart and never out: what must be said stays, what
counts for nothing is named, and the runner is told as before."""

from pathlib import Path
from typing import Any

import pytest

from kit import rule
from plans import ASKED, WEAK, aside, clinic, meaning, plan, prescribed, refer, session, when_weak
from stridewise.errors import ProfileError
from stridewise.explain.items import find_items
from stridewise.plan.model import Plan
from stridewise.program.program import Program
from stridewise.render.handout import notes
from stridewise.render.html import render_html
from stridewise.render.markdown import render_markdown
from stridewise.render.plan_words import standing
from stridewise.render.text import render_text

WARNED = when_weak("mind", {"warn": "Mind the calf.", "level": "warning"}, title="A weak calf is minded")
SAYS = "because: Agreed with the coach., by: A. Example, date: 2026-11-21"
BY = f"{{warning: trial/mind, {SAYS}}}"


def signed(*entries: str, text: str = f"{ASKED}{WEAK}") -> str:
    """A runner, and what is acknowledged."""
    return f"{text}clinician: {{acknowledge: [{', '.join(entries)}]}}\n"


def refused(text: str, program: Program) -> list[str]:
    """What is wrong with a profile."""
    with pytest.raises(ProfileError) as raised:
        plan(text, program)
    return str(raised.value).splitlines()


def said(made: Plan) -> list[str]:
    return [one.text for one in made.warnings]


def test_an_acknowledged_warning_is_told_apart_with_name_reason_and_day(tmp_path: Path) -> None:
    """In every format for the clinician; its reasons stay."""
    made = plan(signed(BY), clinic(tmp_path, WARNED))
    assert not made.warnings
    (one,) = made.acknowledged
    assert (one.kind, one.id, one.level, one.text) == ("warning", "trial/mind", "warning", "Mind the calf.")
    assert (one.by, one.date, one.reason) == ("A. Example", "2026-11-21", "Agreed with the coach.")
    assert [because.rule for because in one.because] == ["trial/mind"]
    for shown in (render_text(made), render_text(made, explain=True), render_markdown([made]), render_html([made])):
        assert "Mind the calf." in shown
        assert "Acknowledged by A. Example on 2026-11-21: Agreed with the coach." in " ".join(shown.split())


def test_the_runner_is_told_as_before(tmp_path: Path) -> None:
    """Whoever accepts a warning does not run for the runner: the sheet says it, and the verdict keeps its limits."""
    program = clinic(tmp_path, WARNED)
    before, after = plan(f"{ASKED}{WEAK}", program), plan(signed(BY), program)
    assert notes(after) == notes(before) == ["Mind the calf."]
    assert standing(after) == standing(before) == "limits"


def test_the_cap_of_warnings_counts_those_to_be_said(tmp_path: Path) -> None:
    """What is acknowledged takes no place of what is not."""
    more = [when_weak(f"w{number}", {"warn": f"Mind {number}.", "level": "warning"}) for number in range(5)]
    program = clinic(tmp_path, WARNED, *more)
    assert len(plan(f"{ASKED}{WEAK}", program).warnings) == 5
    made = plan(signed(BY), program)
    assert said(made) == [f"Mind {number}." for number in range(5)]
    assert not any("left out to keep the plan short" in notice for notice in made.notices)


CONTRA = [
    when_weak("row", {"prescribe": "arm_row"}, title="A row"),
    when_weak("no-row", {"avoid": "arm_row", "level": "precaution"}, title="No row"),
]


def test_an_acknowledged_contradiction_is_told_apart_and_settled_as_before(tmp_path: Path) -> None:
    """Whichever rule is named first."""
    program = clinic(tmp_path, *CONTRA)
    before = plan(f"{ASKED}{WEAK}", program)
    made = plan(signed(f"{{contradiction: [trial/row, trial/no-row], {SAYS}}}"), program)
    assert before.conflicts
    assert not made.conflicts
    assert [(one.kind, one.id, one.text) for one in made.acknowledged] == [
        ("contradiction", "trial/no-row + trial/row", before.conflicts[0].text)
    ]
    assert prescribed(made) == prescribed(before)
    assert aside(made) == aside(before)


# --- what stays ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ([when_weak("mind", refer())], '"trial/mind" refers; a referral cannot be acknowledged away'),
        ([when_weak("mind", {"warn": "So.", "level": "info"}, refer())], '"trial/mind" refers'),
        ([when_weak("mind", {"warn": "So.", "level": "critical"})], '"trial/mind" warns of something critical'),
        (
            [rule("mind", [{"red_flag": "fever"}], [{"warn": "So.", "level": "info"}])],
            '"trial/mind" rests on a red flag, and is said until that is looked into',
        ),
        ([when_weak("mind", {"prescribe": "arm_row"})], '"trial/mind" warns of nothing'),
        ([WARNED | {"id": "minds"}], 'there is no rule "trial/mind". Did you mean "trial/minds"?'),
    ],
)
def test_what_must_be_said_cannot_be_acknowledged(tmp_path: Path, rules: list[dict[str, Any]], message: str) -> None:
    """It is refused at its line, with the way that there is."""
    (line,) = refused(signed(BY), clinic(tmp_path, *rules))
    assert line.startswith("profile.yaml:7: clinician.acknowledge[0]: ")
    assert message in line


def test_what_comes_to_rest_on_a_red_flag_is_said_again(tmp_path: Path) -> None:
    """However far back the flag stands; the acknowledgement is named and counts for nothing."""
    rules = [
        rule("hot", [{"red_flag": "fever"}], [{"conclude": {"new_exercise_dose": "half"}}]),
        when_weak("cool", {"conclude": {"new_exercise_dose": "half"}}),
        rule("mind", [{"new_exercise_dose": "half"}], [{"warn": "Mind it.", "level": "warning"}]),
    ]
    program = clinic(tmp_path, *rules)
    assert not plan(signed(BY), program).warnings
    made = plan(signed(BY).replace("red_flags: []", "red_flags: [fever]"), program)
    assert said(made) == ["Mind it."]
    assert not made.acknowledged
    assert any("does not count: it rests on a red flag or a sign" in notice for notice in made.notices)


def test_an_acknowledgement_older_than_what_it_is_about_does_not_count(tmp_path: Path) -> None:
    """The record of the next visit asks for another reading."""
    made = plan(signed(BY.replace("2026-11-21", "2026-11-20")), clinic(tmp_path, WARNED))
    assert said(made) == ["Mind the calf."]
    (notice,) = [notice for notice in made.notices if "does not count" in notice]
    assert notice == (
        "A. Example's acknowledgement of 2026-11-20 (A weak calf is minded) does not count: what it is about was recorded later, "
        "on 2026-11-21. Read it again, and date it anew."
    )


def test_a_log_that_went_on_makes_an_acknowledgement_older(tmp_path: Path) -> None:
    """A day of the record is no word on runs after it; what does not rest on the log still counts."""
    (tmp_path / "runs.csv").write_text("date,km\n" + "".join(f"2026-11-{day:02},8\n" for day in range(2, 22)), encoding="utf-8")
    far = rule("mind", [{"weekly_distance": "> 10"}], [{"warn": "Mind the weeks.", "level": "warning"}])
    text = f"{ASKED}{WEAK}training: {{log: runs.csv}}\n".replace("recorded: 2026-11-21", "recorded: 2026-11-10")
    older = signed(BY.replace("2026-11-21", "2026-11-11"), text=text).replace("screened: 2026-11-21", "screened: 2026-11-10")
    assert said(plan(older, clinic(tmp_path / "one", far), folder=tmp_path)) == ["Mind the weeks."]
    assert not said(plan(older, clinic(tmp_path / "two", WARNED), folder=tmp_path))


def test_an_acknowledgement_of_what_is_no_longer_said_is_named(tmp_path: Path) -> None:
    made = plan(signed(BY, text=f"{ASKED}findings: []\n"), clinic(tmp_path, WARNED))
    assert any("(A weak calf is minded) is about nothing that this plan says." in notice for notice in made.notices)


def test_what_another_rule_says_too_is_still_said(tmp_path: Path) -> None:
    """Until both are acknowledged."""
    other = when_weak("other", {"warn": "Mind the calf.", "level": "warning"})
    program = clinic(tmp_path, WARNED, other)
    made = plan(signed(BY), program)
    assert said(made) == ["Mind the calf."]
    assert any("other guidance says the same" in notice for notice in made.notices)
    both = plan(signed(BY, BY.replace("mind", "other").replace("A. Example", "B. Example")), program)
    assert not both.warnings
    assert {one.by for one in both.acknowledged} == {"A. Example", "B. Example"}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (BY.replace("2026-11-21", "2026-11-22"), "the date 2026-11-22 lies after the day of the plan"),
        (BY.replace("A. Example", "TBD"), "an acknowledgement needs a name and a reason"),
        (BY.replace("Agreed with the coach.", '" "'), "an acknowledgement needs a name and a reason"),
        (f"{BY}, {BY}", "acknowledge[1]: the same is acknowledged twice; keep one"),
        (f"{{{SAYS}}}", "give one of warning (a rule) and contradiction (the rules that disagree)"),
        (f"{{contradiction: [trial/mind], {SAYS}}}", "contradiction: expected at least two rules"),
        ("{warning: trial/mind, because: So., date: 2026-11-21}", 'the key "by" is missing'),
    ],
)
def test_an_acknowledgement_that_nobody_signs_is_refused(tmp_path: Path, entry: str, message: str) -> None:
    (line,) = refused(signed(entry), clinic(tmp_path, WARNED))
    assert line.startswith("profile.yaml:7: clinician.acknowledge[")
    assert message in line


def test_without_a_day_of_the_record_nothing_can_be_acknowledged(tmp_path: Path) -> None:
    """Nobody could tell whether it is older than what it is about."""
    (line,) = refused(signed(BY).replace("recorded: 2026-11-21\n", ""), clinic(tmp_path, WARNED))
    assert "say on which day the findings were recorded" in line


def test_an_acknowledged_warning_can_be_asked_about(tmp_path: Path) -> None:
    made = session(signed(BY), clinic(tmp_path, WARNED))
    (item,) = find_items(made, "mind")
    assert (item.section, item.said) == ("acknowledged", "Mind the calf.")


def test_the_order_of_acknowledgements_changes_nothing(tmp_path: Path) -> None:
    other = when_weak("other", {"warn": "Mind the foot.", "level": "info"})
    program = clinic(tmp_path, WARNED, other)
    entries = [BY, BY.replace("mind", "other")]
    assert meaning(plan(signed(*entries), program)) == meaning(plan(signed(*entries[::-1]), program))
