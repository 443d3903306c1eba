"""Where the runner stands on a pathway, in words: the stage, what it asks for, what opens the next, when to test again."""

from stridewise.language.dosage_words import spoken_amount
from stridewise.language.pathway import RunningMode
from stridewise.plan.model import BEFORE_IT, PathwayStage, Plan
from stridewise.render.schedule import short_day

TITLE = "Where the runner stands"
RUNNING_WORDS: dict[RunningMode, str] = {
    "none": "no running for now", "walk_run": "walking and running in turn", "easy": "easy runs on the flat",
    "limited": "the usual runs, one hard run a week at most", "free": "no limit from this stage",
}  # fmt: skip
SIDES = {"left": ", left", "right": ", right", "both": ", left and right"}
MARKS = {True: "Done", False: "Not yet", None: "Not known"}


def heading(item: PathwayStage) -> str:
    """The pathway, the side, and the stage: "Achilles tendon, right: stage 2 of 4, load it"."""
    title = item.stage_title
    said = title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
    return f"{item.title}{SIDES.get(item.side or '', '')}: stage {item.number} of {item.of}, {said}"


def remarks(item: PathwayStage) -> tuple[str, ...]:
    """What holds in the stage, and which comes next."""
    usual = f"Usually {spoken_amount(item.weeks)} weeks." if item.weeks else ""
    running = f"Running: {RUNNING_WORDS[item.running]}." if item.running else ""
    ahead = item.next.partition(BEFORE_IT)[0] + (" It opens when all of this is so:" if item.number < item.of else "")
    return tuple(filter(None, (item.plain, " ".join(filter(None, (usual, running))), ahead if item.to_pass else item.next)))


def passing(item: PathwayStage) -> tuple[str, ...]:
    """What opens the next stage, and how each of it stands."""
    return tuple(f"{MARKS[criterion.met]}: {criterion.text}" for criterion in item.to_pass)


def again(plan: Plan, item: PathwayStage) -> str:
    """When to test what; "" where the stage asks for no test."""
    day = f" on {short_day(plan.review.date)}" if plan.review.date else ""
    return f"Test again{day}: {'; '.join(item.retest)}." if item.retest else ""
