"""The person who is drawn: lengths as shares of height (Drillis and Contini 1966), how thick each part is, and which landmarks
make up the parts that touch things. Metres, for a height of 1.75 m."""

from collections.abc import Mapping

HEIGHT = 1.75
SHARES: Mapping[str, float] = {
    "thigh": 0.245,
    "shin": 0.246,
    "upper_arm": 0.166,
    "forearm": 0.146,
    "hand": 0.034,
    "low_back": 0.097,
    "upper_back": 0.195,
    "neck": 0.052,
    "shoulder": 0.103,
    "hip": 0.052,
    "ankle": 0.039,
    "heel": 0.034,
    "ball": 0.074,
    "toe": 0.04,
}
LENGTHS: Mapping[str, float] = {name: share * HEIGHT for name, share in SHARES.items()}
RADII: Mapping[str, float] = {
    "pelvis": 0.095,
    "waist": 0.105,
    "ribs": 0.11,
    "chest": 0.115,
    "neck": 0.05,
    "head": 0.105,
    "hip": 0.088,
    "knee": 0.056,
    "ankle": 0.038,
    "heel": 0.038,
    "ball": 0.032,
    "toe": 0.022,
    "shoulder": 0.06,
    "elbow": 0.043,
    "wrist": 0.032,
    "hand": 0.036,
    "thigh": 0.085,
    "arch": 0.0,
    "face": 0.084,
    "nose": 0.014,
    "eye": 0.013,
}
SIDES: Mapping[str, int] = {"left": 1, "right": -1}
BEARING_NOTHING = ("face", "nose", "left_eye", "right_eye", "neck", "left_arch", "right_arch")
_OF_A_SIDE: Mapping[str, tuple[str, ...]] = {
    "hand": ("hand", "wrist"),
    "forearm": ("elbow", "wrist"),
    "elbow": ("elbow",),
    "knee": ("knee",),
    "shin": ("ankle",),
    "foot": ("heel", "ball", "toe"),
    "heel": ("heel",),
    "toes": ("ball", "toe"),
}
PARTS: Mapping[str, tuple[str, ...]] = {
    **{f"{side}_{part}": tuple(f"{side}_{one}" for one in marks) for side in SIDES for part, marks in _OF_A_SIDE.items()},
    "head": ("head",),
    "back": ("chest",),
    "chest": ("chest",),
    "seat": ("pelvis", "left_hip", "right_hip"),
    "hands": ("left_hand", "right_hand"),
    "knees": ("left_knee", "right_knee"),
    "shins": ("left_ankle", "right_ankle"),
    "heels": ("left_heel", "right_heel"),
    "feet": ("left_heel", "left_ball", "left_toe", "right_heel", "right_ball", "right_toe"),
}
ARM = ("shoulder", "elbow", "wrist", "hand")
LEG = ("hip", "knee", "ankle", "heel", "ball", "toe", "arch")


def radius(landmark: str) -> float:
    """How far the skin is from a landmark."""
    return RADII[landmark.rpartition("_")[2]]


def limb_of(part: str) -> tuple[str, ...]:
    """The landmarks of the arm or leg that a part of one side belongs to."""
    side, _, name = part.partition("_")
    return tuple(f"{side}_{one}" for one in (ARM if name in ("hand", "forearm", "elbow") else LEG))
