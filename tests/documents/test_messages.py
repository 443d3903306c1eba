"""Every message that the readers can give, found by spoiling documents in every place, is in the writer's words, in one form."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from check_kit import exercise
from kit import SOURCES, base_pack, rule, toy_pack, write_pack
from plans import DAY, built_in, built_in_packs
from stridewise.authoring.schemas import SHAPES
from stridewise.documents.reader import parse_document
from stridewise.documents.shape import validate
from stridewise.errors import PackError, Problem, Problems, ProfileError
from stridewise.language.exercise import Exercise
from stridewise.packs.pack import PackShape, RuleShape, load_pack
from stridewise.profile.facts import take_in
from stridewise.profile.profile import read_profile
from stridewise.program.builder import build_program
from stridewise.program.vocabulary_reader import VocabularyShape

PROFILE = """
schema: 1
recorded: 2026-11-20
runner: {ref: R-1, age: 34, sex: female}
goal: {kind: performance}
race: {distance: marathon, in_weeks: 3, priority: A}
training:
  weekly_distance_km: [78, 82]
  longest_run_km: 32
  running_years: 8
  surface: road
  week: {mon: rest, tue: intervals}
  strength: {sessions_per_week: 1, experience_months: 4}
  current_exercises: [goblet_squat]
diagnosis: [{condition: patellofemoral_pain, side: left, irritability: moderate, certainty: working}]
findings:
  - weak glutes
  - {movement_fault: dynamic_knee_valgus, side: left, grade: marked}
  - heel_raise_reps: {left: 22, right: 14}
symptoms: [{pain: lateral_knee, side: left, intensity: 3, night: no, weeks: 6}]
history: [{injury: hamstring_strain, months_ago: 5}]
safety:
  screened: 2026-11-19
  red_flags: []
  par_q: {any_yes: true, yes_to: [heart], follow_up: cleared, by: Dr A, date: 2026-11-18}
  postpartum: {weeks: 60, symptoms: []}
constraints: {equipment: [dumbbell], minutes_per_session: 30, sessions_per_week: 2, cannot: [kneel]}
clinician:
  pin: [dead_bug]
  ban: [{exercise: split_squat, reason: dislikes}]
  retune: [{exercise: dead_bug, dosage: {sets: 2, reps: 8}, reason: tired}]
requires_packs: [safety]
notes: free text
"""
WRONG: tuple[Any, ...] = (
    5,
    -1,
    1.5,
    "x",
    "",
    "7,5",
    "1:30",
    "2026-13-40",
    True,
    None,
    [],
    [1],
    [[1]],
    [None],
    {},
    {"a": 1},
    {5: None},
)
# Words of the language this is written in, of its libraries, and of classes; nobody who types a profile knows them.
STRANGE = re.compile(
    r"\b(dict|dictionary|dictionaries|tuple|NoneType|None|True|False|instance|int|str|bool|Decimal|dataclass|input|"
    r"Input|ValueError|TypeError|KeyError|traceback|object|argument|arguments|float|iterable|callable|validator|pydantic|"
    r"mapping|sequence|Selector|Located\w+|[A-Z]\w+Shape|null|schema_|regex|pattern|parse|parser|token|scalar|stream|context)\b|<class|\\x|<<<"
)
CLASSES = re.compile(
    r"\b(Runner|Goal|Race|Strength|Training|ParQ|Pregnancy|Postpartum|Safety|Constraints|Choice|Retune|Dosage|Sections)\b"
)


def whole() -> dict[str, Any]:
    """The profile as plain values; dates stay as they are typed."""
    root: dict[str, Any] = json.loads(json.dumps(parse_document(PROFILE.encode(), "p.yaml", ProfileError).root))
    return root


def spoilt(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """(path, value to put there) for every place of a document; `...` takes the place out."""
    for wrong in WRONG:
        yield path, wrong
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key), ...
        yield from spoilt(inner, (*path, key))


def put(root: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(root)
    node = changed
    for step in path[:-1]:
        node = node[step]
    if value is ...:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return changed


def misspelt(root: dict[str, Any]) -> Iterator[Any]:
    for key in root:
        yield {(f"{key[:-2]}{key[-1]}" if name == key else name): value for name, value in root.items()}


def problems_of_profile(root: Any) -> list[Problem]:
    text = yaml.safe_dump(root, sort_keys=False, allow_unicode=True)
    try:
        take_in(read_profile(parse_document(text.encode(), "profile.yaml", ProfileError)), built_in().vocabulary, DAY)
    except ProfileError as error:
        return error.problems
    return []


def check(problem: Problem) -> None:
    message = re.sub(r'"[^"]*"', '""', problem.message)  # what was typed may hold anything
    assert not STRANGE.search(message), problem
    assert not CLASSES.search(message), problem
    assert message == message.strip(), problem
    assert "  " not in message, problem
    assert not message[:1].isupper(), problem
    assert len(message) > 12, problem  # says what to do
    assert len(problem.message) < 700, problem


@pytest.mark.slow
def test_every_message_about_a_profile_is_in_the_writers_words() -> None:
    root = whole()
    assert problems_of_profile(root) == []
    told = 0
    for spoilt_root in [*(put(root, *change) for change in spoilt(root)), *misspelt(root)]:
        for problem in problems_of_profile(spoilt_root):
            check(problem)
            told += 1
    assert told > 1000


@pytest.mark.slow
def test_one_mistake_is_told_once() -> None:
    """A misspelt or wrong section brings no second message."""
    root = whole()
    for key in root:
        alone = {name: root[name] for name in ("schema", "runner")} | {key: root[key]}
        for one in misspelt(alone):
            mistakes = [name for name in one if name not in root] + [name for name in ("runner", "schema") if name not in one]
            assert len(problems_of_profile(one)) == len(mistakes)


def documents() -> Iterator[tuple[Any, Any]]:
    """One written document of each shape of a pack."""
    pack = next(pack for pack in built_in_packs() if pack.name == "strength")
    yield PackShape, pack.document.root
    vocabulary = next(pack for pack in built_in_packs() if pack.name == "vocabulary").vocabularies
    small = ("denied.yaml", "scores.yaml")
    yield from ((VocabularyShape, document.root) for document in vocabulary if document.path.endswith(small))


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "root"), list(documents()), ids=lambda one: getattr(one, "__name__", ""))
def test_every_message_about_a_pack_is_in_the_authors_words(shape: Any, root: Any) -> None:
    for path, value in spoilt(root):
        if len(path) <= 5:
            problems = Problems("pack.yaml", PackError)
            validate(shape, put(root, path, value), problems, 1)
            for problem in problems.found:
                check(problem)


WHEN = [{"colour": "red"}]
WARN = [{"warn": "Look out.", "level": "info"}]
ONE_OF = "expected one of conclude, target, prescribe, avoid, warn, adjust, refer"
OF_A_RULE: list[tuple[dict[str, Any], str]] = [
    (
        {"when": {"colour": "red", "side": "left"}},
        'when: expected a list of conditions, [] for a rule about every runner, found "colour: …, side: …"',
    ),
    ({"when": [["colour"]]}, 'when[0]: expected a condition such as "weakness: gluteus_medius", found a list'),
    ({"when": [{"colour": {"is": "red"}}]}, 'when[0]: colour: expected a term of colours, found "is: …"'),
    ({"when": [{"colour": None}]}, "when[0]: colour: expected a term of colours, found nothing"),
    ({"when": [{"size": {"min": 3}}]}, 'when[0]: size: expected a number of cm, found "min: …"'),
    ({"when": [{"nickname": {"is": "Anna"}}]}, 'when[0]: nickname: expected a short text, found "is: …"'),
    (
        {"when": [{"at_least": "two", "of": WHEN}]},
        'when[0]: at_least: expected a number from 1 to 1 (the conditions listed), found "two"',
    ),
    ({"then": "warn"}, 'then: expected a list of consequents, each behind a dash, found "warn"'),
    ({"then": []}, "then: expected a list of consequents, each behind a dash, found an empty list"),
    ({"then": ["warn"]}, f'then[0]: {ONE_OF}, found "warn"'),
    ({"then": [{"warm": "Look out."}]}, f'then[0]: {ONE_OF}, found "warm: …". Did you mean "warn"?'),
    ({"then": [{"warn": {"de": "Achtung."}, "level": "info"}]}, 'then[0].warn: expected a text, found "de: …"'),
    (
        {"then": [{"avoid": ["hop"], "level": "precaution"}]},
        "then[0].avoid: expected a text, or keys and values: demand, above, new, found a list",
    ),
    ({"then": [{"conclude": ["pile"]}]}, "then[0]: conclude: expected one fact such as {high_mileage: yes}, found a list"),
]


@pytest.mark.parametrize(("wrong", "told"), OF_A_RULE, ids=[told for _, told in OF_A_RULE])
def test_what_was_found_in_a_rule_is_said_in_the_authors_words(tmp_path: Path, wrong: dict[str, Any], told: str) -> None:
    """Each once: what may be one thing or another fits neither."""
    with pytest.raises(PackError) as raised:
        build_program([base_pack(tmp_path), toy_pack(tmp_path / "toy", [rule("one", WHEN, WARN) | wrong])], without_safety=True)
    (problem,) = raised.value.problems
    assert problem.message == f"one: {told}"
    check(problem)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("rules/r.yaml", "id: one", 'expected a list, each entry behind a dash, found "id: …"'),
        ("rules/r.yaml", "one", 'expected a list, each entry behind a dash, found "one"'),
        ("pack.yaml", "name: toy\nversion: 1.0\nrequires: {base: 1}", 'requires: expected a list, found "base: …"'),
        (
            "exercises/e.yaml",
            [exercise("hop", demands=[])],
            "hop.demands: expected keys and values, or none, found an empty list",
        ),
        (
            "sources.yaml",
            [{**SOURCES[0], "level": 5}],
            'atlas.level: expected 1, 1↓, 2, 2↓, 3, 3↓, 4, 4↓, 5 or G; write it in quotes: "5", found "5"',
        ),
    ],
)
def test_what_was_found_in_a_file_is_said_in_the_authors_words(tmp_path: Path, file: str, content: Any, told: str) -> None:
    with pytest.raises(PackError) as raised:
        load_pack(write_pack(tmp_path / "toy", {file: content}))
    (problem,) = raised.value.problems
    assert problem.message == told
    check(problem)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a:\n\tb: 5", 2, "there is a tab"),
        ("notes: pain: worse", 1, "second colon"),
        ("a: @b", 1, "cannot begin with @"),
        ("a: [b", 1, "a bracket is opened here"),
        ('a: "b', 1, "a quotation mark is opened here"),
        ("a:\n  b: 5\n c: 6", 3, "indented"),
        ("a:\n-b c\n- d: 5", 2, "a dash that opens"),
        ("a\nb: 5", 1, "no colon"),
        ("a: &x {b: 1}\nc: {<<: *x}", 2, '"<<" (a merge)'),
        ("a: call #3 today", 1, 'so "#3 today" would be lost'),
        ("a: *b", 1, "a text that begins with *"),
        ("a: !b c", 1, "a text that begins with !"),
        ("a:\n  [78,5, 82]", 2, 'is "78,5" one number? A decimal has a point'),
        ("a: [78, 82,5, 85,5]", 1, 'is "82,5" one number?'),
        ("a: [78.5, 82,5]", 1, 'is "82,5" one number?'),
        ("a: &soleus weak", 1, "a text that begins with & stands in quotes"),
        ("a: >= 90\nb: 5", 1, "cannot begin with > or |"),
        ("- a: red\n   b: 5", 2, "this line is indented further than line 1"),
        ("x:\n# no colon here\n- a: red\n   b: 5", 4, "this line is indented further than line 3"),
        ("- id:x\n  when: y", 1, 'a colon that opens a value is followed by a space: write "key: value"'),
    ],
)
def test_what_is_no_yaml_is_said_at_its_line_with_what_to_type(text: str, line: int, told: str) -> None:
    with pytest.raises(ProfileError) as raised:
        parse_document(text.encode(), "p.yaml", ProfileError)
    (problem,) = raised.value.problems
    assert problem.line == line
    assert told in problem.message
    check(problem)


@pytest.mark.parametrize("text", ["[78, 82, 85]", "[78,82,85]", "[78.5, 82]", "[1, [2,3], 4]", "[78,\n  82,85]", "[1, x,2]"])
def test_lists_whose_commas_are_alike_are_lists(text: str) -> None:
    assert len(parse_document(f"a: {text}".encode(), "p.yaml", ProfileError).root["a"]) > 1


def test_a_decimal_comma_beside_an_attribute_is_told_as_one() -> None:
    for section in ("symptoms: [{pain: achilles, intensity: 3,5}]", "findings: [{heel_raise_reps: 12,5}]"):
        told = problem_of(section)
        assert told.endswith('found the key "5" without a value; a decimal has a point, as in 7.5')


def problem_of(section: str) -> str:
    """The one mistake of a profile."""
    document = parse_document(f"schema: 1\nrunner: {{ref: R-1}}\n{section}\n".encode(), "p.yaml", ProfileError)
    with pytest.raises(ProfileError) as raised:
        take_in(read_profile(document), built_in().vocabulary, DAY)
    (problem,) = raised.value.problems
    return problem.message


def test_an_anchor_that_an_alias_names_is_fine() -> None:
    assert parse_document(b"a: &x weak\nb: *x\nc: &y [5]", "p.yaml", ProfileError).root == {"a": "weak", "b": "weak", "c": [5]}


@pytest.mark.parametrize(
    ("demands", "told"),
    [
        ("{impact: yes}", 'hop.demands.impact: a number is expected here, found "yes"'),
        ("{impact: 1,5}", 'hop.demands: found the key "5" without a value; a decimal has a point, as in 7.5'),
        ("{impact: 5}", 'hop: demand impact: expected 0 to 3, found "5"'),
        ("{impakt: 1}", 'hop: unknown demand "impakt". Did you mean "impact"?'),
    ],
)
def test_what_may_be_two_things_is_judged_as_the_one_that_was_written(tmp_path: Path, demands: str, told: str) -> None:
    """`demands` is keys and values or the word "none": whoever wrote keys and values made one mistake, not two."""
    hop = {**exercise("hop"), "demands": "DEMANDS"}
    folder = write_pack(tmp_path / "toy", {"exercises/a.yaml": yaml.safe_dump([hop]).replace("DEMANDS", demands)})
    with pytest.raises(PackError) as raised:
        load_pack(folder)
    assert [problem.message for problem in raised.value.problems] == [told]


def test_entries_of_a_list_that_are_no_records_stand_each_at_its_line(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "toy", {"rules/a.yaml": "- hello\n- 3\n-\n- {id: true}\n"})
    with pytest.raises(PackError) as raised:
        load_pack(folder)
    first = {problem.line: problem.message for problem in reversed(raised.value.problems)}
    assert sorted(first) == [1, 2, 3, 4]
    assert not [message for message in first.values() if STRANGE.search(message)]


@pytest.mark.parametrize(
    "text",
    [
        "weak\u00a0glutes",
        "weak glu\u200btes",
        "\ufeffweak glutes",
        "weak\u061c glu\u2063tes",
        "weak \U000e0041glutes",
        "“weak glutes”",
        "weak\u2009glutes",
        "‘weak glutes’",
    ],
)
def test_what_cannot_be_seen_is_no_mistake(text: str) -> None:
    """Spaces of any kind, letters that are not shown, and curly quotation marks around a text."""
    assert parse_document(f"a: {text}".encode(), "p.yaml", ProfileError).root == {"a": "weak glutes"}


def test_a_comment_is_a_comment() -> None:
    assert parse_document(b"a: weak glutes # 2\nb: 5 #kg\n#c\n", "p.yaml", ProfileError).root == {"a": "weak glutes", "b": 5}


def test_accents_are_one_letter() -> None:
    assert parse_document("a: e\u0301".encode(), "p.yaml", ProfileError).root == {"a": "é"}


def test_every_document_has_a_shape() -> None:
    assert set(SHAPES) >= {"profile", "pack", "vocabulary", "rule", "exercise", "case"}
    assert RuleShape and Exercise
