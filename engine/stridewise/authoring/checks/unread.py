"""What an author meant and nobody reads: files with another ending or in another folder; demands and positions not said."""

from collections.abc import Iterable, Iterator
from typing import get_args

from stridewise.authoring.checks.finding import Finding, Subject, check
from stridewise.errors import PackError, Problems
from stridewise.language.exercise import Position
from stridewise.language.vocabulary import Place
from stridewise.packs.files import PARTS, PackFiles
from stridewise.packs.pack import RulePack


@check("unread-file")
def unread_files(subject: Subject) -> Iterator[Finding]:
    """Every file of a pack is read, or is plainly for people."""
    return files_not_read(subject.packs)


def files_not_read(packs: Iterable[RulePack]) -> Iterator[Finding]:
    """Of packs that do not load, too."""
    folders = ", ".join(f"{part}/" for part in PARTS)
    mend = f"Documents end in .yaml or .yml and lie in {folders}, pictures in drawings/; move, rename or delete it."
    for pack in packs:
        for name in PackFiles(pack.folder, pack.path, Problems(pack.path, PackError)).unread():
            yield Finding("error", Place(f"{pack.path}/{name}", 1), "this file is not read.", mend, check=unread_files.name)


@check("demands")
def unsaid_demands(subject: Subject) -> Iterator[Finding]:
    """Every exercise says what it asks of the body: until then every veto keeps it out."""
    for written in subject.exercises:
        if not written.item.demands:
            message = f"{written.item.id} does not say what it asks of the body, so every veto and every limit keeps it out."
            mend = "Write demands: {lower_limb: 2, …} from 0 to 3, or demands: none where it asks for nothing."
            yield Finding("error", written.place, message, mend)


@check("position")
def unsaid_positions(subject: Subject) -> Iterator[Finding]:
    """Every exercise says how the body is placed: until then a runner who cannot be placed so is given it all the same."""
    for written in subject.exercises:
        if written.item.position is None:
            message = f"{written.item.id} has no position, so it is given to runners who cannot kneel, lie or stand for long."
            yield Finding("warning", written.place, message, f"Write position: {', '.join(get_args(Position))}.")
