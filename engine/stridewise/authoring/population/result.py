"""What two versions of the packs do over many runners, as data: the field names are the JSON. Of runners it holds codes alone."""

from dataclasses import dataclass

from stridewise.authoring.firing import Standing
from stridewise.authoring.population.effect import Effect


@dataclass(frozen=True, slots=True)
class Pair:
    """A number of runners with the one version and with the other."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class RuleRate:
    """A rule and for how many runners it fires, gives a plan one of its reasons, and refers. `starts` and `stops` are the runners
    for whom it fires with one version alone; `urgency` is the highest with which it refers, empty where it never does."""

    rule: str
    title: str
    standing: Standing
    urgency: str
    fires: Pair
    starts: int
    stops: int
    named: Pair
    refers: Pair

    @property
    def moves(self) -> bool:
        """Does it fire for somebody with one version alone, or refer more or fewer?"""
        return bool(self.starts or self.stops) or self.refers.before != self.refers.after


@dataclass(frozen=True, slots=True)
class ItemCount:
    """One thing that an effect is about, and the runners whom it concerns."""

    item: str
    runners: int


@dataclass(frozen=True, slots=True)
class EffectCount:
    """A kind of effect, the runners who have it, and what it is about, the commonest first."""

    kind: str
    text: str
    runners: int
    items: tuple[ItemCount, ...]


@dataclass(frozen=True, slots=True)
class RunnerChange:
    """A runner by code, and what changes for them, the gravest first."""

    ref: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class PopulationDiff:
    """`profiles` were read, for `compared` of them a version makes a plan; `no_plan` have none with either, the first of them
    `no_plan_named`. `changed` have another plan; `affected` are these, and those for whom a veto alone comes or goes. `runners`
    are the gravest of them, `runners_not_named` the rest. `packs` are those compared; `never_fires` and `fires_unnamed` (a
    reason in no plan; nothing is concluded by them) are rules of the new version."""

    packs: tuple[str, ...]
    as_of: str
    profiles: int
    compared: int
    no_plan: int
    no_plan_named: tuple[str, ...]
    changed: int
    affected: int
    planned: Pair
    refer_first: Pair
    effects: tuple[EffectCount, ...]
    rules: tuple[RuleRate, ...]
    never_fires: tuple[str, ...]
    fires_unnamed: tuple[str, ...]
    runners: tuple[RunnerChange, ...]
    runners_not_named: int
