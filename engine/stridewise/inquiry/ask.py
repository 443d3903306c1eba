"""What is missing: the questions that could change the plan, the safety screen first, then those that could change it most. Every
answer told was tried."""

from dataclasses import dataclass

from stridewise.inquiry.changes import Change
from stridewise.inquiry.difference import Difference, difference, summary, weight
from stridewise.inquiry.inquiry import Inquiry
from stridewise.inquiry.questions import Open, open_questions

MAX_QUESTIONS = 10  # besides those of the safety screen
MAX_RUNS = 400


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and what the plan would then say, in short phrases; `change` is how it would be recorded."""

    answer: str
    change: str
    does: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the answers that change the plan, the weightiest first. `safety`: of the screen, outside the cap."""

    about: str
    question: str
    safety: bool
    weight: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions, how many more were left out, how many plans were made, and whether every answer could be tried."""

    questions: tuple[Question, ...]
    left_out: int
    tried: int
    complete: bool


def ask(inquiry: Inquiry) -> Asked:
    """Which missing facts could change this plan, most valuable first."""
    before, complete, found = inquiry.runs, True, []
    for one in open_questions(inquiry.session):
        answers = []
        for words, change in one.answers:
            if inquiry.runs - before >= MAX_RUNS:
                complete = False
                break
            if (answer := _tried(inquiry, words, change)) is not None:
                answers.append(answer)
        if answers:
            found.append(_question(one, answers))
    safety = [one for one in found if one.safety]
    others = sorted((one for one in found if not one.safety), key=lambda one: (-one.weight, one.about))
    kept = others[:MAX_QUESTIONS]
    return Asked((*safety, *kept), len(others) - len(kept), inquiry.runs - before, complete)


def _tried(inquiry: Inquiry, words: str, change: Change) -> Answer | None:
    """What an answer would do; None where it changes nothing that a plan says, or cannot be."""
    after = inquiry.trial([change])
    if after is None:
        return None
    found: Difference = difference(inquiry.session.plan, after.plan)
    names = {exercise.id: exercise.name for exercise in inquiry.program.exercises.values()}
    does = summary(found, names)
    return Answer(words, str(change), does, weight(found)) if does else None


def _question(one: Open, answers: list[Answer]) -> Question:
    ordered = sorted(answers, key=lambda answer: (-answer.weight, answer.answer))
    return Question(one.name, one.question, one.safety, ordered[0].weight, tuple(ordered))
