"""`recommend draw`."""

from pathlib import Path

import pytest

from check_kit import exercise, library
from cli_kit import run
from kit import write_pack
from plans import built_in

pytestmark = pytest.mark.usefixtures("built_in_only")


def test_one_exercise_is_printed_or_written(tmp_path: Path) -> None:
    printed = run("draw", "goblet squat")
    assert printed.code == 0
    assert printed.out.startswith("<svg ")
    done = run("draw", "goblet_squat", "--output", str(tmp_path / "x.svg"))
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / "x.svg").read_text(encoding="utf-8") == printed.out


def test_an_ending_that_a_drawing_has_not_is_refused(tmp_path: Path) -> None:
    """It would be an SVG under the name of a photograph, which opens nowhere."""
    done = run("draw", "goblet_squat", "--output", tmp_path / "x.jpg")
    assert (done.code, done.out) == (2, "")
    assert "a drawing is an SVG; end it in .svg" in done.err
    assert not (tmp_path / "x.jpg").exists()


def test_the_side_that_works_can_be_chosen() -> None:
    assert run("draw", "leg_swing", "--side", "left").out != run("draw", "leg_swing").out


@pytest.mark.slow
def test_all_are_drawn_into_a_folder_or_one_page(tmp_path: Path) -> None:
    done = run("draw", "--all", "--output", str(tmp_path / "all"))
    assert done.out == f"Drew {len(built_in().exercises)} exercises to {tmp_path / 'all'}.\n"
    assert {path.stem for path in (tmp_path / "all").iterdir()} == set(built_in().exercises)
    run("draw", "--all", "--output", str(tmp_path / "sheet.html"))
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8").count("<figure>") == len(built_in().exercises)


def test_no_name_of_an_exercise_leads_out_of_the_folder(tmp_path: Path) -> None:
    strange = exercise("../../out", sources=["stridewise-policy"], targets={"direct": ["balance"]}, drawing={"poses": [{}]})
    folder = write_pack(tmp_path / "own", library(strange), requires=["vocabulary"])
    done = run("draw", "--all", "--pack", folder, "--output", tmp_path / "a" / "b")
    assert done.code == 2
    assert '"../../out" makes no name of a file' in done.err
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name one exercise, or give --all"),
        (("plank", "--all"), "name one exercise, or give --all"),
        (("--all",), "--all needs --output"),
        (("goblet_squad",), 'Did you mean "goblet_squat"?'),
        (("step-",), "name one"),
    ],
)
def test_what_cannot_be_drawn_is_said(arguments: tuple[str, ...], message: str) -> None:
    done = run("draw", *arguments)
    assert done.code == 2
    assert message in done.err
