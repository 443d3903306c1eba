"""Profiles to ask about: the examples, and small ones made of a few findings."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from stridewise.documents.located import Document
from stridewise.errors import ProfileError
from stridewise.explain.edits.entries import canonical
from stridewise.explain.edits.located import copied
from stridewise.explain.inquiry import Inquiry, open_inquiry
from stridewise.explain.items import PlanItem, leaves
from stridewise.plan.model import FactUsed
from stridewise.profile.profile import load_profile, read_profile
from stridewise.program.load import load_program
from stridewise.program.program import Program

AS_OF = date(2026, 11, 22)
PROFILES = sorted((Path(__file__).parents[2] / "profiles").glob("*.yaml"))
FEW = [path for path in PROFILES if path.stem in ("marathoner_in_three_weeks", "achilles_pain", "shortest", "red_flag")]
ENTRIES: list[Any] = [
    "weak glutes",
    "valgus knee",
    "high mileage",
    {"weakness": "soleus", "side": "left"},
    {"weakness": "abdominals", "grade": "marked"},
    {"skill": "hip_hinge", "grade": "owned"},
    {"skill": "goblet_squat", "grade": "learning"},
    {"heel_raise_reps": 14, "side": "right"},
    {"heel_raise_reps": 23, "side": "left"},
    {"pain": "achilles", "side": "left", "intensity": 4},
    {"movement_fault": "pelvic_drop"},
]
EQUIPMENT = ["dumbbell", "step", "mini_band"]


@cache
def the_program() -> Program:
    """The built-in packs, read once."""
    return load_program()


@cache
def about(path: Path) -> Inquiry:
    """An example profile to ask about; its re-runs are remembered."""
    return open_inquiry(load_profile(path), the_program(), AS_OF, "reference")


def asked_of(root: Mapping[str, Any]) -> Inquiry:
    """A profile made of plain values. Raises ProfileError."""
    located = copied(root)
    return open_inquiry(read_profile(Document("made.yaml", located, canonical(located))), the_program(), AS_OF, "reference")


def listed(item: PlanItem) -> list[FactUsed]:
    """All facts that an explanation lists: those it rests on, then those of the ways it would come back. Without them it goes,
    or `remains` says why it cannot."""
    return [*leaves(item), *(used for beyond in item.beyond for used in beyond.facts)]


def small_profiles() -> st.SearchStrategy[dict[str, Any]]:
    """A few findings, perhaps an age, equipment, a race and a screen."""
    optional = {
        "race": st.builds(lambda weeks: {"in_weeks": weeks}, st.integers(1, 16)),
        "constraints": st.builds(lambda items: {"equipment": sorted(items)}, st.sets(st.sampled_from(EQUIPMENT))),
        "safety": st.just({"screened": "2026-11-20", "red_flags": []}),
    }
    findings = st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=4, unique_by=str)
    runner = st.builds(lambda age: {"ref": "R-0"} | ({"age": age} if age else {}), st.sampled_from([None, 15, 34, 61]))
    return st.fixed_dictionaries(
        {"schema": st.just(1), "recorded": st.just("2026-11-20"), "runner": runner, "findings": findings}, optional=optional
    )


def made(root: Mapping[str, Any]) -> Inquiry | None:
    """The profile to ask about, None where its findings contradict each other."""
    try:
        return asked_of(root)
    except ProfileError:
        return None
