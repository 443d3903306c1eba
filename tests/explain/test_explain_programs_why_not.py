"""Why not, on random programs: the smallest change is what an exhaustive search finds that was written from the documentation
alone and makes every plan anew."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations
from random import Random
from typing import Any

import pytest
from test_explain_programs import worlds

from explain_edits import Entry
from explain_space import MODIFIABILITIES, Option, Space
from explain_worlds import EXERCISES, TERMS, World
from stridewise.errors import ProfileError
from stridewise.explain.goal import PlanGoal, read_goal
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.obstacles import PRECAUTION, VETO
from stridewise.explain.possible_changes import possible_changes
from stridewise.explain.routes import routes
from stridewise.explain.safety import supports, vetoes_of
from stridewise.explain.search import Search
from stridewise.explain.trials import Combination, Trials
from stridewise.explain.why_not import why_not
from stridewise.session import Session

pytestmark = pytest.mark.slow

SMALL = 20  # single changes, of which those that can be earned are paired
Size = tuple[int, Any]  # the number of facts, then how far numbers move


def questions(world: World, inquiry: Inquiry) -> list[tuple[str, str, PlanGoal]]:
    """What is not in the plan: kind, name and what is asked for."""
    acting = [f"toy/{rule['id']}" for rule in world.rules if str(rule["id"]).startswith("act")]
    asked = [*(("exercise", name) for name in EXERCISES), *(("target", name) for name in sorted(TERMS["targets"]))]
    asked += [("load metric", "stacking"), *(("rule", name) for name in acting)]
    goal = [(kind, name.removeprefix("toy/"), read_goal(world.program, name)) for kind, name in asked]
    return [one for one in goal if not one[2].is_in(inquiry.session)]


class Exhaustive:
    """Every change of the documented space, tried by hand."""

    def __init__(self, world: World, inquiry: Inquiry, space: Space, goal: PlanGoal) -> None:
        self.world, self.space, self.goal = world, space, goal
        self.vetoes, self.held = vetoes_of(inquiry.session.recommendations), supports(inquiry.session)

    def smallest(self, options: list[Option], modifiabilities: list[str]) -> dict[int, Size]:
        """The size of the smallest change of each label that would be told."""
        earned = [one for one in options if one.label == MODIFIABILITIES[0]]
        every = [*((one,) for one in options), *combinations(earned, 2)]
        found: dict[int, Size] = {}
        for chosen in sorted(every, key=lambda chosen: (size(chosen), label(chosen))):
            told = label(chosen) in found or MODIFIABILITIES[label(chosen)] not in modifiabilities
            if not told and self.lets_in(chosen):
                found[label(chosen)] = size(chosen)
        return found

    def lets_in(self, chosen: tuple[Option, ...]) -> bool:
        return any(self.holds(profile) for order in {chosen, chosen[::-1]} for profile in self.made(order))

    def made(self, order: tuple[Option, ...]) -> Iterator[Entry]:
        profile = self.world.profile
        for option in order:
            profile = self.space.made(profile, option)
        yield profile

    def holds(self, profile: Entry) -> bool:
        """The item is there, no referral or veto is lost, and no fact that protects is gone."""
        session = self.world.plan_for(profile)
        if session is None or not self.goal.is_in(session):
            return False
        return self.vetoes <= vetoes_of(session.recommendations) and self.held <= set(session.situation.intake.facts)


def size(chosen: tuple[Option, ...]) -> Size:
    return (len(chosen), sum(one.size for one in chosen))


def label(chosen: tuple[Option, ...]) -> int:
    return max(MODIFIABILITIES.index(one.label) for one in chosen)


@worlds(30)
def test_the_smallest_change_is_the_smallest_of_the_documented_space(world: World, random: Random) -> None:
    """For every label that is told, and where none is told, none of up to two changes would do."""
    inquiry = world.ask()
    for kind, name, goal in random.sample(asked := questions(world, inquiry), min(3, len(asked))):
        answer = why_not(inquiry, goal.name)
        if any(one.kind == VETO for one in answer.obstacles):
            assert not answer.changes
            continue
        space = Space(world, inquiry.session, kind, name)
        options = space.options()
        if len(options) <= SMALL:
            sizes = {str(one.change): one.size for one in possible_changes(inquiry.session, goal)}
            told = {
                MODIFIABILITIES.index(one.label): (len(one.steps), sum(sizes[step.change] for step in one.steps))
                for one in answer.changes
            }
            is_guarded = any(one.kind == PRECAUTION and one.wait_for for one in answer.obstacles)
            modifiabilities = MODIFIABILITIES[:2] if is_guarded else MODIFIABILITIES
            assert told == Exhaustive(world, inquiry, space, goal).smallest(options, modifiabilities), (kind, name)
            assert answer.searched


@worlds(40)
def test_the_single_changes_are_those_of_the_documentation(world: World, random: Random) -> None:
    """As many, with the same modifiabilities and sizes."""
    inquiry = world.ask()
    for kind, name, goal in questions(world, inquiry):
        documented = [(one.size, MODIFIABILITIES.index(one.label)) for one in Space(world, inquiry.session, kind, name).options()]
        found = [(one.size, MODIFIABILITIES.index(one.modifiability)) for one in possible_changes(inquiry.session, goal)]
        assert sorted(found) == sorted(documented), (kind, name)


@worlds(20)
def test_every_change_that_is_told_lets_the_item_in(world: World, random: Random) -> None:
    """Made on the profile and planned anew, with every referral, veto and fact that protects still there."""
    inquiry = world.ask()
    held, protecting = vetoes_of(inquiry.session.recommendations), supports(inquiry.session)
    for _, _, goal in random.sample(asked := questions(world, inquiry), min(4, len(asked))):
        search = Search(inquiry, goal)
        for combination in search.smallest(why_not(inquiry, goal.name).obstacles):
            after = inquiry.after([one.change for one in combination])
            assert goal.is_in(after)
            assert held <= vetoes_of(after.recommendations)
            assert protecting <= set(after.situation.intake.facts)


def whole_plan(inquiry: Inquiry, combination: Combination) -> Iterator[Session]:
    """The session after the changes; none where they do not fit the profile."""
    with suppress(ProfileError):
        yield inquiry.after([one.change for one in combination])


@worlds(15)
def test_a_quick_trial_says_what_a_whole_plan_says(world: World, random: Random) -> None:
    """For changes of any kind and pairs of them: what is cut short on the way changes no answer."""
    inquiry = world.ask()
    held, protecting = vetoes_of(inquiry.session.recommendations), supports(inquiry.session)
    for _, _, goal in random.sample(asked := questions(world, inquiry), min(3, len(asked))):
        trials = Trials(inquiry, goal)
        single = possible_changes(inquiry.session, goal)
        space = [*((one,) for one in single), *combinations(single, 2)]
        for combination in random.sample(space, min(30, len(space))):
            orders = [combination, combination[::-1]]
            plans = [plan for order in orders for plan in whole_plan(inquiry, order)]
            whole = any(
                goal.is_in(plan) and held <= vetoes_of(plan.recommendations) and protecting <= set(plan.situation.intake.facts)
                for plan in plans
            )
            assert (trials.lets_in(combination) is not None) is whole, combination


@worlds(60)
def test_a_rule_is_said_to_have_fired_where_it_did(world: World, random: Random) -> None:
    inquiry = world.ask()
    fired = {one.rule.id for one in inquiry.session.situation.memory.activations}
    for _, _, goal in questions(world, inquiry):
        for route in routes(inquiry.session, goal):
            assert route.fired is (route.rule in fired), route.rule
