"""What the physiotherapist recorded: a document checked as a profile, with its log."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from stridewise.documents.located import Document, LocatedDict
from stridewise.documents.reader import read_document
from stridewise.documents.shape import mismatches, validate, without, without_blanks
from stridewise.errors import Problem, Problems, ProfileError
from stridewise.profile.limits import check_size
from stridewise.profile.log import Asked, Further, Log, nobody, read_log
from stridewise.profile.shapes import Sections

STATES = ("findings", "symptoms", "diagnosis", "goal", "race", "training", "history", "surgery")  # one of these makes a profile
SAFETY_STATES = ("red_flags", "par_q", "pregnancy", "postpartum")  # so does one of these in the safety section


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile, the document it came from, and its log (None without one).

    `problems` are mismatches of shape; intake reports them together with its own, so that all are seen at once."""

    sections: Sections
    document: Document
    log: Log | None = None
    log_name: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """The file's base name, as `at` shows it."""
        return Path(self.document.path).name

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.document.content).hexdigest()


def load_profile(path: Path, further: Further = nobody) -> Profile:
    """Read a profile file, and its log where it names one. Raises ProfileError where it is no profile at all."""
    return read_profile(read_document(path, str(path), ProfileError), path.parent, further)


def read_profile(document: Document, folder: Path | None = None, further: Further = nobody) -> Profile:
    """Check a document as a profile; `folder` is where its log is looked for, `further` reads logs that only a plugin knows.
    Raises ProfileError where it is none at all."""
    problems = Problems(document.path, ProfileError)
    if not isinstance(document.root, LocatedDict):
        problems.stop(1, 'expected a profile, with the lines "schema: 1" and "runner: {ref: …}"')
    check_size(document, problems)
    document = replace(document, root=without_blanks(document.root, Sections))
    says_anything = _says_anything(document.root)
    sections, document = _sections(document, problems)
    if not says_anything and not problems.found:  # a misspelt section is told once
        under_safety = "a red flag, a PAR-Q+ answer, a pregnancy or a birth under safety"
        problems.add(1, f"nothing to go by: give at least one of {', '.join(STATES)}, or {under_safety}")
    runs = None
    training = sections.training if sections else None
    log = training.log if training else None
    if training and log is not None:
        asked = Asked(training.log_unit or "", training.log_dates or "")
        runs = read_log(log, folder, problems, document.line("training", "log"), asked, further)
    if sections is None:
        raise ProfileError(problems.found)
    return Profile(sections, document, runs, log or "", tuple(problems.found))


def _says_anything(root: LocatedDict) -> bool:
    """Is there a state of the runner to plan or to refer by? A red flag alone is one."""
    safety = root.get("safety")
    asked = safety if isinstance(safety, dict) else {}
    return any(root.get(name) is not None for name in STATES) or any(asked.get(name) not in (None, []) for name in SAFETY_STATES)


def _sections(document: Document, problems: Problems) -> tuple[Sections | None, Document]:
    """The sections, and the document without what does not fit: that is recorded, and the rest can be checked too."""
    root, bad = document.root, Problems(document.path, ProfileError)
    sections = validate(Sections, root, problems, document.line())
    for _ in range(5):  # leaving one part out can uncover another mismatch, already recorded
        if sections is None:
            root = without(root, mismatches(Sections, root))
            sections = validate(Sections, root, bad)
    return sections, replace(document, root=root)
