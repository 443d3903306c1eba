"""What every screen works with: the folder, the rules, the day, and one planner at a time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock

from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.explain.inquiry import Inquiry, open_inquiry
from stridewise.language.translation import Language
from stridewise.packs.foreign_files import further_log
from stridewise.packs.plugins import plugin_manager
from stridewise.plan.model import Plan
from stridewise.profile.profile import Profile, read_profile
from stridewise.program.languages import language_of
from stridewise.program.program import Program
from stridewise.render.clinic import NOBODY, Clinic
from stridewise.session import Session, hold_session, tell
from stridewise.web.folder import Folder


@dataclass
class Desk:
    """`today` gives the day that plans are made for, `packs` the folders of packs beside the installed ones, `language` the code
    of the page's own, `clinic` who hands out sheets. `planning` is held while a plan is made: the matchers are not made to run
    beside one another; `trying` while a pack is tried. `told` are plans that logs have heard of."""

    folder: Folder
    program: Program
    today: Callable[[], date]
    engine: str = "both"
    packs: tuple[Path, ...] = ()
    language: str = ""
    clinic: Clinic = NOBODY
    planning: Lock = field(default_factory=Lock)
    trying: Lock = field(default_factory=Lock)
    told: set[tuple[str, str]] = field(default_factory=set)

    @property
    def words(self) -> Language:
        """The language of the page. Raises PackError where no pack has texts in it."""
        return language_of(self.program, self.language)

    def profile(self, name: str) -> Profile:
        """A profile of the folder. Raises NotHereError, ProfileError."""
        return self.read(name, self.folder.content(name))

    def read(self, name: str, content: bytes) -> Profile:
        """What a file of the folder would be as a profile if it held this. Raises ProfileError."""
        path = self.folder.path / name
        return read_profile(parse_document(content, str(path), ProfileError), path.parent, partial(further_log, plugin_manager))

    def session(self, profile: Profile, day: date | None = None, language: str = "") -> Session:
        """The plan of a profile with all it was made from; where no language is named in its own, or else in the page's. Raises
        ProfileError."""
        spoken = language or profile.sections.language or self.language
        with self.planning:
            return hold_session(profile, self.program, day or self.today(), self.engine, spoken)

    def given_out(self, plan: Plan) -> Plan:
        """A plan that is shown: the logs of plugins hear of it once. What fails there is told where the page was started."""
        key = (plan.runner, plan.receipt.plan_sha256)
        if key not in self.told:
            self.told.add(key)
            for said in tell(plan, self.program):
                logging.getLogger("stridewise").error(said)
        return plan

    def inquiry(self, name: str) -> Inquiry:
        """A profile to ask about; hold `planning` while asking. Raises ProfileError."""
        return open_inquiry(self.profile(name), self.program, self.today(), self.engine)
