"""Does a version satisfy what a pack requires of the engine, or of another pack? Release numbers, compared as PEP 440 compares
them: `>=0.2, <1`."""

import re

from stridewise import __version__

_CLAUSE = re.compile(r"(~=|==|!=|<=|>=|<|>)\s*(\d+(?:\.\d+)*)(\.\*)?\Z", re.ASCII)
_RELEASE = re.compile(r"\d+(\.\d+)*\Z", re.ASCII)

Release = tuple[int, ...]


def check_engine(required: str, version: str = __version__) -> None:
    """Raises ValueError where an engine of this version does not satisfy the clauses, or they cannot be read."""
    if not satisfies(required, version):
        raise ValueError(f'needs an engine "{required}", this is stridewise {version}; install another engine or pack')


def satisfies(required: str, version: str) -> bool:
    """Does a release satisfy all clauses? Raises ValueError where they, or the version, cannot be read."""
    held = [_holds(clause, version) for clause in filter(None, map(str.strip, required.split(",")))]  # each is read
    return all(held)


def _holds(clause: str, version: str) -> bool:
    match = _CLAUSE.match(clause)
    if match is None or (match[3] and match[1] not in ("==", "!=")) or (match[1] == "~=" and "." not in match[2]):
        raise ValueError(f'expected comparisons of versions such as ">=0.2, <1", found "{clause}"')
    wanted, found = _release(match[2]), _release(version)
    if match[3] or match[1] == "~=":
        starts = _starts_with(found, wanted if match[3] else wanted[:-1])
        return starts == (match[1] != "!=") and (match[1] != "~=" or _compare(found, wanted) >= 0)
    order = _compare(found, wanted)
    return {"==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[match[1]]


def _release(written: str) -> Release:
    if not _RELEASE.match(written):
        raise ValueError(f'"{written}" is no release number such as 1.2.0, so it cannot be compared')
    return tuple(int(number) for number in written.split("."))


def _compare(one: Release, other: Release) -> int:
    """-1, 0 or 1; 1.0 and 1 are equal."""
    length = max(len(one), len(other))
    left, right = (numbers + (0,) * (length - len(numbers)) for numbers in (one, other))
    return (left > right) - (left < right)


def _starts_with(version: Release, start: Release) -> bool:
    return _compare(version[: len(start)], start) == 0
