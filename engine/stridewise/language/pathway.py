"""A pathway: rehabilitation, or a return to running, in ordered stages. Each stage says what holds while one is in it, and its
criteria say what opens the next. The highest stage whose criteria are met on record holds; what is unknown is not met."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from stridewise.documents.shape import Count, Number, Range
from stridewise.language.condition import Conditions
from stridewise.language.rule import Certainty, Strength
from stridewise.language.vocabulary import Place

RunningMode = Literal["none", "walk_run", "easy", "limited", "free"]
RUNNING_MODES: tuple[RunningMode, ...] = get_args(RunningMode)  # the most cautious first
NONE, WALK_RUN, EASY, LIMITED, FREE = RUNNING_MODES
SIDE = "side"  # the variable that a pathway's `when` may bind: its stages then hold for that side
_NAME = re.compile(r"[a-z0-9][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkRun:
    """One session: minutes of running and of walking in turn, `repeats` times."""

    run_min: Number
    walk_min: Number = Decimal(0)
    repeats: Count = 1

    def __post_init__(self) -> None:
        if self.run_min <= 0 or self.walk_min < 0 or self.repeats < 1:
            raise ValueError("expected more than 0 minutes of running, no negative walking, and at least 1 repeat")


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionShape:
    """What must be known and hold before the next stage, as written: conditions, what earns it in plain words, its question."""

    needs: Any
    earn: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageShape:
    """One stage as written; conditions and consequents are read against the vocabulary later."""

    id: str
    title: str
    plain: str
    weeks: Range | None = None
    enter: tuple[Any, ...] = ()
    running: RunningMode | None = None
    pain_limit: str | None = None
    pain_region: str | None = None
    then: tuple[Any, ...] = ()
    exit: tuple[CriterionShape, ...] = ()
    retest: tuple[str, ...] = ()
    walk_run: WalkRun | None = None
    sessions: Count | None = None
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_name(self.id)
        if self.pain_region is not None and self.pain_limit is None:
            raise ValueError("pain_region is the region that a pain_limit is for; give both, or neither")
        if self.sessions is not None and self.sessions < 1:
            raise ValueError("sessions: expected at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayShape:
    """One pathway as written."""

    id: str
    title: str
    when: tuple[Any, ...]
    stages: tuple[StageShape, ...]
    sources: tuple[str, ...]
    strength: Strength
    certainty: Certainty
    covers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_name(self.id)
        if not (self.when and self.stages):
            raise ValueError("needs at least one condition in `when`, and at least one stage")
        names = [stage.id for stage in self.stages]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f'the stage id "{twice}" stands twice; each stage has its own')


def _check_name(name: str) -> None:
    if not _NAME.match(name):
        raise ValueError(f'id: expected small letters, digits and underscores, found "{name}"')


# --- as read against a vocabulary ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Criterion:
    """What must be known and hold, in plain words, and how one asks for it; `question` may be empty."""

    conditions: Conditions
    earn: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayStage:
    """One stage. `enter` must hold besides the criteria (`exit`) of the stage before. `weeks` are usual, never a promise.
    `rules` are the ids of the rules it was compiled into: that it is reached ("" for the first), that it holds, what holds in it
    ("" where it says nothing)."""

    id: str
    title: str
    plain: str
    weeks: Range | None
    enter: Conditions
    running: RunningMode | None
    pain_limit: str | None
    pain_region: str | None
    exit: tuple[Criterion, ...]
    retest: tuple[str, ...]
    walk_run: WalkRun | None
    sessions: int | None
    rules: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A pathway of a pack, its stages in order; `when` says who is on it. It is `sided` where `when` binds $side."""

    id: str
    title: str
    when: Conditions
    stages: tuple[PathwayStage, ...]
    sources: tuple[str, ...]
    strength: Strength
    certainty: Certainty
    pack: str
    place: Place

    @property
    def sided(self) -> bool:
        return SIDE in self.when.bound

    @property
    def rules(self) -> frozenset[str]:
        """The ids of all rules it was compiled into."""
        return frozenset(name for stage in self.stages for name in stage.rules if name)

    def term(self, stage: str) -> str:
        """The value of the kinds `stage` and `reached` that means a stage of it."""
        return stage_term(self.id, stage)


def stage_term(pathway: str, stage: str) -> str:
    """A stage by its pathway and its own name."""
    return f"{pathway}/{stage}"
