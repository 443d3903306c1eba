"""One pathway for a reader: who is on it, each stage, and what opens the next."""

from collections.abc import Iterable, Iterator

from stridewise.inference.evaluation import describe_condition
from stridewise.language.condition import Conditions
from stridewise.language.dosage_words import spoken_amount
from stridewise.language.pathway import Pathway, PathwayStage
from stridewise.language.rule import Avoid, Consequent, Prescribe, Train
from stridewise.program.program import Program
from stridewise.render.paragraphs import Line, bullets
from stridewise.render.pathways import RUNNING_WORDS


def pathway_lines(program: Program, pathway: Pathway) -> Iterator[Line]:
    """The whole record."""
    yield Line(f"{pathway.title} ({pathway.id})", "title")
    yield Line(f"For: {'; '.join(_conditions(program, pathway.when))}")
    for number, stage in enumerate(pathway.stages, 1):
        yield Line(f"Stage {number} of {len(pathway.stages)}: {stage.title} ({pathway.term(stage.id)})", "item")
        yield Line(stage.plain, indent=2)
        yield from (Line(f"{title}: {text}", indent=2) for title, text in _facts(program, stage).items() if text)
        yield from bullets(f"To pass: {criterion.earn}" for criterion in stage.exit)
    strength, certainty = (word.replace("_", " ") for word in (pathway.strength, pathway.certainty))
    yield Line(f"Sources: {', '.join(pathway.sources)} ({strength}, {certainty} certainty; pack {pathway.pack})", "quiet")


def _facts(program: Program, stage: PathwayStage) -> dict[str, str]:
    content = program.rule(stage.rules[2])
    consequents = content.consequents if content is not None else ()
    return {
        "Usually": f"{spoken_amount(stage.weeks)} weeks" if stage.weeks else "",
        "Running": RUNNING_WORDS[stage.running] if stage.running else "",
        "Session": _session(stage),
        "Trains": _joined(program.vocabulary.label("targets", item.target) for item in consequents if isinstance(item, Train)),
        "With": _joined(name for item in consequents for name in _asked(program, item)),
        "Leaves out": _joined(_avoided(program, item) for item in consequents if isinstance(item, Avoid)),
        "Needs as well": _joined(_conditions(program, stage.enter)),
        "Tests again": _joined(program.vocabulary.kinds[name].spoken for name in stage.retest),
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _asked(program: Program, item: Consequent) -> list[str]:
    """The exercises that a stage takes first, by name."""
    first = item.options[:1] if isinstance(item, Train) else (item.prescribe,) if isinstance(item, Prescribe) else ()
    return [program.exercises[name].name for name in first if name in program.exercises]


def _avoided(program: Program, item: Avoid) -> str:
    what = item.avoid
    if isinstance(what, str):
        return program.exercises[what].name
    demand = program.vocabulary.terms.get("demands", {}).get(what.demand or "")
    return f"{'new exercises' if what.new else 'exercises'}{f' with {demand.label}' if demand else ''}"


def _session(stage: PathwayStage) -> str:
    """A walk–run session: "1 min running, 1 min walking, 10 times; 2 sessions before the next"."""
    if stage.walk_run is None:
        return ""
    steps = stage.walk_run
    walking = f", {spoken_amount(steps.walk_min)} min walking" if steps.walk_min else ""
    before = f"; {stage.sessions} sessions before the next" if stage.sessions else ""
    return f"{spoken_amount(steps.run_min)} min running{walking}, {steps.repeats} times{before}".replace(", 1 times", "")


def _conditions(program: Program, conditions: Conditions) -> Iterator[str]:
    vocabulary = program.vocabulary
    yield from (describe_condition(vocabulary, one) for one in conditions.positives)
    for group in (*conditions.any_of, *(group for _, group in conditions.at_least)):
        yield " or ".join(describe_condition(vocabulary, one) for one in group)
    yield from (f"not: {describe_condition(vocabulary, one)}" for one in conditions.absents)
