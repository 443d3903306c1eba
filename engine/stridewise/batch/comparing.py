"""Every profile of an input with two versions of the packs: by the workers of a batch, told in the order of the input whatever
their number, and no more of them in hand than a few a worker."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from stridewise.authoring.population.compared import Compared, compare
from stridewise.batch.entries import Entries, Entry
from stridewise.batch.worker import Crew, Task, placed, read_entry, worked_through
from stridewise.errors import Problem, StridewiseError, unforeseen
from stridewise.program.program import Program

AHEAD = 16  # answers a worker that wait for an earlier one


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A profile that neither version makes a plan for: its runner's code, empty where that cannot be read, and why."""

    ref: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two versions are compared with. `load` gives their programs and travels to the workers."""

    load: Callable[[], tuple[Program, Program]]
    as_of: date
    engine: str

    def answer(self, entry: Entry, engine: str, loaded: tuple[Program, Program]) -> Compared | LeftOut:
        """What changes for a profile."""
        ref = ""
        try:
            profile = read_entry(entry)
            ref = str(profile.sections.runner.ref)
            found = compare(profile, *loaded, self.as_of, engine)
        except StridewiseError as error:
            found = error
        except Exception as error:  # a bug is this profile's failure, by name; the others go on
            return LeftOut(ref, (Problem(entry.shown, entry.line, f"{unforeseen(error)}. No plan was made"),))
        if isinstance(found, Compared):
            return found
        return LeftOut(ref, tuple(placed(entry, problem) for problem in found.problems))


def compare_all(entries: Entries, comparison: Comparison, workers: int) -> Iterator[Compared | LeftOut]:
    """One answer a profile, in the order of the input. Raises StridewiseError where the packs cannot be used."""
    with Crew(max(1, min(workers, entries.total)), comparison) as crew:
        yield from in_order(entries, comparison.engine, crew)


def in_order(entries: Entries, engine: str, crew: Crew[Compared | LeftOut]) -> Iterator[Compared | LeftOut]:
    """The answers of a crew in the order of the input."""
    tasks = (Task(number, entry, engine) for number, entry in enumerate(entries))
    answered = dict[int, Compared | LeftOut]()
    given = told = 0

    def next_task() -> Task | None:
        nonlocal given
        if given - told >= AHEAD * crew.number:
            return None
        given += 1
        return next(tasks, None)

    for task, answer in worked_through(crew, next_task):
        if isinstance(answer, str):
            answered[task.number] = LeftOut("", (task.given_up(answer, "Nothing was compared"),))
        else:
            answered[task.number] = answer
        while told in answered:
            yield answered.pop(told)
            told += 1
