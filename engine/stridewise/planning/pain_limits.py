"""How much pain is acceptable: one limit a region, as the rules conclude it, for exercises and whoever else asks."""

from stridewise.language.exercise import Exercise
from stridewise.language.translation import fixed, say
from stridewise.planning.situation import Situation

# The limit of a sore region for which none is concluded, and of an exercise that loads no sore region.
# Source: pain-model (unknown tissue: at most 2 of 10).
USUAL = "up_to_two"
USUAL_WORDS = fixed("up to 2 of 10, back to its usual level by the next morning")  # where no pack names limits
EVERYWHERE = ""


def pain_limit(situation: Situation, exercise: Exercise) -> str:
    """The limit for an exercise, in words: the most cautious one of the sore regions that it loads, and of what holds
    everywhere."""
    terms = situation.program.vocabulary.terms.get("pain_limits", {})
    limits = [limit for region, limit in region_limits(situation).items() if _concerns(situation, exercise, region)]
    strictest = min(limits, key=list(terms).index, default=USUAL) if terms else USUAL
    return say(terms[strictest].label if terms else USUAL_WORDS, "pain_limits")


def region_limits(situation: Situation) -> dict[str, str]:
    """The limit of every sore region, the most cautious where several are concluded."""
    order = list(situation.program.vocabulary.terms.get("pain_limits", {}))
    limits: dict[str, str] = {}
    for fact in situation.memory.of("pain_limit"):
        region, limit = str(fact.get("region") or EVERYWHERE), str(fact.value)
        limits[region] = min(limit, limits.get(region, limit), key=order.index)
    return dict.fromkeys(situation.names("pain"), USUAL) | limits


def _concerns(situation: Situation, exercise: Exercise, region: str) -> bool:
    if region == EVERYWHERE:
        return True
    term = situation.program.vocabulary.terms.get("pain_regions", {}).get(region)
    return term is not None and any(exercise.demand(name) > 0 for name in term.demands)
