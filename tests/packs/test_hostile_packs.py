"""Whatever stands in a pack and wherever it leads: a program, or a problem with its place; nothing outside is read."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hostile_kit import SCALARS, no_file, often, spoilt, told
from kit import SOURCES, VOCABULARY, rule, write_pack
from stridewise.errors import PackError
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program

TOY = {
    "pack.yaml": {
        "name": "toy",
        "version": "1.0",
        "requires": [],
        "reviewed": "2026-01-01",
        "expires": "2027-01-01",
        "thresholds": {"tall": {"value": 40, "unit": "cm", "source": "atlas", "verified": False}},
    },
    "vocabulary/toy.yaml": VOCABULARY,
    "rules/rules.yaml": [
        rule("a", [{"colour": "red", "side": "$side"}, {"size": ">= tall"}], [{"conclude": {"pile": "red", "side": "$side"}}]),
        rule(
            "b",
            [{"any_of": [{"shape": "round"}, {"badge": ["gold", "silver"]}]}, {"absent": {"pile": "red"}}],
            [{"warn": "So {shape}", "level": "info"}],
        ),
    ],
    "sources.yaml": SOURCES,
    "cases/a.yaml": [{"name": "It is.", "profile": {"findings": [{"colour": "red"}]}, "expect": {"status": "ready"}}],
}


@pytest.mark.slow
@given(st.sampled_from(sorted(TOY)), st.data())
@often(250)
def test_a_spoilt_pack_is_a_program_or_a_problem_with_a_place(tmp_path: Path, name: str, data: st.DataObject) -> None:
    """Wrong types and hostile values anywhere in any file of a pack."""
    files = {**TOY, name: data.draw(spoilt([TOY[name]]))}
    folder = tmp_path / "toy"
    write_pack(folder, {other: json.dumps(content) for other, content in files.items()})
    try:
        build_program([load_pack(folder, shown="toy")])
    except PackError as error:
        told(error, *(f"toy/{other}" for other in TOY), "toy")


@pytest.mark.slow
@given(st.sampled_from(sorted(TOY)), st.data())
@often(150)
def test_a_pack_with_a_slip_of_the_pen_is_a_program_or_a_problem(tmp_path: Path, name: str, data: st.DataObject) -> None:
    """A line of a pack's YAML replaced by something that means something to a parser."""
    lines = yaml.safe_dump(TOY[name], sort_keys=False).split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    joint, value = data.draw(st.sampled_from([": ", "", " - ", "  "])), data.draw(st.sampled_from(SCALARS))
    lines[number] = lines[number].split(":")[0] + joint + value
    folder = write_pack(tmp_path / "toy", {**TOY, name: "\n".join(lines)})
    try:
        build_program([load_pack(folder, shown="toy")])
    except PackError as error:
        told(error, *(f"toy/{other}" for other in TOY), "toy")


def leads_out(folder: Path, name: str, target: Path) -> Path:
    """The toy pack with one entry replaced by a link."""
    write_pack(folder, TOY)
    path = folder / name
    if path.is_dir():
        for inner in path.iterdir():
            inner.unlink()
        path.rmdir()
    path.unlink(missing_ok=True)
    path.symlink_to(target)
    return folder


@pytest.mark.parametrize(
    "name", ["pack.yaml", "rules/rules.yaml", "vocabulary/toy.yaml", "sources.yaml", "cases/a.yaml", "rules", "cases"]
)
def test_a_pack_reads_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    """A link that leads out, to a file or as a folder, is refused; nothing of what is there is shown."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.yaml").write_text("secret: s3cret\n")
    folder = leads_out(tmp_path / "toy", name, secret if "." not in name else secret / "a.yaml")
    with pytest.raises(PackError, match="leads outside the pack's folder") as raised:
        load_pack(folder, shown="toy")
    assert "s3cret" not in str(raised.value)


def test_links_inside_a_pack_are_fine_and_circles_end(tmp_path: Path) -> None:
    """A link to the pack's own folder is no endless walk."""
    folder = write_pack(tmp_path / "toy", TOY)
    (folder / "rules" / "again").symlink_to(folder)
    (folder / "rules" / "gone.yaml").symlink_to(folder / "nowhere.yaml")
    with pytest.raises(PackError, match=r"gone\.yaml: cannot be read: No such file"):
        load_pack(folder, shown="toy")


@pytest.mark.parametrize("kind", ["fifo", "folder", "socket"])
@pytest.mark.parametrize("name", ["rules/rules.yaml", "sources.yaml", "pack.yaml"])
def test_what_is_no_file_in_a_pack_is_told(tmp_path: Path, kind: str, name: str) -> None:
    """A pipe would block for ever; it is not opened."""
    folder = write_pack(tmp_path / "toy", TOY)
    (folder / name).unlink()
    no_file(folder / name, kind)
    with pytest.raises(PackError) as raised:
        load_pack(folder, shown="toy")
    assert "is not a regular file" in str(raised.value) or "holds no pack.yaml" in str(raised.value)


def test_what_a_mistake_quotes_is_cut(tmp_path: Path) -> None:
    """Enough of a value to find it, not all of it."""
    folder = write_pack(tmp_path / "toy", {**TOY, "rules/rules.yaml": [rule("a", ["x" * 5_000])]})
    with pytest.raises(PackError) as raised:
        build_program([load_pack(folder, shown="toy")])
    assert len(str(raised.value)) < 1_000
