"""Nothing but the YAML files of packs inside the served folder is listed, read or written, and a file comes back as it was."""

from pathlib import Path

import pytest

from stridewise.errors import PackError
from stridewise.web.folder import ChangedError, Folder, NotHereError, digest
from stridewise.web.pack_folder import PackFolders, content_of, text_of

PACK = "name: clinic\nversion: 1.0.0\n"


@pytest.fixture
def folders(tmp_path: Path) -> PackFolders:
    """A folder with a pack, and with much around it that is none of it."""
    here = tmp_path / "served"
    for pack in (here / "clinic", here / "deep" / "er" / "trail", here / ".hidden", tmp_path / "outside"):
        (pack / "rules").mkdir(parents=True)
        (pack / "pack.yaml").write_text(PACK, encoding="utf-8")
        (pack / "rules" / "a.yaml").write_text("[]\n", encoding="utf-8")
    (here / "clinic" / "plugin.py").write_text("raise SystemExit", encoding="utf-8")
    (here / "clinic" / "README.md").write_text("x", encoding="utf-8")
    (here / "linked").symlink_to(tmp_path / "outside")
    (here / "clinic" / "cases").symlink_to(tmp_path / "outside" / "rules")
    (here / "clinic" / "rules" / "out.yaml").symlink_to(tmp_path / "outside" / "rules" / "a.yaml")
    return PackFolders(Folder(here))


def test_packs_are_found_below_the_folder_and_no_link_is_followed(folders: PackFolders) -> None:
    assert folders.packs() == ["clinic", "deep/er/trail"]


def test_a_folder_that_is_a_pack_itself_is_one(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    folders = PackFolders(Folder(tmp_path))
    assert folders.packs() == ["."]
    assert folders.shown(".") == tmp_path.name
    assert folders.content(".", "pack.yaml").decode() == PACK


@pytest.mark.parametrize(
    "pack", ["", "..", "../outside", "/etc", "linked", ".hidden", "clinic/", "clinic/../clinic", "deep", "clinic\0"]
)
def test_nothing_else_is_a_pack(folders: PackFolders, pack: str) -> None:
    with pytest.raises(NotHereError):
        folders.content(pack, "pack.yaml")
    with pytest.raises(NotHereError):
        folders.write(pack, "pack.yaml", b"", digest(PACK.encode()))


@pytest.mark.parametrize(
    "file",
    [
        "",
        "plugin.py",
        "README.md",
        "../../outside/pack.yaml",
        "rules",
        "rules/../pack.yaml",
        "/etc/passwd",
        "rules/out.yaml",
        "cases/a.yaml",
        "rules/none.yaml",
        "rules/a.yaml\0",
    ],
)
def test_nothing_else_is_a_file_of_it(folders: PackFolders, file: str) -> None:
    with pytest.raises(NotHereError):
        folders.content("clinic", file)
    with pytest.raises(NotHereError):
        folders.write("clinic", file, b"", digest(b"[]\n"))


def test_what_changed_meanwhile_is_not_written_over(folders: PackFolders) -> None:
    with pytest.raises(ChangedError):
        folders.write("clinic", "rules/a.yaml", b"- x", digest(b"what it was"))
    assert folders.content("clinic", "rules/a.yaml") == b"[]\n"
    folders.write("clinic", "rules/a.yaml", b"- x", digest(b"[]\n"))
    assert folders.content("clinic", "rules/a.yaml") == b"- x"
    assert sorted(path.name for path in (folders.folder.real / "clinic" / "rules").iterdir()) == ["a.yaml", "out.yaml"]


def test_a_file_that_cannot_be_written_is_told_and_stays(folders: PackFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("stridewise.web.folder.write_whole", cannot)
    with pytest.raises(PackError, match=r"clinic/rules/a\.yaml: cannot be written: Permission denied; nothing was changed"):
        folders.write("clinic", "rules/a.yaml", b"- x", digest(b"[]\n"))


@pytest.mark.parametrize(
    "content", [b"a: 1\n", b"\n\na: 1", b"a: 1\r\nb: 2\r\n", b"\xef\xbb\xbfa: 1\n", "a: ä – ‘x’\n".encode(), b""]
)
def test_a_file_comes_back_as_it_was(content: bytes) -> None:
    assert content_of(text_of(content, "x"), content) == content


@pytest.mark.parametrize("content", [b"a: \xff", b"a\r\nb\n", b"a\rb", "a: \u202ex\u202c".encode(), b"a\0", b"a: 1\n" * 70_000])
def test_one_that_a_form_would_change_is_refused(content: bytes) -> None:
    with pytest.raises(PackError):
        text_of(content, "x")
