"""What the rules recommend, before anything is settled: each consequent of each firing, with its reason."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from stridewise.language.fact import split_sides
from stridewise.language.rule import Adjust, Avoid, Consequent, Prescribe, Refer, Rule, Train, Warn
from stridewise.plan.model import Because, Conclusion
from stridewise.program.program import Program, once
from stridewise.recommendation.reasons import Explainer, Firing, firings, merge_sides


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One consequent with its variables filled in, and why. `rule` and `firing` serve to settle conflicts."""

    what: Any
    because: Because
    firing: Firing

    @property
    def rule(self) -> Rule:
        return self.firing.rule


@dataclass(frozen=True, slots=True)
class Recommendations:
    """All of them by what they are, each list in the order of rule ids; `companions` are prescribed wherever something else is
    planned."""

    train: tuple[Recommendation, ...]
    prescribe: tuple[Recommendation, ...]
    companions: tuple[Recommendation, ...]
    avoid: tuple[Recommendation, ...]
    warn: tuple[Recommendation, ...]
    adjust: tuple[Recommendation, ...]
    refer: tuple[Recommendation, ...]
    conclusions: tuple[Conclusion, ...]


def collect(explainer: Explainer) -> Recommendations:
    """Every recommendation the fired rules make, each with the reason that the explainer gives."""
    by_kind = {kind: recommended(kind, explainer) for kind in (Train, Prescribe, Avoid, Warn, Adjust, Refer)}
    by_name = [one for one in by_kind[Prescribe] if one.what.wherever_planned is None]
    return Recommendations(
        train=by_kind[Train],
        prescribe=tuple(by_name),
        avoid=by_kind[Avoid],
        warn=by_kind[Warn],
        adjust=by_kind[Adjust],
        companions=tuple(one for one in by_kind[Prescribe] if one.what.wherever_planned is not None),
        refer=by_kind[Refer],
        conclusions=_conclusions(explainer),
    )


def recommended(kind: type, explainer: Explainer) -> tuple[Recommendation, ...]:
    """The recommendations of one kind, in the order of rule ids."""
    asking = _rules_asking(explainer.program).get(kind, ())
    fired = [activation for activation in explainer.memory.activations if activation.rule.id in asking]
    return tuple(
        Recommendation(_filled(consequent, firing, explainer), explainer.because(firing), firing)
        for firing in firings(fired)
        for consequent in firing.rule.consequents
        if isinstance(consequent, kind)
    )


@once
def _rules_asking(program: Program) -> dict[type, set[str]]:
    """A kind of consequent → the ids of the rules that recommend anything of it."""
    asking: dict[type, set[str]] = defaultdict(set)
    for rule in program.rules:
        for item in rule.consequents:
            asking[type(item)].add(rule.id)
    return dict(asking)


def _filled(consequent: Consequent, firing: Firing, explainer: Explainer) -> Any:
    """The consequent with `$variables` replaced and its texts rendered."""
    changes: dict[str, Any] = {}
    for name in ("side", "target", "prescribe"):
        value = getattr(consequent, name, None)
        if isinstance(value, str) and value.startswith("$"):
            changes[name] = str(firing.binding[value[1:]])
    for name in ("warn", "text", "keeps", "loses", "until"):
        text = getattr(consequent, name, "")
        if text and (told := explainer.rendered(text, firing)) != text:
            changes[name] = told
    return replace(consequent, **changes) if changes else consequent


def _conclusions(explainer: Explainer) -> tuple[Conclusion, ...]:
    """Every derived fact with all its justifications; what is earned or reached is told by the planner instead."""
    derivations_of = explainer.memory.derivations
    facts = [fact for fact in derivations_of if fact.kind not in ("earned", "reached")]
    merged = merge_sides(facts, lambda f: sorted({d.rule.id for d in derivations_of[f]}))
    return tuple(Conclusion(fact=fact.as_mapping(), because=explainer.reasons(split_sides(fact))) for fact in merged)
