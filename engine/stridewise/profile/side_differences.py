"""How far one side lies behind the other, worked out wherever a test is recorded for both."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from stridewise.language.fact import Fact, make_fact
from stridewise.language.vocabulary import Value
from stridewise.profile.load_measures import HUNDRED
from stridewise.profile.reader import Reader

KIND = "side_difference"
MEASURES = "side_measures"  # the tests that are compared: a pack may add its own


def side_differences(reader: Reader, facts: Iterable[Fact]) -> Iterator[Fact]:
    """One fact for each test whose sides differ: the difference, the weaker side, and its percentage of the other one."""
    if KIND not in reader.vocabulary.kinds:
        return
    measures = reader.vocabulary.terms.get(MEASURES, {})
    by_side = {(fact.kind, fact.side): fact for fact in facts if fact.kind in measures and isinstance(fact.value, Decimal)}
    for measure in measures:
        if (measure, "left") in by_side and (measure, "right") in by_side:
            yield from _difference(reader, measure, by_side[measure, "left"], by_side[measure, "right"])


def _difference(reader: Reader, measure: str, left: Fact, right: Fact) -> Iterator[Fact]:
    weaker, stronger = sorted((left, right), key=lambda fact: Decimal(fact.value))
    low, high = Decimal(weaker.value), Decimal(stronger.value)
    if low == high:
        return
    attributes: dict[str, Value] = {"measure": measure, "side": str(weaker.side), "percent": low * HUNDRED / high}
    kind = reader.vocabulary.kinds[KIND]
    yield make_fact(reader.vocabulary, kind, high - low, attributes, places=weaker.places + stronger.places)
