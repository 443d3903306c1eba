"""A pack says which engines and which versions of other packs it is written for; others are refused at its line, also where it
comes compiled."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from kit import base_pack, write_pack
from stridewise import __version__
from stridewise.errors import PackError
from stridewise.packs.pack import PackFolder, load_pack
from stridewise.packs.versions import check_engine
from stridewise.program import compiled
from stridewise.program.builder import build_program

NUMBERS = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(lambda some: ".".join(map(str, some)))
CLAUSES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["==", "!=", "<=", ">=", "<", ">"]), NUMBERS),
    st.builds("{} {}.*".format, st.sampled_from(["==", "!="]), NUMBERS),
    st.builds("~={}.{}".format, NUMBERS, st.integers(0, 3)),
)


def satisfied(required: str, version: str) -> bool:
    """Whether nothing is raised."""
    try:
        check_engine(required, version)
    except ValueError as error:
        assert "needs an engine" in str(error)
        return False
    return True


@given(st.lists(CLAUSES, max_size=3).map(", ".join), NUMBERS)
def test_releases_are_compared_as_pep_440_compares_them(required: str, version: str) -> None:
    """Each clause counts, whatever stands between them."""
    assert satisfied(required, version) == SpecifierSet(required).contains(version)


@pytest.mark.parametrize("written", ["0.1", ">=", "=>1", "~=1", ">=1.*", "latest", ">=1 <2"])
def test_what_is_no_comparison_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="expected comparisons of versions"):
        check_engine(written, "0.1.0")


@pytest.mark.parametrize("required", ["", f"=={__version__}", ">=0.0", f"<={__version__}, !=0.0.1"])
def test_a_pack_for_this_engine_is_read(tmp_path: Path, required: str) -> None:
    assert load_pack(write_pack(tmp_path / "toy", requires_engine=required)).shape.requires_engine == required


def test_a_pack_for_another_engine_is_refused_at_its_line(tmp_path: Path) -> None:
    head = "name: toy\nversion: '1.0'\nrequires_engine: '>=99, <100'\n"
    folder = write_pack(tmp_path / "toy", {"pack.yaml": head})
    with pytest.raises(PackError, match=rf'toy/pack.yaml:3: requires_engine: needs an engine ">=99, <100", .* {__version__}'):
        load_pack(folder, shown="toy")


def test_a_compiled_pack_for_another_engine_is_read_again_and_refused(tmp_path: Path, monkeypatch: Any) -> None:
    """The engine's version may change where neither its files nor the pack's do."""
    folder = PackFolder("toys", write_pack(tmp_path / "toys" / "toy", requires_engine=f"=={__version__}"), "toys/toy")
    (tmp_path / "toys" / compiled.FILE).write_bytes(
        compiled.compiled_file(build_program([load_pack(folder.path, folder.origin, folder.shown)]))
    )
    assert compiled.compiled_program([folder]) is not None
    monkeypatch.setattr("stridewise.packs.versions.check_engine.__defaults__", ("99.0.0",))
    monkeypatch.setattr("stridewise.program.compiled.__version__", "99.0.0")
    assert compiled.compiled_program([folder]) is None
    with pytest.raises(PackError, match="needs an engine"):
        load_pack(folder.path)


# --- of another pack --------------------------------------------------------------------------------------------------


def built(folder: Path, requires: str, version: str = "1.3.1") -> list[str]:
    """What is wrong with a pack that requires the pack `two` in this version."""
    one = write_pack(folder / "one", {"pack.yaml": f"name: one\nversion: '1.0'\nrequires:\n  - base\n  - {requires}\n"})
    two = write_pack(folder / "two", version=version)
    try:
        build_program([base_pack(folder), load_pack(one, shown="one"), load_pack(two, shown="two")], without_safety=True)
    except PackError as error:
        return list(map(str, error.problems))
    return []


@pytest.mark.parametrize(
    ("requires", "version"),
    [
        ("two", "1.3.1"),
        ("{pack: two}", "1.3.1"),
        ('{pack: two, version: ">=1.2, <2"}', "1.3.1"),
        ('{pack: two, version: "~=1.3.0"}', "1.3.1"),
        ('{pack: two, version: ">=1.3rc1"}', "1.3rc2"),
        ('{pack: two, version: ">=1"}', "1.3.dev1"),
    ],
)
def test_a_version_that_fits_is_taken(tmp_path: Path, requires: str, version: str) -> None:
    """One that is being worked on too: whoever names it has it."""
    assert built(tmp_path, requires, version) == []


def test_a_version_that_does_not_fit_says_what_was_found_and_what_to_do(tmp_path: Path) -> None:
    (said,) = built(tmp_path, '{pack: two, version: ">=2"}')
    assert said == (
        'one/pack.yaml:5: requires: needs the pack "two" >=2, found version 1.3.1 in two. '
        "Use a version of two that fits, or one of this pack that goes with it"
    )


@pytest.mark.parametrize(
    ("requires", "version", "said"),
    [
        ('{pack: two, version: "latest"}', "1", 'requires[1].version: expected comparisons of versions such as ">=0.2, <1"'),
        ('{pack: two, version: ">=1"}', "1.0-beta", 'requires: needs the pack "two" >=1, found version 1.0-beta in two. '),
        ('{pack: two, version: ">=1"}', "spring", 'requires: "spring" is no version such as 1.2.0, so it cannot be compared'),
        ("{pack: twoo}", "1", 'requires: the pack "twoo" is not loaded. Did you mean "two"?'),
        ("{pack: two, versoin: '>=1'}", "1", 'requires[1]: unknown key "versoin". Did you mean "version"?'),
        ("{version: '>=1'}", "1", 'requires[1]: the key "pack" is missing; add it'),
        ("5", "1", "requires[1]: "),
    ],
)
def test_a_requirement_that_cannot_be_read_or_met_stands_at_its_line(
    tmp_path: Path, requires: str, version: str, said: str
) -> None:
    (told,) = built(tmp_path, requires, version)
    assert told.startswith(f"one/pack.yaml:5: {said}")
