"""Which referrals stand in a plan and in what order, by itself. Urgencies and what is stopped are written down once more."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from stridewise.language.rule import Refer
from stridewise.plan.model import Because, Referral
from stridewise.planning.referrals import must_refer_first, referrals
from stridewise.recommendation.collect import Recommendation

URGENT_FIRST = ("emergency", "same_day", "urgent", "routine")
STRICT_FIRST = ("all_exercise", "weight_bearing", "lower_limb", "running", "impact", "nothing")


class Labels:
    def label(self, group: str, name: str) -> str:
        return f"the {name} of {group}"


def sends(rule: str, urgency: str = "urgent", stops: str = "running", to: str = "physician", text: str = "Go.") -> Recommendation:
    what = Refer(refer=to, urgency=cast(Any, urgency), stops=cast(Any, stops), text=text)
    return Recommendation(what, Because(rule=rule, text=f"{rule} saw it."), cast(Any, None))


def made(*sent: Recommendation) -> tuple[Referral, ...]:
    return referrals(cast(Any, Labels()), cast(Any, SimpleNamespace(refer=sent)))


def test_a_referral_is_told_whole() -> None:
    (one,) = made(sends("a/a"))
    assert one == Referral(
        id="a/a",
        to="physician",
        urgency="urgent",
        stops="running",
        text="Go.",
        to_name="the physician of professionals",
        because=(Because(rule="a/a", text="a/a saw it."),),
    )
    assert made() == ()


def test_the_most_urgent_stands_first_then_the_strictest_whatever_the_order_of_rules() -> None:
    every = [
        sends(f"a/{9 - place}", urgency, stops)
        for place, (urgency, stops) in enumerate((u, s) for u in URGENT_FIRST for s in STRICT_FIRST)
    ]
    expected = [(u, s) for u in URGENT_FIRST for s in STRICT_FIRST]
    assert [(one.urgency, one.stops) for one in made(*every)] == expected
    assert [(one.urgency, one.stops) for one in made(*every[::-1])] == expected


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_equal_ones_are_one_with_every_reason_once(order: tuple[int, ...]) -> None:
    same = [sends("b/b"), sends("a/a"), sends("a/a")]
    (one,) = made(*(same[place] for place in order))
    assert [because.rule for because in one.because] == ["a/a", "b/b"]
    assert one.id == same[order[0]].because.rule


@pytest.mark.parametrize("other", [{"urgency": "routine"}, {"stops": "impact"}, {"to": "midwife"}, {"text": "Go soon."}])
def test_what_differs_in_anything_stands_by_itself(other: dict[str, str]) -> None:
    assert len(made(sends("a/a"), sends("b/b", **other))) == 2


def test_alike_in_urgency_and_strictness_they_stand_in_the_order_of_rules_and_reasons() -> None:
    one, other = sends("b/b", to="midwife"), sends("a/a")
    assert [found.id for found in made(one, other)] == [found.id for found in made(other, one)] == ["a/a", "b/b"]
    twice = [sends("a/a", text="Go soon."), sends("a/a", text="Go.")]
    told = [
        Recommendation(item.what, Because(rule="a/a", text=text), cast(Any, None)) for item, text in zip(twice, "ba", strict=True)
    ]
    assert [found.because[0].text for found in made(*told)] == ["a", "b"]
    assert [found.because[0].text for found in made(*told[::-1])] == ["a", "b"]


@pytest.mark.parametrize(
    ("urgency", "stops", "first"),
    [
        ("emergency", "nothing", True),
        ("same_day", "nothing", True),
        ("urgent", "nothing", False),
        ("urgent", "impact", True),
        ("routine", "running", False),
        ("routine", "all_exercise", True),
    ],
)
def test_any_that_comes_first_comes_before_the_plan(urgency: str, stops: str, first: bool) -> None:
    later = sends("z/z", "routine", "nothing")
    assert must_refer_first(made(later, sends("a/a", urgency, stops))) is first
    assert not must_refer_first(made(later))
    assert not must_refer_first(())
