"""One rule pack: a folder as its author wrote it, checked for shape. What refers to other packs is checked by the program."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from stridewise.documents.fitting import Before
from stridewise.documents.located import Document, LocatedDict, LocatedList, line_of
from stridewise.documents.sentences import as_found
from stridewise.documents.shape import Flag, Number, Word, fitting_part, validate
from stridewise.documents.signatures import names_somebody
from stridewise.errors import PackError, Problem, Problems
from stridewise.language.exercise import Exercise
from stridewise.language.pathway import PathwayShape
from stridewise.language.rule import Certainty, EvidenceLevel, Strength
from stridewise.language.vocabulary import Place
from stridewise.packs.files import CASES, PICTURES, PackFiles, names_in
from stridewise.packs.versions import check_engine, satisfies

RESERVED = "stridewise"
FOLDER = "folder"  # the origin of a pack that somebody named
HOME = "stridewise"  # the distribution whose entry points are the built-in packs


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdShape:
    """A named number: value, unit, source, and whether the figure was checked in that source."""

    value: Number
    unit: Word = "1"
    source: str = ""
    verified: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A change to another pack's rule, pathway or threshold, signed and dated."""

    action: Literal["disable", "replace", "retune"]
    reason: str
    by: str
    expires: date
    rule: str | None = None
    threshold: str | None = None
    to: Any = None
    with_rule: str | None = None
    pathway: str | None = None
    with_pathway: str | None = None

    def __post_init__(self) -> None:
        if sum(name is not None for name in (self.rule, self.threshold, self.pathway)) != 1:
            raise ValueError("name exactly one of rule, threshold, pathway")
        if not names_somebody(self.by):
            raise ValueError(f'by: expected the name of whoever decided it, found "{self.by[:40]}"')
        if not self.reason.strip():
            raise ValueError("reason: expected why, found nothing; every plan that it touches says so")
        if (self.action == "retune") != (self.threshold is not None):
            raise ValueError("retune is for a threshold; disable and replace are for a rule or a pathway")
        if (self.to is not None) != (self.action == "retune"):
            raise ValueError('retune needs "to", the others have none')
        if (self.with_rule is not None) != (self.action == "replace" and self.rule is not None):
            raise ValueError('replace needs "with_rule", the id of your own rule that stands in for a rule')
        if (self.with_pathway is not None) != (self.action == "replace" and self.pathway is not None):
            raise ValueError('replace needs "with_pathway", the id of your own pathway that stands in for a pathway')

    @property
    def target(self) -> str:
        return self.rule or self.threshold or self.pathway or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A pack that must be loaded beside this one, in a version that its clauses allow; any where there are none."""

    pack: str
    version: Word = ""


def _required(written: Any) -> Any:
    """A pack's name alone stands for any version of it."""
    return {"pack": written} if isinstance(written, str) else written


@dataclass(frozen=True, slots=True, kw_only=True)
class PackShape:
    """pack.yaml."""

    name: str
    version: Word
    title: str = ""
    author: str = ""
    reviewer: str = "none"
    reviewed: date | None = None
    expires: date | None = None
    licence: str = ""
    requires: tuple[Annotated[Requirement, Before(_required, also=(str,))], ...] = ()
    requires_engine: str = ""
    thresholds: dict[str, ThresholdShape] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()

    def is_signed(self, as_of: date) -> bool:
        """Has a named clinician reviewed it, on a day that has been?"""
        return names_somebody(self.reviewer) and self.reviewed is not None and self.reviewed <= as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShape:
    """One rule as written; conditions and consequents are read against the vocabulary later."""

    id: str
    when: Any
    then: Any
    because: str
    sources: tuple[str, ...]
    strength: Strength
    certainty: Certainty
    title: str = ""
    patient: str = ""
    covers: tuple[str, ...] = ()
    renamed_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a source says, and whether the figure was read there."""

    id: str
    text: str
    verified: Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of sources.yaml. `level` is the Oxford CEBM 2011 level, ↓ where downgraded, G for a guideline."""

    key: str
    reference: str
    level: EvidenceLevel
    claims: tuple[Claim, ...]
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A checked record, the document's own node for it, and where it stands."""

    item: Any
    node: Any
    place: Place

    def at(self, *steps: str | int) -> Place:
        """Where a part of it stands."""
        return Place(self.place.path, line_of(self.node, *steps)) if steps else self.place


@dataclass(frozen=True, slots=True)
class Contents:
    """What the files of a pack hold, as their author wrote it."""

    document: Document
    vocabularies: tuple[Document, ...]
    exercises: tuple[Written, ...]
    rules: tuple[Written, ...]
    pathways: tuple[Written, ...]
    sources: tuple[Written, ...]
    read_cases: Callable[[], tuple[Document, ...]] = field(repr=False, compare=False)  # no plan asks for them


@dataclass(frozen=True, slots=True)
class PackFolder:
    """Where a pack lies: the plugin that brought it, or "folder"; its path, and that as shown to people."""

    origin: str
    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class RulePack:
    """One folder. `path` as shown to people, `origin` the distribution or "folder", `sha256` over all its files.

    `read` gives its contents, which a plan made of a compiled program never asks for."""

    shape: PackShape
    path: str
    folder: Path
    origin: str
    sha256: str
    read: Callable[[], Contents] = field(repr=False, compare=False)
    problems: tuple[Problem, ...] = ()  # of its files; a program is made of packs without any
    failed: frozenset[str] = frozenset()  # names of what could not be read of them

    @property
    def name(self) -> str:
        return self.shape.name

    @property
    def age(self) -> int:
        """Its place among packs that clash: the built-in ones came first, then those of plugins, then folders."""
        return 0 if self.origin.startswith(f"{HOME} ") else 2 if self.origin == FOLDER else 1

    @property
    def document(self) -> Document:
        return self.read().document

    @property
    def vocabularies(self) -> tuple[Document, ...]:
        return self.read().vocabularies

    @property
    def exercises(self) -> tuple[Written, ...]:
        return self.read().exercises

    @property
    def rules(self) -> tuple[Written, ...]:
        return self.read().rules

    @property
    def pathways(self) -> tuple[Written, ...]:
        return self.read().pathways

    @property
    def sources(self) -> tuple[Written, ...]:
        return self.read().sources

    @property
    def cases(self) -> tuple[Document, ...]:
        """Read when they are asked for. Raises PackError where a file of them is no YAML."""
        return self.read().read_cases()


def load_pack(
    folder: Path, origin: str = FOLDER, shown: str | None = None, edited: Mapping[str, bytes] = MappingProxyType({})
) -> RulePack:
    """Read a pack folder, files that are `edited` (by their path in it) as they would be. Raises PackError with everything that
    is wrong with its files."""
    pack = read_pack(folder, origin, shown, edited)
    if pack.problems:
        raise PackError(pack.problems)
    return pack


def read_pack(
    folder: Path, origin: str = FOLDER, shown: str | None = None, edited: Mapping[str, bytes] = MappingProxyType({})
) -> RulePack:
    """What fits of a pack folder, with what is wrong with the rest: the program, which refuses such a pack, tells it together
    with what it finds itself. Raises PackError where not even its pack.yaml says which pack it is."""
    path = shown or str(folder)
    problems = Problems(path, PackError)
    if not (folder / "pack.yaml").is_file():
        problems.add(0, "is not a rule pack: it holds no pack.yaml")
        problems.raise_if_any()
    files = PackFiles(folder, path, problems, edited)
    main = files.document("pack.yaml")
    shape = _pack_shape(main, problems)
    contents = Contents(
        document=main,
        vocabularies=tuple(files.documents("vocabulary")),
        exercises=tuple(read_records(files.documents("exercises"), Exercise, problems)),
        rules=tuple(read_records(files.documents("rules"), RuleShape, problems)),
        pathways=tuple(read_records(files.documents("pathways"), PathwayShape, problems)),
        sources=tuple(read_records(files.documents("sources.yaml"), Source, problems)),
        read_cases=cache(files.cases),
    )
    files.keep(PICTURES, CASES)  # part of the digest
    if problems.found:
        _look_through_cases(files, problems)
    if shape is None:
        raise PackError(problems.found)
    told = tuple(problems.found)
    return RulePack(shape, path, folder.resolve(), origin, files.digest(), lambda: contents, told, frozenset(problems.failed))


def _look_through_cases(files: PackFiles, problems: Problems) -> None:
    """Where the pack cannot be used anyhow, what is wrong with its cases is told in the same go."""
    try:
        files.cases()
    except PackError as error:
        problems.found.extend(error.problems)


def _pack_shape(document: Document, problems: Problems) -> PackShape | None:
    """What fits of pack.yaml; None where name or version do not."""
    here = problems.within(document.path)
    shape = validate(PackShape, document.root, here, 1)
    if shape is None:
        shape = fitting_part(PackShape, document.root, {"thresholds": 2}, problems.failed)
    if shape is None:
        return None
    if shape.name == RESERVED or "/" in shape.name or not shape.name.strip():
        here.add(document.line("name"), f'name: "{shape.name}" is reserved or holds "/", or is empty; choose another')
    with here.at(document.line("requires_engine"), "requires_engine"):
        check_engine(shape.requires_engine)
    for number, required in enumerate(shape.requires):
        with here.at(line_of(document.root, "requires", number), f"requires[{number}].version"):
            satisfies(required.version, "0")  # whether it can be read
    return shape


def read_records(documents: Iterable[Document], shape: Any, problems: Problems) -> Iterator[Written]:
    """The checked records of files that each hold a list."""
    for document in documents:
        here = problems.within(document.path)
        if not isinstance(document.root, LocatedList):
            if document.root is not None:
                here.add(1, f"expected a list, each entry behind a dash, found {as_found(document.root)}")
                problems.failed.update(names_in(document.content, document.path))
            continue
        for number, node in enumerate(document.root):
            line = node.line if isinstance(node, LocatedDict) else document.line(number)
            name = _name_of(node)
            if (item := validate(shape, node, here, line, name)) is not None:
                yield Written(item, node, Place(document.path, line))
            else:
                problems.failed.update(_called(node))


def _called(node: Any) -> Iterator[str]:
    """Every name by which others may call a record that cannot be read, or a stage of it."""
    for key in ("id", "key", "name", "aliases", "renamed_from", "stages", "claims") if isinstance(node, dict) else ():
        for said in node[key] if isinstance(node.get(key), list) else [node.get(key)]:
            yield from [said] if isinstance(said, str) else _called(said)


def _name_of(node: Any) -> str:
    """What a record calls itself, where that is a text."""
    called = (node.get(key) for key in ("id", "key", "name")) if isinstance(node, LocatedDict) else ()
    return next((name for name in called if name and isinstance(name, str)), "")
