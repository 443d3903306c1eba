"""What every rendering says once for several items of a plan: what they share, what is asked, what was set aside for one reason,
the findings behind them. No decisions here."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from stridewise.language.fact import DETAIL
from stridewise.language.translation import fixed, say
from stridewise.plan.entries import reasons_of
from stridewise.plan.model import MEANT_MORE_OFTEN, UNSIGNED, Because, FactUsed, Plan, Prescription

FEW_QUESTIONS = 3  # on two screens
MOST_QUESTIONS = 5  # on a plan (clinic.md §5); `recommend ask` tells the rest
SAID = ("referrals", "warnings", "acknowledged", "load_adjustments", "prescriptions")  # or prescribed
NOT_RECORDED = fixed("{what} not recorded")
_ASKED_FOR = re.compile(r"(.*\?) \((.*)\)")


def name(exercise: str) -> str:
    """An exercise id for reading where only the id is at hand."""
    return exercise.replace("_", " ")


def spoken_set_aside(plan: Plan) -> list[tuple[str, str]]:
    """What was left out: the reason and the names that share it, or a single name and its reason."""
    groups: dict[str, list[str]] = {}
    for left_out in plan.set_aside:
        groups.setdefault(left_out.reason, []).append(left_out.name or name(left_out.exercise or left_out.target or ""))
    return [(reason.rstrip("."), ", ".join(names)) if len(names) > 1 else (names[0], reason) for reason, names in groups.items()]


def shared_pain_limit(plan: Plan) -> str:
    """The pain limit of most exercises, said once; "" without exercises."""
    limits = Counter(prescription.pain_limit for prescription in plan.prescriptions)
    return limits.most_common(1)[0][0] if limits else ""


def next_step(prescription: Prescription) -> str:
    """When an exercise may get harder, and how; which exercise comes then is for the review."""
    then = say("Then: {exercises}.").partition("{")[0]
    return prescription.progression.partition(f" {then}")[0]


def shared_next_step(plan: Plan) -> str:
    """What holds for all exercises as their next step, as near a race; "" where each has its own."""
    steps = {next_step(prescription) for prescription in plan.prescriptions}
    return steps.pop() if len(steps) == 1 and len(plan.prescriptions) > 1 else ""


def spoken_assumptions(plan: Plan) -> list[str]:
    """What the exercises take as not being so because it is not recorded, and what was filled in for it, each once; not what
    is asked anyway."""
    asked = {say(name(kind)) for missing in plan.missing for kind in missing.fact}
    assumed = {
        text.removesuffix(say(NOT_RECORDED).removeprefix("{what}"))
        for prescription in plan.prescriptions
        for text in prescription.assumes
    }
    unknown = sorted(assumed - asked)
    told = [say("Not recorded, and taken as not being so: {facts}.", facts="; ".join(unknown))] if unknown else []
    details = list(dict.fromkeys(_assumed_of(fact) for fact in recorded_facts(plan, reasons_of(plan, SAID)) if fact.assumed))
    if details:
        told.append(say("Assumed, because it was not recorded: {facts}.", facts="; ".join(details)))
    return told


def _assumed_of(fact: FactUsed) -> str:
    """weak gluteus medius (grade mild, side both)."""
    filled_in = [f"{say(name(attribute), DETAIL)} {say(name(str(fact.fact[attribute])))}" for attribute in fact.assumed or ()]
    return f"{fact.text.partition(', ')[0]} ({', '.join(filled_in)})"


def said_first(plan: Plan) -> list[str]:
    """The notices that must be read before the plan; the others stand in the closing block."""
    return [notice for notice in plan.notices if not _is_said_last(notice)]


def closing(plan: Plan) -> list[str]:
    """What the clinician should know and the runner need not: what was taken for granted, what is recorded and not used, what is
    meant more often than the week allows, and which guidance nobody has signed."""
    unused = "; ".join(f"{fact.text.rstrip('.')} ({fact.at})" for fact in plan.not_used)
    told = [say("Recorded, and not used in this plan: {facts}.", facts=unused)] if unused else []
    return [*spoken_assumptions(plan), *told, *filter(_is_said_last, plan.notices)]


def _is_said_last(notice: str) -> bool:
    return notice.startswith((say(MEANT_MORE_OFTEN), say(UNSIGNED)))


def spoken_questions(plan: Plan, most: int = MOST_QUESTIONS) -> list[str]:
    """Each question once, with the answers that could matter: What distance is the next race? (5 km, 10 km)"""
    groups: dict[str, list[str]] = {}
    for missing in plan.missing:
        match = _ASKED_FOR.fullmatch(missing.question)
        stem, detail = (match[1], [match[2]]) if match else (missing.question, [])
        groups.setdefault(stem, []).extend(detail)
    told = [f"{stem} ({', '.join(details)})" if details else stem for stem, details in groups.items()]
    more = len(told) - most
    return told if more <= 0 else [*told[:most], say("{number} more: recommend ask PROFILE.", number=more)]


def patient_words(because: Sequence[Because]) -> str:
    """The first reason in the runner's words; "" where no rule has any."""
    return next((reason.patient for reason in because if reason.patient), "")


def recorded_facts(plan: Plan, because: Iterable[Because]) -> list[FactUsed]:
    """What was recorded behind these reasons, through everything concluded from it, each once."""
    unique: dict[tuple[str, str | None], FactUsed] = {}
    for fact in _leaves(plan, because, set()):
        unique.setdefault((fact.text, fact.at), fact)
    return list(unique.values())


def _leaves(plan: Plan, because: Iterable[Because], seen: set[str]) -> Iterator[FactUsed]:
    for reason in because:
        for fact in reason.facts:
            key = repr(fact.fact)
            if fact.derived_by is None:
                yield fact
            elif key not in seen:
                seen.add(key)
                for conclusion in plan.conclusions:
                    if conclusion.fact == fact.fact:
                        yield from _leaves(plan, conclusion.because, seen)


def key_findings(plan: Plan) -> list[str]:
    """The findings behind the plan, those of referrals first, then of exercises, then of critical warnings and swaps."""
    sent = [fact.text for referral in plan.referrals for fact in recorded_facts(plan, referral.because)]
    firm = (warning.because for warning in plan.warnings if warning.level != "info")
    others = [*(prescription.because for prescription in plan.prescriptions), *firm, *(swap.because for swap in plan.swaps)]
    direct = [fact.text for because in others for reason in because for fact in reason.facts if fact.derived_by is None]
    return list(dict.fromkeys([*sent, *direct]))
