"""What is asked, in a clinician's order, safety first."""

from collections.abc import Callable
from dataclasses import dataclass

from stridewise.interview.answers import (
    Read,
    birth,
    diagnosis,
    entries_of,
    number_at,
    par_q,
    race,
    red_flags,
    term_at,
    terms_at,
    text_at,
    week,
    weeks,
)
from stridewise.interview.draft import Draft
from stridewise.language.translation import fill, fixed
from stridewise.language.vocabulary import Vocabulary
from stridewise.profile.paths import LEAVES
from stridewise.profile.phrases.unread import EXAMPLES

IN_SHORTHAND = fixed(
    'In your own shorthand: {examples}. Left stands before right in "7/10". '
    "Tests: HR heel raises, KTW knee to wall, SLS single-leg squats, SLB bridges, side plank, plank, balance, hop, MMT."
)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask. `read` writes an answer into a draft, or raises ValueError saying what is expected; `many` asks again
    until an empty answer; `terms` is the list that `?` shows, `offered` the one that the Tab key offers where that is another;
    `when` says whether it is asked at all."""

    title: str
    ask: str
    help: str
    read: Read
    many: bool = False
    terms: str = ""
    when: Callable[[Draft], bool] = lambda _: True
    offered: str = ""

    def words(self, vocabulary: Vocabulary) -> list[str]:
        """What may be typed, as far as a list says it: the Tab key offers them."""
        return [name.replace("_", " ") for name in vocabulary.terms.get(self.offered or self.terms, {})]

    def explain(self, vocabulary: Vocabulary) -> str:
        """What `?` answers."""
        terms = vocabulary.terms.get(self.terms, {}) if self.terms else {}
        listed = "".join(f"\n    {term.name}: {term.label}" for term in terms.values())
        return f"  {self.help}{listed}"


def _may_be_pregnant(draft: Draft) -> bool:
    return bool(draft.get("runner.sex") != "male")


def _of_terms(title: str, ask: str, help_: str, path: str, name: str) -> Question:
    """A question about one place of the profile that holds a term or several of a list; `name` is what one of them is called."""
    leaf = LEAVES[path]
    return Question(title, ask, help_, (terms_at if leaf.is_list else term_at)(path, name), terms=leaf.terms)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "runner", "Code of the runner [R-001]", "A code of your own, never a name. Enter takes R-001.", text_at("runner.ref")
    ),
    Question(
        "red flags",
        "Red flags: none, or which?",
        "Ask all of them, then answer none or those present, separated by commas. Enter means not asked: the plan says so first.",
        red_flags,
        terms=LEAVES["safety.red_flags"].terms,
    ),
    Question(
        "PAR-Q+",
        fixed("Any PAR-Q+ question answered yes? (no / yes / yes, referred / yes, cleared by NAME on DATE)"),
        fixed("Without a clearance, a yes stops all exercise until a physician has been seen."),
        par_q,
    ),
    Question("age", fixed("Age in years"), fixed("Without it the dose stays cautious."), number_at("runner.age", "34")),
    _of_terms(
        "sex",
        "Sex (female / male / other)",
        fixed("Asked for what pregnancy, birth and energy deficiency change."),
        "runner.sex",
        "sex",
    ),
    Question(
        "pregnancy",
        fixed("Pregnant, or given birth? (no / pregnant 20 weeks / 8 weeks after birth)"),
        fixed("The weeks decide what is safe."),
        birth,
        when=_may_be_pregnant,
    ),
    Question(
        "symptoms",
        fixed("Pain or other symptoms"),
        'Where, side, how much of 10, during what, for how long: "outer knee pain L 3/10 during run 6 weeks next morning 1". '
        "Several: separated by semicolons, or one after the other.",
        entries_of("symptoms"),
        many=True,
        terms="pain_regions",
    ),
    Question(
        "diagnosis",
        fixed("Diagnosis, yours or a physician's"),
        fixed('For example "patellofemoral pain L, moderate irritability". Never inferred from where it hurts.'),
        diagnosis,
        many=True,
        terms="conditions",
    ),
    Question(
        "history",
        fixed("Earlier injuries and lasting conditions, medicines"),
        fixed('For example "hamstring strain R 5 months ago", "osteoporosis", "blood thinners".'),
        entries_of("history"),
        many=True,
        terms="conditions",
    ),
    Question(
        "findings",
        fixed("Examination: strength, length, movement, tests"),
        fill(IN_SHORTHAND, {"examples": EXAMPLES}),
        entries_of("findings"),
        many=True,
        terms="movement_faults",
    ),
    Question(
        "weekly distance",
        fixed("Kilometres in each of the last weeks, oldest first"),
        fixed('For example "78, 82, 85, 90"; end with mi for miles. One number is the latest week.'),
        weeks,
    ),
    Question(
        "longest run",
        fixed("Longest run of the last 30 days, in km"),
        fixed('For example "32" or "20 mi".'),
        number_at("training.longest_run", "32"),
    ),
    Question(
        "planned run",
        fixed("Longest run planned next, in km"),
        fixed("Compared with the longest of the last 30 days."),
        number_at("training.planned_longest_run", "36"),
    ),
    Question(
        "running years",
        fixed("Years of regular running"),
        fixed("A new runner gets more care with every rise."),
        number_at("training.running_years", "8"),
    ),
    Question(
        "week",
        fixed("The usual week"),
        fixed('For example "mon rest, tue intervals, sun long"; the plan puts strength around it.'),
        week,
        terms=LEAVES["training.week"].terms,
    ),
    Question(
        "strength",
        fixed("Strength sessions a week now"),
        fixed("0 where there are none."),
        number_at("training.strength.sessions_per_week", "1"),
    ),
    Question(
        "strength experience",
        fixed("Months of regular strength training so far"),
        fixed("0 for someone new to it."),
        number_at("training.strength.experience_months", "4"),
    ),
    Question(
        "exercises",
        fixed("Strength and warm-up exercises done now (none, or which?)"),
        "Names as in `recommend exercise`, separated by commas.",
        terms_at("training.current_exercises", "exercise"),
        offered=LEAVES["training.current_exercises"].terms,
    ),
    Question(
        "race",
        fixed("Next race"),
        fixed('Distance and day: "marathon in 3 weeks", "10k 2026-12-12", with A, B or C for its priority.'),
        race,
        terms=LEAVES["race.distance"].terms,
    ),
    _of_terms(
        "goal", "Goal (prevention / performance / return_to_run / symptom)", fixed("What the plan is for."), "goal.kind", "goal"
    ),
    _of_terms(
        "equipment",
        fixed("Equipment at hand (none, or which?)"),
        "Separated by commas. Enter: not asked.",
        "constraints.equipment",
        "equipment",
    ),
    Question(
        "minutes",
        fixed("Minutes for a strength session"),
        fixed("The plan fits into them."),
        number_at("constraints.minutes_per_session", "30"),
    ),
    Question(
        "sessions",
        fixed("Strength sessions possible each week"),
        fixed("At most that many are planned."),
        number_at("constraints.sessions_per_week", "2"),
    ),
    _of_terms(
        "cannot",
        fixed("What the runner cannot do (none, or which?)"),
        fixed("Positions and movements to leave out."),
        "constraints.cannot",
        "limit",
    ),
    Question("notes", fixed("Notes"), fixed("Free text; no rule reads it, the plan shows it as such."), text_at("notes")),
)
