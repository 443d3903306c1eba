"""What of a pack can be mended without knowing what it means: names that were changed since, and blanks at the ends of lines.
Every comment stays, and nothing is written unless the mended pack says the same."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from stridewise.authoring.checks.naming import names_of_today
from stridewise.documents.writing import write_whole
from stridewise.errors import PackError, Problems
from stridewise.language.vocabulary import Place, fold
from stridewise.packs.files import PARTS, SINGLE_FILES, PackFiles
from stridewise.packs.pack import RulePack
from stridewise.profile.renamed import KEY
from stridewise.program.program import Program

Load = Callable[[Sequence[Path]], Program]  # the program with these pack folders in it
NOWHERE = Place("", 0)
NAMING = ("pack.yaml", "rules", "exercises", "pathways", "cases")  # the parts of a pack that use names of others
# Whose values are sentences: what looks like a name in one is a word.
SENTENCES = frozenset(
    {
        "title",
        "because",
        "patient",
        "warn",
        "text",
        "keeps",
        "loses",
        "until",
        "name",
        "note",
        "feel",
        "fault",
        "stop_if",
        "progress_when",
        "instructions",
        "earn",
        "question",
        "plain",
        "says",
        "notices",
        "error",
        "caption",
        "reason",
        "by",
        "author",
        "reference",
        KEY,
    }
)
_BLANKS = re.compile(r"[ \t]+(?=\r?\n|\Z)")


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing that was mended, and where."""

    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: mended: {self.text}"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file with what it will hold."""

    path: Path
    text: str
    mends: tuple[Mend, ...]


def mend_packs(folders: Sequence[Path], load: Load) -> list[Mend]:
    """Mend the packs in these folders, and tell what was done. Raises PackError where they cannot be read."""
    program = load(folders)
    chosen = {folder.resolve() for folder in folders}
    mended = []
    for pack in (pack for pack in program.packs if pack.folder in chosen):
        drafts = [draft for draft in _drafts(program, pack) if draft.mends]
        if drafts and _says_the_same(program, pack, drafts, folders, load):
            for draft in drafts:
                write_whole(draft.path, draft.text.encode())
            mended += [one for draft in drafts for one in draft.mends]
    return mended


def _drafts(program: Program, pack: RulePack) -> Iterator[_Draft]:
    names = names_of_today(program, pack)
    files = PackFiles(pack.folder, pack.path, Problems(pack.path, PackError))
    for part in sorted((*PARTS, *SINGLE_FILES)):
        for name in files.names(part):
            yield _draft(pack.folder / name, f"{pack.path}/{name}", names if part in NAMING else {})


def _draft(path: Path, shown: str, names: Mapping[str, str]) -> _Draft:
    text = path.read_bytes().decode()
    named, mends = _with_names(text, shown, names)
    clean, blanks = _without_blanks(named, shown)
    return _Draft(path, clean, (*mends, *blanks))


# --- names --------------------------------------------------------------------------------------------------------------


def _with_names(text: str, shown: str, names: Mapping[str, str]) -> tuple[str, list[Mend]]:
    """The text with every old name as it is called today."""
    old = [node for node in _names_in(yaml.compose(text, Loader=yaml.SafeLoader)) if fold(node.value) in names]
    for node in sorted(old, key=lambda node: -int(node.start_mark.index)):
        quote = node.style or ""
        today = f"{quote}{names[fold(node.value)]}{quote}"
        text = text[: node.start_mark.index] + today + text[node.end_mark.index :]
    mends = [Mend(Place(shown, node.start_mark.line + 1), f'"{node.value}" is "{names[fold(node.value)]}" now') for node in old]
    return text, mends


def _names_in(node: Any, key: str = "") -> Iterator[Any]:
    """The values that may be names: on one line, and no sentences."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _names_in(value, str(name.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _names_in(value, key)
    elif isinstance(node, yaml.ScalarNode) and key not in SENTENCES and node.style not in ("|", ">"):
        yield node


# --- blanks -------------------------------------------------------------------------------------------------------------


def _without_blanks(text: str, shown: str) -> tuple[str, list[Mend]]:
    """The text without blanks at the ends of lines, but for those inside a value, and with an end to its last line."""
    kept = set(_lines_of_values(text))
    lines = text.splitlines(keepends=True)
    bare = [line if number in kept else _BLANKS.sub("", line) for number, line in enumerate(lines)]
    mends = [Mend(Place(shown, number + 1), "blanks at its end") for number, line in enumerate(lines) if line != bare[number]]
    if bare and not bare[-1].endswith("\n"):
        bare[-1] += "\n"
        mends += [Mend(Place(shown, len(lines)), "the last line had no end")]
    clean = "".join(bare)
    return (clean, mends) if _events(clean) == _events(text) else (text, [])


def _lines_of_values(text: str) -> Iterator[int]:
    """The lines of values that are longer than one: blanks may be part of them."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            first, last = event.start_mark.line, event.end_mark.line
            yield from range(first, last + 1) if first != last else ()


def _events(text: str) -> list[tuple[Any, ...]]:
    return [
        (type(event), getattr(event, "value", None), getattr(event, "tag", None))
        for event in yaml.parse(text, Loader=yaml.SafeLoader)
    ]


# --- the proof ----------------------------------------------------------------------------------------------------------


def _says_the_same(program: Program, pack: RulePack, drafts: Sequence[_Draft], folders: Sequence[Path], load: Load) -> bool:
    """Does the mended pack, tried in a copy, make the same program?"""
    with tempfile.TemporaryDirectory(prefix="stridewise-mend-") as place:
        copy = Path(place) / pack.folder.name
        shutil.copytree(pack.folder, copy)
        for draft in drafts:
            (copy / draft.path.relative_to(pack.folder)).write_bytes(draft.text.encode())
        others = [folder for folder in folders if folder.resolve() != pack.folder]
        return _meaning(load([*others, copy])) == _meaning(program)


def _meaning(program: Program) -> tuple[Any, ...]:
    rules = {rule.id: replace(rule, place=NOWHERE) for rule in program.rules}
    overrides = {(name, one.target, one.action) for name, one in program.overrides}
    return rules, dict(program.exercises), dict(program.thresholds), overrides, set(program.pathways)
