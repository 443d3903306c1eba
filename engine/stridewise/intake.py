"""Profile in, facts out: every section in the one notation, phrases expanded, load measures computed, contradictions refused."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from stridewise.documents import LocatedList, line_of
from stridewise.errors import Problems, ProfileError, did_you_mean
from stridewise.fact import UNKNOWN, Fact, make_fact, read_facts, show_fact
from stridewise.load_measures import longest_of_log, percent_above, weekly_measures, weeks_of_log
from stridewise.profile import Clearance, Profile, Retune
from stridewise.units import quantity, show
from stridewise.vocabulary import Alias, Place, Vocabulary, fold

DAYS_A_WEEK = Decimal(7)

# Profile path → kind, where a single value is recorded as it stands. docs/profile.md is generated from these tables.
SINGLE: dict[str, str] = {
    "runner.age": "age",
    "runner.sex": "sex",
    "goal.kind": "goal",
    "race.distance": "race_distance",
    "race.priority": "race_priority",
    "training.longest_run": "longest_run",
    "training.planned_longest_run": "planned_longest_run",
    "training.running_years": "running_years",
    "training.surface": "surface",
    "training.strength.sessions_per_week": "strength_sessions_per_week",
    "training.strength.experience_months": "strength_experience_months",
    "safety.pregnancy.weeks": "pregnancy_weeks",
    "safety.postpartum.weeks": "postpartum_weeks",
    "constraints.minutes_per_session": "minutes_per_session",
    "constraints.sessions_per_week": "sessions_per_week",
}
# Profile path → closed kind: the list, even an empty one, answers the question.
LISTS: dict[str, str] = {
    "safety.red_flags": "red_flag",
    "training.current_exercises": "current_exercise",
    "constraints.equipment": "equipment",
    "constraints.cannot": "cannot",
    "safety.postpartum.symptoms": "postpartum_symptom",
}
# Profile path → kind, worked out from what is recorded there.
WORKED_OUT: dict[str, tuple[str, ...]] = {
    "race.date, race.in_weeks": ("weeks_to_race", "days_to_race"),
    "training.weekly_distance, training.log": (
        "weekly_distance", "mean_weekly_distance", "weekly_distance_change", "weekly_distance_versus_mean",
    ),
    "training.longest_run, training.planned_longest_run": ("planned_run_spike",),
    "training.week": ("training_day",),
    "safety.screened": ("safety_screen",),
    "safety.par_q": ("par_q",),
    "diagnosis": ("diagnosis", "condition"),
    "clinician.pin": ("pinned_exercise",),
    "clinician.ban": ("banned_exercise",),
    "clinician.clear": ("cleared_flag",),
}  # fmt: skip
SUFFIXES = ("", "_km", "_mi")
SINGLE_VALUED = frozenset(SINGLE.values())


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


def take_in(profile: Profile, vocabulary: Vocabulary, as_of: date) -> Intake:
    """The facts of a profile on a day. Raises ProfileError with every problem found."""
    return _Intake(profile, vocabulary, as_of).run()


class _Intake:
    def __init__(self, profile: Profile, vocabulary: Vocabulary, as_of: date) -> None:
        self.profile = profile
        self.sections = profile.sections
        self.root: Any = profile.document.root
        self.vocabulary = vocabulary
        self.as_of = as_of
        self.problems = Problems(profile.document.path, ProfileError, list(profile.problems))
        self.facts: list[Fact] = []
        self.result = Intake(str(profile.sections.runner.ref), as_of)

    def run(self) -> Intake:
        self._recorded()
        self._single()
        self._findings()
        self._diagnosis()
        self._lists()
        self._safety()
        self._clinician()
        self._week()
        self._weekly_distance()
        self._race()
        self.problems.raise_if_any()
        own = {fact.kind for fact in self.facts} - {*LISTS.values(), "par_q"}
        self.result.answered |= {kind for kind in own if self.vocabulary.kinds[kind].mode == "closed"}
        facts = self._merged()
        facts = self._cleared([*facts, *self._spike(facts)])
        self.problems.raise_if_any()
        self.result.facts = tuple(sorted(facts, key=lambda fact: fact.sort_key))
        if self.sections.notes:
            self.result.not_read.append((f"notes: {self.sections.notes}", Place(self.profile.name, self._line("notes"))))
        return self.result

    # --- reading ---------------------------------------------------------------------------------------------------

    def _line(self, *steps: str | int) -> int:
        return self.profile.document.line(*steps)

    def _add(self, entry: Mapping[str, Any], line: int, where: str, from_alias: bool = False) -> None:
        with self.problems.at(line, where):
            facts = read_facts(self.vocabulary, entry, Place(self.profile.name, line), from_alias)
            self.facts.extend(self._aged(fact) for fact in facts)
            self.facts.extend(self._on_record(fact) for fact in facts if fact.kind == "diagnosis")

    def _on_record(self, diagnosis: Fact) -> Fact:
        """What is treated now is also a condition on record, so that no rule can miss it."""
        kind = self.vocabulary.kinds["condition"]
        sides = {"side": diagnosis.side} if diagnosis.side is not None else {}
        assumed = diagnosis.assumed & {"side"}
        return make_fact(
            self.vocabulary,
            kind,
            diagnosis.value,
            sides,
            assumed=assumed,
            places=diagnosis.places,
            from_alias=diagnosis.from_alias,
        )

    def _at(self, path: str) -> tuple[Any, int]:
        """The value at a profile path (None where it is missing) and its line; a distance may carry its unit as suffix."""
        steps = path.split(".")
        parent = self.root
        for step in steps[:-1]:
            parent = (parent or {}).get(step)
        given = [(steps[-1] + suffix, suffix) for suffix in SUFFIXES if parent is not None and steps[-1] + suffix in parent]
        if not given:
            return None, 0
        key, suffix = given[0]
        line = line_of(parent, key)
        if len(given) > 1:
            self.problems.add(line_of(parent, given[1][0]), f"{path}: given twice, as {given[0][0]} and {given[1][0]}; keep one")
        return _with_unit(parent[key], suffix.removeprefix("_")), line

    def _recorded(self) -> None:
        recorded = self.sections.recorded
        if recorded is not None and recorded > self.as_of:
            message = f"recorded: {recorded} lies after the day of the plan, {self.as_of}; check the date, or plan with --as-of"
            self.problems.add(self._line("recorded"), message)

    @property
    def _elapsed_days(self) -> int:
        recorded = self.sections.recorded
        return 0 if recorded is None else max(0, (self.as_of - recorded).days)

    def _aged(self, fact: Fact) -> Fact:
        """Durations count from the day of recording: what was 8 weeks ago then is longer ago now."""
        weeks, months = Decimal(self._elapsed_days // 7), Decimal(self._elapsed_days // 30)
        if fact.kind in ("pregnancy_weeks", "postpartum_weeks") and weeks and isinstance(fact.value, Decimal):
            limit = self.vocabulary.kinds[fact.kind].type.maximum
            if limit is not None and fact.value + weeks > limit:
                raise ValueError(f"{fact.value} weeks on {self.sections.recorded} are more than {limit} now; record it anew")
            fact = replace(fact, value=fact.value + weeks)
        step = {"weeks": weeks, "months_ago": months}
        aged = tuple((name, value + step[name] if name in step and isinstance(value, Decimal) else value)
                     for name, value in fact.attributes)  # fmt: skip
        return replace(fact, attributes=aged)

    # --- sections --------------------------------------------------------------------------------------------------

    def _single(self) -> None:
        for path, kind in SINGLE.items():
            value, line = self._at(path)
            if value is not None:
                self._add({kind: value}, line, path)
        for kind, path in (("pregnancy", "safety.pregnancy"), ("postpartum", "safety.postpartum")):
            given, line = self._at(path)
            if given is not None:
                self._add({"condition": kind}, line, path)

    def _findings(self) -> None:
        for section in ("findings", "symptoms", "history"):
            for entry, line, where in self._entries(section):
                if isinstance(entry, str):
                    self._phrase(entry, {}, line, where)
                elif isinstance(entry, dict) and "alias" in entry:
                    self._phrase(entry["alias"], {k: v for k, v in entry.items() if k != "alias"}, line, where)
                elif isinstance(entry, dict):
                    self._add(entry, line, where)
                else:
                    self.problems.add(line, f'{where}: expected a fact or a phrase, found "{entry}"')

    def _entries(self, section: str) -> Iterator[tuple[Any, int, str]]:
        entries = self.root.get(section)
        if entries is None:
            return
        if not isinstance(entries, LocatedList):
            self.problems.add(self._line(section), f"{section}: expected a list")
            return
        for index, entry in enumerate(entries):
            yield entry, line_of(entries, index), f"{section}[{index}]"

    def _phrase(self, phrase: Any, extra: Mapping[str, Any], line: int, where: str) -> None:
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
            self._add({**entry, **extra}, line, where, from_alias=True)

    def _alias(self, phrase: str) -> tuple[Alias, Any] | None:
        """The alias of a phrase, and the number in it. A number is one word: "2 3" or "2-3" is none."""
        key = fold(phrase)
        if key in self.vocabulary.aliases and "{n}" not in key:
            return self.vocabulary.aliases[key], None
        for alias in self.vocabulary.aliases.values():
            if "{n}" in alias.phrase and (match := _with_number(alias.phrase).fullmatch(phrase.casefold())):
                return alias, Decimal(match[1])
        return None

    def _diagnosis(self) -> None:
        for entry, line, where in self._entries("diagnosis"):
            if not isinstance(entry, dict) or "condition" not in entry:
                self.problems.add(line, f'{where}: expected an entry such as "condition: patellofemoral_pain"')
                continue
            name = entry["condition"]
            rest = {key: value for key, value in entry.items() if key != "condition"}
            self._add({"diagnosis": name, **rest}, line, where)

    def _lists(self) -> None:
        for path, kind in LISTS.items():
            entries, line = self._at(path)
            if entries is None:
                continue
            if not isinstance(entries, LocatedList):
                self.problems.add(line, f"{path}: expected a list, [] where there is none")
                continue
            screened = self.sections.safety is not None and self.sections.safety.screened is not None
            known = all(entry is not None and entry != UNKNOWN for entry in entries)
            if known and (kind != "red_flag" or screened):
                self.result.answered |= {kind}
            for index, entry in enumerate(entries):
                fact = entry if isinstance(entry, dict) else {kind: entry}
                self._add(fact, line_of(entries, index), f"{path}[{index}]")

    def _safety(self) -> None:
        safety = self.sections.safety
        if safety is not None and safety.screened is not None:
            self._add({"safety_screen": "yes"}, self._line("safety", "screened"), "safety.screened")
            self._not_tomorrow(safety.screened, self._line("safety", "screened"), "safety.screened")
        if safety is not None and safety.par_q is not None:
            par_q = safety.par_q
            self._not_tomorrow(par_q.date, self._line("safety", "par_q", "date"), "safety.par_q.date")
            entry = {"par_q": par_q.any_yes, "follow_up": par_q.follow_up, "name": par_q.by, "on": par_q.date and str(par_q.date)}
            self._add(entry, self._line("safety", "par_q"), "safety.par_q")
            self.result.answered |= {"par_q"}

    def _not_tomorrow(self, day: date | None, line: int, where: str) -> None:
        if day is not None and day > self.as_of:
            self.problems.add(line, f"{where}: the date {day} lies after the day of the plan, {self.as_of}")

    def _clinician(self) -> None:
        clinician = self.sections.clinician
        if clinician is None:
            return
        for name, kind in (("pin", "pinned_exercise"), ("ban", "banned_exercise")):
            for index, entry in enumerate(getattr(clinician, name)):
                line, where = self._line("clinician", name, index), f"clinician.{name}[{index}]"
                fact = (
                    {kind if key == "exercise" else key: value for key, value in entry.items()}
                    if isinstance(entry, dict)
                    else {kind: entry}
                )
                self._add(fact, line, where)
        for index, retune in enumerate(clinician.retune):
            if retune.exercise not in self.vocabulary.terms["exercises"]:
                hint = did_you_mean(retune.exercise, self.vocabulary.terms["exercises"])
                line = self._line("clinician", "retune", index)
                self.problems.add(line, f'clinician.retune[{index}]: unknown exercise "{retune.exercise}".{hint}')
            if retune.exercise in [other.exercise for other in clinician.retune[:index]]:
                line = self._line("clinician", "retune", index)
                self.problems.add(line, f'clinician.retune[{index}]: "{retune.exercise}" is retuned twice; keep one')
        self.result.retunes = clinician.retune
        self._refuse_pinned_and_banned()

    def _refuse_pinned_and_banned(self) -> None:
        pinned = {fact.value: fact for fact in self.facts if fact.kind == "pinned_exercise"}
        for fact in self.facts:
            if fact.kind == "banned_exercise" and fact.value in pinned:
                place = fact.places[0]
                self.problems.add(place.line, f'clinician: "{fact.value}" is pinned and banned; keep one')

    def _week(self) -> None:
        for day, session in ((self.sections.training and self.sections.training.week) or {}).items():
            self._add({"training_day": day, "session": session}, self._line("training", "week", day), f"training.week.{day}")

    # --- what is worked out ------------------------------------------------------------------------------------------

    def _work_out(self, kind: str, value: Decimal, places: tuple[Place, ...]) -> None:
        fact_kind = self.vocabulary.kinds.get(kind)
        if fact_kind is not None:
            self.facts.append(make_fact(self.vocabulary, fact_kind, value, {}, places=places))

    def _weekly_distance(self) -> None:
        written, line = self._at("training.weekly_distance")
        weeks: list[Decimal] = []
        place = Place(self.profile.name, line)
        if written is not None:
            for index, one in enumerate(written if isinstance(written, list) else [written]):
                at = line_of(written, index) if isinstance(written, LocatedList) else line
                with self.problems.at(at, f"training.weekly_distance[{index}]"):
                    kind = self.vocabulary.kinds["weekly_distance"]
                    weeks.append(Decimal(self.vocabulary.read(kind.type, one, "weekly_distance")))
            if written == []:
                self.problems.add(line, "training.weekly_distance: the list is empty; leave it out or give at least one week")
        if self.profile.log is not None:
            if written is not None:
                self.problems.add(line, "training.weekly_distance: the log gives it too; keep one of the two")
            weeks, place = weeks_of_log(self.profile.log, self.as_of), self._log_place()
            self._longest_from_log(place)
        for kind_name, value in weekly_measures(weeks) if weeks else ():
            self._work_out(kind_name, value, (place,))

    def _log_place(self) -> Place:
        past = [run for run in self.profile.log or () if run.day <= self.as_of]
        last = max(past, key=lambda run: run.day, default=None)
        if last is None:
            self.result.notices.append("The training log holds no run up to the day of the plan.")
        elif (self.as_of - last.day).days > DAYS_A_WEEK:
            self.result.notices.append(f"The training log ends on {last.day}, more than a week before the day of the plan.")
        return Place(self.profile.log_name, last.line if last else 1)

    def _longest_from_log(self, place: Place) -> None:
        longest = longest_of_log(self.profile.log or (), self.as_of)
        if longest is not None:
            self._work_out("longest_run", longest, (place,))

    def _race(self) -> None:
        """Days and weeks to the race, from a date, from in_weeks, or from a phrase among the findings."""
        race = self.sections.race
        phrases = [fact for fact in self.facts if fact.kind in ("weeks_to_race", "days_to_race")]
        self.facts = [fact for fact in self.facts if fact not in phrases]
        found = [(self._days(fact), fact.places) for fact in phrases]
        if race is not None and race.date is not None:
            found.append((Decimal((race.date - self.as_of).days), (Place(self.profile.name, self._line("race", "date")),)))
        if race is not None and race.in_weeks is not None:
            line = self._line("race", "in_weeks")
            with self.problems.at(line, "race.in_weeks"):
                weeks = quantity(race.in_weeks, "weeks")
                if weeks < 0:
                    raise ValueError(f"expected weeks from now on, found {weeks}")
                found.append((weeks * DAYS_A_WEEK - self._elapsed_days, (Place(self.profile.name, line),)))
        relative = bool(phrases) or (race is not None and race.in_weeks is not None)
        if relative and self.sections.recorded is None:
            self.result.notices.append(f"The profile has no recorded date: weeks to the race count from {self.as_of}.")
        self._take_race(found)

    def _days(self, fact: Fact) -> Decimal:
        days = Decimal(fact.value) * (DAYS_A_WEEK if fact.kind == "weeks_to_race" else 1)
        return days - self._elapsed_days

    def _take_race(self, found: list[tuple[Decimal, tuple[Place, ...]]]) -> None:
        if not found:
            return
        days, places = found[0]
        for other, where in found[1:]:
            if other != days:
                message = f"the race is {show(other)} days away here and {show(days)} days away at {places[0]}; keep one"
                self.problems.add(where[0].line, message)
            places += where
        if days < 0:
            self.result.notices.append("The race lies before the day of the plan, so the plan is made without one.")
            return
        self._work_out("days_to_race", days, places)
        self._work_out("weeks_to_race", days / DAYS_A_WEEK, places)

    def _spike(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The planned long run against the longest of the last 30 days."""
        known = {fact.kind: fact for fact in facts if fact.kind in ("longest_run", "planned_longest_run")}
        kind = self.vocabulary.kinds.get("planned_run_spike")
        if kind is None or len(known) < 2:
            return
        planned, longest = known["planned_longest_run"], known["longest_run"]
        if isinstance(planned.value, Decimal) and isinstance(longest.value, Decimal) and longest.value > 0:
            change = percent_above(planned.value, longest.value)
            yield make_fact(self.vocabulary, kind, change, {}, places=planned.places + longest.places)

    # --- putting together --------------------------------------------------------------------------------------------

    def _merged(self) -> list[Fact]:
        """Equal facts become one with all their places; an explicit fact replaces a phrase's; contradictions are errors."""
        explicit = {(fact.kind, fact.value, fact.side) for fact in self.facts if not fact.from_alias}
        merged: dict[Fact, Fact] = {}
        for fact in self.facts:
            if fact.from_alias and (fact.kind, fact.value, fact.side) in explicit:
                continue
            known = merged.get(fact, fact)
            places = tuple(dict.fromkeys((*known.places, *fact.places)))
            merged[fact] = replace(known, places=places, assumed=known.assumed & fact.assumed)
        self._refuse_contradictions(merged.values())
        return list(merged.values())

    def _refuse_contradictions(self, facts: Iterable[Fact]) -> None:
        groups: dict[Any, list[Fact]] = defaultdict(list)
        for fact in facts:
            kind = self.vocabulary.kinds[fact.kind]
            if kind.type.is_number or not kind.type.terms or fact.kind in SINGLE_VALUED:
                attributes = () if fact.kind == "par_q" else fact.attributes
                groups[fact.kind, attributes].append(fact)
            groups[fact.kind, fact.value, fact.side, "normal or not"].append(fact)
        for key, group in groups.items():
            states = {bool(fact.negative) for fact in group} if key[-1] == "normal or not" else {f.value for f in group}
            if len(states) > 1:
                first, second = group[0], group[-1]
                said = f'"{show_fact(self.vocabulary, second)}" contradicts "{show_fact(self.vocabulary, first)}"'
                self.problems.add(second.places[-1].line, f"{said} at {first.places[0]}; keep one")

    def _cleared(self, facts: list[Fact]) -> list[Fact]:
        """Take out the red flags that a named clinician cleared, and keep the clearance as a fact of its own."""
        clearances = self.sections.clinician.clear if self.sections.clinician else ()
        for index, item in enumerate(clearances):
            line, where = self._line("clinician", "clear", index), f"clinician.clear[{index}]"
            self._not_tomorrow(item.date, line, where)
            if not (item.by.strip() and item.reason.strip()):
                self.problems.add(line, f"{where}: a clearance needs a name and a reason")
            before = len(self.facts)
            entry = {"cleared_flag": item.flag, "name": item.by, "on": str(item.date), "reason": item.reason}
            self._add(entry, line, where)
            clearance = self.facts[before:]
            flags = [fact for fact in facts if fact.kind == "red_flag" and fact.value in {one.value for one in clearance}]
            if clearance and not flags:
                self.problems.add(line, f'{where}: the red flag "{item.flag}" is not recorded; remove the clearance')
            facts = [fact for fact in facts if fact not in flags] + clearance
        self.result.clearances = clearances
        return facts


@cache
def _with_number(phrase: str) -> re.Pattern[str]:
    """What a phrase with {n} looks like, whatever its spaces."""
    words = [re.escape(part).replace(re.escape("{n}"), r"([0-9]+(?:\.[0-9]+)?)") for part in phrase.casefold().split()]
    return re.compile(r"\s*" + r"\s*".join(words) + r"\s*")


def _with_unit(value: Any, unit: str) -> Any:
    """The value with the unit its key ends in; another unit in the value is refused when it is read."""
    if not unit:
        return value
    if isinstance(value, list):
        located = LocatedList(_with_unit(item, unit) for item in value)
        located.line, located.lines = getattr(value, "line", 0), getattr(value, "lines", {})
        return located
    if isinstance(value, Decimal):
        return f"{value:f} {unit}"
    is_bare = type(value) is int or (isinstance(value, str) and not value.strip().endswith(unit))
    return f"{value} {unit}" if is_bare else value
