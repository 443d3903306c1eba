"""The one place that says what a profile holds: the type of every value, the list a term is of, and the kinds of fact that it
states. Paths, JSON Schema and questions are read off these classes."""

from dataclasses import dataclass
from typing import Annotated, Literal

from stridewise.documents.shape import Word
from stridewise.documents.signatures import names_somebody
from stridewise.language.dosage import Dosage
from stridewise.profile.entries import ByName, Diagnoses, Entries, Listed, Terms
from stridewise.profile.values import (
    Answer,
    Day,
    Distance,
    Distances,
    Height,
    Hours,
    Kilometres,
    ManyKilometres,
    ManyMiles,
    Mass,
    Miles,
    Minutes,
    Months,
    Pressure,
    Says,
    Score,
    Term,
    Times,
    Weeks,
    Years,
)

TO_RACE = Says(worked_out=("weeks_to_race", "days_to_race"))
OF_WEEKS = Says(worked_out=("weekly_distance", "mean_weekly_distance", "weekly_distance_change", "weekly_distance_versus_mean"))
OF_A_LOG = Says(worked_out=(*OF_WEEKS.worked_out, "longest_run", "cross_training_hours"))
SPIKE = ("planned_run_spike",)
TWO = 2
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A code, never a name; age in years, height in cm, mass in kg."""

    ref: Word
    age: Annotated[Years, Says("age")] = None
    sex: Annotated[str | None, Term("sexes"), Says("sex")] = None
    height: Annotated[Height, Says("height")] = None
    mass: Annotated[Mass, Says("body_mass")] = None
    dominant_leg: Annotated[str | None, Term("legs"), Says("dominant_leg")] = None
    menopause: Annotated[str | None, Term("menopause_stages"), Says("menopause_stage")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the plan is for."""

    kind: Annotated[str | None, Term("goals"), Says("goal")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """The next race: its day, or the weeks to it from the day of recording."""

    distance: Annotated[str | None, Term("distances"), Says("race_distance")] = None
    date: Annotated[Day | None, TO_RACE] = None
    in_weeks: Annotated[Weeks, TO_RACE] = None
    priority: Annotated[str | None, Term("priorities"), Says("race_priority")] = None

    def __post_init__(self) -> None:
        if self.date is not None and self.in_weeks is not None:
            raise ValueError("give date or in_weeks, not both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Strength training until now."""

    sessions_per_week: Annotated[Times, Says("strength_sessions_per_week")] = None
    experience_months: Annotated[Months, Says("strength_experience_months")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """Running and strength training. A distance takes its unit as suffix or in the value. `log_unit` and `log_dates` say what a
    log itself leaves open; `pace` is minutes a kilometre; with a `coach` the plan leaves the running out."""

    weekly_distance: Annotated[Distances, OF_WEEKS] = None
    weekly_distance_km: Annotated[ManyKilometres, Says(same_as="weekly_distance")] = None
    weekly_distance_mi: Annotated[ManyMiles, Says(same_as="weekly_distance")] = None
    log: Annotated[str | None, OF_A_LOG] = None
    log_unit: Literal["km", "mi", "m"] | None = None
    log_dates: Literal["d/m", "m/d"] | None = None
    longest_run: Annotated[Distance, Says("longest_run", SPIKE)] = None
    longest_run_km: Annotated[Kilometres, Says(same_as="longest_run")] = None
    longest_run_mi: Annotated[Miles, Says(same_as="longest_run")] = None
    planned_longest_run: Annotated[Distance, Says("planned_longest_run", SPIKE)] = None
    planned_longest_run_km: Annotated[Kilometres, Says(same_as="planned_longest_run")] = None
    planned_longest_run_mi: Annotated[Miles, Says(same_as="planned_longest_run")] = None
    running_years: Annotated[Years, Says("running_years")] = None
    surface: Annotated[str | None, Term("surfaces"), Says("surface")] = None
    runs_per_week: Annotated[Times, Says("runs_per_week")] = None
    pace: Annotated[Minutes, Says("pace")] = None
    coach: Annotated[Answer, Says("coach")] = None
    cadence: Annotated[Times, Says("cadence")] = None
    cross_training_hours: Annotated[Hours, Says("cross_training_hours")] = None
    shoes_changed_weeks_ago: Annotated[Weeks, Says("shoes_changed_weeks_ago")] = None
    week: Annotated[dict[Weekday, Annotated[str | None, Term("day_sessions")]] | None, Says(worked_out=("training_day",))] = None
    strength: Strength | None = None
    current_exercises: Annotated[Listed | None, Terms("exercises"), Says("current_exercise")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParQ:
    """The PAR-Q+ answer, never the form; `yes_to` names the questions answered yes, a clearance who gave it and when."""

    any_yes: Answer = None
    yes_to: Annotated[Listed | None, Terms("par_q_questions"), Says("par_q_yes_to")] = None
    follow_up: Literal["not_done", "cleared", "referred"] | None = None
    by: str | None = None
    date: Day | None = None

    def __post_init__(self) -> None:
        if self.yes_to and not self.any_yes:
            said = "any_yes says there is none" if self.any_yes is False else "any_yes says nothing; write any_yes: yes"
            raise ValueError(f"yes_to names questions answered yes, and {said}")
        if self.follow_up == "cleared" and (self.date is None or not names_somebody(self.by or "")):
            raise ValueError("a clearance needs by (a name) and date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pregnancy:
    """Weeks of pregnancy."""

    weeks: Annotated[Weeks, Says("pregnancy_weeks")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Postpartum:
    """Weeks since birth, and symptoms since."""

    weeks: Annotated[Weeks, Says("postpartum_weeks")] = None
    symptoms: Annotated[Listed | None, Terms("postpartum_symptoms"), Says("postpartum_symptom")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BloodPressure:
    """The latest reading at rest, in mmHg."""

    systolic: Annotated[Pressure, Says("systolic_pressure")] = None
    diastolic: Annotated[Pressure, Says("diastolic_pressure")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """The safety screen. Without `screened`, red flags count as not asked."""

    screened: Annotated[Day | None, Says(worked_out=("safety_screen",))] = None
    red_flags: Annotated[Listed | None, Terms("red_flags"), Says("red_flag")] = None
    par_q: Annotated[ParQ | None, Says(worked_out=("par_q",))] = None
    pregnancy: Annotated[Pregnancy | None, Says(worked_out=("condition",))] = None
    postpartum: Annotated[Postpartum | None, Says(worked_out=("condition",))] = None
    pelvic_floor: Annotated[Listed | None, Terms("postpartum_symptoms"), Says("pelvic_floor_symptom")] = None
    blood_pressure: BloodPressure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surgery:
    """An operation: the part, and its day or how long ago it was."""

    part: Annotated[str, Term("pain_regions")]
    side: Annotated[str | None, Term("sides")] = None
    procedure: Word | None = None
    date: Day | None = None
    months_ago: Months = None
    limits: Word | None = None

    def __post_init__(self) -> None:
        if self.date is not None and self.months_ago is not None:
            raise ValueError("give date or months_ago, not both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What is possible: equipment, minutes a session, sessions a week, what the runner cannot do, and on which days."""

    equipment: Annotated[Listed | None, Terms("equipment_items"), Says("equipment")] = None
    minutes_per_session: Annotated[Minutes, Says("minutes_per_session")] = None
    sessions_per_week: Annotated[Times, Says("sessions_per_week")] = None
    cannot: Annotated[Listed | None, Terms("cannot_terms"), Says("cannot")] = None
    available_days: Annotated[Listed | None, Terms("weekdays"), Says("available_day")] = None
    blackout: Annotated[tuple[Day, ...], Says(worked_out=("blackout",))] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An exercise the clinician wants in, or out, and why."""

    exercise: Annotated[str, Term("exercises")]
    reason: Word | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retune:
    """A dosage the clinician sets for one exercise."""

    exercise: Annotated[str, Term("exercises")]
    dosage: Dosage
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """A red flag cleared by a named clinician: the only way past it, always shown."""

    flag: Annotated[str, Term("red_flags")]
    by: str
    date: Day
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """A warning (by the rule that gives it) or a contradiction (by the rules that disagree) that a named clinician has read and
    accepts: told apart with name and reason, never left out."""

    warning: str | None = None
    contradiction: tuple[str, ...] = ()
    because: str
    by: str
    date: Day

    def __post_init__(self) -> None:
        if (self.warning is None) == (not self.contradiction):
            raise ValueError("give one of warning (a rule) and contradiction (the rules that disagree)")
        if self.contradiction and len(set(self.contradiction)) < TWO:
            raise ValueError("contradiction: expected at least two rules")

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules it names."""
        return (self.warning,) if self.warning is not None else self.contradiction


Choices = tuple[Annotated[Choice, ByName("exercise", "exercises")], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """The clinician's own edits; they survive every new plan."""

    pin: Annotated[Choices, Says(worked_out=("pinned_exercise",))] = ()
    ban: Annotated[Choices, Says(worked_out=("banned_exercise",))] = ()
    retune: tuple[Retune, ...] = ()
    clear: Annotated[tuple[Clearance, ...], Says(worked_out=("cleared_flag",))] = ()
    acknowledge: tuple[Acknowledgement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceLast:
    """What happened since the visit before: strength sessions done of how many planned, and the worst pain."""

    sessions_done: Annotated[Times, Says(worked_out=("adherence",))] = None
    of: Annotated[Times, Says(worked_out=("adherence",))] = None
    pain_max: Annotated[Score, Says("pain_since_last")] = None

    def __post_init__(self) -> None:
        if (self.sessions_done is None) != (self.of is None):
            raise ValueError("give both: sessions_done, and of how many")
        if self.of is not None and self.sessions_done is not None and self.of <= 0:
            raise ValueError("of: expected at least 1 planned session")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The whole profile. `language` is the one that the runner is told the plan in, by its code; English where there is none."""

    schema: Literal[1]
    runner: Runner
    recorded: Day | None = None
    goal: Goal | None = None
    race: Race | None = None
    training: Training | None = None
    diagnosis: Annotated[Diagnoses, Says(worked_out=("diagnosis", "condition", "bone_stress_released"))] = None
    findings: Annotated[Entries, Says(worked_out=("side_difference",))] = None
    symptoms: Entries = None
    history: Entries = None
    scores: Entries = None
    surgery: Annotated[tuple[Surgery, ...] | None, Says(worked_out=("surgery",))] = None
    safety: Safety | None = None
    constraints: Constraints | None = None
    clinician: Clinician | None = None
    since_last: SinceLast | None = None
    requires_packs: tuple[str, ...] = ()
    language: Word = ""
    notes: str | None = None
