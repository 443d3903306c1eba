"""How long one strength session is and how much it may hold: one place, asked by selection, schedule and notices.

A pack concludes `session_minutes` and `exercises_at_most` from what was recorded; the numbers here hold where no pack speaks."""

from dataclasses import dataclass
from decimal import Decimal

from stridewise.planning.cover import Limits
from stridewise.planning.situation import Situation

USUAL_MINUTES = Decimal(30)
USUAL_EXERCISES = Decimal(5)
MAX_WARM_UP = 2
MAX_CONTACTS = Decimal(60)  # ground contacts a session, to start with (policy; source plyo-contacts, not verified)
FILLED = Decimal("0.6")  # of its minutes: below, a session holds too little (policy, clinic.md S3)
SHORT = Decimal(10)  # minutes: a session shorter than this says why


@dataclass(frozen=True, slots=True)
class SessionSize:
    """What one session may hold: minutes, and exercises besides the warm-up."""

    minutes: Decimal
    exercises: int

    @property
    def limits(self) -> Limits:
        """The same for the search."""
        return Limits(self.minutes, MAX_CONTACTS, self.exercises, MAX_WARM_UP)

    @property
    def enough(self) -> Decimal:
        """The minutes that a session should reach."""
        return self.minutes * FILLED


def session_size(situation: Situation) -> SessionSize:
    """The size of this runner's sessions."""
    recorded = situation.number("minutes_per_session")
    minutes = situation.number("session_minutes") or recorded or USUAL_MINUTES
    return SessionSize(minutes, int(situation.number("exercises_at_most") or USUAL_EXERCISES))
