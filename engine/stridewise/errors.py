"""Say what is wrong so that the right person can mend it: a clinician (ProfileError), a pack author (PackError), or us
(InferenceError)."""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

# Control characters but tab and line ends, changes of writing direction, and halves of surrogate pairs: a terminal may obey
# them instead of showing them, or they cannot be written at all.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it stands and what to do. `line` is 0 when the whole file is meant."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return spelt_out(f"{place}: {self.message}" if place else self.message)


@dataclass(frozen=True, slots=True)
class More(Problem):
    """Problems that are counted instead of told."""

    count: int = 0


def spelt_out(text: str) -> str:
    """The text with every character that cannot be shown as its code, in the way of JSON."""
    return UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


MAX_SHOWN = 200  # problems told of one file; the rest is counted


class StridewiseError(Exception):
    """Base of every error that is reported without a traceback. `exit_code` is what the command ends with."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        if isinstance(problems, str):
            problems = [Problem("", 0, problems)]
        given = list(problems)
        ordered = sorted({problem for problem in given if not isinstance(problem, More)})
        count = len(ordered[MAX_SHOWN:]) + sum(problem.count for problem in given if isinstance(problem, More))
        more = [More("", 0, f"… and {count} more of the kind", count)] if count else []
        self.problems = [*ordered[:MAX_SHOWN], *more]
        super().__init__("\n".join(map(str, self.problems)))


class ProfileError(StridewiseError):
    """The profile cannot be read as it stands; the clinician mends it."""

    exit_code = 2


class PackError(StridewiseError):
    """A rule pack, or the packs together, cannot be used; the pack's author mends it."""

    exit_code = 2


class PluginError(StridewiseError):
    """A plugin did not load or crashed. The run stops: a missing safety pack may never be silent."""


class InferenceError(StridewiseError):
    """We are wrong: the matchers disagree, or a limit that must hold does not."""


class AdvisedError(ValueError):
    """What is wrong, briefly, and advice that takes time to find: it is looked for only where it is told."""

    def __init__(self, brief: str, advice: Callable[[], str]) -> None:
        super().__init__(brief)
        self.brief = brief
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.brief}{self.advice()}"


class Problems:
    """Collects everything wrong with a file, or with several, so that all of it is reported at once."""

    def __init__(
        self, path: str, error: type[StridewiseError], found: list[Problem] | None = None, failed: set[str] | None = None
    ) -> None:
        self.path = path
        self.error = error
        self.found: list[Problem] = [] if found is None else found
        self.failed: set[str] = set() if failed is None else failed  # names of what could not be read

    def within(self, path: str) -> "Problems":
        """The same collection, for another file."""
        return Problems(path, self.error, self.found, self.failed)

    def add(self, line: int, message: str) -> None:
        self.found.append(Problem(self.path, line, message))

    @contextmanager
    def at(self, line: int, where: str) -> Iterator[None]:
        """Record a ValueError raised inside as a problem at this line."""
        try:
            yield
        except ValueError as error:
            is_told = len(self.found) < MAX_SHOWN or not isinstance(error, AdvisedError)
            text = str(error) if is_told else error.args[0]
            self.add(line, f"{where}: {text}" if where else text)

    def stop(self, line: int, message: str) -> NoReturn:
        """Nothing can be read beyond this: raises everything that was found."""
        self.add(line, message)
        raise self.error(self.found)

    def raise_if_any(self) -> None:
        if self.found:
            raise self.error(self.found)


def without_follow_ups(problems: Iterable[Problem], failed: Set[str]) -> list[Problem]:
    """The problems that name nothing of what failed: who mends that may find them gone."""
    return [problem for problem in problems if failed.isdisjoint(_names_in(problem.message))] if failed else list(problems)


def _names_in(message: str) -> set[str]:
    """What a message quotes, and the parts of it: of "pack/rule" and "source#claim" each."""
    quoted = ["".join(both) for both in re.findall(r'"([^"]*)"|\{([^{}]*)\}', message)]
    return {*quoted, *(part for name in quoted for part in re.split("[/#]", name))}


def unforeseen(error: Exception) -> str:
    """A bug of ours, as it is told of whatever met it."""
    return spelt_out(f"Internal error: {type(error).__name__}: {error}")


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """The nearest valid name as a sentence to append, or nothing. Only a slip in the same words is near: no other number, no
    negation, no opposite.

    >>> did_you_mean("gluteus_maximum", ["gluteus_maximus", "soleus"]), did_you_mean("weak abductors", ["weak adductors"])
    (' Did you mean "gluteus_maximus"?', '')
    """
    near = nearest(word, names)
    return meant(near) if near is not None else ""


def meant(name: str) -> str:
    """The question whether this name was meant."""
    return f' Did you mean "{name}"?'


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The nearest valid name, None where there is none."""
    slips = {name: _slips(word, name) for name in sorted(names)}
    found = [name for name, count in slips.items() if count is not None]
    return min(found, key=lambda name: (slips[name] or 0, _distance(word, name)), default=None)


# --- near misses -----------------------------------------------------------------------------------------------------

# Beginnings that turn a word round: what differs by one of these is its opposite and no slip.
_OPPOSITES = (
    ("ab", "ad"),
    ("in", "ex"),
    ("in", "e"),
    ("intr", "extr"),
    ("hypo", "hyper"),
    ("in", "de"),
    ("pre", "post"),
    ("pro", "re"),
    ("pro", "su"),
    ("va", "val"),
    ("fe", ""),
    ("un", ""),
    ("non", ""),
    ("dis", ""),
    ("im", ""),
    ("in", ""),
    ("anti", ""),
    ("a", ""),
)
_EXACT = frozenset({"no", "not", "non", "nil", "never", "without", "denies", "hot", "off"})


def _slips(word: str, name: str) -> int | None:
    """How many letters a word is away from a name of as many words; None where it is another one."""
    parts, others = _parts(word), _parts(name)
    if len(parts) != len(others) or len(word) > 200:
        return None
    total = 0
    for one, other in zip(parts, others, strict=True):
        if (slips := _slips_in_word(one, other)) is None:
            return None
        total += slips
    return total


def number_of_words(text: str) -> int:
    """How many words a text has, where names are compared."""
    return len(_parts(text))


@lru_cache(maxsize=8192)
def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[\s_./-]+", text.casefold()) if part)


def _slips_in_word(one: str, other: str) -> int | None:
    if one == other:
        return 0
    short, long = sorted((len(one), len(other)))
    if short < 3 or long - short > 2 or (long < 6 and one[0] != other[0]) or _differ(one, other):
        return None
    if {one, other} & _EXACT or any(letter.isdigit() for letter in one + other) or _are_opposites(one, other):
        return None
    slips = _distance(one, other)
    return slips if slips <= (1 if long < 6 else 2) else None


def _differ(one: str, other: str) -> bool:
    """Do more letters stand in one of two words alone than two slips can explain? Quicker than counting the slips."""
    return len(set(one) - set(other)) > 2 or len(set(other) - set(one)) > 2


def _are_opposites(one: str, other: str) -> bool:
    for first, second in (*_OPPOSITES, *(pair[::-1] for pair in _OPPOSITES)):
        slips = 1 if first and second else 0
        if one.startswith(first) and other.startswith(second) and _distance(one[len(first) :], other[len(second) :]) <= slips:
            return True
    return False


def _distance(one: str, other: str) -> int:
    """Letters to change, add, leave out or swap with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
