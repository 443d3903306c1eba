"""What two plans of one runner differ in for safety: referrals, exercises that are ruled out, warnings. Nothing counts as lost
where the same is said under another rule's name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stridewise.authoring.population.effect import Effect
from stridewise.plan.model import Because, Plan, Referral
from stridewise.planning.referrals import URGENCIES
from stridewise.planning.stops import STOPS
from stridewise.planning.vetoes import KeptOut, kept_out_by_rules
from stridewise.planning.warnings import WARNING_LEVELS
from stridewise.session import Session

AVOIDED = ("contraindication", "precaution")


def safety_effects(before: Session | None, after: Session | None) -> Iterator[Effect]:
    """What is lost and new for safety; None is a version that makes no plan, so that all the other says counts."""
    old, new = (None if one is None else one.plan for one in (before, after))
    yield from _referrals(_sent(old), _sent(new))
    yield from _warnings(_warned(old), _warned(new))
    if before is not None and after is not None:
        yield from _avoided(before, after)


# --- referrals ----------------------------------------------------------------------------------------------------


def _sent(plan: Plan | None) -> dict[str, list[Referral]]:
    """The referrals of a plan by whom they lead to."""
    by_addressee: dict[str, list[Referral]] = {}
    for referral in plan.referrals if plan is not None else ():
        by_addressee.setdefault(referral.to, []).append(referral)
    return by_addressee


def _referrals(old: Mapping[str, Sequence[Referral]], new: Mapping[str, Sequence[Referral]]) -> Iterator[Effect]:
    for to in sorted(old.keys() | new.keys()):
        if to not in new:
            yield Effect("referral_lost", _spoken(old[to]), _urgency(old[to]), "", _rules(old[to]))
        elif to not in old:
            yield Effect("referral_new", _spoken(new[to]), _urgency(new[to]), "", _rules(new[to]))
        else:
            yield from _same_addressee(old[to], new[to])


def _same_addressee(old: Sequence[Referral], new: Sequence[Referral]) -> Iterator[Effect]:
    """Weaker in either is weaker, whatever else is stricter."""
    was, now = (_urgency(old), _stops(old)), (_urgency(new), _stops(new))
    moved = f"{_spoken(old)} → {_spoken(new)}"
    differing = tuple(sorted({*_rules(old)} ^ {*_rules(new)})) or _rules(old)
    if now[0] > was[0] or now[1] > was[1]:
        yield Effect("referral_weaker", moved, was[0], "", differing)
    elif now != was:
        yield Effect("referral_stricter", moved, now[0], "", differing)
    kept = {text for one in _reasons(new) for text in (one.rule, one.text)}
    if gone := sorted({one.rule for one in _reasons(old) if one.rule not in kept and one.text not in kept}):
        yield Effect("reason_lost", _spoken(old), was[0], ", ".join(gone), tuple(gone))


def _urgency(sent: Iterable[Referral]) -> int:
    return min(URGENCIES.index(one.urgency) for one in sent)


def _stops(sent: Iterable[Referral]) -> int:
    return min(STOPS.index(one.stops) for one in sent)


def _spoken(sent: Sequence[Referral]) -> str:
    urgency, stops = URGENCIES[_urgency(sent)].replace("_", " "), STOPS[_stops(sent)].replace("_", " ")
    return f"{sent[0].addressee}, {urgency}, stops {stops}"


def _reasons(sent: Iterable[Referral]) -> list[Because]:
    return [because for one in sent for because in one.because]


def _rules(sent: Iterable[Referral]) -> tuple[str, ...]:
    return tuple(sorted({because.rule for because in _reasons(sent)}))


# --- warnings -----------------------------------------------------------------------------------------------------

Warned = Sequence[tuple[int, str, tuple[str, ...]]]  # how grave (0 critical), what is said, by which rules
UNSAID = len(WARNING_LEVELS)


def _warned(plan: Plan | None) -> Warned:
    """The warnings of a plan, those that a clinician has acknowledged too."""
    found = plan.all_warnings if plan is not None else ()
    return [
        (WARNING_LEVELS.index(one.level), one.text, tuple(dict.fromkeys(because.rule for because in one.because)))
        for one in found
        if one.level is not None
    ]


def _warnings(old: Warned, new: Warned) -> Iterator[Effect]:
    for rule, was, now in _graver(old, new):
        yield Effect("warning_lost", f"{rule} ({_levels(was, now)})", was, "", (rule,))
    for rule, now, was in _graver(new, old):
        yield Effect("warning_new", f"{rule} ({_levels(was, now)})", now, "", (rule,))


def _graver(these: Warned, others: Warned) -> Iterator[tuple[str, int, int]]:
    """What these warn of and the others do not, or less gravely: by rule, or by what is said."""
    there: dict[str, int] = {}
    for level, text, rules in others:
        for name in (*rules, text):
            there[name] = min(level, there.get(name, UNSAID))
    for level, text, rules in these:
        for rule in rules:
            if (other := min(there.get(rule, UNSAID), there.get(text, UNSAID))) > level:
                yield rule, level, other


def _levels(was: int, now: int) -> str:
    return " → ".join(WARNING_LEVELS[level] for level in (was, now) if level < UNSAID)


# --- exercises that rules keep out --------------------------------------------------------------------------------


def _avoided(before: Session, after: Session) -> Iterator[Effect]:
    """Exercises that one version keeps out, and the other not or less firmly, as long as both know them."""
    old, new = _kept_out(before), _kept_out(after)
    known = before.situation.program.exercises.keys() & after.situation.program.exercises.keys()
    planned = {one.exercise for one in after.plan.prescriptions}
    for exercise in sorted((old.keys() | new.keys()) & known):
        (was, rules), (now, others) = old.get(exercise, NOT_AT_ALL), new.get(exercise, NOT_AT_ALL)
        if was < now:
            is_planned = exercise in planned
            detail = "and the plan holds it now" if is_planned else ""
            yield Effect(f"{AVOIDED[was]}_lost", exercise, int(not is_planned), detail, rules)
        elif now < was:
            yield Effect(f"{AVOIDED[now]}_new", exercise, 0, "", others)


NOT_AT_ALL: tuple[int, tuple[str, ...]] = (len(AVOIDED), ())


def _kept_out(session: Session) -> dict[str, tuple[int, tuple[str, ...]]]:
    """The exercises kept out, how firmly (0: a contraindication), and by which rules."""
    found = kept_out_by_rules(session.situation, session.recommendations)
    return {exercise: (AVOIDED.index(one.level), _firmest(one)) for exercise, one in found.items() if one.level in AVOIDED}


def _firmest(one: KeptOut) -> tuple[str, ...]:
    """The rules that speak as firmly as anything does."""
    return tuple(sorted({objection.because.rule for objection in one.objections if objection.level == one.level}))
