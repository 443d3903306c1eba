"""What the audit of a finished plan is told: plain values from the record, the rules that fired and the program, none of them
from planning."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from stridewise.inference.evaluation import Evaluation
from stridewise.inference.memory import WorkingMemory
from stridewise.language.condition import Binding, Within, put_in
from stridewise.language.exercise import ruled_out
from stridewise.language.fact import VALUE
from stridewise.language.pathway import SIDE, Pathway
from stridewise.language.rule import Avoid, Prescribe, Rule
from stridewise.plan.audit.known import Companion, Demands, Known, RuledOut
from stridewise.program.program import Program, once
from stridewise.recommendation.collect import Recommendations


def known(program: Program, memory: WorkingMemory, recommendations: Recommendations) -> Known:
    """What is known of one runner and of the exercises."""
    exercises = program.exercises
    cannot, earned, banned = (frozenset(map(str, memory.values(kind))) for kind in ("cannot", "earned", "banned_exercise"))
    vetoes = [item.what for item in recommendations.avoid if item.what.level == "contraindication"]
    return Known(
        **_of_program(program),
        ruled_out=tuple(map(_ruled_out, vetoes)),
        companions=tuple(_companion(item.what) for item in recommendations.companions),
        closed=banned | {name for name, exercise in exercises.items() if ruled_out(exercise, cannot)},
        locked=frozenset(name for name, exercise in exercises.items() if exercise.gates and name not in earned),
        current=frozenset(map(str, memory.values("current_exercise"))),
        equipment=frozenset(map(str, memory.values("equipment"))),
        sore=frozenset(map(str, memory.values("pain"))),
        highest=_highest(program, memory),
        firm=frozenset(_firm(memory, recommendations)),
        critical=tuple(item.rule.id for item in recommendations.warn if item.what.level == "critical" and not item.what.about),
    )


def _highest(program: Program, memory: WorkingMemory) -> dict[tuple[str, str | None], int]:
    """Pathway and side → the last stage up to which every criterion holds, counted from what the pathway asks for."""
    evaluation = Evaluation(program, memory)
    on_way = {str(value).partition("/")[0] for value in memory.values("stage")}
    return {
        (name, side): _counted(evaluation, program.pathways[name], {SIDE: side} if side else {})
        for name in on_way & set(program.pathways)
        for side in (("left", "right") if program.pathways[name].sided else (None,))
    }


def _counted(evaluation: Evaluation, pathway: Pathway, side: Binding) -> int:
    if not evaluation.fires(put_in(pathway.when, side)):
        return 0
    number = 1
    for before, after in pairwise(pathway.stages):
        asked = [*(criterion.conditions for criterion in before.exit), after.enter]
        if not all(evaluation.fires(put_in(conditions, side)) for conditions in asked):
            break
        number += 1
    return number


@once
def _of_program(program: Program) -> dict[str, Any]:
    exercises, terms = program.exercises, program.vocabulary.terms
    return {
        "demands": {name: exercise.asked for name, exercise in exercises.items()},
        "kits": {name: exercise.equipment for name, exercise in exercises.items()},
        "names": {name: exercise.name for name, exercise in exercises.items()},
        "loads": {name: term.demands for name, term in terms.get("pain_regions", {}).items()},
        "tests": _tests(program),
        "clear_days": max(map(_clear_days, program.rules), default=0),
    }


def _tests(program: Program) -> dict[str, Demands]:
    """What a test asks, by the words that name it."""
    return {kind.label.partition("{")[0].strip(" :,"): kind.demands for kind in program.vocabulary.kinds.values() if kind.demands}


def _ruled_out(avoid: Avoid) -> RuledOut:
    what = avoid.avoid
    return RuledOut(what) if isinstance(what, str) else RuledOut(None, what.demand, what.above, what.new)


def _firm(memory: WorkingMemory, recommendations: Recommendations) -> Iterator[str]:
    """The rules that are critical, or that rest on a red flag or a sign however far back."""
    for name in ("warn", "avoid", "train", "prescribe", "adjust", "refer"):
        for item in getattr(recommendations, name):
            rests = any(fact.kind in ("red_flag", "sign") for fact in memory.behind(item.firing.premises))
            if rests or name == "refer" or getattr(item.what, "level", "") == "critical":
                yield item.rule.id


def _companion(what: Prescribe) -> Companion:
    named = what.wherever_planned
    if named is None or isinstance(named, tuple):
        return Companion(what.prescribe, frozenset(named or ()))
    return Companion(what.prescribe, frozenset(), named.demand, named.above, named.new)


def _clear_days(rule: Rule) -> int:
    """The days before a race that a rule keeps clear on the distance to the race alone."""
    if not any(item.kind == "race_window" and (VALUE, "clear_days") in item.values for item in rule.conclusions):
        return 0
    asked = list(rule.conditions.every())
    test = asked[0].value if len(asked) == 1 and asked[0].kind == "days_to_race" else None
    return int(test.high) if isinstance(test, Within) and test.high is not None and not test.open_ends else 0
