"""One single change: what it is, how small, and in which words."""

from dataclasses import dataclass
from decimal import Decimal

from stridewise.documents.units import show
from stridewise.explain.edits.changes import AddFact, Change, RemoveFacts, SetPath
from stridewise.explain.edits.entries import days_ahead
from stridewise.explain.modifiability import EARN, MODIFIABILITIES, TESTED, Need, modifiability_of, rank_of
from stridewise.language.condition import Test, Within, describe_test
from stridewise.language.fact import VALUE, Fact, make_fact, show_fact, split_sides
from stridewise.language.traits import REPORTED
from stridewise.language.vocabulary import Kind, Value
from stridewise.recommendation.reasons import merge_sides
from stridewise.session import Session

RACE_UNITS = {"days_to_race": Decimal(1), "weeks_to_race": Decimal(7)}  # in days
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class PossibleChange:
    """One change. `size` is how far a number moves as a share of the new one, 0 for anything else; `rank` orders findings;
    `from_` is what is recorded now."""

    change: Change
    text: str
    modifiability: str
    size: Decimal
    rank: int = 0
    from_: str = ""

    @property
    def order(self) -> tuple[Decimal, int, int, str]:
        return (self.size, MODIFIABILITIES.index(self.modifiability), self.rank, self.text)


class Maker:
    """Makes changes of what is asked for, for one session."""

    def __init__(self, session: Session) -> None:
        self.memory = session.situation.memory
        self.vocabulary = session.situation.program.vocabulary
        self.as_of = session.situation.intake.as_of

    def added(self, need: Need, entry: dict[str, Value]) -> PossibleChange:
        """A fact recorded as this entry."""
        return self._told(AddFact(entry), need, self._show(need.kind, entry), ZERO)

    def unrecorded(self, kind: Kind, number: Decimal, attributes: dict[str, Value], test: Test) -> PossibleChange:
        """A number that nobody recorded, told as what the test would have to find."""
        entry: dict[str, Value] = {kind.name: number, **attributes}
        text = self._show(kind, entry)
        if isinstance(test, Within):
            exact = kind.telling(self.vocabulary.show_value(kind.type, number))
            text = kind.telling(describe_test(self.vocabulary, kind, VALUE, test)) + text[len(exact) :]
        return self._told(self._number(kind, entry), Need(kind, number), text, ZERO)

    def moved(
        self, kind: Kind, number: Decimal, attributes: dict[str, Value], facts: tuple[Fact, ...], is_gate: bool
    ) -> PossibleChange:
        """These recorded numbers, at most left and right of one, moved to another."""
        size = sum((abs(Decimal(fact.value) - number) / max(abs(number), ONE) for fact in facts), ZERO)
        entry: dict[str, Value] = {kind.name: number, **attributes}
        return self._told(self._number(kind, entry), Need(kind, number, facts, is_gate=is_gate), self._show(kind, entry), size)

    def _number(self, kind: Kind, entry: dict[str, Value]) -> Change:
        if kind.name in RACE_UNITS:
            days = (Decimal(entry[kind.name]) * RACE_UNITS[kind.name]).to_integral_value(rounding="ROUND_CEILING")
            return SetPath("race.date", days_ahead(self.as_of, days))
        return AddFact(entry)

    def possible_again(self, fact: Fact) -> PossibleChange:
        """A position that the runner can take after all."""
        return PossibleChange(RemoveFacts((fact,)), f"no longer: {show_fact(self.vocabulary, fact)}", EARN, ZERO)

    def more_minutes(self, limit: Decimal, more: Decimal) -> PossibleChange:
        """More time for each session than the limit that is recorded."""
        number = limit + more
        change = SetPath("constraints.minutes_per_session", number)
        return PossibleChange(change, f"{show(number, 'min')} for each session", EARN, more / number, 0, show(limit, "min"))

    # --- in words ----------------------------------------------------------------------------------------------------

    def _told(self, change: Change, need: Need, text: str, size: Decimal) -> PossibleChange:
        modifiability = modifiability_of(self.vocabulary, need)
        if modifiability == TESTED and need.kind.traits.modifiable == REPORTED:
            text = f"if the runner reports it: {text}"
        if need.kind.name in RACE_UNITS and need.comes_down:
            text = f"once the race is nearer: {text}"
        return PossibleChange(change, text, modifiability, size, rank_of(need.kind), self._now(need))

    def _now(self, need: Need) -> str:
        """What is recorded now; the distance to a race in days, which are whole."""
        recorded = self.memory.of("days_to_race") if need.recorded and need.kind.name in RACE_UNITS else need.recorded
        facts = merge_sides((self.memory.facts[fact] for fact in recorded), lambda fact: sorted(fact.assumed))
        return "; ".join(show_fact(self.vocabulary, fact) for fact in facts)

    def stated(self, kind: Kind, entry: dict[str, Value]) -> list[Fact]:
        """The facts that an entry says, defaults filled in."""
        defaults = {name: part.default for name, part in kind.attributes.items() if part.default is not None}
        attributes = defaults | {name: value for name, value in entry.items() if name != kind.name}
        return list(split_sides(make_fact(self.vocabulary, kind, entry[kind.name], attributes)))

    def _show(self, kind: Kind, entry: dict[str, Value]) -> str:
        attributes = {name: value for name, value in entry.items() if name != kind.name}
        return show_fact(self.vocabulary, make_fact(self.vocabulary, kind, entry[kind.name], attributes))
