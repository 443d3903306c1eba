"""How decimals are reckoned with: always in one way, whatever the program around us or a plugin has set."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Context, DivisionByZero, InvalidOperation, Overflow, localcontext

_OURS = Context(
    prec=28,
    rounding=ROUND_HALF_UP,
    Emin=-999_999,
    Emax=999_999,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[DivisionByZero, InvalidOperation, Overflow],
)


@contextmanager
def our_arithmetic() -> Iterator[None]:
    """Inside, numbers are as exact as everywhere, and halves are rounded up, as people do it; outside, the settings are as they
    were, whatever was set inside.

    >>> from decimal import Decimal
    >>> with localcontext(prec=3), our_arithmetic():
    ...     Decimal(1) / 8
    Decimal('0.125')
    """
    with localcontext(_OURS):
        yield
