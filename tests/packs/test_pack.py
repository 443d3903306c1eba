"""A pack is a folder of plain files: loaded whole or refused with everything that is wrong, and fingerprinted."""

from pathlib import Path
from typing import Any

import pytest

from kit import SOURCES, VOCABULARY, base_pack, problems_of, rule, toy_pack, write_pack
from stridewise.errors import PackError
from stridewise.packs.pack import load_pack

OVERRIDE = {"rule": "far/r", "action": "disable", "reason": "x", "by": "me", "expires": "2030-01-01"}


def refused(folder: Path) -> list[str]:
    with pytest.raises(PackError) as raised:
        load_pack(folder, shown="toy")
    return problems_of(raised)


def test_a_pack_is_read_from_all_its_files(tmp_path: Path) -> None:
    """Sub-folders and .yml count; a README does not."""
    files = {"rules/deep/more.yml": [rule("two", [{"colour": "red"}])], "README.md": "no rules", "cases/c.yaml": []}
    pack = toy_pack(tmp_path / "toy", [rule("one", [{"colour": "red"}])], files, title="Toys")
    assert sorted(written.item.id for written in pack.rules) == ["one", "two"]
    assert (pack.name, pack.shape.version, pack.shape.title, pack.shape.reviewer) == ("toy", "1.0", "Toys", "none")
    assert [str(written.place) for written in pack.rules] == ["toy/rules/deep/more.yml:1", "toy/rules/rules.yaml:1"]


def test_a_folder_without_pack_yaml_is_no_pack(tmp_path: Path) -> None:
    """Nor is a folder that does not exist."""
    for folder in (tmp_path, tmp_path / "none"):
        assert refused(folder) == ["toy: is not a rule pack: it holds no pack.yaml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1.0\n", 'toy/pack.yaml:1: the key "name" is missing; add it'),
        ("name: toy\n", 'the key "version" is missing'),
        ("name: toy\nversion: 1.0\nlicense: MIT\n", 'toy/pack.yaml:3: unknown key "license". Did you mean "licence"?'),
        ("version: 1.0\nname: stridewise\n", 'toy/pack.yaml:2: name: "stridewise" is reserved'),
        ("version: 1.0\nname: a/b\n", 'name: "a/b" is reserved or holds "/"'),
        ("- toy\n", "found a list"),
        ("", "found nothing"),
        ("name: toy\nversion: 1\nexpires: soon\n", "toy/pack.yaml:3: expires: "),
        (
            "name: toy\nversion: 1\nthresholds:\n  tall: {value: high}\n",
            'toy/pack.yaml:4: thresholds.tall.value: a number is expected here, found "high"',
        ),
        ("name: toy\nversion: 1\nthresholds:\n  tall: {valu: 4}\n", 'unknown key "valu". Did you mean "value"?'),
    ],
)
def test_a_wrong_pack_yaml_is_refused_at_its_line(tmp_path: Path, text: str, message: str) -> None:
    """What was found, what was expected, the nearest key."""
    found = refused(write_pack(tmp_path / "toy", {"pack.yaml": text}))
    assert message in "\n".join(found)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rule": None}, "name exactly one of rule, threshold"),
        ({"threshold": "far/t"}, "name exactly one of rule, threshold"),
        ({"action": "retune"}, "retune is for a threshold"),
        ({"action": "replace"}, 'replace needs "with_rule"'),
        ({"to": 5}, 'retune needs "to"'),
        ({"reason": None}, "reason"),
        ({"by": None}, "by"),
        ({"expires": None}, "expires"),
        ({"action": "delete"}, 'found "delete"'),
    ],
)
def test_an_override_is_signed_dated_and_of_one_thing(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    """Reason, name and date are required, and the action fits what it changes."""
    override = {key: value for key, value in (OVERRIDE | change).items() if value is not None}
    (line,) = refused(write_pack(tmp_path / "toy", overrides=[override]))
    assert line.startswith("toy/pack.yaml:")
    assert message in line
    load_pack(write_pack(tmp_path / "toy", overrides=[OVERRIDE]))


def test_all_problems_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    """In the order of files and lines."""
    files = {
        "rules/a.yaml": "- id: x\n  when: [1\n",
        "rules/b.yaml": "id: x\n",
        "rules/c.yaml": "- 5\n",
        "sources.yaml": "- key: x\n  level: '9'\n",
        "exercises/e.yaml": "- id: hop\n",
    }
    found = refused(write_pack(tmp_path / "toy", files))
    assert [line.split(":")[0] for line in dict.fromkeys(found)] == sorted(line.split(":")[0] for line in found)
    assert {line.split(":")[0] for line in found} == {f"toy/{name}" for name in files}
    assert "toy/rules/b.yaml:1: expected a list, each entry behind a dash" in "\n".join(found)


def test_a_file_that_leads_outside_the_folder_is_refused(tmp_path: Path) -> None:
    """A pack holds its own files, so that its fingerprint is whole."""
    folder = write_pack(tmp_path / "toy", {"rules/r.yaml": []})
    (tmp_path / "outside.yaml").write_text("[]")
    (folder / "rules" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    assert refused(folder) == ["toy/rules/link.yaml: leads outside the pack's folder; a pack holds its own files"]


def test_the_fingerprint_covers_every_file_that_is_read(tmp_path: Path) -> None:
    """Same bytes, same sha256, wherever the folder stands; any change changes it."""
    files: dict[str, Any] = {
        "vocabulary/v.yaml": VOCABULARY,
        "sources.yaml": SOURCES,
        "rules/r.yaml": [],
        "cases/c.yaml": [],
        "exercises/e.yaml": [],
    }
    first = load_pack(write_pack(tmp_path / "one" / "toy", files)).sha256
    assert load_pack(write_pack(tmp_path / "two" / "toy", files)).sha256 == first
    for number, name in enumerate([*files, "pack.yaml"]):
        folder = write_pack(tmp_path / f"changed{number}" / "toy", files)
        with (folder / name).open("a") as file:
            file.write("\n# changed\n")
        assert load_pack(folder).sha256 != first, name


def test_empty_files_hold_no_records(tmp_path: Path) -> None:
    """A rules file of comments only is fine."""
    pack = toy_pack(tmp_path / "toy", "# nothing yet\n")
    assert pack.rules == ()
    assert base_pack(tmp_path).sources[0].item.key == "atlas"


BROKEN = {"rules/r.yaml": [], "cases/c.yaml": "- name: [\n"}


def test_cases_are_looked_into_when_somebody_asks_for_them(tmp_path: Path) -> None:
    """No plan needs them: a slip in one keeps nobody from a plan. They are what they were when the pack was read."""
    folder = write_pack(tmp_path / "toy", BROKEN)
    pack = load_pack(folder, shown="toy")
    (folder / "cases" / "c.yaml").write_text("[]")
    with pytest.raises(PackError) as raised:
        _ = pack.cases
    assert [line.partition(": ")[0] for line in problems_of(raised)] == ["toy/cases/c.yaml:2"]
    assert load_pack(folder).cases[0].root == []


def test_where_a_pack_is_refused_its_cases_are_told_of_in_the_same_go(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "toy", {**BROKEN, "rules/r.yaml": "- 5\n"})
    assert [line.partition(": ")[0] for line in refused(folder)] == ["toy/cases/c.yaml:2", "toy/rules/r.yaml:1"]
