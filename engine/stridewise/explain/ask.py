"""What is missing: the questions that could change the plan, in the order in which a clinician would ask them. Every answer told
was tried."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stridewise.explain.edits.changes import Change
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.questions import OpenQuestion, open_questions
from stridewise.explain.summary import ADVICE, summary
from stridewise.language.traits import EVERYDAY, EXAMINATION, HISTORY
from stridewise.plan.difference import Difference, EntryChange, difference
from stridewise.plan.model import REFER_FIRST, Plan, PlannedDay, Referral
from stridewise.plan.seal import PLACES

MAX_QUESTIONS = 10  # besides those of safety
SHARES = {EVERYDAY: 5, HISTORY: 3, EXAMINATION: 2}  # of the ten; what a group does not need goes to the others
MAX_RUNS = 400
REFERS_FIRST = 100
MOVES = "changes the schedule alone"
MOVED = 1  # what that weighs
WEIGHTS = {"referrals": 50, "warnings": 3, "swaps": 6, "load_adjustments": 4, "prescriptions": 8, "pathways": 5}
URGENCY = {"emergency": 30, "same_day": 20, "urgent": 10, "routine": 0}  # on top of a referral's own weight
NO_ADVICE = PLACES | {"id", "because", "assumes"}  # parts of an item: its name, its reasons, what is taken for granted beside it


@dataclass(frozen=True, slots=True)
class TriedAnswer:
    """One answer and what the plan would then say, in short phrases; `change` is how it would be recorded."""

    answer: str
    change: str
    does: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class TriedQuestion:
    """A question with the answers that change the plan, the weightiest first. `safety`: asked first, outside the cap; `group`
    says whether every runner can answer it at once, it is about the history, or it takes an examination."""

    about: str
    question: str
    safety: bool
    group: str
    weight: int
    answers: tuple[TriedAnswer, ...]
    opens: bool = field(default=False, metadata={"json": False})  # the next stage of a pathway waits for it


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions, how many more were left out, how many plans were made, and whether every answer could be tried. `first` are
    the referrals that no question may delay: an emergency leaves none, one for the same day only those of safety."""

    first: tuple[Referral, ...]
    questions: tuple[TriedQuestion, ...]
    left_out: int
    tried: int
    complete: bool


def ask(inquiry: Inquiry) -> Questions:
    """Which missing facts could change this plan, in the order to ask them."""
    before, complete, tried = inquiry.runs, True, []
    plan = inquiry.session.plan
    first = tuple(referral for referral in plan.referrals if referral.is_at_once)
    for question in _askable(inquiry, first):
        answers = []
        for words, change in question.answers:
            if inquiry.runs - before >= MAX_RUNS:
                complete = False
                break
            if (answer := _tried(inquiry, plan, question, words, change)) is not None:
                answers.append(answer)
        if answers:
            answers.sort(key=lambda answer: (-answer.weight, answer.answer))
            asked = (question.name, question.question, question.safety, question.group)
            tried.append(TriedQuestion(*asked, answers[0].weight, tuple(answers), question.opens))
    safety = [question for question in tried if question.safety]
    others = [question for question in tried if not question.safety]
    kept = _shared_out(others)
    return Questions(first, (*safety, *kept), len(others) - len(kept), inquiry.runs - before, complete)


def _askable(inquiry: Inquiry, first: Sequence[Referral]) -> list[OpenQuestion]:
    """What may be asked before the runner is seen."""
    if any(referral.urgency == "emergency" for referral in first):
        return []
    return [question for question in open_questions(inquiry.session) if question.safety or not first]


def _tried(inquiry: Inquiry, plan: Plan, question: OpenQuestion, words: str, change: Change) -> TriedAnswer | None:
    """What an answer would do; None where it changes nothing that a plan advises, or cannot be. What the runner can answer at
    once may change when the sessions are, if nothing else."""
    after = inquiry.sketch([change], dated=question.group == EVERYDAY)
    if after is None:
        return None
    differs = difference(plan, after, ADVICE, NO_ADVICE)
    if does := summary(differs, inquiry.names):
        return TriedAnswer(words, str(change), does, _weight(differs))
    is_moved = question.group == EVERYDAY and _days(after.schedule) != _days(plan.schedule)
    return TriedAnswer(words, str(change), (MOVES,), MOVED) if is_moved else None


def _days(days: tuple[PlannedDay, ...]) -> list[tuple[str, tuple[object, ...]]]:
    """What stands on which day."""
    return [(day.date, tuple((session.kind, session.title, session.exercises) for session in day.sessions)) for day in days]


def _weight(differs: Difference) -> int:
    """How much an answer would change: most where someone else must see the runner first."""
    refers = REFERS_FIRST * (differs.status[0] != differs.status[1] and REFER_FIRST in differs.status)
    return refers + sum(WEIGHTS[item.section] + _urgency(item) for item in differs.all)


def _urgency(change: EntryChange) -> int:
    return URGENCY[change.after[0].urgency] if change.section == "referrals" and change.after else 0


def _shared_out(questions: Sequence[TriedQuestion]) -> list[TriedQuestion]:
    """The ten to ask: each group its share, what a next stage waits for and then the weightiest first; room that is left goes to
    the groups in their order."""
    groups = {
        name: sorted(
            (question for question in questions if question.group == name),
            key=lambda question: (not question.opens, -question.weight, question.about),
        )
        for name in SHARES
    }
    number = {name: min(len(groups[name]), share) for name, share in SHARES.items()}
    left = MAX_QUESTIONS - sum(number.values())
    for name, group in groups.items():
        more = min(left, len(group) - number[name])
        number[name] += more
        left -= more
    return [question for name in SHARES for question in groups[name][: number[name]]]
