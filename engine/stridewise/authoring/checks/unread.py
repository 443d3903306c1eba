"""What an author meant and nobody reads: files with another ending or in another folder; demands and positions not said."""

from collections.abc import Iterable, Iterator
from typing import get_args

from stridewise.authoring.checks.finding import Finding, Subject
from stridewise.errors import PackError, Problems
from stridewise.language.exercise import Position
from stridewise.language.vocabulary import Place
from stridewise.packs.files import PARTS, PackFiles
from stridewise.packs.pack import RulePack


class UnreadFiles:
    """Every file of a pack is read, or is plainly for people."""

    name = "unread-file"

    def find(self, subject: Subject) -> Iterator[Finding]:
        return unread_files(subject.packs)


def unread_files(packs: Iterable[RulePack]) -> Iterator[Finding]:
    """What a pack that does not load may lack, too."""
    for pack in packs:
        for name in PackFiles(pack.folder, pack.path, Problems(pack.path, PackError)).unread():
            folders = ", ".join(f"{part}/" for part in PARTS)
            mend = f"Documents end in .yaml or .yml and lie in {folders}, pictures in drawings/; move, rename or delete it."
            yield Finding("error", Place(f"{pack.path}/{name}", 1), UnreadFiles.name, "this file is not read.", mend)


class UnsaidDemands:
    """Every exercise says what it asks of the body: until then every veto keeps it out."""

    name = "demands"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for written in (written for pack in subject.packs for written in pack.exercises):
            if not written.item.demands:
                message = f"{written.item.id} does not say what it asks of the body, so every veto and every limit keeps it out."
                mend = "Write demands: {lower_limb: 2, …} from 0 to 3, or demands: none where it asks for nothing."
                yield Finding("error", written.place, self.name, message, mend)


class UnsaidPositions:
    """Every exercise says how the body is placed: until then a runner who cannot be placed so is given it all the same."""

    name = "position"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for written in (written for pack in subject.packs for written in pack.exercises):
            if written.item.position is None:
                message = f"{written.item.id} has no position, so it is given to runners who cannot kneel, lie or stand for long."
                yield Finding("warning", written.place, self.name, message, f"Write position: {', '.join(get_args(Position))}.")
