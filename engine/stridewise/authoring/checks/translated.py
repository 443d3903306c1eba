"""Texts in other languages: none that stands for no English text, none that loses a number, none that says what its language
bans."""

import re
from collections.abc import Iterator, Mapping

from stridewise.authoring.checks.finding import Finding, Subject, check
from stridewise.authoring.translations import texts_of
from stridewise.errors import PackError
from stridewise.language.vocabulary import Place
from stridewise.packs.texts import TextsFile, languages_of, texts_in

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
IN_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10"}  # in English


@check("translation")
def translated_texts(subject: Subject) -> Iterator[Finding]:
    """Every translation stands for an English text, keeps its numbers, and says nothing that its file bans."""
    known = {text for _, _, text in texts_of(subject.program)}
    for code in languages_of(subject.packs):
        try:
            files = texts_in(subject.packs, code)
        except PackError as error:
            yield from (Finding("error", Place(p.path, p.line), p.message, "") for p in error.problems)
            continue
        banned = {phrase: advice for file in files for phrase, advice in file.shape.banned.items()}
        for file in files:
            yield from _of_file(file, known, banned)


def _of_file(file: TextsFile, known: set[str], banned: Mapping[str, str]) -> Iterator[Finding]:
    for line, text, said in file.entries():
        place = Place(file.document.path, line)
        if text not in known:
            mend = "Its English text has changed, or is gone: translate the text of today, or delete this line."
            yield Finding("warning", place, f'"{_short(text)}" stands for no text.', mend)
        for form in [said] if isinstance(said, str) else said.values():
            if wrong := _other_number(text, form):
                message = f'"{_short(text)}": the number {wrong}.'
                yield Finding("error", place, message, "Write the numbers of the English text, as digits.")
            for phrase, advice in banned.items():
                if re.search(phrase, form, re.IGNORECASE):
                    yield Finding("error", place, f'"{_short(form)}" says "{phrase}".', advice)


def _other_number(text: str, said: str) -> str:
    """A number that a translation loses or adds, in words; "" where all are there."""
    asked, told = _numbers(text), _numbers(said)
    if lost := sorted(asked - told):
        return f"{lost[0]} is lost"
    spelt = {number for word, number in IN_WORDS.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
    return f"{added[0]} is not in the English text" if (added := sorted(told - asked - spelt)) else ""


def _numbers(text: str) -> set[str]:
    return {number.replace(",", ".") for number in NUMBER.findall(text)}


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
