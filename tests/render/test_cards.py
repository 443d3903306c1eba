"""The cards: short, the most urgent first, each with its source, and nothing that a pack or profile says is obeyed."""

import json
import uuid
from typing import Any

import pytest

from fhir_kit import walk
from render_kit import EVIL, PROFILES, because, example, hostile, plan, refer_first, referral
from stridewise.plan.model import ClinicalWarning, SwapMade
from stridewise.render.cards import INDICATORS, OVERRIDE_REASONS, cards


def made(one: Any) -> list[dict[str, Any]]:
    return cards(one, "call", "p-7")


@pytest.mark.parametrize("name", PROFILES)
def test_every_card_is_as_the_standard_asks(name: str) -> None:
    held = made(example(name))
    for card in held:
        assert 0 < len(card["summary"]) < 140
        assert card["source"]["label"].startswith("stridewise ")
        assert uuid.UUID(card["uuid"])
        assert card["detail"]
        assert ("suggestions" in card) == ("selectionBehavior" in card)
    assert len({card["uuid"] for card in held}) == len(held)
    ranks = [INDICATORS.index(card["indicator"]) for card in held]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("name", PROFILES)
def test_no_referral_and_no_firm_warning_is_without_its_card(name: str) -> None:
    one, told = example(name), json.dumps([card["detail"] for card in made(example(name))])
    firm = [warning for warning in one.warnings if warning.level != "info"]
    ruled_out = any(swap.level in ("contraindication", "referral") for swap in one.swaps)
    assert len(made(one)) == len(one.referrals) + len(firm) + ruled_out + 1
    assert all(each.id.split("/")[-1] in told for each in (*one.referrals, *firm))


@pytest.mark.parametrize(
    ("urgency", "stops", "indicator"),
    [
        ("emergency", "all_exercise", "critical"),
        ("same_day", "nothing", "critical"),
        ("urgent", "nothing", "warning"),
        ("routine", "nothing", "info"),
        ("routine", "all_exercise", "warning"),
    ],
)
def test_a_referral_is_as_loud_as_it_is_urgent(urgency: str, stops: str, indicator: str) -> None:
    (card,) = [one for one in made(plan(referrals=(referral("doctor", urgency, stops, "Go."),))) if "suggestions" in one]
    assert card["indicator"] == indicator
    assert [one["code"] for one in card["overrideReasons"]] == list(OVERRIDE_REASONS)


def test_a_suggestion_is_a_draft_for_this_patient_that_fhir_allows() -> None:
    pytest.importorskip("fhir.resources")
    from fhir.resources.R4B.servicerequest import ServiceRequest

    (action, *_) = [one["suggestions"][0]["actions"][0] for one in made(refer_first()) if "suggestions" in one]
    read = ServiceRequest.model_validate(action["resource"])
    assert (action["type"], read.status, read.intent, read.priority) == ("create", "draft", "proposal", "stat")
    assert read.subject.reference == "Patient/p-7"
    for part, name, value in walk(read):
        assert value in ((type(part).model_fields[name].json_schema_extra or {}).get("enum_values") or [value])


def test_what_must_not_be_done_is_one_card() -> None:
    swaps = tuple(
        SwapMade(avoid=name, instead=None, level="contraindication", keeps="", loses="", because=because())
        for name in ("thumb_twist", "thumb_jump")
    )
    (card,) = [one for one in made(plan(swaps=swaps)) if one["summary"].startswith("Not to be done: ")]
    assert card["indicator"] == "warning"
    assert "thumb" in card["detail"]


def test_a_long_warning_is_cut_in_its_summary_alone() -> None:
    text = "Mind the step. " * 20
    (card,) = [
        one
        for one in made(plan(warnings=(ClinicalWarning(id="w", level="critical", text=text, because=()),)))
        if one["indicator"] == "critical"
    ]
    assert card["summary"].endswith(" …")
    assert text.strip() in card["detail"]


def test_text_from_outside_is_shown_and_not_obeyed() -> None:
    told = "\n".join(card["detail"] for card in made(hostile()))
    assert EVIL.split(maxsplit=1)[0] not in told
    assert "\\<script\\>" in told


def test_the_same_call_gives_the_same_cards_and_another_call_others() -> None:
    assert made(plan()) == made(plan())
    other = cards(plan(), "other", "p-7")
    assert not {card["uuid"] for card in other} & {card["uuid"] for card in made(plan())}
