"""What a change of packs does to one runner, in kinds: what is lost for safety stands first, then what is new for safety, then
load, then exercises, then words."""

from dataclasses import dataclass
from types import MappingProxyType

KINDS = MappingProxyType(
    {
        "referral_lost": "a referral is lost",
        "referral_weaker": "a referral is later, or stops less",
        "plan_lost": "there is no plan any more",
        "contraindication_lost": "an exercise is no longer ruled out",
        "warning_lost": "a warning is lost or softer",
        "reason_lost": "a referral has lost a reason",
        "precaution_lost": "an exercise is no longer kept out by a precaution",
        "referral_new": "a referral is new",
        "referral_stricter": "a referral is sooner, or stops more",
        "plan_new": "there is a plan now",
        "contraindication_new": "an exercise is ruled out now",
        "warning_new": "a warning is new or graver",
        "precaution_new": "a precaution keeps an exercise out now",
        "load_lost": "advice on load is gone",
        "load_changed": "load is another",
        "running_changed": "the weeks planned hold more or less running",
        "load_new": "advice on load is new",
        "stage_changed": "a pathway stands at another stage",
        "exercise_gone": "an exercise is gone",
        "exercise_new": "an exercise is new",
        "dose_changed": "an exercise is done otherwise",
        "current_changed": "what becomes of an own exercise is another",
        "other_parts": "other parts of the plan differ",
    }
)
ORDER = {kind: place for place, kind in enumerate(KINDS)}
LOSSES = tuple(KINDS)[: ORDER["precaution_lost"] + 1]  # after which somebody is less protected than before


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that changes for a runner. `item` is what it is about, never whom; `grade` orders effects of one kind, 0 the
    gravest; `rules` are those behind it, as far as reasons came or went."""

    kind: str
    item: str
    grade: int = 0
    detail: str = ""
    rules: tuple[str, ...] = ()

    @property
    def gravity(self) -> tuple[int, int]:
        """Its place among all effects, the gravest first."""
        return (ORDER[self.kind], self.grade)

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The same, told apart to the last."""
        return (*self.gravity, self.item, self.detail)
