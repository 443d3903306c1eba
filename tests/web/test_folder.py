"""Nothing but the profiles of the folder is listed, read or written."""

from pathlib import Path

import pytest

from stridewise.errors import ProfileError
from stridewise.web.folder import ChangedError, Folder, NotHereError, digest
from web_kit import MARATHON, Browser, filled, words

OUTSIDE = (
    "../secret.yaml",
    "..",
    ".",
    "",
    "/etc/passwd",
    "sub/in.yaml",
    "..%2fsecret.yaml",
    ".hidden.yaml",
    "notes.txt",
    "clinic.yaml",
    "C:\\x.yaml",
    "R-014.yaml/..",
    "R-014.yaml\x00",
    "out.yaml",
    "loop.yaml",
    "pipe.yaml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a profile, and with much that is none."""
    here = tmp_path / "served"
    (here / "sub").mkdir(parents=True)
    for path in (here / "R-014.yaml", here / "sub" / "in.yaml", here / ".hidden.yaml", tmp_path / "secret.yaml"):
        path.write_text(MARATHON, encoding="utf-8")
    (here / "clinic.yaml").write_text("name: A clinic\n", encoding="utf-8")
    (here / "notes.txt").write_text(MARATHON, encoding="utf-8")
    (here / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (here / "loop.yaml").symlink_to(here / "loop.yaml")
    (here / "dir.yaml").mkdir()
    return here


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_else_is_a_profile(folder: Path, name: str) -> None:
    with pytest.raises(NotHereError):
        Folder(folder).at(name)
    with pytest.raises(NotHereError):
        Folder(folder).write(name, b"", digest(b""))


def test_only_profiles_are_listed(folder: Path) -> None:
    assert Folder(folder).profiles() == ["R-014.yaml"]
    shown = words(Browser(folder).get())
    assert "R-014.yaml" in shown
    assert not [name for name in ("clinic.yaml", "notes", "secret", "hidden", "sub", "out.yaml") if name in shown]


@pytest.mark.parametrize(
    "path", ["/p/..%2fsecret.yaml", "/p/../../etc/passwd", "/p/out.yaml", "/p/%2e%2e%2fsecret.yaml", "/p/sub%2Fin.yaml"]
)
def test_no_address_leads_out(folder: Path, path: str) -> None:
    answer = Browser(folder).get(path)
    assert answer.status_code == 404
    assert "passwd" not in answer.text
    assert "marathon" not in answer.text


def test_a_link_within_the_folder_is_followed_and_stays_a_link(folder: Path) -> None:
    (folder / "same.yaml").symlink_to(folder / "R-014.yaml")
    Folder(folder).write("same.yaml", b"runner: {ref: R-1}\n", digest(MARATHON.encode()))
    assert (folder / "same.yaml").is_symlink()
    assert (folder / "R-014.yaml").read_bytes() == b"runner: {ref: R-1}\n"


def test_a_training_log_outside_is_not_read(folder: Path) -> None:
    text = 'schema: 1\nrunner: {ref: R-1}\ntraining: {log: "../log.csv"}\n'
    (folder / "R-1.yaml").write_text(text, encoding="utf-8")
    (folder.parent / "log.csv").write_text("date,km\n2026-11-01,99\n", encoding="utf-8")
    answer = Browser(folder).get("/p/R-1.yaml")
    assert answer.status_code == 422
    assert "is not a file beside the profile" in answer.text


def test_what_changed_meanwhile_is_not_written_over(folder: Path) -> None:
    with pytest.raises(ChangedError):
        Folder(folder).write("R-014.yaml", b"x", digest(b"what it was before"))
    assert (folder / "R-014.yaml").read_text(encoding="utf-8") == MARATHON


def test_writing_keeps_who_may_read_and_leaves_nothing_behind(folder: Path) -> None:
    (folder / "R-014.yaml").chmod(0o600)
    before = set(folder.iterdir())
    Folder(folder).write("R-014.yaml", b"runner: {}\n", digest(MARATHON.encode()))
    assert (folder / "R-014.yaml").stat().st_mode & 0o777 == 0o600
    assert set(folder.iterdir()) == before


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "a b", "x.json", "x" * 90, "R-1\n", "R-1.yaml\x00", "CON:"])
def test_a_new_profile_has_a_plain_name(folder: Path, name: str) -> None:
    with pytest.raises(ProfileError, match="is no name for a profile"):
        Folder(folder).create(name, b"x")


def test_a_new_profile_takes_no_others_place(folder: Path) -> None:
    with pytest.raises(ProfileError, match="is there already"):
        Folder(folder).create("R-014", b"x")
    assert Folder(folder).create("R-015", b"x") == "R-015.yaml"


def test_a_file_system_without_links_gets_new_profiles_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr("os.link", cannot)
    assert Folder(folder).create("R-015", b"x") == "R-015.yaml"
    with pytest.raises(ProfileError, match="is there already"):
        Folder(folder).create("R-015", b"y")
    assert (folder / "R-015.yaml").read_bytes() == b"x"


def test_a_file_name_cannot_break_out_of_the_page(folder: Path) -> None:
    name = '"><script>alert(1)<.yaml'
    (folder / name).write_text(MARATHON, encoding="utf-8")
    answer = Browser(folder).get()
    assert "<script" not in answer.text
    assert name in words(answer)


def test_a_profile_as_text_is_checked_and_kept(tmp_path: Path) -> None:
    browser = filled(tmp_path)
    answer = browser.post("/open", {"file": "R-030", "text": MARATHON.replace("R-014", "R-030")})
    assert (answer.status_code, answer.headers["location"].rpartition("/")[2]) == (303, "R-030.yaml")
    assert browser.file("R-030.yaml") == MARATHON.replace("R-014", "R-030")


def test_a_wrong_profile_is_told_as_by_the_command_and_stays_in_the_form(tmp_path: Path) -> None:
    browser = filled(tmp_path)
    text = MARATHON.replace("weak glutes", "weak gluts")
    answer = browser.post("/open", {"file": "R-030", "text": text})
    assert answer.status_code == 422
    assert 'unknown phrase "weak gluts' in words(answer)
    assert "weak gluts  " in answer.text  # the text itself
    assert not (tmp_path / "R-030.yaml").exists()
