"""What the vocabulary says of its kinds and terms beyond their names, so that the engine needs no list of them: what may be
changed, how and of whom something is asked, what to wait for, how far a test can be wrong, how it is jotted down.

`only_if` and `unless` are conditions as written, in the one notation; they are read where the vocabulary is, to be checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from stridewise.documents.shape import Range

Entry = Mapping[str, Any]  # a condition or a fact as it is written
Modifiable = Literal["found", "earned", "arranged", "reported", "diagnosed", "fixed"]
Group = Literal["safety", "everyday", "history", "examination", "never"]
Section = Literal["findings", "symptoms", "history", "diagnosis", "scores"]
Direction = Literal["higher", "lower"]
HIGHER, LOWER = "higher", "lower"
FOUND, EARNED, ARRANGED, REPORTED, DIAGNOSED, FIXED = "found", "earned", "arranged", "reported", "diagnosed", "fixed"
SAFETY, EVERYDAY, HISTORY, EXAMINATION, NEVER = "safety", "everyday", "history", "examination", "never"
UNRANKED = 1000  # behind every question that has a rank


@dataclass(frozen=True, slots=True)
class MeasurementError:
    """The largest difference that may be the test and not the runner, in the kind's unit. `source` is a key of the packs'
    sources; `verified` says whether the figure was checked there."""

    largest: Decimal
    source: str
    verified: bool
    text: str


@dataclass(frozen=True, slots=True)
class ExampleAnswer:
    """One answer worth trying, in words, and the fact that it states."""

    answer: str
    states: Entry


@dataclass(frozen=True, slots=True)
class Asking:
    """Whether and how a question about a kind is put. `further_group` and `further` are for a kind of which something is
    recorded, `first` for one of which nothing is; empty, they are as usual. Ranked questions stand first in their group."""

    group: str = EXAMINATION
    further_group: str = ""
    rank: int = UNRANKED
    only_if: tuple[Entry, ...] = ()
    unless: tuple[Entry, ...] = ()
    first: str = ""
    further: str = ""
    answers: tuple[ExampleAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence about a fact, with its fields in braces; said only where these are recorded and `only` fits."""

    say: str
    only: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KindTraits:
    """What is true of every fact of a kind. `safety`: no question offers to change it. `grows`: time alone makes it larger, and
    nothing smaller. `wait` says when it no longer speaks against something, {value} being the fact's value and side. `section`
    is the part of a profile in whose answers a term of the kind may stand alone, `past` the kind that records what is over;
    `denies`: such a fact says that something is not there.
    `usual` is what nearly everybody has: beyond it the plan asks whether the number is right.
    `better` is the direction of a score that is better, `matters` its smallest change that counts for the runner.
    `letter` tells such a fact to a colleague: of each place in the sentence the first clause that can be said."""

    safety: bool = False
    modifiable: str = FOUND
    grows: bool = False
    wait: str = ""
    error: MeasurementError | None = None
    shorthand: tuple[str, ...] = ()
    section: str = ""
    past: str = ""
    denies: bool = False
    matters: MeasurementError | None = None
    asking: Asking = Asking()
    letter: tuple[tuple[Clause, ...], ...] = ()
    usual: Range | None = None
    better: str = ""  # HIGHER or LOWER, "" where neither is


@dataclass(frozen=True, slots=True)
class TermTraits:
    """What is true of one term: `safety` and `wait` as for a kind; asked only where `only_if` and `unless` allow it, and never
    as one of the kinds `not_as`; `sideless`: it has no left and right. `patient` is how a runner is told it, `letter` how a
    colleague; `lights` say of a pain limit what is green, amber and red."""

    safety: bool = False
    wait: str = ""
    only_if: tuple[Entry, ...] = ()
    unless: tuple[Entry, ...] = ()
    not_as: tuple[str, ...] = ()
    sideless: bool = False
    patient: str = ""
    letter: str = ""
    lights: tuple[str, ...] = ()
