"""What is typed in the language of the page where the interview reads English words: answers of a closed form, days, names,
decimals. English is taken as well. Phrases of findings are not touched: the vocabulary reads them in every language."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from babel.dates import get_day_names

from stridewise.interview import Question
from stridewise.language.translation import PLACEHOLDER, fill, fixed, language_in_force, say, told_number, translated
from stridewise.language.vocabulary import fold
from stridewise.profile.paths import LEAVES
from stridewise.program.program import Program
from stridewise.web.words import UntakenError

NONE = fixed("none")
FORMS: dict[str, tuple[str, ...]] = {
    "PAR-Q+": (fixed("no"), fixed("yes"), fixed("yes, referred"), fixed("yes, cleared by {name} on {date}")),
    "pregnancy": (fixed("no"), fixed("pregnant {number} weeks"), fixed("{number} weeks after birth")),
    "exercises": (NONE,),
    "race": (NONE, fixed("{race} in {number} weeks")),
}
NUMBERS = ("age", "longest run", "planned run", "running years", "strength", "strength experience", "minutes", "sessions")
AMBIGUOUS = fixed("{found} may be one number or two: write a decimal with a point, and a blank between two weeks")
_PRIORITY = re.compile(r"(.*?)((?:,? [ABC])?)")


def in_english(program: Program, question: Question, text: str) -> str:
    """The answer as the interview reads it. Raises UntakenError where a comma may be a decimal sign or not."""
    if language_in_force().is_english:
        return text
    if question.title in NUMBERS:
        return with_point(text)
    if question.title == "weekly distance" and _has_decimal_comma() and (found := re.search(r"[0-9]+,[0-9]+", text)):
        raise UntakenError(AMBIGUOUS, found=found[0])
    if question.title in ("week", "exercises"):
        text = re.sub(r"[^,;]+", lambda part: _named(program, question.title, part[0].strip()), text).strip()
    return _of_form(question.title, text)


def with_point(text: str) -> str:
    """A number, or a range of two, with points for the decimal signs of the language in force."""
    return re.sub(r"(?<=[0-9]),(?=[0-9])", ".", text) if _has_decimal_comma() else text


def _has_decimal_comma() -> bool:
    return "," in told_number(Decimal("0.5"))


def _of_form(title: str, text: str) -> str:
    """The English words of a closed answer; the text as it is where it is none."""
    head, tail = _PRIORITY.fullmatch(text).groups() if title == "race" else (text, "")  # type: ignore[union-attr]  # all fit
    for english in FORMS.get(title, ()):
        said = translated(english)
        for form in [said] if isinstance(said, str) else said.values():
            if match := re.fullmatch(_pattern(form), head, re.IGNORECASE):
                return fill(english, match.groupdict()) + tail
    return text


def _pattern(form: str) -> str:
    """A told text with what fills its placeholders to be found."""
    words = [re.escape(part) if at % 2 == 0 else f"(?P<{part}>.+?)" for at, part in enumerate(PLACEHOLDER.split(form))]
    return "".join(words)


def _named(program: Program, title: str, part: str) -> str:
    """The ids for the names in a part of a list: of an exercise, or of a day and its session."""
    if title == "exercises":
        return f" {exercises_by_name(program).get(fold(part), part)}"
    day, _, session = part.partition(" ")
    sessions = {fold(label): name for name, label in _labels(program, LEAVES["training.week"].terms)}
    return f" {_days(program).get(fold(day.rstrip('.')), day)} {sessions.get(fold(session.strip()), session)}"


def exercises_by_name(program: Program) -> dict[str, str]:
    """The ids of the exercises by their folded names in the language in force."""
    return {fold(say(one.name)): one.id for one in program.exercises.values()}


def _days(program: Program) -> Mapping[str, str]:
    """Days of the week by their names and short names in the language in force."""
    short = get_day_names("abbreviated", locale=language_in_force().code)
    found = {fold(label): day for day, label in _labels(program, "weekdays")}
    return found | {fold(short[at].rstrip(".")): day for at, day in enumerate(program.vocabulary.terms["weekdays"])}


def _labels(program: Program, terms: str) -> Iterator[tuple[str, str]]:
    return ((name, program.vocabulary.label(terms, name)) for name in program.vocabulary.terms[terms])
