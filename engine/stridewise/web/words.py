"""The words of the page's own fields. Whatever plans, questions and errors say comes from the rooms below."""

from typing import Any

from markupsafe import Markup, escape

from stridewise.authoring.tried import Tried
from stridewise.language.translation import fill, fixed, language_in_force, say
from stridewise.profile.paths import LEAVES, SINGLE
from stridewise.web.groups import BY_TITLE, label

# What can be set of a dosage here; the rest is written into the profile by hand.
AMOUNTS = {
    "sets": fixed("Sets"),
    "reps": fixed("Repetitions"),
    "hold_s": fixed("Hold, in seconds"),
    "distance_m": fixed("Distance, in m"),
    "left": fixed("Repetitions left at the end of a set"),
    "rest_s": fixed("Rest, in seconds"),
    "sessions_per_week": fixed("Times a week"),
    "tempo": fixed("Tempo"),
    "note": fixed("How it is done"),
}
CHOICES = {
    "pin": fixed("Keep"),
    "ban": fixed("Leave out"),
    "retune": fixed("Own dosage"),
    "swap": fixed("Swap"),
    "take back": fixed("Take back"),
}
QUESTIONS = {
    "why": fixed("Why"),
    "why not": fixed("Why not"),
    "what if": fixed("What if"),
    "next": fixed("What to ask the runner next"),
    "thresholds": fixed("Which cut-offs decided"),
}
VALUES = {"do": CHOICES, "listed": CHOICES, "question": QUESTIONS}  # of fields that a form fills in itself
FIELDS = AMOUNTS | {
    "do": fixed("Choice"),
    "listed": fixed("Choice so far"),
    "exercise": fixed("Exercise"),
    "instead": fixed("Instead"),
    "reason": fixed("Reason"),
    "file": fixed("Name of the file"),
    "text": fixed("Text"),
    "question": fixed("Question"),
    "item": fixed("About"),
    "path": fixed("Place in the profile"),
    "value": fixed("Value"),
    "to": fixed("Up to"),
    "add": fixed("Also found"),
    "remove": fixed("Without the finding"),
}
FURTHER = ("race.in_weeks", "race.date")  # places with one value from which something is worked out


def called(field: str) -> str:
    """What a field of a form is called; its name where it has no words."""
    title = field.partition(":")[2]
    if title in BY_TITLE:
        return say(label(BY_TITLE[title]))
    return say(FIELDS[field]) if field in FIELDS else field.replace("_", " ")


def chosen(field: str, value: str) -> str:
    """A value of a form's own, as its button says it; what was typed as it is."""
    return say(VALUES.get(field, {}).get(value, "")) or value


class UntakenError(ValueError):
    """An answer that is not taken, by a text of the page with {placeholders}: told in the page's language."""

    def __init__(self, text: str, **values: str) -> None:
        super().__init__(fill(text, values))
        self.text, self.values = text, values


def message(problem: Any) -> str:
    """What is wrong, as a page shows it: in its language where that has words for it, else in English that is marked as such."""
    if isinstance(problem, UntakenError):
        return say(problem.text, **problem.values)
    english = str(problem)
    if language_in_force().is_english or language_in_force().of(english) is not None:
        return say(english)
    return Markup('<span lang="en">{}</span>').format(escape(english))


def paths() -> dict[str, str]:
    """The places of a profile that hold one value, with how they are called."""
    own = [path for path in LEAVES if path in SINGLE or path in FURTHER]
    return {path: path.replace(".", ": ").replace("_", " ") for path in own}


# The parts of a rule pack, by how the paths of their files begin.
PARTS = {
    "rules/": "Rules",
    "pathways/": "Pathways",
    "exercises/": "Exercises",
    "cases/": "Cases",
    "vocabulary/": "Vocabulary",
    "pack.yaml": "The pack itself, with its thresholds",
    "sources.yaml": "Sources",
}


def left_out(tried: Tried) -> str:
    """What a trial had no time for."""
    runners, cases = tried.of_runners - tried.runners, tried.of_cases - len(tried.cases)
    said = [
        f"{runners} of {tried.of_runners} runners" if runners else "",
        f"{cases} of {tried.of_cases} cases" if cases else "",
        f"these checks: {', '.join(tried.unchecked)}" if tried.unchecked else "",
    ]
    return "; ".join(filter(None, said))
