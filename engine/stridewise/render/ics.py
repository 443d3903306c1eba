"""The next two weeks as one calendar (RFC 5545): whole-day events, the same plan the same bytes. A new plan takes the place of
the old one, day for day; titles say nothing of anybody's health."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from stridewise.plan.model import Plan, PlannedDay, PlannedSession
from stridewise.render.schedule import full_days, spoken_session

FOLD = 73  # bytes of a line, so that none is longer than 75 with what parts it
ENDS = "\r\n"


def render_ics(plans: Sequence[Plan]) -> str:
    """One calendar with the days of all plans."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//stridewise//recommend//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    events = [line for plan in plans for line in _events(plan)]
    return "".join(f"{_folded(line)}{ENDS}" for line in [*head, *events, "END:VCALENDAR"])


def _events(plan: Plan) -> Iterator[str]:
    if plan.is_sent_away:
        return
    for day in full_days(plan):
        for number, session in enumerate(day.sessions):
            yield from _event(plan, day, number, session)


def _event(plan: Plan, day: PlannedDay, number: int, session: PlannedSession) -> Iterator[str]:
    starts = date.fromisoformat(day.date)
    made = date.fromisoformat(plan.as_of)
    yield "BEGIN:VEVENT"
    yield f"UID:{plan.runner}-{day.date}-{number}@stridewise"
    yield f"DTSTAMP:{made:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{made.toordinal()}"
    yield f"DTSTART;VALUE=DATE:{starts:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{starts + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(spoken_session(session))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """A line in pieces of few enough bytes, each but the first behind a space."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > FOLD:
            pieces.append(piece)
            piece = ""
        piece += letter
    return f"{ENDS} ".join([*pieces, piece])
