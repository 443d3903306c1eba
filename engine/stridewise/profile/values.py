"""The single values of a profile: quantities, terms, dates, yes or no. And which kinds of fact a place states. `profile.py` is
described with these notes and those of `entries.py`; every other table and schema is read off them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from stridewise.documents.fitting import Before, Reads
from stridewise.documents.shape import YES_OR_NO, yes_or_no
from stridewise.documents.units import WITHOUT_NAME, convertible, number_of, quantity, spellings, unit_of
from stridewise.language.fact import UNKNOWN

NOTHING = ({"const": UNKNOWN}, {"type": "null"})  # how to say that nothing is known


class Says:
    """The `kind` of fact that a place states as it stands, the kinds `worked_out` from it, or the key beside it that says the
    same in its usual unit (`same_as`)."""

    __slots__ = ("kind", "same_as", "worked_out")

    def __init__(self, kind: str = "", worked_out: tuple[str, ...] = (), same_as: str = "") -> None:
        self.kind = kind
        self.worked_out = worked_out
        self.same_as = same_as


# --- single values --------------------------------------------------------------------------------------------------------


class Quantity(Reads):
    """A number of `unit`; another unit may stand behind it, but not where the key `names` the unit. Unknown is None, unless the
    number is `needed`."""

    __slots__ = ("names", "needed", "unit")

    def __init__(self, unit: str, names: bool = False, needed: bool = False) -> None:
        self.unit = unit
        self.names = names
        self.needed = needed

    def check(self, written: Any) -> Any:
        if not self.needed and is_unknown(written):
            return None
        if isinstance(written, list | tuple | dict):
            raise ValueError(f"expected {number_of(self.unit)}")
        number = quantity(written, self.unit)
        if self.names and isinstance(written, str) and unit_of(written) not in ("", self.unit):
            raise ValueError(f"expected a number of {self.unit}, as the key says")
        return number

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        units = (self.unit,) if self.names else () if self.unit in WITHOUT_NAME else convertible(self.unit)
        text = rf"^\s*[-+]?[0-9]+(\.[0-9]+)?\s*({'|'.join(way for unit in units for way in spellings(unit))})?\s*$"
        others = f"; or with its unit: {', '.join(units)}" if len(units) > 1 else ""
        number = {"type": ["number", "string"], "pattern": text, "description": f"{number_of(self.unit).capitalize()}{others}."}
        return number if self.needed else {"anyOf": [number, *NOTHING]}


class YesNo(Reads):
    """Yes or no, true or false, in any case. Unknown is None."""

    __slots__ = ()

    def check(self, written: Any) -> bool | None:
        if is_unknown(written):
            return None
        answer = yes_or_no(written)
        if answer is None:
            raise ValueError("expected yes or no")
        return answer

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        any_case = ("".join(f"[{letter.upper()}{letter}]" for letter in word) for word in YES_OR_NO)
        return {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": f"^({'|'.join(any_case)})$"}, *NOTHING]}


class Term(Reads):
    """A term of a list of the vocabulary, by its name or another way to say it. Unknown is None."""

    __slots__ = ("terms",)

    def __init__(self, terms: str) -> None:
        self.terms = terms

    def check(self, written: Any) -> Any:
        if is_unknown(written):
            return None
        return as_word(written, f"expected a term of {self.terms}")

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        term = {"type": ["string", "number"], "description": f"A term of {self.terms}.", "terms": self.terms}
        return {"anyOf": [term, {"type": "null"}]} if "anyOf" in typed else term


class OneOrMore(Reads):
    """A list, or its only item as it is. Unknown is None."""

    __slots__ = ()

    def check(self, written: Any) -> Any:
        return None if is_unknown(written) else written if isinstance(written, list | tuple) else [written]

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        items = typed["anyOf"][0]
        return {"anyOf": [items["items"], items, *NOTHING]}


def as_word(written: Any, expected: str) -> str:
    """A word as text; it may look like a number. Raises ValueError with what is expected."""
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        raise ValueError(expected)
    return str(written)


def is_unknown(written: Any) -> bool:
    """Is nothing said here?"""
    return written is None or (isinstance(written, str) and written == UNKNOWN)


def read_date(written: Any) -> date:
    """A day as it is written: 2026-11-21. Raises ValueError."""
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        raise ValueError("expected a date such as 2026-11-21") from None


Day = Annotated[date, Before(read_date)]
Answer = Annotated[bool | None, YesNo()]
Years = Annotated[Decimal | None, Quantity("years")]
Months = Annotated[Decimal | None, Quantity("months")]
Weeks = Annotated[Decimal | None, Quantity("weeks")]
Minutes = Annotated[Decimal | None, Quantity("min")]
Hours = Annotated[Decimal | None, Quantity("h")]
Height = Annotated[Decimal | None, Quantity("cm")]
Mass = Annotated[Decimal | None, Quantity("kg")]
Pressure = Annotated[Decimal | None, Quantity("mmHg")]
Times = Annotated[Decimal | None, Quantity("count")]
Score = Annotated[Decimal | None, Quantity("score")]
Distance = Annotated[Decimal | None, Quantity("km")]
Kilometres = Annotated[Decimal | None, Quantity("km", names=True)]
Miles = Annotated[Decimal | None, Quantity("mi", names=True)]
Distances = Annotated[tuple[Annotated[Decimal, Quantity("km", needed=True)], ...] | None, OneOrMore()]
ManyKilometres = Annotated[tuple[Annotated[Decimal, Quantity("km", names=True, needed=True)], ...] | None, OneOrMore()]
ManyMiles = Annotated[tuple[Annotated[Decimal, Quantity("mi", names=True, needed=True)], ...] | None, OneOrMore()]
