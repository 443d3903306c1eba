"""Running by minutes: the step of a walk–run pathway that holds now, and the later ones projected, a day between sessions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from stridewise.documents.units import plain
from stridewise.language.pathway import Pathway, PathwayStage
from stridewise.language.translation import say
from stridewise.planning.running.pattern import RUNS, RunPattern
from stridewise.planning.running.weeks import Week
from stridewise.planning.situation import Situation
from stridewise.planning.week_pattern import WEEKDAYS

USUAL_SESSIONS = 2
BETWEEN = 2  # days from one session to the next: every other day is what walk–run means


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pathway: how often it is done, and how it is told."""

    title: str
    minutes: Decimal
    sessions: int
    plain: str


def steps_from_now(situation: Situation) -> tuple[Step, ...]:
    """The step that holds and those after it; nothing where no pathway gives steps."""
    for fact in situation.memory.of("stage"):
        name, _, stage = str(fact.value).partition("/")
        pathway = situation.program.pathways.get(name)
        numbers = [n for n, one in enumerate(pathway.stages) if one.id == stage and one.walk_run] if pathway else []
        if pathway is not None and numbers:
            return tuple(_steps(pathway, numbers[0]))
    return ()


def _steps(pathway: Pathway, first: int) -> Iterator[Step]:
    for number, stage in enumerate(pathway.stages[first:], first + 1):
        if stage.walk_run is not None:
            title = say(
                "{pathway}, step {number} of {of}: {step}",
                pathway=say(pathway.title),
                number=number,
                of=len(pathway.stages),
                step=_told(stage),
            )
            yield Step(title, _minutes(stage), stage.sessions or USUAL_SESSIONS, say(stage.plain))


def _told(stage: PathwayStage) -> str:
    """6 × 3 min run, 1 min walk."""
    one = stage.walk_run
    assert one is not None  # noqa: S101  # asked by the caller
    turn = say("{run} min run, {walk} min walk" if one.walk_min else "{run} min run", run=one.run_min, walk=one.walk_min)
    return f"{one.repeats} × {turn}" if one.repeats > 1 else turn


def _minutes(stage: PathwayStage) -> Decimal:
    one = stage.walk_run
    assert one is not None  # noqa: S101  # asked by the caller
    return plain((one.run_min + one.walk_min) * one.repeats)


def walk_run_days(
    steps: Sequence[Step], weeks: Sequence[Week], pattern: RunPattern, closed: frozenset[date], free: frozenset[str]
) -> dict[date, Step]:
    """The sessions on days: the runner's own run days where there are any, never two in a row, and no more a week than a step has
    sessions where that is three or more. The last step stays once it is reached."""
    waiting = [step for step in steps for _ in range(step.sessions)]
    days: dict[date, Step] = {}
    last: date | None = None
    for week in weeks:
        held = 0
        for day, _ in week.training:
            if day in closed or not _may_run(day, pattern, free) or (last is not None and (day - last).days < BETWEEN):
                continue
            step = waiting[0] if waiting else steps[-1]
            if held >= max(step.sessions, 3 if step.sessions > USUAL_SESSIONS else len(WEEKDAYS)):
                continue
            days[day], last, held = step, day, held + 1
            waiting = waiting[1:]
    return days


def _may_run(day: date, pattern: RunPattern, free: frozenset[str]) -> bool:
    if pattern.runs and pattern.runs >= USUAL_SESSIONS:
        return pattern.on(day.weekday()) in RUNS
    return not free or WEEKDAYS[day.weekday()] in free
