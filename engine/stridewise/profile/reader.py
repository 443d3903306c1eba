"""What reading a section needs: the profile with its lines, the vocabulary, the facts found so far, and every problem."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from stridewise.documents.units import convert, unit_of
from stridewise.errors import Problems, ProfileError, did_you_mean
from stridewise.language.fact import Fact, make_fact, read_facts
from stridewise.language.vocabulary import Alias, Place, Vocabulary, fold
from stridewise.profile.paths import LEAVES, TWINS
from stridewise.profile.profile import Clearance, Profile, Retune, Sections

PAIN_BESIDE_INTENSITY = ("next_morning", "night", "focal", "rising")  # each tells of pain, whatever the score during activity


@dataclass(slots=True)
class Intake:
    """What inference and planning get to see. `answered` are the closed kinds whose list was given; `not_read` what no rule
    can read (free notes), `clearances` the red flags passed by name."""

    runner: str
    as_of: date
    facts: tuple[Fact, ...] = ()
    answered: frozenset[str] = frozenset()
    notices: list[str] = field(default_factory=list)
    retunes: tuple[Retune, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    not_read: list[tuple[str, Place]] = field(default_factory=list)


class Reader:
    """Takes entries in; a mistake becomes a problem with its line, and reading goes on."""

    def __init__(self, profile: Profile, vocabulary: Vocabulary, as_of: date) -> None:
        self.profile = profile
        self.vocabulary = vocabulary
        self.as_of = as_of
        self.problems = Problems(profile.document.path, ProfileError, list(profile.problems))
        self.facts: list[Fact] = []
        self.result = Intake(str(profile.sections.runner.ref), as_of)

    @property
    def sections(self) -> Sections:
        return self.profile.sections

    @property
    def elapsed_days(self) -> int:
        """Days from the recording of the profile to the day of the plan."""
        recorded = self.sections.recorded
        return 0 if recorded is None else max(0, (self.as_of - recorded).days)

    # --- where things stand ------------------------------------------------------------------------------------------

    def line(self, *steps: str | int) -> int:
        """The line of a profile path."""
        return self.profile.document.line(*steps)

    def place(self, line: int) -> Place:
        return Place(self.profile.name, line)

    def at(self, path: str) -> Any:
        """What is recorded at a profile path, None where nothing is."""
        found: Any = self.sections
        for step in path.split("."):
            found = getattr(found, step, None)
        return found

    def given(self, path: str) -> tuple[Any, str]:
        """What is recorded at a profile path, and the path it is written at: a distance may carry its unit in its key."""
        leaves = [leaf for leaf in (LEAVES[path], *TWINS.get(path, ())) if self.at(leaf.path) is not None]
        if not leaves:
            return None, path
        first, *others = (leaf.path for leaf in leaves)
        for other in others:
            names = " and ".join(path_.rpartition(".")[2] for path_ in (first, other))
            self.problems.add(self.line_at(other), f"{path}: given twice, as {names}; keep one")
        return self.at(first), first

    def line_at(self, path: str) -> int:
        """The line of a profile path with dots."""
        return self.line(*path.split("."))

    def in_unit_of(self, kind: str, number: Decimal, path: str) -> Decimal:
        """A number written at a profile path, in the unit that the vocabulary keeps the kind in. Raises ValueError."""
        known = self.vocabulary.kinds.get(kind)
        return convert(number, LEAVES[path].unit, known.type.unit) if known and known.type.is_number else number

    def entries(self, section: str) -> Iterator[tuple[Any, int, str]]:
        """The entries of a list section, each with its line and path."""
        for index, entry in enumerate(self.at(section) or ()):
            line, where = self.line(section, index), f"{section}[{index}]"
            if entry is not None:
                yield entry, line, where
            elif line not in {problem.line for problem in self.profile.problems}:  # what does not fit is None here, and told
                self.problems.add(line, f"{where}: expected a fact or a phrase, found nothing")

    def not_tomorrow(self, day: date | None, line: int, where: str) -> None:
        """Refuse a date after the day of the plan."""
        if day is not None and day > self.as_of:
            self.problems.add(line, f"{where}: the date {day} lies after the day of the plan, {self.as_of}")

    # --- taking in -----------------------------------------------------------------------------------------------------

    def add(self, entry: Mapping[str, Any], line: int, where: str, from_alias: bool = False) -> list[Fact]:
        """Take in the facts that one entry states."""
        with self.problems.at(line, where):
            facts = read_facts(self.vocabulary, _by_unit(self.vocabulary, entry), self.place(line), from_alias)
            taken = [_marked_absent(self._aged(fact)) for fact in facts]
            taken += [self._on_record(fact) for fact in facts if fact.kind == "diagnosis"]
            self.facts += taken
            return taken
        return []

    def _on_record(self, diagnosis: Fact) -> Fact:
        """What is treated now is also a condition on record, so that no rule can miss it."""
        sides = {"side": diagnosis.side} if diagnosis.side is not None else {}
        origin = {"places": diagnosis.places, "from_alias": diagnosis.from_alias, "assumed": diagnosis.assumed & {"side"}}
        return make_fact(self.vocabulary, self.vocabulary.kinds["condition"], diagnosis.value, sides, **origin)

    def _aged(self, fact: Fact) -> Fact:
        """Durations count from the day of recording: what was 8 weeks ago then is longer ago now."""
        weeks, months = Decimal(self.elapsed_days // 7), Decimal(self.elapsed_days // 30)
        if fact.kind in ("pregnancy_weeks", "postpartum_weeks") and weeks and isinstance(fact.value, Decimal):
            limit = self.vocabulary.kinds[fact.kind].type.maximum
            if limit is not None and fact.value + weeks > limit:
                raise ValueError(f"{fact.value} weeks on {self.sections.recorded} are more than {limit} now; record it anew")
            fact = replace(fact, value=fact.value + weeks)
        step = {"weeks": weeks, "months_ago": months}
        if not any(name in step and step[name] for name, _ in fact.attributes):
            return fact
        aged = tuple((name, value + step[name] if name in step and isinstance(value, Decimal) else value)
                     for name, value in fact.attributes)  # fmt: skip
        return replace(fact, attributes=aged)

    def work_out(self, kind: str, value: Decimal, places: tuple[Place, ...]) -> None:
        """Take in a number that was computed from what these lines say."""
        fact_kind = self.vocabulary.kinds.get(kind)
        if fact_kind is not None:
            self.facts.append(make_fact(self.vocabulary, fact_kind, value, {}, places=places))

    def phrase(self, phrase: Any, extra: Mapping[str, Any], line: int, where: str) -> None:
        """Expand an alias. Case and spaces do not matter; a number in it is taken over."""
        found = self._alias(str(phrase))
        if found is None:
            known = [alias.phrase for alias in self.vocabulary.aliases.values()]
            hint = did_you_mean(str(phrase), known) or ' Write a fact such as "weakness: gluteus_medius", or a known phrase.'
            self.problems.add(line, f'{where}: unknown phrase "{str(phrase)[:60]}".{hint}')
            return
        alias, number = found
        for template in alias.facts:
            entry = {key: number if value == "{n}" else value for key, value in template.items()}
            self.add({**entry, **extra}, line, where, from_alias=True)

    def _alias(self, phrase: str) -> tuple[Alias, Any] | None:
        """The alias of a phrase, and the number in it. A number is one word: "2 3" or "2-3" is none."""
        key = fold(phrase)
        if key in self.vocabulary.aliases and "{n}" not in key:
            return self.vocabulary.aliases[key], None
        for alias in self.vocabulary.aliases.values():
            if "{n}" in alias.phrase and (match := _with_number(alias.phrase).fullmatch(phrase.casefold())):
                return alias, Decimal(match[1])
        return None


def _by_unit(vocabulary: Vocabulary, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """An attribute may be kept in two units that nothing converts: "onset_after: 20 min" is onset_after_min."""
    kind = next((vocabulary.kinds[name] for name in entry if name in vocabulary.kinds), None)
    if kind is None:
        return entry
    units = {name: f"{name}_{unit_of(written)}" for name, written in entry.items() if isinstance(written, str)}
    named = {name: other for name, other in units.items() if name in kind.attributes and other in kind.attributes}
    return {named.get(name, name): written for name, written in entry.items()} if named else entry


def _marked_absent(fact: Fact) -> Fact:
    """Pain of 0 with nothing else that tells of pain is "asked, not there": no rule takes it for pain."""
    if fact.kind != "pain" or fact.get("intensity") != 0:
        return fact
    told = [fact.get(name) for name in PAIN_BESIDE_INTENSITY]
    is_there = any(value == "yes" or (isinstance(value, Decimal) and value > 0) for value in told)
    return fact if is_there else replace(fact, negative=fact.negative | {"intensity"})


@cache
def _with_number(phrase: str) -> re.Pattern[str]:
    """What a phrase with {n} looks like, whatever its spaces."""
    words = [re.escape(part).replace(re.escape("{n}"), r"([0-9]+(?:\.[0-9]+)?)") for part in phrase.casefold().split()]
    return re.compile(r"\s*" + r"\s*".join(words) + r"\s*")
