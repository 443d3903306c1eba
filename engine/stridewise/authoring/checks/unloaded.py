"""Packs that make no program: what is wrong with their cases and translations is told in the same go, as far as their words are
known."""

from collections.abc import Callable, Iterator, Sequence

from stridewise.authoring.cases import Case, document_of, read_cases
from stridewise.errors import PackError, Problem, ProfileError, without_follow_ups
from stridewise.packs.pack import RulePack
from stridewise.packs.texts import languages_of, texts_in
from stridewise.profile.facts import take_in
from stridewise.profile.profile import read_profile
from stridewise.program.builder import known_vocabulary


def further_problems(packs: Sequence[RulePack], is_checked: Callable[[RulePack], bool]) -> list[Problem]:
    """Of the packs that are to be checked: cases that cannot be read or say what nobody knows, and texts that cannot be used."""
    found: list[Problem] = []
    cases: list[Case] = []
    for pack in filter(is_checked, packs):
        try:
            cases += read_cases(pack)
        except PackError as error:
            found += error.problems
        found += _of_texts(pack)
    vocabulary, failed = known_vocabulary(packs)
    for case in (case for case in cases if case.shape.expect.error is None):
        try:
            take_in(read_profile(document_of(case)), vocabulary, case.shape.as_of)
        except ProfileError as error:
            found += without_follow_ups(error.problems, failed)
    return found


def _of_texts(pack: RulePack) -> Iterator[Problem]:
    for code in languages_of([pack]):
        try:
            texts_in([pack], code)
        except PackError as error:
            yield from error.problems
