"""How long an answer about safety counts. Who was asked long ago counts as not asked, and a clearance from before the flag was
found, or from long ago, opens nothing. What was found keeps counting, however long ago: only "nothing found" grows old."""

from collections.abc import Sequence
from datetime import date

from stridewise.language.fact import Fact
from stridewise.language.translation import say
from stridewise.profile.reader import Reader
from stridewise.profile.shapes import Clearance

# Our own policy, in docs/profile.md too: a screen is asked again at a review, the PAR-Q+ form says of itself "12 months".
SCREEN_IS_OLD_DAYS = 42
SCREEN_COUNTS_DAYS = 183
PAR_Q_COUNTS_DAYS = 365


def screen_counts(reader: Reader, screened: date) -> bool:
    """Does a safety screen still say something? A notice where it is old."""
    days = (reader.as_of - screened).days
    if days > SCREEN_COUNTS_DAYS:
        reader.result.lapsed_screen = screened
    elif days > SCREEN_IS_OLD_DAYS:
        reader.result.notices.append(
            say("The safety screen is of {date}, {weeks} weeks ago. Ask about red flags again.", date=screened, weeks=days // 7)
        )
    return days <= SCREEN_COUNTS_DAYS


def par_q_counts(reader: Reader, answered: date | None) -> bool:
    """Does a PAR-Q+ answer, or its clearance, still count? One without a date is of the day of the record."""
    day = answered or reader.sections.recorded or reader.as_of
    counts = (reader.as_of - day).days <= PAR_Q_COUNTS_DAYS
    if not counts:
        reader.result.lapsed_par_q = day
    return counts


def fault_of_clearance(reader: Reader, clearance: Clearance, flags: Sequence[Fact]) -> str:
    """Why a clearance does not pass these red flags: it is older than what it is about, or too old. Empty where it does."""
    found = max((day for flag in flags if (day := _found_on(reader, flag))), default=None)
    if found is not None and clearance.date < found:
        why = say("the red flag was found on {found}, after that", found=found)
    elif (reader.as_of - clearance.date).days > SCREEN_COUNTS_DAYS:
        why = say("that is more than six months ago")
    else:
        return ""
    return say(
        "The clearance of {date} by {name} does not count: {why}. Look into the red flag and clear it anew: {flag}.",
        date=clearance.date,
        name=clearance.by,
        why=why,
        flag=reader.vocabulary.label("red_flags", str(flags[0].value)),
    )


def _found_on(reader: Reader, flag: Fact) -> date | None:
    """The day of the screen for what the screen lists, else the day of the record; None where neither is known."""
    screened, recorded = reader.at("safety.screened"), reader.sections.recorded
    listed = {reader.line("safety.red_flags", index) for index in range(len(reader.at("safety.red_flags") or ()))}
    of_screen = any(place.line in listed for place in flag.places)
    return (screened or recorded) if of_screen else (recorded or screened)
