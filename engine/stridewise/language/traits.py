"""What the vocabulary says of its kinds and terms beyond their names, so that the engine needs no list of them: what may be
changed, how and of whom something is asked, what to wait for, how far a test can be wrong, how it is jotted down.

`asked_if` and `asked_unless` are conditions as written, in the one notation; they are read where the vocabulary is, to be
checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from stridewise.documents.fitting import Before
from stridewise.documents.shape import Count, Flag, Number, Range

Entry = Mapping[str, Any]  # a condition or a fact as it is written
Modifiable = Literal["found", "earned", "arranged", "reported", "diagnosed", "fixed"]
Group = Literal["safety", "everyday", "history", "examination", "never"]
Section = Literal["findings", "symptoms", "history", "diagnosis", "scores"]
Direction = Literal["higher", "lower"]
HIGHER, LOWER = "higher", "lower"
FOUND, EARNED, ARRANGED, REPORTED, DIAGNOSED, FIXED = "found", "earned", "arranged", "reported", "diagnosed", "fixed"
SAFETY, EVERYDAY, HISTORY, EXAMINATION, NEVER = "safety", "everyday", "history", "examination", "never"
UNRANKED = 1000  # behind every question that has a rank


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementError:
    """The largest difference that may be the test and not the runner, in the kind's unit. `source` is a key of the packs'
    sources; `verified` says whether the figure was checked there."""

    largest: Number
    source: str
    verified: Flag = False
    text: str


@dataclass(frozen=True, slots=True)
class ExampleAnswer:
    """One answer worth trying, in words, and the fact that it states."""

    answer: str
    states: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence about a fact, with its fields in braces; said only where these are recorded and `only` fits."""

    say: str
    only: tuple[tuple[str, str], ...] = ()


def _place(written: Any) -> tuple[Clause, ...]:
    """What may stand in one place of a sentence: a clause, or several to choose from."""
    return tuple(map(_clause, written if isinstance(written, list | tuple) else [written]))


def _clause(written: Any) -> Clause:
    """A text, or one with the values it is for: {say: present at night, only: {night: yes}}. Raises ValueError."""
    if isinstance(written, str):
        return Clause(written)
    if not isinstance(written, dict) or set(written) != {"say", "only"} or not isinstance(written["only"], dict):
        raise ValueError("expected a text, or {say: text, only: {attribute: value}}, or a list of these")
    return Clause(str(written["say"]), tuple((name, _as_recorded(value)) for name, value in written["only"].items()))


def _as_recorded(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class KindTraits:
    """What is true of every fact of a kind. `safety`: no question offers to change it. `grows`: time alone makes it larger, and
    nothing smaller. `wait` says when it no longer speaks against something, {value} being the fact's value and side. `section`
    is the part of a profile in whose answers a term of the kind may stand alone, `past` the kind that records what is over;
    `denies` are the kinds of which such a fact says that they are not there. `matters` is the smallest change that counts for
    the runner, `better` the direction of a score that is better, `usual` what nearly everybody has: beyond it the plan asks
    whether the number is right. `letter` tells such a fact to a colleague: of each place in the sentence the first clause that
    can be said.

    `asked` is the group of the question about it, `further_asked` that where something of it is recorded; it is put in the words
    of `question_first` or `question_further` where there are any, and ranked questions stand first in their group."""

    safety: Flag | None = None
    modifiable: Modifiable | None = None
    grows: Flag = False
    wait: str = ""
    error: MeasurementError | None = None
    shorthand: tuple[str, ...] = ()
    section: Section | None = None
    past: str = ""
    denies: tuple[str, ...] = ()
    matters: MeasurementError | None = None
    asked: Group = "examination"
    asked_rank: Count = UNRANKED
    asked_if: tuple[dict[str, Any], ...] = ()
    asked_unless: tuple[dict[str, Any], ...] = ()
    further_asked: Group | None = None
    question_first: str = ""
    question_further: str = ""
    answers: tuple[ExampleAnswer, ...] = ()
    letter: tuple[Annotated[Any, Before(_place)], ...] = ()  # clauses
    better: Direction | None = None
    usual: Range | None = None


@dataclass(frozen=True, slots=True)
class TermTraits:
    """What is true of one term: `safety` and `wait` as for a kind; asked only where `asked_if` and `asked_unless` allow it, and
    never as one of the kinds `not_asked_as`; `sideless`: it has no left and right. `patient` is how a runner is told it,
    `letter` how a colleague; `lights` say of a pain limit what is green, amber and red."""

    safety: Flag = False
    wait: str = ""
    asked_if: tuple[dict[str, Any], ...] = ()
    asked_unless: tuple[dict[str, Any], ...] = ()
    not_asked_as: tuple[str, ...] = ()
    sideless: Flag = False
    patient: str = ""
    letter: str = ""
    lights: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.lights) not in (0, 3):
            raise ValueError("lights: expected three texts: green, amber, red")
