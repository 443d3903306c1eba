"""Say back what was understood of a profile's own words, entry by entry: whoever typed it sees what the plan will rest on."""

from collections.abc import Iterator
from typing import Any

from stridewise.errors import ProfileError
from stridewise.explain.edits.entries import SECTIONS, facts_of
from stridewise.interview.draft import in_one_line
from stridewise.language.fact import Fact, show_fact
from stridewise.language.traits import NEVER
from stridewise.language.vocabulary import Vocabulary
from stridewise.profile.profile import Profile
from stridewise.recommendation.reasons import merge_sides


def reading(profile: Profile, vocabulary: Vocabulary) -> Iterator[str]:
    """One line for each entry that is understood; what is not is told by the errors of the profile."""
    entries = [
        (profile.document.line(section, index), entry, section)
        for section in SECTIONS
        for index, entry in enumerate(getattr(profile.sections, section, None) or ())
    ]
    for line, entry, section in sorted(entries, key=lambda one: one[0]):
        if entry is not None and (said := read_back(entry, vocabulary, section)):
            yield f"{profile.document.path}:{line}: {_typed(entry)}: {said}"


def read_back(entry: Any, vocabulary: Vocabulary, section: str) -> str:
    """What one entry states as a reader says it, left and right together, without the record that every diagnosis leaves; nothing
    where it is not understood."""
    try:
        known = list(facts_of(vocabulary, entry, section))
    except ProfileError:
        return ""
    diagnosed = {fact.value for fact in known if fact.kind == "diagnosis"}
    told = [fact for fact in known if _is_told(fact, vocabulary) and not (fact.kind == "condition" and fact.value in diagnosed)]
    merged = merge_sides(told, lambda fact: sorted(fact.assumed))
    return "; ".join(dict.fromkeys(show_fact(vocabulary, fact) for fact in merged))


def _is_told(fact: Fact, vocabulary: Vocabulary) -> bool:
    """Not what is worked out from what was said, and asked of nobody."""
    kind = vocabulary.kinds[fact.kind]
    return kind.mode != "computed" or kind.traits.asked != NEVER


def _typed(entry: Any) -> str:
    return f'"{entry}"' if isinstance(entry, str) else in_one_line(dict(entry))
