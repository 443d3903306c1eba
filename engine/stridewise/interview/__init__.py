"""Ask for a profile in a clinician's order, safety first: questions out, a commented profile in. Every answer is tried as
part of the profile at once, so that what is written in the end always loads."""

import re
from copy import deepcopy
from datetime import date

from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.interview.draft import LISTED, Draft, in_one_line, write
from stridewise.interview.questions import QUESTIONS, Question
from stridewise.interview.reading import read_back
from stridewise.language.vocabulary import Vocabulary
from stridewise.profile.facts import take_in
from stridewise.profile.profile import STATES, read_profile

__all__ = ["QUESTIONS", "Draft", "Question", "answer", "is_enough", "news", "start", "write"]

_STEP = re.compile(r"^[a-z_]+(?:\[[0-9]+\])?(?:\.[a-z_]+(?:\[[0-9]+\])?)*: ")


def start(recorded: date) -> Draft:
    """An empty profile of this day."""
    return Draft({"schema": 1, "recorded": recorded.isoformat(), "runner": {"ref": "R-001"}})


def answer(draft: Draft, question: Question, text: str, vocabulary: Vocabulary) -> Draft:
    """The draft with one answer more. Raises ValueError where it is not understood, or does not fit what was said before."""
    tried = deepcopy(draft)
    question.read(tried, clean(text), vocabulary)
    check(tried, vocabulary)
    return tried


def check(draft: Draft, vocabulary: Vocabulary) -> None:
    """Is it a profile that loads, as far as it goes? Raises ValueError where not."""
    root = draft.root if any(draft.root.get(name) is not None for name in STATES) else draft.root | {"training": {}}
    try:
        read = read_profile(parse_document(write(Draft(root, draft.said)).encode(), "profile", ProfileError))
        take_in(read, vocabulary, date.fromisoformat(draft.root["recorded"]))
    except ProfileError as error:
        raise ValueError("; ".join(_spoken(problem.message) for problem in error.problems)) from error


def _spoken(message: str) -> str:
    """What is wrong, without lines of a file that is not written yet."""
    return _STEP.sub("", re.sub(r" at profile:[0-9]+", ", said before", message), count=1)


def is_enough(draft: Draft) -> bool:
    """Does it hold anything to plan from?"""
    return any(draft.root.get(name) is not None for name in STATES)


def clean(text: str) -> str:
    """One line of what can be printed, spaces as they are meant."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def news(before: Draft, after: Draft, vocabulary: Vocabulary) -> list[str]:
    """What was understood of an answer to a list, in words."""
    old = {name: len(before.root.get(name, ())) for name in LISTED}
    new = ((entry, name) for name in LISTED for entry in after.root.get(name, [])[old[name] :])
    return [read_back(entry, vocabulary, name) or in_one_line(entry) for entry, name in new]
