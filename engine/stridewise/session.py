"""The story: one profile in, one explained plan out. Read this file first."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from stridewise.documents.arithmetic import our_arithmetic
from stridewise.errors import Problem, ProfileError
from stridewise.inference.engine import infer
from stridewise.inference.memory import WorkingMemory
from stridewise.language.translation import noting_english, speaking
from stridewise.packs.plugins import log_plan, with_further_facts
from stridewise.plan.audit.audit import check
from stridewise.plan.audit.told import check_told
from stridewise.plan.model import FIRST_YEAR, LAST_YEAR, Plan, Receipt
from stridewise.plan.receipt import digest_of_facts, digest_of_texts, receipt_of
from stridewise.plan.seal import PLACES, seal, to_values
from stridewise.plan.untranslated import saying_what_is_english
from stridewise.planning import acknowledged
from stridewise.planning.build import make_plan
from stridewise.planning.situation import Situation
from stridewise.profile.facts import Intake, take_in
from stridewise.profile.profile import Profile
from stridewise.program.in_force import in_force
from stridewise.program.languages import language_of
from stridewise.program.program import Program
from stridewise.program.safety import check_safety
from stridewise.recommendation.collect import Recommendations, collect
from stridewise.recommendation.known import known
from stridewise.recommendation.reasons import Explainer


@dataclass(frozen=True, slots=True)
class Session:
    """A plan with all it was made from, for whoever asks why."""

    plan: Plan
    situation: Situation
    recommendations: Recommendations


def recommend(profile: Profile, program: Program, as_of: date, engine: str = "both", language: str = "") -> Plan:
    """The plan for a profile on a day. Raises ProfileError, PackError or InferenceError, never returns half a plan."""
    return hold_session(profile, program, as_of, engine, language).plan


@our_arithmetic()
def hold_session(profile: Profile, program: Program, as_of: date, engine: str = "both", language: str = "") -> Session:
    """The way of the data: profile → facts → inference → recommendations → plan. No step looks back; the
    finished plan is read once more by what knows nothing of how it was made. `language` is the one that is asked for, before that
    of the profile; a plan in another language than English is the English one, told anew."""
    check_safety(program)
    program = in_force(program, as_of)
    spoken = language_of(program, language or profile.sections.language)
    intake = facts_of(profile, program, as_of)
    inference = infer(program, intake.facts, intake.answered, engine)
    known_sha256 = digest_of_facts(intake.facts, intake.answered)
    receipt = receipt_of(program, as_of, inference, profile.sha256, known_sha256)
    held = _planned(program, intake, inference.memory, receipt)
    values = to_values(held.plan, PLACES)
    check(values, known(program, inference.memory, held.recommendations))
    if spoken.is_english:
        return replace(held, plan=seal(held.plan, values))
    with speaking(spoken), noting_english() as in_english:
        notices = take_in(profile, program.vocabulary, as_of).notices
        told = _planned(program, replace(intake, notices=notices), inference.memory, receipt)
        check_told(to_values(held.plan), to_values(told.plan), spoken.code)
        receipt = replace(receipt, texts_sha256=digest_of_texts(program, spoken.code))
        return replace(told, plan=seal(saying_what_is_english(replace(told.plan, receipt=receipt), in_english)))


def _planned(program: Program, intake: Intake, memory: WorkingMemory, receipt: Receipt) -> Session:
    """What follows from what was inferred, told in the language in force."""
    explainer = Explainer(program, memory)
    recommendations = collect(explainer)
    situation = Situation(program, intake, memory, explainer)
    return Session(make_plan(situation, recommendations, receipt), situation, recommendations)


def tell(plan: Plan, program: Program) -> tuple[str, ...]:
    """Tell the plugins that keep a log of a plan that it is given out. What failed there; the plan stands."""
    return log_plan(program.plugins, lambda: to_values(plan))


def give_out(plan: Plan, program: Program) -> None:
    """Tell them of a plan that another program asked for; what failed there is told to the logger "stridewise"."""
    for said in tell(plan, program):
        import logging

        logging.getLogger("stridewise").error(said)


def checked_day(day: date) -> date:
    """A day that another program asks a plan for. Raises TypeError or ValueError."""
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"expected a datetime.date, found {day!r}")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def facts_of(profile: Profile, program: Program, as_of: date) -> Intake:
    """What inference gets to see: what the profile records, and what plugins compute from it. Raises ProfileError."""
    _check_day(profile, as_of)
    known = replace(profile, problems=(*profile.problems, *acknowledged.problems_of(profile, program)))
    intake = take_in(with_required_packs(known, program), program.vocabulary, as_of)
    intake.facts = with_further_facts(intake.facts, program.vocabulary, program.plugins)
    return intake


def _check_day(profile: Profile, as_of: date) -> None:
    """Raises ProfileError: a day that nobody typed as an argument is that of a visit, which the profile records."""
    if not FIRST_YEAR <= as_of.year <= LAST_YEAR:
        message = f"the day of the plan, {as_of}, is outside the years {FIRST_YEAR} to {LAST_YEAR}; check the date in `recorded`"
        raise ProfileError([Problem(profile.document.path, profile.document.line("recorded"), message)])


def with_required_packs(profile: Profile, program: Program) -> Profile:
    """The profile with a problem for every pack it requires that is not loaded; intake reports them with all others."""
    loaded = {pack.name for pack in program.packs}
    missing = [name for name in profile.sections.requires_packs if name not in loaded]
    line = profile.document.line("requires_packs")
    message = 'requires_packs: the pack "{}" is not loaded. Install it, or add it with --pack DIR'
    problems = [Problem(profile.document.path, line, message.format(name)) for name in missing]
    return replace(profile, problems=(*profile.problems, *problems))
