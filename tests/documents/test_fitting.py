"""What fits a shape is what pydantic, which judges by the same types, would have made of it, and what it takes fits."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core.core_schema import no_info_before_validator_function

from plans import ROOT, built_in_packs
from stridewise.authoring.cases import CaseShape
from stridewise.documents.fitting import MisfitError, Mismatch, Reads, fit, hints_of
from stridewise.documents.located import LocatedDict, LocatedList
from stridewise.documents.shape import Amount, Count, Flag, Number, Range, Word
from stridewise.language.dosage import Dosage
from stridewise.language.exercise import Exercise
from stridewise.language.rule import SHAPES, Selector
from stridewise.packs.pack import PackShape, RuleShape, Source
from stridewise.profile.shapes import Sections
from stridewise.program.vocabulary_reader import VocabularyShape

TRIALS = 500
ALL: list[Any] = [
    Sections,
    PackShape,
    VocabularyShape,
    RuleShape,
    Exercise,
    Dosage,
    Source,
    CaseShape,
    Selector,
    Range,
    *SHAPES.values(),
    Amount,
    Count,
    Flag,
    Number,
    Word,
    str,
    int,
    bool,
    Decimal,
    date,
    str | None,
    tuple[str, ...],
    dict[str, Number],
    Literal["a", "b"],
    Literal[1],
    str | Range,
]

JUNK: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    3,
    10**30,
    Decimal("1"),
    Decimal("1.0"),
    Decimal("2.5"),
    Decimal("NaN"),
    Decimal("Infinity"),
    "",
    "a",
    "1",
    "yes",
    "true",
    "2026-11-21",
    "2026-13-41",
    "20261121",
    "2026-W47-6",
    "2026-11-21T00:00:00",
    1764633600,
    "left",
    "high",
    "20 km",
    "-50%",
    (),
    [],
    ["a"],
    ("a", "b"),
    ["a", 1],
    {},
    {"min": 1, "max": 2},
    {"min": 2, "max": 1},
    {"min": 1},
    {"a": "b"},
    {1: "x"},
    {"id": "x"},
    date(2026, 11, 21),
    LocatedList(["x"]),
    LocatedDict(a="x"),
    1.5,
    float("nan"),
    b"a",
    {"a", "b"},
    frozenset("a"),
    Range(Decimal(1), Decimal(2)),
]
BARE = (int, bool, Decimal, date)  # no shape of ours holds them without a note on how they are written
FOREIGN = (float, bytes, set, frozenset)  # stand in no document; pydantic makes texts, lists and numbers of them
ODD = [one for one in JUNK if not isinstance(one, (*FOREIGN, date, Range))]
PLAIN: dict[Any, list[Any]] = {
    str: ["a", "x: y", "2026-11-21", "20 km", "high"],
    int: [0, 1, 3, -2],
    bool: [True, False],
    NoneType: [None],
    Decimal: [1, 0, Decimal("2.50"), Decimal("-1")],
    date: ["2026-11-21", "2024-02-29"],
    Any: ["a", 1, ["b"], {"c": 1}],
}


def is_taken_by_pydantic_alone(one: Mismatch) -> bool:
    """Values that stand in no document, moments for days, and a yes for 1."""
    return isinstance(one.written, FOREIGN) or "date" in one.words or (one.written is True and one.words == "expected 1")


class Writer:
    """Writes documents near a shape: mostly right, with something wrong here and there."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.mistakes = self.random.choice([0, 0, 1, 3, 10])  # in a hundred values

    def write(self, shape: Any) -> Any:  # noqa: PLR0911  # one return for each kind of shape
        if self.random.randrange(100) < self.mistakes:
            return self.random.choice(ODD)
        origin, inner = get_origin(shape), get_args(shape)
        if is_dataclass(shape):
            return self._mapping(shape)
        if origin is Annotated:
            return self._annotated(inner)
        if origin is Literal:
            return self.random.choice(inner)
        if origin in (Union, UnionType):
            return self.write(self.random.choice(inner))
        if origin is tuple:
            return [self.write(inner[0]) for _ in range(self.random.randrange(4))]
        if origin is dict:
            keys = get_args(inner[0]) or ("a", "strength", 1)
            return {self.random.choice(keys): self.write(inner[1]) for _ in range(self.random.randrange(3))}
        return self.random.choice(PLAIN[shape])

    def _annotated(self, inner: tuple[Any, ...]) -> Any:
        """What its check makes a value of is no document; some of these are."""
        written = self.random.choice([{"min": 1, "max": Decimal("2.5")}, "20 km", "-50% of age", 3, Decimal("1.5"), True, "x"])
        return written if is_dataclass(inner[0]) or self.random.random() < 0.3 else self.write(inner[0])

    def _mapping(self, shape: Any) -> Any:
        hints = get_type_hints(shape, include_extras=True)
        share = self.random.choice([0.1, 0.5, 0.9])
        needed = [one for one in fields(shape) if one.default is MISSING and one.default_factory is MISSING]
        chosen = [one for one in fields(shape) if one in needed or self.random.random() < share]
        mapping = LocatedDict({one.name: self.write(hints[one.name]) for one in chosen})
        if self.random.randrange(100) < self.mistakes:
            mapping[self.random.choice(["unknown", *hints])] = self.random.choice(ODD)
        return mapping


def real_ones(shape: Any) -> list[Any]:
    """Exercises of the built-in packs, each as it is and with something odd in one place: few that are made up could be done."""
    if shape is not Exercise:
        return []
    random, documents = Random(1), []  # noqa: S311
    for node in (one.node for pack in built_in_packs() for one in pack.exercises):
        odd = LocatedDict(node)
        odd[random.choice(list(node))] = random.choice(ODD)
        documents += [node, odd]
    return documents


def records_in(shape: Any) -> Iterator[Any]:
    """Every record that a shape is made of."""
    for inner in hints_of(shape).values() if is_dataclass(shape) else get_args(shape):
        yield from records_in(inner)
    if is_dataclass(shape):
        yield shape


@pytest.fixture(params=ALL, ids=lambda shape: re.sub(" at 0x[0-9a-f]+", "", str(shape)))
def judged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, TypeAdapter[Any]]:
    """A shape, and pydantic's judge of it: told to read our notes, and to take no other keys."""

    def read_first(note: Reads, source: Any, handler: Any) -> Any:
        return no_info_before_validator_function(note.check, handler(source))

    monkeypatch.setattr(Reads, "__get_pydantic_core_schema__", read_first, raising=False)
    for record in records_in(request.param):
        monkeypatch.setattr(record, "__pydantic_config__", {"extra": "forbid"}, raising=False)
    return request.param, TypeAdapter(request.param)


def test_what_fits_is_what_pydantic_makes_of_it(judged: tuple[Any, TypeAdapter[Any]]) -> None:
    """Nothing that pydantic refuses ever fits, values and types are the same, and all that it takes of a document fits."""
    (shape, pydantic), fitted = judged, 0
    documents = [*(Writer(seed).write(shape) for seed in range(TRIALS)), *real_ones(shape)]
    for written in [*JUNK, *documents]:
        try:
            found = fit(shape, written)
        except MisfitError as misfit:
            is_odd = any(map(is_taken_by_pydantic_alone, misfit.mismatches))
            if not is_odd and shape not in BARE:
                with pytest.raises(ValidationError):
                    pydantic.validate_python(written)
            continue
        fitted += 1
        try:
            assert repr(found) == repr(pydantic.validate_python(written)), written
        except ValidationError as refused:
            raise AssertionError(f"{written!r} fits as {found!r}") from refused
    assert fitted >= 10


def test_every_record_of_the_built_in_packs_fits() -> None:
    """As their authors wrote them."""
    for pack in built_in_packs():
        assert fit(PackShape, pack.document.root) == pack.shape
        for shape, part in ((Exercise, pack.exercises), (RuleShape, pack.rules), (Source, pack.sources)):
            for one in part:
                assert fit(shape, one.node) == one.item


def test_no_document_waits_for_pydantic() -> None:
    """Nor does one with a mistake, or a run that reads all packs from their YAML."""
    code = r"""
import sys
from pathlib import Path
from stridewise.packs.plugins import load_packs, plugin_manager
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.profile.profile import load_profile, read_profile
load_packs(plugin_manager(""))
for path in Path("profiles").glob("*.yaml"):
    load_profile(path)
assert read_profile(parse_document(b"schema: 1\nrunner: {ref: 1}\ngoal: 5", "p.yaml", ProfileError)).problems
sys.exit("pydantic" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
