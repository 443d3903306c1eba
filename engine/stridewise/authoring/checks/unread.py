"""What an author meant and nobody reads: files with another ending or in another folder, demands that were not said."""

from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, Subject
from stridewise.errors import PackError, Problems
from stridewise.language.vocabulary import Place
from stridewise.packs.files import PARTS, PackFiles


class UnreadFiles:
    """Every file of a pack is read, or is plainly for people."""

    name = "unread-file"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for pack in subject.packs:
            for name in PackFiles(pack.folder, pack.path, Problems(pack.path, PackError)).unread():
                folders = ", ".join(f"{part}/" for part in PARTS)
                mend = f"Documents end in .yaml or .yml and lie in {folders}, pictures in drawings/; move, rename or delete it."
                yield Finding("error", Place(f"{pack.path}/{name}", 1), self.name, "this file is not read.", mend)


class UnsaidDemands:
    """Every exercise says what it asks of the body: until then every veto keeps it out."""

    name = "demands"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for written in (written for pack in subject.packs for written in pack.exercises):
            if not written.item.demands:
                message = f"{written.item.id} does not say what it asks of the body, so every veto and every limit keeps it out."
                mend = "Write demands: {lower_limb: 2, …} from 0 to 3, or demands: none where it asks for nothing."
                yield Finding("error", written.place, self.name, message, mend)
