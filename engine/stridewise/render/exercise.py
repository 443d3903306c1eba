"""One exercise of the library for a reader."""

from collections.abc import Iterator

from stridewise.language.exercise import Exercise
from stridewise.program.program import Program
from stridewise.render.paragraphs import Line
from stridewise.render.plan_words import spoken_dosage


def exercise_lines(program: Program, item: Exercise) -> Iterator[Line]:
    """The whole record."""
    yield Line(f"{item.name} ({item.id})", "title")
    if item.not_to_confuse_with:
        yield Line(f"Not to be confused: {item.not_to_confuse_with}")
    for number, step in enumerate(item.instructions, 1):
        yield Line(step, indent=2, mark=f"{number}. ")
    label = program.vocabulary.label
    facts = {
        "Feel": item.feel,
        "Common fault": item.fault,
        "Stop": item.stop_if,
        "Trains": ", ".join(label("targets", name) for name in item.targets.direct),
        "Also": ", ".join(label("targets", name) for name in item.targets.indirect),
        "Equipment": _equipment(program, item),
        "First": " ".join(gate.earn for gate in item.gates),
        "Easier": ", ".join(program.exercises[name].name for name in item.regression),
        "Harder": ", ".join(program.exercises[name].name for name in item.progression),
        "Progress": item.progress_when,
        "Demands (0 to 3)": ", ".join(f"{name.replace('_', ' ')} {degree}" for name, degree in item.asked.items() if degree),
        "Sources": ", ".join(item.sources),
    }
    for title, text in facts.items():
        if text:
            yield Line(f"{title}: {text}")
    for goal, dosage in item.dosage.items():
        yield Line(f"Dose for {goal}: {spoken_dosage(dosage)}")


def _equipment(program: Program, item: Exercise) -> str:
    label = program.vocabulary.label
    choices = [" and ".join(label("equipment_items", name) for name in choice) or "nothing" for choice in item.equipment]
    return " or ".join(choices) or "none"
