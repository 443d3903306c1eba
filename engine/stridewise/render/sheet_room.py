"""How a runner's sheet stays on two pages of A4 or Letter: the more there is to say, the closer it is set, in letters of one
size. Where even that is not enough it leaves out what an exercise feels like, then how it gets harder, and says so. Steps, dose,
what to avoid, when to stop and every warning always stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stridewise.language.translation import fixed, language_in_force, say
from stridewise.plan.model import Prescription
from stridewise.render.runner_words import dose_sentences

NO_FEEL = fixed("There is no room here for how each exercise should feel. Ask us when we meet.")
NO_NEXT_STEP = fixed(
    "There is no room here for how each exercise should feel, or how it gets harder. Ask us before you make it harder."
)
# From how many characters on, found by counting the printed pages of many sheets (tests/render/test_pages.py).
DENSE, FULL, FULLER, FULLEST, WITHOUT_FEEL, WITHOUT_NEXT_STEP = 1800, 3000, 5350, 5850, 6250, 6600
WIDER = 1.12  # other languages break lines worse than English, in which this was counted


@dataclass(frozen=True, slots=True)
class Room:
    """How a sheet is set (`closeness`, classes of its style), and what it has room for; `left_out` says what it has not."""

    closeness: str = ""
    feel: bool = True
    next_step: bool = True
    left_out: str = ""


def room_for(prescriptions: Sequence[Prescription], beside: Sequence[str]) -> Room:
    """The room on a sheet with these exercises, and these texts beside them."""
    long = sum(len(text) for one in prescriptions for text in _texts(one)) + sum(map(len, beside))
    long = long if language_in_force().is_english else round(long * WIDER)
    classes = ((DENSE, "dense"), (FULL, "full"), (FULLER, "fuller"), (FULLEST, "fullest"))
    feel, next_step = long < WITHOUT_FEEL, long < WITHOUT_NEXT_STEP
    left_out = "" if feel else say(NO_FEEL if next_step else NO_NEXT_STEP)
    return Room(" ".join(word for least, word in classes if long >= least), feel, next_step, left_out)


def _texts(one: Prescription) -> Iterator[str]:
    yield from (one.name, one.stop_if, one.progression, *dose_sentences(one.dosage))
    if one.how_to is not None:
        yield from (*one.how_to.steps, one.how_to.feel, one.how_to.mistake)
