"""A PAR-Q answer, a clearance with its flag, and the pins, bans and doses of the clinician."""

import pytest

from plans import intake, minimal, mistakes, plan_or_error, taken, values

# --- PAR-Q and clearances ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("par_q", "value", "follow_up"),
    [
        ("{any_yes: false}", "no", "not_done"),
        ("{any_yes: true}", "yes", "not_done"),
        ("{any_yes: true, follow_up: referred}", "yes", "referred"),
    ],
)
def test_the_par_q_answer_is_a_fact_and_answers_the_question(par_q: str, value: str, follow_up: str) -> None:
    """Only the answer is stored."""
    text = minimal(f"findings: []\nsafety: {{screened: 2026-11-21, par_q: {par_q}}}")
    (fact,) = taken(text, "par_q")
    assert (fact.value, fact.get("follow_up")) == (value, follow_up)
    assert "par_q" in intake(text).answered


def test_a_par_q_clearance_keeps_name_and_date() -> None:
    """Who cleared, and when, travels with the fact."""
    par_q = "{any_yes: true, follow_up: cleared, by: Dr A, date: 2026-11-14}"
    (fact,) = taken(minimal(f"findings: []\nsafety: {{par_q: {par_q}}}"), "par_q")
    assert (fact.get("name"), fact.get("on")) == ("Dr A", "2026-11-14")


def clear(flag: str = "fever", by: str = "Dr A", day: str = "2026-11-21", reason: str = "viral, over") -> str:
    """One entry of clinician.clear."""
    return f'{{flag: {flag}, by: "{by}", date: {day}, reason: "{reason}"}}'


def cleared(*entries: str, flags: str = "fever") -> str:
    """A profile with red flags and these clearances."""
    return minimal(
        f"findings: []\nsafety: {{screened: 2026-11-21, red_flags: [{flags}]}}\nclinician:\n  clear: [{', '.join(entries)}]\n"
    )


def test_a_clearance_takes_its_flag_out_and_is_kept_itself() -> None:
    """The flag no longer counts; that it was cleared, by whom, when and why, is a fact."""
    text = cleared(clear(), flags="fever, palpitations")
    assert values(text, "red_flag") == ["palpitations"]
    (fact,) = taken(text, "cleared_flag")
    assert fact.as_mapping() == {"cleared_flag": "fever", "name": "Dr A", "on": "2026-11-21", "reason": "viral, over"}


@pytest.mark.parametrize("flag", ["Fever", "feverish", "FEVER "])
def test_a_clearance_names_its_flag_as_a_flag_is_named(flag: str) -> None:
    """A flag may be written as anywhere else: by alias, in any case."""
    text = cleared(clear(flag))
    assert values(text, "red_flag") == []
    assert isinstance(plan_or_error(text), object)
    assert not isinstance(plan_or_error(text), str)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (clear(by=" "), "needs a name and a reason"),
        (clear(by="pending"), "needs a name and a reason"),
        (clear(by="?"), "needs a name and a reason"),
        (clear(reason=" "), "needs a name and a reason"),
        (clear(day="2026-11-22"), "lies after the day of the plan"),
        (clear("palpitations"), "is not recorded"),
        (clear("feever"), 'unknown red flag "feever". Did you mean "fever"?'),
    ],
)
def test_a_clearance_without_name_date_reason_or_flag_is_refused(entry: str, told: str) -> None:
    """A clearance is the only way past a red flag, so it must be whole."""
    assert any(told in one and one.startswith("profile.yaml:6: clinician.clear[0]") for one in mistakes(cleared(entry)))


def test_a_flag_of_the_findings_can_be_cleared() -> None:
    """Wherever the flag was recorded."""
    text = minimal(f"findings: [{{red_flag: fever, months_ago: 2}}]\nclinician: {{clear: [{clear()}]}}")
    assert values(text, "red_flag") == []


# --- the clinician's edits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "kind"), [("pin", "pinned_exercise"), ("ban", "banned_exercise")])
def test_pins_and_bans_are_facts_with_their_reasons(key: str, kind: str) -> None:
    """A bare name or an entry with a reason."""
    found = taken(minimal(f"findings: []\nclinician: {{{key}: [dead_bug, {{exercise: plank, reason: dislikes}}]}}"), kind)
    assert {(fact.value, fact.get("reason")) for fact in found} == {("dead_bug", None), ("plank", "dislikes")}


@pytest.mark.parametrize(
    "edit", ["pin: [dead_bag]", "ban: [{exercise: dead_bag}]", "retune: [{exercise: dead_bag, dosage: {sets: 1}, reason: r}]"]
)
def test_an_unknown_exercise_is_told_with_the_nearest(edit: str) -> None:
    """A misspelt edit is never ignored."""
    told = mistakes(minimal(f"findings: []\nclinician:\n  {edit}"))
    assert any('Did you mean "dead_bug"?' in one and one.startswith("profile.yaml:5:") for one in told)


def test_two_doses_for_one_exercise_are_refused() -> None:
    """Which of two retunes holds must not depend on which was written first."""
    retune = "{{exercise: dead_bug, dosage: {{sets: {}}}, reason: r}}"
    assert mistakes(minimal(f"findings: []\nclinician: {{retune: [{retune.format(1)}, {retune.format(3)}]}}"))


def test_an_exercise_pinned_and_banned_is_refused() -> None:
    """Asking for what one rules out is a slip."""
    assert mistakes(minimal("findings: []\nclinician: {pin: [dead_bug], ban: [dead_bug]}"))
