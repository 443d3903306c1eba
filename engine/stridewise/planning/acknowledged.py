"""What a named clinician has read and accepts: a warning, or a contradiction of rules. It is told apart, with name and reason,
never left out. What must be said whatever anybody accepts (referrals, critical warnings, red flags, signs) stays where it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stridewise.errors import Problem, did_you_mean
from stridewise.language.fact import Fact
from stridewise.language.rule import Refer, Rule, Warn
from stridewise.plan.model import Acknowledged, ClinicalWarning, Conflict
from stridewise.planning.situation import Situation
from stridewise.profile.profile import Profile
from stridewise.profile.shapes import Acknowledgement
from stridewise.program.program import Program
from stridewise.recommendation.collect import Recommendations

ALARMS = ("red_flag", "sign")  # what rests on one of these is said until it is looked into
OF_A_DAY = ("date", "on")  # attributes that say when something was found
CLEARED = "what a red flag asks for is passed by clinician: {clear: [...]} alone"


# --- what cannot be acknowledged at all ------------------------------------------------------------------------------


def problems_of(profile: Profile, program: Program) -> Iterator[Problem]:
    """The acknowledgements of a profile that name no warning or contradiction that may be acknowledged, each at its line."""
    clinician = profile.sections.clinician
    for index, one in enumerate(clinician.acknowledge if clinician is not None else ()):
        for name in one.rules:
            if (why := _refused(program, one, name)) is not None:
                line = profile.document.line("clinician", "acknowledge", index)
                yield Problem(profile.document.path, line, f"clinician.acknowledge[{index}]: {why}")


def _refused(program: Program, one: Acknowledgement, name: str) -> str | None:
    rule = program.rule(name)
    if rule is None:
        known = [rule.id for rule in program.rules if not one.warning or _warnings(rule)]
        return f'there is no rule "{name}".{did_you_mean(name, known)}'
    if any(isinstance(item, Refer) for item in rule.consequents):
        return f'"{name}" refers; a referral cannot be acknowledged away: {CLEARED}'
    if any(item.level == "critical" for item in _warnings(rule)):
        return f'"{name}" warns of something critical, which every plan says'
    if kinds := sorted({condition.kind for condition in rule.conditions.present()} & set(ALARMS)):
        return f'"{name}" rests on a {kinds[0].replace("_", " ")}, and is said until that is looked into: {CLEARED}'
    return f'"{name}" warns of nothing' if one.warning and not _warnings(rule) else None


def _warnings(rule: Rule) -> list[Warn]:
    return [item for item in rule.consequents if isinstance(item, Warn)]


# --- what counts in this plan ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Acknowledging:
    """The acknowledgements of one plan, by the rules they name. `used` are those that something in the plan was told apart by,
    `void` those that do not count, with the reason."""

    situation: Situation
    recommendations: Recommendations
    used: list[Acknowledgement] = field(default_factory=list)
    void: dict[Acknowledgement, str] = field(default_factory=dict)

    def warnings(self, told: Sequence[ClinicalWarning]) -> tuple[list[ClinicalWarning], list[Acknowledged]]:
        """What is still to be said, and what is acknowledged: by all the rules that say it."""
        by_rule = {self._today(one.warning): one for one in self.situation.intake.acknowledgements if one.warning}
        left, apart = [], []
        for warning in told:
            rules = sorted({because.rule for because in warning.because})
            ones = [by_rule[rule] for rule in rules if rule in by_rule]
            valid = [one for one in ones if self._counts(one)]
            if len(valid) == len(rules):
                apart += [_as_told(one, warning.id, warning.text, warning) for one in valid]
                self.used += valid
            else:
                left.append(warning)
                self.void |= dict.fromkeys(valid, "other guidance says the same, and is not acknowledged.")
        return left, apart

    def contradictions(self, told: Sequence[Conflict]) -> tuple[tuple[Conflict, ...], list[Acknowledged]]:
        """The same of what rules disagree about."""
        by_rules = {
            frozenset(map(self._today, one.contradiction)): one
            for one in self.situation.intake.acknowledgements
            if one.contradiction
        }
        left, apart = [], []
        for conflict in told:
            one = by_rules.get(frozenset(conflict.between))
            if one is not None and self._counts(one):
                apart.append(_as_told(one, " + ".join(conflict.between), conflict.text))
                self.used.append(one)
            else:
                left.append(conflict)
        return tuple(left), apart

    def notices(self) -> Iterator[str]:
        """Those that count for nothing, and those of what this plan does not say: named, so that none goes stale unseen."""
        for one in self.situation.intake.acknowledgements:
            what = f"{one.by}'s acknowledgement of {one.date} ({self._titles(one)})"
            if one in self.void:
                yield f"{what} does not count: {self.void[one]}"
            elif one not in self.used:
                yield f"{what} is about nothing that this plan says. Take it out of the profile once that is settled."

    def _today(self, name: str) -> str:
        """The id that a rule has now."""
        return self.situation.program.old_rule_names.get(name, name)

    def _counts(self, one: Acknowledgement) -> bool:
        """Not where it must be said all the same, and not where what it is about was found later."""
        made, rules = self.recommendations, [self._today(name) for name in one.rules]
        asked = (*made.warn, *made.avoid, *made.prescribe, *made.train, *made.adjust)
        fired = [item for item in asked if item.rule.id in rules]
        behind = self.situation.memory.behind(fact for item in fired for fact in item.firing.premises)
        found = max(self._days(behind), default=one.date)
        if any(fact.kind in ALARMS for fact in behind):
            self.void[one] = "it rests on a red flag or a sign by now, and is said until that is looked into."
        elif found > one.date:
            self.void[one] = f"what it is about was recorded later, on {found}. Read it again, and date it anew."
        return one not in self.void

    def _days(self, facts: Iterable[Fact]) -> Iterator[date]:
        """The days on which these were found: of the record, of the log that they come from, or their own."""
        intake = self.situation.intake
        for fact in facts:
            is_logged = any(f"{place.path}/".startswith(f"{intake.log_name}/") for place in fact.places)
            days = (intake.recorded, intake.log_end if is_logged else None, *(_day(fact.get(name)) for name in OF_A_DAY))
            yield from filter(None, days)

    def _titles(self, one: Acknowledgement) -> str:
        rules = (self.situation.program.rule(self._today(name)) for name in one.rules)
        return " / ".join(rule.title.rstrip(".") or rule.id for rule in rules if rule is not None)


def _day(written: Any) -> date | None:
    """A day as some facts say it in text; None where it is none."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def _as_told(one: Acknowledgement, name: str, text: str, warning: ClinicalWarning | None = None) -> Acknowledged:
    return Acknowledged(
        kind="contradiction" if warning is None else "warning",
        id=name,
        level=warning.level if warning else None,
        text=text,
        reason=one.because,
        by=one.by,
        date=str(one.date),
        because=warning.because if warning else (),
    )
