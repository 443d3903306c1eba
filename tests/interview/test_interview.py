"""The interview asks safety first, takes shorthand, tells what it cannot take, and what it writes always loads and plans."""

import os
import select
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans import DAY, built_in, heed_ctrl_c
from stridewise.cli.main import recommend
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.interview import QUESTIONS, Draft, Question, answer, is_enough, start, write
from stridewise.profile.facts import take_in
from stridewise.profile.profile import load_profile, read_profile
from stridewise.session import hold_session

ORDER = [question.title for question in QUESTIONS]
BY_TITLE = {question.title: question for question in QUESTIONS}
RUN = "from stridewise.cli import main; main()"
WHOLE = {
    "runner": "R-031",
    "red flags": "none",
    "PAR-Q+": "no",
    "age": "34",
    "sex": "f",
    "pregnancy": "no",
    "symptoms": "outer knee pain L 3/10 during run for 6 weeks\n",
    "diagnosis": "patellofemoral pain L, moderate irritability\n",
    "history": "hamstring strain R 5 months ago; blood thinners\n",
    "findings": "HR L 22 / R 14\nMMT soleus L 4-/5\nvalgus knee L\n",
    "weekly distance": "78, 82, 85, 90",
    "longest run": "20 mi",
    "planned run": "36",
    "running years": "8",
    "week": "mon rest, tue intervals, sun long",
    "strength": "1",
    "strength experience": "4",
    "exercises": "iron cross",
    "race": "marathon in 3 weeks A",
    "goal": "performance",
    "equipment": "dumbbell, mini band",
    "minutes": "30",
    "sessions": "2",
    "cannot": "none",
    "notes": 'nervous: "very" # so',
}


def lines(**given: str) -> str:
    """Answers one a line, empty for what is not given."""
    return "".join(given.get(title.replace(" ", "_").replace("-", "").replace("+", ""), "") + "\n" for title in ORDER)


def run(folder: Path, text: str | bytes, *more: str) -> Any:
    words = ["new", str(folder / "p.yaml"), "--as-of", "2026-11-21", *more]
    return CliRunner().invoke(recommend, words, input=text, standalone_mode=False)


def told(question: str, text: str, draft: Draft | None = None) -> str:
    with pytest.raises(ValueError, match=r".") as raised:
        answer(draft or start(DAY), BY_TITLE[question], text, built_in().vocabulary)
    return str(raised.value)


def say(*answers: tuple[str, str]) -> Draft:
    draft = start(DAY)
    for question, text in answers:
        draft = answer(draft, BY_TITLE[question], text, built_in().vocabulary)
    return draft


# --- order and help ---------------------------------------------------------------------------------------------------


def test_safety_comes_first() -> None:
    """After the code: red flags, PAR-Q+, then who, then what hurts; examination before training, wishes last."""
    assert ORDER[:3] == ["runner", "red flags", "PAR-Q+"]
    assert ORDER.index("symptoms") < ORDER.index("findings") < ORDER.index("race") < ORDER.index("notes")


def test_every_question_explains_itself() -> None:
    for question in QUESTIONS:
        assert question.help
        assert len(question.explain(built_in().vocabulary)) > 10
    assert "saddle_numbness" in BY_TITLE["red flags"].explain(built_in().vocabulary)


# --- what is written --------------------------------------------------------------------------------------------------


def test_a_whole_interview_makes_a_whole_profile(tmp_path: Path) -> None:
    """Piped: every answer is where it belongs, with the clinician's words beside it, and the next command is told."""
    done = run(tmp_path, "".join(f"{WHOLE[title]}\n" for title in ORDER))
    assert done.exception is None
    path = tmp_path / "p.yaml"
    assert done.output == f"Wrote {path}. Next:\n  recommend {path}\n  recommend ask {path}\n"
    text = path.read_text(encoding="utf-8")
    assert "  - {heel_raise_reps: {left: 22, right: 14}}  # HR L 22 / R 14\n" in text
    assert "  red_flags: []  # asked; empty means none\n  screened: 2026-11-21" in text
    profile = load_profile(path)
    assert profile.sections.notes == 'nervous: "very" # so'
    intake = take_in(profile, built_in().vocabulary, DAY)
    kinds = {fact.kind for fact in intake.facts}
    assert {
        "age",
        "sex",
        "pain",
        "diagnosis",
        "injury",
        "medication",
        "heel_raise_reps",
        "strength_mrc",
        "movement_fault",
        "weekly_distance",
        "longest_run",
        "planned_run_spike",
        "training_day",
        "current_exercise",
        "weeks_to_race",
        "goal",
        "equipment",
        "minutes_per_session",
        "sessions_per_week",
    } <= kinds
    assert {"red_flag", "par_q", "equipment", "cannot", "current_exercise"} <= intake.answered
    assert hold_session(profile, built_in(), DAY, "reference").plan.status == "ready"


def test_what_is_skipped_stays_unknown(tmp_path: Path) -> None:
    """No screen, no empty lists: not asked is not "no"."""
    run(tmp_path, lines(findings="weak glutes\n"))
    text = (tmp_path / "p.yaml").read_text(encoding="utf-8")
    assert "# safety: not asked: red flags and PAR-Q+. The plan says so first\n" in text
    intake = take_in(load_profile(tmp_path / "p.yaml"), built_in().vocabulary, DAY)
    assert not intake.answered
    assert {fact.kind for fact in intake.facts} == {"weakness"}


def test_answers_may_end_early(tmp_path: Path) -> None:
    run(tmp_path, "R-1\nfever")
    assert (tmp_path / "p.yaml").exists() is False  # nothing to plan from yet
    run(tmp_path, "R-1\nfever\n\n\n\n\nknee pain")
    assert load_profile(tmp_path / "p.yaml").sections.runner.ref == "R-1"


def test_a_man_is_not_asked_about_pregnancy(tmp_path: Path) -> None:
    run(tmp_path, "\n\n\n40\nm\nknee pain\n")
    assert load_profile(tmp_path / "p.yaml").sections.symptoms == ("knee pain",)


@pytest.mark.parametrize(
    ("question", "text", "path", "value"),
    [
        ("PAR-Q+", "yes", "safety.par_q", {"any_yes": True, "follow_up": "not_done"}),
        ("PAR-Q+", "Yes, referred", "safety.par_q", {"any_yes": True, "follow_up": "referred"}),
        (
            "PAR-Q+",
            "yes, cleared by Dr Lee on 2026-11-20",
            "safety.par_q",
            {"any_yes": True, "follow_up": "cleared", "by": "Dr Lee", "date": "2026-11-20"},
        ),
        ("red flags", "fever, night pain", "safety.red_flags", ["fever", "night_bone_pain"]),
        ("red flags", "None", "safety.screened", "2026-11-21"),
        ("pregnancy", "pregnant 20 weeks", "safety.pregnancy.weeks", 20),
        ("pregnancy", "8 weeks after birth", "safety.postpartum.weeks", 8),
        ("pregnancy", "no", "safety.pregnancy", None),
        ("weekly distance", "50, 55 mi", "training.weekly_distance_mi", [50, 55]),
        ("weekly distance", "60 km", "training.weekly_distance_km", 60),
        ("race", "10k on 2026-12-12", "race", {"distance": "10k", "date": "2026-12-12"}),
        ("race", "half in 6 weeks B", "race", {"distance": "half_marathon", "in_weeks": 6, "priority": "B"}),
        ("race", "race in 3 weeks", "race", {"in_weeks": 3}),
        ("race", "none", "race", None),
        ("equipment", "none", "constraints.equipment", []),
    ],
)
def test_an_answer_stands_at_its_place(question: str, text: str, path: str, value: Any) -> None:
    assert say((question, text)).get(path) == value


# --- wrong answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text", "message"),
    [
        ("red flags", "fevr", 'unknown red flag "fevr". Did you mean "fever"?'),
        ("PAR-Q+", "maybe", "expected no, yes,"),
        ("PAR-Q+", "yes, cleared by Dr Lee on 2027-01-01", "lies after the day of the plan"),
        ("age", "young", 'expected a number, such as "34"'),
        ("age", "340", "age 340 is outside 0 to 110 years"),
        ("pregnancy", "20", 'expected no, "pregnant 20 weeks"'),
        ("findings", "weak glutse", 'Did you mean "weak glutes"?'),
        ("findings", "valgus knee 3/10", '"movement_fault" takes no intensity'),
        ("weekly distance", "a lot", "expected kilometres a week"),
        ("weekly distance", "900", "weekly_distance 900 is outside 0 to 400 km"),
        ("race", "marathon", "expected a distance and a day"),
        ("race", "10k 2026-13-40", "expected a date such as"),
        ("race", "triathlon in 3 weeks", 'unknown distance "triathlon"'),
        ("goal", "fame", 'unknown goal "fame"'),
        ("exercises", "goblet squot", 'Did you mean "goblet_squat"?'),
        ("week", "mon juggling", 'unknown session "juggling"'),
    ],
)
def test_a_wrong_answer_is_told_with_what_is_expected(question: str, text: str, message: str) -> None:
    assert message in told(question, text)


def test_an_answer_against_an_earlier_one_is_told() -> None:
    draft = say(("findings", "HR 22"), ("race", "10k in 3 weeks"))
    assert told("findings", "HR 14", draft).endswith("said before; keep one")
    assert "keep one" in told("findings", "race in 5 weeks", draft)


def test_piped_a_wrong_answer_ends_it_with_its_line(tmp_path: Path) -> None:
    """Exit 2, and nothing is written."""
    done = run(tmp_path, "R-1\n?\nnone\nmaybe\n")
    assert isinstance(done.exception, ProfileError)
    assert str(done.exception).startswith("answers:4: expected no, yes,")
    assert done.exception.exit_code == 2
    assert isinstance(run(tmp_path, b"R-1\n\xff\n").exception, ProfileError)
    assert "nothing to plan from yet" in str(run(tmp_path, "").exception)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("mine", encoding="utf-8")
    assert "is there already" in str(run(tmp_path, lines(goal="performance")).exception)
    assert path.read_text(encoding="utf-8") == "mine"
    assert run(tmp_path, lines(goal="performance"), "--force").exception is None
    assert load_profile(path)
    assert [one.name for one in tmp_path.iterdir()] == ["p.yaml"]


# --- in a real terminal -----------------------------------------------------------------------------------------------


class Terminal:
    """`recommend new` in a terminal of its own."""

    def __init__(self, path: Path) -> None:
        import pty

        ours, theirs = pty.openpty()
        words = [sys.executable, "-c", RUN, "new", str(path), "--as-of", "2026-11-21"]
        self.process = subprocess.Popen(
            words,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=heed_ctrl_c,  # noqa: PLW1509
        )
        os.close(theirs)
        self.fd = ours

    def until(self, wanted: str, seconds: float = 30) -> str:
        """What is shown up to and with some words."""
        shown, end = b"", time.monotonic() + seconds
        while wanted.encode() not in shown and time.monotonic() < end:
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    shown += os.read(self.fd, 65536)
                except OSError:  # the other end is gone
                    break
        assert wanted.encode() in shown, shown.decode()
        return shown.decode()

    def interrupt(self) -> None:
        """Ctrl-C, again where it came just before the reading began: Python notices it only at the next key then."""
        for _ in range(10):
            time.sleep(0.3)
            self.process.send_signal(signal.SIGINT)
            if select.select([self.fd], [], [], 3)[0]:
                return

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.fd)

    def type(self, text: str, enter: str = "\n") -> None:
        os.write(self.fd, (text + enter).encode())


needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal here")


@needs_terminal
def test_in_a_terminal_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    """Help on ?, a hint on a slip, what was noted said back, Enter through the rest."""
    with Terminal(tmp_path / "p.yaml") as terminal:
        terminal.until("Code of the runner [R-001]: ")
        terminal.type("R-9")
        terminal.until("or which?: ")
        terminal.type("?")
        assert "saddle_numbness" in terminal.until("or which?: ")
        terminal.type("fevr")
        assert 'Not taken: unknown red flag "fevr". Did you mean "fever"?' in terminal.until("or which?: ")
        terminal.type("none")
        for question in QUESTIONS[2:]:
            terminal.until(question.ask + ": ")
            terminal.type("valgus knee L" if question.title == "findings" else "")
            if question.title == "findings":
                assert "noted: knee falling in (dynamic valgus), left" in terminal.until("more (Enter: no): ")
                terminal.type("")
        assert "Next:" in terminal.until("recommend ask")
        assert terminal.process.wait(10) == 0
        assert load_profile(tmp_path / "p.yaml").sections.runner.ref == "R-9"


@needs_terminal
@pytest.mark.slow
def test_in_a_terminal_the_tab_key_completes_a_word(tmp_path: Path) -> None:
    pytest.importorskip("readline")
    with Terminal(tmp_path / "p.yaml") as terminal:
        terminal.until("Code of the runner [R-001]: ")
        terminal.type("R-9")
        terminal.until("or which?: ")
        terminal.type("fever, sadd\t", enter="")
        terminal.until("saddle numbness")
        terminal.type("")
        terminal.until(QUESTIONS[2].ask)


@needs_terminal
@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_in_a_terminal_one_can_leave_without_a_trace(tmp_path: Path, key: str) -> None:
    """Ctrl-C or Ctrl-D: no file, no traceback."""
    with Terminal(tmp_path / "p.yaml") as terminal:
        terminal.until("Code of the runner [R-001]: ")
        if key == "\x03":
            terminal.interrupt()
        else:
            terminal.type(key, enter="")
        assert "Traceback" not in terminal.until("Stopped.")
        assert terminal.process.wait(10) == 130
    assert not list(tmp_path.iterdir())


# --- whatever is answered ---------------------------------------------------------------------------------------------

SNIPPETS = r"""none|no|yes|weak glutes|weak glutes L|valgus knee|HR L 22 / R 14|HR 10|KTW 7/10 cm|MMT 4-/5|MMT soleus R 2/5|fever
saddle numbness|night pain; fever|pregnant 20 weeks|8 weeks after birth|34|9|0|f|m|knee pain|achilles R 4/10|20 mi|50 mi
heel pain L night 6 weeks|itb L, high irritability|osteoporosis|bone stress injury L|ankle sprain R 2 months ago|78, 82, 85, 90
mon rest, tue tempo, sun long|iron cross, goblet squat|marathon in 3 weeks A|10k 2026-12-12|race in 3 weeks|performance|symptom
dumbbell|kneel|yes, referred|yes, cleared by Dr O'Neil: on call on 2026-11-20|null|- {a: b}|# x|'|"|é ☃ 𝄞|yes: no|{|[|!!x|&a *b
weakness: soleus, grade: normal|high mileage|%|1e999|007|2026-11-21|\\|a: b # c"""
texts = st.one_of(st.sampled_from(SNIPPETS.replace("\n", "|").split("|")), st.text(max_size=30))
answers = st.fixed_dictionaries(
    {title: st.lists(st.one_of(st.sampled_from(WHOLE[title].split("\n")), texts), max_size=3) for title in ORDER}
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers)
def test_whatever_is_answered_what_is_written_loads_and_plans(said: dict[str, list[str]]) -> None:
    """Each answer is taken or told; the rest loads as it was meant and gives a plan."""
    vocabulary, draft = built_in().vocabulary, start(DAY)
    for question in QUESTIONS:
        for text in said[question.title][: None if question.many else 1]:
            draft = _taken(draft, question, text)
    if not is_enough(draft):
        draft = _taken(draft, BY_TITLE["goal"], "performance")
    text = write(draft)
    profile = read_profile(parse_document(text.encode(), "p.yaml", ProfileError))
    assert profile.problems == ()
    assert take_in(profile, vocabulary, DAY).facts
    assert profile.sections.notes == draft.get("notes")
    hold_session(profile, built_in(), DAY, "reference")


def _taken(draft: Draft, question: Question, text: str) -> Draft:
    if not text.strip():
        return draft
    try:
        return answer(draft, question, text, built_in().vocabulary)
    except ValueError:
        return draft


def test_a_start_holds_nothing_to_plan_from() -> None:
    assert not is_enough(start(date(2026, 11, 21)))
