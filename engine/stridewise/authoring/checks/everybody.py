"""Rules about every runner that alarm every runner, or change what all of them do: a referral or a critical warning that all
get tells nobody anything, and one load for everybody suits nobody."""

from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, Subject
from stridewise.language.rule import Adjust, Consequent, Refer, Warn

DOES = {Refer: "refers", Warn: "warns", Adjust: "changes the load of"}


class AlarmsForEverybody:
    """A rule without conditions refers, warns of something critical, or changes a load."""

    name = "alarm-for-everybody"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for rule in subject.rules:
            for index, consequent in enumerate(rule.consequents):
                if rule.conditions.are_none and _alarms(consequent):
                    does = DOES[type(consequent)]
                    message = f"{rule.id} {does} every runner, whatever is recorded."
                    mend = "Say in `when` whom it concerns, or lower the level of the warning."
                    yield Finding("error", subject.place(rule, "then", index), self.name, message, mend)


def _alarms(consequent: Consequent) -> bool:
    return isinstance(consequent, Refer | Adjust) or (isinstance(consequent, Warn) and consequent.level == "critical")
