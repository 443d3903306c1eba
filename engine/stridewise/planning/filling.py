"""Share out the time of a session: sets first, then exercises that are only worth it where there is time; and a second session
where more is wanted than one holds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from stridewise.documents.shape import Amount, Range
from stridewise.language.dosage import Dosage
from stridewise.planning.choice import Choice
from stridewise.planning.dosage import top
from stridewise.planning.kit import least
from stridewise.planning.room import Room, serves
from stridewise.planning.session_size import SessionSize
from stridewise.planning.wants import Considered

FIRST, SECOND = "A", "B"
MOST_DAYS = Decimal(3)  # a week, as the fewest
FULL_SETS = Decimal(3)  # as far as sets alone fill a session (policy)


def share_sessions(room: Room, considered: Sequence[Considered]) -> None:
    """One session, or two that differ where two fit into the week and more is wanted than one holds: what matters most stays in
    both, the second takes what the first left."""
    choices = room.result.choices
    for choice in choices.values():
        choice.sessions = {FIRST}
    unserved = [one for one in considered if one.candidates and not is_served(room, one)]
    if not unserved or room.situation.sessions_a_week < 2:
        return
    kept = [choice for choice in choices.values() if choice.is_core or not choice.is_main]
    added = room.best(unserved, kept).items
    if not added:
        return
    for choice in kept:
        choice.sessions.add(SECOND)
    choices |= {item.name: room.choice(room.options[item.name][0][1].exercise) for item in added}
    for item in added:
        choices[item.name].sessions = {SECOND}
    for choice in _by_importance(choices.values()):
        if SECOND not in choice.sessions and _fits(room, choice):
            choice.sessions.add(SECOND)


def is_served(room: Room, one: Considered) -> bool:
    """Does anything in the plan serve a want?"""
    return any(serves(choice, one) for choice in room.result.choices.values())


def _fits(room: Room, more: Choice) -> bool:
    inside = [choice for choice in room.result.choices.values() if SECOND in choice.sessions]
    return room.limits.fits([room.item(choice) for choice in (*inside, more)])


def fill(room: Room, considered: Sequence[Considered], size: SessionSize) -> None:
    """Raise sets to what each dose allows, what matters most first; then, in a session that holds too little, to three, and add
    what is optional. Where the rules ask for less, nothing is filled up."""
    time = _Time(room, size)
    for choice in room.result.choices.values():
        choice.sets = room.fewest_sets(choice)
    for choice in _by_importance(room.result.choices.values()):
        time.raise_sets(choice, FULL_SETS if choice.is_core and not room.situation.is_reduced else Decimal(0))
    if room.situation.is_reduced:
        return
    for choice in _by_importance(room.result.choices.values()):
        if time.is_wanting(choice.sessions):
            time.raise_sets(choice, FULL_SETS)
    optional = [one for one in considered if one.want.priority == "optional" and one.candidates]
    for one in sorted(optional, key=lambda one: _repeats_a_pattern(room, one)):
        if not is_served(room, one):
            time.add(one)


def _repeats_a_pattern(room: Room, one: Considered) -> bool:
    """Does its first candidate move like an exercise that is in already?"""
    pattern = one.candidates[0].exercise.pattern
    return bool(pattern) and any(choice.exercise.pattern == pattern for choice in room.result.choices.values())


def _by_importance(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: (choice.importance, choice.exercise.id))


class _Time:
    """The minutes of each session, as sets and exercises are added."""

    def __init__(self, room: Room, size: SessionSize) -> None:
        self.room = room
        self.size = size

    def minutes(self, session: str) -> Decimal:
        inside = (c for c in self.room.result.choices.values() if session in c.sessions and c.is_main)
        return sum((choice.minutes for choice in inside), Decimal(0))

    def is_wanting(self, sessions: set[str]) -> bool:
        """Does one of these sessions hold too little?"""
        return any(self.minutes(session) < self.size.enough for session in sessions)

    def raise_sets(self, choice: Choice, least: Decimal) -> None:
        """One set more at a time, to the most its dose allows or to `least`, while every session it is in has the time."""
        dosage = self.room.dosage(choice)
        if dosage.sets is None or choice.sets is None or self.room.is_retuned(choice):
            return
        most = max(top(dosage.sets, Decimal(1)), least if self._may_grow(choice, dosage) else Decimal(0))
        while choice.sets < most and self._has_time(choice, choice.exercise.minutes_per_set):
            choice.sets += 1

    @staticmethod
    def _may_grow(choice: Choice, dosage: Dosage) -> bool:
        """Beyond its own sets: not where a rule says how many; what is held in each repetition only for a marked finding, a
        companion never."""
        is_said = choice.override is not None and choice.override.sets is not None
        return not is_said and choice.takes_a_place and (choice.is_marked or dosage.hold_each_s is None)

    def _has_time(self, choice: Choice, minutes: Decimal) -> bool:
        return not choice.is_main or all(self.minutes(name) + minutes <= self.size.minutes for name in choice.sessions)

    def add(self, one: Considered) -> None:
        """What is optional, into each session that holds too little and has a place for it."""
        choice = self.room.choice(one.candidates[0].exercise)
        choice.sets = self.room.fewest_sets(choice)
        sessions = {name for choice in self.room.result.choices.values() for name in choice.sessions}
        for session in sorted(sessions):
            inside = [c for c in self.room.result.choices.values() if session in c.sessions]
            has_place = sum(c.takes_a_place for c in inside) < self.size.exercises
            length = self.minutes(session) + choice.minutes
            if self.is_wanting({session}) and has_place and length <= self.size.minutes:
                choice.sessions.add(session)
        if choice.sessions:
            self.room.result.choices[choice.exercise.id] = choice
            self.raise_sets(choice, FULL_SETS if self.is_wanting(choice.sessions) else Decimal(0))


def shared_out(dosage: Dosage, choice: Choice, alternates: bool) -> Dosage:
    """The dosage with the sets that the time leaves, all of them where a finding is marked; where two sessions take turns, what
    stands in one comes once a week."""
    sets = dosage.sets if choice.sets is None else choice.sets if choice.is_marked else _sets(dosage.sets, choice.sets)
    dosage = replace(dosage, sets=sets)
    is_in_one = alternates and len(choice.sessions) == 1 and not is_done_on_most_days(dosage)
    return replace(dosage, sessions_per_week=Decimal(1)) if is_in_one else dosage


def is_done_on_most_days(dosage: Dosage) -> bool:
    """Is it an easy drill, as a stretch, that is not for the sessions alone?"""
    fewest = least(dosage.sessions_per_week) or Decimal(0)
    return dosage.effort is not None and dosage.effort.how == "easy" and fewest >= MOST_DAYS


def _sets(written: Amount | None, left: Decimal) -> Amount | None:
    """The sets as a range where the dose has one that still holds, else the number left."""
    if not isinstance(written, Range) or left > written.max:
        return left if written is not None else None
    return written if left == written.max else left if left == written.min else Range(written.min, left)
