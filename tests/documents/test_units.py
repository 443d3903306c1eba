"""Quantities are read in the unit a kind is kept in, exactly, or refused with both units named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stridewise.documents.scalars import number
from stridewise.documents.units import convert, convertible, plain, quantity, show


@pytest.mark.parametrize(
    ("written", "unit", "meant"),
    [
        ("55 mi", "km", "88.51392"),
        ("55mi", "km", "88.51392"),
        ("1 mile", "km", "1.609344"),
        (12, "km", "12"),
        ("12", "km", "12"),
        ("90 km", "km", "90"),
        ("5 in", "cm", "12.7"),
        ("10 lb", "kg", "4.5359237"),
        ("2 min", "s", "120"),
        ("1.5 h", "min", "90"),
        ("2 weeks", "days", "14"),
        ("21 days", "weeks", "3"),
        ("50 %", "percent", "50"),
        ("80.0 km", "m", "80000"),
    ],
)
def test_a_quantity_is_converted_exactly(written: object, unit: str, meant: str) -> None:
    """A number stands as it is; a number with a unit is converted without a rounding error."""
    assert quantity(written, unit) == Decimal(meant)


@pytest.mark.parametrize(
    "written", ["fast", "12 kg", "12 furlongs", "", "km", "1,5", "1e3", "--3", True, None, [1], 1.5, "1 " + "m" * 60]
)
def test_what_is_no_quantity_of_the_unit_is_refused(written: object) -> None:
    """The message names the unit that was expected."""
    with pytest.raises(ValueError, match="km"):
        quantity(written, "km")


def test_a_unit_without_a_conversion_is_plain_text() -> None:
    """Such a unit can be kept and named, and converts to nothing."""
    assert quantity("7 laps", "laps") == 7
    assert convertible("laps") == ("laps",)
    with pytest.raises(ValueError, match='expected laps, found "km"; there is no conversion'):
        quantity("7 km", "laps")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10_000, places=3))
def test_there_and_back_is_the_same_number(amount: Decimal) -> None:
    """Kilometres to metres and back lose nothing, nor do comparisons across units."""
    assert convert(convert(amount, "km", "m"), "m", "km") == amount
    assert (quantity(f"{amount} mi", "km") > quantity(f"{amount} km", "km")) == (amount > 0)


@pytest.mark.parametrize("written", ["1" * 29 + " km", "1" * 31 + " mi", "9" * 36 + " km", "1" * 30, "1e30", "1e28", "1e-30"])
def test_a_quantity_too_large_is_refused_not_crashed_on(written: str) -> None:
    """Whatever number is accepted, from text or from a file, can also be shown; any other is the writer's mistake."""
    try:
        shown = show(quantity(number(written) if written.isalnum() else written, "km"), "km")
    except ValueError:
        return
    assert shown.endswith(" km")


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        ("80.0", "km", "80 km"),
        ("88.51392", "km", "88.51 km"),
        ("1E+2", "", "100"),
        ("12.5", "percent", "13%"),
        ("3", "count", "3"),
        ("0.50", "1", "0.5"),
        ("-2", "cm", "-2 cm"),
        ("0", "km", "0 km"),
    ],
)
def test_a_number_is_shown_without_noise(amount: str, unit: str, text: str) -> None:
    """At most two decimals, no exponent, the unit behind."""
    assert show(Decimal(amount), unit) == text


def test_plain_keeps_the_value() -> None:
    """Only the spelling changes."""
    assert [str(plain(Decimal(text))) for text in ("80.0", "1E+2", "0.10", "0.0")] == ["80", "100", "0.1", "0"]
