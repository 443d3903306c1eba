"""A pack's own picture in place of a drawing."""

from pathlib import Path

import pytest

from check_kit import exercise, library
from kit import base_pack, write_pack
from stridewise.errors import PackError
from stridewise.figure import draw_of
from stridewise.packs.files import digest_of
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>alert(1)</script></svg>'
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x64\0\0\0\x32"


def clinic(tmp_path: Path, file: str, content: bytes | None) -> Path:
    folder = write_pack(tmp_path / "own", library(exercise("hop", drawing={"file": file})))
    if content is not None:
        (folder / "drawings").mkdir()
        (folder / "drawings" / file).write_bytes(content)
    return folder


def program(tmp_path: Path, folder: Path) -> Program:
    return build_program([base_pack(tmp_path), load_pack(folder)], without_safety=True)


def test_an_svg_is_shown_as_an_image_in_which_nothing_runs(tmp_path: Path) -> None:
    svg = draw_of(program(tmp_path, clinic(tmp_path, "hop.svg", SVG.encode())), "hop", "left")
    assert 'role="img"><title>Hop</title><image width="1.8" height="0.9" href="data:image/svg+xml;base64,' in svg
    assert "script" not in svg


@pytest.mark.parametrize("box", ["", 'viewBox="0 0 . ."', 'viewBox="0 0 0 0"', 'viewBox="0 0 1e9 x"', 'viewBox="a b c d"'])
def test_a_picture_of_no_known_size_is_shown_all_the_same(tmp_path: Path, box: str) -> None:
    content = f'<svg xmlns="http://www.w3.org/2000/svg" {box}/>'.encode()
    assert '<image width="1.8" height="1.35"' in draw_of(program(tmp_path, clinic(tmp_path, "hop.svg", content)), "hop")


def test_a_png_has_the_size_its_header_says(tmp_path: Path) -> None:
    svg = draw_of(program(tmp_path, clinic(tmp_path, "hop.png", PNG)), "hop")
    assert 'viewBox="0 0 1.8 0.9"' in svg
    assert 'href="data:image/png;base64,iVBOR' in svg


def test_a_picture_is_part_of_the_pack_s_digest(tmp_path: Path) -> None:
    folder = clinic(tmp_path, "hop.svg", SVG.encode())
    before = load_pack(folder).sha256
    assert before == digest_of(folder)
    (folder / "drawings" / "hop.svg").write_text(SVG.replace("alert", "other"), encoding="utf-8")
    assert load_pack(folder).sha256 == digest_of(folder) != before


@pytest.mark.parametrize("file", ["hop.svg", "../../outside.svg", "/etc/hop.svg"])
def test_a_picture_that_the_pack_does_not_hold_is_an_error_with_its_line(tmp_path: Path, file: str) -> None:
    (tmp_path / "outside.svg").write_text(SVG, encoding="utf-8")
    folder = clinic(tmp_path, file, None)
    with pytest.raises(PackError, match=r"all\.yaml:\d+: hop\.drawing\.file: the pack holds no picture"):
        program(tmp_path, folder)


def test_a_link_that_leads_out_of_the_pack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(SVG, encoding="utf-8")
    folder = clinic(tmp_path, "hop.svg", SVG.encode())
    (folder / "drawings" / "hop.svg").unlink()
    (folder / "drawings" / "hop.svg").symlink_to(tmp_path / "secret.svg")
    with pytest.raises(PackError, match="leads outside the pack"):
        load_pack(folder)
