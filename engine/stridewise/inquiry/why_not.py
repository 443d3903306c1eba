"""Why is this not in the plan: the ways that lead to it, what is in the way, and the smallest change that would let it in.

The smallest change is searched among single changes and pairs of them, fewest facts first, then the smallest move of a number;
each is verified by making the plan again. A change that would cost a referral or a contraindication is never offered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from stridewise.inquiry.candidates import FIXED, LABELS, Candidate, candidates, go_together, kinds_of
from stridewise.inquiry.difference import difference, summary
from stridewise.inquiry.inquiry import Inquiry
from stridewise.inquiry.obstacles import VETO, Obstacle, obstacles
from stridewise.inquiry.routes import Route, routes
from stridewise.inquiry.safety import vetoes
from stridewise.inquiry.wanted import Wanted, read_wanted
from stridewise.session import Session

MAX_RUNS = 150  # plans made for one question, at most


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
    """The whole answer. `present`: it is in the plan already. `searched`: all single changes and pairs were tried; else `tried`
    says how many plans were made before the bound."""

    item: str
    kind: str
    name: str
    present: bool
    obstacles: tuple[Obstacle, ...]
    routes: tuple[Route, ...]
    changes: tuple[Proposal, ...]
    wait_for: tuple[str, ...]
    tried: int
    searched: bool


def why_not(inquiry: Inquiry, item: str) -> WhyNot:
    """What kept an exercise, target, load metric or rule out of this plan. Raises ProfileError where nothing has this name."""
    wanted = read_wanted(inquiry.program, item)
    in_the_way = obstacles(inquiry.session, wanted)
    present = wanted.is_in(inquiry.session)
    before = inquiry.runs
    found, searched = ([], True) if present else smallest(inquiry, wanted, in_the_way)
    return WhyNot(
        item=wanted.label, kind=wanted.kind, name=wanted.name, present=present, obstacles=in_the_way,
        routes=routes(inquiry.session, wanted), changes=tuple(_proposal(inquiry, one) for one in found),
        wait_for=tuple(dict.fromkeys(text for one in in_the_way for text in one.wait_for)),
        tried=inquiry.runs - before, searched=searched,
    )  # fmt: skip


def smallest(inquiry: Inquiry, wanted: Wanted, in_the_way: Sequence[Obstacle]) -> tuple[list[tuple[Candidate, ...]], bool]:
    """The smallest changes that let it in, at most one for each label, and whether the whole space was searched."""
    if any(one.kind == VETO for one in in_the_way):
        return [], True  # no change on offer may lift a veto
    limit = inquiry.runs + MAX_RUNS
    held = vetoes(inquiry.session)
    found: dict[str, tuple[Candidate, ...]] = {}
    for combination in searched_space(inquiry.session, wanted):
        if len(combination) == 2 and (found and set(found) != {FIXED}):
            break
        if inquiry.runs >= limit:
            return list(found.values()), False
        label = kinds_of(combination)[-1]
        if label not in found and lets_in(inquiry, wanted, held, combination):
            found[label] = combination
            if len(combination) == 2:
                break
    return list(found.values()), True


def searched_space(session: Session, wanted: Wanted) -> Iterator[tuple[Candidate, ...]]:
    """Every change that may be tried: the single ones, then the pairs that may need each other, each from small to large."""
    single = candidates(session, wanted)
    yield from ((one,) for one in single)
    pairs = [pair for pair in combinations(single, 2) if go_together(*pair)]
    yield from sorted(pairs, key=size)


def size(combination: Sequence[Candidate]) -> tuple[object, ...]:
    """What makes one change smaller than another: fewer facts, then less movement of numbers, then what can be earned first."""
    return (
        len(combination), sum(one.size for one in combination), LABELS.index(kinds_of(combination)[-1]),
        [one.text for one in combination],
    )  # fmt: skip


def lets_in(inquiry: Inquiry, wanted: Wanted, held: frozenset[tuple[str, str]], combination: Sequence[Candidate]) -> bool:
    """Is the item in the plan made with these changes, and no referral or veto lost?"""
    after = inquiry.trial([one.change for one in combination])
    return after is not None and wanted.is_in(after) and held <= vetoes(after)


def _proposal(inquiry: Inquiry, combination: Sequence[Candidate]) -> Proposal:
    """The change as told, run once more on the engine that was asked for."""
    after = inquiry.after([one.change for one in combination])
    names = {exercise.id: exercise.name for exercise in inquiry.program.exercises.values()}
    steps = tuple(Step(one.text, one.from_, one.label, str(one.change)) for one in combination)
    also = summary(difference(inquiry.session.plan, after.plan), names)
    return Proposal(steps, kinds_of(combination)[-1], also)
