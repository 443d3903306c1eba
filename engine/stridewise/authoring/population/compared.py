"""One runner planned for with two versions of the packs: plain values that go from one process to another. Of the runner it
holds the code alone."""

from dataclasses import dataclass
from datetime import date

from stridewise.authoring.pack_diff import Held, held
from stridewise.authoring.population.effect import Effect
from stridewise.authoring.population.effects import effects_of, is_changed
from stridewise.errors import StridewiseError
from stridewise.plan.entries import reasons_of
from stridewise.profile.profile import Profile
from stridewise.program.program import Program
from stridewise.session import Session

Rules = frozenset[str]


@dataclass(frozen=True, slots=True)
class Planned:
    """What one version does for a runner: its status, the rules that fire, those the plan gives as a reason, and of these those
    of a referral."""

    status: str
    fired: Rules
    named: Rules
    referring: Rules


@dataclass(frozen=True, slots=True)
class Compared:
    """A runner with both versions; None is one that makes no plan."""

    ref: str
    before: Planned | None
    after: Planned | None
    is_changed: bool
    effects: tuple[Effect, ...]


def compare(profile: Profile, old: Program, new: Program, as_of: date, engine: str) -> Compared | StridewiseError:
    """What changes for one runner; the error of the new version where neither makes a plan."""
    before, after = (held(profile, program, as_of, engine) for program in (old, new))
    if not isinstance(before, Session) and not isinstance(after, Session):
        return after
    told = tuple(one if isinstance(one, Session) else _reason(one) for one in (before, after))
    ref = str(profile.sections.runner.ref)
    return Compared(ref, _planned(before), _planned(after), is_changed(*told), effects_of(*told))


def _reason(error: StridewiseError) -> str:
    """Why there is no plan, without the place: a file may be called after its runner."""
    more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
    return f"{error.problems[0].message}{more}"


def _planned(session: Held) -> Planned | None:
    if not isinstance(session, Session):
        return None
    plan = session.plan
    named = frozenset(because.rule for because in reasons_of(plan))
    referring = frozenset(because.rule for because in reasons_of(plan, ("referrals",)))
    return Planned(plan.status, frozenset(plan.receipt.fired), named, referring)
