"""Clinicians' shorthand becomes the notation of profiles, or is told with an example; it is never guessed."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import TOY
from plans import built_in
from stridewise.language.fact import read_facts
from stridewise.language.vocabulary import Place, Vocabulary
from stridewise.profile.phrases.entries import read_entries, read_entry


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return built_in().vocabulary


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("HR L 22 / R 14", {"heel_raise_reps": {"left": 22, "right": 14}}),
        ("hr R14 L22", {"heel_raise_reps": {"left": 22, "right": 14}}),
        ("HR: L=22, R=14 reps", {"heel_raise_reps": {"left": 22, "right": 14}}),
        ("HR 22 L / 14 R", {"heel_raise_reps": {"left": 22, "right": 14}}),
        ("HR 22/14", {"heel_raise_reps": {"left": 22, "right": 14}}),
        ("HR 22", {"heel_raise_reps": 22}),
        ("heel raises L 22", {"heel_raise_reps": 22, "side": "left"}),
        ("heel_raise_reps 22/14", {"heel_raise_reps": {"left": 22, "right": 14}}),
        ("KTW 7/10 cm", {"knee_to_wall_cm": {"left": "7 cm", "right": "10 cm"}}),
        ("KTW L 7.5", {"knee_to_wall_cm": Decimal("7.5"), "side": "left"}),
        ("SLS 5/3", {"single_leg_squat_reps": {"left": 5, "right": 3}}),
        ("side plank 40/35 secs", {"side_plank_s": {"left": "40 s", "right": "35 s"}}),
        ("plank 1 min", {"plank_s": "1 min"}),
        ("hop 1.2 m left and 1.1 m right", {"hop_distance_cm": {"left": "1.2 m", "right": "1.1 m"}}),
        ("hop pain L 3/10", {"hop_pain": 3, "side": "left"}),
        ("balance 20 s both", {"balance_s": "20 s", "side": "both"}),
        ("MMT 4-/5", {"strength_mrc": Decimal("3.5")}),
        ("MMT soleus L 4-/5", {"strength_mrc": Decimal("3.5"), "side": "left", "muscle": "soleus"}),
        ("glute med MMT L 4+/5 R 5/5", {"strength_mrc": {"left": Decimal("4.5"), "right": 5}, "muscle": "gluteus_medius"}),
        ("MMT quads 4/4", {"strength_mrc": {"left": 4, "right": 4}, "muscle": "quadriceps"}),
        ("weak glutes", "weak glutes"),
        ("race in 3 weeks", "race in 3 weeks"),
        ("rounded back in squat", "rounded back in squat"),
        ("weak glutes L", {"alias": "weak glutes", "side": "left"}),
        ("valgus knee L", {"alias": "valgus knee", "side": "left"}),
        ("Knee valgus (R) marked during SLS", {"alias": "knee valgus", "grade": "marked", "side": "right", "during": "sls"}),
        ("tight soleus R", {"tightness": "soleus", "side": "right"}),
        ("weak soleus marked", {"weakness": "soleus", "grade": "marked"}),
        ("trendelenburg L", {"movement_fault": "pelvic_drop", "side": "left"}),
        ("hip hinge owned", {"skill": "hip_hinge", "grade": "owned"}),
        ("locking L", {"symptom": "locking", "side": "left"}),
        ("fever", {"red_flag": "fever"}),
        ("weakness: soleus, side: left", {"weakness": "soleus", "side": "left"}),
        ("{weakness: soleus, grade: marked}", {"weakness": "soleus", "grade": "marked"}),
        (
            "outer knee pain L 3/10 during run for 6 weeks next morning 1",
            {"alias": "outer knee pain", "next_morning": 1, "intensity": 3, "weeks": 6, "side": "left", "during": "run"},
        ),
    ],
)
def test_what_is_jotted_down_becomes_an_entry(words: Vocabulary, text: str, entry: Any) -> None:
    """Left stands before right; one number without a side is for both; + and - are half a grade."""
    assert read_entry(text, words) == [entry]


@pytest.mark.parametrize(
    ("text", "kinds", "entry"),
    [
        ("hamstring strain R 5 months ago", ("injury",), {"injury": "hamstring_strain", "months_ago": 5, "side": "right"}),
        ("hamstring strain R", ("diagnosis",), {"diagnosis": "hamstring_strain", "side": "right"}),
        ("blood thinners", ("medication",), {"medication": "anticoagulants"}),
        ("achilles R", ("pain",), {"pain": "achilles", "side": "right"}),
    ],
)
def test_a_term_alone_is_of_the_kind_that_is_asked_for(
    words: Vocabulary, text: str, kinds: tuple[str, ...], entry: dict[str, Any]
) -> None:
    assert read_entry(text, words, kinds) == [entry]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("knee pain L 4/10 R 2/10", {}),
        ("knee pain (L) 4/10 / (R): 2/10", {}),
        ("knee pain R 2/10 and L 4/10", {}),
        ("knee pain L 4/10 R 2/10 running, 3 weeks", {"during": "running", "weeks": 3}),
        ("knee pain links 4/10 rechts 2/10", {}),
    ],
)
def test_a_score_for_each_side_is_two_entries(words: Vocabulary, text: str, more: dict[str, Any]) -> None:
    """What stands around the scores holds for both sides."""
    scores = {"left": 4, "right": 2}
    entries = read_entries(text, words, ("pain",))
    assert sorted(entries, key=str) == [
        {"alias": "knee pain", "side": side, "intensity": score, **more} for side, score in scores.items()
    ]


def test_the_german_compound_is_a_diagnosis(words: Vocabulary) -> None:
    assert read_entries("Achillestendinopathie links", words) == [{"diagnosis": "achilles_tendinopathy", "side": "left"}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weak glutse", 'Did you mean "weak glutes"?'),
        ("bananas", "Write, for example,"),
        ("not feverish today", "unknown phrase"),
        ("22", "unknown phrase"),
        ("knee pain L 4/10 L 2/10", "side is said twice"),
        ("knee pain L 4/10 R 2/10 both", "side is said twice"),
        ("knee pain L 4/10 running R 2/10 walking", "side is said twice"),
        ("knee pain L 4/10, R 2/10", "side is said twice"),
        ("knee pain L 4/10 R 12/10", "intensity 12 is outside 0 to 10"),
        ("pain L 4/10 R 2/10", "unknown phrase"),
        ("valgus knee L 4/10 R 2/10", '"movement_fault" takes no intensity'),
        ("Achillestendinopathien", 'Did you mean "achillestendinopathie"?'),
        ("HR lots", 'Expected a number, such as "HR 8" or "HR L 8 / R 10"'),
        ("HR 1/2/3", 'expected a number, such as "HR 8"'),
        ("HR L 1 / L 2", "expected a number"),
        ("HR L 1 / 2", "expected a number"),
        ("HR 1 or 2", 'expected count, found "or"'),
        ("HR 500", "heel_raise_reps 500 is outside 0 to 100"),
        ("KTW 7 kg", 'expected cm, found "kg"'),
        ("plank 40/50", "expected a number of s"),
        ("MMT 6/5", "a grade from 0 to 5"),
        ("MMT 5+", "strength_mrc 5.5 is outside 0 to 5"),
        ("MMT glute 4/5", 'unknown muscle "glute".'),
        ("weakness: soleu", 'unknown muscle "soleu". Did you mean "soleus"?'),
        ("{weakness: soleus", "is not in the notation of profiles"),
        ("outer knee 15/10", "intensity 15 is outside 0 to 10"),
        ("tight soleus 3/10", '"tightness" takes no intensity'),
    ],
)
def test_what_is_not_understood_is_told_with_what_is_expected(words: Vocabulary, text: str, told: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        read_entry(text, words, ("pain", "injury"))
    assert told in str(raised.value)


def test_a_line_may_hold_several_and_the_wrong_one_is_named(words: Vocabulary) -> None:
    assert read_entries("weak glutes; HR L 22, R 14, KTW 7", words) == [
        "weak glutes",
        {"heel_raise_reps": {"left": 22, "right": 14}},
        {"knee_to_wall_cm": 7},
    ]
    assert len(read_entries("weak glutes, valgus knee L, HR 8; fever", words)) == 4
    with pytest.raises(ValueError, match='unknown phrase "bananas"'):
        read_entries("weak glutes, bananas, HR 8", words)


def test_every_short_name_stands_for_a_measure(words: Vocabulary) -> None:
    names = {name: kind for kind in words.kinds.values() if kind.type.is_number for name in kind.traits.shorthand}
    assert {"hr", "ktw", "sls", "mmt"} <= names.keys()
    for name, kind in names.items():
        (entry,) = read_entry(f"{name.upper()} 5", words)
        assert kind.name in entry


def test_other_vocabularies_are_read_as_well() -> None:
    """The measures and terms of any pack; nothing is built in but the short names."""
    assert read_entry("colour: red", TOY) == [{"colour": "red"}]
    assert read_entry("scarlet", TOY, ("colour",)) == [{"colour": "red"}]


@pytest.mark.slow
@given(st.text(max_size=60))
def test_any_text_is_an_entry_a_profile_may_hold_or_is_told(text: str) -> None:
    """Nothing else is raised, and what is accepted is in the notation."""
    vocabulary = built_in().vocabulary
    try:
        entries = read_entries(text, vocabulary, ("pain", "injury"))
    except ValueError:
        return
    for entry in entries:
        if isinstance(entry, dict) and "alias" not in entry:
            read_facts(vocabulary, entry, Place("", 0))


@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from(["HR L {} / R {}", "hr {}/{}", "HR {} L, {} R", "slhr l{} r{}"]))
def test_both_sides_keep_their_numbers(left: int, right: int, form: str) -> None:
    assert read_entry(form.format(left, right), built_in().vocabulary) == [{"heel_raise_reps": {"left": left, "right": right}}]
