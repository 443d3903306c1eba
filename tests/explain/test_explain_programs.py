"""Why, what if and ask, on random programs over an invented vocabulary: each answer is what a profile edited by hand gives."""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from explain_edits import Entry, recorded, taken_out
from explain_kit import listed
from explain_worlds import EXERCISES, World, make_world
from plans import meaning
from stridewise.errors import ProfileError
from stridewise.explain.ask import ask
from stridewise.explain.edits.changes import AddFact, Change, RemoveAt, RemoveFacts, SetPath
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.items import PlanItem, every_item, leaves, still
from stridewise.explain.questions import open_questions
from stridewise.explain.reasons import walk
from stridewise.explain.what_if import what_if
from stridewise.explain.why import IN_EMPTY, UNRECORDED, explain
from stridewise.plan.entries import entries_of
from stridewise.plan.model import Plan

pytestmark = pytest.mark.slow

LONG = os.environ.get("STRIDEWISE_LONG") == "1"


def worlds(number: int) -> Callable[[Callable[[World, Random], None]], Callable[[], None]]:
    """Run a test for so many random worlds, twenty times as many where time does not matter."""

    def over(test: Callable[[World, Random], None]) -> Callable[[], None]:
        @settings(
            max_examples=number * (20 if LONG else 1), deadline=None, database=None, derandomize=not LONG, phases=[Phase.generate]
        )
        @given(st.integers(0, 2**64))
        def run(seed: int) -> None:
            random = Random(seed)  # noqa: S311 - a test needs no secrets
            if (world := make_world(random)) is not None:
                test(world, random)

        run.__doc__ = test.__doc__
        return run

    return over


def explained(inquiry: Inquiry) -> Iterator[PlanItem]:
    """Every item of the plan with everything that why says of it."""
    keys = {found.key: found.name for found in every_item(inquiry.session) if found.section != "schedule"}
    for key, name in keys.items():
        yield from (found for found in explain(inquiry, name) if found.key == key)


def holds(world: World, profile: Entry, found: PlanItem) -> bool:
    """Does the plan of an edited profile hold the item, or a warning or referral that says the same?"""
    session = world.plan_for(profile)
    assert session is not None, "taking facts out leaves a profile that can be read"
    if found.section == "warnings":
        return any((one.level, one.text) == found.same for one in session.plan.warnings)
    if found.section == "referrals":
        return any((one.to, one.urgency, one.stops, one.text) == found.same for one in session.plan.referrals)
    return found.key in entries_of(session.plan)


# --- why ----------------------------------------------------------------------------------------------------------------


@worlds(40)
def test_every_leaf_is_a_profile_line_or_is_marked(world: World, random: Random) -> None:
    """A fact stands on its line of the profile, or is concluded and told further down; a reason without facts says what it
    takes as not being so, or that it is for everybody."""
    lines = json.dumps(world.profile, indent=1, default=float).splitlines()
    for found in every_item(world.ask().session):
        told = list(walk((*found.reasons, *found.needs)))
        rules = {reason.because.rule for reason in told}
        for reason in told:
            is_marked = reason.because.for_everybody or reason.because.rule.startswith("stridewise/")
            assert reason.because.facts or reason.absent or is_marked, found.key
            for used in reason.because.facts:
                if used.at:
                    assert all(stands_at(lines, place, used.fact) for place in used.at.split(", ")), used
                else:
                    assert used.derived_by in rules, "a concluded fact is explained in turn"


def stands_at(lines: list[str], place: str, fact: dict[str, Any]) -> bool:
    """The line, or the entry that begins there, says the fact's value."""
    match = re.fullmatch(r"made\.json:([0-9]+)", place)
    value = next(iter(fact.values()))
    said = value if isinstance(value, str) else str(float(value)).removesuffix(".0")
    return match is not None and said in "".join(lines[int(match[1]) - 1 : int(match[1]) + 5])


@worlds(50)
def test_without_all_listed_facts_the_item_is_gone(world: World, random: Random) -> None:
    """Or the explanation says why it cannot go: it rests on nothing that was recorded."""
    for found in explained(world.ask()):
        emptied = taken_out(world.profile, [used.fact for used in listed(found)])
        assert holds(world, emptied, found) is bool(found.remains), found.key
        assert found.remains in ("", IN_EMPTY, UNRECORDED)
        if found.remains:
            session = world.plan_for(emptied)
            assert session is not None
            assert not any(leaves(one) for one in still(session, found)), "nothing is left to take out"
        if found.remains == IN_EMPTY:
            assert holds(world, empty(world.profile), found)


def empty(profile: Entry) -> Entry:
    """The same profile with no fact in it; a list that was asked for stays asked for."""
    lists: Entry = {
        section: {name: [] for name, value in profile[section].items() if isinstance(value, list)}
        for section in ("constraints", "training")
        if section in profile
    }
    return {"schema": 1, "runner": {"ref": "R-0"}, "findings": [], **lists}


@worlds(40)
def test_what_is_said_without_one_fact_is_what_the_edited_profile_gives(world: World, random: Random) -> None:
    for found in explained(world.ask()):
        for one in found.without:
            assert not one.cannot
            assert holds(world, taken_out(world.profile, [one.fact]), found) is one.stays, (found.key, one.text)


# --- what if ------------------------------------------------------------------------------------------------------------

VALUES: list[tuple[str, list[Any]]] = [
    ("runner.age", [17, 52]),
    ("constraints.minutes_per_session", [6, 40]),
    ("constraints.equipment", [[], ["rope"]]),
    ("training.current_exercises", [[], EXERCISES[:2]]),
]
ADDED: list[Entry] = [
    {"colour": "red"},
    {"colour": "green", "side": "left"},
    {"girth": 20},
    {"girth": 50, "side": "right"},
    {"badge": "gold"},
    {"skill": "hop", "grade": "owned"},
    {"pain": "toe", "intensity": 4},
    {"equipment": "ball"},
    {"shape": "star", "near": "red"},
]


@worlds(80)
def test_every_what_if_is_the_run_of_the_edited_profile(world: World, random: Random) -> None:
    """Facts added, taken out by number, by name or by path, and values set: as if a person had edited the file. Numbers are
    those of the profile as it is, wherever they stand among the changes."""
    inquiry = world.ask()
    gone = random.sample(
        range(len(world.profile["findings"])), random.choice([0, 0, 1, 2]) % (len(world.profile["findings"]) + 1)
    )
    profile = {**world.profile, "findings": [one for index, one in enumerate(world.profile["findings"]) if index not in gone]}
    changes: list[Change] = []
    for _ in range(random.randint(1, 3)):
        change, profile = edited(profile, random, inquiry)
        changes.append(change)
    for index in gone:
        changes.insert(random.randint(0, len(changes)), RemoveAt(f"findings[{index}]"))
    session = world.plan_for(profile)
    try:
        found = what_if(inquiry, changes)
    except ProfileError:
        assert session is None, "refused where the edited profile is refused"
        return
    assert session is not None
    assert meaning(found.plan) == meaning(session.plan)
    differs = found.difference
    assert (not differs.all and differs.status[0] == differs.status[1]) is (advice(found.plan) == advice(inquiry.session.plan))


def advice(plan: Plan) -> dict[str, Any]:
    """What a plan says without what is on record, which the change itself tells."""
    return {name: part for name, part in meaning(plan).items() if name not in ("story", "aims")}


def edited(profile: Entry, random: Random, inquiry: Inquiry) -> tuple[Change, Entry]:
    """A random change, and the profile edited by hand to the same effect."""
    way = random.choice(["add", "add", "set", "remove", "remove"])
    said = [fact for fact in inquiry.session.situation.intake.facts if taken_out(profile, [fact.as_mapping()]) != profile]
    if way == "remove" and said:
        fact = random.choice(said)
        return RemoveFacts((fact,)), taken_out(profile, [fact.as_mapping()])
    if way == "set":
        path, values = random.choice(VALUES)
        section, name = path.split(".")
        value = random.choice(values)
        return SetPath(path, value), {**profile, section: {**profile.get(section, {}), name: value}}
    entry = random.choice(ADDED)
    return AddFact(entry), recorded(profile, entry)


# --- ask ----------------------------------------------------------------------------------------------------------------


@worlds(30)
def test_every_answer_does_to_the_plan_what_is_said_of_it(world: World, random: Random) -> None:
    """All of it and nothing else, in the plan of the profile in which the answer was written down by hand."""
    inquiry = world.ask()
    changes = {str(change): change for one in open_questions(inquiry.session) for _, change in one.answers}
    for question in ask(inquiry).questions:
        for answer in question.answers[:3]:
            profile = written_down(world.profile, changes[answer.change])
            if profile is not None:
                session = world.plan_for(profile)
                assert session is not None
                assert told(answer.does) == advice_changed(inquiry.session.plan, session.plan), (question.about, answer)


def written_down(profile: Entry, change: Change) -> Entry | None:
    """The profile with an answer in it; None for what a person would write in another way."""
    if isinstance(change, AddFact):
        return recorded(profile, change.entry)
    if isinstance(change, SetPath) and change.path.count(".") == 1:
        section, name = change.path.split(".")
        return {**profile, section: {**profile.get(section, {}), name: change.value}}
    return None


SECTIONS = {
    "exercise": "prescriptions",
    "swap of": "swaps",
    "advice on": "load_adjustments",
    "referral to": "referrals",
    "warning": "warnings",
}
NAMED = {
    "prescriptions": "exercise",
    "swaps": "avoid",
    "load_adjustments": "metric",
    "referrals": "to",
    "warnings": "text",
}


def told(does: Iterable[str]) -> set[str]:
    """What is said of an answer, warnings by their number alone; that only days change is checked nowhere here."""
    return {re.sub(r"“.*?([0-9]+)”", r"\1", text) for text in does} - {"changes the schedule alone"}


def advice_changed(before: Plan, after: Plan) -> set[str]:
    """What came, went or changed between two plans, found by looking at them."""
    said = set()
    for words, section in SECTIONS.items():
        old, new = (named(plan, section) for plan in (before, after))
        for name in old.keys() | new.keys():
            came = [one for one in new.get(name, []) if one not in old.get(name, [])]
            went = [one for one in old.get(name, []) if one not in new.get(name, [])]
            verb = "changes" if came and went else "adds" if came else "drops" if went else ""
            said |= {f"{verb} the {words} {name}"} if verb else set()
    return said


def named(plan: Plan, section: str) -> dict[str, list[Any]]:
    """The items of a section by name, without the reasons, an id after one of them, and what is taken for granted."""
    found: dict[str, list[Any]] = {}
    for one in meaning(plan)[section]:
        text = str(one[NAMED[section]]).replace("_", " ")
        name = re.sub(r"[^0-9]", "", text) if section == "warnings" else text
        found.setdefault(name, []).append({part: one[part] for part in one.keys() - {"id", "because", "assumes"}})
    return found


def test_the_worlds_are_worth_asking_about() -> None:
    """Most can be put in order, and the plans hold something of every section."""
    made = [world for seed in range(60) if (world := make_world(Random(seed))) is not None]  # noqa: S311
    assert len(made) > 45
    plans = [world.ask().session.plan for world in made]
    for section in ("prescriptions", "warnings", "load_adjustments", "referrals", "swaps", "set_aside", "conclusions"):
        assert any(getattr(plan, section) for plan in plans), section
