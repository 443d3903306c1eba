"""What packs say in other languages: `texts/de.yaml` and the files of `texts/de/`, read only where one is asked for.

A translation keeps every placeholder of its English text, except the side or the number that chooses between its forms."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stridewise.documents.located import Document
from stridewise.documents.sentences import as_found
from stridewise.documents.shape import validate
from stridewise.errors import PackError, Problems, did_you_mean
from stridewise.language.translation import BOTH_SIDES, OTHER, PLACEHOLDER, PLURAL_FORMS, SIDE_FORMS, Said
from stridewise.packs.files import TEXTS, PackFiles
from stridewise.packs.pack import RulePack


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsShape:
    """One file of texts: English text to what is said, or to its forms by side or number. `only` holds what one list of terms
    says otherwise, `banned` what is never said in this language, with what to say instead."""

    language: str
    reviewer: str = "none"
    texts: dict[str, Any] = field(default_factory=dict)
    only: dict[str, dict[str, Any]] = field(default_factory=dict)
    banned: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextsFile:
    """A file of texts that was read, with its document for lines."""

    shape: TextsShape
    document: Document

    def entries(self) -> Iterator[tuple[int, str, Any]]:
        """Every translation, general and of one list: its line, the English text, and what is said."""
        for text, said in self.shape.texts.items():
            yield self.document.line("texts", text), text, said
        for where, texts in self.shape.only.items():
            yield from ((self.document.line("only", where, text), text, said) for text, said in texts.items())


def languages_of(packs: Iterable[RulePack]) -> list[str]:
    """The languages that any of these packs has texts in."""
    return sorted({_code(name) for pack in packs for name in _files(pack).names(TEXTS)})


def texts_in(packs: Iterable[RulePack], code: str) -> list[TextsFile]:
    """All files of a language, in the order of the packs. Raises PackError with everything that is wrong with any of them."""
    problems = Problems(TEXTS, PackError)
    read = [file for pack in packs for file in _texts_of(pack, code, problems)]
    problems.raise_if_any()
    return read


def _texts_of(pack: RulePack, code: str, problems: Problems) -> Iterator[TextsFile]:
    files = _files(pack)
    for name in files.names(TEXTS):
        if _code(name) != code:
            continue
        document = files.document(name)
        here = problems.within(document.path)
        shape = validate(TextsShape, document.root, here, 1)
        if shape is not None:
            if shape.language != code:
                here.add(
                    document.line("language"), f'language: found "{shape.language}" in a file of "{code}"; name it as its file'
                )
            file = TextsFile(shape, document)
            _check(file, here)
            yield file


def _check(file: TextsFile, here: Problems) -> None:
    """Every pattern and every translation of the file."""
    for pattern in file.shape.banned:
        try:
            re.compile(pattern)
        except re.error as error:
            message = f'banned: "{pattern[:60]}" is no pattern ({error.msg}); write \\ before a sign that means itself, as \\('
            here.add(file.document.line("banned", pattern), message)
    for line, text, said in file.entries():
        _check_said(text, said, line, here)


def _check_said(text: str, said: Said | Any, line: int, here: Problems) -> None:
    """A sentence, or one for each form, with the placeholders of the English text."""
    if not isinstance(said, str | Mapping) or not said:
        here.add(line, f'"{text}": expected a text, or one for each of {", ".join(SIDE_FORMS)} or of {", ".join(PLURAL_FORMS)}')
        return
    forms = {"": said} if isinstance(said, str) else said
    if wrong := _wrong_form(forms):
        here.add(line, f'"{text}": {wrong}')
    for form in forms.values():
        if not isinstance(form, str) or not form.strip():
            here.add(line, f'"{text}": expected a text, found {as_found(form)}')
        elif wrong := _wrong_placeholder(text, form, is_choice=not isinstance(said, str)):
            here.add(line, f'"{text}": {wrong}')


def _wrong_form(forms: Mapping[str, Any]) -> str:
    names = {name for name in forms if name}
    known = SIDE_FORMS if names & set(SIDE_FORMS) else PLURAL_FORMS
    if unknown := sorted(map(str, names - set(known))):
        return f'unknown form "{unknown[0]}"; expected {", ".join(known)}.{did_you_mean(unknown[0], known)}'
    if names and known is PLURAL_FORMS and OTHER not in names:
        return f'the form "{OTHER}" is missing: it stands for every number without a form of its own'
    if names and known is SIDE_FORMS and BOTH_SIDES not in names:
        return f'the form "{BOTH_SIDES}" is missing: a finding may be on both sides'
    return ""


def _wrong_placeholder(text: str, said: str, is_choice: bool) -> str:
    asked, given = set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(said))
    if extra := sorted(given - asked):
        return f"{{{extra[0]}}} is no placeholder of the English text; it has {', '.join(sorted(asked)) or 'none'}"
    lost = sorted(asked - given)
    if len(lost) > is_choice:
        return f"{{{lost[0]}}} is lost; what stands there must be told in every language"
    return ""


def _files(pack: RulePack) -> PackFiles:
    return PackFiles(pack.folder, pack.path, Problems(pack.path, PackError))


def _code(name: str) -> str:
    """The language of a file below a pack: texts/de.yaml, texts/de/rules.yaml."""
    return Path(name).parts[1].removesuffix(".yaml").removesuffix(".yml")
