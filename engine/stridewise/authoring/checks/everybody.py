"""Rules about every runner that alarm every runner, or change what all of them do: a referral or a critical warning that all
get tells nobody anything, one load for everybody suits nobody, and a softer warning takes the place of what concerns a runner."""

from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject, check
from stridewise.language.rule import Adjust, Refer, Warn, WarningLevel

DOES = {Refer: "refers", Warn: "warns", Adjust: "changes the load of"}
OF_A_WARNING: dict[WarningLevel, FindingLevel] = {"critical": "error", "warning": "warning", "info": "info"}
NOISE = "; what everybody is told is soon read by nobody"
LOUD = "Say in `when` whom it concerns, or lower the level of the warning."
SOFT = "Say in `when` whom it concerns, or put it into the instructions of the exercise that it is about."


@check("alarm-for-everybody")
def alarms_for_everybody(subject: Subject) -> Iterator[Finding]:
    """A rule without conditions refers, warns, or changes a load."""
    for rule, item, place in subject.consequents():
        if rule.conditions.are_none and isinstance(item, Refer | Warn | Adjust):
            level = OF_A_WARNING[item.level] if isinstance(item, Warn) else "error"
            noise, mend = ("", LOUD) if level == "error" else (NOISE, SOFT)
            message = f"{rule.id} {DOES[type(item)]} every runner, whatever is recorded{noise}."
            yield Finding(level, place, message, mend)
