"""How a question is put: in the words of its kind, unless something is recorded already or a recorded fact is left open."""

from stridewise.language.vocabulary import Kind

# Better than the vocabulary's own question where nothing is known yet.
WORDS = {"weeks_to_race": "Is a race coming up, and in how many weeks? (Without one the plan stays as it is.)"}
# How it is asked where something of the kind is recorded already.
FURTHER = {
    "pain": "Does it hurt anywhere else, and how much from 0 to 10 during activity and the next morning?",
    "diagnosis": "Is there a further working or confirmed diagnosis, on which side, and how irritable is it?",
    "postpartum_symptom": "Since the birth: anything else, such as heaviness, pelvic pain, bleeding or separated muscles?",
    "injury": "Which other running injuries has the runner had, on which side, and how many months ago?",
    "weakness": "Do further muscles test weak, on which side, and how clearly?",
    "tightness": "Are further muscles short or stiff, and on which side?",
    "movement_fault": "Does anything else go wrong in a squat, hinge, single-leg squat, landing or run, and on which side?",
}
# What is open about a recorded fact, as one would ask it.
OPEN_WORDS = {
    "intensity": "how much does it hurt, from 0 to 10?", "next_morning": "how much is left the next morning, from 0 to 10?",
    "tissue": "does it come from a tendon, a muscle, a joint, a bone or a nerve?", "onset": "did it come suddenly or gradually?",
    "rising": "does it get worse from week to week?", "night": "is it there at night or at rest?",
    "focal": "is it at one small spot?", "painkillers": "was it scored under painkillers?", "weeks": "for how many weeks?",
    "during": "during what?", "irritability": "how irritable is it?", "certainty": "is it confirmed?",
    "months_ago": "how many months ago?", "grade": "how clearly?", "method": "how was it tested?",
}  # fmt: skip


def put(kind: Kind, is_recorded: bool) -> str:
    """The question about a kind; about a further one where something of it is recorded."""
    plain = WORDS.get(kind.name) or kind.question or f"Is there {kind.name.replace('_', ' ')} to record?"
    return FURTHER.get(kind.name, plain) if is_recorded else plain


def put_open(label: str, attribute: str) -> str:
    """The question about what a recorded fact leaves open: "Pain (low back): for how many weeks?"."""
    what, _, of = label.partition(": ")
    named = f"{what} ({of})" if of else what
    return f"{named[:1].upper()}{named[1:]}: {OPEN_WORDS.get(attribute, attribute.replace('_', ' ') + '?')}"
