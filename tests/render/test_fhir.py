"""The FHIR bundle: valid for an independent library, nothing of the plan lost, and nothing that a careless reader could take for
something to do that must not be done."""

import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from fhir_kit import details, of_kind, open_to_do, read_bundle
from render_kit import PROFILES, because, everything_said, example, hostile, plan, refer_first, referral
from stridewise.language.dosage import Dosage
from stridewise.language.rule import Urgency
from stridewise.plan.model import REFER_FIRST, Acknowledged, CurrentExercise, Plan, PlannedDay, SwapMade
from stridewise.render.clinic import NOBODY, Clinic
from stridewise.render.fhir import bundle, render_fhir


def made(one: Plan) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(render_fhir([one]))
    read_bundle(value)
    return value


@cache
def made_of(name: str) -> dict[str, Any]:
    return made(example(name))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("CarePlan", {"status": "ready"}),
        ("CarePlan", {"intent": None}),
        ("ServiceRequest", {"priority": "now"}),
        ("CarePlan", {"goal": [{"reference": "urn:uuid:1"}]}),
        ("Flag", {"name": "x"}),
        ("Provenance", {"recorded": "2026-11-21"}),
    ],
)
def test_the_reader_of_these_tests_sees_what_is_wrong(kind: str, change: dict[str, Any]) -> None:
    value = made(refer_first())
    of_kind(value, kind)[0].update(change)
    with pytest.raises((ValueError, AssertionError)):
        read_bundle(value)


def test_the_reader_of_these_tests_sees_where_a_reference_leads() -> None:
    value = made(refer_first())
    of_kind(value, "CarePlan")[0]["goal"] = [{"reference": value["entry"][0]["fullUrl"]}]
    with pytest.raises(AssertionError, match="ServiceRequest is not one of"):
        read_bundle(value)


@pytest.mark.parametrize("name", PROFILES)
def test_every_example_is_valid_and_says_all_of_it(name: str) -> None:
    """In the resources, not only in the narrative."""
    one = example(name)
    value = made_of(name)
    told = json.dumps([{**entry["resource"], "text": None} for entry in value["entry"]], ensure_ascii=False)
    for text in (
        *everything_said(one),
        *(each.name for each in one.prescriptions),
        *(each.stop_if for each in one.prescriptions),
    ):
        assert json.dumps(text, ensure_ascii=False).strip('"') in told
    assert len(of_kind(value, "ServiceRequest")) == len(one.referrals)
    assert len(of_kind(value, "DetectedIssue")) == len(one.warnings) + len(one.acknowledged) + len(one.swaps)


@pytest.mark.parametrize("name", PROFILES)
def test_nothing_is_more_than_a_draft(name: str) -> None:
    value = made_of(name)
    for kind in ("CarePlan", "ServiceRequest"):
        assert {(one["status"], one["intent"]) for one in of_kind(value, kind)} <= {("draft", "proposal")}
    assert {one["lifecycleStatus"] for one in of_kind(value, "Goal")} <= {"proposed"}
    assert {one["status"] for kind in ("Observation", "DetectedIssue") for one in of_kind(value, kind)} <= {"preliminary"}


@pytest.mark.parametrize("name", PROFILES)
def test_what_is_stopped_is_nothing_to_do(name: str) -> None:
    """Neither by its status nor by its words, for a reader that knows nothing of `doNotPerform`."""
    one = example(name)
    value = made_of(name)
    to_do = open_to_do(value)
    planned = {each.exercise for each in one.prescriptions}
    left = {each.name for each in one.current if each.exercise not in planned and each.verdict in ("pause", "stop")}
    left |= {each.avoid_name for each in one.swaps}
    assert not left & set(to_do)
    stays = {each.name for each in one.current if each.exercise in planned or "Keep it" in each.text or each.verdict == "keep"}
    assert one.status == REFER_FIRST or stays <= set(to_do)
    for each in details(value):
        assert not each["doNotPerform"] or (
            each["code"]["text"].startswith("Not to be done: ") and each["status"] in ("stopped", "on-hold", "cancelled")
        )


@pytest.mark.parametrize(
    ("urgency", "priority", "until"),
    [
        ("emergency", "stat", "2026-11-21"),
        ("same_day", "asap", "2026-11-21"),
        ("urgent", "urgent", "2026-11-24"),
        ("routine", "routine", None),
    ],
)
def test_a_referral_has_its_priority_and_its_last_day(urgency: Urgency, priority: str, until: str | None) -> None:
    value = made(plan(referrals=(referral("family_doctor", urgency, "nothing", "Ask."),)))
    (request,) = of_kind(value, "ServiceRequest")
    assert (request["priority"], request.get("occurrencePeriod", {}).get("end")) == (priority, until)
    assert request["patientInstruction"] == "Ask."
    (care,) = of_kind(value, "CarePlan")
    assert f"urn:uuid:{request['id']}" in [one.get("reference", {}).get("reference") for one in care["activity"]]


def test_who_must_be_seen_first_has_nothing_to_do_yet() -> None:
    """Also what the plan still holds waits, and what stops is a flag and an activity that must not be done."""
    value = made(refer_first())
    assert open_to_do(value) == ["Review"]
    assert {flag["status"] for flag in of_kind(value, "Flag")} == {"active"}
    assert len(of_kind(value, "Flag")) == 2
    assert "Not to be done: all exercise and running" in [one["code"]["text"] for one in details(value) if one["doNotPerform"]]


def test_running_that_is_stopped_is_told_as_such() -> None:
    days = (PlannedDay(date="2026-11-21", week=1, phase="base", sessions=(), running="stopped"),)
    stopped = [one for one in details(made(plan(schedule=days))) if one["code"]["text"] == "Not to be done: Running"]
    assert [(one["doNotPerform"], one["status"]) for one in stopped] == [(True, "on-hold")]


def swap(level: str, avoid: str = "thumb_twist") -> SwapMade:
    return SwapMade(avoid=avoid, instead=None, level=level, keeps="", loses="", because=())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "severity", "forbidden"),
    [
        ("contraindication", "high", True),
        ("referral", "high", True),
        ("precaution", "moderate", True),
        ("banned", "moderate", True),
        ("preference", "low", False),
    ],
)
def test_what_is_kept_out_is_an_issue_of_its_severity(level: str, severity: str, forbidden: bool) -> None:
    value = made(plan(warnings=(), swaps=(swap(level),)))
    assert [one["severity"] for one in of_kind(value, "DetectedIssue")] == [severity]
    assert any(one["doNotPerform"] for one in details(value)) is forbidden


@pytest.mark.parametrize(
    ("verdict", "status", "forbidden"),
    [("keep", "in-progress", False), ("change", "stopped", False), ("pause", "on-hold", True), ("stop", "stopped", True)],
)
def test_what_the_runner_does_now_keeps_its_verdict(verdict: str, status: str, forbidden: bool) -> None:
    now = CurrentExercise(
        exercise="thumb_twist", verdict=verdict, until="it is warm", dosage=None, text="So.", because=(), name="Twist"
    )  # type: ignore[arg-type]
    (found,) = [one for one in details(made(plan(swaps=(), current=(now,)))) if one["code"]["text"].endswith("Twist")]
    assert (found["status"], found["doNotPerform"]) == (status, forbidden)


@pytest.mark.parametrize("less", [{"dosage": Dosage(sets=Decimal(2))}, {"because": because(rule="stridewise/may-stay")}])
def test_an_exercise_that_goes_on_with_less_is_not_stopped(less: dict[str, Any]) -> None:
    now = CurrentExercise(
        exercise="thumb_twist", verdict="change", until=None, dosage=None, text="Less.", because=(), name="Twist"
    )
    (found,) = [one for one in details(made(plan(swaps=(), current=(replace(now, **less),)))) if one["code"]["text"] == "Twist"]
    assert (found["status"], "Less." in found["description"]) == ("in-progress", True)


def test_an_acknowledged_warning_stays_an_issue_with_who_accepts_it() -> None:
    known = Acknowledged(
        kind="warning", id="toy/k", level="critical", text="Mind.", reason="Seen.", by="A. Example", date="2026-11-20", because=()
    )
    (issue,) = of_kind(made(plan(warnings=(), swaps=(), acknowledged=(known,))), "DetectedIssue")
    assert (issue["severity"], issue["mitigation"][0]["author"]) == ("high", {"display": "A. Example"})
    assert "Seen." in issue["mitigation"][0]["action"]["text"]


def test_the_runner_is_a_code_and_no_patient_is_made() -> None:
    value = json.loads(json.dumps(bundle(plan(runner="R-7"), Clinic("Hill Physio"))))
    assert not of_kind(value, "Patient")
    subject = of_kind(value, "CarePlan")[0]["subject"]
    assert (subject["identifier"]["value"], subject["identifier"]["assigner"]) == ("R-7", {"display": "Hill Physio"})
    assert "reference" not in subject


def test_a_hostile_text_stays_a_text() -> None:
    (care,) = of_kind(made(hostile()), "CarePlan")
    assert "<script>" not in care["text"]["div"]
    assert "&lt;script&gt;" in care["text"]["div"]
    odd = made(plan(notices=("a\x07b\u202ec", "  ")))
    assert "a\\u0007b\\u202ec" in json.dumps(odd, ensure_ascii=False).replace("\\\\", "\\")


def test_the_same_plan_is_the_same_bundle_and_a_later_one_another() -> None:
    one = example("achilles_pain")
    assert render_fhir([one]) == render_fhir([replace(one)])
    addresses = [{entry["fullUrl"] for entry in bundle(plan(as_of=day), NOBODY)["entry"]} for day in ("2026-11-21", "2026-11-22")]
    assert not addresses[0] & addresses[1]


def test_a_plan_made_again_on_its_day_takes_the_place_of_the_first() -> None:
    first, again = (bundle(plan(notices=(text,)), NOBODY) for text in ("One.", "Two."))
    assert [entry["fullUrl"] for entry in first["entry"]] == [entry["fullUrl"] for entry in again["entry"]]


def test_several_runners_never_share_a_bundle() -> None:
    several = json.loads(render_fhir([plan(), plan(runner="R-2")]))
    assert [one["resourceType"] for one in several] == ["Bundle", "Bundle"]


def test_what_made_it_is_named_with_its_digests() -> None:
    one = example("achilles_pain")
    (provenance,) = of_kind(made(one), "Provenance")
    named = {entity["what"]["identifier"]["value"] for entity in provenance["entity"]}
    assert {f"sha256:{one.receipt.plan_sha256}", f"sha256:{one.receipt.profile_sha256}", *one.receipt.fired} <= named
    assert {source.key for reason in one.prescriptions[0].because for source in reason.sources} <= named
