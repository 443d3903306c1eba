"""What keeps an exercise out of this plan: vetoes and precautions, gates, equipment, what the runner cannot do, and what
stands in its place."""

from collections.abc import Iterator

from stridewise.documents.frozen import frozen
from stridewise.explain.goal import EXERCISE, METRIC, RULE, TARGET, Wanted
from stridewise.explain.safety import waits
from stridewise.language.exercise import Exercise, ruled_out
from stridewise.language.rule import Avoid, Selector
from stridewise.plan.model import Because
from stridewise.planning.stops import STOPPED_DEMANDS
from stridewise.planning.vetoes import selects, unguided_pain
from stridewise.recommendation.collect import Recommendation
from stridewise.session import Session

VETO, PRECAUTION, PREFERENCE, GATE, PRACTICE, PLACE = "veto", "precaution", "preference", "gate", "practice", "place"


@frozen
class Obstacle:
    """One thing in the way. `kind` is veto, precaution, preference, gate, practice (equipment, positions) or place (no room,
    or something else serves)."""

    kind: str
    text: str
    because: tuple[Because, ...] = ()
    wait_for: tuple[str, ...] = ()


def obstacles(session: Session, wanted: Wanted) -> tuple[Obstacle, ...]:
    """Everything that stands in the way, the firmest first."""
    found = list(_of_exercise(session, session.situation.program.exercises[wanted.name])) if wanted.kind == EXERCISE else []
    return tuple({(one.kind, one.text): one for one in (*found, *_displaced(session, wanted))}.values())


def _of_exercise(session: Session, exercise: Exercise) -> Iterator[Obstacle]:
    against = sorted(speaking_against(session, exercise), key=lambda one: (_level(one), one.rule.id))
    for one in against:
        words = {VETO: "Kept out", PRECAUTION: "Held back as a precaution", PREFERENCE: "Another exercise suits better"}
        kind = _level(one)
        held = waits(session, one) if kind != PREFERENCE else ()
        yield Obstacle(kind, f"{words[kind]}: {one.because.text}", (one.because,), held)
    for fact in session.situation.facts("banned_exercise", exercise.id):
        reason = str(fact.get("reason") or "").rstrip(".")
        text = f"Ruled out by the clinician{f': {reason}' if reason else ''}."
        yield Obstacle(VETO, text, (), ("when the clinician no longer rules it out",))
    yield from _unguided(session, exercise)
    yield from _of_practice(session, exercise)


def _unguided(session: Session, exercise: Exercise) -> Iterator[Obstacle]:
    """Pain in a region that no rule gives guidance for keeps new load off it."""
    labels = session.situation.program.vocabulary.terms.get("pain_regions", {})
    for region, demands in unguided_pain(session.situation, session.recommendations).items():
        if exercise.id not in session.situation.current and any(exercise.demand(name) for name in demands):
            label = labels[region].label
            yield Obstacle(
                VETO, f"No guidance here for pain, {label}: no new load on it.", (), (f"when the pain has settled: {label}",)
            )


def _level(one: Recommendation) -> str:
    if not isinstance(one.what, Avoid):
        return VETO
    return {"contraindication": VETO, "precaution": PRECAUTION}.get(one.what.level, PREFERENCE)


def speaking_against(session: Session, exercise: Exercise) -> list[Recommendation]:
    """The avoidances that mean this exercise, and the referrals that stop what it asks of the body."""
    current = session.situation.current
    found = [one for one in session.recommendations.avoid if _means(one.what, exercise, current)]
    for one in session.recommendations.refer:
        if one.what.stops == "all_exercise" or any(exercise.demand(name) for name in STOPPED_DEMANDS[one.what.stops]):
            found.append(one)
    return found


def _means(what: Avoid, exercise: Exercise, current: frozenset[str]) -> bool:
    return selects(what.avoid, exercise, current) if isinstance(what.avoid, Selector) else what.avoid == exercise.id


def _of_practice(session: Session, exercise: Exercise) -> Iterator[Obstacle]:
    situation = session.situation
    terms = situation.program.vocabulary.terms
    if exercise.gates and exercise.id not in situation.names("earned"):
        yield Obstacle(GATE, f"Not earned yet: {' '.join(gate.earn for gate in exercise.gates)}")
    if (term := ruled_out(exercise, situation.names("cannot"))) is not None:
        yield Obstacle(PRACTICE, f"The runner cannot {terms['cannot_terms'][term].label}.")
    if exercise.equipment_choice(situation.equipment) is None:
        fewest = [one for one in exercise.equipment if not any(set(other) < set(one) for other in exercise.equipment)]
        choices = [" and ".join(terms["equipment_items"][name].label for name in choice) for choice in fewest]
        asked = "" if situation.equipment is not None else " Equipment was not recorded, which counts as none."
        yield Obstacle(PRACTICE, f"It needs {' or '.join(choices)}.{asked}")


def _displaced(session: Session, wanted: Wanted) -> Iterator[Obstacle]:
    """What the plan says of it, and what was chosen for the targets it would serve."""
    plan, exercises = session.plan, session.situation.program.exercises
    for aside in plan.set_aside:
        if wanted.name in (aside.exercise, aside.target) and not _is_told(session, wanted):
            yield Obstacle(PLACE, f"{aside.reason[:1].upper()}{aside.reason[1:].rstrip('.')}.", aside.because)
    for swap in plan.swaps:
        if swap.avoid == wanted.name:
            yield Obstacle(PLACE, f"In its place: {exercises[swap.instead].name if swap.instead else 'nothing'}.", swap.because)
    if wanted.kind == EXERCISE:
        for target in sorted(
            {one.what.target for one in session.recommendations.train} & set(exercises[wanted.name].targets.direct)
        ):
            serving = [one.name for one in plan.prescriptions if target in one.targets and one.exercise != wanted.name]
            if serving:
                label = session.situation.program.vocabulary.terms["targets"][target].label
                yield Obstacle(PLACE, f"For {label} the plan already has {' and '.join(serving)}.")
    if wanted.kind == RULE and wanted.fired(session) and not wanted.is_in(session):
        yield Obstacle(PLACE, "It holds, but the plan shows five warnings at most and others matter more.")
    if wanted.kind in (TARGET, METRIC):
        for one in session.recommendations.refer:
            if one.what.stops == "all_exercise":
                yield Obstacle(VETO, "A referral stops all exercise.", (one.because,), waits(session, one))


def _is_told(session: Session, wanted: Wanted) -> bool:
    """Its being set aside is already told by what speaks against it or by its gate."""
    if wanted.kind != EXERCISE:
        return False
    return any(True for _ in _of_exercise(session, session.situation.program.exercises[wanted.name]))
