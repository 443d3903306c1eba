"""The plan: what the clinician and the runner get, as data. Field names and order are the JSON contract."""

from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, Literal

from stridewise.documents.shape import Range
from stridewise.language.dosage import Dosage
from stridewise.language.exercise import Block
from stridewise.language.pathway import RunningMode, stage_term
from stridewise.language.rule import AvoidLevel, Certainty, EvidenceLevel, Stops, Strength, Urgency, WarningLevel
from stridewise.language.translation import ENGLISH, Language, fixed

SCHEMA = 2
READY: Final = "ready"
REFER_FIRST: Final = "refer_first"
Status = Literal["ready", "refer_first"]
KeptOutLevel = AvoidLevel | Literal["banned", "referral"]  # by a rule, by the clinician, or until a referral is settled
SessionKind = Literal["run", "strength", "race", "cross"]
DayRunning = Literal["planned", "rest", "not_recorded", "stopped", "coach"]
# How notices begin that a clinician may read last.
UNSIGNED: Final = fixed("Guidance that no named clinician has signed off yet:")
MEANT_MORE_OFTEN: Final = fixed("Meant on more days a week than there are strength sessions:")
WORDS = MappingProxyType({"words": True})  # of a field that says for readers what the others mean
FIRST_YEAR, LAST_YEAR = 1900, 2999  # of a plan's day: a year's schedule and its review are counted from it


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact as evidence: either recorded (`at` a line, `assumed` attributes) or concluded (`derived_by` a rule)."""

    fact: dict[str, Any]
    at: str | None = None
    assumed: tuple[str, ...] | None = None
    derived_by: str | None = None
    text: str = field(default="", metadata=WORDS)


@dataclass(frozen=True, slots=True)
class SourceUsed:
    """A source with its level of evidence, and whether the figure used was checked in it."""

    key: str
    level: EvidenceLevel
    verified: bool


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: which rule, which facts, which sources, how sure. `patient` is the runner's wording; `for_everybody`: it rests
    on no fact, the rule is about every runner."""

    rule: str
    text: str
    facts: tuple[FactUsed, ...] = ()
    sources: tuple[SourceUsed, ...] = ()
    strength: Strength = "expert_opinion"
    certainty: Certainty = "low"
    patient: str = field(default="", metadata=WORDS)
    for_everybody: bool = field(default=False, metadata={"json": False})
    english: str = field(default="", repr=False, compare=False, metadata={"json": False})

    @property
    def order(self) -> tuple[str, str]:
        """Its place among others, the same in every language."""
        return (self.rule, self.english or self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Someone to see, how soon, and what stops until then."""

    id: str
    to: str
    urgency: Urgency
    stops: Stops
    text: str
    because: tuple[Because, ...]
    to_name: str = field(default="", metadata=WORDS)

    @property
    def addressee(self) -> str:
        """Whom to see, as the vocabulary calls them."""
        return self.to_name or self.to.replace("_", " ")

    @property
    def is_at_once(self) -> bool:
        """Is it an emergency, or for the same day?"""
        return self.urgency in ("emergency", "same_day")

    @property
    def stops_all(self) -> bool:
        """Does it stop all exercise?"""
        return self.stops == "all_exercise"

    @property
    def comes_first(self) -> bool:
        """Must someone else see the runner before any plan? Where it stops all exercise or is at once, or is urgent and stops
        anything."""
        return self.stops_all or self.is_at_once or (self.urgency == "urgent" and self.stops != "nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalWarning:
    """A sentence not to be missed."""

    id: str
    level: WarningLevel
    text: str
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A warning, or a contradiction of rules (`level` None, the rules joined in `id`), that a named clinician has read and
    accepts, with the reason. The runner is told as before."""

    kind: Literal["warning", "contradiction"]
    id: str
    level: WarningLevel | None
    text: str
    reason: str
    by: str
    date: str
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapMade:
    """An exercise kept out, and what stands in (None: nothing)."""

    avoid: str
    instead: str | None
    level: KeptOutLevel
    keeps: str
    loses: str
    because: tuple[Because, ...]
    avoid_name: str = field(default="", metadata=WORDS)
    instead_name: str = field(default="", metadata=WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadAdjustment:
    """A load metric from one value to another; both None where the base is unknown and `change` says it."""

    id: str
    metric: str
    from_: Decimal | None = field(metadata={"json": "from"})
    to: Decimal | None
    change: str
    unit: str
    text: str
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFrom:
    """The test that set a dose: what was tested, the side that leads (both where they are equal), and its value."""

    test: str
    side: str
    value: Decimal
    text: str = field(default="", metadata=WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class HowTo:
    """How an exercise is done, for the runner: the steps, where it is felt, the usual mistake, when it may get harder."""

    steps: tuple[str, ...]
    feel: str
    mistake: str
    harder_when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PainLights:
    """What a pain limit means for the runner, as a traffic light."""

    limit: str
    green: str
    amber: str
    red: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What a plan is for, in the runner's words: the goal, the complaint, the race with its date (ISO); empty where not known."""

    goal: str = ""
    complaints: tuple[str, ...] = ()
    race: str = ""
    race_date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is on record about a runner, in the words of a letter; every part may be empty."""

    runner: str = ""
    running: str = ""
    symptoms: tuple[str, ...] = ()
    diagnosis: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    examination: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """One exercise of the plan with its dosage, limits and reasons. `session`: A, B, or both where two sessions take turns."""

    exercise: str
    name: str
    block: Block
    targets: tuple[str, ...]
    side: str
    dosage: Dosage
    session: tuple[str, ...] = ("A",)
    takes_turns: bool = field(default=False, metadata={"json": False})  # with another session that differs
    heals: bool = field(default=False, metadata={"json": False})  # dosed as rehabilitation, which no calendar cuts
    pain_limit: str
    stop_if: str
    progression: str
    regression: str
    assumes: tuple[str, ...]
    because: tuple[Because, ...]
    start_from: StartFrom | None = None
    how_to: HowTo | None = field(default=None, metadata=WORDS)
    lights: PainLights | None = field(default=None, metadata=WORDS)


Verdict = Literal["keep", "change", "pause", "stop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentExercise:
    """What becomes of an exercise that the runner does now. `until` says what ends a pause; `dosage` that of the plan, None where
    the plan does not hold it."""

    exercise: str
    verdict: Verdict
    until: str | None
    dosage: Dosage | None
    text: str
    because: tuple[Because, ...]
    name: str = field(default="", metadata=WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """What was considered and left out: an exercise or a target, and why."""

    exercise: str | None = None
    target: str | None = None
    reason: str
    because: tuple[Because, ...] = ()
    name: str = field(default="", metadata=WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Recommendations that could not both stand, and what settled it."""

    between: tuple[str, ...]
    settled_by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """A derived fact with all its justifications."""

    fact: dict[str, Any]
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A fact that was not recorded, the question that asks for it, and what the answer could change."""

    fact: dict[str, Any]
    question: str
    could_change: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUsed:
    """Something recorded that no rule reads."""

    fact: dict[str, Any]
    at: str
    text: str = field(default="", metadata=WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackUsed:
    """A rule pack that took part."""

    name: str
    version: str
    sha256: str
    reviewed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginUsed:
    """A plugin that may have read the profile or its log, or computed facts: its distribution with the version, and the sha256 of
    the file that holds it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideUsed:
    """A change of another pack's rule, pathway or threshold that was in force."""

    pack: str
    action: str
    of: str
    to: str | None
    by: str
    expires: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedExercise:
    """An exercise inside a session, with the sets for that day."""

    exercise: str
    name: str
    block: Block
    sets: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One thing to do on a day; a run lists its warm-up drills, `cross` is other cardio. `minutes` and `km` are None where they
    are not ours to say; `note` gives order and gap; `gave_way` names a soft rule that could not be kept, and why; `became` says
    what the runner's own session was, what it is now, and why; `proposed`: the runner recorded no such session."""

    kind: SessionKind
    title: str
    exercises: tuple[PlannedExercise, ...] = ()
    minutes: Decimal | None = None
    note: str = ""
    gave_way: str = ""
    became: str = ""
    proposed: bool = False
    km: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTotals:
    """A week in numbers; None where the profile gives no base for it. The minutes where running goes by minutes."""

    running_km: Decimal | None
    longest_run_km: Decimal | None
    strength_sessions: int
    sets: Decimal
    contacts: Decimal
    running_minutes: Decimal | None = None
    longest_run_minutes: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """A dated entry. In weeks that begin in the next two weeks one a day; later one a week (`outline`), and one for the race.
    Weeks are Monday to Sunday; `totals` stand at the first entry of a week and count the whole of it. `running` says what a day
    without a run is."""

    date: str
    week: int
    phase: str
    sessions: tuple[PlannedSession, ...]
    outline: bool = False
    totals: WeekTotals | None = None
    running: DayRunning = "planned"


BEFORE_IT: Final = fixed("Before it:")  # in what is said of the next stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What opens the next stage of a pathway; `met` None where it is not known."""

    text: str
    question: str
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayStage:
    """Where the runner stands on a pathway: stage `number` of `of`, what running is there (None: the stage says nothing of it),
    its usual weeks, and what opens the next. `side` is None where the pathway has no sides; `plain` is told to the runner."""

    pathway: str
    title: str
    side: str | None
    stage: str
    stage_title: str
    number: int
    of: int
    running: RunningMode | None
    plain: str
    weeks: Range | None
    to_pass: tuple[Criterion, ...]
    next: str
    retest: tuple[str, ...]
    because: tuple[Because, ...]

    @property
    def term(self) -> str:
        """The stage as a term: its pathway and its own name."""
        return stage_term(self.pathway, self.stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRead:
    """A questionnaire's score, its change since the last one, and whether that matters; None where it cannot be said."""

    score: str
    value: Decimal
    date: str | None
    change: Decimal | None
    matters: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """When to look again, and what to test again then."""

    date: str | None = None
    retest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseDrawn:
    """The drawing of an exercise of the plan for the side that works, as an SVG."""

    exercise: str
    side: str
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What made this plan: the matchers, the version and the source of the engine, the packs, the overrides in force and the
    plugins, and one digest over these (`program_sha256`, without the matchers, which agree); the profile's bytes, and the facts
    that it, its log and plugins gave; every rule that `fired`, also where the plan does not name it. `plan_sha256` covers the
    plan without `at`, drawings and the receipt, `receipt_sha256` the rest of the receipt."""

    engine: str
    version: str = ""
    engine_sha256: str = ""
    packs: tuple[PackUsed, ...]
    overrides: tuple[OverrideUsed, ...] = ()
    plugins: tuple[PluginUsed, ...] = ()
    texts_sha256: str = field(default="", metadata={"json_unless_empty": True})  # of the language, where it is not English
    program_sha256: str = ""
    profile_sha256: str
    facts_sha256: str = ""
    fired: tuple[str, ...] = ()
    plan_sha256: str = ""
    receipt_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole plan. Every list is always present."""

    schema: int = SCHEMA
    runner: str
    as_of: str
    status: Status
    notices: tuple[str, ...]
    referrals: tuple[Referral, ...] = ()
    warnings: tuple[ClinicalWarning, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    swaps: tuple[SwapMade, ...] = ()
    load_adjustments: tuple[LoadAdjustment, ...] = ()
    prescriptions: tuple[Prescription, ...] = ()
    current: tuple[CurrentExercise, ...] = ()
    pathways: tuple[PathwayStage, ...] = ()
    scores: tuple[ScoreRead, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    missing: tuple[Missing, ...] = ()
    not_used: tuple[NotUsed, ...] = ()
    schedule: tuple[PlannedDay, ...] = ()
    review: Review = Review()
    aims: Aims = field(default=Aims(), metadata=WORDS)
    story: Story = field(default=Story(), metadata=WORDS)
    drawings: tuple[ExerciseDrawn, ...] = ()  # where they were asked for
    on_record: Any = field(default=None, repr=False, compare=False, metadata={"json": False})  # OnRecord: what it was made from
    language: str = field(default="", metadata={"json_unless_empty": True})  # empty is English
    words: Language = field(default=ENGLISH, repr=False, compare=False, metadata={"json": False})  # what it is told in
    receipt: Receipt

    @property
    def all_warnings(self) -> tuple[ClinicalWarning | Acknowledged, ...]:
        """Those to be said and those acknowledged: what a runner has to heed is the same."""
        return (*self.warnings, *self.acknowledged)

    @property
    def is_sent_away(self) -> bool:
        """Must somebody see the runner at once, or before any exercise? Then nothing is trained from this plan."""
        return any(one.is_at_once or one.stops_all for one in self.referrals)
