"""An exercise: what it trains, what it asks of the body, how much of it, what must be mastered first, and its easier and
harder rungs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from stridewise.documents.fitting import Before
from stridewise.documents.shape import Count, Number
from stridewise.errors import did_you_mean
from stridewise.language.dosage import WORK, Dosage, FromTest
from stridewise.language.translation import say

Block = Literal["warm_up", "plyometric", "strength", "core", "accessory", "cool_down"]
BLOCKS = get_args(Block)
Goal = Literal["strength", "power", "endurance", "control", "mobility", "rehabilitation"]
Laterality = Literal["unilateral", "bilateral", "alternating"]
Position = Literal["standing", "seated", "kneeling", "quadruped", "prone", "supine", "side_lying", "hanging"]
DEMANDS = (
    "impact",
    "knee_flexion",
    "achilles",
    "patellar_tendon",
    "lumbar_flexion_rotation",
    "lumbar_extension",
    "hip_adduction",
    "hip_flexion",
    "balance",
    "skill",
    "lower_limb",
    "weight_bearing",
    "heavy_load",
    "eccentric",
    "fatigue",
)

ANYTHING = dict.fromkeys(DEMANDS, 3)


def check_demands(demands: Mapping[str, int]) -> None:
    """What an exercise or a test asks of the body is known and goes from 0 to 3. Raises ValueError."""
    if unknown := sorted(set(demands) - set(DEMANDS)):
        raise ValueError(f'unknown demand "{unknown[0]}".{did_you_mean(unknown[0], DEMANDS)}')
    if wrong := sorted(name for name, degree in demands.items() if not 0 <= degree <= 3):
        raise ValueError(f'demand {wrong[0]}: expected 0 to 3, found "{demands[wrong[0]]}"')


def _kept(drawing: Any) -> str:
    """A drawing as text: only who draws it reads it, and no start waits for it."""
    import json

    return drawing if isinstance(drawing, str) else json.dumps(drawing, default=float, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Training targets an exercise serves, by its main work and on the side."""

    direct: tuple[str, ...]
    indirect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What must be mastered first: conditions in the rules' notation, and in plain words what earns it."""

    needs: Any  # conditions, read by the pack loader against the vocabulary
    earn: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One record of the exercise library. `equipment` lists alternatives, each all needed; none listed = no equipment.

    `demands` go from 0 (none) to 3 (high), or are "none" where there are none on purpose; where nothing is said the exercise may
    ask for anything, and every veto counts it in. `contacts_per_rep` counts ground contacts."""

    id: str
    name: str
    blocks: tuple[Block, ...]
    targets: Targets
    laterality: Laterality
    dosage: dict[Goal, Dosage]
    instructions: tuple[str, ...]
    stop_if: str
    sources: tuple[str, ...]
    pattern: str = ""
    position: Position | None = None
    aliases: tuple[str, ...] = ()
    not_to_confuse_with: str = ""
    equipment: tuple[tuple[str, ...], ...] = ()
    needs: tuple[str, ...] = ()
    demands: dict[str, Count] | Literal["none"] | None = None
    contacts_per_rep: Count = 0
    from_test: FromTest | None = None
    gates: tuple[Gate, ...] = ()
    regression: tuple[str, ...] = ()
    progression: tuple[str, ...] = ()
    swaps: tuple[dict[str, str], ...] = ()
    feel: str = ""
    fault: str = ""
    progress_when: str = ""
    minutes_per_set: Number = Decimal(1)
    covers: tuple[str, ...] = ()
    renamed_from: tuple[str, ...] = ()
    drawing: Annotated[str, Before(_kept)] = ""  # as JSON; its own shape is `language/drawing.py`, checked by the pack loader
    pack: str = ""

    def __post_init__(self) -> None:
        check_demands(self.asked)
        if not (self.blocks and self.dosage):
            raise ValueError("needs at least one block and one dosage")
        if self.minutes_per_set <= 0:
            raise ValueError(f'minutes_per_set: expected more than 0, found "{self.minutes_per_set}"')
        if idle := [goal for goal, dosage in self.dosage.items() if not dosage.says_how_much]:
            raise ValueError(f"dosage.{idle[0]}: expected one of {', '.join(WORK)}")
        if not self.stop_if.strip() or not any(step.strip() for step in self.instructions):
            raise ValueError("stop_if and instructions: expected a text; nobody can do an exercise safely without them")
        if any(set(swap) != {"for", "keeps", "loses"} for swap in self.swaps):
            raise ValueError("a swap has exactly the keys for, keeps, loses")

    @property
    def spoken(self) -> str:
        """Its name as it is told."""
        return say(self.name)

    @property
    def block(self) -> Block:
        return self.blocks[0]

    @property
    def asked(self) -> Mapping[str, int]:
        """What it asks of the body, from 0 to 3 by demand: the most of everything where nobody has said."""
        if not self.demands:  # nothing is said by an empty list either
            return ANYTHING
        return {} if isinstance(self.demands, str) else self.demands

    def demand(self, name: str) -> int:
        return self.asked.get(name, 0)

    def equipment_choice(self, available: frozenset[str] | None) -> tuple[str, ...] | None:
        """The first alternative that `available` covers, or None. Unknown equipment (None) counts as none."""
        have = available or frozenset()
        return next((items for items in self.equipment or ((),) if have.issuperset(items)), None)


# What a runner who cannot take a position cannot do: the term of `cannot` and the exercise positions it rules out.
POSITIONS_RULED_OUT = {
    "kneel": ("kneeling", "quadruped"),
    "lie_prone": ("prone",),
    "lie_supine": ("supine",),
    "stand_long": ("standing",),
    "hang": ("hanging",),
    "get_to_floor": ("kneeling", "quadruped", "prone", "supine", "side_lying"),
}


def ruled_out(exercise: Exercise, cannot: frozenset[str]) -> str | None:
    """The term of `cannot` that rules this exercise out, or None."""
    for term in sorted(cannot):
        if term in exercise.needs or exercise.position in POSITIONS_RULED_OUT.get(term, ()):
            return term
        if term == "jump" and exercise.demand("impact") > 0:
            return term
    return None
