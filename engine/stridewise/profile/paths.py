"""Where a profile says what, read off its shapes: profile paths and the kinds of fact they state."""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from stridewise.documents.fitting import Reads, hints_of
from stridewise.documents.shape import bare
from stridewise.language.vocabulary import Kind
from stridewise.profile.entries import ByName, Terms
from stridewise.profile.shapes import Sections
from stridewise.profile.values import Quantity, Says, Term

NOTHING = Says()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One place of a profile. `says` are the kinds of fact it states, `unit` that of a quantity, `terms` the list that terms
    are of, `shape` its type without notes."""

    path: str
    shape: Any
    says: Says = NOTHING
    unit: str = ""
    terms: str = ""

    @property
    def is_list(self) -> bool:
        return get_origin(self.shape) is tuple


def leaves(shape: Any = Sections, before: str = "") -> Iterator[Leaf]:
    """Every place of a profile in the order of its shapes; a section that states something is one too."""
    for name, hint in hints_of(shape).items():
        leaf = _leaf(f"{before}{name}", hint)
        if not is_dataclass(leaf.shape) or leaf.says is not NOTHING:
            yield leaf
        if is_dataclass(leaf.shape):
            yield from leaves(leaf.shape, f"{leaf.path}.")


def _leaf(path: str, hint: Any) -> Leaf:
    notes = list(_notes(hint))
    says = next((note for note in notes if isinstance(note, Says)), NOTHING)
    unit = next((note.unit for note in notes if isinstance(note, Quantity)), "")
    terms = next((note.terms for note in notes if isinstance(note, Term | Terms | ByName)), "")
    return Leaf(path, bare(hint), says, unit, terms)


def _notes(hint: Any) -> Iterator[Reads | Says]:
    """The notes on a type, and on those of its items."""
    if get_origin(hint) is Annotated:
        yield from hint.__metadata__
    if get_origin(hint) in (Annotated, Union, UnionType, tuple, dict):
        for inner in get_args(hint):
            yield from _notes(inner)


LEAVES: dict[str, Leaf] = {leaf.path: leaf for leaf in leaves()}
# Profile path → kind, where a single value is recorded as it stands.
SINGLE: dict[str, str] = {path: leaf.says.kind for path, leaf in LEAVES.items() if leaf.says.kind and not leaf.is_list}
# Profile path → closed kind: the list, even an empty one, answers the question.
LISTS: dict[str, str] = {path: leaf.says.kind for path, leaf in LEAVES.items() if leaf.says.kind and leaf.is_list}
SINGLE_VALUED = frozenset(SINGLE.values())


def is_single(kind: Kind) -> bool:
    """Do two values of this kind, with the same attributes, contradict each other? Not terms that stand in a list, nor dates."""
    is_dates = kind.type.text and kind.mode == "closed"
    return not is_dates and (not kind.type.terms or kind.name in SINGLE_VALUED)


def _worked_out() -> dict[str, tuple[str, ...]]:
    """Profile paths → kinds that are worked out from what is recorded there; paths that serve the same kinds stand together."""
    paths: dict[tuple[str, ...], list[str]] = {}
    for path, leaf in LEAVES.items():
        if leaf.says.worked_out:
            paths.setdefault(leaf.says.worked_out, []).append(path)
    return {", ".join(together): kinds for kinds, together in paths.items()}


def _twins() -> dict[str, tuple[Leaf, ...]]:
    """Profile path → the places beside it whose keys name a unit."""
    twins: dict[str, tuple[Leaf, ...]] = {}
    for path, leaf in LEAVES.items():
        if leaf.says.same_as:
            usual = f"{path.rpartition('.')[0]}.{leaf.says.same_as}"
            twins[usual] = (*twins.get(usual, ()), leaf)
    return twins


WORKED_OUT = _worked_out()
TWINS = _twins()
# A distance may carry its unit in its key.
SUFFIXES = ("", *dict.fromkeys(twin.path.removeprefix(path) for path, twins in TWINS.items() for twin in twins))
