"""What kind of change it would be to have a fact: something to earn, something that may be found, or something that cannot be
changed."""

from dataclasses import dataclass

from stridewise.language.fact import Fact
from stridewise.language.traits import ARRANGED, DIAGNOSED, EARNED, REPORTED
from stridewise.language.traits import FIXED as NEVER_CHANGES
from stridewise.language.vocabulary import Kind, Value, Vocabulary

EARN, TESTED, FIXED = "earn", "would apply if tested", "not modifiable"
MODIFIABILITIES = (EARN, TESTED, FIXED)


@dataclass(frozen=True, slots=True)
class Need:
    """A value of a kind that something asks for. `recorded` are the facts whose place it would take, `is_known`: the record
    says that it is not so; `is_gate`: a gate asks, so it is there to be mastered; `is_owned`: it is asked for as mastered."""

    kind: Kind
    value: Value
    recorded: tuple[Fact, ...] = ()
    is_known: bool = False
    is_gate: bool = False
    is_owned: bool = False

    @property
    def comes_down(self) -> bool:
        return bool(self.recorded) and all(fact.value > self.value for fact in self.recorded)  # type: ignore[operator]  # numbers


def modifiability_of(vocabulary: Vocabulary, need: Need) -> str:
    """What kind of change it would be. Experience grows and does not shrink; how the runner trains is found out, not changed."""
    traits, is_recorded = need.kind.traits, bool(need.recorded)
    is_reported = traits.modifiable == REPORTED and (is_recorded or need.is_known)
    if traits.modifiable == NEVER_CHANGES or is_reported or (traits.grows and need.comes_down):
        return FIXED
    if vocabulary.is_safety(need.kind.name, need.value):
        return TESTED
    is_earned = traits.modifiable == ARRANGED or (traits.grows and is_recorded) or _is_mastered(need)
    return EARN if is_earned else TESTED


def _is_mastered(need: Need) -> bool:
    """Is it there to be worked at: a number on record that a gate asks for, or a skill that is to be owned?"""
    if need.kind.traits.modifiable != EARNED:
        return False
    return need.is_gate and bool(need.recorded) if need.kind.type.is_number else need.is_gate or need.is_owned


def rank_of(kind: Kind) -> int:
    """Among findings: what is examined first, then what the runner reports, then what the clinician names."""
    return {REPORTED: 1, DIAGNOSED: 2}.get(kind.traits.modifiable or "", 0)
