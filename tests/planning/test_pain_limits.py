"""The pain limit of each region and exercise by itself."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from situations import record, situation_of
from stridewise.language.fact import Fact
from stridewise.planning.pain_limits import pain_limit, region_limits
from stridewise.planning.situation import Situation

LIMITS = ("none_at_all", "up_to_two", "up_to_five")  # the most cautious first
REGIONS = {"calf": ("achilles", "impact"), "back": ("lumbar_extension",), "arm": ()}


def term(name: str, demands: tuple[str, ...] = ()) -> Any:
    return SimpleNamespace(label=name.replace("_", " "), demands=demands)


TERMS = {
    "pain_limits": {name: term(name) for name in LIMITS},
    "pain_regions": {name: term(name, demands) for name, demands in REGIONS.items()},
}


def runner(*limits: str, sore: tuple[str, ...] = (), terms: Any = TERMS) -> Situation:
    """`limits` as "region limit", or a limit alone for what holds everywhere."""
    facts = []
    for written in limits:
        *region, limit = written.split()
        facts.append(Fact("pain_limit", limit, tuple(("region", name) for name in region)))
    return situation_of({"pain": sore, "pain_limit": facts}, vocabulary=SimpleNamespace(terms=terms))


@pytest.mark.parametrize(
    ("situation", "limits"),
    [
        (runner(), {}),
        (runner(sore=("calf", "back")), {"calf": "up_to_two", "back": "up_to_two"}),
        (runner("calf up_to_five", sore=("calf",)), {"calf": "up_to_five"}),
        (runner("calf none_at_all", sore=("back",)), {"calf": "none_at_all", "back": "up_to_two"}),
        (runner("none_at_all"), {"": "none_at_all"}),
        (runner("calf up_to_five", "calf none_at_all", "calf up_to_two"), {"calf": "none_at_all"}),
        (runner("calf up_to_five", "calf up_to_two", "back up_to_five"), {"calf": "up_to_two", "back": "up_to_five"}),
    ],
)
def test_each_sore_region_has_the_most_cautious_limit_concluded_else_the_usual_one(
    situation: Situation, limits: dict[str, str]
) -> None:
    assert region_limits(situation) == limits


HOP = record(demands={"impact": 1})
EXTENDS = record(demands={"lumbar_extension": 2, "achilles": 0})
SITS = record(demands="none")
USUAL = "up to 2 of 10, back to its usual level by the next morning"


@pytest.mark.parametrize(
    ("situation", "said"),
    [
        (runner(), ["up to two"] * 3),
        (runner("none_at_all"), ["none at all"] * 3),
        (runner("calf none_at_all"), ["none at all", "up to two", "up to two"]),
        (runner("calf up_to_five", "back none_at_all"), ["up to five", "none at all", "up to two"]),
        (runner("calf up_to_five", "up_to_two"), ["up to two"] * 3),
        (runner("calf none_at_all", "up_to_five"), ["none at all", "up to five", "up to five"]),
        (runner("arm none_at_all"), ["up to two"] * 3),
        (runner("nowhere none_at_all"), ["up to two"] * 3),
        (runner("calf none_at_all", terms={"pain_limits": TERMS["pain_limits"]}), ["up to two"] * 3),
        (runner(sore=("calf",), terms={}), [USUAL] * 3),
        (runner(sore=("calf",), terms={"pain_regions": TERMS["pain_regions"]}), [USUAL] * 3),
    ],
)
def test_an_exercise_has_the_most_cautious_limit_of_what_it_loads(situation: Situation, said: list[str]) -> None:
    assert [pain_limit(situation, exercise) for exercise in (HOP, EXTENDS, SITS)] == said


def test_what_nobody_described_loads_every_region() -> None:
    assert pain_limit(runner("calf none_at_all"), record(demands=cast(Any, None))) == "none at all"
