"""What the profile records, in the bundle: each test with its side and day, a diagnosis as provisional, nothing assumed, what is
not there never as found; and the codes that a pack gives to its terms."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from check_kit import vocabulary
from fhir_kit import details, of_kind, read_bundle
from kit import SOURCES, VOCABULARY, toy_pack
from plans import built_in
from render_kit import AS_OF, example
from stridewise.documents.reader import parse_document
from stridewise.errors import PackError, ProfileError
from stridewise.language.vocabulary import Coding
from stridewise.profile.profile import read_profile
from stridewise.program.builder import build_program
from stridewise.render.fhir import render_fhir
from stridewise.session import recommend

PROFILE = """
schema: 1
recorded: 2026-11-20
runner: {ref: R-1, age: 34}
diagnosis: [{condition: achilles_tendinopathy, side: right}]
findings:
  - {heel_raise_reps: {left: 22, right: 14}}
  - {weakness: gluteus_medius, side: left, grade: normal}
  - {weakness: soleus, side: right}
symptoms: [{denied: night_pain}, {pain: achilles, side: right, intensity: 3}]
scores: [{visa_a: 61, date: 2026-11-02}]
safety: {screened: 2026-11-20, red_flags: [fever]}
constraints: {equipment: [dumbbell]}
"""


@pytest.fixture(scope="module")
def value() -> dict[str, Any]:
    profile = read_profile(parse_document(PROFILE.encode(), "r.yaml", ProfileError))
    made: dict[str, Any] = json.loads(render_fhir([recommend(profile, built_in(), AS_OF, "reference")]))
    read_bundle(made)
    return made


def observed(value: dict[str, Any], text: str) -> list[dict[str, Any]]:
    return [one for one in of_kind(value, "Observation") if text in one["code"]["text"]]


def test_a_test_has_its_side_its_number_and_the_day_of_recording(value: dict[str, Any]) -> None:
    raises = observed(value, "heel raises")
    assert {(one["bodySite"]["text"], one["valueQuantity"]["value"]) for one in raises} == {("left", 22), ("right", 14)}
    assert {one["effectiveDateTime"] for one in raises} == {"2026-11-20"}


def test_a_score_has_its_own_day(value: dict[str, Any]) -> None:
    (score,) = observed(value, "VISA-A")
    assert (score["effectiveDateTime"], score["valueQuantity"]["value"]) == ("2026-11-02", 61)


def test_what_is_normal_or_denied_is_never_told_as_found(value: dict[str, Any]) -> None:
    for text in ("gluteus medius", "night pain"):
        (one,) = observed(value, text)
        assert one["valueBoolean"] is False
        assert "valueCodeableConcept" not in one


def test_what_was_only_assumed_is_not_told(value: dict[str, Any]) -> None:
    (weak,) = [one for one in of_kind(value, "Observation") if one.get("valueCodeableConcept", {}).get("text") == "soleus"]
    assert "component" not in weak  # its grade was not recorded
    (condition,) = of_kind(value, "Condition")
    assert [one["code"] for one in condition["verificationStatus"]["coding"]] == ["provisional"]


def test_a_diagnosis_is_told_once_and_the_plan_addresses_it(value: dict[str, Any]) -> None:
    assert not observed(value, "tendinopathy")
    (care,) = of_kind(value, "CarePlan")
    assert care["addresses"] == [{"reference": f"urn:uuid:{of_kind(value, 'Condition')[0]['id']}"}]


def test_a_red_flag_is_told_and_equipment_is_not(value: dict[str, Any]) -> None:
    (flag,) = observed(value, "red flag")
    assert flag["valueCodeableConcept"]["text"] == "fever"
    assert "dumbbell" not in json.dumps(of_kind(value, "Observation"))


def test_no_codes_are_shipped(value: dict[str, Any]) -> None:
    """But for two states of a diagnosis, which are FHIR's own."""
    assert not any(built_in().vocabulary.codings.values())
    coded = [one for one in value["entry"] if '"coding"' in json.dumps(one)]
    assert {one["resource"]["resourceType"] for one in coded} == {"Condition"}


def test_codes_of_a_pack_stand_beside_the_words() -> None:
    one = example("achilles_pain")
    codes = {
        "exercises": {"split_squat": (Coding("http://example.org/e", "E-17"),)},
        "kinds": {"heel_raise_reps": (Coding("http://example.org/t", "T-3", "Raises"),)},
    }
    words = replace(built_in().vocabulary, codings=codes)
    made = json.loads(render_fhir([replace(one, on_record=replace(one.on_record, vocabulary=words))]))
    read_bundle(made)
    (squat,) = [each for each in details(made) if each["code"]["text"] == "Split squat"]
    assert squat["code"]["coding"] == [{"system": "http://example.org/e", "code": "E-17"}]
    assert [each["code"]["coding"][0]["display"] for each in observed(made, "heel raises")] == ["Raises", "Raises"]
    assert made["entry"][-1]["resource"] == json.loads(render_fhir([one]))["entry"][-1]["resource"]  # they change no plan


CODED = {
    "colours": {"red": [{"system": "http://example.org/colours", "code": "R 1", "display": "Red"}]},
    "kinds": {"size": [{"system": "urn:oid:1.2.3", "code": "7"}]},
}


def program_with(tmp_path: Path, **written: Any) -> Any:
    base = {"vocabulary/v.yaml": VOCABULARY, "sources.yaml": SOURCES}
    return build_program([toy_pack(tmp_path / "toy", (), {**base, **vocabulary(**written)})], without_safety=True)


def test_a_pack_gives_codes_to_terms_and_kinds(tmp_path: Path) -> None:
    held = program_with(tmp_path, codings=CODED).vocabulary.codings
    assert held["colours"]["red"] == (Coding("http://example.org/colours", "R 1", "Red"),)
    assert held["kinds"]["size"] == (Coding("urn:oid:1.2.3", "7"),)


@pytest.mark.parametrize(
    ("codings", "told"),
    [
        ({"colors": {"red": []}}, 'codings: unknown list "colors". Did you mean "colours"?'),
        ({"colours": {"rad": []}}, 'codings.colours: unknown term "rad". Did you mean "red"?'),
        ({"kinds": {"sizes": []}}, 'codings.kinds: unknown term "sizes". Did you mean "size"?'),
        ({"colours": {"red": [{"system": "loinc", "code": "1"}]}}, 'found "loinc"'),
        ({"colours": {"red": [{"system": "urn:x", "code": " 1"}]}}, 'found " 1"'),
        (
            {"colours": {"red": [{"system": "urn:x:1", "code": "1"}, {"system": "urn:x:1", "code": "2"}]}},
            'codings.colours.red: it has the code "1" of urn:x:1 already; leave one of them out',
        ),
    ],
)
def test_a_code_that_will_not_do_is_told_at_its_line(tmp_path: Path, codings: Any, told: str) -> None:
    with pytest.raises(PackError, match=r"own\.yaml:") as raised:
        program_with(tmp_path, codings=codings)
    assert any(told in str(problem) for problem in raised.value.problems)
