"""What the clinician of a profile changed in its plan, beside what stood in the plan without that: one profile's feedback to the
packs, after CDS Hooks, where each recommendation is accepted or overridden for a reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from stridewise.language.rule import Avoid, Prescribe, Train
from stridewise.language.translation import ENGLISH
from stridewise.plan.entries import reasons_of
from stridewise.plan.model import Because, Plan
from stridewise.profile.profile import Profile
from stridewise.profile.shapes import Clinician
from stridewise.program.program import Program
from stridewise.session import facts_of, recommend

ASKS_FOR = ("pin", "keep")  # what puts an exercise in; everything else about one leaves it out or changes it
ACKNOWLEDGES = "acknowledge"  # reads and accepts, and changes nothing
DOSES = ("retune",)  # about the dose, which no rule but the exercise itself gives
RULES = ("rule", "rules", "warning", "contradiction")  # where an edit names rules
CHOOSES = (Train, Prescribe, Avoid)  # what a rule says about which exercises there are
OWN = "stridewise/"  # reasons of the engine: no pack's


@dataclass(frozen=True, slots=True)
class Override:
    """One edit: the list it stands in (ban, pin, …), the exercises and rules it goes against, or acknowledges, and why, by whom
    and when."""

    kind: str
    subjects: tuple[str, ...]
    reason: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Visit:
    """One profile: the exercises and rules of its plan before the clinician's edits, what was overridden or
    acknowledged, and the edits that only asked for what stood there anyway."""

    ref: str
    day: date
    stood: frozenset[str]
    overrides: tuple[Override, ...]
    acknowledged: tuple[Override, ...]
    agreeing: int

    @property
    def edits(self) -> tuple[Override, ...]:
        """All that has a reason to be told."""
        return (*self.overrides, *self.acknowledged)


def visit_of(profile: Profile, program: Program, as_of: date, engine: str = "both") -> Visit:
    """The feedback of one profile, planned for the day it was recorded, or last edited where an edit is dated; else for `as_of`.
    Raises ProfileError with every mistake."""
    edits = profile.sections.clinician or Clinician()
    dated = [edit.date for _, edit in _edits(edits) if getattr(edit, "date", None)]
    day = max([profile.sections.recorded or as_of, *dated])
    facts_of(profile, program, day)  # mistakes in the clinician's own block are told too
    plan = recommend(_with(profile, replace(Clinician(), clear=edits.clear)), program, day, engine, ENGLISH.code)
    uncleared = recommend(_with(profile, Clinician()), program, day, engine, ENGLISH.code) if edits.clear else plan
    made = [_override(kind, edit, plan, uncleared, program, day) for kind, edit in _edits(edits)]
    told = [one for one in made if one is not None]
    return Visit(
        ref=str(profile.sections.runner.ref),
        day=day,
        stood=_stood(plan) | _rules_of(reasons_of(uncleared, ("referrals",))),
        overrides=tuple(one for one in told if one.kind != ACKNOWLEDGES),
        acknowledged=tuple(one for one in told if one.kind == ACKNOWLEDGES),
        agreeing=made.count(None),
    )


def _with(profile: Profile, edits: Clinician) -> Profile:
    return replace(profile, sections=replace(profile.sections, clinician=edits))


def _edits(clinician: Clinician) -> Iterator[tuple[str, Any]]:
    """Every edit with the name of its list."""
    for part in fields(clinician):
        for edit in getattr(clinician, part.name):
            yield part.name, edit


def _override(kind: str, edit: Any, plan: Plan, uncleared: Plan, program: Program, day: date) -> Override | None:
    """What an edit goes against; None where it asks for what is planned anyway."""
    exercise = _exercise(edit, program)
    if kind in ASKS_FOR and exercise in {one.exercise for one in plan.prescriptions}:
        return None
    subjects = {
        *_named(edit, program),
        *_behind(kind, exercise, plan, program),
        *_cleared(getattr(edit, "flag", None), uncleared),
    }
    said = getattr(edit, "reason", None) or getattr(edit, "because", None) or ""
    by, when = getattr(edit, "by", None) or "", getattr(edit, "date", None) or day
    return Override(kind, tuple(sorted(subjects | ({exercise} if exercise else set()))), said, by, when)


def _exercise(edit: Any, program: Program) -> str:
    """The exercise an edit is about, by its id of today."""
    written = getattr(edit, "exercise", None)
    return (
        ""
        if written is None
        else str(program.vocabulary.read(program.vocabulary.kinds["banned_exercise"].type, written, "exercise"))
    )


def _named(edit: Any, program: Program) -> set[str]:
    """The rules that an edit names, by their ids of today."""
    written = [getattr(edit, name, None) or () for name in RULES]
    names = {name for one in written for name in ([one] if isinstance(one, str) else one)}
    return {rule.id if (rule := program.rule(name)) else name for name in names}


def _behind(kind: str, exercise: str, plan: Plan, program: Program) -> set[str]:
    """The rules behind what an edit turns round: those that kept an exercise out, or that it was planned for; none that only set
    its dose or a fact."""
    if kind in DOSES or not exercise:
        return set()
    kept_out = (
        one for one in (*plan.swaps, *plan.set_aside) if exercise in (getattr(one, "avoid", ""), getattr(one, "exercise", ""))
    )
    planned = (one for one in plan.prescriptions if one.exercise == exercise)
    turned: Iterable[Any] = kept_out if kind in ASKS_FOR else planned
    told = _rules_of(reason for one in turned for reason in one.because)
    return {name for name in told if (rule := program.rule(name)) and any(isinstance(one, CHOOSES) for one in rule.consequents)}


def _cleared(flag: str | None, plan: Plan) -> set[str]:
    """The rules of the referrals that rest on a red flag."""
    sent = (one for one in plan.referrals if flag is not None and _rests_on(flag, one.because, plan, set()))
    return _rules_of(reason for one in sent for reason in one.because)


def _rests_on(flag: str, because: Iterable[Because], plan: Plan, seen: set[str]) -> bool:
    for fact in (fact for reason in because for fact in reason.facts):
        if fact.fact.get("red_flag") == flag:
            return True
        if fact.derived_by and (key := repr(fact.fact)) not in seen:
            seen.add(key)
            concluded = (one.because for one in plan.conclusions if one.fact == fact.fact)
            if any(_rests_on(flag, reasons, plan, seen) for reasons in concluded):
                return True
    return False


def _stood(plan: Plan) -> frozenset[str]:
    """The exercises planned, and every rule that a line of the plan names as its reason."""
    return frozenset({*_rules_of(reasons_of(plan)), *(one.exercise for one in plan.prescriptions)})


def _rules_of(reasons: Iterable[Because]) -> set[str]:
    return {reason.rule for reason in reasons if not reason.rule.startswith(OWN)}
