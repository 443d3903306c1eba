"""What may be written at a place of a profile: a quantity, a term, a list, a fact in the one notation. And which kinds of fact a
place states: `profile.py` is described with these notes alone, and every other table and schema is read off them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from stridewise.documents.fitting import Before, Reads, Remark
from stridewise.documents.frozen import frozen
from stridewise.documents.units import convertible, quantity, spellings, unit_of
from stridewise.language.fact import UNKNOWN

WITHOUT_NAME = ("count", "score")  # units that nobody writes behind a number


@frozen
class States(Remark):
    """The `kind` of fact that a place states as it stands, the kinds `worked_out` from it, or the key beside it that says the
    same in its usual unit (`same_as`)."""

    kind: str = ""
    worked_out: tuple[str, ...] = ()
    same_as: str = ""


# --- single values --------------------------------------------------------------------------------------------------------


@frozen
class Quantity(Reads):
    """A number of `unit`; another unit may stand behind it, but not where the key `names` the unit. Unknown is None, unless the
    number is `needed`."""

    unit: str
    names: bool = False
    needed: bool = False

    def check(self, written: Any) -> Any:
        if not self.needed and _is_unknown(written):
            return None
        if isinstance(written, list | tuple | dict):
            raise ValueError(f"expected a number{self._of_unit}")
        if self.names and isinstance(written, str) and unit_of(written) not in ("", self.unit):
            raise ValueError(f"expected a number of {self.unit}, as the key says")
        return quantity(written, self.unit)

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        units = (self.unit,) if self.names else () if self.unit in WITHOUT_NAME else convertible(self.unit)
        text = rf"^\s*[-+]?[0-9]+(\.[0-9]+)?\s*({'|'.join(way for unit in units for way in spellings(unit))})?\s*$|^{UNKNOWN}$"
        others = f"; or with its unit: {', '.join(units)}" if len(units) > 1 else ""
        nothing = [] if self.needed else ["null"]
        return {"type": ["number", "string", *nothing], "pattern": text, "description": f"A number{self._of_unit}{others}."}

    @property
    def _of_unit(self) -> str:
        return "" if self.unit in WITHOUT_NAME else f" of {self.unit}"


@frozen
class Term(Reads):
    """A term of a list of the vocabulary, by its name or another way to say it. Unknown is None."""

    terms: str

    def check(self, written: Any) -> Any:
        if _is_unknown(written):
            return None
        if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
            raise ValueError(f"expected a term of {self.terms}")
        return str(written)

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        return {"type": ["string", "number", "null"], "description": f"A term of {self.terms}.", "terms": self.terms}


@frozen
class OneOrMore(Reads):
    """A list, or its only item as it is. Unknown is None."""

    def check(self, written: Any) -> Any:
        return None if _is_unknown(written) else written if isinstance(written, list | tuple) else [written]

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [typed["anyOf"][0]["items"], *typed["anyOf"]]}


def _is_unknown(written: Any) -> bool:
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
Years = Annotated[Decimal | None, Quantity("years")]
Months = Annotated[Decimal | None, Quantity("months")]
Weeks = Annotated[Decimal | None, Quantity("weeks")]
Minutes = Annotated[Decimal | None, Quantity("min")]
Times = Annotated[Decimal | None, Quantity("count")]
Distance = Annotated[Decimal | None, Quantity("km")]
Kilometres = Annotated[Decimal | None, Quantity("km", names=True)]
Miles = Annotated[Decimal | None, Quantity("mi", names=True)]
Distances = Annotated[tuple[Annotated[Decimal, Quantity("km", needed=True)], ...] | None, OneOrMore()]
ManyKilometres = Annotated[tuple[Annotated[Decimal, Quantity("km", names=True, needed=True)], ...] | None, OneOrMore()]
ManyMiles = Annotated[tuple[Annotated[Decimal, Quantity("mi", names=True, needed=True)], ...] | None, OneOrMore()]

# --- facts in the one notation ----------------------------------------------------------------------------------------------


def _said(written: Any) -> Any:
    sides = written.values() if isinstance(written, dict) else ()
    if isinstance(written, list | tuple) or any(isinstance(one, list | tuple | dict) for one in sides):
        raise ValueError("expected one value, or left and right where the kind has sides")
    if isinstance(written, dict) and not set(written) <= {"left", "right"}:
        raise ValueError(f"expected one value, or left and right, found the keys {_keys(written)}")
    return written


def _keys(written: dict[str, Any]) -> str:
    return ", ".join(f'"{str(key)[:40]}"' for key in written) or "of an empty mapping"


Scalar = str | bool | int | Decimal | None
Sides = dict[Literal["left", "right"], Scalar]
Said = Annotated[str | bool | int | Decimal | Sides | None, Before(_said)]
Notation = dict[str, Said]  # one kind as a key, its attributes beside it: packs say which there are


def _entry(written: Any) -> Any:
    if written is not None and not isinstance(written, str | dict):
        raise ValueError("expected a fact or a phrase")
    return written


def _diagnosis(written: Any) -> Any:
    if written is not None and (not isinstance(written, dict) or "condition" not in written):
        found = f", found the keys {_keys(written)}" if isinstance(written, dict) else ""
        raise ValueError(f'expected an entry such as "condition: patellofemoral_pain"{found}')
    return written


def _list(written: Any) -> Any:
    if written is not None and not isinstance(written, list | tuple):
        raise ValueError("expected a list")
    return written


Entry = Annotated[str | Notation | None, Before(_entry)]
Entries = Annotated[tuple[Entry, ...] | None, Before(_list)]
Diagnoses = Annotated[tuple[Annotated[Notation | None, Before(_diagnosis)], ...] | None, Before(_list)]

# --- lists that answer a question ---------------------------------------------------------------------------------------------


@frozen
class Terms(Reads):
    """A list of terms of the vocabulary; an empty one says that there are none."""

    terms: str

    def check(self, written: Any) -> Any:
        if written is not None and not isinstance(written, list | tuple):
            raise ValueError("expected a list, [] where there is none")
        return written

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        return {**typed, "description": f"Terms of {self.terms}; [] where there is none.", "terms": self.terms}


def _listed(written: Any) -> Any:
    if _is_unknown(written) or isinstance(written, dict):
        return written if isinstance(written, dict) else None
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        raise ValueError("expected a term or a fact")
    return str(written)


Listed = tuple[Annotated[str | Notation | None, Before(_listed)], ...]


@frozen
class ByName(Reads):
    """A record that may be written as its `key` alone."""

    key: str
    terms: str

    def check(self, written: Any) -> Any:
        return written if isinstance(written, dict) or not isinstance(written, str) else {self.key: written}

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "description": f"A term of {self.terms}.", "terms": self.terms}, typed]}
