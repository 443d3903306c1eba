"""Swap what the runner does already, or the clinician asks for, where something speaks against it: the intent is kept, what is
lost is said."""

from collections.abc import Callable, Iterable

from stridewise.language.exercise import Block, Exercise
from stridewise.language.translation import say
from stridewise.plan.model import Because, KeptOutLevel, SetAside, SwapMade
from stridewise.planning.choice import Selection
from stridewise.planning.eligibility import Usable
from stridewise.planning.vetoes import LEVELS, KeptOut

Admit = Callable[[Exercise, Block | None, Iterable[Because]], bool]


def make_swaps(usable: Usable, result: Selection, admit: Admit) -> None:
    """Every swap, with its stand-in put into the plan."""
    asked = usable.situation.current | usable.situation.names("pinned_exercise")
    for name in sorted(asked & set(usable.against)):
        entry = usable.against[name]
        if entry.level != "banned" and name not in result.choices:
            _swap(usable, entry, result, admit)


def _swap(usable: Usable, entry: KeptOut, result: Selection, admit: Admit) -> None:
    avoided = usable.exercises[entry.exercise]
    stand_in, keeps, loses = _stand_in(usable, entry, admit)
    if stand_in is None and entry.level == "preference":
        tried = ", ".join(dict.fromkeys(usable.exercises[name].spoken for avoid in entry.avoids for name in avoid.instead))
        reason = say("stays for now: no replacement can be used")
        reason = f"{reason} ({tried})" if tried else reason
        result.set_aside.append(SetAside(exercise=avoided.id, reason=reason, because=tuple(entry.reasons)))
        return
    level: KeptOutLevel = "contraindication" if entry.is_veto else entry.level
    instead = stand_in.id if stand_in else None
    result.swaps.append(
        SwapMade(
            avoid=avoided.id,
            instead=instead,
            level=level,
            keeps=keeps,
            loses=loses,
            because=tuple(entry.reasons),
            avoid_name=avoided.spoken,
            instead_name=stand_in.spoken if stand_in else "",
        )
    )


def _stand_in(usable: Usable, entry: KeptOut, admit: Admit) -> tuple[Exercise | None, str, str]:
    """The first replacement that nothing speaks against and that fits, now in the plan, with what it keeps and loses."""
    avoided = usable.exercises[entry.exercise]
    for avoid in sorted(entry.avoids, key=lambda one: LEVELS.index(one.level)):  # the firmest rule's first
        for name in avoid.instead:
            exercise = usable.exercises[name]
            block = avoided.block if avoided.block in exercise.blocks else None  # in the same block, where it can be
            if usable.obstacle(exercise) is None and admit(exercise, block, entry.reasons):
                own = next((swap for swap in exercise.swaps if swap["for"] == entry.exercise), None)
                return exercise, say(own["keeps"]) if own else avoid.keeps, say(own["loses"]) if own else avoid.loses
    return None, "", ""
