"""The installed plugins are those that importlib.metadata finds."""

import sys
import zipfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from stridewise.packs.installed import GROUP, EntryPoint, distributions

METADATA = "Metadata-Version: 2.1\nName: acme-knee\nVersion: 1.2.0\nSummary: x\n\nName: other\n"
ENTRIES = "[stridewise]\nacme = acme.rules\n"


def found() -> list[tuple[str, str, str, str]]:
    return [(one.name, one.version, entry.name, entry.value) for one in distributions() for entry in of_group(one)]


def expected() -> list[tuple[str, str, str, str]]:
    return [(one.name, one.version, entry.name, entry.value) for one in metadata.distributions() for entry in of_group(one)]


def of_group(distribution: object) -> list[EntryPoint]:
    return [entry for entry in distribution.entry_points if entry.group == GROUP]  # type: ignore[attr-defined]


def test_what_is_installed_here_is_found() -> None:
    """Our own entry point among it."""
    assert set(found()) == set(expected())
    assert any(name == "stridewise" for name, *_ in found())


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is on the path."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    return tmp_path


def install(folder: Path, name: str = "acme_knee-1.2.0.dist-info", entries: str = ENTRIES, head: str = METADATA) -> None:
    (folder / name).mkdir()
    (folder / name / "entry_points.txt").write_text(entries, encoding="utf-8")
    (folder / name / ("METADATA" if name.endswith("dist-info") else "PKG-INFO")).write_text(head, encoding="utf-8")


WRITTEN = [
    ENTRIES,
    "[console_scripts]\na = b:c\n[stridewise]\nacme=acme.rules\nother =acme:plugin.part\n[more]\nx = y\n",
    "[other]\nx = y\n",
    "# [stridewise]\n[other]\nx = y\n",
    "[stridewise]\n# nothing\n",
    "",
    "\ufeff[stridewise]\nx = y\n",
    "[stridewise]\n\n  spaced  =  acme.rules : plugin  \n# a comment\nextra = acme.rules [fast, more]\n",
    "x = y\n[stridewise]\nz = w\n",
]


@pytest.mark.parametrize("entries", WRITTEN)
def test_entry_points_are_read_however_they_are_written(site: Path, entries: str) -> None:
    """Sections, comments, spaces and extras."""
    install(site, entries=entries)
    assert found() == expected()


def as_egg(site: Path) -> None:
    install(site, "acme_knee.egg-info")


def second_folder(site: Path) -> None:
    install(site)
    (site / "more").mkdir()
    install(site / "more", "acme_knee-1.1.0.dist-info", head=METADATA.replace("1.2.0", "1.1.0"))
    sys.path += [str(site / "more"), str(site / "nowhere"), str(site)]


def in_here(site: Path) -> None:
    install(site)
    sys.path[:] = [""]


def windows_line_ends(site: Path) -> None:
    install(site, entries=ENTRIES.replace("\n", "\r\n"), head=METADATA.replace("\n", "\r\n"))


def no_entries(site: Path) -> None:
    install(site)
    (site / "acme_knee-1.2.0.dist-info" / "entry_points.txt").unlink()
    (site / "plain.egg-info").write_text("Name: plain\n", encoding="utf-8")


@pytest.mark.parametrize("prepare", [as_egg, second_folder, in_here, windows_line_ends, no_entries])
def test_every_way_of_installing_is_known(site: Path, prepare: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """In any folder of the path, in its order."""
    monkeypatch.chdir(site)
    prepare(site)
    assert found() == expected()


def test_a_distribution_without_its_metadata_is_not_lost(site: Path) -> None:
    """Its folder says what it is called: a missing safety pack may never be silent."""
    install(site, head="")
    assert found() == [("acme_knee", "1.2.0", "acme", "acme.rules")]


def test_in_an_archive_importlib_is_asked(site: Path) -> None:
    """What is no folder is not ours to look through."""
    with zipfile.ZipFile(site / "all.zip", "w") as archive:
        archive.writestr("acme_knee-1.2.0.dist-info/METADATA", METADATA)
        archive.writestr("acme_knee-1.2.0.dist-info/entry_points.txt", ENTRIES)
    sys.path.append(str(site / "all.zip"))
    assert found() == expected() == [("acme-knee", "1.2.0", "acme", "acme.rules")]


def test_where_others_find_distributions_importlib_is_asked(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An importer of its own kind may bring some that lie in no folder."""

    class Hidden(metadata.Distribution):
        def read_text(self, filename: str) -> str | None:
            return {"METADATA": METADATA, "entry_points.txt": ENTRIES}.get(filename)

        def locate_file(self, path: object) -> Path:
            return site / str(path)

    class Finder:
        def find_spec(self, *_: object) -> None:
            return None

        def find_distributions(self, *_: object) -> list[metadata.Distribution]:
            return [Hidden()]

    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder()])
    assert found() == expected() == [("acme-knee", "1.2.0", "acme", "acme.rules")]


@pytest.mark.parametrize(
    ("value", "result"), [("os.path:join", "join"), ("os.path : sep [x]", "/"), ("os.path", "path"), ("os:path.join", "join")]
)
def test_an_entry_point_loads_what_it_names(value: str, result: str) -> None:
    """A module, or an attribute of it."""
    loaded, same = EntryPoint("x", value).load(), metadata.EntryPoint("x", value, GROUP).load()
    assert loaded is same
    assert result in str(loaded)


@pytest.mark.parametrize(("value", "error"), [("no.such.module", ImportError), ("os:nothing", AttributeError)])
def test_what_cannot_be_loaded_is_raised(value: str, error: type[Exception]) -> None:
    """Whoever asked says whose it is."""
    with pytest.raises(error):
        EntryPoint("x", value).load()
