"""Gates that nobody can meet: the exercise behind one is never earned, whatever a runner shows."""

from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, Subject, check
from stridewise.authoring.checks.logic import contradiction
from stridewise.authoring.checks.reachability import reachable_rules, unsupplied
from stridewise.language.rule import Rule


@check("closed-gate")
def closed_gates(subject: Subject) -> Iterator[Finding]:
    """Some runner can meet all gates of an exercise together."""
    reached = reachable_rules(subject.program)
    gates = {rule.place: rule for rule in subject.program.rules if any(c.kind == "earned" for c in rule.conclusions)}
    for written in subject.exercises:
        rule = gates.get(written.place)
        if rule is not None and rule.id not in reached:
            message = f"{written.item.id} can never be earned: {_why(subject, rule, reached)}."
            yield Finding("error", written.at("gates"), message, "Mend or remove a condition of its gates.")


def _why(subject: Subject, rule: Rule, reached: frozenset[str]) -> str:
    reason = contradiction(subject.program.vocabulary, rule.conditions)
    return reason or f"no rule concludes {unsupplied(subject.program, rule, reached)} as its gates ask"
