"""What a profile says in other words: kilometres a week from a list or a log, days to the race from a date."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from stridewise.documents.units import show
from stridewise.language.fact import Fact, make_fact
from stridewise.language.translation import fixed, say
from stridewise.language.vocabulary import Place
from stridewise.profile.doubts import sudden_week
from stridewise.profile.load_measures import percent_above, weekly_measures
from stridewise.profile.log_facts import work_out_log
from stridewise.profile.reader import Reader

NO_DATE = fixed("The profile has no recorded date: weeks to the race count from {date}.")
DAYS_A_WEEK = Decimal(7)
WEEKLY = "training.weekly_distance"
MAX_DAYS = 100_000  # to the race
MAX_WEEKS = 520  # of distances listed: ten years


def work_out_distances(reader: Reader) -> None:
    """The weekly distance and what is counted from it; the longest run where a log gives it."""
    written, path = reader.given(WEEKLY)
    line = reader.line(path)
    if written == ():
        reader.problems.add(line, f"{WEEKLY}: the list is empty; leave it out or give at least one week")
    if reader.profile.log is not None:
        if written is not None:
            reader.problems.add(line, f"{WEEKLY}: the log gives it too; keep one of the two")
        work_out_log(reader, reader.profile.log)
        return
    weeks = list(_written_weeks(reader, written or (), path))
    if weeks:
        for kind, value in weekly_measures(weeks):
            reader.work_out(kind, value, (reader.place(line),))
        reader.result.notices += sudden_week(weeks)


def _written_weeks(reader: Reader, written: tuple[Decimal, ...], path: str) -> Iterator[Decimal]:
    """The weeks that are listed at a path, in the unit of the vocabulary."""
    if len(written) > MAX_WEEKS:
        message = f"{WEEKLY}: {len(written)} weeks are listed; give the latest {MAX_WEEKS} at most"
        reader.problems.add(reader.line(path), message)
        return
    for index, week in enumerate(written):
        with reader.problems.at(reader.line(path, index), f"{WEEKLY}[{index}]"):
            type_ = reader.vocabulary.kinds["weekly_distance"].type
            number = reader.in_unit_of("weekly_distance", week, path)
            yield Decimal(reader.vocabulary.read(type_, number, "weekly_distance"))


# --- the race ------------------------------------------------------------------------------------------------------------

Said = tuple[Decimal, tuple[Place, ...]]  # days to the race, and where it is said


def work_out_race(reader: Reader) -> None:
    """Days and weeks to the race, from a date, from in_weeks, or from a phrase among the findings."""
    race = reader.sections.race
    said = list(_said_in_phrases(reader))
    relative = bool(said) or (race is not None and race.in_weeks is not None)
    if race is not None and race.date is not None:
        place = reader.place(reader.line("race.date"))
        said.append((Decimal((race.date - reader.as_of).days), (place,)))
    if race is not None and race.in_weeks is not None:
        line = reader.line("race.in_weeks")
        if race.in_weeks < 0:
            reader.problems.add(line, f"race.in_weeks: expected weeks from now on, found {race.in_weeks}")
        else:
            said.append((_whole(race.in_weeks * DAYS_A_WEEK) - reader.elapsed_days, (reader.place(line),)))
    if relative and reader.sections.recorded is None:
        reader.result.notices.append(say(NO_DATE, date=reader.as_of))
    if said:
        _take_race(reader, said)


def _said_in_phrases(reader: Reader) -> Iterator[Said]:
    """Phrases that name the race as facts: taken out, to be counted in days."""
    phrases = [fact for fact in reader.facts if fact.kind in ("weeks_to_race", "days_to_race")]
    reader.facts = [fact for fact in reader.facts if fact.kind not in ("weeks_to_race", "days_to_race")]
    for fact in phrases:
        days = Decimal(fact.value) * (DAYS_A_WEEK if fact.kind == "weeks_to_race" else 1)
        yield _whole(days) - reader.elapsed_days, fact.places


def _whole(days: Decimal) -> Decimal:
    """Whole days, the earlier one: a race is on a day, and what is kept clear before it is counted from there."""
    return days.to_integral_value(rounding="ROUND_FLOOR")


def _take_race(reader: Reader, said: list[Said]) -> None:
    days, where = said[0]
    for other, places in said[1:]:
        if other != days:
            message = f"the race is {show(other)} days away here and {show(days)} days away at {where[0]}; keep one"
            reader.problems.add(places[0].line, message)
    if days > MAX_DAYS:
        reader.problems.add(where[0].line, f"the race is {show(days)} days away; at most {MAX_DAYS} can be counted")
        return
    if days < 0:
        reader.result.notices.append(say("The race lies before the day of the plan, so the plan is made without one."))
        reader.work_out("weeks_since_race", -days / DAYS_A_WEEK, where)
        return
    everywhere = tuple(place for _, places in said for place in places)
    reader.work_out("days_to_race", days, everywhere)
    reader.work_out("weeks_to_race", days / DAYS_A_WEEK, everywhere)


def spike(reader: Reader, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The planned long run against the longest of the last 30 days, in percent."""
    known = {fact.kind: fact for fact in facts if fact.kind in ("longest_run", "planned_longest_run")}
    kind = reader.vocabulary.kinds.get("planned_run_spike")
    if kind is None or len(known) < 2:
        return
    planned, longest = known["planned_longest_run"], known["longest_run"]
    if isinstance(planned.value, Decimal) and isinstance(longest.value, Decimal) and longest.value > 0:
        change = percent_above(planned.value, longest.value)
        yield make_fact(reader.vocabulary, kind, change, {}, places=planned.places + longest.places)
