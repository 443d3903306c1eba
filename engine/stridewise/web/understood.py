"""How the words of a new profile were understood: beside each entry as typed, what it states, in the words of the vocabulary."""

from collections.abc import Iterator
from dataclasses import dataclass

from stridewise.interview import Draft
from stridewise.language.fact import Fact
from stridewise.language.translation import fixed
from stridewise.planning.story import phrase
from stridewise.profile.profile import Profile
from stridewise.program.program import Program
from stridewise.recommendation.reasons import merge_sides
from stridewise.web.forms import Form

LISTED = ("symptoms", "diagnosis", "history", "findings")  # the questions whose answers are words
SIDES = {"L": fixed("Left"), "R": fixed("Right")}  # as they are typed behind a phrase


@dataclass(frozen=True, slots=True)
class Understood:
    """One entry: the question it answers, the words typed, and what they state. `asks_side` where no side was given and one
    can be added to the words."""

    title: str
    said: str
    stated: tuple[str, ...]
    asks_side: bool


def understood(draft: Draft, profile: Profile, facts: tuple[Fact, ...], program: Program) -> Iterator[Understood]:
    """Every entry in the order of the profile; `facts` are those of the profile that the draft was written as."""
    recorded = [fact for fact in facts if program.vocabulary.kinds[fact.kind].mode == "open"]
    for title in LISTED:
        words = draft.said.get(title, [])
        for index, said in enumerate(words):
            line = profile.document.line(title, index)
            here = [fact for fact in recorded if any(place.line == line for place in fact.places)]
            stated = dict.fromkeys(phrase(program.vocabulary, fact) for fact in merge_sides(here))
            is_open = any("side" in fact.assumed for fact in here) and words.count(said) == 1
            yield Understood(title, said, tuple(stated), is_open)


def with_side(form: Form) -> Form:
    """The form with the side that was pressed behind the words of its line; as it was where no such line was shown."""
    side, _, rest = form.text("side").partition(" ")
    title, _, said = rest.partition(" ")
    field = f"q:{title}"
    if side not in SIDES or not form.text(field):
        return form
    lines = [f"{line} {side}" if line.strip() == said else line for line in form.text(field).split("\n")]
    return Form({**form.fields, field: ["\n".join(lines)]})
