"""The schedule as iCalendar (RFC 5545): one all-day entry for each day with something to do, referrals first."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

LINE = 75  # octets, without the line break


def render(plan: dict[str, Any]) -> str:
    """A calendar for one plan. The same plan gives the same text."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Acme Physiotherapy//acme-knee//EN", "CALSCALE:GREGORIAN"]
    for number, (day, title, text) in enumerate(_entries(plan), 1):
        lines += _event(plan, number, day, title, text)
    return "".join(f"{fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _entries(plan: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(day, title, text), always at least one: a calendar may not be empty."""
    for one in plan["referrals"]:
        yield plan["as_of"], f"Referral ({one['urgency'].replace('_', ' ')})", one["text"]
    for day in plan["schedule"]:
        if day["sessions"]:
            prefix = "Week of: " if day["outline"] else ""
            yield day["date"], prefix + ", ".join(one["title"] for one in day["sessions"]), _what(day["sessions"])
    if plan["review"]["date"]:
        yield plan["review"]["date"], "Review with the physiotherapist", "Test again: " + ", ".join(plan["review"]["retest"])
    elif not plan["referrals"] and not plan["schedule"]:
        yield plan["as_of"], "No session is planned", ""


def _what(sessions: list[dict[str, Any]]) -> str:
    """Each session's exercises with their sets, and its note."""
    exercises = [f"{one['name']}: {one['sets']} sets" for session in sessions for one in session["exercises"]]
    return "\n".join([*exercises, *(session["note"] for session in sessions if session["note"])])


def _event(plan: dict[str, Any], number: int, day: str, title: str, text: str) -> list[str]:
    start = date.fromisoformat(day)
    stamp = plan["as_of"].replace("-", "")  # the day of the plan, so that the clock plays no part
    return [
        "BEGIN:VEVENT",
        f"UID:{plan['receipt']['plan_sha256'][:16]}-{number}@acme-knee",
        f"DTSTAMP:{stamp}T000000Z",
        f"DTSTART;VALUE=DATE:{start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(title)}",
        *([f"DESCRIPTION:{escape(text)}"] if text else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escape(text: str) -> str:
    r"""Text as a value: RFC 5545, 3.3.11.

    >>> escape("a, b; c\\d")
    'a\\, b\\; c\\\\d'
    """
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def fold(line: str) -> str:
    """A line broken at 75 octets, never inside a letter; what follows starts with a space: RFC 5545, 3.1."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n".join(parts)
