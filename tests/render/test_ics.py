"""The calendar file: read back by an independent library; stable identities; nothing about health in a title."""

import pytest

from render_kit import PROFILES, example, plan, refer_first
from stridewise.render.ics import render_ics
from stridewise.render.schedule import full_days

icalendar = pytest.importorskip("icalendar")


@pytest.mark.parametrize("name", PROFILES)
def test_another_library_reads_every_session_on_its_day(name: str) -> None:
    one = example(name)
    read = icalendar.Calendar.from_ical(render_ics([one]))
    events = [(str(event.decoded("dtstart")), str(event["summary"])) for event in read.walk("VEVENT")]
    planned = [(day.date, session) for day in full_days(one) for session in day.sessions]
    at_once = any(referral.is_at_once or referral.stops_all for referral in one.referrals)
    assert [day for day, _ in events] == ([] if at_once else [day for day, _ in planned])


def test_lines_are_short_and_end_as_the_standard_asks() -> None:
    lines = render_ics([plan(runner="R-" + "ä" * 80)]).split("\r\n")
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any("\n" in line for line in lines)


def test_a_later_plan_takes_the_place_of_the_old_one() -> None:
    first, later = render_ics([plan()]), render_ics([plan(as_of="2026-11-22")])
    uids = [{line for line in text.split("\r\n") if line.startswith("UID")} for text in (first, later)]
    assert uids[0] == uids[1]
    assert int(later.split("SEQUENCE:")[1].split()[0]) > int(first.split("SEQUENCE:")[1].split()[0])


def test_who_must_be_seen_at_once_gets_an_empty_calendar() -> None:
    assert "VEVENT" not in render_ics([refer_first()])
