"""Changed profiles as values: a copy with a path set, a fact added or taken out. The profile itself is never touched."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stridewise.documents.located import Document
from stridewise.documents.reader import parse_document
from stridewise.errors import Problem, Problems, ProfileError, did_you_mean
from stridewise.explain.edits.entries import DISTANCE, LIST_OF, PATHS, canonical, drop, facts_of, remove_fact, take_out, written
from stridewise.explain.edits.located import Step, append, copied, delete, enter, put, reach
from stridewise.language.fact import Fact, show_fact
from stridewise.language.vocabulary import Vocabulary
from stridewise.profile.facts import SINGLE, SINGLE_VALUED
from stridewise.profile.profile import Profile, read_profile
from stridewise.profile.shapes import Sections

FACT_SECTIONS = ("findings", "symptoms", "history")  # whose entries are facts in the one notation
_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]{1,9})\]")
_PATH_OF = {kind: path for path, kind in SINGLE.items()}


@dataclass(frozen=True, slots=True)
class SetPath:
    """Write a value at a profile path, in place of whatever else gives it (another unit, a date, a phrase)."""

    path: str
    value: Any

    def __str__(self) -> str:
        return f"{self.path} = {_shown(self.value)}"

    def apply(self, root: Any, vocabulary: Vocabulary) -> None:
        *parents, last = _steps(self.path)
        kinds = {kind for kind, paths in PATHS.items() if self.path in paths}
        take_out(vocabulary, root, lambda fact: fact.kind in kinds)
        node = enter(root, *parents)
        for *above, twin in (path.split(".") for kind in kinds for path in PATHS[kind]):
            if above == parents:
                node.pop(twin, None)
        put(node, last, self.value)


@dataclass(frozen=True, slots=True)
class AddFact:
    """Record a fact or a phrase, in place of what it contradicts: a measure of the same side, another grade."""

    entry: Any

    def __str__(self) -> str:
        return f"add {_shown(self.entry)}"

    def apply(self, root: Any, vocabulary: Vocabulary) -> None:
        kind = next((key for key in self.entry if key in vocabulary.kinds), "") if isinstance(self.entry, dict) else ""
        if kind in _PATH_OF and len(self.entry) == 1:
            SetPath(_PATH_OF[kind], self.entry[kind]).apply(root, vocabulary)
        elif kind == "weekly_distance":
            _set_latest_week(root, self.entry[kind], vocabulary)
        elif kind in LIST_OF and (kind != "red_flag" or reach(root, *LIST_OF[kind].split(".")) is not None):
            append(root, LIST_OF[kind].split("."), self.entry[kind] if len(self.entry) == 1 else self.entry)
        else:
            said = facts_of(vocabulary, self.entry)
            take_out(vocabulary, root, lambda old: any(gives_way(vocabulary, new, old) for new in said))
            append(root, ["findings"], self.entry)


@dataclass(frozen=True, slots=True)
class RemoveFacts:
    """Take recorded facts out wherever they stand, as if nobody had asked."""

    facts: tuple[Fact, ...]

    def __str__(self) -> str:
        return f"remove {'; '.join(_shown(entry) for entry in written(self.facts))}"

    def apply(self, root: Any, vocabulary: Vocabulary) -> None:
        # One entry may state several of them (weeks and days to a race), so only the sum can say that nothing was there.
        if not sum(remove_fact(vocabulary, root, fact) for fact in self.facts):
            raise ValueError(f'"{show_fact(vocabulary, self.facts[0])}" stands nowhere in the profile')


@dataclass(frozen=True, slots=True)
class RemoveAt:
    """Take out what stands at a profile path, such as findings[2] or safety.pregnancy. `what` is what that is to a reader."""

    path: str
    what: str = ""

    def __str__(self) -> str:
        return f"remove {self.what or self.path}"

    def apply(self, root: Any, vocabulary: Vocabulary) -> None:
        *parents, last = _steps(self.path)
        delete(reach(root, *parents), last)


@dataclass(frozen=True, slots=True)
class Describe:
    """Fill in attributes of facts that are recorded without them."""

    facts: tuple[Fact, ...]
    attribute: str
    value: Any

    def __str__(self) -> str:
        return f"{'; '.join(_shown(entry) for entry in written(self.facts))}: {self.attribute} {_shown(self.value)}"

    def apply(self, root: Any, vocabulary: Vocabulary) -> None:
        section = vocabulary.kinds[self.facts[0].kind].traits.section
        section = section if section in FACT_SECTIONS else "findings"
        for fact in self.facts:
            remove_fact(vocabulary, root, fact)
        for entry in written(self.facts):
            append(root, [section], {**entry, self.attribute: self.value})


Change = SetPath | AddFact | RemoveFacts | RemoveAt | Describe


def changed(profile: Profile, changes: Sequence[Change], vocabulary: Vocabulary) -> Profile:
    """A copy of the profile with the changes made in their order. Raises ProfileError with everything wrong with them.

    Numbers in paths count in the profile as it is, whatever else is changed."""
    root = copied(profile.document.root)
    problems = Problems(profile.document.path, ProfileError)
    for change in sorted(changes, key=_turn):
        try:
            change.apply(root, vocabulary)
        except ValueError as error:
            problems.add(0, f"the change “{change}” cannot be made: {error}")
        except ProfileError as error:
            problems.found += [
                Problem(problems.path, 0, f"the change “{change}”: {problem.message}") for problem in error.problems
            ]
    problems.raise_if_any()
    return _read(profile, root)


def _turn(change: Change) -> tuple[int, int]:
    """What a number points at is changed first, then what is taken out by number from the last one on; so no number shifts."""
    path = change.path if isinstance(change, SetPath | RemoveAt) else ""
    numbers = [int(index) for _, index in _STEP.findall(path) if index]
    if not numbers:
        return (2, 0)
    return (1, -numbers[-1]) if isinstance(change, RemoveAt) and path.endswith("]") else (0, 0)


def _read(profile: Profile, root: Any) -> Profile:
    """The changed root as a profile; its training log is the one already read."""
    without_log = copied(root)
    has_log = drop(without_log, "training.log")
    read = read_profile(Document(profile.document.path, without_log))
    document = Document(profile.document.path, read.document.root if read.problems else root, canonical(root))
    read = replace(read, document=document)
    return replace(read, log=profile.log, log_name=profile.log_name) if has_log else read


def _set_latest_week(root: Any, value: Any, vocabulary: Vocabulary) -> None:
    """The latest week in kilometres; the weeks before it stay."""
    weeks = reach(root, "training", "weekly_distance_km")
    earlier = list(weeks[:-1]) if isinstance(weeks, list) else []
    SetPath("training.weekly_distance_km", [*earlier, value] if earlier else value).apply(root, vocabulary)


def gives_way(vocabulary: Vocabulary, new: Fact, old: Fact) -> bool:
    """Does a recorded fact leave the profile when a new one is added: because intake would refuse the two together, or because
    it is another grade of the same finding? What a phrase said gives way to what is said in full."""
    kind = vocabulary.kinds[new.kind]
    if new.kind != old.kind or new == old:
        return False
    if kind.name in SINGLE_VALUED or new.kind in DISTANCE:
        return True
    if kind.type.is_number or not kind.type.terms:
        return new.attributes == old.attributes
    same = (new.value, new.side) == (old.value, old.side)
    return same and ("grade" in kind.attributes or bool(new.negative) != bool(old.negative) or old.from_alias)


def _steps(path: str) -> list[Step]:
    """The same, of a path in a profile. Raises ValueError with the nearest section."""
    steps, known = _split(path), Sections.__dataclass_fields__
    if not steps or steps[0] not in known:
        raise ValueError(f'unknown section "{path[:60]}".{did_you_mean(str(steps[0] if steps else path), known)}')
    return steps


def _split(path: str) -> list[Step]:
    """`findings[2].grade` → findings, 2, grade."""
    return [int(index) if index else name for name, index in _STEP.findall(path)]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_shown(item)}" for name, item in value.items())
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else str(value)


# --- from the command line ----------------------------------------------------------------------------------------------


def read_changes(
    profile: Profile, vocabulary: Vocabulary, sets: Iterable[str], adds: Iterable[str], removes: Iterable[str]
) -> list[Change]:
    """Removals first, each once. Raises ProfileError."""
    gone = [read_remove(text, profile, vocabulary) for text in dict.fromkeys(removes)]
    return [*gone, *map(read_set, sets), *map(read_add, adds)]


def read_set(text: str) -> SetPath:
    """`race.in_weeks=8` as a change. Raises ProfileError."""
    path, sign, value = text.partition("=")
    if not sign or not path.strip():
        raise ProfileError(f"--set {text}: expected PATH=VALUE, such as race.in_weeks=8")
    return SetPath(path.strip(), _yaml(value, f"--set {text}"))


def read_add(text: str) -> AddFact:
    """`weakness: soleus, side: left` or a phrase as a change. Raises ProfileError."""
    entry = _yaml(f"{{{text}}}" if ": " in text and not text.lstrip().startswith("{") else text, f"--add {text}")
    if not isinstance(entry, str | dict) or not entry:
        raise ProfileError(f'--add {text}: expected a fact such as "weakness: soleus", or a phrase')
    return AddFact(entry)


def read_remove(text: str, profile: Profile, vocabulary: Vocabulary) -> Change:
    """A finding by number (1 is the first), a path, or the text of a recorded fact, as a change. Raises ProfileError."""
    findings = reach(profile.document.root, "findings") or []
    if re.fullmatch(r"[0-9]{1,9}", text.strip()):
        if not 1 <= int(text) <= len(findings):
            raise ProfileError(f"--remove {text}: the profile has {len(findings)} findings; count from 1")
        return RemoveAt(f"findings[{int(text) - 1}]", f"finding {int(text)} ({_shown(findings[int(text) - 1])})")
    if re.fullmatch(r"[a-z_]+(\.[a-z_]+|\[[0-9]+\])*", text) and reach(profile.document.root, *_split(text)):
        return RemoveAt(text)
    return RemoveFacts(facts_of(vocabulary, read_add(text).entry))


def _yaml(text: str, where: str) -> Any:
    try:
        return parse_document(text.strip().encode(), "change.yaml", ProfileError).root
    except ProfileError as error:
        raise ProfileError([Problem("", 0, f"{where}: {problem.message}") for problem in error.problems]) from error
