"""Ask for a profile in a clinician's order, safety first: questions out, a commented profile in. Every answer is tried as
part of the profile at once, so that what is written in the end always loads."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from stridewise.documents import parse_document
from stridewise.errors import ProfileError
from stridewise.intake import take_in
from stridewise.profile import STATES, read_profile
from stridewise.shorthand import EXAMPLES, read_entries
from stridewise.vocabulary import ValueType, Vocabulary, fold

NONE = ("none", "no", "nothing", "0")
YES = ("yes", "y")
HEAD = """\
# A screening profile, written by `recommend new`. Lines that start with # are for people.
# Unknown is not "no": what was skipped is left out, and the plan asks for it where it matters.
"""
ORDER = ("schema", "recorded", "runner", "safety", "symptoms", "diagnosis", "history", "findings", "training", "race", "goal",
         "constraints", "notes")  # fmt: skip
LISTED = ("symptoms", "diagnosis", "history", "findings")
_PLAIN = re.compile(r"[a-z][a-z_ ]*[a-z]|[0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Z]{1,3}-[0-9]+")
_WORDS = ("null", "true", "false", "yes", "no", "on", "off")
_STEP = re.compile(r"^[a-z_]+(?:\[[0-9]+\])?(?:\.[a-z_]+(?:\[[0-9]+\])?)*: ")


@dataclass(slots=True)
class Draft:
    """The profile so far. `said` keeps the clinician's words for each entry of a list, to stand beside it."""

    root: dict[str, Any]
    said: dict[str, list[str]] = field(default_factory=dict)

    def put(self, path: str, value: Any) -> None:
        """Write a value at a dotted path."""
        *steps, last = path.split(".")
        node = self.root
        for step in steps:
            node = node.setdefault(step, {})
        node[last] = value

    def get(self, path: str) -> Any:
        """The value at a dotted path, or None."""
        node: Any = self.root
        for step in path.split("."):
            node = node.get(step) if isinstance(node, dict) else None
        return node

    def add(self, section: str, entry: Any, said: str) -> None:
        """One more entry of a list, and the words it was given in."""
        self.root.setdefault(section, []).append(entry)
        self.said.setdefault(section, []).append(said)


Read = Callable[[Draft, str, Vocabulary], None]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask. `read` writes an answer into a draft, or raises ValueError saying what is expected; `many` asks again
    until an empty answer; `terms` is the list that `?` shows; `when` says whether it is asked at all."""

    title: str
    ask: str
    help: str
    read: Read
    many: bool = False
    terms: str = ""
    when: Callable[[Draft], bool] = lambda _: True

    def explain(self, vocabulary: Vocabulary) -> str:
        """What `?` answers."""
        terms = vocabulary.terms.get(self.terms, {}) if self.terms else {}
        listed = "".join(f"\n    {term.name}: {term.label}" for term in terms.values())
        return f"  {self.help}{listed}"


def start(recorded: date) -> Draft:
    """An empty profile of this day."""
    return Draft({"schema": 1, "recorded": recorded.isoformat(), "runner": {"ref": "R-001"}})


def answer(draft: Draft, question: Question, text: str, vocabulary: Vocabulary) -> Draft:
    """The draft with one answer more. Raises ValueError where it is not understood, or does not fit what was said before."""
    tried = deepcopy(draft)
    question.read(tried, clean(text), vocabulary)
    check(tried, vocabulary)
    return tried


def check(draft: Draft, vocabulary: Vocabulary) -> None:
    """Is it a profile that loads, as far as it goes? Raises ValueError where not."""
    root = draft.root if any(draft.root.get(name) is not None for name in STATES) else draft.root | {"training": {}}
    try:
        read = read_profile(parse_document(write(Draft(root, draft.said)).encode(), "profile", ProfileError))
        take_in(read, vocabulary, date.fromisoformat(draft.root["recorded"]))
    except ProfileError as error:
        raise ValueError("; ".join(_spoken(problem.message) for problem in error.problems)) from error


def _spoken(message: str) -> str:
    """What is wrong, without lines of a file that is not written yet."""
    return _STEP.sub("", re.sub(r" at profile:[0-9]+", ", said before", message), count=1)


def is_enough(draft: Draft) -> bool:
    """Does it hold anything to plan from?"""
    return any(draft.root.get(name) is not None for name in STATES)


def clean(text: str) -> str:
    """One line of what can be printed, spaces as they are meant."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


# --- answers ------------------------------------------------------------------------------------------------------


def _text(path: str) -> Read:
    return lambda draft, text, _: draft.put(path, text)


def _number(path: str, example: str) -> Read:
    """A number, with its unit where one is written; the profile's own check says what is wrong with it."""

    def read(draft: Draft, text: str, _: Vocabulary) -> None:
        if not re.match(r"[0-9]", text):
            raise ValueError(f'expected a number, such as "{example}", found "{text[:40]}"')
        draft.put(path, _amount(text))

    return read


def _amount(text: str) -> Any:
    return Decimal(text) if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text) else text


def _term(path: str, terms: str, name: str) -> Read:
    def read(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
        draft.put(path, _known(vocabulary, terms, text, name))

    return read


def _known(vocabulary: Vocabulary, terms: str, text: str, name: str) -> str:
    """The term that the words mean. Raises ValueError with the nearest one."""
    return str(vocabulary.read(ValueType(terms=terms), text, name))


def _terms(path: str, terms: str, name: str) -> Read:
    """Terms separated by commas, or none."""

    def read(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
        given = [] if text.casefold() in NONE else _split(text)
        draft.put(path, [_known(vocabulary, terms, one, name) for one in given])

    return read


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]", text) if part.strip()]


def _red_flags(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
    """An answer of any kind means that they were asked today."""
    _terms("safety.red_flags", "red_flags", "red flag")(draft, text, vocabulary)
    draft.put("safety.screened", draft.root["recorded"])


def _par_q(draft: Draft, text: str, _: Vocabulary) -> None:
    word = text.casefold()
    cleared = re.fullmatch(r"(?:yes,? )?cleared by (.+?),? on ([0-9]{4}-[0-9]{2}-[0-9]{2})", text, re.IGNORECASE)
    if word in NONE:
        draft.put("safety.par_q", {"any_yes": False})
    elif cleared:
        draft.put("safety.par_q", {"any_yes": True, "follow_up": "cleared", "by": cleared[1], "date": cleared[2]})
    elif word.removeprefix("yes, ").removeprefix("yes ") == "referred":
        draft.put("safety.par_q", {"any_yes": True, "follow_up": "referred"})
    elif word in YES:
        draft.put("safety.par_q", {"any_yes": True, "follow_up": "not_done"})
    else:
        raise ValueError(f'expected no, yes, "yes, referred" or "yes, cleared by NAME on 2026-11-21", found "{text[:40]}"')


def _birth(draft: Draft, text: str, _: Vocabulary) -> None:
    found = re.search(r"([0-9]+(?:\.[0-9]+)?) ?(?:weeks|week|wks|wk|w)?\b", text)
    word = text.casefold()
    after = re.search(r"post|after|birth|partum", word)
    if word in NONE:
        return
    if found is None or not (after or "preg" in word):
        raise ValueError(f'expected no, "pregnant 20 weeks" or "8 weeks after birth", found "{text[:40]}"')
    draft.put("safety.postpartum.weeks" if after else "safety.pregnancy.weeks", Decimal(found[1]))


def _entries(section: str, *kinds: str) -> Read:
    """Findings in shorthand, each with the words it was given in."""

    def read(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
        if text.casefold() not in NONE:
            for entry in read_entries(text, vocabulary, kinds):
                draft.add(section, entry, text)

    return read


def _diagnosis(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
    """A condition by its name. A phrase such as "runner's knee" goes to the findings, where phrases are read."""
    if text.casefold() in NONE:
        return
    for entry in read_entries(text, vocabulary, ("diagnosis",)):
        if isinstance(entry, dict) and "diagnosis" in entry:
            named = {"condition": entry["diagnosis"], **{key: value for key, value in entry.items() if key != "diagnosis"}}
            draft.add("diagnosis", named, text)
        else:
            draft.add("findings", entry, text)


def _weeks(draft: Draft, text: str, _: Vocabulary) -> None:
    parts = _split(text)
    unit = re.search(r"(km|mi|miles)\s*$", text)
    if not parts or not all(re.match(r"[0-9]", part) for part in parts):
        raise ValueError(f'expected kilometres a week, oldest first, such as "78, 82, 85, 90", found "{text[:40]}"')
    miles = unit is not None and unit[1] != "km"
    weeks = [_amount(re.sub(r"\s*(km|miles|mi)$", "", part)) for part in parts]
    draft.put("training.weekly_distance_mi" if miles else "training.weekly_distance_km", weeks if len(weeks) > 1 else weeks[0])


def _week(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
    """`mon rest, tue intervals`."""
    for part in _split(text):
        day, _, session = part.partition(" ")
        found = _known(vocabulary, "weekdays", day, "day")
        draft.put(f"training.week.{found}", _known(vocabulary, "day_sessions", session, "session"))


def _race(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
    """`marathon in 3 weeks`, `10k 2026-12-12 A`."""
    if text.casefold() in NONE:
        return
    day, weeks = re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text), re.search(r"\bin ([0-9]+(?:\.[0-9]+)?) weeks?\b", text)
    priority = re.search(r"\b([ABC])(?: race)?$", text)
    distance = text
    for match in filter(None, (day, weeks, priority)):
        distance = distance.replace(match[0], " ")
    distance = re.sub(r"\bon\b|,", " ", distance).strip()
    if not (day or weeks):
        raise ValueError(f'expected a distance and a day, such as "marathon in 3 weeks" or "10k 2026-12-12", found "{text[:40]}"')
    if distance and fold(distance) != "race":
        draft.put("race.distance", _known(vocabulary, "distances", distance, "distance"))
    if day:
        draft.put("race.date", day[0])
    if weeks:
        draft.put("race.in_weeks", Decimal(weeks[1]))
    if priority:
        draft.put("race.priority", priority[1])


def _may_be_pregnant(draft: Draft) -> bool:
    return bool(draft.get("runner.sex") != "male")


QUESTIONS: tuple[Question, ...] = (
    Question("runner", "Code of the runner [R-001]", "A code of your own, never a name. Enter takes R-001.", _text("runner.ref")),
    Question(
        "red flags", "Red flags: none, or which?",
        "Ask all of them, then answer none or those present, separated by commas. Enter means not asked: the plan says so first.",
        _red_flags, terms="red_flags",
    ),
    Question(
        "PAR-Q+", "Any PAR-Q+ question answered yes? (no / yes / yes, referred / yes, cleared by NAME on DATE)",
        "Without a clearance, a yes stops all exercise until a physician has been seen.", _par_q,
    ),
    Question("age", "Age in years", "Without it the dose stays cautious.", _number("runner.age", "34")),
    Question("sex", "Sex (female / male / other)", "Asked for what pregnancy, birth and energy deficiency change.",
             _term("runner.sex", "sexes", "sex"), terms="sexes"),
    Question(
        "pregnancy", "Pregnant, or given birth? (no / pregnant 20 weeks / 8 weeks after birth)",
        "The weeks decide what is safe.", _birth, when=_may_be_pregnant,
    ),
    Question(
        "symptoms", "Pain or other symptoms",
        'Where, side, how much of 10, during what, for how long: "outer knee pain L 3/10 during run 6 weeks next morning 1". '
        "Several: separated by semicolons, or one after the other.",
        _entries("symptoms", "pain", "symptom"), many=True, terms="pain_regions",
    ),
    Question(
        "diagnosis", "Diagnosis, yours or a physician's",
        'For example "patellofemoral pain L, moderate irritability". Never inferred from where it hurts.',
        _diagnosis, many=True, terms="conditions",
    ),
    Question(
        "history", "Earlier injuries and lasting conditions, medicines",
        'For example "hamstring strain R 5 months ago", "osteoporosis", "blood thinners".',
        _entries("history", "injury", "condition", "medication", "health"), many=True, terms="conditions",
    ),
    Question(
        "findings", "Examination: strength, length, movement, tests",
        f'In your own shorthand: {EXAMPLES}. Left stands before right in "7/10". '
        "Tests: HR heel raises, KTW knee to wall, SLS single-leg squats, SLB bridges, side plank, plank, balance, hop, MMT.",
        _entries("findings", "movement_fault", "skill", "posture", "back_response"), many=True, terms="movement_faults",
    ),
    Question("weekly distance", "Kilometres in each of the last weeks, oldest first",
             'For example "78, 82, 85, 90"; end with mi for miles. One number is the latest week.', _weeks),
    Question("longest run", "Longest run of the last 30 days, in km", 'For example "32" or "20 mi".',
             _number("training.longest_run", "32")),
    Question("planned run", "Longest run planned next, in km", "Compared with the longest of the last 30 days.",
             _number("training.planned_longest_run", "36")),
    Question("running years", "Years of regular running", "A new runner gets more care with every rise.",
             _number("training.running_years", "8")),
    Question("week", "The usual week", 'For example "mon rest, tue intervals, sun long"; the plan puts strength around it.',
             _week, terms="day_sessions"),
    Question("strength", "Strength sessions a week now", "0 where there are none.",
             _number("training.strength.sessions_per_week", "1")),
    Question("strength experience", "Months of regular strength training so far", "0 for someone new to it.",
             _number("training.strength.experience_months", "4")),
    Question("exercises", "Strength and warm-up exercises done now (none, or which?)",
             "Names as in `recommend exercise`, separated by commas.",
             _terms("training.current_exercises", "exercises", "exercise")),
    Question("race", "Next race", 'Distance and day: "marathon in 3 weeks", "10k 2026-12-12", with A, B or C for its priority.',
             _race, terms="distances"),
    Question("goal", "Goal (prevention / performance / return_to_run / symptom)", "What the plan is for.",
             _term("goal.kind", "goals", "goal"), terms="goals"),
    Question("equipment", "Equipment at hand (none, or which?)", "Separated by commas. Enter: not asked.",
             _terms("constraints.equipment", "equipment_items", "equipment"), terms="equipment_items"),
    Question("minutes", "Minutes for a strength session", "The plan fits into them.",
             _number("constraints.minutes_per_session", "30")),
    Question("sessions", "Strength sessions possible each week", "At most that many are planned.",
             _number("constraints.sessions_per_week", "2")),
    Question("cannot", "What the runner cannot do (none, or which?)", "Positions and movements to leave out.",
             _terms("constraints.cannot", "cannot_terms", "limit"), terms="cannot_terms"),
    Question("notes", "Notes", "Free text; no rule reads it, the plan shows it as such.", _text("notes")),
)  # fmt: skip


def news(before: Draft, after: Draft) -> list[str]:
    """What an answer to a list became, in the words of the profile."""
    old = {name: len(before.root.get(name, ())) for name in LISTED}
    return [_flow(entry) for name in LISTED for entry in after.root.get(name, [])[old[name] :]]


# --- writing ------------------------------------------------------------------------------------------------------

_REMARKS = {
    "recorded": "weeks and months count from this day",
    "safety.screened": "all red flags were asked on this day",
    "safety.red_flags": "asked; empty means none",
    "training.longest_run": "of the last 30 days",
    "training.weekly_distance_km": "oldest first",
    "training.weekly_distance_mi": "oldest first",
    "constraints.equipment": "empty means none",
    "notes": "read by no rule",
}
_SKIPPED = {
    "safety": "not asked: red flags and PAR-Q+. The plan says so first",
    "symptoms": "none recorded",
    "diagnosis": "none recorded",
    "history": "not asked",
    "findings": "nothing examined",
    "training": "not asked",
    "race": "no race recorded",
    "goal": "not asked",
    "constraints": "not asked: equipment, time, limits",
}


def write(draft: Draft) -> str:
    """The profile as text, each list entry with the clinician's own words beside it."""
    return HEAD + "".join(line + "\n" for name in ORDER for line in _section(draft, name))


def _section(draft: Draft, name: str) -> Iterator[str]:
    value = draft.root.get(name)
    if value is None:
        if name in _SKIPPED:
            yield f"# {name}: {_SKIPPED[name]}"
    elif name in LISTED:
        yield f"{name}:"
        for entry, said in zip(value, draft.said[name], strict=True):
            yield f"  - {_flow(entry)}" + ("" if entry == said else f"  # {said}")
    elif isinstance(value, dict) and name != "runner" and value:
        yield f"{name}:"
        for key, item in value.items():
            yield f"  {key}: {_flow(item)}" + _remark(f"{name}.{key}")
    else:
        yield f"{name}: {_flow(value)}" + _remark(name)


def _remark(path: str) -> str:
    return f"  # {_REMARKS[path]}" if path in _REMARKS else ""


def _flow(value: Any) -> str:
    """A value on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value not in _WORDS else json.dumps(value, ensure_ascii=False)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
