"""The tree of reasons under a statement of the plan, down to what was recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stridewise.inference.evaluation import Evaluation, describe_condition
from stridewise.language.condition import Condition
from stridewise.language.fact import Fact
from stridewise.plan.model import Because
from stridewise.session import Session

MAX_TREE = 500  # reasons of one item that are told in full each time


@dataclass(frozen=True, slots=True)
class Reason:
    """One justification. `absent` is what it takes as not being so, with where that was answered or "assumed"; `below` are
    the reasons of its concluded facts."""

    because: Because
    absent: tuple[str, ...] = ()
    below: tuple["Reason", ...] = ()


def walk(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """Every reason of a tree, from the top down."""
    for reason in reasons:
        yield reason
        yield from walk(reason.below)


class Tree:
    """Reasons with the reasons below them. A fact is explained wherever it is used, but not within its own explanation; and in
    a tree past all bounds once only."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.told: set[Fact] = set()
        self.size = 0

    def reason(self, because: Because, above: frozenset[Fact] = frozenset()) -> Reason:
        """A reason and, for each concluded fact, the reasons for that."""
        below: list[Reason] = []
        self.size += 1
        memory, explainer = self.session.situation.memory, self.session.situation.explainer
        for used in because.facts:
            facts = [fact for fact in memory.derivations if is_shown_as(fact, used.fact) and fact not in above]
            facts = [fact for fact in facts if self.size <= MAX_TREE or fact not in self.told]
            self.told.update(facts)
            below += [self.reason(reason, above.union(facts)) for reason in explainer.reasons(facts)]
        return Reason(because, tuple(_absent(self.session, because.rule)), tuple(below))


def _absent(session: Session, rule_id: str) -> Iterator[str]:
    """What the rule takes as not being so, and how it knows."""
    rule = session.situation.program.rule(rule_id)
    evaluation = Evaluation(session.situation.program, session.situation.memory)
    for condition in rule.conditions.absents if rule else ():
        text = describe_condition(session.situation.program.vocabulary, condition)
        yield f"{text} [{_known_absent(evaluation, condition)}]"


def _known_absent(evaluation: Evaluation, condition: Condition) -> str:
    if evaluation.program.vocabulary.kinds[condition.kind].mode == "closed":
        return "asked, no"
    open_rules = any(evaluation.could_fire(rule) for rule in evaluation.program.suppliers.of(condition))
    return "not concluded, assumed: a fact for it was not recorded" if open_rules else "not concluded"


def is_shown_as(fact: Fact, shown: dict[str, Any]) -> bool:
    """Is a fact what a reader was shown, where left and right may be shown as both?"""
    mapping = fact.as_mapping()
    return mapping.keys() == shown.keys() and all(
        value == shown[name] or shown[name] == "both" for name, value in mapping.items()
    )
