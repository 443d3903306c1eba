"""The lists of a profile: facts in the one notation, terms, and records that may be written by their name alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from stridewise.documents.fitting import Before, Reads
from stridewise.documents.sentences import as_found
from stridewise.documents.signatures import names_somebody
from stridewise.profile.values import as_word, is_unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A physician's release: running may begin again. Name and date."""

    by: str
    date: date


class Value(Reads):
    """What a kind or an attribute is given: one value, or one a side. Packs say which values there are."""

    __slots__ = ()

    def check(self, written: Any) -> Any:
        sides = written if isinstance(written, dict) else {}
        if isinstance(written, list | tuple) or any(isinstance(value, list | tuple | dict) for value in sides.values()):
            found = "a list" if isinstance(written, list | tuple) else "more than one value for a side"
            raise ValueError(f"expected one value, or left and right where the kind has sides, found {found}")
        if isinstance(written, dict) and (not sides or not set(sides) <= {"left", "right"}):
            raise ValueError(f"expected one value, or left and right where the kind has sides, found {_keys(written)}")
        return written

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        value = {"type": ["string", "number", "boolean", "null"]}
        sides = {"type": "object", "properties": {"left": value, "right": value}, "additionalProperties": False}
        return {"anyOf": [value, sides]}


class DiagnosisValue(Value):
    """The same, or a release."""

    __slots__ = ()

    def check(self, written: Any) -> Any:
        return written if isinstance(written, Release) else super().check(written)

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        release = next((way for way in typed["anyOf"] if "$ref" in way), None)
        ways = super().schema(typed)["anyOf"]
        return {"anyOf": [*ways, release] if release else ways}


def _keys(written: dict[str, Any]) -> str:
    names = ", ".join(f'"{str(key)[:40]}"' for key in written)
    return f"the keys {names}" if names else as_found(written)


class Each(Reads):
    """An entry of a list of facts. None stands where an entry did not fit, so that the others keep their numbers; it cannot be
    written."""

    __slots__ = ("by",)

    def __init__(self, by: Callable[[Any], Any]) -> None:
        self.by = by

    def check(self, written: Any) -> Any:
        return None if written is None else self.by(written)

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        ways = [way for way in typed["anyOf"] if way != {"type": "null"}]
        return {"anyOf": ways} if len(ways) > 1 else ways[0]


def _judged(entry: Any) -> Any:
    """The entry, where each of its values is one. Raises ValueError with the name of the first that is none."""
    for name, written in entry.items() if isinstance(entry, dict) else ():
        try:
            Value().check(written)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return entry


def _fact_or_phrase(written: Any) -> Any:
    if not isinstance(written, str | dict):
        raise ValueError("expected a fact or a phrase")
    return _judged(written)


def _diagnosis(written: Any) -> Any:
    if isinstance(written, str):
        return written
    if isinstance(written, dict) and "other" in written and "condition" not in written:
        if "region" not in written:
            raise ValueError('a diagnosis outside the list needs its region, such as "region: medial_ankle"')
        return _judged(written)
    if not isinstance(written, dict) or "condition" not in written:
        found = f", found {_keys(written)}" if isinstance(written, dict) else ""
        raise ValueError(f'expected an entry such as "condition: patellofemoral_pain"{found}')
    release = written.get("released")
    rest = _judged({key: value for key, value in written.items() if key != "released"})
    return rest if release is None or is_unknown(release) else {**rest, "released": _release(release)}


def _release(written: Any) -> "Release":
    """Who released the runner, and when. Raises ValueError in the writer's words."""
    if isinstance(written, Release):
        return written
    if not isinstance(written, dict) or set(written) != {"by", "date"}:
        found = _keys(written) if isinstance(written, dict) else f'"{str(written)[:40]}"'
        raise ValueError(f"released: expected {{by: a physician's name, date: a day}}, found {found}")
    if not isinstance(written["by"], str) or not names_somebody(written["by"]):
        raise ValueError(f'released: by: expected the physician\'s name, found "{str(written["by"])[:40]}"')
    try:
        return Release(by=written["by"], date=date.fromisoformat(str(written["date"])))
    except ValueError:
        raise ValueError(f'released: date: expected a day such as 2026-11-21, found "{str(written["date"])[:40]}"') from None


def _list(written: Any) -> Any:
    if written is not None and not isinstance(written, list | tuple):
        raise ValueError("expected a list")
    return written


Scalar = str | bool | int | Decimal | None
Sides = dict[Literal["left", "right"], Scalar]
Notation = dict[str, Annotated[Scalar | Sides, Value()]]  # one kind as a key, its attributes beside it
Entries = Annotated[tuple[Annotated[str | Notation | None, Each(_fact_or_phrase)], ...] | None, Before(_list)]
Diagnosis = dict[str, Annotated[Scalar | Sides | Release, DiagnosisValue()]]
Diagnoses = Annotated[tuple[Annotated[str | Diagnosis | None, Each(_diagnosis)], ...] | None, Before(_list)]

# --- lists that answer a question -----------------------------------------------------------------------------------------


class Terms(Reads):
    """A list of terms of the vocabulary; an empty one says that there are none."""

    __slots__ = ("terms",)

    def __init__(self, terms: str) -> None:
        self.terms = terms

    def check(self, written: Any) -> Any:
        if written is not None and not isinstance(written, list | tuple):
            raise ValueError("expected a list, [] where there is none")
        return written

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        items = typed["anyOf"][0]
        described = {"description": f"Terms of {self.terms}; [] where there is none.", "terms": self.terms}
        return {"anyOf": [{**items, **described}, {"type": "null"}]}


def _listed(written: Any) -> Any:
    if is_unknown(written):
        return None
    if isinstance(written, dict):
        return _judged(written)
    return as_word(written, "expected a term or a fact")


Listed = tuple[Annotated[str | Notation | None, Before(_listed)], ...]


class ByName(Reads):
    """A record that may be written as its `key` alone."""

    __slots__ = ("key", "terms")

    def __init__(self, key: str, terms: str) -> None:
        self.key = key
        self.terms = terms

    def check(self, written: Any) -> Any:
        if isinstance(written, dict):
            return written
        return {self.key: as_word(written, f'expected a term of {self.terms}, or "{self.key}: …" with more about it')}

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "description": f"A term of {self.terms}.", "terms": self.terms}, typed]}
