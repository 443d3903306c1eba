"""Rules about every runner that alarm every runner, or change what all of them do: a referral or a critical warning that all
get tells nobody anything, one load for everybody suits nobody, and a softer warning takes the place of what concerns a runner."""

from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject
from stridewise.language.rule import Adjust, Consequent, Refer, Warn, WarningLevel

DOES = {Refer: "refers", Warn: "warns", Adjust: "changes the load of"}
OF_A_WARNING: dict[WarningLevel, FindingLevel] = {"critical": "error", "warning": "warning", "info": "info"}


class AlarmsForEverybody:
    """A rule without conditions refers, warns, or changes a load."""

    name = "alarm-for-everybody"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for rule in (rule for rule in subject.rules if rule.conditions.are_none):
            for index, consequent in enumerate(rule.consequents):
                if level := _level(consequent):
                    message = f"{rule.id} {DOES[type(consequent)]} every runner, whatever is recorded{_noise(level)}."
                    yield Finding(level, subject.place(rule, "then", index), self.name, message, _mend(level))


def _level(consequent: Consequent) -> FindingLevel | None:
    if isinstance(consequent, Warn):
        return OF_A_WARNING[consequent.level]
    return "error" if isinstance(consequent, Refer | Adjust) else None


def _noise(level: FindingLevel) -> str:
    return "" if level == "error" else "; what everybody is told is soon read by nobody"


def _mend(level: FindingLevel) -> str:
    if level == "error":
        return "Say in `when` whom it concerns, or lower the level of the warning."
    return "Say in `when` whom it concerns, or put it into the instructions of the exercise that it is about."
