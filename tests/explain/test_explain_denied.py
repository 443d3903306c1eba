"""A rule that is denied by what is present lacks nothing: no fact that is asked for, or offered, could make it fire."""

from pathlib import Path
from typing import Any

import pytest

from kit import rule, write_pack
from plans import ASKED, ATLAS, DAY, EXERCISES, exercise, profile, vocabulary_pack
from stridewise.explain.ask import ask
from stridewise.explain.inquiry import Inquiry, open_inquiry
from stridewise.explain.questions import open_questions
from stridewise.explain.why_not import why_not
from stridewise.inference.evaluation import FAILS, HOLDS, UNKNOWN, Evaluation
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program

WORDS = {
    "kinds": {
        "swab": {"label": "swab: {value}", "value": {"terms": "swabs"}, "open": True},
        "heals": {"derived": True, "value": {"yes_no": True}},
        "sealed": {"derived": True, "value": {"yes_no": True}},
    },
    "terms": {"swabs": {"cloudy": {}, "red": {}}},
}
SEALS = rule("seals", [{"tightness": "soleus"}], {"sealed": "yes"})
HEALS = rule("heals", [{"swab": "red"}, {"absent": {"sealed": "yes"}}], {"heals": "yes"})
ASKS = rule("asks", [{"heals": "yes"}], [{"prescribe": "spin"}])
DENIED, OPEN = "{tightness: soleus}", "{weakness: soleus}"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """`spin` is asked for where a red swab heals; that is denied to whom it is sealed."""
    folder: Path = tmp_path_factory.mktemp("denied")
    gym = write_pack(folder / "gym", {"exercises/all.yaml": [exercise("spin", ""), *EXERCISES], "sources.yaml": ATLAS})
    trial = write_pack(folder / "trial", {"vocabulary/own.yaml": WORDS, "rules/all.yaml": [SEALS, HEALS, ASKS]})
    return build_program([vocabulary_pack(), load_pack(gym, shown="gym"), load_pack(trial, shown="trial")], without_safety=True)


def about(program: Any, finding: str) -> Inquiry:
    return open_inquiry(profile(f"{ASKED}findings: [{finding}]\n"), program, DAY, "reference")


@pytest.mark.parametrize(("finding", "met", "state"), [(DENIED, False, FAILS), (OPEN, None, UNKNOWN)])
def test_what_is_denied_fails_and_is_not_unknown(program: Any, finding: str, met: bool | None, state: str) -> None:
    evaluation = Evaluation(program, about(program, finding).session.situation.memory)
    heals, asks = program.rule("trial/heals"), program.rule("trial/asks")
    assert evaluation.met(heals.conditions) is met
    assert evaluation.could_fire(heals) == evaluation.could_fire(asks) == (met is None)
    assert evaluation.state(asks.conditions.positives[0]) == state


@pytest.mark.parametrize(("finding", "is_asked"), [(DENIED, False), (OPEN, True)])
def test_nobody_is_asked_for_what_a_denied_rule_alone_would_read(program: Any, finding: str, is_asked: bool) -> None:
    inquiry = about(program, finding)
    assert ("swab" in {question.name for question in open_questions(inquiry.session)}) == is_asked
    assert ("swab" in {question.about for question in ask(inquiry).questions}) == is_asked


@pytest.mark.parametrize(("finding", "offered"), [(DENIED, []), (OPEN, ["swab: red"])])
def test_why_not_offers_nothing_for_it_and_says_what_denies(program: Any, finding: str, offered: list[str]) -> None:
    answer = why_not(about(program, finding), "spin")
    assert [step.text for one in answer.changes for step in one.steps] == offered
    (heals,) = answer.routes[0].conditions
    assert heals.state == (UNKNOWN if offered else FAILS)
    assert heals.below[0].conditions[1].state == (HOLDS if offered else FAILS)
    assert not answer.routes[0].fired and not heals.below[0].fired
