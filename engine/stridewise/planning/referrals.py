"""Who must see the runner, and how soon: equal referrals merged, the most urgent and most restrictive first."""

from collections.abc import Iterable

from stridewise.language.vocabulary import Vocabulary
from stridewise.plan.model import Referral
from stridewise.planning.merging import grouped, reasons
from stridewise.planning.stops import STOPS
from stridewise.recommendation.collect import Recommendations

URGENCIES = ("emergency", "same_day", "urgent", "routine")


def referrals(vocabulary: Vocabulary, recommendations: Recommendations) -> tuple[Referral, ...]:
    """Referrals, the most urgent and most restrictive first; equal ones merged."""
    groups = grouped(recommendations.refer, lambda item: (item.what.refer, item.what.urgency, item.what.stops, item.what.text))
    merged = [
        Referral(
            id=group[0].because.rule,
            to=what.refer,
            urgency=what.urgency,
            stops=what.stops,
            text=what.text,
            because=reasons(group),
            to_name=vocabulary.label("professionals", what.refer),
        )
        for group in groups
        for what in [group[0].what]
    ]
    return tuple(sorted(merged, key=_place))


def _place(referral: Referral) -> tuple[int, int, str, tuple[str, str]]:
    return (URGENCIES.index(referral.urgency), STOPS.index(referral.stops), referral.id, referral.because[0].order)


def must_refer_first(sent: Iterable[Referral]) -> bool:
    """Does any of them come before the plan?"""
    return any(referral.comes_first for referral in sent)
