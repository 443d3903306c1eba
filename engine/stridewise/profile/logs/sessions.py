"""Runs in JSON: a session of Polar Flow, activities of Nike Run Club, activities of intervals.icu, alone or in a list."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from stridewise.documents.located import line_of
from stridewise.errors import Problems
from stridewise.profile.logs.activity import Log
from stridewise.profile.logs.builder import Builder, Said
from stridewise.profile.logs.numbers import durations

NIKE_CLOCK = "Nike tells its times in UTC: a run near midnight may stand a day off."
FORMS = "a session of Polar Flow, activities of Nike Run Club or of intervals.icu"


def read_sessions(root: Any, name: str, problems: Problems) -> Log | None:
    """The activities of a JSON document; None where it is none of these."""
    builder = Builder(name, problems)
    makers: dict[str, None] = {}
    for item in _items(root):
        if not isinstance(item, dict):
            return None
        known = next(((maker, read) for mark, (maker, read) in _MARKS.items() if mark in item), None)
        if known is None:
            return None
        makers[known[0]] = None
        with problems.at(line_of(item), ""):
            for said in known[1](item):
                builder.add(said)
    return builder.log(", ".join(makers), *([NIKE_CLOCK] if "Nike Run Club" in makers else [])) if makers else None


def _items(root: Any) -> list[Any]:
    if isinstance(root, dict) and isinstance(root.get("activities"), list):
        return list(root["activities"])
    return list(root) if isinstance(root, list) else [root]


def _polar(session: dict[str, Any]) -> Iterator[Said]:
    """One activity an exercise; a session without exercises that say their sport names it itself."""
    for exercise in session["exercises"] if isinstance(session["exercises"], list) else []:
        if not isinstance(exercise, dict):
            raise ValueError("expected exercises with a sport, a start and a distance in m")
        both = {**session, **exercise}
        sport = both.get("sport", "")
        sport = sport.get("id", "") if isinstance(sport, dict) else sport
        start = str(both.get("startTime", ""))
        seconds = next(iter(durations(str(both.get("duration", "")), ".", "s")), "")
        yield Said(line_of(exercise), start, str(sport), both.get("distance"), "m", seconds)


def _nike(activity: dict[str, Any]) -> Iterator[Said]:
    """Times in milliseconds since 1970, the distance among the summaries, in km."""
    try:
        start = datetime.fromtimestamp(int(activity["start_epoch_ms"]) / 1000, UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        raise ValueError("start_epoch_ms: expected milliseconds since 1970") from None
    summaries = [one for one in activity.get("summaries") or () if isinstance(one, dict)]
    km = next((one.get("value") for one in summaries if one.get("metric") == "distance"), None)
    sport, duration = str(activity.get("type", "")), activity.get("active_duration_ms")
    yield Said(line_of(activity), f"{start:%Y-%m-%d %H:%M}", sport, km, "km", duration, "ms")


def _intervals(activity: dict[str, Any]) -> Iterator[Said]:
    start, sport = str(activity["start_date_local"]), str(activity.get("type", ""))
    yield Said(line_of(activity), start, sport, activity.get("distance"), "m", activity.get("moving_time"))


# The key that tells whose activity it is.
_MARKS: dict[str, tuple[str, Callable[[dict[str, Any]], Iterator[Said]]]] = {
    "exercises": ("Polar Flow", _polar),
    "start_epoch_ms": ("Nike Run Club", _nike),
    "start_date_local": ("intervals.icu", _intervals),
}
