"""What reading a section needs: the profile with its lines, the vocabulary, the facts found so far, and every problem."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from stridewise.documents.units import convert, unit_of
from stridewise.errors import Problems, ProfileError
from stridewise.language.fact import Fact, make_fact, read_facts
from stridewise.language.vocabulary import Place, Vocabulary
from stridewise.profile.paths import LEAVES, TWINS
from stridewise.profile.phrases.aliases import phrase_of
from stridewise.profile.phrases.entries import kinds_of, read_entries
from stridewise.profile.phrases.unread import not_understood
from stridewise.profile.profile import Profile
from stridewise.profile.shapes import Acknowledgement, Clearance, Retune, Sections

# What somebody answers for by name is recorded in its own place and in no list of findings.
SIGNED = {
    "cleared_flag": "clinician: {clear: [{flag, by, date, reason}]}",
    "bone_stress_released": "diagnosis: [{released: {by, date}}]",
}
DAYS_A_WEEK = 7
PAIN_BESIDE_INTENSITY = ("next_morning", "night", "focal", "rising")  # each tells of pain, whatever the score during activity


@dataclass(slots=True)
class Intake:
    """What inference and planning get to see. `answered` are the closed kinds whose list was given; `not_read` what no rule
    can read (free notes), `clearances` the red flags passed by name; `recorded` and `log_end` are the days of the record and of
    the last run in the log, which is called `log_name`; a screen and a PAR-Q+ that lapsed are those too old to count."""

    runner: str
    as_of: date
    facts: tuple[Fact, ...] = ()
    answered: frozenset[str] = frozenset()
    notices: list[str] = field(default_factory=list)
    retunes: tuple[Retune, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    recorded: date | None = None
    log_name: str = ""
    log_end: date | None = None
    lapsed_screen: date | None = None
    lapsed_par_q: date | None = None
    not_read: list[tuple[str, Place]] = field(default_factory=list)


class Reader:
    """Takes entries in; a mistake becomes a problem with its line, and reading goes on."""

    def __init__(self, profile: Profile, vocabulary: Vocabulary, as_of: date) -> None:
        self.profile = profile
        self.vocabulary = vocabulary
        self.as_of = as_of
        self.name = profile.name
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

    def line(self, path: str, *steps: str | int) -> int:
        """The line of a profile path with dots, and of a key or an item there."""
        return self.profile.document.line(*path.split("."), *steps)

    def place(self, line: int) -> Place:
        return Place(self.name, line)

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
            self.problems.add(self.line(other), f"{path}: given twice, as {names}; keep one")
        return self.at(first), first

    def in_unit_of(self, kind: str, number: Decimal, path: str) -> Decimal:
        """A number written at a profile path, in the unit that the vocabulary keeps the kind in. Raises ValueError."""
        known = self.vocabulary.kinds.get(kind)
        return convert(number, LEAVES[path].unit, known.type.unit) if known and known.type.is_number else number

    def entries(self, path: str) -> Iterator[tuple[Any, int, str]]:
        """The entries of a list, each with its line and path; none where nothing is recorded."""
        for index, entry in enumerate(self.at(path) or ()):
            line, where = self.line(path, index), f"{path}[{index}]"
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
            taken = [_marked_absent(_at_its_worst(self._aged(fact))) for fact in facts]
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
        days = self.elapsed_days
        if days < DAYS_A_WEEK:
            return fact
        weeks, months = Decimal(days // DAYS_A_WEEK), Decimal(days // 30)
        if fact.kind in ("pregnancy_weeks", "postpartum_weeks") and isinstance(fact.value, Decimal):
            limit = self.vocabulary.kinds[fact.kind].type.maximum
            if limit is not None and fact.value + weeks > limit:
                raise ValueError(f"{fact.value} weeks on {self.sections.recorded} are more than {limit} now; record it anew")
            fact = replace(fact, value=fact.value + weeks)
        step = {"weeks": weeks, "months_ago": months}
        if not any(name in step and step[name] for name, _ in fact.attributes):
            return fact
        aged = tuple(
            (name, value + step[name] if name in step and isinstance(value, Decimal) else value)
            for name, value in fact.attributes
        )
        return replace(fact, attributes=aged)

    def work_out(self, kind: str, value: Decimal, places: tuple[Place, ...]) -> None:
        """Take in a number that was computed from what these lines say."""
        fact_kind = self.vocabulary.kinds.get(kind)
        if fact_kind is not None:
            self.facts.append(make_fact(self.vocabulary, fact_kind, value, {}, places=places))

    def phrase(self, phrase: Any, extra: Mapping[str, Any], line: int, where: str) -> None:
        """Expand a phrase of the vocabulary, its slots filled in."""
        found = phrase_of(str(phrase), self.vocabulary)
        with self.problems.at(line, where):
            if found is None:
                raise not_understood(str(phrase), self.vocabulary)
            for entry in found.entries(self.vocabulary):
                self.add({**entry, **extra}, line, where, from_alias=True)

    def jotting(self, text: str, section: str, line: int, where: str) -> None:
        """Take in what a line says in a clinician's own words."""
        with self.problems.at(line, where):
            for entry in read_entries(text, self.vocabulary, kinds_of(section, self.vocabulary)):
                self.entry(entry, line, where)

    def entry(self, entry: Mapping[str, Any] | str, line: int, where: str) -> None:
        """Take in a phrase, a phrase with attributes, or a fact."""
        if isinstance(entry, str):
            self.phrase(entry, {}, line, where)
        elif signed := next((kind for kind in SIGNED if kind in entry), None):
            self.problems.add(line, f'{where}: "{signed}" is recorded with a name and a date, as {SIGNED[signed]}')
        elif "alias" in entry:
            self.phrase(entry["alias"], {key: value for key, value in entry.items() if key != "alias"}, line, where)
        else:
            self.add(entry, line, where)


def _at_its_worst(fact: Fact) -> Fact:
    """Pain of which only the worst is known counts as that: no rule may miss it."""
    worst = fact.get("worst")
    if fact.kind != "pain" or worst is None or fact.get("intensity") is not None:
        return fact
    attributes = tuple(sorted((*fact.attributes, ("intensity", worst))))
    return replace(fact, attributes=attributes, assumed=fact.assumed | {"intensity"})


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
