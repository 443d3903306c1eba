"""The sentences that must not be missed: the most serious first, no more than a reader takes in, and none that speaks of
what is stopped as if it went on."""

from collections.abc import Iterator

from stridewise.plan.model import ClinicalWarning
from stridewise.planning.merging import grouped, reasons
from stridewise.planning.stops import Stopped
from stridewise.recommendation.collect import Recommendation, Recommendations

WARNING_LEVELS = ("critical", "warning", "info")
MAX_WARNINGS = 5


def warnings(recommendations: Recommendations, stopped: Stopped) -> list[ClinicalWarning]:
    """All warnings, what must be shown first, then the most serious."""
    return sorted(_merged(recommendations, stopped), key=_place)


def capped(found: list[ClinicalWarning], stopped: Stopped) -> tuple[list[ClinicalWarning], list[ClinicalWarning]]:
    """The warnings shown and those beyond the cap; a critical one is always shown, mere information not where all exercise
    stops."""
    certain = sum(map(_must_show, found))
    shown = max(MAX_WARNINGS, certain)
    if stopped.everything:
        shown = max(certain, min(shown, sum(warning.level != "info" for warning in found)))
    return found[:shown], found[shown:]


def _merged(recommendations: Recommendations, stopped: Stopped) -> Iterator[ClinicalWarning]:
    """What is still to be said, what says the same once with all its reasons."""
    said = [item for item in recommendations.warn if not stopped.silences(item.what.about)]
    by_rule = grouped(said, lambda item: (item.what.level, id(item.firing)))
    for group in grouped(by_rule, lambda sentences: (sentences[0].what.level, _text(sentences))):
        first = group[0][0]
        because = reasons([item for sentences in group for item in sentences])
        yield ClinicalWarning(id=first.because.rule, level=first.what.level, text=_text(group[0]), because=because)


def _text(sentences: list[Recommendation]) -> str:
    """What one rule warns of at one level is told in one."""
    return " ".join(item.what.warn for item in sentences)


def _place(warning: ClinicalWarning) -> tuple[bool, int, str, tuple[str, str]]:
    return (not _must_show(warning), WARNING_LEVELS.index(warning.level), warning.id, warning.because[0].order)


def _must_show(warning: ClinicalWarning) -> bool:
    """Critical, or resting on a red flag or a sign: never lost to the cap."""
    facts = [used.fact for because in warning.because for used in because.facts]
    return warning.level == "critical" or any("red_flag" in fact or "sign" in fact for fact in facts)
