"""The words of the page's own fields. Whatever plans, questions and errors say comes from the rooms below."""

from stridewise.authoring.tried import Tried
from stridewise.profile.paths import LEAVES, SINGLE

# What can be set of a dosage here; the rest is written into the profile by hand.
AMOUNTS = {
    "sets": "Sets", "reps": "Repetitions", "hold_s": "Hold, in seconds", "distance_m": "Distance, in m",
    "left": "Repetitions left at the end of a set", "rest_s": "Rest, in seconds", "sessions_per_week": "Times a week",
    "tempo": "Tempo", "note": "How it is done",
}  # fmt: skip
FURTHER = ("race.in_weeks", "race.date")  # places with one value from which something is worked out


def paths() -> dict[str, str]:
    """The places of a profile that hold one value, with how they are called."""
    own = [path for path in LEAVES if path in SINGLE or path in FURTHER]
    return {path: path.replace(".", ": ").replace("_", " ") for path in own}


# The parts of a rule pack, by how the paths of their files begin.
PARTS = {
    "rules/": "Rules", "pathways/": "Pathways", "exercises/": "Exercises", "cases/": "Cases", "vocabulary/": "Vocabulary",
    "pack.yaml": "The pack itself, with its thresholds", "sources.yaml": "Sources",
}  # fmt: skip


def left_out(tried: Tried) -> str:
    """What a trial had no time for."""
    runners, cases = tried.of_runners - tried.runners, tried.of_cases - len(tried.cases)
    said = [
        f"{runners} of {tried.of_runners} runners" if runners else "",
        f"{cases} of {tried.of_cases} cases" if cases else "",
        f"these checks: {', '.join(tried.unchecked)}" if tried.unchecked else "",
    ]
    return "; ".join(filter(None, said))
