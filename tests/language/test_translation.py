"""One English text, told in another language: a whole sentence, by side or number where that decides; else it stays English."""

from decimal import Decimal

from stridewise.language.dosage_words import every_load
from stridewise.language.translation import (
    ENGLISH,
    Language,
    all_of,
    either,
    language_in_force,
    say,
    say_number,
    speaking,
    told_inside,
    told_number,
    told_quantity,
)

GERMAN = Language(
    "de",
    {
        "Start with the {side} side.": {"left": "Links beginnen.", "right": "Rechts beginnen.", "both": "Beide zugleich."},
        "{number} notes": {"one": "{number} Hinweis", "other": "{number} Hinweise"},
        "{number} weeks": {"one": "{number} Woche", "other": "{number} Wochen"},
        "{one} or {other}": "{one} oder {other}",
        "calf": "Wade",
    },
    {"muscles": {"calf": "Wadenmuskel"}},
)
POLISH = Language("pl", {"{number} notes": {"one": "{number} uwaga", "few": "{number} uwagi", "other": "{number} uwag"}})


def test_english_is_what_code_and_packs_hold() -> None:
    assert say("Start with the {side} side.", side="left") == "Start with the left side."
    assert (say_number("{number} note", "{number} notes", 1), say_number("{number} note", "{number} notes", 2)) == (
        "1 note",
        "2 notes",
    )
    assert told_number(Decimal("2.5")) == "2.5"
    assert language_in_force() is ENGLISH


def test_a_side_chooses_its_whole_sentence() -> None:
    with speaking(GERMAN):
        assert say("Start with the {side} side.", side="left") == "Links beginnen."
        assert say("Start with the {side} side.", side="both") == "Beide zugleich."


def test_a_number_chooses_its_form_by_the_rules_of_the_language() -> None:
    with speaking(GERMAN):
        assert [say_number("{number} note", "{number} notes", n) for n in (1, 2)] == ["1 Hinweis", "2 Hinweise"]
        assert told_quantity(Decimal(1), "weeks") == "1 Woche"
    with speaking(POLISH):
        assert [say_number("{number} note", "{number} notes", n) for n in (1, 3, 5)] == ["1 uwaga", "3 uwagi", "5 uwag"]


def test_only_english_takes_the_capital_of_a_title_away() -> None:
    assert (told_inside("Load the tendon"), told_inside("ACL repair")) == ("load the tendon", "ACL repair")
    with speaking(GERMAN):
        assert told_inside("Sehne beruhigen") == "Sehne beruhigen"


def test_a_decimal_has_the_sign_of_its_language() -> None:
    with speaking(GERMAN):
        assert told_number(Decimal("2.5")) == "2,5"
        assert told_quantity(Decimal("7.5"), "km") == "7,5 km"


def test_a_word_may_differ_by_the_list_it_is_of() -> None:
    with speaking(GERMAN):
        assert (say("calf"), say("calf", "muscles"), say("calf", "pain_regions")) == ("Wade", "Wadenmuskel", "Wade")


def test_what_is_not_translated_is_told_in_english() -> None:
    with speaking(GERMAN):
        assert say("Stop at once.") == "Stop at once."
        assert say("Run {km} km.", km=Decimal(12)) == "Run 12 km."


def test_a_value_is_never_read_as_a_placeholder() -> None:
    """What a clinician wrote may hold braces."""
    assert say("Requested by the clinician: {reason}.", reason="{side} {x}") == "Requested by the clinician: {side} {x}."


def test_lists_are_joined_in_the_language() -> None:
    with speaking(GERMAN):
        assert (either(["a", "b", "c"]), either(["a"]), either([])) == ("a oder b oder c", "a", "")
    assert (all_of(["a", "b"]), all_of([])) == ("a and b", "")


def test_a_language_ends_with_its_block() -> None:
    with speaking(GERMAN), speaking(POLISH):
        assert language_in_force() is POLISH
    assert language_in_force() is ENGLISH


def test_every_load_is_listed_once_in_words() -> None:
    loads = [load for load in every_load() if load]
    assert {"body weight", "a light dumbbell", "two heavy dumbbells", "a firm band", "machine at a light weight"} <= set(loads)
