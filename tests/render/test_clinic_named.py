"""Whose paper it is: read from a file, with its logo; what is wrong with it is said at its line."""

from pathlib import Path

import pytest

from stridewise.errors import PackError
from stridewise.render.clinic import LARGEST_LOGO, Clinic, read_clinic


def clinic(folder: Path, text: str) -> Clinic:
    path = folder / "clinic.yaml"
    path.write_text(text, encoding="utf-8")
    return read_clinic(path)


def test_name_phone_and_logo(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"png")
    read = clinic(tmp_path, "name: Hill Physio\nphone: 0123 456\nlogo: logo.png\n")
    assert read == Clinic("Hill Physio", "0123 456", "data:image/png;base64,cG5n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phone: 1\n", 'the key "name" is missing'),
        ("name: A\nlogo: logo.exe\n", 'logo: "logo.exe" is no picture that can be shown'),
        ("name: A\nlogo: none.png\n", '"none.png" is not there'),
        ("name: A\nlogo: large.png\n", "larger than 200 kB"),
        ("name: A\nfax: 1\n", 'unknown key "fax"'),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "large.png").write_bytes(b"0" * (LARGEST_LOGO + 1))
    with pytest.raises(PackError) as caught:
        clinic(tmp_path, text)
    assert said in str(caught.value)
    assert "clinic.yaml" in str(caught.value)
