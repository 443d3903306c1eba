"""Why is this not in the plan: the ways that lead to it, what is in the way, and the smallest change that would let it in.

The smallest change is searched among single changes and pairs of those that can be earned, fewest facts first, then the smallest
move of a number; each is verified by making the plan again. A change that would cost a referral or a contraindication is never
offered."""

from dataclasses import dataclass

from stridewise.explain.goal import EXERCISE, read_goal
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.modifiability import MODIFIABILITIES
from stridewise.explain.obstacles import ItemObstacle, obstacles
from stridewise.explain.routes import Route, routes
from stridewise.explain.search import Search, place_of
from stridewise.explain.summary import ADVICE, summary
from stridewise.explain.trials import Combination
from stridewise.plan.difference import difference


@dataclass(frozen=True, slots=True)
class Step:
    """One changed fact: in words, from what, with what it would take."""

    text: str
    now: str
    label: str
    change: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that lets the item in, verified by a new run. `label` is that of its hardest step; `also` what else the plan
    would then say."""

    steps: tuple[Step, ...]
    label: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The whole answer. `present`: it is in the plan already; `done_now`: the runner does this exercise now. `tried` changes were
    tried, for `planned` of them it was decided what the plan would hold. `searched`: the whole space was; else the search
    stopped at its bound of MAX_RUNS plans."""

    item: str
    kind: str
    name: str
    present: bool
    obstacles: tuple[ItemObstacle, ...]
    routes: tuple[Route, ...]
    changes: tuple[Proposal, ...]
    wait_for: tuple[str, ...]
    tried: int
    searched: bool
    planned: int = 0
    done_now: bool = False


def why_not(inquiry: Inquiry, item: str) -> WhyNot:
    """What kept an exercise, target, load metric or rule out of this plan. Raises ProfileError where nothing has this name."""
    goal = read_goal(inquiry.program, item)
    in_the_way = obstacles(inquiry.session, goal)
    search = Search(inquiry, goal)
    present = goal.is_in(inquiry.session)
    smallest = [] if present else search.smallest(in_the_way)
    return WhyNot(
        item=goal.label,
        kind=goal.kind,
        name=goal.name,
        present=present,
        obstacles=in_the_way,
        routes=routes(inquiry.session, goal),
        changes=tuple(_proposal(inquiry, combination) for combination in smallest),
        wait_for=tuple(dict.fromkeys(text for obstacle in in_the_way for text in obstacle.wait_for)),
        tried=search.tried,
        searched=search.complete,
        planned=search.planned,
        done_now=goal.kind == EXERCISE and goal.name in inquiry.session.situation.current,
    )


def _proposal(inquiry: Inquiry, combination: Combination) -> Proposal:
    """The change as told, with what its plan, made in the search, says besides."""
    after = inquiry.after([change.change for change in combination])
    steps = tuple(Step(change.text, change.from_, change.modifiability, str(change.change)) for change in combination)
    also = summary(difference(inquiry.session.plan, after.plan, ADVICE), inquiry.names)
    return Proposal(steps, MODIFIABILITIES[place_of(combination)], also)
