"""What keeps an exercise out of this plan: vetoes and precautions, gates, equipment, what the runner cannot do, and what
stands in its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from stridewise.documents.sentences import sentence
from stridewise.explain.goal import EXERCISE, METRIC, RULE, STAGE, TARGET, PlanGoal, held_by
from stridewise.explain.safety import waits
from stridewise.inference.evaluation import describe_condition
from stridewise.language.exercise import Exercise, ruled_out
from stridewise.language.pathway import Pathway
from stridewise.language.rule import Avoid, Selector
from stridewise.language.vocabulary import SIDES
from stridewise.plan.model import Because
from stridewise.planning.companions import goes_with, partners
from stridewise.planning.pathways import Standing, criteria, standings
from stridewise.planning.situation import Situation
from stridewise.planning.stops import STOPPED_DEMANDS
from stridewise.planning.vetoes import selects, unguided_pain
from stridewise.recommendation.collect import Recommendation
from stridewise.session import Session

VETO, PRECAUTION, PREFERENCE, GATE, PRACTICE, PLACE = "veto", "precaution", "preference", "gate", "practice", "place"
WORDS = {VETO: "Kept out", PRECAUTION: "Left out as a precaution", PREFERENCE: "Another exercise suits better"}


@dataclass(frozen=True, slots=True)
class ItemObstacle:
    """One thing in the way. `kind` is veto, precaution, preference, gate, practice (equipment, positions) or place (no room,
    or something else serves)."""

    kind: str
    text: str
    because: tuple[Because, ...] = ()
    wait_for: tuple[str, ...] = ()


def obstacles(session: Session, goal: PlanGoal) -> tuple[ItemObstacle, ...]:
    """Everything that stands in the way, the firmest first."""
    own = list(_of_exercise(session, session.situation.program.exercises[goal.name])) if goal.kind == EXERCISE else []
    own += [ItemObstacle(GATE, text) for text in _before_stage(session.situation, goal.name)] if goal.kind == STAGE else []
    told = [*own, *_displaced(session, goal, bool(own))]
    return tuple({(obstacle.kind, obstacle.text): obstacle for obstacle in told}.values())


def _of_exercise(session: Session, exercise: Exercise) -> Iterator[ItemObstacle]:
    for one in sorted(_speaking_against(session, exercise), key=lambda one: (_level(one), one.rule.id)):
        kind = _level(one)
        held = waits(session, one) if kind != PREFERENCE else ()
        yield ItemObstacle(kind, f"{WORDS[kind]}: {one.because.text}", (one.because,), held)
    for fact in session.situation.facts("banned_exercise", exercise.id):
        reason = str(fact.get("reason") or "").rstrip(".")
        text = f"Ruled out by the clinician{f': {reason}' if reason else ''}."
        yield ItemObstacle(VETO, text, (), ("when the clinician no longer rules it out",))
    yield from _unguided(session, exercise)
    yield from _of_practice(session, exercise)


def _unguided(session: Session, exercise: Exercise) -> Iterator[ItemObstacle]:
    """Pain in a region that no rule gives guidance for keeps new load off it."""
    labels = session.situation.program.vocabulary.terms.get("pain_regions", {})
    for region, demands in unguided_pain(session.situation, session.recommendations).items():
        if exercise.id not in session.situation.current and any(exercise.demand(name) for name in demands):
            label = labels[region].label
            yield ItemObstacle(
                VETO, f"No guidance here for pain, {label}: no new load on it.", (), (f"when the pain has settled: {label}",)
            )


def _level(recommendation: Recommendation) -> str:
    if not isinstance(recommendation.what, Avoid):
        return VETO
    return {"contraindication": VETO, "precaution": PRECAUTION}.get(recommendation.what.level, PREFERENCE)


def _speaking_against(session: Session, exercise: Exercise) -> Iterator[Recommendation]:
    """The avoidances that mean this exercise, and the referrals that stop what it asks of the body."""
    for avoidance in session.recommendations.avoid:
        what = avoidance.what.avoid
        if selects(what, exercise, session.situation.current) if isinstance(what, Selector) else what == exercise.id:
            yield avoidance
    for referral in session.recommendations.refer:
        if referral.what.stops == "all_exercise" or any(exercise.demand(name) for name in STOPPED_DEMANDS[referral.what.stops]):
            yield referral


def _of_practice(session: Session, exercise: Exercise) -> Iterator[ItemObstacle]:
    situation = session.situation
    terms = situation.program.vocabulary.terms
    if exercise.gates and exercise.id not in situation.names("earned"):
        yield ItemObstacle(GATE, f"Needs first: {' '.join(gate.earn for gate in exercise.gates)}")
    if (term := ruled_out(exercise, situation.names("cannot"))) is not None:
        yield ItemObstacle(PRACTICE, f"The runner cannot {terms['cannot_terms'][term].label}.")
    if exercise.equipment_choice(situation.equipment) is None:
        fewest = [choice for choice in exercise.equipment if not any(set(other) < set(choice) for other in exercise.equipment)]
        choices = [" and ".join(terms["equipment_items"][name].label for name in choice) for choice in fewest]
        asked = "" if situation.equipment is not None else " Equipment was not recorded, which counts as none."
        yield ItemObstacle(PRACTICE, f"It needs {' or '.join(choices)}.{asked}")


def _displaced(session: Session, goal: PlanGoal, is_told: bool) -> Iterator[ItemObstacle]:
    """What the plan says of it, and what was chosen for the targets it would serve. `is_told`: why it was set aside is told by
    what speaks against it."""
    plan, exercises = session.plan, session.situation.program.exercises
    for aside in plan.set_aside:
        if goal.name in (aside.exercise, aside.target) and not is_told:
            yield ItemObstacle(PLACE, sentence(aside.reason), aside.because)
    for swap in plan.swaps:
        if swap.avoid == goal.name:
            yield ItemObstacle(
                PLACE, f"In its place: {exercises[swap.instead].name if swap.instead else 'nothing'}.", swap.because
            )
    if goal.kind == EXERCISE:
        yield from _without_partner(session, goal.name)
        for target in sorted(
            {request.what.target for request in session.recommendations.train} & set(exercises[goal.name].targets.direct)
        ):
            serving = [item.name for item in plan.prescriptions if target in item.targets and item.exercise != goal.name]
            if serving:
                label = session.situation.program.vocabulary.terms["targets"][target].label
                yield ItemObstacle(PLACE, f"For {label} the plan already has {' and '.join(serving)}.")
    if goal.kind == RULE and goal.name in held_by(session)[RULE] and not goal.is_in(session):
        yield ItemObstacle(PLACE, "It holds, but the plan shows five warnings at most and others matter more.")
    if goal.kind in (TARGET, METRIC):
        for referral in session.recommendations.refer:
            if referral.what.stops == "all_exercise":
                yield ItemObstacle(VETO, "A referral stops all exercise.", (referral.because,), waits(session, referral))


def _without_partner(session: Session, exercise: str) -> Iterator[ItemObstacle]:
    """What it goes with is not planned."""
    planned = [session.situation.program.exercises[item.exercise] for item in session.plan.prescriptions]
    for request in session.recommendations.companions:
        named = request.what.wherever_planned
        if request.what.prescribe == exercise and not any(goes_with(request.what, one, session.situation) for one in planned):
            text = f"It goes with {partners(session.situation.program, named)}, which is not in the plan."
            yield ItemObstacle(PLACE, text, (request.because,))


# --- between a runner and a stage of a pathway -------------------------------------------------------------------------------


def _before_stage(situation: Situation, term: str) -> Iterator[str]:
    """Every criterion on the way that is not met or not known, in the order in which they are to be passed."""
    name, _, wanted = term.partition("/")
    pathway = situation.program.pathways[name]
    number = [stage.id for stage in pathway.stages].index(wanted) + 1
    held = [one for one in standings(situation) if one.pathway is pathway]
    if not held:
        asked = "; ".join(describe_condition(situation.program.vocabulary, one) for one in pathway.when.present())
        yield f"The runner is not on this pathway. It is for: {asked}."
    for standing in held:
        if standing.number > number:
            yield f"It is passed{_on(standing)}: stage {standing.number} of {len(pathway.stages)} holds."
        for before in range(standing.number, number):
            yield from _open(situation, pathway, before, standing)


def _on(standing: Standing) -> str:
    return f" on the {standing.side}" if standing.side in SIDES else ""


def _open(situation: Situation, pathway: Pathway, number: int, standing: Standing) -> Iterator[str]:
    """The criteria after one stage that are not met; left stands for both where nothing differs."""
    side = standing.side if standing.side in SIDES or standing.side is None else "left"
    where = f"Before stage {number + 1} of {len(pathway.stages)}{_on(standing)}"
    for criterion in criteria(situation, pathway, number, side):
        if criterion.met is None:
            yield f"{where}, not known: {criterion.text} {criterion.question}".rstrip()
        elif not criterion.met:
            yield f"{where}, not met: {criterion.text}"
