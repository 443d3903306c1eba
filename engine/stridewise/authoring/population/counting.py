"""Count runner by runner. What is held grows with the packs and with the runners asked to be named, never with the population."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter

from stridewise.authoring.firing import Standing, touched_rules
from stridewise.authoring.population.compared import Compared, Planned, Rules
from stridewise.authoring.population.effect import KINDS
from stridewise.authoring.population.result import EffectCount, ItemCount, Pair, PopulationDiff, RuleRate, RunnerChange
from stridewise.language.rule import Refer, Rule
from stridewise.packs.pack import RulePack
from stridewise.plan.model import REFER_FIRST
from stridewise.planning.referrals import URGENCIES
from stridewise.program.in_force import in_force
from stridewise.program.program import Program

MOST_LEFT_OUT = 100  # named of those without a plan; every one of them is told where it is met


class Tally:
    """What one version does: for how many there is a plan, how many somebody else sees first, and rule by rule."""

    def __init__(self) -> None:
        self.planned = self.refer_first = 0
        self.fired, self.named, self.referring = Counter[str](), Counter[str](), Counter[str]()

    def add(self, planned: Planned | None) -> None:
        if planned is not None:
            self.planned += 1
            self.refer_first += planned.status == REFER_FIRST
            self.fired.update(planned.fired)
            self.named.update(planned.named)
            self.referring.update(planned.referring)


class Counting:
    """Takes in one runner after the other, in the order of the input. `most` changed runners are kept by code, the gravest."""

    def __init__(self, old: Program, new: Program, packs: tuple[RulePack, RulePack], as_of: date, most: int) -> None:
        self.old, self.new, self.as_of, self.most = in_force(old, as_of), in_force(new, as_of), as_of, most
        self.packs = tuple(dict.fromkeys(pack.name for pack in packs))
        self.touched = touched_rules(*packs, old, new)
        self.before, self.after = Tally(), Tally()
        self.starts, self.stops = Counter[str](), Counter[str]()
        self.compared = self.changed = self.affected = self.no_plan = 0
        self.left_out: list[str] = []
        self.effects = Counter[str]()
        self.items: dict[str, Counter[str]] = defaultdict(Counter)
        self.gravest: list[tuple[tuple[tuple[int, int], int], RunnerChange]] = []

    def leave_out(self, name: str) -> None:
        """One more for whom neither version makes a plan."""
        self.no_plan += 1
        if len(self.left_out) < MOST_LEFT_OUT:
            self.left_out.append(name)

    def add(self, one: Compared) -> None:
        """One more runner."""
        self.compared += 1
        self.before.add(one.before)
        self.after.add(one.after)
        was, now = _fired(one.before), _fired(one.after)
        self.starts.update(now - was)
        self.stops.update(was - now)
        self.changed += one.is_changed
        self.effects.update({effect.kind for effect in one.effects})
        for kind, item in {(effect.kind, effect.item) for effect in one.effects}:
            self.items[kind][item] += 1
        if one.effects:
            self._name(RunnerChange(one.ref, one.effects))

    def _name(self, change: RunnerChange) -> None:
        self.affected += 1
        insort(self.gravest, ((change.effects[0].gravity, self.affected), change), key=itemgetter(0))
        del self.gravest[self.most :]

    def result(self) -> PopulationDiff:
        """All that was counted."""
        rates = tuple(self._rates())
        here = [rate for rate in rates if rate.standing != "gone"]
        return PopulationDiff(
            packs=self.packs,
            as_of=str(self.as_of),
            profiles=self.compared + self.no_plan,
            compared=self.compared,
            no_plan=self.no_plan,
            no_plan_named=tuple(self.left_out),
            changed=self.changed,
            affected=self.affected,
            planned=Pair(self.before.planned, self.after.planned),
            refer_first=Pair(self.before.refer_first, self.after.refer_first),
            effects=tuple(self._effects()),
            rules=rates,
            never_fires=tuple(rate.rule for rate in here if not rate.fires.after),
            fires_unnamed=tuple(rate.rule for rate in here if self._is_unnamed(rate)),
            runners=tuple(change for _, change in self.gravest),
            runners_not_named=self.affected - len(self.gravest),
        )

    def _is_unnamed(self, rate: RuleRate) -> bool:
        """Does it fire, and no plan gives it as a reason? What others conclude from it no plan has to name."""
        rule = self.new.rule(rate.rule)
        return bool(rate.fires.after) and not rate.named.after and rule is not None and not rule.conclusions

    def _effects(self) -> Iterator[EffectCount]:
        for kind in KINDS:
            if self.effects[kind]:
                items = sorted(self.items[kind].items(), key=lambda pair: (-pair[1], pair[0]))
                yield EffectCount(kind, KINDS[kind], self.effects[kind], tuple(ItemCount(*pair) for pair in items))

    def _rates(self) -> Iterator[RuleRate]:
        """Every rule of either version, by id."""
        was, now = ({rule.id: rule for rule in program.rules} for program in (self.old, self.new))
        for name in sorted(was.keys() | now.keys()):
            yield self._rate(now.get(name) or was[name], self._standing(name, was, now))

    def _standing(self, name: str, was: Mapping[str, Rule], now: Mapping[str, Rule]) -> Standing:
        if name not in was or name not in now:
            return "new" if name in now else "gone"
        return self.touched.get(name, "as saved")

    def _rate(self, rule: Rule, standing: Standing) -> RuleRate:
        sent = [item.urgency for item in rule.consequents if isinstance(item, Refer)]
        return RuleRate(
            rule=rule.id,
            title=rule.title,
            standing=standing,
            urgency=min(sent, key=URGENCIES.index, default=""),
            fires=self._pair("fired", rule),
            starts=self.starts[rule.id],
            stops=self.stops[rule.id],
            named=self._pair("named", rule),
            refers=self._pair("referring", rule),
        )

    def _pair(self, counted: str, rule: Rule) -> Pair:
        before, after = (getattr(tally, counted)[rule.id] for tally in (self.before, self.after))
        return Pair(before, after)


def _fired(planned: Planned | None) -> Rules:
    return planned.fired if planned is not None else frozenset()
