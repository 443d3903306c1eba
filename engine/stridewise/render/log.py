"""A training log as it was read, for whoever is going to rely on it: what counts, from which days, and what does not and why."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from stridewise.documents.units import show
from stridewise.profile.load_measures import (
    Window,
    hours_a_week,
    longest_of_log,
    minutes_of_log,
    runs_of_week,
    session_load_of_log,
    weeks_of_log,
    window_of,
)
from stridewise.profile.log import Log, Run
from stridewise.profile.log_facts import window_words
from stridewise.render.json import as_json
from stridewise.render.paragraphs import Line, Row, section, table, to_text


def render_log(log: Log, as_of: date, form: str = "text") -> str:
    """A log on a day, as text or as JSON."""
    window = window_of(log, as_of)
    if form == "json":
        return as_json(_values(log, window, as_of))
    return to_text(_lines(log, window, as_of))


def _lines(log: Log, window: Window | None, as_of: date) -> Iterator[Line | Row]:
    yield Line(f"{log.name}: {len(log.runs)} run{'' if len(log.runs) == 1 else 's'}, {log.made_by}", "title")
    if window is None:
        yield Line(f"No run lies on or before {as_of}.")
    else:
        for words in window_words(window, (as_of - window.end).days):
            yield Line(words)
        yield from section(
            "Weeks", [Line("Seven days each, the last ending on the log's last day.", "quiet", 2)] if window.weeks else []
        )
        yield from _weeks(log, window)
        yield from section("Also", _also(log, window))
    ahead = [Line(_run_words(run), indent=2) for run in log.runs if run.day > as_of]
    yield from section(f"After {as_of}, not counted", ahead)
    yield from section("How it was read", [Line(note, indent=2) for note in (*log.notes, *log.asides)])
    left_out = [Line(f"{_where(one.file, one.line)}: {one.what}: {one.why}", indent=2) for one in log.left_out]
    yield from section("Left out", left_out)
    yield from section("Columns not read", [Line(", ".join(log.unread), indent=2)] if log.unread else [])


def _weeks(log: Log, window: Window) -> Iterator[Row]:
    """One row a week, the latest last; minutes and load only where the log has them."""
    heads, rows = ["seven days to", "km", "runs", "longest"], list(_week_rows(log, window))
    more = [name for name in ("minutes", "load") if any(row[name] for row in rows)]
    cells = [(str(row["to"]), *(show(row[name]) for name in ("km", "runs", "longest", *more))) for row in rows]
    return table((*heads, *more), (13, -8, -6, -10, *(-9 for _ in more)), cells)


def _week_rows(log: Log, window: Window) -> Iterator[dict[str, Any]]:
    measures = (weeks_of_log(log.runs, window), minutes_of_log(log.runs, window), session_load_of_log(log.runs, window))
    for ago in reversed(range(window.weeks)):
        runs = [run for run in runs_of_week(log.runs, window, ago) if run.distance_km]
        km, minutes, load = (measure[window.weeks - 1 - ago] for measure in measures)
        longest = max((run.distance_km for run in runs), default=Decimal(0))
        yield {
            "to": date.fromordinal(window.end.toordinal() - 7 * ago),
            "km": km,
            "runs": Decimal(len(runs)),
            "longest": longest,
            "minutes": round(minutes, 0),
            "load": round(load, 0),
        }


def _also(log: Log, window: Window) -> Iterator[Line]:
    longest, hours = longest_of_log(log.runs, window), hours_a_week(log.others, window)
    if longest is not None:
        yield Line(f"Longest run of the 30 days to {window.end}: {_run_words(longest)}", indent=2)
    if hours is not None:
        sports = ", ".join(sorted({one.sport for one in log.others}))
        yield Line(f"Cross-training: {show(round(hours, 1))} h a week ({sports})", indent=2)


def _run_words(run: Run) -> str:
    return f"{show(run.distance_km)} km on {run.day} ({_where(run.file, run.line)})"


def _where(file: str, line: int) -> str:
    return f"{file}:{line}" if line else file


# --- JSON -------------------------------------------------------------------------------------------------------------


def _values(log: Log, window: Window | None, as_of: date) -> dict[str, Any]:
    """Everything, for a program; days as ISO dates, numbers as numbers."""
    counted = {"runs": [run for run in log.runs if run.day <= as_of], "after_as_of": [run for run in log.runs if run.day > as_of]}
    hours = hours_a_week(log.others, window) if window else None
    weeks = [{**row, "to": str(row["to"])} for row in _week_rows(log, window)] if window else []
    return {
        "file": log.name,
        "made_by": log.made_by,
        "as_of": str(as_of),
        "window": window and _window_values(window),
        "weeks": weeks,
        "cross_training_hours": hours and round(hours, 2),
        **{name: [_run_values(run) for run in runs] for name, runs in counted.items()},
        "other_sports": [_run_values(one) for one in log.others],
        "left_out": [{"file": o.file, "line": o.line, "what": o.what, "why": o.why} for o in log.left_out],
        "unread_columns": list(log.unread),
        "notes": [*log.notes, *log.asides],
    }


def _window_values(window: Window) -> dict[str, Any]:
    return {"first": str(window.first), "end": str(window.end), "weeks": window.weeks, "part_days": window.part_days}


def _run_values(run: Run) -> dict[str, Any]:
    minutes = None if run.minutes is None else round(run.minutes, 1)
    where = {"file": run.file, "line": run.line, "date": str(run.day)}
    return {**where, "km": run.distance_km, "minutes": minutes, "rpe": run.rpe, "sport": run.sport}
