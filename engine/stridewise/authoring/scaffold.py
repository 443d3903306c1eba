"""A new rule pack to start from: commented, small, and passing every check and test the day it is made."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from stridewise.authoring.completion import schema_with_terms
from stridewise.errors import PackError, Problem
from stridewise.program.program import Program

SCHEMAS = ("pack", "source", "vocabulary", "rule", "exercise", "pathway", "case", "profile")
SCHEMA_FOLDER = ".schemas"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def pack_name(folder: Path) -> str:
    """The name of a pack made in this folder: small letters, digits and hyphens. Raises PackError where there is none."""
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    if not _NAME.match(name) or name == "stridewise":
        message = f'"{folder.name}" makes no name for a pack; choose a folder name such as our-clinic'
        raise PackError([Problem(str(folder), 0, message)])
    return name


def new_pack(folder: Path, program: Program) -> dict[Path, str]:
    """The files of a new pack in `folder`, not yet written. Raises PackError where something is there already."""
    name = pack_name(folder)
    _refuse_taken(folder, name, program)
    return _pack_files(folder, name, program)


def new_distribution(folder: Path, program: Program) -> dict[Path, str]:
    """The files of an installable plugin around a new pack, not yet written. Raises PackError as `new_pack` does."""
    name = pack_name(folder)
    _refuse_taken(folder, name, program)
    module = name.replace("-", "_") + "_rules"
    files = {folder / path: _fill(text, name) for path, text in _DISTRIBUTION.items()}
    files[folder / module / "__init__.py"] = _fill(_MODULE, name)
    return files | _pack_files(folder / module / name.replace("-", "_"), name, program)


def _refuse_taken(folder: Path, name: str, program: Program) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PackError([Problem(str(folder), 0, "is there already and not empty; choose a new folder")])
    if name in {pack.name for pack in program.packs}:
        raise PackError([Problem(str(folder), 0, f'a pack named "{name}" is installed already; choose another folder name')])


def _pack_files(folder: Path, name: str, program: Program) -> dict[Path, str]:
    files = {folder / path: _modeline(path, schema) + _fill(text, name) for path, (schema, text) in _PACK.items()}
    files[folder / "README.md"] = _fill(_README, name)
    for document in SCHEMAS:
        schema = schema_with_terms(document, program)
        files[folder / SCHEMA_FOLDER / f"{document}.json"] = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
    return files


def _modeline(path: str, schema: str) -> str:
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{SCHEMA_FOLDER}/{schema}.json\n"


def _fill(text: str, name: str) -> str:
    """The text with the pack's name: NAME with hyphens, WORD with underscores."""
    return text.replace("NAME", name).replace("WORD", name.replace("-", "_"))


_PACK: Mapping[str, tuple[str, str]] = {
    "pack.yaml": ("pack", """\
name: NAME
version: 0.1.0            # raise it with every change that reaches a runner
title: Our own rules
author: our clinic
reviewer: none            # a clinician's name once one has signed; until then every plan says "not reviewed"
# reviewed: 2026-11-21    # the day of the review
# expires: 2027-11-21     # after this day every plan warns
licence: not for distribution
requires: [vocabulary, exercises]
# Numbers that rules compare with get a name, a unit and a source here:
# thresholds:
#   few_heel_raises: {value: 20, unit: count, source: NAME-practice, verified: false}
"""),
    "sources.yaml": ("source", """\
# Where your rules come from. `level` is 1 (systematic review) to 5 (opinion); G is a guideline.
# verified: true only where somebody read the figure in the source.
- key: NAME-practice
  reference: "Our clinic's own practice, agreed among its physiotherapists"
  level: "5"
  claims:
    - id: shin
      text: "A weak shin muscle is trained by walking on the heels before heavier work."
      verified: false
"""),
    "rules/shin.yaml": ("rule", """\
# One clinical idea a file. A rule fires when all of `when` holds; then everything in `then` follows.
- id: weak-shin-muscle-starts-with-heel-walking
  title: A weak shin muscle starts with heel walking
  when:
    - weakness: tibialis_anterior     # a kind of fact, and a term of it
      side: $side                     # $name keeps the value, to use it below
      grade: [mild, marked]           # any of these
  then:
    - prescribe: WORD_heel_walk       # this exercise; `target: tibialis_strength` would leave the choice to the planner
      side: $side
      target: tibialis_strength
  because: "The {side} shin muscle tested weak ({grade})."
  patient: "Walking on your heels trains the muscle at the front of your {side} shin."
  sources: [NAME-practice#shin]
  strength: expert_opinion            # strong | conditional | expert_opinion
  certainty: very_low                 # high | moderate | low | very_low
"""),
    "exercises/shin.yaml": ("exercise", """\
- id: WORD_heel_walk                  # never changed once plans use it
  name: Heel walk
  blocks: [accessory]
  targets: {direct: [tibialis_strength]}
  laterality: alternating
  position: standing
  equipment: []                       # none needed
  demands: {lower_limb: 1, weight_bearing: 1, balance: 1}     # 0 none … 3 high
  dosage:
    control: {sets: 2, distance_m: 10, load: body weight, effort: "3-4 reps left", rest_s: 45, sessions_per_week: 3}
  instructions:
    - "Stand tall near a wall and lift the front of both feet."
    - "Walk on your heels with small steps, toes high all the way."
  feel: "The front of the shins works."
  fault: "The toes drop, or you lean back."
  stop_if: "Pain in the shin or the foot, or the toes cannot be lifted."
  progress_when: "When 10 m are easy with the toes high, walk 20 m."
  sources: [NAME-practice]
  drawing:                            # joint angles, 0 = standing; or {file: heel_walk.svg}, in the folder drawings/
    poses:
      - {right: {hip: 18, knee: 4, ankle: 22}, left: {hip: -14, ankle: 40}, touch: {left_foot: knee}, caption: "toes high"}
"""),
    "cases/shin.yaml": ("case", """\
# A case says in a sentence what should happen to a runner. Every rule needs one in which it fires and one in which it is silent.
- name: A weak shin muscle is trained by heel walking.
  profile: {findings: [{weakness: tibialis_anterior, side: left, grade: marked}]}
  expect:
    fires: [weak-shin-muscle-starts-with-heel-walking]
    prescribes: [WORD_heel_walk]
- name: A shin muscle that tested normal is left alone.
  profile: {findings: [{weakness: tibialis_anterior, side: left, grade: normal}]}
  expect:
    silent: [weak-shin-muscle-starts-with-heel-walking]
    not_prescribed: [WORD_heel_walk]
"""),
}  # fmt: skip

_README = """\
# NAME

Rules of our clinic for `recommend`.

    recommend pack check .         what is missing or doubtful, with the line and how to mend it
    recommend pack test .          run the cases
    recommend pack test . --mutation   would the cases notice a mistake?
    recommend PROFILE --pack .     use it

`rules/` holds one clinical idea a file, `exercises/` what is trained with, `cases/` what must happen to whom,
`sources.yaml` where it comes from. Own kinds of finding go into `vocabulary/`, rehabilitation in stages into `pathways/`.
`.schemas/` is for your editor.
"""

_DISTRIBUTION: Mapping[str, str] = {
    "pyproject.toml": """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "NAME"
version = "0.1.0"
description = "Rules of our clinic for stridewise"
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["stridewise"]

[project.entry-points.stridewise]
NAME = "WORD_rules"

[tool.hatch.build.targets.wheel]
packages = ["WORD_rules"]
""",
    "README.md": """\
# NAME

A plugin for `stridewise`: `pip install .`, and its rule pack loads by itself (`recommend pack list` shows it).
The pack is the folder `WORD_rules/WORD`; check it with `recommend pack check WORD_rules/WORD`.
""",
}

_MODULE = '''\
"""The rule pack of NAME. Everything clinical is in the YAML files beside this one."""

from pathlib import Path

from stridewise import hookimpl


@hookimpl
def rule_packs() -> list[Path]:
    """The folders of our packs."""
    return [Path(__file__).parent / "WORD"]
'''
