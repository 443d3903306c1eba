"""What the exercises of a plan have in common, so that a page says it once and each exercise only what is its own. No decisions
here: whoever differs keeps the whole sentence."""

from collections import Counter
from collections.abc import Sequence

from stridewise.documents.sentences import sentence
from stridewise.language.dosage_words import spoken_effort, spoken_load
from stridewise.language.translation import fixed, say, translated
from stridewise.plan.model import Plan, Prescription
from stridewise.render.plan_words import short_reason, spoken_frequency
from stridewise.render.runner_words import effort_sentences
from stridewise.render.summaries import next_step, shared_next_step

USUAL_STEP = fixed(
    "When you can do 2 more reps than planned with good form, {harder} and start again with the lower number of reps."
)
AS_IT_SAYS = fixed('do what it says under "Harder"')
FEWEST = 3  # for fewer exercises a sentence of its own is shorter than looking it up


def usual_step(plan: Plan) -> str:
    """When most exercises get harder, for all of them; "" where they have little in common."""
    alike = [one for one in plan.prescriptions if harder(one)]
    return say(USUAL_STEP, harder=say(AS_IT_SAYS)) if len(alike) >= FEWEST and not shared_next_step(plan) else ""


def harder(prescription: Prescription) -> str:
    """What to do at the usual next step: Hold dumbbells. "" where the next step is another one."""
    before, after = str(translated(USUAL_STEP)).split("{harder}")
    step = next_step(prescription)
    if not step.startswith(before) or after not in step:
        return ""
    what, _, more = step.removeprefix(before).partition(after)
    return f"{sentence(what)}{more}"


def usual_effort(plan: Plan) -> str:
    """How hard most exercises are; "" where one says nothing of it, because it would then be taken to mean that one too."""
    return most_said([" ".join(effort_sentences(one.dosage)) for one in plan.prescriptions])


def usual_terms(plan: Plan) -> list[str]:
    """Load, effort and how often, where most exercises share them and every one says something of them."""
    doses = [one.dosage for one in plan.prescriptions]
    said = (
        list(map(spoken_load, doses)),
        [spoken_effort(one.effort) for one in doses],
        [spoken_frequency(one.sessions_per_week) for one in doses],
    )
    return list(filter(None, map(most_said, said)))


def usual_reason(plan: Plan) -> str:
    """Why most exercises are in the plan, in a sentence; "" where one has no reason, or they differ."""
    return most_said([short_reason(one.because) for one in plan.prescriptions])


def most_said(texts: Sequence[str]) -> str:
    """The text that most of these are, where it is said often enough to be said once; "" else, and where one says nothing."""
    text, times = Counter(texts).most_common(1)[0] if texts and all(texts) else ("", 0)
    return text if times >= FEWEST else ""
