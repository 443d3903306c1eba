"""Is a plan in another language the English one, told anew? Whatever is no text must be the same, item by item; no text may be
lost. The English plan is the one that was audited."""

from collections.abc import Iterator
from typing import Any

from stridewise.errors import InferenceError

LANGUAGE = "language"  # the one key that an English plan does not have
# What is told to people; everything else is data, the same in every language.
TEXTS = frozenset(
    {
        "notices",
        "text",
        "name",
        "title",
        "stage_title",
        "plain",
        "next",
        "question",
        "retest",
        "stop_if",
        "pain_limit",
        "progression",
        "regression",
        "assumes",
        "patient",
        "until",
        "keeps",
        "loses",
        "note",
        "became",
        "gave_way",
        "load",
        "effort",
        "reason",
        "change",
        "green",
        "amber",
        "red",
        "steps",
        "feel",
        "mistake",
        "harder_when",
        "goal",
        "complaints",
        "race",
        "limit",
        "avoid_name",
        "instead_name",
        "to_name",
    }
)
STORY = ".story"  # every part of it is told to people


def check_told(english: Any, told: Any, language: str) -> None:
    """Raises InferenceError where the two differ in more than words."""
    wrong = next(_differences(english, told, "the plan", is_text=False), None)
    if wrong is not None:
        raise InferenceError(
            f'the plan in "{language}" is not the English one: it differs at {wrong}; this is our mistake, please report it'
        )


def is_told(key: str, at: str) -> bool:
    """Does this key, at this place of a plan, hold what people are told?"""
    return key in TEXTS or at.endswith(STORY)


def _differences(english: Any, told: Any, at: str, is_text: bool) -> Iterator[str]:
    if isinstance(english, dict) and isinstance(told, dict):
        if english.keys() != told.keys() - {LANGUAGE}:
            yield at
        for key in english.keys() & told.keys():
            yield from _differences(english[key], told[key], f"{at}.{key}", is_told(key, at))
    elif isinstance(english, list) and isinstance(told, list):
        if len(english) != len(told):
            yield at
        for number, (one, other) in enumerate(zip(english, told, strict=False)):
            yield from _differences(one, other, f"{at}[{number}]", is_text)
    elif is_text and isinstance(english, str) and isinstance(told, str):
        if bool(english) != bool(told):
            yield at
    elif english != told:
        yield at
