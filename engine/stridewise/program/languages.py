"""A language of a program: what its packs say instead of the English texts. A later pack's words take the place of an earlier
one's, so that a clinic may say something its own way."""

from stridewise.errors import PackError, did_you_mean
from stridewise.language.translation import ENGLISH, Language, Said, is_language
from stridewise.packs.texts import TextsFile, languages_of, texts_in
from stridewise.program.program import Program, once


def language_of(program: Program, code: str) -> Language:
    """The language of this code. Raises PackError where no pack has texts in it, PackError where its texts are wrong."""
    return ENGLISH if code in ("", ENGLISH.code) else _language_of(program, code)


@once
def _language_of(program: Program, code: str) -> Language:
    files = texts_in(program.packs, code)
    if not files:
        known = [ENGLISH.code, *languages_of(program.packs)]
        raise PackError(f'no pack has texts in "{code}"; there is {", ".join(known)}.{did_you_mean(code, known)}')
    if not is_language(code):
        raise PackError(f'{files[0].document.path}: "{code}" is no language; name it by its code, as de or pt_BR')
    return made_of(code, files)


def made_of(code: str, files: list[TextsFile]) -> Language:
    """All texts of these files as one language."""
    texts: dict[str, Said] = {}
    only: dict[str, dict[str, Said]] = {}
    for file in files:
        texts |= file.shape.texts
        for where, special in file.shape.only.items():
            only.setdefault(where, {}).update(special)
    return Language(code, texts, only)
