"""The batch itself: give entries out, take answers in, write what is new, and at the end say how it went.

The output is a function of the input alone: not of the number of workers, nor of how often the batch was killed."""

import errno
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from pluggy import PluginManager

from stridewise.batch.entries import Entries, Entry
from stridewise.batch.journal import Done, Journal
from stridewise.batch.tables import is_table, write_decisions
from stridewise.batch.worker import Crew, Outcome, Settings, Task, digest_of, file_digest, log_path, ref_of, worked_through
from stridewise.columns.decisions import decided, undecided
from stridewise.documents.writing import new_file, put_in_place, sync_folder
from stridewise.errors import Problem
from stridewise.packs.plugins import log_plan, plugin_manager
from stridewise.plan.receipt import engine_sha256

WORK = ".stridewise-batch"
OF_THE_NAME = (errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EINVAL)  # one plan's failure, no other's


class Output:
    """Where the plans go, whole or not at all, and where the journal of the running batch is."""

    def __init__(self, path: Path, is_file: bool) -> None:
        self.path = path
        self.is_file = is_file
        self.is_table = is_file and is_table(path)
        self.folders: set[Path] = set()  # that hold what was written
        self.work = path.with_name(f".{path.name}{WORK}") if is_file else path / WORK

    def plan_path(self, name: str) -> Path:
        """The file that holds the plan of an entry of this name."""
        return self.path if self.is_file else self.path / f"{name}.json"

    def write(self, path: Path, fill: Callable[[BinaryIO], None]) -> None:
        """Write beside the journal, then put in place in one step; what was private stays so."""
        part = self.work / "part"
        part.unlink(missing_ok=True)  # never through a link that somebody put there
        with new_file(part) as file:
            fill(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(part, path)
        self.folders.add(path.parent)

    def sync(self) -> None:
        """Everything is in place: let it be found after a power cut too, before the journal goes."""
        for folder in self.folders:
            sync_folder(folder)


@dataclass(slots=True)
class Summary:
    """How a batch went. `problems` and `died` stand in the order of the input."""

    total: int = 0
    taken_over: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    failed: dict[int, tuple[Problem, ...]] = field(default_factory=dict)
    died: dict[int, str] = field(default_factory=dict)
    unlogged: Counter[str] = field(default_factory=Counter)  # what a plugin's log failed with, and for how many plans

    @property
    def finished(self) -> int:
        return sum(self.statuses.values()) + len(self.failed)

    @property
    def problems(self) -> list[Problem]:
        return [problem for _, problems in sorted(self.failed.items()) for problem in problems]

    @property
    def retried(self) -> list[str]:
        return [said for _, said in sorted(self.died.items())]


def run_batch(
    entries: Entries, output: Output, settings: Settings, workers: int, tell: Callable[[Summary], None] = lambda _: None
) -> Summary:
    """Plan every entry. Raises StridewiseError where the packs cannot be used, BusyError, or OSError where it cannot write.

    `tell` hears after each entry how far it is."""
    summary = Summary(total=entries.total)
    with Crew(max(1, min(workers, entries.total)), settings) as crew:
        header = {
            "stridewise": engine_sha256(),
            "packs": crew.packs,
            "as_of": str(settings.as_of),
            "engine": settings.engine,
            "language": settings.language,
        }
        with Journal(output.work, header) as journal:
            _Batch(output, settings, journal, summary, tell).run(entries, crew)
            if output.is_table:
                output.write(output.path, partial(write_decisions, _decisions(entries, journal, summary)))
            elif output.is_file:
                plans = journal.plans(entry.name for entry in entries)
                output.write(output.path, lambda file: file.writelines(plans))
            output.sync()
            journal.remove()
    return summary


def _decisions(entries: Entries, journal: Journal, summary: Summary) -> Iterator[dict[str, Any]]:
    """A row for each entry: what its plan decides, or why there is none."""
    for number, entry in enumerate(entries):
        if problems := summary.failed.get(number):
            yield undecided(ref_of(entry), "\n".join(map(str, problems)))
        else:
            yield decided(json.loads(next(journal.plans(iter([entry.name])))))


@dataclass(slots=True)
class _Batch:
    output: Output
    settings: Settings
    journal: Journal
    summary: Summary
    tell: Callable[[Summary], None]
    plugins: PluginManager = field(default_factory=plugin_manager)

    def run(self, entries: Entries, crew: Crew[Outcome]) -> None:
        for task, answer in worked_through(crew, partial(next, self._open_tasks(entries), None)):
            self._take(task, answer)

    def _open_tasks(self, entries: Entries) -> Iterator[Task]:
        """What an earlier run did not finish, in the order of the input."""
        for number, entry in enumerate(entries):
            done = self.journal.done.get(entry.name)
            if done is not None and self._holds(entry, done):
                self.summary.taken_over += 1
                self._count(number, entry, done)
            else:
                yield Task(number, entry, self.settings.engine)

    def _holds(self, entry: Entry, done: Done) -> bool:
        """Is the plan noted there still the one that this entry gives?"""
        log = log_path(entry, done.log)
        if digest_of(entry) != done.profile_sha256 or (log and file_digest(log) != done.log_sha256):
            return False
        return self.output.is_file or file_digest(self.output.plan_path(entry.name)) == done.sha256

    def _take(self, task: Task, answer: Outcome | str) -> None:
        if isinstance(answer, str):
            self._fail(task, (task.given_up(answer, "No plan was made"),))
        elif answer.problems:
            self._fail(task, answer.problems)
        else:
            self._keep(task, answer)

    def _keep(self, task: Task, answer: Outcome) -> None:
        plan = answer.text.encode()
        done = Done(
            task.entry.name,
            answer.profile_sha256,
            answer.log,
            answer.log_sha256,
            answer.status,
            task.died,
            hashlib.sha256(plan).hexdigest(),
        )
        if not self.output.is_file:
            try:
                self.output.write(self.output.plan_path(task.entry.name), lambda file: file.writelines([plan]))
            except OSError as failure:
                if failure.errno not in OF_THE_NAME:
                    raise
                place = f"its plan cannot be written to {self.output.plan_path(task.entry.name)}: {failure.strerror}"
                self._fail(task, (Problem(task.entry.shown, task.entry.line, place),))
                return
        self.summary.unlogged.update(
            log_plan(self.plugins, partial(json.loads, plan))
        )  # before it is noted: rather twice than never
        self.journal.add(done, plan if self.output.is_file else b"")
        self._count(task.number, task.entry, done)

    def _count(self, number: int, entry: Entry, done: Done) -> None:
        self.summary.statuses[done.status] += 1
        if done.died:
            message = f"its worker process {done.died}; planned again with the reference matcher alone"
            self.summary.died[number] = str(Problem(entry.shown, entry.line, message))
        self.tell(self.summary)

    def _fail(self, task: Task, problems: tuple[Problem, ...]) -> None:
        self.journal.done.pop(task.entry.name, None)  # a plan of the profile as it was before is none of this one
        old = self.output.plan_path(task.entry.name)
        if not self.output.is_file and os.path.isfile(old):  # noqa: PTH113  # False where the name is too long for a file
            message = f"{old} holds a plan from an earlier run; it is not of this profile as it stands"
            problems = (*problems, Problem(task.entry.shown, task.entry.line, message))
        self.summary.failed[task.number] = problems
        self.tell(self.summary)
