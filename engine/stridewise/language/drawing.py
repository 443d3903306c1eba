"""How an exercise is drawn: joint angles as physiotherapists speak of them, all 0 when standing, or a picture of the pack's own.

Ranges in degrees after the American Academy of Orthopaedic Surgeons (1965) and Norkin and White (2016), a little widened for what
body weight adds, such as the ankle in a lunge."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Literal

from stridewise.documents.fitting import Before
from stridewise.documents.shape import Count, Number, validate
from stridewise.errors import Problems

View = Literal["side", "front", "corner", "back", "above"]
Foot = Literal["flat", "toes", "free"]
Where = Literal["front", "behind", "beside", "above", "below"]
Part = Literal[
    "head",
    "back",
    "chest",
    "seat",
    "hands",
    "knees",
    "shins",
    "heels",
    "feet",
    "left_hand",
    "right_hand",
    "left_forearm",
    "right_forearm",
    "left_elbow",
    "right_elbow",
    "left_knee",
    "right_knee",
    "left_shin",
    "right_shin",
    "left_foot",
    "right_foot",
    "left_heel",
    "right_heel",
    "left_toes",
    "right_toes",
]
Grip = Literal[
    "chest",
    "crossed",
    "rack",
    "shoulders",
    "head",
    "hips",
    "belly",
    "low_back",
    "thighs",
    "front",
    "seat",
    "under_seat",
    "knee",
    "shin",
    "foot",
    "floor",
    "cheek",
]
Equipment = Literal[
    "dumbbells",
    "dumbbell",
    "dumbbell_upright",
    "kettlebell",
    "barbell",
    "trap_bar",
    "mini_band",
    "long_band",
    "cable",
    "box",
    "bench",
    "chair",
    "swiss_ball",
    "roller",
    "wall",
    "post",
    "pull_up_bar",
    "towel",
    "pillow",
    "backrest",
]
Felt = Literal["hip_pulls", "pelvic_floor_at_rest", "pelvic_floor_lifted"]
BODY: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "lean": (-180, 180),
        "roll": (-180, 180),
        "face": (-180, 180),
        "spine": (-35, 75),
        "turn": (-50, 50),
        "neck": (-65, 60),
    }
)
SIDED: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "hip": (-30, 135),
        "spread": (-35, 55),
        "twist": (-45, 50),
        "knee": (-5, 150),
        "ankle": (-60, 45),
        "shoulder": (-60, 185),
        "out": (-45, 180),
        "arm_twist": (-90, 90),
        "elbow": (-5, 150),
        "blades": (-6, 10),
        "arch": (0, 5),
    }
)


MOST_POSES = 4
_OF_A_SIDE = ("shoulder", "elbow", "wrist", "hand", "hip", "knee", "ankle", "heel", "ball", "toe")
LANDMARKS = (
    "head",
    "neck",
    "chest",
    "waist",
    "pelvis",
    *(f"{side}_{name}" for side in ("left", "right") for name in _OF_A_SIDE),
)


def _grip(written: Any) -> Any:
    if isinstance(written, list | tuple) and len(written) != 3:
        raise ValueError("a grip is a name, or three numbers in cm: forward, outward and up from between the shoulders")
    return written


Hold = Annotated[Grip | tuple[Number, ...], Before(_grip)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limbs:
    """The angles of arms and legs; `foot` says how the foot stands, `hold` where the hand is."""

    hip: Number | None = None
    spread: Number | None = None
    twist: Number | None = None
    knee: Number | None = None
    ankle: Number | None = None
    foot: Foot | None = None
    arch: Number | None = None
    shoulder: Number | None = None
    out: Number | None = None
    arm_twist: Number | None = None
    elbow: Number | None = None
    blades: Number | None = None
    hold: Hold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPose(Limbs):
    """One pose: angles of the trunk, those of both sides, and what differs. `level` tips the body (by `tip`) until two parts lie
    on what bears them; `touch` bends one angle of a limb until a part does. `lift` and `ahead` move all of it, in cm. `felt`
    shows what is felt in it and not seen."""

    lean: Number | None = None
    roll: Number | None = None
    face: Number | None = None
    spine: Number | None = None
    turn: Number | None = None
    neck: Number | None = None
    left: Limbs | None = None
    right: Limbs | None = None
    level: tuple[Part, ...] | None = None
    tip: Literal["lean", "roll"] | None = None
    touch: dict[Part, str] | None = None
    lift: Number | None = None
    ahead: Number | None = None
    felt: Felt | None = None
    caption: str = ""

    def __post_init__(self) -> None:
        if self.level is not None and len(self.level) != 2:
            raise ValueError("level: two parts are expected")
        for part, angle in (self.touch or {}).items():
            if not part.startswith(("left_", "right_")) or angle not in SIDED:
                raise ValueError(f"touch: a part of one side and one of its angles are expected, as left_foot: hip, found {part}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A piece of equipment. `under` the part it bears; `at` the part it is worn or fixed at; `where` it stands from there, and
    how far `away`, in cm; `pose` says in which pose the part is there, 0 in all."""

    kind: Equipment
    under: Part | None = None
    at: Part | None = None
    height: Number = Decimal(0)
    where: Where = "front"
    away: Number = Decimal(0)
    pose: Count = 0


def _thing(written: Any) -> Any:
    return {"kind": written} if isinstance(written, str) else written


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Poses to be drawn side by side, or `file`, a picture that lies in the pack."""

    poses: tuple[DrawnPose, ...] = ()
    both: DrawnPose = DrawnPose()
    view: View = "side"
    equipment: tuple[Annotated[Thing, Before(_thing, also=(Equipment,))], ...] = ()
    fixed: Part | None = None
    zoom: Literal["left_foot", "right_foot"] | None = None
    arrows: tuple[str, ...] | None = None
    file: str = ""

    def __post_init__(self) -> None:
        if bool(self.poses) == bool(self.file):
            raise ValueError(f"expected either poses or a file, found {'both' if self.file else 'neither'}")
        if len(self.poses) > MOST_POSES:
            raise ValueError(f"poses: at most {MOST_POSES} can be seen side by side, found {len(self.poses)}")
        if self.file and not self.file.lower().endswith((".svg", ".png")):
            raise ValueError(f'file: expected a name that ends in .svg or .png, found "{self.file}"')


def read_drawing(written: str) -> Drawing:
    """The drawing of an exercise from the text it is kept as. Raises ValueError where it is none."""
    problems = Problems("", ValueError)  # type: ignore[arg-type]  # shown by whoever asked
    drawing = validate(Drawing, json.loads(written, parse_float=Decimal), problems)
    if drawing is None:
        raise ValueError("; ".join(problem.message for problem in problems.found))
    return drawing
