"""A profile is described once: its tables follow from its shapes and agree with the vocabulary; each value is judged in place."""

from decimal import Decimal

import pytest

from plans import built_in, intake, minimal, mistakes, taken, values
from stridewise.documents.units import convertible
from stridewise.profile.paths import LEAVES, LISTS, SINGLE, SUFFIXES, TWINS, WORKED_OUT

SCREENED = "screened: 2026-11-21"
KINDS = built_in().vocabulary.kinds


# --- one description --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*SINGLE, *LISTS])
def test_a_place_holds_what_its_kind_is(path: str) -> None:
    """The unit, or the list of terms, that a place asks for is that of the kind it states."""
    leaf, type_ = LEAVES[path], KINDS[(SINGLE | LISTS)[path]].type
    assert (leaf.unit, leaf.terms) == (type_.unit, type_.terms)


@pytest.mark.parametrize("path", ["training.week", "clinician.pin", "clinician.ban"])
def test_terms_inside_a_place_are_of_a_list_of_the_vocabulary(path: str) -> None:
    assert LEAVES[path].terms in built_in().vocabulary.terms


def test_every_kind_that_a_place_states_is_known() -> None:
    """Also those that are worked out."""
    assert {kind for kinds in WORKED_OUT.values() for kind in kinds} <= KINDS.keys()


def test_the_tables_follow_from_the_shapes() -> None:
    """Distances have a place for each unit in their key, the two ways to date a race serve the same kinds."""
    assert SUFFIXES == ("", "_km", "_mi")
    assert set(TWINS) == {"training.weekly_distance", "training.longest_run", "training.planned_longest_run"}
    assert all(twin.unit in convertible(LEAVES[path].unit) for path, twins in TWINS.items() for twin in twins)
    assert WORKED_OUT["race.date, race.in_weeks"] == ("weeks_to_race", "days_to_race")


# --- quantities -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "km"),
    [
        ("longest_run: 20", "20"),
        ("longest_run: 20 mi", "32.18688"),
        ("longest_run_mi: 20", "32.18688"),
        ("longest_run_mi: 20 miles", "32.18688"),
        ("longest_run_km: 20 km", "20"),
        ('longest_run_km: "20.50"', "20.50"),
        ("longest_run_mi: unknown, longest_run_km: 20", "20"),
    ],
)
def test_a_distance_takes_its_unit_in_the_key_or_the_value(written: str, km: str) -> None:
    """Converted exactly."""
    assert values(minimal(f"training: {{{written}}}"), "longest_run") == [Decimal(km)]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("longest_run_mi: 20 km", 'longest_run_mi: expected a number of mi, as the key says, found "20 km"'),
        ("longest_run: 20 parsecs", 'longest_run: expected km, found "parsecs"; there is no conversion between the two'),
        ("longest_run: [20]", "longest_run: expected a number of km, found a list"),
        ("strength: {sessions_per_week: often}", 'strength.sessions_per_week: expected a number, found "often"'),
        ("weekly_distance: [55 mi, x, 58]", 'weekly_distance[1]: expected a number of km, found "x"'),
        ("weekly_distance_km: {mon: 5}", 'weekly_distance_km[0]: expected a number of km, found "mon: …"'),
        ("longest_run: 20, longest_run_km: 21", "longest_run: given twice, as longest_run and longest_run_km; keep one"),
    ],
)
def test_a_quantity_that_is_none_is_told_once(written: str, told: str) -> None:
    """What was found and what was expected, at the key it was written at."""
    assert mistakes(minimal(f"training: {{{written}}}")) == [f"profile.yaml:3: training.{told}"]


@pytest.mark.parametrize(
    "written",
    [
        "race: {in_weeks: unknown}",
        "race: {distance: unknown}",
        "training: {surface: unknown}",
        "training: {weekly_distance: unknown}",
        "training: {longest_run_mi: unknown}",
    ],
)
def test_unknown_is_the_same_as_left_out_everywhere(written: str) -> None:
    assert intake(minimal(written)).facts == intake(minimal("goal: {}")).facts


# --- yes or no --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("yes", "yes"),
        ("Yes", "yes"),
        ("TRUE", "yes"),
        ("true", "yes"),
        ("no", "no"),
        ("NO", "no"),
        ("False", "no"),
        ("false", "no"),
    ],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_yes_or_no_may_be_written_in_any_case(word: str, value: str, quote: str) -> None:
    """In a section and in a finding, quoted or not."""
    written = f"{quote}{word}{quote}"
    (fact,) = taken(minimal(f"goal: {{}}\nsafety: {{par_q: {{any_yes: {written}}}}}"), "par_q")
    assert fact.value == value
    assert {fact.get("night") for fact in taken(minimal(f"symptoms: [{{pain: heel, night: {written}}}]"), "pain")} == {value}


@pytest.mark.parametrize("written", ["maybe", "y", "1", "[yes]", "{}"])
def test_what_is_neither_yes_nor_no_is_refused(written: str) -> None:
    told = mistakes(minimal(f"goal: {{}}\nsafety: {{par_q: {{any_yes: {written}}}}}"))
    assert len(told) == 1
    assert told[0].startswith("profile.yaml:4: safety.par_q.any_yes: expected yes or no, found ")


@pytest.mark.parametrize("written", ["", "null", "~", "unknown"])
def test_a_blank_is_unknown_where_a_yes_or_no_is_asked(written: str) -> None:
    found = intake(minimal(f"goal: {{}}\nsafety: {{par_q: {{any_yes: {written}}}}}"))
    assert "par_q" not in found.answered
    assert not [fact for fact in found.facts if fact.kind == "par_q"]


# --- lists ------------------------------------------------------------------------------------------------------------------


def test_one_entry_that_does_not_fit_hides_no_other() -> None:
    """Each at its line and under its number, what fits the shape and what only the vocabulary can judge."""
    told = mistakes(
        minimal("""findings:
  - 5
  - weak gluts
  -
  - {weakness: [soleus]}
  - {weakness: gluteus_maximum}
""")
    )
    assert [one.split(" ")[0] for one in told] == [f"profile.yaml:{line}:" for line in (4, 5, 6, 7, 8)]
    for index, (one, words) in enumerate(
        zip(
            told,
            (
                'expected a fact or a phrase, found "5"',
                'unknown phrase "weak gluts"',
                "expected a fact or a phrase, found nothing",
                "weakness: expected one value, or left and right where the kind has sides, found a list",
                'unknown muscle "gluteus_maximum"',
            ),
            strict=True,
        )
    ):
        assert f": findings[{index}]: {words}" in one


@pytest.mark.parametrize(
    ("sections", "told"),
    [
        ("findings: 5", 'findings: expected a list, found "5"'),
        ("diagnosis: [5]", 'diagnosis[0]: expected an entry such as "condition: patellofemoral_pain", found "5"'),
        (
            "diagnosis: [{conditoin: x}]",
            'diagnosis[0]: expected an entry such as "condition: patellofemoral_pain", found the keys "conditoin"',
        ),
        (
            "training: {current_exercises: plank}",
            'training.current_exercises: expected a list, [] where there is none, found "plank"',
        ),
        ("training: {surface: [road]}", "training.surface: expected a term of surfaces, found a list"),
        (
            "findings: [{heel_raise_reps: {}}]",
            "findings[0]: heel_raise_reps: expected one value, or left and right where the kind has sides, found an empty {}",
        ),
    ],
)
def test_what_does_not_fit_is_told_once_and_in_full(sections: str, told: str) -> None:
    """Never a second complaint that the section is missing."""
    assert mistakes(minimal(sections)) == [f"profile.yaml:3: {told}"]


@pytest.mark.parametrize("entry", ["unknown", "null", "{red_flag: unknown}", "{red_flag: null}"])
def test_a_flag_that_is_unknown_answers_no_screen(entry: str) -> None:
    """However it is written: unknown is not "no"."""
    assert "red_flag" not in intake(minimal(f"goal: {{}}\nsafety: {{{SCREENED}, red_flags: [{entry}]}}")).answered


@pytest.mark.parametrize(
    ("pin", "told"),
    [
        ("[[dead_bug]]", 'clinician.pin[0]: expected a term of exercises, or "exercise: …" with more about it, found a list'),
        ("[{exercise: dead_bug, why: x}]", 'clinician.pin[0]: unknown key "why". Known keys: exercise, reason.'),
    ],
)
def test_a_pin_is_an_exercise_alone_or_with_its_reason(pin: str, told: str) -> None:
    assert mistakes(minimal(f"goal: {{}}\nclinician: {{pin: {pin}}}")) == [f"profile.yaml:4: {told}"]
