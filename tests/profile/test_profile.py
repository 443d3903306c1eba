"""A profile is checked for shape before anything is made of it: unknown keys, wrong types and missing parts are told together."""

import textwrap
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import intake, minimal, mistakes, profile
from stridewise.errors import ProfileError
from stridewise.profile.profile import STATES, load_profile

ONE_OF = {
    "findings": "findings: []",
    "symptoms": "symptoms: []",
    "diagnosis": "diagnosis: []",
    "goal": "goal: {kind: prevention}",
    "race": "race: {in_weeks: 3}",
    "training": "training: {surface: road}",
    "history": "history: []",
    "surgery": "surgery: []",
}
SECTIONS = (
    "recorded",
    "goal",
    "race",
    "training",
    "diagnosis",
    "findings",
    "symptoms",
    "history",
    "safety",
    "constraints",
    "clinician",
    "requires_packs",
    "notes",
)
NESTED = (
    "training.week",
    "training.strength",
    "training.weekly_distance",
    "training.weekly_distance_km",
    "training.longest_run",
    "training.current_exercises",
    "training.log",
    "safety.red_flags",
    "safety.par_q",
    "safety.pregnancy",
    "safety.postpartum",
    "safety.postpartum.symptoms",
    "safety.screened",
    "constraints.equipment",
    "constraints.cannot",
    "clinician.pin",
    "clinician.ban",
    "clinician.retune",
    "clinician.clear",
    "race.date",
    "race.in_weeks",
    "race.distance",
    "goal.kind",
    "runner.age",
    "runner.ref",
)
NONSENSE = (
    "5",
    "-1",
    "1.5",
    "true",
    "yes",
    "nonsense",
    "[]",
    "[1]",
    "[[]]",
    "[{}]",
    "[null]",
    "{}",
    "{a: 1}",
    "{a: {b: []}}",
    '""',
)


def problems(text: str) -> list[str]:
    """What a profile of this text is told at the latest when it is taken in."""
    return mistakes(textwrap.dedent(text))


# --- what is required -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("section", STATES)
def test_one_section_of_substance_makes_a_profile(section: str) -> None:
    """Besides schema and a reference, any one of findings, symptoms, diagnosis, goal, race, training, history is enough."""
    assert intake(minimal(ONE_OF[section])).runner == "R-1"


def test_a_profile_of_nothing_is_told_what_to_give() -> None:
    """Without any section of substance those that would do are named."""
    (told,) = problems("schema: 1\nrunner: {ref: R-1}\nnotes: hello\n")
    assert told.startswith("profile.yaml:1: ")
    assert all(section in told for section in STATES)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("runner: {ref: R}\nfindings: []", "schema"),
        ("schema: 1\nfindings: []", "runner"),
        ("schema: 1\nrunner: {age: 3}\nfindings: []", "ref"),
    ],
)
def test_a_required_key_that_is_missing_is_named(text: str, key: str) -> None:
    """schema, runner and runner.ref are required, and told by name."""
    with pytest.raises(ProfileError, match=f'"{key}" is missing'):
        profile(text)


@pytest.mark.parametrize("text", ["", "[]", "hello", "- a\n- b", "5", "null"])
def test_what_is_no_mapping_is_no_profile(text: str) -> None:
    """A list, a word or an empty file is told what a profile looks like."""
    with pytest.raises(ProfileError, match="the lines"):
        profile(text)


@pytest.mark.parametrize("schema", ["2", "0", "one", "null", "[1]"])
def test_another_schema_is_refused(schema: str) -> None:
    """Only schema 1 is known; a later one is never half understood."""
    with pytest.raises(ProfileError, match=r"profile\.yaml:1: (schema|the key \"schema\" is missing)"):
        profile(f"schema: {schema}\nrunner: {{ref: R}}\nfindings: []\n")


# --- unknown keys -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sections", "told"),
    [
        ("findngs: []\ngoal: {}", 'profile.yaml:3: unknown key "findngs". Did you mean "findings"?'),
        ("training:\n  weekly_distnace_km: 5", 'profile.yaml:4: training: unknown key "weekly_distnace_km".'),
        ("safety:\n  par_q: {any_yes: true, folow_up: cleared}\ngoal: {}", 'unknown key "folow_up". Did you mean "follow_up"?'),
        ("clinician:\n  clear:\n    - {flg: fever, by: A, date: 2026-01-01, reason: r}\ngoal: {}", 'unknown key "flg"'),
        ("runner_name: Ann\ngoal: {}", 'unknown key "runner_name"'),
        ("date: 2026-11-21\ngoal: {}", 'unknown key "date"'),
        ("int: 5\ngoal: {}", 'unknown key "int"'),
        ("race: {str: 5}", 'unknown key "str"'),
        ('"findings[0]": 5\ngoal: {}', 'unknown key "findings[0]"'),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_name(sections: str, told: str) -> None:
    """A misspelt key is never silently left out, at whatever depth it stands."""
    assert any(told in problem for problem in problems(minimal(sections)))


def test_a_key_that_stands_twice_is_refused() -> None:
    """Of two equal keys neither is dropped silently."""
    with pytest.raises(ProfileError, match='the key "findings" stands twice'):
        profile(minimal("findings: []\nfindings: [weak glutes]\n"))


# --- wrong types ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize("section", SECTIONS)
def test_nonsense_in_a_section_is_a_profile_error_or_understood(section: str, value: str) -> None:
    """Whatever stands in a section, the clinician is told where and what: never a crash."""
    extra = "" if section in STATES else "goal: {kind: prevention}\n"
    _understood_or_told(minimal(f"{extra}{section}: {value}\n"))


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize("path", NESTED)
def test_nonsense_inside_a_section_is_a_profile_error_or_understood(path: str, value: str) -> None:
    """The same one and two levels down."""
    first, *rest = path.split(".")
    body = value
    for step in reversed(rest):
        body = f"{{{step}: {body}}}"
    runner = f"runner: {body}" if first == "runner" else "runner: {ref: R-1}"
    _understood_or_told(f"schema: 1\n{runner}\nfindings: []\n" + ("" if first == "runner" else f"{first}: {body}\n"))


def _understood_or_told(text: str) -> None:
    try:
        intake(text)
    except ProfileError as error:
        assert all(problem.path == "profile.yaml" and problem.line > 0 for problem in error.problems), str(error)


PLAIN = (
    st.none() | st.booleans() | st.integers(-5, 500) | st.sampled_from(["weak glutes", "mild", "left", "x", "20 km", "unknown"])
)
WRITTEN = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["weakness", "pain", "side", "grade", "alias", "red_flag", "condition", "weeks", "mon", "flag", "exercise"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(SECTIONS), WRITTEN, max_size=4))
def test_any_document_is_understood_or_told(sections: dict[str, object]) -> None:
    """Random structures are a profile or a ProfileError at a line, nothing else."""
    import json

    text = json.dumps({"schema": 1, "runner": {"ref": "R"}, **sections})
    try:
        intake(text, name="profile.json")
    except ProfileError as error:
        assert all(problem.line > 0 for problem in error.problems)


def test_a_race_has_a_date_or_weeks_not_both() -> None:
    """Two ways of saying when the race is could disagree, so only one is taken."""
    assert any("give date or in_weeks, not both" in one for one in problems(minimal("race: {date: 2026-12-12, in_weeks: 3}")))


@pytest.mark.parametrize("written", ["2026-13-01", "tomorrow", "21.11.2026", "20261121x", "5"])
def test_what_is_no_date_is_refused(written: str) -> None:
    """A date is read one way only."""
    assert any("expected a date such as 2026-11-21" in one for one in problems(minimal(f"goal: {{}}\nrecorded: {written}")))


@pytest.mark.parametrize(
    "given",
    [
        "{any_yes: true, follow_up: cleared}",
        "{any_yes: true, follow_up: cleared, by: Dr A}",
        "{any_yes: true, follow_up: cleared, date: 2026-11-01}",
    ],
)
def test_a_par_q_clearance_needs_a_name_and_a_date(given: str) -> None:
    """Nobody is cleared by nobody."""
    assert any(
        "a clearance needs by (a name) and date" in one for one in problems(minimal(f"goal: {{}}\nsafety: {{par_q: {given}}}"))
    )


# --- several at once --------------------------------------------------------------------------------------------------


def test_five_mistakes_are_reported_together_each_at_its_line() -> None:
    """All that is wrong with a file is told at once, in the order of its lines."""
    told = problems("""\
        schema: 1
        runner: {ref: R-1, aeg: 34}
        race: {distance: marathn, in_weeks: 3}
        training:
          longest_run: 20 parsecs
        findings:
          - weak gluts
          - {weakness: gluteus_maximum}
        """)
    assert [problem.split(": ")[0] for problem in told] == [f"profile.yaml:{line}" for line in (2, 3, 5, 7, 8)]
    for wrong in ('"aeg"', '"marathn"', '"parsecs"', '"weak gluts"', '"gluteus_maximum". Did you mean "gluteus_maximus"?'):
        assert any(wrong in problem for problem in told)


def test_a_missing_pack_does_not_hide_what_else_is_wrong() -> None:
    """A required pack that is not loaded is one problem among the others."""
    from plans import plan_or_error

    told = str(plan_or_error(minimal("requires_packs: [acme-knee]\nfindings: [weak gluts]")))
    assert "acme-knee" in told
    assert "weak gluts" in told


# --- files ------------------------------------------------------------------------------------------------------------


def test_yaml_and_json_say_the_same() -> None:
    """A profile may be written as YAML or as JSON."""
    yaml = intake(minimal("findings: [weak glutes]\nrace: {in_weeks: 2.5}"))
    json = intake(
        '{"schema": 1, "runner": {"ref": "R-1"}, "findings": ["weak glutes"], "race": {"in_weeks": 2.5}}', name="p.json"
    )
    assert yaml.facts == json.facts


@pytest.mark.parametrize("change", [lambda b: b.replace(b"\n", b"\r\n"), lambda b: b"\xef\xbb\xbf" + b])
def test_line_endings_and_byte_order_marks_do_not_matter(tmp_path: Path, change: object) -> None:
    """A profile saved on Windows is the same profile, with the same lines."""
    plain, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    text = minimal("training:\n  longest_run_km: 20\nfindings:\n  - weak glutes\n").encode()
    plain.write_bytes(text)
    other.write_bytes(change(text))  # type: ignore[operator]
    facts = [_with_lines(load_profile(path)) for path in (plain, other)]
    assert facts[0] == facts[1]


def _with_lines(read: object) -> list[object]:
    from plans import built_in, take_in

    found = take_in(read, built_in().vocabulary, date(2026, 11, 21)).facts  # type: ignore[arg-type]
    return [(fact.as_mapping(), [place.line for place in fact.places]) for fact in found]


def test_a_profile_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file and a folder are told by their path."""
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(ProfileError, match=str(path)):
            load_profile(path)


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    """`profile_sha256` is what sha256sum says of the file."""
    import hashlib

    path = tmp_path / "p.yaml"
    path.write_bytes(minimal("goal: {}").encode())
    assert load_profile(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("written", "shown"), [("R-014", "R-014"), ("7", "7"), ('"007"', "007"), ("0.10", "0.10")])
def test_a_reference_is_shown_as_it_was_written(written: str, shown: str) -> None:
    """A code that looks like a number stays that code."""
    assert intake(f"schema: 1\nrunner: {{ref: {written}}}\ngoal: {{}}").runner == shown


def test_numbers_are_exact_from_text_on() -> None:
    """19.8 is 19.8, never 19.800000000000000711."""
    read = profile(minimal("training: {weekly_distance_km: 19.8}"))
    assert read.sections.training is not None
    assert read.sections.training.weekly_distance_km == (Decimal("19.8"),)


@pytest.mark.parametrize("text", ['"\\ud800"', '"a\\udfffb"'])
@pytest.mark.parametrize("key", ["notes", "ref", "findings"])
def test_half_a_character_is_refused_at_the_door(key: str, text: str) -> None:
    """A lone surrogate is no text: it is refused as such and crashes nothing later."""
    from plans import plan_or_error

    ref, rest = (text, "") if key == "ref" else ('"R"', f', "{key}": {text if key == "notes" else f"[{text}]"}')
    extra = "" if key == "findings" else ', "goal": {}'
    told = plan_or_error(f'{{"schema": 1, "runner": {{"ref": {ref}}}{rest}{extra}}}', name="p.json")
    assert isinstance(told, str)
    assert told.startswith("p.json:1: ")
