"""The same meaning gives the same plan: whatever the order of lists, packs and files, the engine, the process, and the layout."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import needs_durable
from plans import DAY, PROFILES, ROOT, built_in, built_in_packs, meaning, plan, without_places
from stridewise.cli.options import ENGINES
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.packs.pack import load_pack
from stridewise.plan.model import Plan
from stridewise.program.builder import build_program
from stridewise.render.json import render_json

ORDERED = ("weekly_distance", "weekly_distance_km", "weekly_distance_mi")  # lists whose order says something
FULL = """
schema: 1
recorded: 2026-10-10
runner: {ref: R-9, age: 41, sex: female}
goal: {kind: performance}
race: {distance: half_marathon, in_weeks: 9, priority: A}
training:
  weekly_distance_km: [40, 44, 48, 55]
  longest_run_km: 20
  planned_longest_run_km: 24
  strength: {sessions_per_week: 1, experience_months: 14}
  current_exercises: [iron_cross, goblet_squat, plank, single_leg_calf_raise]
  week: {mon: rest, tue: intervals, wed: easy, sat: strength, sun: long}
diagnosis: [{condition: achilles_tendinopathy, side: right}, {condition: patellofemoral_pain, side: left, irritability: low}]
findings:
  - weak glutes
  - valgus knee
  - {weakness: gluteus_medius, side: left, grade: marked}
  - {movement_fault: dynamic_knee_valgus, side: right, grade: normal}
  - {heel_raise_reps: {left: 22, right: 14}}
  - {skill: hip_hinge, grade: owned}
  - {skill: goblet_squat, grade: learning}
  - runs downhill
symptoms:
  - {pain: achilles, side: right, intensity: 3, tissue: tendon, next_morning: 1}
  - {pain: lateral_knee, side: left, intensity: 2}
  - {symptom: morning_stiffness, side: right}
history: [{injury: calf_strain, side: right, months_ago: 20}, {condition: hypermobility}]
safety:
  screened: 2026-10-10
  red_flags: [fever, missed_periods]
  par_q: {any_yes: false}
constraints: {equipment: [dumbbell, mini_band, step], cannot: [hang, overhead], minutes_per_session: 40, sessions_per_week: 2}
clinician:
  pin: [dead_bug, {exercise: side_plank, reason: likes it}]
  ban: [{exercise: wall_sit, reason: bored}, clamshell]
  retune: [{exercise: dead_bug, dosage: {sets: 2}, reason: busy}, {exercise: side_plank, dosage: {sets: 1}, reason: busy}]
  clear:
    - {flag: fever, by: Dr A, date: 2026-10-09, reason: cold}
    - {flag: missed_periods, by: Dr B, date: 2026-10-08, reason: contraceptive}
notes: keen
"""
TEXTS = {"full": FULL, **{path.stem: path.read_text(encoding="utf-8") for path in PROFILES}}
SOME = (FULL, TEXTS["marathoner_in_three_weeks"], TEXTS["red_flag"])
Shuffle = Callable[[list[Any]], list[Any]]


def shuffled(node: Any, shuffle: Shuffle, key: str = "") -> Any:
    """The same document with every list that has no order of its own, and all keys, in another order."""
    if isinstance(node, dict):
        return {name: shuffled(node[name], shuffle, name) for name in shuffle(list(node))}
    if isinstance(node, list):
        items = [shuffled(item, shuffle) for item in node]
        return items if key in ORDERED else shuffle(items)
    return node


def read(text: str) -> Any:
    """The values of a document."""
    return parse_document(text.encode(), "profile.yaml", ProfileError).root


def write(document: Any, indent: int | None = 1) -> str:
    """Values as JSON, which is YAML too."""
    return json.dumps(document, default=float, ensure_ascii=False, indent=indent)


def seal(made: Plan) -> str:
    """The digest a plan carries."""
    return made.receipt.plan_sha256


# --- bytes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_bytes_give_the_same_bytes(name: str) -> None:
    """Twice the same profile is twice the same JSON, byte for byte."""
    first, second = (render_json([plan(TEXTS[name], engine="both")]) for _ in range(2))
    assert first == second


@pytest.mark.slow
def test_the_process_does_not_matter(tmp_path: Path) -> None:
    """Hash seeds, locale, time zone and folder of the process change nothing."""
    path = tmp_path / "full.yaml"
    path.write_text(FULL, encoding="utf-8")
    outputs = set()
    for number, seed in enumerate(("0", "4242")):
        folder = tmp_path / str(number)
        folder.mkdir()
        zone = ("Pacific/Kiritimati", "America/Los_Angeles")[number]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "STRIDEWISE_LOAD_PLUGINS": ""}
        command = [
            sys.executable,
            "-c",
            "from stridewise.cli import main; main()",
            str(path),
            "--as-of",
            str(DAY),
            "--format",
            "json",
        ]
        made = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
        outputs.add(made.stdout)
    assert len(outputs) == 1


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("order", ["reversed", "sorted", "random"])
def test_the_order_of_a_profiles_lists_does_not_matter(name: str, order: str) -> None:
    """Lists and keys in another order give the same plan without `at` and receipt, under the same seal."""
    shuffles: dict[str, Shuffle] = {
        "reversed": lambda items: items[::-1],
        "sorted": lambda items: sorted(items, key=str),
        "random": lambda items: Random(7).sample(items, len(items)),  # noqa: S311  # an order, no secret
    }
    original = plan(write(read(TEXTS[name])))
    other = plan(write(shuffled(read(TEXTS[name]), shuffles[order])))
    assert meaning(other) == meaning(original)
    assert seal(other) == seal(original)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_no_order_at_all_matters(seed: int) -> None:
    """Any permutation of all lists of a full profile."""
    chance = Random(seed)  # noqa: S311  # an order, no secret
    other = plan(write(shuffled(read(FULL), lambda items: chance.sample(items, len(items)))))
    assert seal(other) == seal(plan(write(read(FULL))))


@pytest.mark.parametrize("name", TEXTS)
def test_the_layout_does_not_matter(name: str) -> None:
    """One long line of JSON says the same as blocks of YAML."""
    in_json = plan(write(read(TEXTS[name]), indent=None), name="profile.json")
    assert meaning(in_json) == meaning(plan(TEXTS[name]))


def test_comments_names_and_blank_lines_are_not_meaning() -> None:
    """The seal covers what is said, not the file's name or its line numbers; the profile's own digest covers every byte."""
    first, second = (
        plan(FULL, name="a.yaml"),
        plan("# a comment\n\n" + FULL.replace("findings:", "\nfindings:  # note"), name="b.yml"),
    )
    assert seal(first) == seal(second)
    assert first.receipt.profile_sha256 != second.receipt.profile_sha256


# --- packs ------------------------------------------------------------------------------------------------------------


def orders(items: Sequence[Any]) -> list[list[Any]]:
    """Two orders of a list: backwards, and one at random."""
    return [list(items)[::-1], Random(1).sample(list(items), len(items))]  # noqa: S311  # an order, no secret


def test_the_order_of_the_packs_does_not_matter() -> None:
    """Packs are joined, not stacked."""
    for packs in orders(built_in_packs()):
        program = build_program(packs)
        assert all(seal(plan(text, program)) == seal(plan(text)) for text in SOME)


@pytest.mark.slow
def test_the_names_and_the_order_of_the_files_do_not_matter(tmp_path: Path) -> None:
    """Rules and exercises in files of other names and in another order are the same rules."""
    packs = []
    for pack in built_in_packs():
        folder = tmp_path / pack.name
        shutil.copytree(pack.folder, folder, ignore=shutil.ignore_patterns("cases"))
        for part in ("rules", "exercises"):
            for number, path in enumerate(sorted((folder / part).glob("*.yaml"), reverse=True)):
                records = read(path.read_text(encoding="utf-8"))
                path.unlink()
                (folder / part / f"{number:03d}.yml").write_text(write(records[::-1]), encoding="utf-8")
        packs.append(load_pack(folder, shown=pack.path))
    program = build_program(packs)
    assert all(seal(plan(text, program)) == seal(plan(text)) for text in SOME)


@pytest.mark.slow
def test_where_a_pack_lies_does_not_matter(tmp_path: Path) -> None:
    """A copy of a pack elsewhere has the same digest and gives the same plan."""
    copies = []
    for pack in built_in_packs():
        shutil.copytree(pack.folder, tmp_path / pack.name)
        copies.append(load_pack(tmp_path / pack.name))
    assert {pack.sha256 for pack in copies} == {pack.sha256 for pack in built_in_packs()}
    assert seal(plan(FULL, build_program(copies))) == seal(plan(FULL))


# --- engines ----------------------------------------------------------------------------------------------------------


@needs_durable
@pytest.mark.parametrize("name", TEXTS)
def test_the_engine_does_not_matter(name: str) -> None:
    """durable_rules, the reference, both, and the generated one give the same plan; only the receipt says which."""
    made = [plan(TEXTS[name], engine=engine) for engine in ENGINES]
    assert len({seal(one) for one in made}) == 1
    assert len({one.receipt.engine for one in made}) == len(ENGINES)


VALUES = {
    kind: built_in().vocabulary.terms[built_in().vocabulary.kinds[kind].type.terms]
    for kind in ("weakness", "tightness", "movement_fault", "pain", "symptom", "condition", "red_flag", "habit")
}
FINDINGS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda kind: st.fixed_dictionaries(
        {kind: st.sampled_from(sorted(VALUES[kind]))},
        optional=(
            {"side": st.sampled_from(["left", "right", "both"])} if "side" in built_in().vocabulary.kinds[kind].attributes else {}
        ),
    )
)
DIAGNOSES = st.fixed_dictionaries(
    {"condition": st.sampled_from(sorted(VALUES["condition"]))}, optional={"side": st.sampled_from(["left", "right"])}
)
RANDOM = st.fixed_dictionaries(
    {"findings": st.lists(FINDINGS, max_size=8), "diagnosis": st.lists(DIAGNOSES, max_size=2)},
    optional={
        "training": st.fixed_dictionaries({"weekly_distance_km": st.lists(st.integers(0, 140), min_size=1, max_size=4)}),
        "race": st.fixed_dictionaries({"in_weeks": st.integers(0, 30), "distance": st.sampled_from(["5k", "marathon"])}),
        "safety": st.fixed_dictionaries({"screened": st.just("2026-11-21"), "red_flags": st.just([])}),
        "constraints": st.fixed_dictionaries(
            {"equipment": st.lists(st.sampled_from(["dumbbell", "barbell", "step"]), unique=True)}
        ),
    },
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(RANDOM, st.integers(0, 10**6))
def test_random_runners_get_one_plan(sections: dict[str, Any], seed: int) -> None:
    """Random profiles: both matchers agree, and a permutation gives the same plan."""
    chance = Random(seed)  # noqa: S311  # an order, no secret
    document = {"schema": 1, "runner": {"ref": "R", "age": 30}, **sections}
    made = plan(write(document), engine="both")
    other = plan(write(shuffled(document, lambda items: chance.sample(items, len(items)))))
    assert meaning(made) == meaning(other)
    assert seal(made) == seal(other)


# --- the seal ---------------------------------------------------------------------------------------------------------


def test_the_seal_changes_with_the_meaning() -> None:
    """Another finding, another day or another race is another plan."""
    changed = [
        FULL.replace("side: right, months_ago: 20", "side: left, months_ago: 1"),
        FULL.replace("in_weeks: 9", "in_weeks: 8"),
        FULL,
    ]
    assert len({seal(plan(text)) for text in changed}) == 3
    from datetime import timedelta

    assert seal(plan(FULL, as_of=DAY + timedelta(1))) != seal(plan(FULL))


@pytest.mark.slow
def test_places_are_the_only_thing_the_seal_leaves_out() -> None:
    """Two plans with equal seals are equal without `at` and receipt, and those with different seals differ there."""
    made = {name: plan(text) for name, text in TEXTS.items()}
    for first, second in permutations(made, 2):
        assert (seal(made[first]) == seal(made[second])) == (meaning(made[first]) == meaning(made[second]))
    assert without_places({"at": 1, "b": [{"at": 2, "c": 3}]}) == {"b": [{"c": 3}]}


def test_the_checkout_is_not_in_the_plan() -> None:
    """No path of this machine is in any plan."""
    for text in TEXTS.values():
        assert str(ROOT) not in render_json([plan(text)])
