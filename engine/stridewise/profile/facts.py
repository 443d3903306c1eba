"""Profile in, facts out: every section in the one notation, phrases expanded, load measures computed, contradictions refused."""

from datetime import date

from stridewise.language.translation import say
from stridewise.language.vocabulary import Vocabulary
from stridewise.profile.adherence import work_out_adherence
from stridewise.profile.derive import spike, work_out_distances, work_out_race
from stridewise.profile.doubts import doubts
from stridewise.profile.merge import cleared, merged
from stridewise.profile.paths import LISTS, SINGLE, SINGLE_VALUED, SUFFIXES, WORKED_OUT
from stridewise.profile.profile import Profile
from stridewise.profile.reader import Intake, Reader
from stridewise.profile.renamed import old_names_in
from stridewise.profile.sections import read_sections
from stridewise.profile.side_differences import side_differences

__all__ = ["LISTS", "SINGLE", "SINGLE_VALUED", "SUFFIXES", "WORKED_OUT", "Intake", "take_in"]


def take_in(profile: Profile, vocabulary: Vocabulary, as_of: date) -> Intake:
    """The facts of a profile on a day. Raises ProfileError with every problem found."""
    reader = Reader(profile, vocabulary, as_of)
    read_sections(reader)
    if profile.log is not None:
        reader.result.log_name = profile.log_name
        reader.result.log_end = max((run.day for run in profile.log.runs if run.day <= as_of), default=None)
    work_out_distances(reader)
    work_out_race(reader)
    work_out_adherence(reader)
    reader.problems.raise_if_any()
    own = {fact.kind for fact in reader.facts} - {*LISTS.values(), "par_q"}
    reader.result.answered |= {kind for kind in own if vocabulary.kinds[kind].mode == "closed"}
    facts = merged(reader)
    facts = cleared(reader, [*facts, *spike(reader, facts), *side_differences(reader, facts)])
    reader.problems.raise_if_any()
    reader.result.facts = tuple(sorted(facts, key=lambda fact: fact.sort_key))
    reader.result.notices += doubts(vocabulary, reader.result.facts)
    for old in old_names_in(profile.document.root, vocabulary.old_names()):
        reader.result.notices.append(
            say('"{old}" ({place}) is now called "{today}".', old=old.written, place=reader.place(old.line), today=old.today)
        )
    if profile.sections.notes:
        reader.result.not_read.append((f"notes: {profile.sections.notes}", reader.place(reader.line("notes"))))
    return reader.result
