"""What a change would do to a plan, in one sentence: effects of one kind together, long names short."""

import re
from collections.abc import Sequence

from stridewise.documents.sentences import enumerated
from stridewise.explain.summary import PHRASES

MAX_NAMED = 3  # of one kind of effect
MAX_EFFECTS = 3
MANY = {
    "the exercise": "the exercises",
    "the warning": "the warnings",
    "the swap of": "the swaps of",
    "the referral to": "the referrals to",
}
_EXPLAINED = re.compile(r" \([^()]*\)$")
_PHRASE = re.compile(rf"(adds|drops|changes) ({'|'.join(PHRASES.values())}) (.*)", re.DOTALL)


def effects(does: Sequence[str]) -> str:
    """What an answer would do, effects of one kind together: adds the exercises A and B; drops the exercise C."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for phrase in does:
        match = _PHRASE.fullmatch(phrase)
        kinds.setdefault((match[1], match[2]) if match else ("", phrase), []).append(match[3] if match else "")
    most = MAX_EFFECTS if next(iter(kinds))[0] else MAX_EFFECTS - 1  # where someone else comes first, the rest can wait
    told = [_effect(verb, noun, names) for (verb, noun), names in list(kinds.items())[:most]]
    left = sum(map(len, list(kinds.values())[most:]))
    return "; ".join([*told, *([f"and {left} more"] if left else [])])


def _effect(verb: str, noun: str, names: Sequence[str]) -> str:
    if not verb:
        return noun
    shown = [*map(_shortly, names[:MAX_NAMED]), *([f"{len(names) - MAX_NAMED} more"] if len(names) > MAX_NAMED else [])]
    return f"{verb} {MANY.get(noun, noun) if len(names) > 1 else noun} {enumerated(shown)}"


def _shortly(text: str) -> str:
    """A name without what explains it, and without a comma that could be taken for the next name's."""
    if text.startswith("“"):
        return text
    return _EXPLAINED.sub("", text).replace(", ", " ")
