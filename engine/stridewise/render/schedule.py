"""The schedule for a reader: the first week, the sessions of the next two weeks, the weeks to race day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from stridewise.documents.sentences import capitalised
from stridewise.language.translation import fixed, language_in_force, say, told_number
from stridewise.plan.model import Plan, PlannedDay, PlannedExercise, PlannedSession, WeekTotals
from stridewise.planning.merging import grouped

# Written out: the names must not depend on the locale of the machine.
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_OF_MONTH = "MMMd"  # how Babel calls it
NOTHING = "–"
GLANCE_TITLES = (fixed("Day"), fixed("Run"), fixed("Strength"))
NO_RUN = {
    "planned": NOTHING,
    "rest": fixed("rest"),
    "not_recorded": fixed("not recorded"),
    "stopped": fixed("no running"),
    "coach": fixed("as your coach plans"),
}
SETS, TURNS = 3, 2  # which number of a week is its sets, and by how many they differ where two sessions take turns
WEEK_TITLES = (
    fixed("Week"),
    fixed("From"),
    fixed("Phase"),
    fixed("km"),
    fixed("Longest run"),
    fixed("Strength"),
    fixed("Sets"),
    fixed("Contacts"),
)


@dataclass(frozen=True, slots=True)
class SameSession:
    """Sessions of the next two weeks that are alike, with their days."""

    title: str
    days: str = ""
    exercises: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week of the table and the chart; numbers as the plan has them."""

    week: int
    start: str
    phase: str
    totals: WeekTotals
    race: str = ""

    @property
    def phase_words(self) -> str:
        """The phase; where the race is in the week, its day."""
        if not self.race:
            return say(self.phase, "phases")
        race = say("race {day}", day=_without_weekday(self.race))
        return race if "race" in self.phase else f"{say(self.phase, 'phases')}, {race}"

    @property
    def cells(self) -> tuple[str, ...]:
        """The numbers for a reader: km, longest run (or its minutes), strength sessions, sets, contacts."""
        totals = self.totals
        known = (totals.running_km, totals.longest_run_km, Decimal(totals.strength_sessions), totals.sets, totals.contacts)
        told = tuple(NOTHING if number is None else told_number(round_half_up(number)) for number in known)
        minutes = totals.longest_run_minutes
        return told if minutes is None else (told[0], say("{minutes} min", minutes=round_half_up(minutes)), *told[2:])


def short_day(iso: str) -> str:
    """A date for a table, the same in every locale.

    >>> short_day("2026-11-21")
    'Sat 21 Nov'
    """
    day = date.fromisoformat(iso)
    return f"{_told(day, DAYS[day.weekday()], 'cccccc').rstrip('.')} {_without_weekday(iso)}"


def _told(day: date, english: str, pattern: str) -> str:
    """A date, or a part of it: in English in words of our own, else as the language writes it."""
    if (language := language_in_force()).is_english:
        return english
    from babel.dates import format_date, format_skeleton

    if pattern == DAY_OF_MONTH:
        return format_skeleton(pattern, day, locale=language.code)
    return format_date(day, pattern, locale=language.code)


def _without_weekday(iso: str) -> str:
    day = date.fromisoformat(iso)
    return _told(day, f"{day.day} {MONTHS[day.month - 1]}", DAY_OF_MONTH).rstrip(".")  # it would end a sentence twice


def weekday(iso: str) -> str:
    """A date with its day of the week, written out.

    >>> weekday("2026-11-21")
    'Saturday 21 Nov 2026'
    """
    day = date.fromisoformat(iso)
    return _told(day, f"{WEEKDAYS[day.weekday()]} {_without_weekday(iso)} {day.year}", "full")


def long_day(iso: str) -> str:
    """A date for a letter.

    >>> long_day("2026-11-21")
    '21 Nov 2026'
    """
    day = date.fromisoformat(iso)
    return _told(day, f"{_without_weekday(iso)} {day.year}", "long")


def full_days(plan: Plan) -> list[PlannedDay]:
    """The days that are planned in full: the next two weeks."""
    return [day for day in plan.schedule if not day.outline]


def glance_cells(plan: Plan) -> list[tuple[str, ...]]:
    """The first seven days, a row each: the day, its runs, its strength."""
    return list(map(_glance, full_days(plan)[:7]))


def _glance(day: PlannedDay) -> tuple[str, ...]:
    runs = "; ".join(spoken_session(session) for session in day.sessions if session.kind != "strength")
    strength = "; ".join(spoken_session(session) for session in day.sessions if session.kind == "strength")
    return short_day(day.date), runs or say(NO_RUN[day.running]), strength or NOTHING


def spoken_session(session: PlannedSession) -> str:
    """A session in a table cell: Strength, 25 min; Easy run, 8 km (proposed)."""
    minutes = [] if session.minutes is None else [say("{minutes} min", minutes=round_half_up(session.minutes))]
    km = [] if session.km is None else [f"{told_number(round_half_up(session.km))} km"]
    text = ", ".join([capitalised(session.title), *km, *minutes])
    return say("{session} (proposed)", session=text) if session.proposed else text


def round_half_up(number: Decimal) -> Decimal:
    """A whole number for people: 16.5 is 17."""
    return number.to_integral_value(rounding=ROUND_HALF_UP)


def whole_km(km: Decimal) -> str:
    """Whole kilometres, never more than planned."""
    return told_number(km.to_integral_value(rounding=ROUND_FLOOR))


def spoken_sets(exercises: Sequence[PlannedExercise]) -> str:
    """What a session holds: Split squat × 2, Dead bug × 3."""
    return ", ".join(f"{exercise.name} × {told_number(exercise.sets)}" for exercise in exercises)


def same_sessions(plan: Plan) -> tuple[SameSession, ...]:
    """Sessions with exercises, or with something to say, alike ones together: strength first, then what goes before runs, then
    the runs that changed."""
    held = (
        (day.date, session)
        for day in full_days(plan)
        for session in day.sessions
        if session.exercises or (session.note and not _goes_by_minutes(session)) or session.gave_way
    )
    groups = grouped(held, lambda one: _likeness(one[1]))
    told = [_same(alike) for alike in sorted(groups, key=lambda alike: alike[0][1].kind != "strength")]
    changed = tuple(changed_runs(plan))
    return (*told, *([SameSession(say("Runs that changed"), remarks=changed)] if changed else []), *_steps(plan))


def differing_sessions(plan: Plan) -> list[str]:
    """What each strength session of the next two weeks holds, with its days, where sessions of one name are not all alike."""
    groups: dict[tuple[str, str], list[str]] = {}
    for day in full_days(plan):
        for session in day.sessions:
            if session.kind == "strength":
                groups.setdefault((session.title, spoken_sets(session.exercises)), []).append(day.date)
    names = {title for title, _ in groups}
    return [f"{_listed(on)}: {held}" for (_, held), on in groups.items()] if len(groups) > len(names) else []


def changed_runs(plan: Plan) -> list[str]:
    """Tue 1 Dec: Intervals → easy run: the calf is above its limit."""
    changed: dict[str, list[str]] = {}
    for day in full_days(plan):
        for session in day.sessions:
            if session.became:
                changed.setdefault(session.became, []).append(day.date)
    return [f"{_listed(on)}: {text}" for text, on in changed.items()]


def _goes_by_minutes(session: PlannedSession) -> bool:
    """Is it a step of walking and running in turn?"""
    return session.kind != "strength" and session.minutes is not None


def _steps(plan: Plan) -> Iterator[SameSession]:
    """The steps of running by minutes, each with the day it starts, and how they are taken."""
    held = [(_when(day), session) for day in plan.schedule for session in day.sessions if _goes_by_minutes(session)]
    first: dict[str, str] = {}
    for when, session in held:
        first.setdefault(session.title, when)
    if held:
        lines = (f"{when}: {title}" for title, when in first.items())
        yield SameSession(say("Walk and run, step by step"), remarks=(*filter(None, [held[0][1].note]), *lines))


def _when(day: PlannedDay) -> str:
    """The day a step starts on; later on its week alone is known."""
    in_week, from_day = fixed("In the week of {day}"), fixed("From {day}")
    return say(in_week if day.outline else from_day, day=short_day(day.date))


def _likeness(session: PlannedSession) -> tuple[object, ...]:
    """Strength sessions are alike in name, time and exercises; runs, the race among them, in their warm-up."""
    if session.kind == "strength":
        return (session.kind, session.title, session.minutes, session.exercises)
    return ("warm-up", session.exercises) if session.exercises else (session.kind,)


def _same(held: list[tuple[str, PlannedSession]]) -> SameSession:
    session, days = held[0][1], _listed([day for day, _ in held])
    listed, remarks = spoken_sets(session.exercises), tuple(_remarks(held))
    if session.kind == "strength":
        return SameSession(spoken_session(session), days, listed, remarks)
    titles = ", ".join(dict.fromkeys(_named(session) for _, session in held))
    if listed:  # the days of the runs are in the week above
        return SameSession(say("Warm-up before {runs}", runs=titles), exercises=listed, remarks=remarks)
    return SameSession(capitalised(titles), days, listed, remarks)


def _named(session: PlannedSession) -> str:
    """A run by its title, steps and the race by what they are."""
    if _goes_by_minutes(session):
        return say("walking and running")
    return say("the race") if session.kind == "race" else session.title


def _remarks(held: list[tuple[str, PlannedSession]]) -> Iterator[str]:
    """What is said about these sessions, with the days where it is not all of them."""
    said: dict[str, list[str]] = {}
    for day, session in held:
        for text in filter(None, ("" if _goes_by_minutes(session) else session.note, session.gave_way)):
            said.setdefault(text, []).append(day)
    together: dict[tuple[str, ...], list[str]] = {}
    for text, on in said.items():
        together.setdefault(tuple(on), []).append(text)
    for on_days, texts in together.items():
        yield " ".join(texts) if len(on_days) == len(held) else f"{_listed(list(on_days))}: {' '.join(texts)}"


def _listed(dates: list[str]) -> str:
    return ", ".join(map(short_day, dates))


def weeks(plan: Plan) -> tuple[WeekRow, ...]:
    """One row a week, from the entries that carry the totals."""
    races = {day.week: day.date for day in plan.schedule if any(session.kind == "race" for session in day.sessions)}
    return tuple(
        WeekRow(day.week, day.date, day.phase.replace("_", " "), day.totals, races.get(day.week, ""))
        for day in plan.schedule
        if day.totals is not None
    )


def left_of_first_week(plan: Plan) -> Decimal | None:
    """The kilometres left of a first week that does not begin on its Monday: those of its days where they are planned, else its
    share. None where the first week is whole, or not counted in kilometres."""
    days = [day for day in full_days(plan) if day.week == plan.schedule[0].week] if plan.schedule else []
    totals = days[0].totals if days else None
    if totals is None or totals.running_km is None or date.fromisoformat(days[0].date).weekday() == 0:
        return None
    planned = [session.km for day in days for session in day.sessions if session.km is not None]
    share = totals.running_km * len(days) / len(DAYS)
    return min(sum(planned, Decimal(0)) if planned else share, totals.running_km).to_integral_value(rounding=ROUND_FLOOR)


def part_week_words(plan: Plan) -> str:
    """Week 1 is a part week: from Thu 26 Nov about 18 of its 32 km are left."""
    left, totals = left_of_first_week(plan), plan.schedule[0].totals if plan.schedule else None
    if left is None or totals is None or totals.running_km is None:
        return ""
    first = plan.schedule[0]
    text = fixed("Week {week} is a part week: from {day} about {left} of its {km} km are left.")
    return say(text, week=first.week, day=short_day(first.date), left=left, km=whole_km(totals.running_km))


def week_cells(plan: Plan, together_from: str | None = None) -> list[tuple[str, ...]]:
    """The rows of the week table; weeks in a row that are alike share one, 1–3, and so do weeks whose two sessions take turns and
    that differ by a set or two: 37–38. Weeks that start after `together_from` share one a phase: 18–25 km."""
    rows: list[list[WeekRow]] = []
    for row in weeks(plan):
        if rows and _stand_together([*rows[-1], row], together_from):
            rows[-1].append(row)
        else:
            rows.append([row])
    return list(map(_cells, rows))


def _stand_together(rows: list[WeekRow], together_from: str | None) -> bool:
    """Do these weeks have the same phase and, but where all of them are later, the same numbers save a set or two?"""
    if len({row.phase_words for row in rows}) > 1:
        return False
    if together_from is not None and rows[0].start > together_from:
        return True
    sets = [row.totals.sets or Decimal(0) for row in rows]
    alike = {(*row.cells[:SETS], *row.cells[SETS + 1 :]) for row in rows}
    return len(alike) == 1 and max(sets) - min(sets) <= TURNS


def _cells(rows: list[WeekRow]) -> tuple[str, ...]:
    numbers = [_spoken_range(column) for column in zip(*(row.cells for row in rows), strict=True)]
    return (_spoken_range((str(rows[0].week), str(rows[-1].week))), short_day(rows[0].start), rows[0].phase_words, *numbers)


def _spoken_range(said: Sequence[str]) -> str:
    """18–25, 40–45 min, or what all of them say."""
    unique = list(dict.fromkeys(said))
    if len(unique) == 1 or not all(text[:1].isdigit() for text in unique):
        return unique[0] if len(unique) == 1 else "; ".join(unique)
    low, high = (of(unique, key=lambda text: Decimal(text.split()[0])) for of in (min, max))
    return f"{low.split()[0]}–{high}"
