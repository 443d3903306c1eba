"""Taking a profile in: every section becomes facts in the one notation, and what was not said is not made up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import DAY, FOUR_PHRASES, built_in, intake, minimal, mistakes, plan_or_error, taken, values
from stridewise.language.fact import Fact
from stridewise.language.vocabulary import fold
from stridewise.profile.facts import LISTS, SINGLE

RECORDED = "recorded: 2026-11-21\n"
SINGLE_VALUES = {
    "runner.age": "34", "runner.sex": "female", "goal.kind": "performance", "race.distance": "marathon", "race.priority": "A",
    "training.longest_run": "32", "training.planned_longest_run": "36", "training.running_years": "8", "training.surface": "road",
    "training.strength.sessions_per_week": "1", "training.strength.experience_months": "4", "safety.pregnancy.weeks": "20",
    "safety.postpartum.weeks": "8", "constraints.minutes_per_session": "30", "constraints.sessions_per_week": "2",
}  # fmt: skip
LIST_VALUES = {
    "safety.red_flags": "fever", "training.current_exercises": "goblet_squat", "constraints.equipment": "dumbbell",
    "constraints.cannot": "kneel", "safety.postpartum.symptoms": "leakage",
    "safety.par_q.yes_to": "heart",
}  # fmt: skip
ALIASES = built_in().vocabulary.aliases


def at_path(path: str, value: str) -> str:
    """A profile with this value at this path, and a goal so that it is one."""
    first, *rest = path.split(".")
    body = value
    for step in reversed(rest):
        body = f"{{{step}: {body}}}"
    if first == "runner":
        return f"schema: 1\nrunner: {{ref: R-1, {body[1:-1]}}}\nfindings: []\n"
    body = body.replace("{yes_to", "{any_yes: true, yes_to")  # which questions, beside the answer they belong to
    return minimal(f"findings: []\n{first}: {body}\n")


def sides(facts: list[Fact]) -> list[str | None]:
    """The sides of facts."""
    return [fact.side for fact in facts]


# --- sections ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SINGLE)
def test_every_single_value_becomes_one_fact_with_its_line(path: str) -> None:
    """The table of paths and kinds holds: the value arrives, and says where it stood."""
    (fact,) = taken(at_path(path, SINGLE_VALUES[path]), SINGLE[path])
    assert str(fact.value) == SINGLE_VALUES[path]
    assert [place.path for place in fact.places] == ["profile.yaml"]


@pytest.mark.parametrize("path", SINGLE)
@pytest.mark.parametrize("unknown", ["unknown", "null", ""])
def test_unknown_is_the_same_as_leaving_out(path: str, unknown: str) -> None:
    """`unknown`, nothing and an absent key mean the same: not recorded."""
    if unknown == "" and path.startswith("runner"):
        unknown = "null"
    assert taken(at_path(path, unknown), SINGLE[path]) == []


def test_the_line_of_a_value_is_its_own() -> None:
    """Facts point to the line of the very value, not of its section."""
    text = minimal("findings:\n\n  - weak glutes\n  # note\n  - {skill: hip_hinge, grade: owned}\ntraining:\n  surface: road\n")
    lines = {fact.kind: {place.line for place in fact.places} for fact in intake(text).facts}
    assert lines == {"weakness": {5}, "skill": {7}, "surface": {9}}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_answers_its_question_even_where_it_is_empty(path: str) -> None:
    """`[]` means "asked, none"; leaving the list out means "not asked"."""
    screened = at_path(path, "[]").replace("{red_flags", "{screened: 2026-11-21, red_flags")
    assert LISTS[path] in intake(screened).answered
    assert LISTS[path] not in intake(minimal("findings: []")).answered


@pytest.mark.parametrize("path", LISTS)
def test_every_entry_of_a_list_becomes_a_fact(path: str) -> None:
    """A list names terms; each is one fact."""
    assert values(at_path(path, f"[{LIST_VALUES[path]}]"), LISTS[path]) == [LIST_VALUES[path]]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("entry", ["unknown", "null"])
def test_a_list_of_unknown_answers_nothing(path: str, entry: str) -> None:
    """Unknown is not false: a list that says "unknown" is no "asked, none"."""
    text = at_path(path, f"[{entry}]").replace("{red_flags", "{screened: 2026-11-21, red_flags")
    assert LISTS[path] not in intake(text).answered


@pytest.mark.parametrize("path", LISTS)
def test_a_word_where_a_list_is_expected_is_told(path: str) -> None:
    """`equipment: dumbbell` is refused, with the way to write it."""
    assert any("expected a list" in told for told in mistakes(at_path(path, LIST_VALUES[path])))


def test_red_flags_count_only_where_a_screen_was_held() -> None:
    """Without `screened` an empty list of red flags answers nothing; a flag that is there still counts."""
    text = minimal("findings: []\nsafety: {red_flags: [fever]}")
    assert "red_flag" not in intake(text).answered
    assert values(text, "red_flag") == ["fever"]


@pytest.mark.parametrize("section", ["findings", "symptoms", "history"])
@pytest.mark.parametrize(
    "entry", ["{red_flag: saddle_numbness}", "saddle numbness", "Saddle  Numbness", "{alias: saddle numbness}"]
)
def test_a_red_flag_counts_wherever_it_stands(section: str, entry: str) -> None:
    """A flag among the findings, symptoms or history is the same fact as one in the screen."""
    assert values(minimal(f"goal: {{}}\n{section}: [{entry}]"), "red_flag") == ["saddle_numbness"]


def test_a_diagnosis_is_treated_now_and_is_on_record() -> None:
    """Rules about lasting conditions see a diagnosis too, so that none can miss it."""
    text = minimal("diagnosis: [{condition: osteoporosis, side: left, certainty: confirmed}]")
    assert [fact.as_mapping() for fact in taken(text, "diagnosis")] == [
        {"diagnosis": "osteoporosis", "certainty": "confirmed", "side": "left"}
    ]
    assert [fact.as_mapping() for fact in taken(text, "condition")] == [{"condition": "osteoporosis", "side": "left"}]


@pytest.mark.parametrize("entry", ["runner's knee", "{diagnosis: patellofemoral_pain}"])
@pytest.mark.parametrize("section", ["findings", "symptoms", "history"])
def test_a_diagnosis_is_on_record_wherever_it_stands(section: str, entry: str) -> None:
    """As a phrase or a finding it says the same as in the section of diagnoses."""
    elsewhere, usual = minimal(f"goal: {{}}\n{section}: [{entry}]"), minimal("diagnosis: [{condition: patellofemoral_pain}]")
    for kind in ("diagnosis", "condition"):
        assert values(elsewhere, kind) == values(usual, kind), kind


def test_pregnancy_and_birth_are_conditions() -> None:
    """Recording weeks is recording the condition, whether the weeks are known or not."""
    assert set(values(minimal("findings: []\nsafety: {pregnancy: {weeks: 20}}"), "condition")) == {"pregnancy"}
    assert set(values(minimal("findings: []\nsafety: {postpartum: {symptoms: [leakage]}}"), "condition")) == {"postpartum"}


def test_a_week_becomes_training_days() -> None:
    """Each day with its session."""
    found = taken(minimal("training: {week: {mon: rest, sun: long}}"), "training_day")
    assert {fact.value: fact.get("session") for fact in found} == {"mon": "rest", "sun": "long"}


def test_notes_are_kept_but_not_read() -> None:
    """Free text becomes no fact; it is handed on as not read."""
    taken_in = intake(minimal("findings: []\nnotes: weak glutes"))
    assert taken_in.facts == ()
    assert [text for text, _ in taken_in.not_read] == ["notes: weak glutes"]


@pytest.mark.parametrize("entry", ["{high_mileage: yes}", "{phase: taper}", "{earned: goblet_squat}"])
def test_what_only_rules_conclude_cannot_be_recorded(entry: str) -> None:
    """A derived fact in a profile would skip the rules, and is refused."""
    assert any("concluded by rules" in told for told in mistakes(minimal(f"findings: [{entry}]")))


@pytest.mark.parametrize("entry", ["{weakness: soleus, pain: heel}", "{side: left}", "{}", "{weaknes: soleus}"])
def test_an_entry_has_exactly_one_kind(entry: str) -> None:
    """None or two kinds in one entry is refused."""
    assert mistakes(minimal(f"findings: [{entry}]"))


# --- sides and values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["", ", side: both"])
def test_both_sides_are_two_facts_of_one_line(given: str) -> None:
    """Rules see left or right, never both; an unsaid side is assumed, a said one is not."""
    found = taken(minimal(f"findings: [{{weakness: soleus{given}}}]"), "weakness")
    assert sides(found) == ["left", "right"]
    assert found[0].places == found[1].places
    assert all(("side" in fact.assumed) == (given == "") for fact in found)


def test_a_side_map_is_one_fact_a_side() -> None:
    """22 left and 14 right, from one line; an unknown side is left out."""
    found = taken(minimal("findings: [{heel_raise_reps: {left: 22, right: 14}}]"), "heel_raise_reps")
    assert [(fact.side, fact.value) for fact in found] == [("right", 14), ("left", 22)]
    assert sides(taken(minimal("findings: [{heel_raise_reps: {left: 22, right: unknown}}]"), "heel_raise_reps")) == ["left"]


@pytest.mark.parametrize(
    "entry", ["{heel_raise_reps: {both: 22}}", "{plank_s: {left: 3}}", "{heel_raise_reps: {left: 1}, side: left}"]
)
def test_a_side_map_holds_left_and_right_of_a_kind_with_sides(entry: str) -> None:
    """Anything else in the place of a value is refused."""
    assert mistakes(minimal(f"findings: [{entry}]"))


@pytest.mark.parametrize(
    "entry",
    [
        "{weakness: soleus, side: middle}",
        "{weakness: soleus, grade: enormous}",
        "{weakness: soleus, sied: left}",
        "{heel_raise_reps: many}",
        "{heel_raise_reps: -1}",
        "{pain: heel, intensity: 11}",
        "{pain: heel, focal: maybe}",
        "{pain: elbow_of_the_knee}",
    ],
)
def test_a_value_outside_its_type_is_told_at_its_line(entry: str) -> None:
    """Terms, numbers and answers are checked one by one."""
    told = mistakes(minimal(f"findings:\n  - {{skill: hip_hinge}}\n  - {entry}\n"))
    assert len(told) == 1
    assert told[0].startswith("profile.yaml:5: findings[1]")


# --- phrases ----------------------------------------------------------------------------------------------------------


def test_the_four_phrases_of_the_example_are_understood() -> None:
    """Word for word, together and each alone, in every spelling."""
    together = intake(minimal(f"findings: [{', '.join(FOUR_PHRASES)}]")).facts
    alone = [fact for phrase in FOUR_PHRASES for fact in intake(minimal(f"findings: [{phrase}]")).facts]
    assert sorted(together, key=lambda f: f.sort_key) == sorted(alone, key=lambda f: f.sort_key)
    assert {fact.kind for fact in together} == {"weakness", "movement_fault", "reported_mileage", "weeks_to_race", "days_to_race"}


@pytest.mark.parametrize("phrase", sorted(alias.phrase for alias in ALIASES.values()))
def test_every_phrase_of_the_vocabulary_works_as_it_is_written(phrase: str) -> None:
    """No phrase is out of reach, and case and spaces do not matter."""
    written = phrase.replace("{n}", "3")
    facts = intake(minimal(f'findings: ["{written}"]')).facts
    kinds = {next(iter(fact)) for fact in ALIASES[fold(phrase)].facts}
    assert kinds <= {fact.kind for fact in facts} | {"weeks_to_race"}
    assert facts
    assert intake(minimal(f'findings: ["  {written.upper().replace(" ", "   ")}"]')).facts == facts


@pytest.mark.parametrize(
    "phrase",
    [
        "race in -3 weeks",
        "race in 2-3 weeks",
        "race in 2 3 weeks",
        "race in 1,5 weeks",
        "race in n weeks",
        "race in three weeks",
        "60-70 km a week",
        "race in 3 weeks or so",
        "race in weeks",
        "strong glutes",
        "weak glute",
    ],
)
def test_a_phrase_is_never_understood_as_something_else(phrase: str) -> None:
    """A range, a sign or a gap in a number changes its meaning, so such a phrase is refused rather than guessed."""
    told = mistakes(minimal(f'findings: ["{phrase}"]'))
    assert len(told) == 1
    assert told[0].startswith("profile.yaml:3: findings[0]: ")


@pytest.mark.parametrize("number", ["0", "3", "2.5", "12", "0.5"])
def test_a_number_in_a_phrase_is_taken_over(number: str) -> None:
    """{n} is any number from 0 on, exactly."""
    assert values(minimal(f"findings: [race in {number} weeks]"), "days_to_race") == [Decimal(number) * 7]


def test_attributes_are_passed_on_to_a_phrase() -> None:
    """{alias: weak glutes, side: left} is weak glutes on the left."""
    found = taken(minimal("findings: [{alias: weak glutes, side: left, grade: marked}]"), "weakness")
    assert {(fact.value, fact.side, fact.get("grade")) for fact in found} == {
        ("gluteus_maximus", "left", "marked"), ("gluteus_medius", "left", "marked"),
    }  # fmt: skip


def test_an_explicit_finding_replaces_what_a_phrase_says() -> None:
    """The same kind, value and side in its own words wins over the phrase, wherever it stands; the rest of the phrase stays."""
    explicit = "{weakness: gluteus_medius, side: left, grade: marked}"
    for entries in (f"[weak glutes, {explicit}]", f"[{explicit}, weak glutes]"):
        found = taken(minimal(f"findings: {entries}"), "weakness")
        assert {(fact.value, fact.side): fact.get("grade") for fact in found} == {
            ("gluteus_maximus", "left"): "mild", ("gluteus_maximus", "right"): "mild",
            ("gluteus_medius", "left"): "marked", ("gluteus_medius", "right"): "mild",
        }  # fmt: skip


def test_the_same_said_twice_is_one_fact_with_both_lines() -> None:
    """Two lines that say the same are two places of one fact; what one of them says is not assumed."""
    (fact, _) = taken(minimal("findings:\n  - {weakness: soleus}\n  - {weakness: soleus, grade: mild}\n"), "weakness")
    assert [place.line for place in fact.places] == [4, 5]
    assert fact.assumed == {"side"}


# --- contradictions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sections",
    [
        "findings: [race in 3 weeks]\nrace: {in_weeks: 4}",
        "findings: [race in 3 weeks]\nrace: {date: 2026-12-13}",
        "findings: [race in 3 weeks, race in 4 weeks]",
        "findings: [marathon in 3 weeks]\nrace: {distance: 10k, in_weeks: 3}",
        "findings: [60 km a week]\ntraining: {weekly_distance_km: [50, 61]}",
        "findings: [longest run 20 km]\ntraining: {longest_run_km: 21}",
        "findings: [new to strength training]\ntraining: {strength: {experience_months: 12}}",
        "findings: [{weakness: soleus, grade: normal}, {weakness: soleus, side: left, grade: marked}]",
        "findings: [{heel_raise_reps: 20}, {heel_raise_reps: {left: 22, right: 20}}]",
        "findings: [{age: 30}]\ntraining: {surface: road}\ngoal: {}\nhistory: [{age: 31}]",
    ],
)
def test_two_sections_that_disagree_are_refused(sections: str) -> None:
    """Neither of two contradicting statements is dropped in silence; both lines are named."""
    told = mistakes(minimal(sections))
    assert len(told) == 1
    assert "keep one" in told[0]
    assert told[0].count("profile.yaml:") == 2


@pytest.mark.parametrize(
    "sections",
    [
        "findings: [race in 3 weeks]\nrace: {in_weeks: 3, distance: 10k}",
        "findings: [race in 3 weeks]\nrace: {date: 2026-12-12}",
        "findings: [60 km a week]\ntraining: {weekly_distance_km: [50, 60]}",
        "findings: [weak glutes, {weakness: gluteus_medius, side: left, grade: normal}]",
        "findings: [{weakness: soleus, side: left, grade: normal}, {weakness: soleus, side: right, grade: marked}]",
        "findings: [{pain: heel, side: left, during: run}, {pain: heel, side: left, during: walk}]",
        "findings: [{heel_raise_reps: 20}, {heel_raise_reps: {left: 20, right: 20}}]",
    ],
)
def test_what_agrees_is_no_contradiction(sections: str) -> None:
    """Saying the same twice, or different things of different sides, is fine."""
    assert intake(minimal(RECORDED + sections)).facts


def test_numbers_that_are_equal_are_equal_however_written() -> None:
    """60, 60.0 and 60 km are one statement."""
    assert len(values(minimal("findings: [{weekly_distance: 60.0}, {weekly_distance: 60 km}]"), "weekly_distance")) == 1


# --- dates ------------------------------------------------------------------------------------------------------------


@given(st.integers(0, 400), st.integers(0, 60))
def test_weeks_to_the_race_count_from_the_day_of_recording(elapsed: int, weeks: int) -> None:
    """in_weeks: 3 recorded five days ago is 16 days from today; behind us, the race is gone."""
    as_of = DAY + timedelta(elapsed)
    text = minimal(f"{RECORDED}race: {{in_weeks: {weeks}}}")
    left = weeks * 7 - elapsed
    assert values(text, "days_to_race", as_of) == ([left] if left >= 0 else [])
    same = minimal(f"{RECORDED}race: {{date: {DAY + timedelta(weeks=weeks)}}}")
    assert values(text, "weeks_to_race", as_of) == values(same, "weeks_to_race", as_of)


@given(st.decimals(0, 52, places=1))
def test_weeks_may_be_any_number_from_0(weeks: Decimal) -> None:
    """in_weeks: 2.5 is 17.5 days."""
    assert values(minimal(f"{RECORDED}race: {{in_weeks: {weeks}}}"), "days_to_race") == [weeks * 7]


@pytest.mark.parametrize(("written", "days"), [("3 weeks", 21), ("21 days", 21), ('"3"', 21), ("0", 0)])
def test_weeks_may_carry_a_unit(written: str, days: int) -> None:
    """A time is converted like a distance."""
    assert values(minimal(f"{RECORDED}race: {{in_weeks: {written}}}"), "days_to_race") == [days]


@pytest.mark.parametrize("written", ["-1", "soon", "3 km", "[3]", "true", "-0.5"])
def test_weeks_that_are_none_are_refused(written: str) -> None:
    """A race in the past is given by its date, not by negative weeks."""
    told = mistakes(minimal(f"{RECORDED}race:\n  in_weeks: {written}"))
    assert told[0].startswith("profile.yaml:5: race.in_weeks")


def test_without_a_day_of_recording_weeks_count_from_the_plan_and_it_is_said() -> None:
    """The assumption is a notice; with a date of recording there is none."""
    assert any("no recorded date" in notice for notice in intake(minimal("race: {in_weeks: 3}")).notices)
    assert any("no recorded date" in notice for notice in intake(minimal("findings: [race in 3 weeks]")).notices)
    assert not intake(minimal(f"{RECORDED}race: {{in_weeks: 3}}")).notices
    assert not intake(minimal("race: {date: 2026-12-12}")).notices


def test_a_race_that_is_over_is_said_and_left_out() -> None:
    """On race day the race is 0 days away; the day after it is gone."""
    assert values(minimal("race: {date: 2026-11-21}"), "days_to_race") == [0]
    over = intake(minimal("race: {date: 2026-11-20}"))
    assert not [fact for fact in over.facts if fact.kind.endswith("to_race")]
    assert any("before the day of the plan" in notice for notice in over.notices)


def test_a_profile_of_tomorrow_is_refused() -> None:
    """A recording after the day of the plan is a slip, in one date or the other."""
    assert any("lies after the day of the plan" in told for told in mistakes(minimal("findings: []\nrecorded: 2026-11-22")))


@pytest.mark.parametrize(
    "safety",
    ["screened: 2026-11-22", "screened: 2026-11-21, par_q: {any_yes: true, follow_up: cleared, by: Dr A, date: 2026-11-22}"],
)
def test_a_screen_or_clearance_of_tomorrow_is_refused(safety: str) -> None:
    """What has not happened yet protects nobody."""
    assert mistakes(minimal(f"findings: []\nsafety: {{{safety}}}"))


@pytest.mark.parametrize(("days", "weeks", "months"), [(0, 6, 5), (6, 6, 5), (7, 7, 5), (29, 10, 5), (30, 10, 6), (70, 16, 7)])
def test_durations_grow_older_with_the_plan(days: int, weeks: int, months: int) -> None:
    """Six weeks of pain recorded ten weeks ago are sixteen; five months ago is then seven."""
    as_of = DAY + timedelta(days)
    text = minimal(
        f"{RECORDED}symptoms: [{{pain: heel, side: left, weeks: 6}}]\n"
        "history: [{injury: calf_strain, side: left, months_ago: 5}]"
    )
    assert [fact.get("weeks") for fact in taken(text, "pain", as_of)] == [weeks]
    assert [fact.get("months_ago") for fact in taken(text, "injury", as_of)] == [months]


def test_weeks_of_pregnancy_and_since_birth_grow_too() -> None:
    """They count from the day of recording."""
    later = DAY + timedelta(weeks=4)
    assert values(minimal(f"{RECORDED}findings: []\nsafety: {{postpartum: {{weeks: 8}}}}"), "postpartum_weeks", later) == [12]
    assert values(minimal(f"{RECORDED}findings: []\nsafety: {{pregnancy: {{weeks: 8}}}}"), "pregnancy_weeks", later) == [12]


def test_other_numbers_do_not_grow() -> None:
    """An age or a count of heel raises stays as recorded."""
    text = minimal(f"{RECORDED}findings: [{{heel_raise_reps: 20}}]\ntraining: {{running_years: 3}}")
    assert intake(text, date(2028, 1, 1)).facts == intake(text).facts


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


def clear(flag: str = "fever", by: str = "Dr A", day: str = "2026-11-20", reason: str = "viral, over") -> str:
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
    assert fact.as_mapping() == {"cleared_flag": "fever", "name": "Dr A", "on": "2026-11-20", "reason": "viral, over"}


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


# --- nothing there, and what alone makes a profile -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry", ["", ", during: run", ", next_morning: 0, night: false, focal: false, rising: false", ", tissue: bone"]
)
def test_pain_of_nought_is_recorded_as_not_there(entry: str) -> None:
    """It is kept and no rule takes it for pain."""
    (fact,) = taken(minimal(f"symptoms: [{{pain: groin, side: left, intensity: 0{entry}}}]"), "pain")
    assert fact.negative == {"intensity"}


@pytest.mark.parametrize("entry", ["night: true", "focal: true", "rising: true", "next_morning: 1"])
def test_pain_of_nought_with_another_word_of_pain_is_there(entry: str) -> None:
    """A score during activity does not undo pain at night, at one spot, rising or the next morning."""
    (fact,) = taken(minimal(f"symptoms: [{{pain: groin, side: left, intensity: 0, {entry}}}]"), "pain")
    assert not fact.negative


def test_no_pain_at_rest_does_not_contradict_pain_in_a_run() -> None:
    """Two scores of one region are two facts."""
    both = (
        "symptoms: [{pain: groin, side: left, intensity: 0, during: rest}, {pain: groin, side: left, intensity: 4, during: run}]"
    )
    assert sorted(bool(fact.negative) for fact in taken(minimal(both), "pain")) == [False, True]


def test_the_questions_of_the_par_q_are_facts_and_answer_which() -> None:
    """Which of the seven were answered yes can be recorded."""
    text = minimal("safety: {par_q: {any_yes: true, yes_to: [bone_or_joint, heart]}}")
    assert sorted(values(text, "par_q_yes_to")) == ["bone_or_joint", "heart"]
    assert "par_q_yes_to" in intake(text).answered


def test_questions_answered_yes_contradict_a_no() -> None:
    """A no names no question."""
    told = mistakes(minimal("safety: {par_q: {any_yes: false, yes_to: [heart]}}"))
    assert any("yes_to names questions answered yes" in one for one in told)


@pytest.mark.parametrize(
    "sections",
    [
        "safety: {red_flags: [saddle_numbness]}", "safety: {par_q: {any_yes: true}}", "safety: {pregnancy: {weeks: 20}}",
        "safety: {postpartum: {weeks: 8}}", "history: [{injury: hamstring_strain, side: left}]",
    ],
)  # fmt: skip
def test_a_flag_a_pregnancy_a_birth_or_a_history_alone_is_a_profile(sections: str) -> None:
    """Each says something to plan or to refer by."""
    assert intake(minimal(sections)).facts


@pytest.mark.parametrize("safety", ["{}", "{red_flags: []}", "{screened: 2026-11-21, red_flags: []}"])
def test_a_screen_without_a_flag_is_no_profile(safety: str) -> None:
    """A clean screen alone says nothing of the runner."""
    assert any("nothing to go by" in one for one in mistakes(minimal(f"safety: {safety}")))
