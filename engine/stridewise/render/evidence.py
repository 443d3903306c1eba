"""How evidence reads: facts with the line they stand on, what is taken as not being so, and how sure a reason is on which
sources. Wording alone; what follows from what was settled long before."""

import re
from collections.abc import Iterable, Sequence

from stridewise.plan.model import Because, FactUsed, SourceUsed
from stridewise.render.plan_words import grade, spoken_source

# What an attribute says in a sentence; {} is its value. Others stand as they are: "during a run", "left".
PHRASES = {
    "intensity": "{} of 10",
    "next_morning": "{} of 10 the next morning",
    "weeks": "for {} weeks",
    "months_ago": "{} months ago",
    "onset": "{} onset",
    "tissue": "tissue: {}",
    "method": "by {}",
    "certainty": "{}",
    "irritability": "{} irritability",
    "session": "{}",
}
YES_NO = {
    "focal": ("at one small spot", "not at one spot"),
    "night": ("there at night", "not at night"),
    "rising": ("rising from week to week", "not rising"),
    "painkillers": ("scored under painkillers", "without painkillers"),
}
FIRST = ("side", "intensity", "next_morning", "during", "irritability", "grade", "months_ago", "weeks")  # the rest behind them
_ONE = re.compile(r"\b1 (week|month)s\b")
_LINE = re.compile(r"(.+):([0-9]+)")
_NO_NEED = ": yes"


def spoken_fact(used: FactUsed) -> str:
    """A fact as a colleague would say it, its side first, then what else was noted."""
    label, details = _taken_apart(used)
    ordered = sorted(details, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name in YES_NO))
    return ", ".join([label.removesuffix(_NO_NEED), *(details[name] for name in ordered)])


def short_fact(used: FactUsed) -> str:
    """The fact by its name and side, where it was told in full before."""
    label, details = _taken_apart(used)
    return ", ".join(filter(None, [label.removesuffix(_NO_NEED), details.get("side", "")]))


def _taken_apart(used: FactUsed) -> tuple[str, dict[str, str]]:
    """The label and each attribute in words; the whole text alone where its commas do not part the two."""
    names = [name for name in list(used.fact)[1:] if name not in (used.assumed or ())]
    label, *pieces = used.text.split(", ")
    if len(pieces) != len(names):
        return used.text, {}
    details = {name: _phrase(name, piece) for name, piece in zip(names, pieces, strict=True)}
    return label, details


def _phrase(name: str, piece: str) -> str:
    value = piece.removeprefix(f"{name.replace('_', ' ')} ")
    if value == piece:
        return piece
    if name in YES_NO and value in ("yes", "no"):
        return YES_NO[name][value == "no"]
    return _ONE.sub(r"1 \1", PHRASES[name].format(value)) if name in PHRASES else piece


class Places:
    """Where facts stand. Of one profile the line is enough: its name is said once, at the end."""

    def __init__(self, facts: Iterable[FactUsed]) -> None:
        written = (place for used in facts for place in (used.at or "").split(", ") if place)
        self.files = sorted({match[1] for place in written if (match := _LINE.fullmatch(place))})

    def of(self, used: FactUsed) -> str:
        """(line 12), (lines 12 and 14), (runs.csv:3); "" where a fact stands nowhere."""
        places = (used.at or "").split(", ") if used.at else []
        lines = [match[2] for place in places if (match := _LINE.fullmatch(place))]
        if not places:
            return ""
        if len(self.files) != 1 or len(lines) != len(places):
            return f" ({', '.join(places)})"
        return f" (line{'s' if len(lines) > 1 else ''} {' and '.join(lines)})"

    @property
    def note(self) -> str:
        """Whose lines they are."""
        return f"Lines are those of {self.files[0]}." if len(self.files) == 1 else ""


def sure(because: Because) -> str:
    """How sure, and on what: [expert opinion, low certainty; kawamoto]; "" for a reason that the engine gives itself."""
    if because.rule.startswith("stridewise/"):
        return ""
    keys = ", ".join(dict.fromkeys(source.key.partition("#")[0] for source in because.sources))
    return f" [{grade(because)}{f'; {keys}' if keys else ''}]"


def not_so(texts: Sequence[str]) -> list[str]:
    """What is taken as not being so, by how it is known: "fragile back [asked, no]" and the like."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        what, _, known = text.rpartition(" [")
        groups.setdefault(_known(known), []).append(what.removesuffix(_NO_NEED))
    return [f"{known}: {'; '.join(whats)}" for known, whats in groups.items()]


def _known(bracket: str) -> str:
    if bracket.startswith("asked"):
        return "asked, and not so"
    return "taken as not so, though not all of it was recorded" if "assumed" in bracket else "nothing points to"


def sources_line(reasons: Iterable[Because]) -> str:
    """Every source once, with its level and whether the claim was checked in it."""
    unique: dict[str, SourceUsed] = {source.key: source for because in reasons for source in because.sources}
    return f"Sources: {'; '.join(map(spoken_source, unique.values()))}." if unique else ""


def rules_line(rules: Iterable[str]) -> str:
    """The rules behind an answer, for whoever maintains them."""
    unique = [rule for rule in dict.fromkeys(rules) if not rule.startswith("stridewise/")]
    return f"Rule{'s' if len(unique) > 1 else ''}: {', '.join(unique)}" if unique else ""
