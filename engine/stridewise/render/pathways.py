"""Where the runner stands on a pathway, in words: the stage, what it asks for, what opens the next, when to test again."""

from stridewise.language.dosage_words import spoken_amount
from stridewise.language.pathway import RunningMode
from stridewise.language.translation import fixed, say, told_inside
from stridewise.plan.model import BEFORE_IT, PathwayStage, Plan
from stridewise.render.schedule import short_day

TITLE = fixed("Where the runner stands")
RUNNING_WORDS: dict[RunningMode, str] = {
    "none": fixed("no running for now"),
    "walk_run": fixed("walking and running in turn"),
    "easy": fixed("easy runs on the flat"),
    "limited": fixed("the usual runs, one hard run a week at most"),
    "free": fixed("no limit from this stage"),
}
SIDES = {"left": fixed("left"), "right": fixed("right"), "both": fixed("left and right")}
MARKS = {True: fixed("Done"), False: fixed("Not yet"), None: fixed("Not known")}


def heading(item: PathwayStage) -> str:
    """The pathway, the side, and the stage: "Achilles tendon, right: stage 2 of 4, load it"."""
    pathway = f"{item.title}, {say(SIDES[item.side])}" if item.side else item.title
    title = told_inside(item.stage_title)
    return say("{pathway}: stage {number} of {of}, {title}", pathway=pathway, number=item.number, of=item.of, title=title)


def remarks(item: PathwayStage) -> tuple[str, ...]:
    """What holds in the stage, and which comes next."""
    usual = say("Usually {number} weeks.", number=spoken_amount(item.weeks)) if item.weeks else ""
    running = say("Running: {how}.", how=say(RUNNING_WORDS[item.running])) if item.running else ""
    ahead = item.next.partition(f" {say(BEFORE_IT)} ")[0]
    ahead += f" {say('It opens when all of this is so:')}" if item.number < item.of else ""
    return tuple(filter(None, (item.plain, " ".join(filter(None, (usual, running))), ahead if item.to_pass else item.next)))


def passing(item: PathwayStage) -> tuple[str, ...]:
    """What opens the next stage, and how each of it stands."""
    return tuple(f"{say(MARKS[criterion.met])}: {criterion.text}" for criterion in item.to_pass)


def again(plan: Plan, item: PathwayStage) -> str:
    """When to test what; "" where the stage asks for no test."""
    if not item.retest:
        return ""
    tests, day = "; ".join(item.retest), plan.review.date and short_day(plan.review.date)
    return say("Test again on {day}: {tests}.", day=day, tests=tests) if day else say("Test again: {tests}.", tests=tests)
