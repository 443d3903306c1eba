"""Numbers and durations as exports write them: decimal point or comma, seconds, minutes or 1:05:30."""

import re
from collections.abc import Iterable
from decimal import Decimal

from stridewise.profile.logs.words import by_word, fold, names

_NUMBER = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:([.,'’])[0-9]{3})(?:\1[0-9]{3})*)(?:[.,][0-9]+)?\Z")
_WITH_UNIT = re.compile(r"(?P<number>[-+]?[0-9][0-9.,'’]*)\s*(?P<unit>[^\W\d]+)?\.?\Z")
_CLOCK = re.compile(r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{2})(?:[.,]\d+)?\Z")
_WORDS = re.compile(
    r"(?:PT)?(?:(?P<h>\d+)\s*(?:h|hr|std)\.?\s*)?(?:(?P<m>\d+)\s*(?:m|min|'|’)\.?\s*)?"
    r"(?:(?P<s>\d+(?:[.,]\d+)?)\s*(?:s|sec|\")\.?)?\Z",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}[.,][0-9]{3}\Z")
POINT, COMMA = ".", ","
SECONDS = {"s": Decimal(1), "min": Decimal(60), "h": Decimal(3600), "ms": Decimal("0.001")}


def is_nothing(cell: str) -> bool:
    """Does a cell say that there is no value?"""
    return cell.strip() == "" or cell.strip().casefold() in ("-", "--", "–", "—") or fold(cell) in names("nothing")


def sign_of(cells: Iterable[str]) -> str:
    """The decimal sign of a column. Raises ValueError with the two readings of a number that nothing settles, and where rows
    contradict each other."""
    found: dict[str, str] = {}
    unclear = ""
    for cell in cells:
        match = _WITH_UNIT.match(cell.strip())
        number = match["number"] if match else ""
        sign = _decimal_sign(number)
        if sign:
            found.setdefault(sign, cell.strip())
        elif _THOUSANDS.match(number):
            unclear = unclear or number
    if len(found) == 2:
        raise ValueError(f'"{found[POINT]}" has a decimal point and "{found[COMMA]}" a decimal comma; keep one of the two')
    if unclear and not found:
        whole = re.sub("[.,]", "", unclear)
        raise ValueError(f'"{unclear}" is {whole} or {unclear.replace(",", ".")}; write it without a sign for thousands')
    return next(iter(found), POINT)


def _decimal_sign(number: str) -> str:
    """The decimal sign that one number shows, "" where it shows none.

    >>> _decimal_sign("9,44"), _decimal_sign("1.234,5"), _decimal_sign("1,234.5"), _decimal_sign("1,600")
    (',', ',', '.', '')
    """
    signs = [letter for letter in number if letter in ".,"]
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:  # 1.234.567
        return COMMA if signs[0] == POINT else POINT
    whole, _, part = number.partition(signs[0])
    return "" if len(part) == 3 and whole.lstrip("+-") not in ("0", "") and len(whole.lstrip("+-")) <= 3 else signs[0]


def amount(cell: str, sign: str) -> tuple[Decimal, str]:
    """A number, and the unit behind it or "". Raises ValueError.

    >>> amount("6,2 mi", ","), amount("1,600", ".")
    ((Decimal('6.2'), 'mi'), (Decimal('1600'), ''))
    """
    match = _WITH_UNIT.match(cell.strip())
    if match is None or not _NUMBER.match(match["number"]) or len(match["number"]) > 26:
        raise ValueError(f'found "{cell.strip()[:40]}"')
    unit = by_word("units").get(fold(match["unit"] or ""), "") if match["unit"] else ""
    if match["unit"] and not unit:
        raise ValueError(f'found "{cell.strip()[:40]}"')
    number = re.sub("[,'’]" if sign == POINT else "[.'’]", "", match["number"]).replace(",", ".")
    return Decimal(number), unit


def durations(cell: str, sign: str, unit: str) -> tuple[Decimal, ...]:
    """The seconds a cell may mean: one reading, two for 1:05 and for a number without a unit, none where it is no duration.

    >>> durations("1:05", ".", ""), durations("00:31:24", ".", ""), durations("60", ".", "min")
    ((Decimal('65'), Decimal('3900')), (Decimal('1884'),), (Decimal('3600'),))
    """
    text = cell.strip()
    if match := _CLOCK.match(text):
        minutes, last = Decimal(match["m"]), Decimal(match["s"])
        if match["h"] is not None:
            return (Decimal(match["h"]) * 3600 + minutes * 60 + last,)
        readings = (minutes * 60 + last, minutes * 3600 + last * 60)
        return {"mm:ss": readings[:1], "h:mm": readings[1:]}.get(unit, readings)
    try:
        number, own = amount(text, _decimal_sign(text) or sign)
        known = SECONDS.get(own or unit)
        return (number * known,) if known else (number * 60, number)
    except ValueError:
        pass
    if text and (match := _WORDS.match(text)) and any(match.groups()):
        h, m, s = (Decimal((match[part] or "0").replace(",", ".")) for part in ("h", "m", "s"))
        return (h * 3600 + m * 60 + s,)
    return ()
