"""The words of the page's own fields. Whatever plans, questions and errors say comes from the rooms below."""

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
