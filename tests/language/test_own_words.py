"""The engine names no kind and no term of the vocabulary but those on its own list."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from plans import ROOT, built_in
from stridewise.language.own_words import READ, TERMS
from stridewise.profile.paths import LISTS, SINGLE, WORKED_OUT

ENGINE = ROOT / "engine" / "stridewise"
KINDS = {*READ, *SINGLE.values(), *LISTS.values(), *(kind for kinds in WORKED_OUT.values() for kind in kinds)}
OWN = KINDS.union(*TERMS.values())
# Words that are no term where they stand: demands and blocks of an exercise, grades of a finding, a function's name and the like.
OTHERWISE_MEANT = {
    "after": {"render/population.py"},  # the head of a column
    "confirmed": {"render/fhir/observations.py"},  # a code of FHIR's own, and the attribute that it stands for
    "core": {"language/exercise.py", "planning/choice.py", "render/plan_words.py", "render/sections.py"},  # a block of a session
    "high": {
        "authoring/checks/mutation.py",
        "language/rule.py",
        "planning/room.py",
        "planning/wants.py",
        "render/fhir/safety.py",
        "render/plan_words.py",
    },  # certainty, how severe an issue is
    "low": {
        "authoring/checks/evidence.py",
        "authoring/checks/mutation.py",
        "language/rule.py",
        "plan/model.py",
        "planning/room.py",
        "planning/wants.py",
        "program/rule_reader.py",
        "recommendation/grounds.py",
        "render/fhir/safety.py",
        "render/plan_words.py",
    },  # certainty, how severe an issue is
    "moderate": {  # certainty, and how heavy a load is
        "language/dosage.py",
        "language/dosage_words.py",
        "language/rule.py",
        "planning/dosage.py",
        "planning/kit.py",
    },
    "other": {  # a key of a diagnosis, a form of a plural, another reason, neither lost nor gained
        "authoring/checks/wording.py",
        "language/translation.py",
        "planning/conflicts.py",
        "profile/entries.py",
        "profile/sections.py",
        "render/cards.py",
        "render/population_page.py",
    },
    "passed": {"explain/compare.py", "render/answers/compare.py"},  # a stage
    "pelvis": {  # a part of the figure
        "figure/arrows.py",
        "figure/body.py",
        "figure/hands.py",
        "figure/mannequin.py",
        "figure/skeleton.py",
        "figure/marks.py",
        "language/drawing.py",
    },
    "run": {  # a part of a day, a run of the matcher
        "inference/generated.py",
        "plan/audit/days.py",
        "plan/model.py",
        "planning/schedule.py",
        "render/fhir/activities.py",
        "render/plan_words.py",
    },
    "skill": {"language/exercise.py", "language/own_words.py", "planning/wants.py"},  # a demand
    "unknown": {  # a state, and the kind of a load told in words alone
        "authoring/checks/witness.py",
        "inference/evaluation.py",
        "language/dosage.py",
        "language/dosage_words.py",
        "language/fact.py",
        "planning/kit.py",
        "render/runner_words.py",
    },
}
# A drawing has a body and things around it: joints and equipment, whatever a vocabulary calls pains and kit.
ROOM_OF_DRAWINGS = ("figure/", "language/drawing.py")
DRAWN = {
    "ankle",
    "bench",
    "box",
    "heel",
    "hip",
    "low_back",
    "neck",
    "pull_up_bar",
    "shoulder",
    "spine",
    "swiss_ball",
    "thigh",
    "upper_back",
}


def quoted(source: str) -> Iterator[str]:
    """Every text that stands in quotes in a file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def strangers(source: str, file: str) -> set[str]:
    """The kinds and terms of the vocabulary that a file names, and that are not on the engine's list."""
    vocabulary = built_in().vocabulary
    lists = {name: terms for name, terms in vocabulary.terms.items() if name != "exercises"}
    words = set(vocabulary.kinds).union(*lists.values())
    meant = DRAWN if file.startswith(ROOM_OF_DRAWINGS) else set()
    return {
        word for word in quoted(source) if word in words and word not in OWN | meant and file not in OTHERWISE_MEANT.get(word, ())
    }


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda path: str(path.relative_to(ENGINE)))
def test_the_engine_names_no_other_kind_or_term(path: Path) -> None:
    assert strangers(path.read_text(encoding="utf-8"), path.relative_to(ENGINE).as_posix()) == set()


def test_a_word_that_is_not_on_the_list_is_found() -> None:
    assert strangers('SAFETY = {"hop_pain", "pain"}', "explain/safety.py") == {"hop_pain"}
    assert strangers('if value == "osteoporosis": pass', "render/evidence.py") == {"osteoporosis"}
    assert strangers('e.demand("skill")', "planning/wants.py") == set()
    assert strangers('kind.name == "skill"', "explain/questions.py") == {"skill"}
    assert strangers('{"ankle", "osteoporosis"}', "figure/body.py") == {"osteoporosis"}
    assert strangers('{"ankle"}', "render/text.py") == {"ankle"}


def test_nothing_on_the_list_is_left_over() -> None:
    """Each word is one of the vocabulary, and the engine names it somewhere beside the list."""
    vocabulary = built_in().vocabulary
    assert set(vocabulary.kinds) >= READ
    for name, terms in TERMS.items():
        assert set(vocabulary.terms[name]) >= terms, name
    files = {path.relative_to(ENGINE).as_posix(): path for path in ENGINE.rglob("*.py")}
    named = {file: set(quoted(path.read_text(encoding="utf-8"))) for file, path in files.items()}
    assert set().union(*(words for file, words in named.items() if file != "language/own_words.py")) >= OWN
    drawn = {word for file in files if file.startswith(ROOM_OF_DRAWINGS) for word in named[file]}
    assert drawn >= DRAWN
    assert all(word in named[file] for word, places in OTHERWISE_MEANT.items() for file in places)
