"""One check tells every mistake of a pack, whatever it is in; and of one mistake nothing but itself."""

import re
from datetime import date
from pathlib import Path

import pytest

from kit import SOURCES, VOCABULARY, write_pack
from stridewise.authoring.checks.checking import check_packs
from stridewise.errors import MAX_SHOWN, PackError
from stridewise.packs.pack import RulePack, load_pack, read_pack
from stridewise.program.builder import build_program

GOOD = {
    "pack.yaml": """
name: toy
version: 1.0
title: Toys
requires: [base]
thresholds:
  tall: {value: 40, unit: cm, source: book}
  wide: {value: 30, unit: cm, source: book}
overrides:
  - {rule: base/first, action: disable, reason: Ours is newer., by: Ada Poe, expires: 2030-01-01}
""",
    "vocabulary/own.yaml": """
kinds:
  bag: {open: true, value: {terms: bags}, attributes: {side: {terms: sides, default: both}, zip: {terms: zips}}}
  hue: {open: true, value: {terms: colours}}
  mass: {open: true, value: {number: kg, min: 0, max: 50}}
  worn: {derived: true, value: {yes_no: true}}
terms:
  bags: {sack: {}, pouch: {aliases: [purse]}, trunk: {}}
  zips: {brass: {}, steel: {}}
synonyms:
  colours: {red: [crimson]}
aliases:
  hauls: [{bag: trunk}]
""",
    "sources.yaml": """
- {key: book, reference: A book, level: "5", claims: [{id: b1, text: So., verified: false}]}
- {key: novel, reference: A novel, level: "5", claims: []}
""",
    "exercises/all.yaml": """
- id: lift
  name: Lift
  blocks: [core]
  targets: {direct: [neatness]}
  laterality: bilateral
  dosage: {control: {sets: 2, reps: 8}}
  instructions: [Do it.]
  stop_if: Pain.
  demands: none
  sources: [book]
  gates: [{earn: Has a sack., needs: [{bag: sack}]}]
- id: carry
  name: Carry
  aliases: [Haul]
  blocks: [core]
  targets: {direct: [neatness]}
  laterality: bilateral
  dosage: {control: {sets: 2, reps: 8}}
  instructions: [Do it.]
  stop_if: Pain.
  demands: none
  sources: [novel]
  regression: [lift]
- id: swing
  name: Swing
  blocks: [core]
  targets: {direct: [neatness]}
  laterality: bilateral
  dosage: {control: {sets: 2, reps: 8}}
  instructions: [Do it.]
  stop_if: Pain.
  demands: none
  sources: [book]
  gates: [{earn: Has a sack., needs: [{bag: sack}]}]
""",
    "rules/all.yaml": """
- id: one
  when: [{bag: purse, side: left}, {size: ">= tall"}]
  then: [{prescribe: carry}]
  because: More than {tall}.
  sources: [book#b1]
  strength: strong
  certainty: high
- id: two
  when: [{bag: trunk, zip: brass}, {hue: crimson}]
  then: [{conclude: {worn: yes}}]
  because: A trunk.
  sources: [novel]
  strength: strong
  certainty: high
- id: three
  when: [{worn: yes}, {mass: ">= 3"}, {absent: {stage: climb/low}}]
  then: [{target: neatness}]
  because: It is worn.
  sources: [book]
  strength: strong
  certainty: high
- id: four
  when: [{size: ">= wide"}]
  then: [{avoid: lift, level: precaution, instead: [carry]}]
  because: Wide.
  sources: [book]
  strength: strong
  certainty: high
""",
    "pathways/climb.yaml": """
- id: climb
  title: Climbing
  when: [{bag: sack}]
  sources: [book]
  strength: strong
  certainty: high
  stages:
    - id: low
      title: Low
      plain: Low.
      then: [{prescribe: lift}]
      exit: [{needs: {size: ">= 10"}, earn: Ten.}]
    - {id: top, title: Top, plain: Top., then: [{prescribe: carry}]}
""",
    "cases/all.yaml": """
- name: A sack.
  profile: {findings: [{bag: sack, side: left}, {mass: 4}, {hue: crimson}]}
  expect: {silent: [two]}
""",
    "texts/de.yaml": """
language: de
texts: {"More than {tall}.": "Mehr als {tall}."}
""",
}

# file, what stands there, what is sown there instead, what is told
MISTAKES = [
    ("pack.yaml", "title: Toys", "titel: Toys", 'pack.yaml:4: unknown key "titel"'),
    ("pack.yaml", "wide: {value: 30", "wide: {value: high", "pack.yaml:8: thresholds.wide.value: a number is expected"),
    ("pack.yaml", "rule: base/first", "rule: base/frist", 'overrides[0]: unknown rule "base/frist"'),
    ("vocabulary/own.yaml", "{terms: bags}", "{terms: bagz}", 'kinds.bag: unknown term list "bagz"'),
    ("vocabulary/own.yaml", "number: kg", "nummer: kg", 'kinds.mass.value: unknown key "nummer"'),
    ("vocabulary/own.yaml", "trunk: {}", "trunk: {label: 3}", "terms.bags.trunk.label: expected a text"),
    ("vocabulary/own.yaml", "steel: {}", "steel: {lights: [go]}", "terms.zips.steel: lights"),
    ("vocabulary/own.yaml", "red: [crimson]", "red: crimson", "synonyms.colours.red: expected a list"),
    ("vocabulary/own.yaml", "[{bag: trunk}]", "[{bag: chest}]", 'aliases "hauls": unknown bag "chest"'),
    ("sources.yaml", 'A novel, level: "5"', 'A novel, level: "9"', "novel.level"),
    ("exercises/all.yaml", "  regression: [lift]", "  regression: [lfit]", 'carry: unknown exercise "lfit"'),
    ("exercises/all.yaml", "sources: [novel]", "sources: [nvel]", 'carry: unknown source "nvel"'),
    ("exercises/all.yaml", "id: swing", "id: lift", 'the exercise "lift" is already defined'),
    ("exercises/all.yaml", "name: Lift", "name: Lift\n  position: moon", "lift.position: expected "),
    ("rules/all.yaml", "{bag: purse, side: left}", "{bagg: purse}", 'one: when[0]: names no known kind of fact, found "bagg"'),
    ("rules/all.yaml", '">= tall"', '">= tal"', 'one: when[1]: unknown threshold "tal"'),
    ("rules/all.yaml", "More than {tall}.", "More than {tal}.", "one: because: "),
    ("rules/all.yaml", "[book#b1]", "[bok]", 'toy/one: unknown source "bok"'),
    ("rules/all.yaml", "id: four", "id: three", 'the rule id "toy/three" is already used'),
    ("rules/all.yaml", "then: [{target: neatness}]", "then: [{target: neatnes}]", 'three: then[0]: unknown target "neatnes"'),
    ("rules/all.yaml", '{mass: ">= 3"}', '{mass: ">= 3 cm"}', "three: when[1]: "),
    ("rules/all.yaml", "because: A trunk.", "because: [A trunk.]", "two.because: expected a text"),
    ("pathways/climb.yaml", "then: [{prescribe: lift}]", "then: [{prescribe: lft}]", 'unknown exercise "lft"'),
    ("pathways/climb.yaml", "title: Top,", "title: [Top],", "climb.stages[1].title: expected a text"),
    ("cases/all.yaml", "{bag: sack, side: left}", "{bag: sac}", 'unknown bag "sac"'),
    ("cases/all.yaml", "expect: {silent", "expect: {silnt", 'unknown key "silnt"'),
    ("texts/de.yaml", "Mehr als {tall}.", "Mehr als {talk}.", "{talk} is no placeholder"),
]

# Of these none stands in what another one spoils.
TOGETHER = [
    sown
    for sown in MISTAKES
    if sown[2]
    in (
        "titel: Toys",
        "rule: base/frist",
        "steel: {lights: [go]}",
        "[{bag: chest}]",
        "name: Lift\n  position: moon",
        "sources: [nvel]",
        "{bagg: purse}",
        '">= tal"',
        "[bok]",
        "id: three",
        "then: [{target: neatnes}]",
        '{mass: ">= 3 cm"}',
        "then: [{prescribe: lft}]",
        "{bag: sac}",
        "Mehr als {talk}.",
    )
]
MISTAKEN = ("load", "case", "translation")  # the checks that tell a mistake, where others ask for more
FIRST = """
- id: first
  when: [{colour: red}]
  then: [{conclude: {ready: yes}}]
  because: So.
  sources: [atlas]
  strength: strong
  certainty: high
"""


def base(tmp_path: Path) -> RulePack:
    files = {"vocabulary/toy.yaml": VOCABULARY, "sources.yaml": SOURCES, "rules/all.yaml": FIRST}
    return load_pack(write_pack(tmp_path / "base", files), shown="base")


def told(tmp_path: Path, *mistakes: tuple[str, str, str, str]) -> list[str]:
    """The errors of a check of the pack with these mistakes."""
    files = dict(GOOD)
    for file, old, new, _ in mistakes:
        assert files[file].count(old) == 1, old
        files[file] = files[file].replace(old, new)
    folder = write_pack(tmp_path / "toy", files)
    packs = [base(tmp_path), read_pack(folder, shown="toy")]
    found = check_packs(lambda: packs, lambda pack: pack.name == "toy", date(2026, 11, 21), without_safety=True)
    return [f"{one.place}: {one.message}" for one in found if one.check in MISTAKEN]


def test_the_pack_is_good_before_anything_is_sown(tmp_path: Path) -> None:
    assert told(tmp_path) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda sown: sown[2][:30])
def test_one_mistake_is_one_problem(tmp_path: Path, mistake: tuple[str, str, str, str]) -> None:
    """What failed is not reported again as unknown by whatever names it."""
    (only,) = told(tmp_path, mistake)
    assert only.startswith(f"toy/{mistake[0]}:")
    assert mistake[3] in only


def test_mistakes_of_all_kinds_are_told_in_one_go(tmp_path: Path) -> None:
    found = told(tmp_path, *TOGETHER)
    assert [sown[3] for sown in TOGETHER if not any(sown[3] in one for one in found)] == []
    assert len(found) == len(TOGETHER)


@pytest.mark.parametrize("file", sorted(set(GOOD) - {"pack.yaml"}))
def test_a_file_that_nobody_can_read_is_one_problem(tmp_path: Path, file: str) -> None:
    folder = write_pack(tmp_path / "toy", {**GOOD, file: GOOD[file] + "\n  }: [\n"})
    packs = [base(tmp_path), read_pack(folder, shown="toy")]
    found = check_packs(lambda: packs, lambda pack: pack.name == "toy", date(2026, 11, 21), without_safety=True)
    errors = [one for one in found if one.check in MISTAKEN]
    assert len(errors) == 1, errors
    assert errors[0].place.path == f"toy/{file}"


def test_a_program_is_made_of_no_pack_with_problems(tmp_path: Path) -> None:
    """Even where what is left of it would make one."""
    folder = write_pack(tmp_path / "toy", {**GOOD, "pack.yaml": GOOD["pack.yaml"].replace("title: Toys", "titel: Toys")})
    with pytest.raises(PackError, match="titel"):
        load_pack(folder)
    with pytest.raises(PackError, match="titel"):
        build_program([base(tmp_path), read_pack(folder)], without_safety=True)


def test_what_names_only_what_failed_is_told_where_nothing_else_is(tmp_path: Path) -> None:
    """A kind with the name of the list that it lacks."""
    own = GOOD["vocabulary/own.yaml"].replace("{terms: colours}", "{terms: hue}")
    packs = [base(tmp_path), load_pack(write_pack(tmp_path / "toy", {**GOOD, "vocabulary/own.yaml": own}), shown="toy")]
    with pytest.raises(PackError, match=r'kinds\.hue: unknown term list "hue"'):
        build_program(packs, without_safety=True)


def test_no_more_problems_are_told_than_anybody_reads(tmp_path: Path) -> None:
    many = "".join(
        f"- {{id: r{number}, when: [{{bog: sack}}], then: [{{target: neatness}}], because: So., sources: [book],"
        " strength: strong, certainty: high}\n"
        for number in range(MAX_SHOWN + 50)
    )
    found = told(tmp_path, ("rules/all.yaml", GOOD["rules/all.yaml"], many, ""))
    assert len(found) == MAX_SHOWN + 1
    assert re.search(r"… and \d+ more of the kind", "".join(found))
