"""What a training log says of the runner: its measures, all from one window of days, and what has to be said about the log."""

from collections import Counter
from collections.abc import Iterator

from stridewise.language.translation import fixed, say, say_number
from stridewise.language.vocabulary import Place
from stridewise.profile.load_measures import (
    LONGEST_RUN_DAYS,
    Window,
    hours_a_week,
    longest_of_log,
    runs_of_week,
    weekly_measures,
    weeks_of_log,
    window_of,
)
from stridewise.profile.log import Log, Run
from stridewise.profile.reader import Reader

CROSS_TRAINING = "training.cross_training_hours"
LONG_AGO = 7  # days between the log's last and the plan
INSTEAD = fixed("If there was no run since, give training.weekly_distance_km instead of the log.")


def work_out_log(reader: Reader, log: Log) -> None:
    """The weekly distance and its changes, the longest run, hours of other endurance; each from the lines it rests on."""
    window = window_of(log, reader.as_of)
    if said := " ".join(_notices(reader, log, window)):
        reader.result.notices.append(said)
    if window is None or (reader.as_of - window.end).days > LONGEST_RUN_DAYS:
        return
    weeks = weeks_of_log(log.runs, window)
    latest = [_place(reader, run) for run in runs_of_week(log.runs, window)]
    before = [_place(reader, run) for week in range(1, window.weeks) for run in runs_of_week(log.runs, window, week)[-1:]]
    everything = _place(reader, max((run for run in log.runs if run.day <= window.end), key=lambda run: run.day))
    for kind, value in weekly_measures(weeks) if weeks else ():
        lines = before if kind.startswith("mean") else latest if kind == "weekly_distance" else [*latest[-1:], *before]
        reader.work_out(kind, value, tuple(dict.fromkeys(lines)) or (everything,))
    longest = longest_of_log(log.runs, window)
    if longest is not None:
        reader.work_out("longest_run", longest.distance_km, (_place(reader, longest),))
    hours = hours_a_week(log.others, window)
    if hours is not None and reader.at(CROSS_TRAINING) is None:
        counted = [_place(reader, one) for one in log.others if window.week_of(one.day) is not None]
        reader.work_out("cross_training_hours", hours, tuple(counted[-1:]))


def _place(reader: Reader, run: Run) -> Place:
    """Where a run stands: a line of the log, or a file in its folder."""
    name = reader.profile.log_name
    is_inside = run.file and run.file != name.rpartition("/")[2]
    return Place(f"{name}/{run.file}" if is_inside else name, run.line)


# --- what has to be said ----------------------------------------------------------------------------------------------


def _notices(reader: Reader, log: Log, window: Window | None) -> Iterator[str]:
    name = reader.profile.log_name
    if window is None:
        yield say("The training log holds no run up to the day of the plan.")
    else:
        yield from window_words(window, (reader.as_of - window.end).days)
    yield from log.notes
    ahead = [run for run in log.runs if run.day > reader.as_of]
    if ahead:
        first = min(ahead, key=lambda run: run.day)
        where = f"{name}:{first.line}" if first.line else first.file
        one = "In the training log {number} run lies after the day of the plan and counts for nothing ({where})."
        many = fixed("In the training log {number} runs lie after the day of the plan and count for nothing ({where}).")
        yield say_number(one, many, len(ahead), where=where)
    reasons = Counter(_short(one.why) for one in log.left_out if one.day is None or one.day <= reader.as_of)
    if reasons:
        told = ", ".join(f"{number} ({why})" for why, number in sorted(reasons.items()))
        yield say("Left out of the training log: {told}. `recommend log {name}` shows each.", told=told, name=name)


def _short(why: str) -> str:
    return "recorded twice" if why.startswith("the same as") else why


def window_words(window: Window, days_before_plan: int) -> Iterator[str]:
    """What a reader must know of the days that a log covers."""
    if days_before_plan > LONGEST_RUN_DAYS:
        too_old = fixed("The training log ends on {date}, {days} days before the plan: nothing is taken from it.")
        yield say(too_old, date=window.end, days=days_before_plan)
        return
    if days_before_plan > 1:
        counted = fixed("The training log ends on {date}, {days} days before the plan; weeks are counted to that day.")
        yield say(counted, date=window.end, days=days_before_plan)
    if days_before_plan >= LONG_AGO:
        yield say(INSTEAD)
    if not window.weeks:
        covers = "1 day" if window.days == 1 else f"{window.days} days"
        yield f"The training log covers {covers}, less than a week: no weekly distance is taken from it."
    elif window.part_days:
        days = "day of the log is" if window.part_days == 1 else f"{window.part_days} days of the log are"
        yield f"The first {days} part of a week and in no weekly distance."
