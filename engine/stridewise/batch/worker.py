"""The processes that plan. Each loads the program once and has one entry in hand; one that dies takes nobody with it: it is
replaced, and what it held is known."""

import contextlib
import gc
import hashlib
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Generic, Literal, Protocol, TypeVar

from stridewise.batch.entries import BAD, FILE, ROW, Entry
from stridewise.columns.plans import profile_of_row, ref_of_row
from stridewise.columns.rows import NAMES, at_line
from stridewise.documents.arithmetic import our_arithmetic
from stridewise.documents.located import Document
from stridewise.documents.reader import parse_document
from stridewise.errors import InferenceError, PackError, Problem, ProfileError, StridewiseError, unforeseen
from stridewise.packs.foreign_files import further_log, load_any_profile
from stridewise.packs.plugins import plugin_manager
from stridewise.plan.model import Status
from stridewise.profile.profile import Profile, read_profile
from stridewise.program.program import Program
from stridewise.render.json import as_json, on_one_line
from stridewise.session import recommend

PATIENCE_S = 300  # a plan takes a fraction of a second; whoever is silent this long hangs
MAX_FAILED_STARTS = 3
_SPAWN = multiprocessing.get_context("spawn")  # a fork would inherit the locks of other threads


Answer = TypeVar("Answer")
AnswerOut_co = TypeVar("AnswerOut_co", covariant=True)


class Work(Protocol[AnswerOut_co]):
    """What workers do: `load` what they need once, then `answer` for one entry after the other. It travels to them."""

    @property
    def load(self) -> Callable[[], Any]:
        """Gives what `answer` is asked with: a program, or several. Raises StridewiseError."""
        ...

    def answer(self, entry: Entry, engine: str, loaded: Any) -> AnswerOut_co:
        """What comes of an entry, as plain values; raises nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What every plan of a batch is made with. `load` gives the program, and travels to the workers; `compact` puts a plan on
    one line."""

    load: Callable[[], Program]
    as_of: date
    engine: str
    compact: bool
    language: str = ""

    def answer(self, entry: Entry, engine: str, loaded: Program) -> "Outcome":
        """The plan of an entry, or why there is none."""
        try:
            profile = read_entry(entry)
            log = log_path(entry, profile.log_name)
            log_sha256 = file_digest(log) if log else ""
            plan = recommend(profile, loaded, self.as_of, engine, self.language)
            text = f"{on_one_line(plan)}\n" if self.compact else as_json(plan)
            read = profile.sha256 if entry.form == FILE else digest_of(entry)
            return Outcome(text, plan.status, read, profile.log_name, log_sha256)
        except StridewiseError as error:
            return Outcome(problems=tuple(placed(entry, problem) for problem in error.problems))
        except Exception as error:  # a bug is this profile's failure, by name; the others go on
            return Outcome(problems=(Problem(entry.shown, entry.line, f"{unforeseen(error)}. No plan was made"),))


@dataclass(frozen=True, slots=True)
class Task:
    """An entry in work. `died` says how the first worker that had it in hand ended."""

    number: int
    entry: Entry
    engine: str
    died: str = ""

    def again(self, ended: str) -> "Task":
        """Once more with the reference matcher, which is plain Python, after a worker ended so."""
        return Task(self.number, self.entry, "reference", ended)

    def given_up(self, ended: str, left: str) -> Problem:
        """What is said where the second worker ended too; `left` is what came of it."""
        message = f"its worker process {self.died}; with the reference matcher alone it {ended}. {left}"
        return Problem(self.entry.shown, self.entry.line, message)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan as JSON text with its status and the digests of what was read, or the problems that kept it from being made."""

    text: str = ""
    status: Status | Literal[""] = ""
    profile_sha256: str = ""
    log: str = ""
    log_sha256: str = ""
    problems: tuple[Problem, ...] = ()


# --- inside a worker ----------------------------------------------------------------------------------------------


@our_arithmetic()
def serve(connection: Any, work: Work[Any]) -> None:
    """Load the program, say with which packs, then answer until nobody asks any more."""
    with contextlib.suppress(EOFError, OSError):
        try:
            loaded = work.load()
        except StridewiseError as error:
            connection.send(error)
            return
        except Exception as error:  # a bug while loading: told to the parent, as a plan's would be
            connection.send(InferenceError(unforeseen(error)))
            return
        gc.freeze()  # what is loaded stays: a collector that looks through it every hundred plans finds nothing
        connection.send(packs_of(loaded))
        while True:
            entry, engine = connection.recv()
            connection.send(work.answer(entry, engine, loaded))


def packs_of(loaded: Program | tuple[Program, ...]) -> list[list[str]]:
    """The packs of all programs by name, version and digest: all workers must have the same."""
    programs = loaded if isinstance(loaded, tuple) else (loaded,)
    return [[pack.name, pack.shape.version, pack.sha256] for program in programs for pack in program.packs]


def placed(entry: Entry, problem: Problem) -> Problem:
    """A problem inside a line or row is one of that line; one without a place is one of the entry."""
    if entry.form == ROW and problem.path in NAMES:  # in a profile that a cell holds whole
        return Problem(entry.shown, entry.line, str(problem))
    if not problem.path or (entry.line and problem.path == entry.shown):
        return Problem(entry.shown, entry.line, problem.message)
    return problem


def read_entry(entry: Entry) -> Profile:
    """The profile of an entry. Raises ProfileError."""
    if entry.form == FILE:
        return load_any_profile(Path(entry.shown))
    if entry.form == BAD:
        raise ProfileError([Problem(entry.shown, entry.line, entry.content.decode())])
    folder = Path(entry.shown).parent
    if entry.form == ROW:
        return profile_of_row(entry.content, entry.shown, entry.line, folder)
    document = Document(entry.shown, _line(entry), entry.content)
    return read_profile(document, folder, partial(further_log, plugin_manager))


def _line(entry: Entry) -> Any:
    try:
        return at_line(parse_document(entry.content, "line.json", ProfileError).root, entry.line)
    except ProfileError as error:
        raise ProfileError(Problem(entry.shown, entry.line, problem.message) for problem in error.problems) from error


def ref_of(entry: Entry) -> str | None:
    """The code of the runner of an entry, None where it cannot be told."""
    if entry.form == ROW and (ref := ref_of_row(entry.content)):
        return ref
    with contextlib.suppress(StridewiseError):
        return str(read_entry(entry).sections.runner.ref)
    return None


def digest_of(entry: Entry) -> str:
    """The SHA-256 of what an entry is made from, as it is now."""
    return file_digest(Path(entry.shown)) if entry.form == FILE else hashlib.sha256(entry.content).hexdigest()


def log_path(entry: Entry, log: str) -> Path | None:
    """The training log that a profile names."""
    return Path(entry.shown).parent / log if log else None


def file_digest(path: Path) -> str:
    """The SHA-256 of a regular file, or of all files of a folder with their names; nothing where it cannot be read."""
    try:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.is_file())
            return hashlib.sha256("".join(f"{one.name} {file_digest(one)}\n" for one in inside).encode()).hexdigest()
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


# --- in the parent ------------------------------------------------------------------------------------------------


class _Worker:
    def __init__(self, work: Work[Any]) -> None:
        self.connection, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=serve, args=(theirs, work), daemon=True)
        with _interrupts_blocked():
            self.process.start()
        theirs.close()
        self.ready = False
        self.task: Task | None = None
        self.since = time.monotonic()

    def end(self) -> str:
        """Stop it, whatever it does, and say how it ended."""
        self.connection.close()
        self.process.join(timeout=1)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
            return f"gave no answer for {PATIENCE_S} s"
        code = self.process.exitcode or 0
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"left with exit code {code}"


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """A process started inside never hears Ctrl-C: its parent does, and ends it quietly."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started by the first process otherwise, it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Crew(Generic[Answer]):
    """So many workers, each replaced where it dies. A context that leaves none behind."""

    def __init__(self, number: int, work: Work[Answer]) -> None:
        self.work = work
        self.number = number
        self.failed_starts = 0
        self.workers: list[_Worker] = []
        self.packs: list[list[str]] = []

    def __enter__(self) -> "Crew[Answer]":
        try:
            self.workers.append(_Worker(self.work))
            while not self.packs:  # the first one tells whether the packs can be used at all
                list(self.answers())
            self.workers += [_Worker(self.work) for _ in range(self.number - 1)]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.process.kill()
            worker.connection.close()
        for worker in self.workers:
            worker.process.join()

    @property
    def is_busy(self) -> bool:
        return any(worker.task for worker in self.workers)

    @property
    def has_room(self) -> bool:
        return any(worker.ready and not worker.task for worker in self.workers)

    def give(self, task: Task) -> None:
        """Hand a task to a worker that has none."""
        worker = next(worker for worker in self.workers if worker.ready and not worker.task)
        worker.task, worker.since = task, time.monotonic()
        with contextlib.suppress(OSError):  # it is dead: `answers` will find that out
            worker.connection.send((task.entry, task.engine))

    def answers(self) -> Iterator[tuple[Task, Answer | str]]:
        """Wait, then every task that is answered; of one whose worker died, how that ended."""
        heard = wait([worker.connection for worker in self.workers], timeout=PATIENCE_S / 10)
        for place, worker in enumerate(self.workers):
            late = time.monotonic() - worker.since > PATIENCE_S and not (worker.ready and worker.task is None)
            if worker.connection not in heard and not late:
                continue
            try:
                if worker.connection not in heard:
                    raise EOFError
                said = worker.connection.recv()
            except (EOFError, OSError):
                yield from self._replace(place, worker)
                continue
            if isinstance(said, StridewiseError):
                raise said
            if worker.ready:
                task, worker.task = worker.task, None
                if task is not None:
                    yield task, said
            else:
                self._welcome(worker, said)

    def _welcome(self, worker: _Worker, packs: list[list[str]]) -> None:
        if self.packs not in ([], packs):
            raise PackError(
                "the rule packs changed while the batch ran; start it again, and all plans are made with the new ones"
            )
        worker.ready, self.packs, self.failed_starts = True, packs, 0

    def _replace(self, place: int, worker: _Worker) -> Iterator[tuple[Task, str]]:
        ended = worker.end()
        if not worker.ready:
            self.failed_starts += 1
            if self.failed_starts >= MAX_FAILED_STARTS:
                raise InferenceError(f"a worker process {ended} while it loaded the packs, {self.failed_starts} times over")
        self.workers[place] = _Worker(self.work)
        if worker.task is not None:
            yield worker.task, ended


def worked_through(crew: Crew[Answer], next_task: Callable[[], Task | None]) -> Iterator[tuple[Task, Answer | str]]:
    """Every task with its answer, as they come. Whoever kills a worker is tried once more, with the reference alone; of one that
    kills a second one, how that ended. `next_task` gives None where there is none to be given out now."""
    again = deque[Task]()
    while True:
        while crew.has_room and (task := again.popleft() if again else next_task()):
            crew.give(task)
        if crew.has_room and not crew.is_busy:
            return
        for task, answer in crew.answers():
            if isinstance(answer, str) and not task.died:
                again.append(task.again(answer))
            else:
                yield task, answer
