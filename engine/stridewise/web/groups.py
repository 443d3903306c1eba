"""The questions of `recommend new` on pages, in a clinician's order, and how each is answered on a page. What a question means,
and what is wrong with an answer, the interview says."""

from stridewise.documents.frozen import frozen
from stridewise.interview import QUESTIONS, Question


@frozen
class Group:
    """One page of questions."""

    title: str
    asks: tuple[str, ...]

    @property
    def questions(self) -> list[Question]:
        return [BY_TITLE[title] for title in self.asks]


BY_TITLE = {question.title: question for question in QUESTIONS}
GROUPS = (
    Group("Runner and safety", ("runner", "red flags", "PAR-Q+", "age", "sex", "pregnancy")),
    Group("Complaint and history", ("symptoms", "diagnosis", "history")),
    Group("Examination", ("findings",)),
    Group("Running and strength training", (
        "weekly distance", "longest run", "planned run", "running years", "week", "strength", "strength experience", "exercises",
    )),
    Group("Goal and means", ("race", "goal", "equipment", "minutes", "sessions", "cannot", "notes")),
)  # fmt: skip
CHECKLISTS = ("red flags", "equipment", "cannot")  # asked, and none or some of a list
CHOICES = ("sex", "goal")  # one of a list
LABELS = {"runner": "Code of the runner", "red flags": "Red flags: ask each of them"}
# Where the question speaks of keys to press, or of commas that a page has no need of.
HINTS = {
    "runner": "A code of your own, never a name.",
    "red flags": "Not asked: the plan says so first.",
    "symptoms": 'Where, side, how much of 10, during what, for how long: "outer knee pain L 3/10 during run 6 weeks".',
    "exercises": "Names separated by commas, such as split squat, or none.",
    "equipment": "",
}


def label(question: Question) -> str:
    """What is asked."""
    asked = question.ask
    return LABELS.get(question.title, asked.partition(" (")[0] if question.title in CHOICES else asked)


def hint(question: Question) -> str:
    """What helps to answer; where there may be several answers, that each takes a line."""
    said = HINTS.get(question.title, question.help)
    return f"{said} One a line." if question.many else said
