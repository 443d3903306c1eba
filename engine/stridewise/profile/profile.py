"""What the physiotherapist recorded, checked for shape: the fixed sections. Findings and symptoms stay in the notation
of facts."""

import csv
import hashlib
import io
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from stridewise.documents.fitting import Before
from stridewise.documents.frozen import frozen
from stridewise.documents.reader import Document, LocatedDict, decode, read_bytes, read_document
from stridewise.documents.shape import STRICT, ConfigDict, Flag, Word, mismatches, validate, without
from stridewise.documents.units import quantity, show
from stridewise.errors import Problem, Problems, ProfileError
from stridewise.language.exercise import Dosage

STATES = ("findings", "symptoms", "diagnosis", "goal", "race", "training", "history")  # one of these makes a profile
SAFETY_STATES = ("red_flags", "par_q", "pregnancy", "postpartum")  # so does one of these in the safety section


def _date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("expected a date such as 2026-11-21") from None


Day = Annotated[date, Before(_date)]


@frozen(kw_only=True)
class Runner:
    """A code, never a name; age in years."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    ref: Word
    age: Any = None
    sex: Any = None


@frozen(kw_only=True)
class Goal:
    """What the plan is for."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    kind: Any = None


@frozen(kw_only=True)
class Race:
    """The next race: its day, or the weeks to it from the day of recording."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    distance: Any = None
    date: Day | None = None
    in_weeks: Any = None
    priority: Any = None

    def __post_init__(self) -> None:
        if self.date is not None and self.in_weeks is not None:
            raise ValueError("give date or in_weeks, not both")


@frozen(kw_only=True)
class Strength:
    """Strength training until now."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    sessions_per_week: Any = None
    experience_months: Any = None


@frozen(kw_only=True)
class Training:
    """Running and strength training. A distance takes its unit as suffix or in the value."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    weekly_distance: Any = None
    weekly_distance_km: Any = None
    weekly_distance_mi: Any = None
    log: str | None = None
    longest_run: Any = None
    longest_run_km: Any = None
    longest_run_mi: Any = None
    planned_longest_run: Any = None
    planned_longest_run_km: Any = None
    planned_longest_run_mi: Any = None
    running_years: Any = None
    surface: Any = None
    week: dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], Any] | None = None
    strength: Strength | None = None
    current_exercises: Any = None


@frozen(kw_only=True)
class ParQ:
    """The PAR-Q+ answer, never the form; `yes_to` names the questions answered yes, a clearance who gave it and when."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    any_yes: Flag
    yes_to: Any = None
    follow_up: Literal["not_done", "cleared", "referred"] | None = None
    by: str | None = None
    date: Day | None = None

    def __post_init__(self) -> None:
        if self.yes_to and self.any_yes is False:
            raise ValueError("yes_to names questions answered yes, and any_yes says there is none")
        if self.follow_up == "cleared" and (self.by is None or self.date is None):
            raise ValueError("a clearance needs by and date")


@frozen(kw_only=True)
class Pregnancy:
    """Weeks of pregnancy."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    weeks: Any = None


@frozen(kw_only=True)
class Postpartum:
    """Weeks since birth, and symptoms since."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    weeks: Any = None
    symptoms: Any = None


@frozen(kw_only=True)
class Safety:
    """The safety screen. Without `screened`, red flags count as not asked."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    screened: Day | None = None
    red_flags: Any = None
    par_q: ParQ | None = None
    pregnancy: Pregnancy | None = None
    postpartum: Postpartum | None = None


@frozen(kw_only=True)
class Constraints:
    """What is possible: equipment, minutes a session, sessions a week, and what the runner cannot do."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    equipment: Any = None
    minutes_per_session: Any = None
    sessions_per_week: Any = None
    cannot: Any = None


@frozen(kw_only=True)
class Retune:
    """A dosage the clinician sets for one exercise."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    exercise: str
    dosage: Dosage
    reason: str


@frozen(kw_only=True)
class Clearance:
    """A red flag cleared by a named clinician: the only way past it, always shown."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    flag: str
    by: str
    date: Day
    reason: str


@frozen(kw_only=True)
class Clinician:
    """The clinician's own edits; they survive every new plan."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    pin: tuple[Any, ...] = ()
    ban: tuple[Any, ...] = ()
    retune: tuple[Retune, ...] = ()
    clear: tuple[Clearance, ...] = ()


@frozen(kw_only=True)
class Sections:
    """The whole profile."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    schema: Literal[1]
    runner: Runner
    recorded: Day | None = None
    goal: Goal | None = None
    race: Race | None = None
    training: Training | None = None
    diagnosis: Any = None
    findings: Any = None
    symptoms: Any = None
    history: Any = None
    safety: Safety | None = None
    constraints: Constraints | None = None
    clinician: Clinician | None = None
    requires_packs: tuple[str, ...] = ()
    notes: str | None = None


@frozen
class Run:
    """One row of a training log; distance in km."""

    line: int
    day: date
    distance_km: Decimal


@frozen
class Profile:
    """A profile, the document it came from, and the runs of its log (None without one).

    `problems` are mismatches of shape; intake reports them together with its own, so that all are seen at once."""

    sections: Sections
    document: Document
    log: tuple[Run, ...] | None = None
    log_name: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """The file's base name, as `at` shows it."""
        return Path(self.document.path).name

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.document.content).hexdigest()


def load_profile(path: Path) -> Profile:
    """Read a profile file, and its log where it names one. Raises ProfileError where it is no profile at all."""
    return read_profile(read_document(path, str(path), ProfileError), path.parent)


def read_profile(document: Document, folder: Path | None = None) -> Profile:
    """Check a document as a profile; `folder` is where its log is looked for. Raises ProfileError where it is none at all."""
    problems = Problems(document.path, ProfileError)
    if not isinstance(document.root, LocatedDict):
        problems.add(1, 'expected a profile: a mapping with "schema: 1" and "runner"')
        problems.raise_if_any()
    sections, document = _sections(document, problems)
    if not _says_anything(document.root):
        under_safety = "a red flag, a PAR-Q+ answer, a pregnancy or a birth under safety"
        problems.add(1, f"nothing to go by: give at least one of {', '.join(STATES)}, or {under_safety}")
    runs = None
    log = sections.training.log if sections and sections.training else None
    if log is not None:
        runs = _read_log(log, folder, problems, document.line("training", "log"))
    if sections is None:
        problems.raise_if_any()
        raise AssertionError("unreachable: a problem was added")
    return Profile(sections, document, runs, log or "", tuple(problems.found))


def _says_anything(root: LocatedDict) -> bool:
    """Is there a state of the runner to plan or to refer by? A red flag alone is one."""
    safety = root.get("safety")
    asked = safety if isinstance(safety, dict) else {}
    return any(root.get(name) is not None for name in STATES) or any(asked.get(name) not in (None, []) for name in SAFETY_STATES)


def _sections(document: Document, problems: Problems) -> tuple[Sections | None, Document]:
    """The sections, and the document without what does not fit: that is recorded, and the rest can be checked too."""
    root, bad = document.root, Problems(document.path, ProfileError)
    sections = validate(Sections, root, problems, 1)
    for _ in range(3):  # leaving one part out can uncover another mismatch, already recorded
        if sections is not None:
            break
        root = without(root, mismatches(Sections, root))
        sections = validate(Sections, root, bad, 1)
    return sections, replace(document, root=root)


def _read_log(name: str, folder: Path | None, problems: Problems, line: int) -> tuple[Run, ...]:
    """The runs of a CSV with at least the columns date and km."""
    if folder is None or Path(name).is_absolute() or ".." in Path(name).parts:
        problems.add(line, f'training.log: "{name}" is not a file beside the profile')
        return ()
    here = problems.within(str(folder / name))
    if not Path(os.path.realpath(folder / name)).is_relative_to(os.path.realpath(folder)):
        here.add(0, "is a link that leads out of the profile's folder; a log lies beside its profile")
        return ()
    start = 1
    try:
        text = decode(read_bytes(folder / name, Problems(here.path, ProfileError)), Problems(here.path, ProfileError))
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        reader.fieldnames = _columns(reader.fieldnames, here)
        start = reader.line_num + 1
        runs = []
        for row in reader:
            runs.append(_read_run(row, reader.line_num, here))
            start = reader.line_num + 1
        return tuple(filter(None, runs))
    except ProfileError as failure:
        problems.found.extend(failure.problems)
    except csv.Error as failure:
        here.add(start, f"cannot be read as CSV: {failure}; is a quote opened here and never closed?")
    return ()


def _columns(written: Sequence[str] | None, problems: Problems) -> list[str]:
    """The names of the columns, of which date and km must stand exactly once. Raises ProfileError."""
    columns = [(column or "").strip().lower() for column in written or ()]
    here = Problems(problems.path, ProfileError)
    for name in ("date", "km"):
        if columns.count(name) != 1:
            found = "is missing" if name not in columns else "stands twice"
            here.add(1, f"the column {name} {found}; expected date,km,minutes,rpe, separated by commas")
    here.raise_if_any()
    return columns


def _kilometres(written: str) -> Decimal:
    try:
        return quantity(written, "km")
    except ValueError:
        raise ValueError(f'expected a distance in km, found "{written[:40]}"') from None


def _read_run(row: dict[str, Any], line: int, problems: Problems) -> Run | None:
    before = len(problems.found)
    with problems.at(line, "date"):
        day = _date((row["date"] or "").strip())
    with problems.at(line, "km"):
        distance = _kilometres((row["km"] or "").strip())
        if not 0 <= distance <= 400:
            raise ValueError(f"{show(distance)} km is outside 0 to 400 km")
    return Run(line, day, distance) if len(problems.found) == before else None
