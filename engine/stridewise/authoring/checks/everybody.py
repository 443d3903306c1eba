"""Rules about every runner that alarm every runner: a referral or a critical warning that all get tells nobody anything."""

from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, Subject
from stridewise.language.rule import Consequent, Refer, Warn


class AlarmsForEverybody:
    """A rule without conditions refers, or warns of something critical."""

    name = "alarm-for-everybody"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for rule in subject.rules:
            for index, consequent in enumerate(rule.consequents):
                if rule.conditions.are_none and _alarms(consequent):
                    does = "refers" if isinstance(consequent, Refer) else "warns"
                    message = f"{rule.id} {does} every runner, whatever is recorded."
                    mend = "Say in `when` whom it concerns, or lower the level of the warning."
                    yield Finding("error", subject.place(rule, "then", index), self.name, message, mend)


def _alarms(consequent: Consequent) -> bool:
    return isinstance(consequent, Refer) or (isinstance(consequent, Warn) and consequent.level == "critical")
