"""The questions of `recommend new` on pages, in a clinician's order, and how each is answered on a page. What a question means,
and what is wrong with an answer, the interview says."""

from dataclasses import dataclass

from stridewise.interview import QUESTIONS, Question
from stridewise.interview.questions import IN_SHORTHAND
from stridewise.language.translation import fixed, say
from stridewise.profile.phrases.unread import EXAMPLES


@dataclass(frozen=True, slots=True)
class Group:
    """One page of questions."""

    title: str
    asks: tuple[str, ...]

    @property
    def questions(self) -> list[Question]:
        return [BY_TITLE[title] for title in self.asks]


BY_TITLE = {question.title: question for question in QUESTIONS}
GROUPS = (
    Group(fixed("Runner and safety"), ("runner", "red flags", "PAR-Q+", "age", "sex", "pregnancy")),
    Group(fixed("Complaint and history"), ("symptoms", "diagnosis", "history")),
    Group(fixed("Examination"), ("findings",)),
    Group(
        fixed("Running and strength training"),
        (
            "weekly distance",
            "longest run",
            "planned run",
            "running years",
            "week",
            "strength",
            "strength experience",
            "exercises",
        ),
    ),
    Group(fixed("Goal and means"), ("race", "goal", "equipment", "minutes", "sessions", "cannot", "notes")),
)
CHECKLISTS = ("red flags", "equipment", "cannot")  # asked, and none or some of a list
CHOICES = ("sex", "goal")  # one of a list
LABELS = {
    "runner": fixed("Code of the runner"),
    "red flags": fixed("Red flags: ask each of them"),
    "sex": fixed("Sex"),
    "goal": fixed("Goal"),
}
# Where the question speaks of keys to press, or of commas that a page has no need of.
HINTS = {
    "runner": fixed("A code of your own, never a name."),
    "red flags": fixed("Not asked: the plan says so first."),
    "symptoms": fixed('Where, side, how much of 10, during what, for how long: "outer knee pain L 3/10 during run 6 weeks".'),
    "exercises": fixed("Names separated by commas, such as split squat, or none."),
    "equipment": "",
    "findings": IN_SHORTHAND,
}


def label(question: Question) -> str:
    """What is asked, in English."""
    return LABELS.get(question.title, question.ask)


def hint(question: Question) -> str:
    """What helps to answer, as told; where there may be several answers, that each takes a line."""
    said = say(HINTS.get(question.title, question.help), examples=say(EXAMPLES))
    return f"{said} {say('One a line.')}" if question.many else said
