"""How much of an exercise, as data: the work, the load for each kit, how far from the last possible repetition, and the steps
over the weeks. The words are made by `dosage_words`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from stridewise.documents.fitting import Before
from stridewise.documents.shape import Amount, Count, Flag, Range
from stridewise.documents.units import show

LoadKind = Literal[
    "none", "body_weight", "band", "dumbbell", "kettlebell", "barbell", "trap_bar", "machine", "cable", "backpack", "unknown"
]
How = Literal["light", "moderate", "heavy"]
WORK = ("reps", "hold_s", "distance_m")
AMOUNTS = ("sets", *WORK, "hold_each_s", "rest_s", "sessions_per_week")


def check_amount(name: str, amount: Amount | None) -> None:
    """An amount of work is more than nothing; only a rest may be none. Raises ValueError."""
    least = amount.min if isinstance(amount, Range) else amount
    if least is not None and (least < 0 or (least == 0 and name != "rest_s")):
        raise ValueError(f"{name}: expected more than 0, found {show(least)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One load: what gives it and how heavy it is. `pieces` 2 is one in each hand, `kg` a weight worked out from a test.

    A load that was written as text is kept as the note of an unknown kind: nothing is guessed from words."""

    kind: LoadKind
    how: How | None = None
    pieces: Count | None = None
    kg: Amount | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How far a set stays from the last possible repetition (`left`) or second (`left_s`); `easy` stays far from both.

    An effort that was written as text is kept as its note."""

    how: Literal["easy"] | None = None
    left: Amount | None = None
    left_s: Amount | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What changes in a dose from a week of the plan on; what it leaves out stays as it is."""

    from_week: Count
    sets: Amount | None = None
    reps: Amount | None = None
    hold_s: Amount | None = None
    how: How | None = None

    def __post_init__(self) -> None:
        for name in ("sets", "reps", "hold_s"):
            check_amount(name, getattr(self, name))
        if self.from_week < 1:
            raise ValueError("from_week: expected 1 or later")
        if self.reps is not None and self.hold_s is not None:
            raise ValueError("give one of reps, hold_s, not both")


def _loads(written: Any) -> Any:
    """One load or several in order of preference, a kind by its name alone, or text."""
    several = written if isinstance(written, list | tuple) else [] if written == "" else [written]
    return [_load(one) for one in several]


def _load(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    return {"kind": written} if written in get_args(LoadKind) else {"kind": "unknown", "note": written}


def _effort(written: Any) -> Any:
    if not isinstance(written, str) or written == "":
        return None if written == "" else written
    return {"how": "easy"} if written == "easy" else {"note": written}


class OrText(Before):
    """What may be written as text too."""

    __slots__ = ()

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, typed]}


class OrOne(Before):
    """A list that may be written as text, or as the one thing in it."""

    __slots__ = ()

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, typed["items"], typed]}


Loads = Annotated[tuple[Load, ...], OrOne(_loads)]
WrittenEffort = Annotated[Effort | None, OrText(_effort)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosage:
    """How much: exactly one of `reps`, `hold_s`, `distance_m`; `effort` in repetitions left, never a percentage of a maximum.

    `load` lists choices: the first whose equipment is at hand holds. `note` says how it is done. `rest_s` and `hold_each_s` are
    seconds, `sessions_per_week` a week; `stages` change the dose over the weeks."""

    sets: Amount | None = None
    reps: Amount | None = None
    hold_s: Amount | None = None
    distance_m: Amount | None = None
    hold_each_s: Amount | None = None
    per_side: Flag = False
    load: Loads = ()
    effort: WrittenEffort = None
    tempo: str = ""
    rest_s: Amount | None = None
    sessions_per_week: Amount | None = None
    stages: tuple[Stage, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        for name in AMOUNTS:
            check_amount(name, getattr(self, name))
        given = [name for name in WORK if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"give one of reps, hold_s, distance_m, not {' and '.join(given)}")
        weeks = [stage.from_week for stage in self.stages]
        if weeks != sorted(set(weeks)):
            raise ValueError("stages: from_week has to rise from stage to stage")

    @property
    def says_how_much(self) -> bool:
        """Is the work itself given?"""
        return any(getattr(self, name) is not None for name in WORK)

    @property
    def loading(self) -> Load | None:
        """The load that holds, or the first choice; None where none is given."""
        return self.load[0] if self.load else None


def _share(written: Any) -> Any:
    """A percentage as a share of 1."""
    number = written.removesuffix("%") if isinstance(written, str) and written.endswith("%") else ""
    if not number.isascii() or not number.isdigit() or not 0 < int(number) <= 200:
        raise ValueError("expected a percentage from 1% to 200%")
    return Decimal(int(number)) / 100


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share of a tested maximum, written as "60%"; above 100% where two legs share what one was tested for."""

    share: Decimal


def _percentage(written: Any) -> Any:
    return written if isinstance(written, Percentage) else Percentage(_share(written))


WrittenPercentage = Annotated[Percentage, OrText(_percentage)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FromTest:
    """A dose that starts from a test: each set takes this share of what the weaker side can do, never less than `at_least`;
    where the share is smaller, the exercise is too hard and `otherwise` names the easier one."""

    test: str
    share: WrittenPercentage
    at_least: Count = 1
    otherwise: str = ""
